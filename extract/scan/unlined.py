"""Tables whose lines are too worn to make cells: the page read again without them, by where its texts stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from extract.document import Cell, Table
from extract.headers import is_number
from extract.scan.blobs import Blobs
from extract.scan.loose import Loose, loose_tables
from extract.scan.picture import Picture
from extract.scan.ruling import Rules

# In points: what is thinner and longer than this, level or upright, is what a line has left, and what is wider or
# higher no letter. (The thickest dash of 14 pt is 1.4 high and 5 wide, its I 9 high and 2 wide.)
THIN, LEVEL, UPRIGHT = 1.6, 6.0, 10.0
WIDE, HIGH = 60.0, 40.0
# Share of the cells with digits that may be no figures, and the confidence of those that are, in a table well read.
TORN, SURE = 0.05, 0.5
# How many times as many figures the page must have without lines.
MORE = 1.1


def untorn(
    picture: Picture, ruled: Sequence[Loose], loose: Sequence[Loose], page: int
) -> list[Loose]:
    """The tables of a page, those read without any lines where the `ruled` ones are torn and these have more
    figures."""
    found = [*ruled, *loose]
    if not _are_torn(ruled):
        return found
    none = np.zeros_like(picture.ink.dark)
    again = loose_tables(_without_lines(picture), (), Rules(none, none), page)
    better = sum(_figures(t.table) for t in again) > MORE * sum(_figures(t.table) for t in found)
    return again if better else found


def _are_torn(ruled: Sequence[Loose]) -> bool:
    """Whether the cells of ruled tables are hardly those printed: beside each other, in doubt, or with texts of
    several."""
    beside = any(a.top < b.bottom and b.top < a.bottom for a, b in combinations(ruled, 2))
    return beside or any(t.table.doubts or _is_torn(t.table) for t in ruled)


def _is_torn(table: Table) -> bool:
    cells = [c for row in table.rows for c in row.cells if any(map(str.isdigit, c.text))]
    return len(cells) - _figures(table) - len(table.rows) > TORN * len(cells)


def _figures(table: Table) -> int:
    """How many cells behind the first hold one figure, read well."""
    return sum(_is_figure(cell) for row in table.rows for cell in row.cells)


def _is_figure(cell: Cell) -> bool:
    return (
        cell.column > 0 and len(cell.lines) == 1 and cell.confidence > SURE and is_number(cell.text)
    )


def _without_lines(picture: Picture) -> Picture:
    """The picture without what is no letter."""
    blobs, unit = Blobs.of(picture.ink.dark), picture.unit
    wide, high = blobs.wide / unit, blobs.high / unit
    level = (high < THIN) & (wide > LEVEL)
    upright = (wide < THIN) & (high > UPRIGHT)
    lines = blobs.kept(level | upright | (wide > WIDE) | (high > HIGH))
    ink = picture.ink
    depth = np.where(lines, 0, ink.depth).astype(np.uint8)
    return replace(picture, ink=replace(ink, depth=depth, dark=ink.dark & ~lines))
