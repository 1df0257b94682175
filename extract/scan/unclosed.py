"""Tables open at a side: no line stands at the outer edge of the first or last column.

Some offices rule tables so, and what a printer's margin or a scanner cuts off takes the outer line with it. The level
lines run on beyond the last upright one all the same, over the texts of a column, and end below each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extract.scan.edges import DRAWN, Stretches
from extract.scan.ink import Mask
from extract.scan.trace import WANDER

# Fewest level lines that tell, and share of them that end below each other, in points: what is left of a bend once
# the page is straightened moves the ends of lines by one at most.
FEWEST, ALIKE, NEAR = 4, 0.8, 3.0
# Narrowest column, in points: lines drawn over a table's corner stick out by less.
NARROWEST = 14.0
# Points from the lines around a place that may be theirs, and least ink of a text, in square points.
INSET, TEXT = 2.0, 1.0
# Rows with a text in an open column at least: its heading and a figure.
ROWS = 2
# White in points between a text and where the lines end, from which the text is whole: two digits are less apart.
WHOLE = 2.0


@dataclass(frozen=True, slots=True)
class Side:
    """Where an open column ends and the heights of the texts that may go on beyond, in pixels."""

    end: int
    cut: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """A table's marks: the ink of its level lines, all other ink but its upright lines, pixels per point."""

    level: Mask
    letters: Mask
    unit: float

    @property
    def mirrored(self) -> Marks:
        """The same with left and right changed."""
        return Marks(self.level[:, ::-1], self.letters[:, ::-1], self.unit)


def open_sides(
    marks: Marks, across: Stretches, ys: Sequence[int], xs: Sequence[int]
) -> tuple[Side | None, Side | None]:
    """The columns that stand open before the first upright line and behind the last; `across` are the stretches of
    the level lines at `ys` between the upright ones at `xs`."""
    last = marks.level.shape[1] - 1
    drawn = across.whole > DRAWN
    before = _open_side(marks.mirrored, drawn[:, 0], ys, last - xs[0])
    first = before and Side(last - before.end, before.cut)
    return first, _open_side(marks, drawn[:, -1], ys, xs[-1])


def _open_side(marks: Marks, drawn: Mask, ys: Sequence[int], x: int) -> Side | None:
    """The open column behind the last upright line `x`, which the level lines `drawn` meet."""
    unit = marks.unit
    ends = [_end(marks.level, y, unit) for y, meets in zip(ys, drawn, strict=True) if meets]
    if len(ends) < FEWEST:
        return None
    end = round(float(np.median(ends)))
    alike = np.mean([abs(e - end) < NEAR * unit for e in ends])
    if alike < ALIKE or end - x < NARROWEST * unit:
        return None
    edge, near = round(INSET * unit), round(WHOLE * unit)
    rows = {
        (a + b) // 2: marks.letters[a + edge : b - edge, x + edge : end + edge]
        for a, b in pairwise(ys)
    }
    texts = {y: row for y, row in rows.items() if row.sum() > TEXT * unit**2}
    cut = tuple(y for y, row in texts.items() if row[:, end - near - x - edge :].any())
    return Side(end, cut) if len(texts) >= ROWS else None


def _end(level: Mask, y: int, unit: float) -> int:
    """The last place at which the horizontal line at `y` has ink."""
    off = max(1, round(WANDER * unit))
    inked = np.flatnonzero(level[max(0, y - off) : y + off + 1].any(axis=0))
    return int(inked[-1]) if inked.size else 0
