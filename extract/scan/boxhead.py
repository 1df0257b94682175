"""Rows without lines below a ruled heading: its columns go on down to where they end.

Some offices rule the box of the headings only, and one line below the last row. The rows in between are parted as
those in a frame are (`extract.scan.rows`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extract.scan.blobs import Blobs
from extract.scan.ink import Mask
from extract.scan.mesh import Grid, GridCell
from extract.scan.picture import Picture
from extract.scan.rows import parted
from extract.scan.ruling import Rules
from extract.scan.spans import spans

# Fewest columns of a heading that goes on, and most rows of one.
COLUMNS, ROWS = 4, 6
# Shares of the columns that have ink in a row of figures, and of the borders between them that a text crosses which
# is none of the table's.
FILLED, CROSSED = 0.5, 0.15
# ... and where a seal and a pen run several rows together: prose crosses nearly all borders.
SEALED = 0.5
# White in points below which no row follows.
APART = 26.0
# Share of the table's width along which a line closes it.
CLOSED = 0.6
# The strokes of a pen and the rings of a seal are higher than letters that touch, in points.
TALL = 24.0
# Fewest rows of figures; ink of a line and of a letter's edge around a place, in points.
LEAST, THICK = 3, 1.0


def with_body(grid: Grid, below: int, picture: Picture, rules: Rules) -> Grid:
    """A grid of headings with the rows under it, down to `below` at most; any other one as it is."""
    stops = _leaves(grid)
    if len(grid.ys) - 1 > ROWS or len(stops) <= COLUMNS:
        return grid
    end = _end(grid, [grid.xs[s] for s in stops], below, picture, rules)
    if end is None:
        return grid
    track = len(grid.ys) - 1
    row = [
        GridCell(track, a, 1, b - a, grid.xs[a], grid.ys[-1], grid.xs[b], end)
        for a, b in pairwise(stops)
    ]
    longer = replace(grid, ys=(*grid.ys, end), cells=(*grid.cells, *row))
    whole = parted(longer, picture)
    return grid if len(whole.ys) == len(longer.ys) else whole


def _leaves(grid: Grid) -> list[int]:
    """The upright lines between the cells of the last row, by their number."""
    last = [c for c in grid.cells if c.row + c.rows == len(grid.ys) - 1]
    return sorted({e for c in last for e in (c.column, c.column + c.columns)})


def _end(grid: Grid, xs: Sequence[int], below: int, picture: Picture, rules: Rules) -> int | None:
    """Where the rows under the headings end, None when there are none."""
    top, unit = grid.ys[-1] + round(THICK * picture.unit), picture.unit
    closing = _closing(rules.across[top:below, xs[0] : xs[-1]])
    bottom = below if closing is None else top + closing
    dark = _letters(picture.ink.dark[top:bottom] & ~rules.across[top:bottom], unit)
    rows, end, last = 0, top, 0
    for a, b in spans(np.asarray(dark[:, xs[0] : xs[-1]].any(axis=1))):
        line = dark[a:b]
        most = CROSSED if b - a < TALL * unit else SEALED
        if a - last > APART * unit or _crossed(line, xs, unit) > most:
            break
        last = b
        filled = [line[:, left:right].any() for left, right in pairwise(xs)]
        if np.mean(filled) >= FILLED:
            rows, end = rows + 1, top + b
        elif closing is not None:
            end = top + b
    if rows < LEAST:
        return None
    return end + round(THICK * unit) if closing is None or end < bottom else bottom


def _letters(dark: Mask, unit: float) -> Mask:
    """The ink without what is higher than letters are: it lies over several rows and across their columns."""
    blobs = Blobs.of(dark)
    return blobs.kept(blobs.high < TALL * unit)


def _closing(across: Mask) -> int | None:
    """The first height at which a level line runs along most of the table."""
    long = np.flatnonzero(across.mean(axis=1) > CLOSED)
    return int(long[0]) if long.size else None


def _crossed(line: Mask, xs: Sequence[int], unit: float) -> float:
    """The share of the borders between columns that a line of text goes across."""
    near = max(1, round(THICK * unit / 2))
    return float(np.mean([line[:, x - near : x + near].any() for x in xs[1:-1]]))
