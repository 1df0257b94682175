"""Stretches of a table's lines that are lost between the texts of two cells.

Toner that runs out and thresholds take whole stretches of hair lines. Between two texts in a row that nearly all
of the other lines part, or along a line of which pieces are left, the line was there.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from extract.scan.edges import NEARLY_ALL, PIECES, Lines, Shares, Stretches, Walls
from extract.scan.ink import Mask

# Points from a track's sides in which its lines' own ink may lie, and least ink of a text there in square
# points: a dash has 2.
INSET, TEXT = 2.0, 1.0
# Share of a row's lines that are drawn where one that runs through is likely drawn as well.
HALF = 0.5


def with_missed(
    walls: Walls, across: Stretches, down: Stretches, lines: Lines, xs: list[int], ys: list[int]
) -> Walls:
    """The walls of a grid with those that were lost under its headings."""
    level, upright = (w.copy() for w in walls)
    parted = upright.mean(axis=0)
    # Where headings beside them go on below a row, that row is one of groups' headings.
    ended = level[1:].mean(axis=1) > NEARLY_ALL
    body = np.logical_or.accumulate((parted > NEARLY_ALL) & ended)
    likely = (parted > NEARLY_ALL) | (down.through(ys)[:, None] & (parted > HALF))
    text = _texts(lines, xs, ys)
    beside = (text[:, :-1] & text[:, 1:]).T & (likely & body)[1:-1]
    upright[1:-1] |= beside & ~(down.amid | down.crossed)[1:-1]
    over = text[:-1] & text[1:] & body[:-1, None]
    left = _in_pieces(np.where(level, 0, across.whole)) & across.through(xs)[:, None]
    level[1:-1] |= over & (left & ~across.crossed)[1:-1]
    return level, upright


def _texts(lines: Lines, xs: list[int], ys: list[int]) -> Mask:
    """For each row and column of tracks whether a text, or a part of one, stands there."""
    edge, least = round(INSET * lines.unit), TEXT * lines.unit**2
    return np.array(
        [
            [
                lines.letters[a + edge : b - edge, c + edge : d - edge].sum() > least
                for c, d in _tracks(xs)
            ]
            for a, b in _tracks(ys)
        ]
    )


def _tracks(stops: list[int]) -> list[tuple[int, int]]:
    return list(pairwise(stops))


def _in_pieces(whole: Shares) -> Mask:
    """The stretches of which pieces are left, or of one beside them."""
    around = np.pad(whole, ((0, 0), (1, 1)))
    return np.asarray(np.maximum(np.maximum(around[:, :-2], around[:, 2:]), whole) > PIECES)
