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

Row = float
Lines = tuple[float, ...]
Profile = NDArray[np.int64]
Stand = Callable[[Lines], float]

# Where a text of some lines is set against the row: its middle, first or last base line.
STANDS: tuple[Stand, ...] = (lambda t: (t[0] + t[-1]) / 2, lambda t: t[0], lambda t: t[-1])
# Two base lines less than this apart, in digit heights, have no white between them.
APART = 1.1
# In digit heights: from which a text does not stand against its row (the middle of two lines is 0.8 from
# either), and what no text is worse than.
OFF, WORST = 0.6, 2.0
# What the ink of a column on a cut costs, in digit heights; white is worth so much a digit height.
INKED, WHITE = 0.3, 0.02


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


def settled(
    columns: Sequence[Lines],
    rows: Sequence[Row],
    profile: Profile,
    place: tuple[int, int],
    usual: float,
) -> Cuts | None:
    """The cuts between rows given by their base lines, in a body from `place[0]` to `place[1]`."""
    stops = _merged(sorted([*(b for lines in columns for b in lines), *rows]), usual)
    first = [Cut(place[0], 0.0), *_between(-np.inf, rows[0], stops, profile, place[0], usual)]
    choices = [first]
    for a, b in pairwise(rows):
        choices.append(list(_between(a, b, stops, profile, place[0], usual)))
    choices.append([Cut(place[1], 0.0)])
    if not all(choices):
        return None
    ways = [_way(columns, rows, choices, stand, usual) for stand in STANDS]
    _, ys, stand = min(
        ((*way, stand) for way, stand in zip(ways, STANDS, strict=True)), key=lambda w: w[0]
    )
    astray = {
        (k, c)
        for k, (row, a, b) in enumerate(zip(rows, ys, ys[1:], strict=False))
        for c, lines in enumerate(columns)
        if _away(lines, row, a, b, stand) > OFF * usual
    }
    return Cuts(ys, frozenset(astray))


def _merged(bases: Sequence[float], usual: float) -> list[float]:
    """Base lines of all columns, those that differ by little made one."""
    groups: list[list[float]] = []
    for base in bases:
        if groups and base - groups[-1][0] < OFF * usual:
            groups[-1].append(base)
        else:
            groups.append([base])
    return [float(np.median(g)) for g in groups]


def _between(
    above: float, below: float, stops: Sequence[float], profile: Profile, top: int, usual: float
) -> Iterator[Cut]:
    """Where a cut between two rows may go: in the white between any two base lines."""
    near = OFF * usual
    inside = [s for s in stops if above - near < s < below + near]
    for a, b in pairwise(inside):
        if b - a < APART * usual:
            continue
        start, end = round(a) - top, round(b - usual) - top
        part = profile[start : max(end, start) + 1]
        if part.size:
            runs = _runs(part == part.min())
            low, high = max(runs, key=lambda r: r[1] - r[0])
            cost = INKED * usual * float(part.min()) - WHITE * (high - low)
            yield Cut(top + start + (low + high) // 2, cost)


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    steps = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)]


def _way(
    columns: Sequence[Lines],
    rows: Sequence[Row],
    choices: Sequence[Sequence[Cut]],
    stand: Stand,
    usual: float,
) -> tuple[float, tuple[int, ...]]:
    """The cheapest cuts, one of each of the `choices`, and their cost."""
    best: list[tuple[float, tuple[int, ...]]] = [(cut.cost, (cut.y,)) for cut in choices[0]]
    for row, cuts in zip(rows, choices[1:], strict=True):
        best = [
            min(
                (cost + cut.cost + _cost(columns, row, ys[-1], cut.y, stand, usual), (*ys, cut.y))
                for cost, ys in best
            )
            for cut in cuts
        ]
    return min(best)


def _cost(
    columns: Sequence[Lines], row: Row, top: int, bottom: int, stand: Stand, usual: float
) -> float:
    return sum(min(_away(lines, row, top, bottom, stand), WORST * usual) for lines in columns)


def _away(lines: Lines, row: Row, top: int, bottom: int, stand: Stand) -> float:
    """How far the text between two cuts stands from its row; nothing where there is none."""
    text = tuple(base for base in lines if top < base <= bottom)
    return abs(stand(text) - row) if text else 0.0
