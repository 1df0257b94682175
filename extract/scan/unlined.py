"""Tables whose lines are too worn to make cells: the page read again without them, by where its texts stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import cv2
import numpy as np

from extract.document import Box, Cell, Table
from extract.headers import is_number
from extract.scan.blobs import Blobs
from extract.scan.ink import Mask, grown
from extract.scan.loose import LEAST, Loose, tables_of
from extract.scan.picture import Picture
from extract.scan.ruling import Rules, drawn
from extract.scan.table import mistrusted

# In points: what is thinner and longer than this, level or upright, is what a line has left, and what is wider or
# higher no letter. (The thickest dash of 14 pt is 1.4 high and 5 wide, its I 9 high and 2 wide.)
THIN, LEVEL, UPRIGHT = 1.6, 6.0, 10.0
WIDE, HIGH = 60.0, 40.0
# Height of the digit 1 of 6 to 16 pt, in points.
ONE = 3.5, 12.5
# White in points beside a stroke that is no letter of a text.
BESIDE = 3.0
# A column and those beside it.
BOTH = -1, 0, 1
# So many pieces of lines are no dashes and strokes of letters.
MANY = 30
# How far in points a piece lies off the others of its line, and how many points of the line are left at least.
NEAR, BEHIND = 1.0, 40.0
# White between the pieces of one line, in points, and share of a blob on its way that is one more.
GAP, MOST = 60.0, 0.7
# Share of the cells with digits that may be no figures, and the confidence of those that are, in a table well read.
TORN, SURE = 0.05, 0.5
# How many times as many figures the page must have without lines: beside cells that do not close, about as many.
MORE, LESS = 1.1, 0.97
# ... and so many times as many in whatever columns.
TWICE = 2


def untorn(
    picture: Picture, rules: Rules, ruled: Sequence[Loose], loose: Sequence[Loose], page: int
) -> list[Loose]:
    """The tables of a page, those read without any lines where the `ruled` ones are torn and these have more
    figures, or where pieces of lines lie among the `loose` ones."""
    found = [*ruled, *loose]
    if not found or (ruled and not _are_torn(ruled)):
        return found
    left = _letters(picture, drawn(rules, picture.ink, picture.unit))
    if not ruled and left.pieces < MANY:
        return found
    none = np.zeros_like(picture.ink.dark)
    again = tables_of(picture, left.letters, Rules(none, none), page)
    doubted = not ruled or any(t.table.doubts for t in ruled)
    if not _are_better(again, found, LESS if doubted else MORE):
        return found
    strokes = tuple(_boxes(left.strokes, picture))
    return [_compared(t, ruled, strokes) for t in again]


def _are_better(again: Sequence[Loose], found: Sequence[Loose], more: float) -> bool:
    """Whether tables have so many times as many figures, in about as many columns if there were any to speak of."""
    now, before = (sum(_figures(t.table) for t in tables) for tables in (again, found))
    columns = max((t.table.columns for t in again), default=0)
    few = before < max(LEAST, now / TWICE)
    return now > more * before and (few or columns <= _columns(found) + 1)


def _columns(found: Sequence[Loose]) -> int:
    """The most columns that stand beside each other; what strokes are read as makes many more."""
    return max(sum(b.table.columns for b in found if _are_beside(a, b)) for a in found)


def _are_beside(one: Loose, other: Loose) -> bool:
    return one.top < other.bottom and other.top < one.bottom


def _boxes(mask: Mask, picture: Picture) -> Iterator[Box]:
    """Where the blobs of a mask are on the page as shown."""
    stats = cv2.connectedComponentsWithStats(mask.astype(np.uint8))[2][1:]
    for x, y, wide, high, _ in stats.tolist():
        yield picture.frame.box(x, y, x + wide, y + high)


def _compared(again: Loose, ruled: Sequence[Loose], strokes: Sequence[Box]) -> Loose:
    """The table, the figures in doubt where the cells of the lines hold another, a stroke beside them may be a digit or
    their column may be two, whose headings then stand over its neighbours."""
    boxes = [
        (c.box, c)
        for t in ruled
        for c in _cells(t.table)
        if c.box and len(c.lines) == 1 and is_number(c.text)
    ]
    double = {c.column + n for c in _cells(again.table) if _holds_two(c) for n in BOTH}

    def told(cell: Cell) -> Cell:
        return mistrusted(cell) if cell.column in double else _told(cell, boxes, strokes)

    rows = (replace(r, cells=tuple(map(told, r.cells))) for r in again.table.rows)
    return replace(again, table=replace(again.table, rows=tuple(rows)))


def _cells(table: Table) -> Iterator[Cell]:
    return (cell for row in table.rows for cell in row.cells)


def _holds_two(cell: Cell) -> bool:
    """Whether two figures stand in one cell behind the names: its column may be two, of which most rows lack one."""
    return cell.column > 1 and sum(is_number(t) for t in cell.text.split()) > 1


def _told(cell: Cell, others: Sequence[tuple[Box, Cell]], strokes: Sequence[Box]) -> Cell:
    """The cell, in doubt if another one in its place holds another figure, or if a stroke stands right beside it."""
    if (box := cell.box) is None or (cell.lines and not _is_figure(cell)):
        return cell
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    there = (c for b, c in others if b.x0 < x < b.x1 and b.top < y < b.bottom)
    other = bool(cell.lines) and any(c.text != cell.text for c in there)
    return mistrusted(cell) if other or any(_is_within(s, box) for s in strokes) else cell


def _is_within(stroke: Box, box: Box) -> bool:
    x, y = (stroke.x0 + stroke.x1) / 2, (stroke.top + stroke.bottom) / 2
    return box.x0 < x < box.x1 and box.top < y < box.bottom


def _are_torn(ruled: Sequence[Loose]) -> bool:
    """Whether the cells of ruled tables are hardly those printed: with hardly any figure, beside each other, in doubt,
    or with texts of several."""
    if sum(_figures(t.table) for t in ruled) < LEAST:
        return True
    beside = any(_are_beside(a, b) for a, b in combinations(ruled, 2))
    return beside or any(t.table.doubts or _is_torn(t.table) for t in ruled)


def _is_torn(table: Table) -> bool:
    cells = [c for c in _cells(table) if any(map(str.isdigit, c.text))]
    return len(cells) - _figures(table) - len(table.rows) > TORN * len(cells)


def _figures(table: Table) -> int:
    """How many cells behind the first hold one figure, read well."""
    return sum(map(_is_figure, _cells(table)))


def _is_figure(cell: Cell) -> bool:
    """A squeezed column may break a figure over lines."""
    whole = "".join(cell.lines)
    return cell.column > 0 and bool(whole) and cell.confidence > SURE and is_number(whole)


@dataclass(frozen=True, slots=True)
class _Left:
    """The ink of letters, how many pieces of lines there are beside it, and those that are as high as a digit 1."""

    letters: Mask
    pieces: int
    strokes: Mask


def _letters(picture: Picture, rules: Rules) -> _Left:
    """The ink without lines, what lies on their way, and what else is no letter."""
    unit = picture.unit
    across, down = _way(rules.across, unit), _way(rules.down.T, unit).T
    left = picture.ink.dark & ~grown(rules.across | rules.down)
    blobs = Blobs.of(left)
    wide, high = blobs.wide / unit, blobs.high / unit
    level = (high < THIN) & (wide > LEVEL)
    upright = (wide < THIN) & (high > UPRIGHT)
    lying = (blobs.share_in(across) > MOST) | (blobs.share_in(down) > MOST)
    pieces = level | upright | lying
    behind = blobs.share_in(_behind(blobs.kept(level), unit)) > MOST
    below = blobs.share_in(_behind(blobs.kept(upright).T, unit).T) > MOST
    pieces |= (behind & (high < 2 * THIN)) | (below & (wide < 2 * THIN))
    stems = (wide < THIN) & (high > ONE[0])
    beside = np.ones((1, 2 * round(BESIDE * unit) + 1), np.uint8)
    near = cv2.dilate((left & ~blobs.kept(stems)).astype(np.uint8), beside) > 0
    pieces |= stems & (blobs.share_in(near) == 0)
    letters = left & ~blobs.kept(pieces | (wide > WIDE) | (high > HIGH))
    strokes = blobs.kept(pieces & (high > ONE[0]) & (high < ONE[1]) & (wide < high))
    return _Left(letters, int(np.count_nonzero(pieces)), strokes)


def _behind(level: Mask, unit: float) -> Mask:
    """The rows of pixels in which pieces of one line lie behind another."""
    near = 2 * round(NEAR * unit) + 1
    inked = np.convolve(level.sum(axis=1), np.ones(near), mode="same")
    rows = np.convolve(inked >= BEHIND * unit, np.ones(near), mode="same") > 0
    return np.broadcast_to(rows[:, None], level.shape)


def _way(across: Mask, unit: float) -> Mask:
    """Where level lines run, from the first of their pieces to the last."""
    gap = np.ones((1, round(GAP * unit) | 1), np.uint8)
    return np.asarray(cv2.morphologyEx(grown(across).astype(np.uint8), cv2.MORPH_CLOSE, gap) > 0)
