"""Where the rows of a table without lines between them are cut, by how its texts stand to their rows.

The texts of a table all stand in their rows alike: around the middle, from the top or down to the bottom.
Each way is tried, and the cuts found by which the texts between two of them stand nearest to their row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.scan.spans import spans

Row = float
Lines = tuple[float, ...]
Profile = NDArray[np.int64]
Stand = Callable[[Lines], float]

# Where a text of some lines is set against the row: its middle, first or last base line. (The last must be the
# better one by one text: it also holds of headings taken for the first row's.)
STANDS: tuple[Stand, ...] = (lambda t: (t[0] + t[-1]) / 2, lambda t: t[0], lambda t: t[-1])
# Two base lines less than this apart, in digit heights, have no white between them.
APART = 1.1
# In digit heights: from which a text does not stand against its row (the middle of two lines is 0.8 from
# either), and what no text is worse than.
OFF, WORST = 0.6, 2.0
# What the ink of a column on a cut costs, in digit heights; white is worth so much a digit height.
INKED, WHITE = 0.3, 0.02


@dataclass(frozen=True, slots=True)
class Body:
    """The base lines of its columns' texts and those of its rows; for each row of pixels the number of columns
    with ink; where it begins and ends; and the height of its digits, in pixels."""

    columns: tuple[Lines, ...]
    rows: tuple[Row, ...]
    profile: Profile
    top: int
    bottom: int
    usual: float


@dataclass(frozen=True, slots=True)
class Cuts:
    """The upper edges of the rows and the last one's lower edge; `astray`: rows and columns whose text does
    not stand against its row."""

    ys: tuple[int, ...]
    astray: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Cut:
    """A place for a cut and its cost."""

    y: int
    cost: float


def settled(body: Body, headed: bool) -> Cuts | None:
    """The cuts between a body's rows; `headed`: above the first are headings that no line parts from it."""
    columns, rows, usual = body.columns, body.rows, body.usual
    stops = _merged(sorted([*(b for lines in columns for b in lines), *rows]), usual)
    first = [Cut(body.top, 0.0)]
    if headed:
        first += _between(body, -np.inf, rows[0], stops)
    choices = [first, *(list(_between(body, a, b, stops)) for a, b in pairwise(rows))]
    if not all(choices):
        return None
    choices.append([Cut(body.bottom, 0.0)])
    ways = [(_way(body, choices, stand), stand) for stand in STANDS]
    (_, ys), stand = min(ways, key=lambda w: w[0][0] + (usual if w[1] is STANDS[-1] else 0.0))
    astray = {
        (k, c)
        for k, (row, a, b) in enumerate(zip(rows, ys, ys[1:], strict=False))
        for c, lines in enumerate(columns)
        if _away(lines, row, a, b, stand) > OFF * usual
    }
    return Cuts(ys, frozenset(astray))


def _merged(bases: Sequence[float], usual: float) -> list[float]:
    """Base lines of all columns, those that differ by little made one."""
    return [float(np.median(g)) for g in grouped(bases, OFF * usual)]


def grouped(bases: Sequence[float], near: float) -> list[list[float]]:
    """Base lines from the top, in groups whose first one none is so far below."""
    groups: list[list[float]] = []
    for base in bases:
        if groups and base - groups[-1][0] < near:
            groups[-1].append(base)
        else:
            groups.append([base])
    return groups


def _between(body: Body, above: float, below: float, stops: Sequence[float]) -> Iterator[Cut]:
    """Where a cut between two rows may go: in the white between any two base lines."""
    near = OFF * body.usual
    inside = [s for s in stops if above - near < s < below + near]
    for a, b in pairwise(inside):
        start, end = round(a) - body.top, round(b - body.usual) - body.top
        part = body.profile[start : max(end, start) + 1]
        if b - a >= APART * body.usual and part.size:
            low, high = max(spans(part == part.min()), key=lambda r: r[1] - r[0])
            cost = INKED * body.usual * float(part.min()) - WHITE * (high - low)
            yield Cut(body.top + start + (low + high) // 2, cost)


def _way(
    body: Body, choices: Sequence[Sequence[Cut]], stand: Stand
) -> tuple[float, tuple[int, ...]]:
    """The cheapest cuts, one of each of the `choices`, and their cost."""
    best: list[tuple[float, tuple[int, ...]]] = [(cut.cost, (cut.y,)) for cut in choices[0]]
    for row, cuts in zip(body.rows, choices[1:], strict=True):
        best = [
            min(
                (cost + cut.cost + _cost(body, row, ys[-1], cut.y, stand), (*ys, cut.y))
                for cost, ys in best
            )
            for cut in cuts
        ]
    return min(best)


def _cost(body: Body, row: Row, top: int, bottom: int, stand: Stand) -> float:
    away = (_away(lines, row, top, bottom, stand) for lines in body.columns)
    return sum(min(a, WORST * body.usual) for a in away)


def _away(lines: Lines, row: Row, top: int, bottom: int, stand: Stand) -> float:
    """How far the text between two cuts stands from its row; nothing where there is none."""
    text = tuple(base for base in lines if top < base <= bottom)
    return abs(stand(text) - row) if text else 0.0
