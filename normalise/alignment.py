"""Pairs of columns and fields with the greatest sum of signs, in the usual order where that costs little."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
"""Signs for each column (row) and field (column); 0 where the pair is out of the question."""

TIE = 0.15
"""Two placements whose signs differ by less are equal: a letter or two in one heading."""
DISORDER = 1.0
"""The usual order is given up when that saves a full sign."""


def is_tied(scores: Scores, column: int, field: int, total: float) -> bool:
    """Whether the table can be placed as well without this pair (and the column elsewhere)."""
    without = scores.copy()
    without[column, field] = 0.0
    return assign(without)[1] > total - TIE


def assign(scores: Scores) -> tuple[list[tuple[int, int]], float]:
    """The pairs of column and field with the greatest sum, in usual order unless words say otherwise."""
    from scipy.optimize import linear_sum_assignment  # slow to load

    ordered, ordered_sum = _in_order(scores)
    rows, columns = linear_sum_assignment(scores, maximize=True)
    free = [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if scores[r, c] > 0]
    free_sum = sum(float(scores[pair]) for pair in free)
    if free_sum > ordered_sum + DISORDER:
        return free, free_sum - DISORDER
    return ordered, ordered_sum


def _in_order(scores: Scores) -> tuple[list[tuple[int, int]], float]:
    """Alignment of columns and fields that keeps both orders, either may be passed over."""
    height, width = scores.shape
    best = np.zeros((height + 1, width + 1))
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            skip = max(best[i + 1, j], best[i, j + 1])
            best[i, j] = max(skip, scores[i, j] + best[i + 1, j + 1] if scores[i, j] > 0 else 0.0)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < height and j < width:
        if scores[i, j] > 0 and best[i, j] == scores[i, j] + best[i + 1, j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i, j] == best[i + 1, j]:
            i += 1
        else:
            j += 1
    return pairs, float(best[0, 0])
