"""The rows of a table's body that has no lines between them: a frame, or upright lines only, or where one was lost.

Its grid has one tall row whose cells hold all rows' texts. Figures are set on one line, so that those of a
row share a base line while names and grades may take several: base lines that most columns share are rows.
Between two rows the cut goes where every text keeps to the row that it is set against.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.scan.figures import looks_of
from extract.scan.mesh import Grid, GridCell
from extract.scan.picture import Picture
from extract.scan.settle import Body, Cuts, Lines, Row, grouped, settled
from extract.scan.strokes import Atom, Window, digit_height, open_window_of, window_of

# A row of the grid that is lower than this, in points, has no four rows in it: those of 8 pt text are 9 high.
TALL = 32.0
# Fewest rows that are told apart, and fewest columns: a cell of a ruled table may hold a few lines.
FEWEST = 4
# Two rows are told apart too where each has a serial number, in a row so much higher than the table's others: figures
# that squeezed columns break over two lines are so in every row.
TWO, HIGHER = 2, 1.4
# Heights of a line's characters, in digit heights: a low letter has 0.66, one with its accent 1.5.
LOW, HIGH = 0.55, 1.6
# Heights and widths of a dash, and how far below it is the base line, in digit heights.
DASH, LONG, UNDER = 0.3, 0.3, 0.27
# Base lines so near, in digit heights, are one: lines of text are 1.5 and more apart, the middle of two of them
# and either 0.8.
SAME = 0.4
# ... and characters of one line: a tail goes 0.3 below the base line.
TAIL = 0.6
# Share of the columns that have a line where a row is, and of a row's texts that are figures. (Names and
# grades are the only texts of usual tables, of seven columns or more.)
SHARED, FIGURES = 0.5, 0.5
# ... and figures that are enough where one is the serial number: the others may be damaged.
BESIDE = 2
# Share of the rows from the first on that must be rows of figures, and of the rows that serial numbers must be
# in when one of them alone tells of a row.
MOST, STEADY = 0.8, 0.8
# Of so many lines below the first row of figures most are rows of figures.
NEXT = 3
# Rows are no nearer, in digit heights: the lines of one text are 1.5 apart and more.
NEAREST = 1.4
# Share of texts that stand against none of the rows from which rows are not understood.
ASTRAY = 0.1
# Pixels of ink along a line that the body lacks from which a text goes across it, and share of the rows in which
# it may: the strokes of a pen or seal.
ACROSS, OFTEN = 2, 0.2
# ... and points from the edges of a row in which ink is that of the frame.
FRAME = 2.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the body: its sides, its ink and the base lines of its texts, in pixels of the page."""

    x0: int
    x1: int
    window: Window
    lines: Lines


def parted(grid: Grid, picture: Picture) -> Grid:
    """The grid, its tall rows parted into the rows of the table wherever these can be told."""
    usual = float(np.median(np.diff(grid.ys)))
    for track in range(len(grid.ys) - 2, -1, -1):
        height, whole = grid.ys[track + 1] - grid.ys[track], grid
        if height > TALL * picture.unit:
            grid = _parted(grid, track, picture, FEWEST)
        if grid is whole and height > HIGHER * usual:
            grid = _parted(grid, track, picture, TWO)
    return grid


def _parted(grid: Grid, track: int, picture: Picture, fewest: int) -> Grid:
    """The grid with one of its rows parted into so many at least; as it was where the rows in it cannot be told."""
    crossing = [c for c in grid.cells if c.row <= track < c.row + c.rows]
    if any(c.row + c.rows > track + 1 for c in crossing):
        return grid
    stops = _stops(grid, crossing)
    if len(stops) <= FEWEST:
        return grid
    place = grid.ys[track], grid.ys[track + 1]
    windows = [
        window_of(picture.ink, GridCell(track, 0, 1, 1, grid.xs[a], place[0], grid.xs[b], place[1]), picture.unit)
        for a, b in pairwise(stops)
    ]  # fmt: skip
    usual = digit_height(windows, picture.unit)
    columns = [
        Column(grid.xs[a], grid.xs[b], w, lines_of(w, usual))
        for (a, b), w in zip(pairwise(stops), windows, strict=True)
    ]
    rows = _rows(columns, picture, usual, fewest)
    if rows is None:
        return grid
    body = Body(
        tuple(c.lines for c in columns), rows, _profile(columns, place, usual), *place, usual
    )
    cuts = settled(body, headed=any(c.row < track for c in crossing))
    if cuts is None or len(cuts.astray) > ASTRAY * len(rows) * len(columns):
        return grid
    crossed = _crossed(grid, crossing, stops, cuts, picture)
    return grid if crossed is None else _with_rows(grid, track, stops, cuts, crossed)


def _stops(grid: Grid, crossing: Sequence[GridCell]) -> list[int]:
    """The upright lines of the body, by their number: its own and those of the headings."""
    others = [c for c in grid.cells if c not in crossing] + [c for c in crossing if c.columns == 1]
    ends = {e for c in [*others, *crossing] for e in (c.column, c.column + c.columns)}
    return sorted(ends)


def lines_of(window: Window, usual: float) -> Lines:
    """The base lines of a column's texts, from the top, in pixels of the page."""
    letters = sorted(b.bottom for b in window.blobs if LOW * usual < b.height < HIGH * usual)
    bases = [float(np.median(group)) for group in grouped(letters, TAIL * usual)]
    dashes = [b.bottom + UNDER * usual for b in window.blobs if _is_dash(b, usual)]
    alone = [d for d in dashes if all(abs(d - base) > usual for base in bases)]
    return tuple(sorted(window.y + base for base in [*bases, *_grouped(alone, usual)]))


def _is_dash(blob: Atom, usual: float) -> bool:
    return (
        blob.height < DASH * usual < LONG * usual + blob.height
        and LONG * usual < blob.width < usual
    )


def _grouped(values: Sequence[float], usual: float) -> list[float]:
    """Values of one base line made one."""
    return [float(np.mean(g)) for g in _groups(values, usual)]


def _groups(values: Sequence[float], usual: float) -> list[list[float]]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - float(np.mean(groups[-1])) < SAME * usual:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def _rows(
    columns: Sequence[Column], picture: Picture, usual: float, fewest: int
) -> tuple[Row, ...] | None:
    """The base lines of the rows of figures below the headings."""
    filled = [c for c in columns if len(c.lines) >= fewest]
    if len(filled) < max(FEWEST, SHARED * len(columns)):
        return None
    shared = [
        float(np.median(g))
        for g in _groups([base for c in filled for base in c.lines], usual)
        if len(g) > SHARED * len(filled)
    ]
    figures = _of_figures(filled, shared, picture, usual)
    first = next((i for i in range(len(shared)) if _begins(figures[i:], fewest)), None)
    if first is None or (fewest < FEWEST and not _are_counted(shared, columns[0].lines, usual)):
        return None
    rows = _with_serials(columns[0].lines, shared[first:], usual)
    near = min(b - a for a, b in pairwise(rows)) < NEAREST * usual
    return None if near else tuple(rows)


def _are_counted(rows: Sequence[float], serials: Lines, usual: float) -> bool:
    """Whether each of these rows has a serial number, and nothing else stands there."""
    if len(rows) != len(serials):
        return False
    return all(abs(a - b) < SAME * usual for a, b in zip(rows, serials, strict=True))


def _begins(figures: Sequence[bool], fewest: int) -> bool:
    """Whether the first of these lines is the first row of figures: some letter of a turned heading may look like
    one, not the next as well."""
    enough = sum(figures) >= max(fewest, MOST * len(figures))
    below = figures[1 : 1 + NEXT]
    return enough and figures[0] and sum(below) > len(below) / 2


def _with_serials(serials: Lines, rows: list[float], usual: float) -> list[float]:
    """The rows, and those of which nothing is left but serial numbers and names."""
    found = [min(abs(s - row) for s in serials) < SAME * usual for row in rows] if serials else []
    if sum(found) < STEADY * len(rows):
        return rows
    further = [
        s for s in serials if s > rows[0] and min(abs(s - row) for row in rows) > SAME * usual
    ]
    return sorted([*rows, *further])


def _of_figures(
    columns: Sequence[Column], rows: Sequence[float], picture: Picture, usual: float
) -> list[bool]:
    """For each shared base line whether most of the texts on it are figures, or a serial number and another."""
    cells = [
        (index, _on_line(column, row, usual))
        for index, row in enumerate(rows)
        for column in columns
        if min(abs(base - row) for base in column.lines) < SAME * usual
    ]
    looks = looks_of([open_window_of(picture.ink, c, picture.unit) for _, c in cells], usual)
    numbers, all_, serial = (np.zeros(len(rows)) for _ in range(3))
    for (index, cell), look in zip(cells, looks, strict=True):
        all_[index] += 1
        numbers[index] += look.numeral
        serial[index] += look.numeral and cell.x0 == columns[0].window.x
    most = (numbers >= FIGURES * all_) | ((serial > 0) & (numbers >= BESIDE))
    return [bool(m) for m in most]


def _on_line(column: Column, base: float, usual: float) -> GridCell:
    """The place of a figure on a base line of a column."""
    window = column.window
    top = max(window.y, round(base - 1.2 * usual))
    bottom = min(window.y + window.height, round(base + 0.35 * usual))
    return GridCell(0, 0, 1, 1, window.x, top, window.x + window.depth.shape[1], bottom)


def _profile(columns: Sequence[Column], place: tuple[int, int], usual: float) -> NDArray[np.int64]:
    """For each row of pixels of the body the number of columns with a text there."""
    inked = np.zeros((len(columns), place[1] - place[0] + 1), bool)
    for own, column in zip(inked, columns, strict=True):
        off = column.window.y - place[0]
        for blob in column.window.blobs:
            if blob.height < 2 * HIGH * usual:
                own[max(0, blob.top + off) : blob.bottom + off] = True
    return np.asarray(inked.sum(axis=0))


def _crossed(
    grid: Grid, crossing: Sequence[GridCell], stops: Sequence[int], cuts: Cuts, picture: Picture
) -> set[tuple[int, int]] | None:
    """The rows and columns whose text may go on across a line that the body lacks; None where many do."""
    edge = round(FRAME * picture.unit)
    found: set[tuple[int, int]] = set()
    for number, stop in enumerate(stops[1:-1], 1):
        if not any(c.column < stop < c.column + c.columns for c in crossing):
            continue
        x = grid.xs[stop]
        inked = np.asarray(picture.ink.dark[:, x - 1 : x + 2].any(axis=1))
        rows = [
            k
            for k, (a, b) in enumerate(pairwise(cuts.ys))
            if inked[a + edge : b - edge].sum() >= ACROSS
        ]
        if len(rows) > OFTEN * (len(cuts.ys) - 1):
            return None
        found |= {(row, column) for row in rows for column in (number - 1, number)}
    return found


def _with_rows(
    grid: Grid, track: int, stops: Sequence[int], cuts: Cuts, crossed: set[tuple[int, int]]
) -> Grid:
    """The grid with the rows in the place of the track; above them what is left of it for headings."""
    head = cuts.ys[0] > grid.ys[track]
    first = track + head
    more = len(cuts.ys) - 2 + head
    ys = (*grid.ys[:track], *((grid.ys[track],) if head else ()), *cuts.ys, *grid.ys[track + 2 :])
    cells: list[GridCell] = []
    doubted: set[GridCell] = set()
    for cell in grid.cells:
        kept = _kept(cell, track, cuts.ys[0], head, more)
        cells += kept
        if cell in grid.doubted:
            doubted.update(kept)
        if not cell.row <= track < cell.row + cell.rows:
            continue
        for row, (top, bottom) in enumerate(pairwise(cuts.ys)):
            for column, (a, b) in enumerate(pairwise(stops)):
                if not cell.column <= a < cell.column + cell.columns:
                    continue
                part = GridCell(first + row, a, 1, b - a, grid.xs[a], top, grid.xs[b], bottom)
                cells.append(part)
                if cell in grid.doubted or {(row, column)} & (cuts.astray | crossed):
                    doubted.add(part)
    ordered = sorted(cells, key=lambda c: (c.row, c.column))
    bare = (*grid.bare, (grid.ys[track], grid.ys[track + 1]))
    return Grid(ys, grid.xs, tuple(ordered), frozenset(doubted), bare)


def _kept(cell: GridCell, track: int, cut: int, head: bool, more: int) -> list[GridCell]:
    """What is left of a cell of the old grid outside of the new rows."""
    if cell.row > track:
        return [replace(cell, row=cell.row + more)]
    if cell.row + cell.rows <= track:
        return [cell]
    rows = track - cell.row + head
    return [replace(cell, rows=rows, bottom=cut)] if rows else []
