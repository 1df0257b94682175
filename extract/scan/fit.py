"""Whether what was made of a page follows its lines of text: rows that do not hold other rows' figures.

A page set upright by the wrong thing reads without a doubt, and wrongly: such tables are in doubt as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.bend import LONG_ACROSS, places_on
from extract.scan.ink import Ink, Mask
from extract.scan.mesh import Grid, GridCell
from extract.scan.ruling import Rules

Values = NDArray[np.float64]
Indexes = NDArray[np.int64]
Counts = NDArray[np.float32]

# Share of the long lines inside a grid that lie on its rows (of 94 grids of good scans at least 0.81 with short
# pieces of letters counted; of grids set askew by 0.4 degrees at most 0.62), and how far from them, in points.
ON_ROWS, NEAR = 0.7, 1.5
# Share of the letters' strokes that cross the rows' lines instead of their middles (0.006 at most and 0.03 to
# 0.05 on the same grids), and how far a stroke goes on either side of a line, in points.
CUT, STROKE = 0.02, 1.5
# ... and points at the sides of a cell where the lines of a double rule lie, 4 points apart at most.
SIDE = 2.5
# Squares of so many points; a seal of 36 mm lies within so many of them. Share from which strokes outside one
# cross the lines: of 239 grids of good scans two had more (0.011 at most, counted as a whole 0.019).
SQUARE, SEAL, BESIDE_SEAL = 10.0, 12, 0.005
# A line of text may rise over a table's width by so many heights of its letters before it meets the next row's.
RISE = 0.5
# Neighbours whose rise tells: a table has nine figures (loose.LEAST); share of a height that two have in common.
FEWEST, BESIDE = 8, 0.5


def checked(grid: Grid, ink: Ink, rules: Rules, unit: float) -> Grid:
    """The grid, each of its cells doubted where its rows are not those of the page."""
    follows = _on_rows(grid, rules, unit) >= ON_ROWS and not _is_cut(grid, ink, rules, unit)
    return grid if follows else replace(grid, doubted=frozenset(grid.cells))


def _on_rows(grid: Grid, rules: Rules, unit: float) -> float:
    """The share of the long horizontal lines inside a grid that lies on its rows; where it has no lines there are
    bars of letters only."""
    top, edge = grid.ys[0], round(NEAR * unit)
    inside = rules.across[top : grid.ys[-1] + 1, grid.xs[0] : grid.xs[-1] + 1].copy()
    for above, below in grid.bare:
        inside[above + edge - top : below - edge - top] = False
    lines = [heights + top for _, heights in places_on(inside, LONG_ACROSS * unit)]
    if not lines:
        return 1.0
    away = np.abs(np.subtract.outer(np.concatenate(lines), np.array(grid.ys))).min(axis=1)
    return float((away < NEAR * unit).mean())


def _is_cut(grid: Grid, ink: Ink, rules: Rules, unit: float) -> bool:
    """Whether the rows' lines go through letters, and not only through the strokes of a seal."""
    edges, middles = _strokes(grid, ink, rules, unit)
    whole = _share(edges, middles)
    seal = _heaviest(edges)
    edges[seal] = middles[seal] = 0
    return whole > CUT and _share(edges, middles) > BESIDE_SEAL


def _share(edges: Counts, middles: Counts) -> float:
    """The share of the strokes across the lower edges of cells in those across their middles and edges."""
    return float(edges.sum() / max(1.0, edges.sum() + middles.sum()))


def _strokes(grid: Grid, ink: Ink, rules: Rules, unit: float) -> tuple[Counts, Counts]:
    """Pixels of strokes across the lower edges of cells and across their middles, in each square of the page."""
    # Cells have their place on the page, so only what is below and beside the table is left out.
    inside = np.s_[: grid.ys[-1] + 1, : grid.xs[-1] + 1]
    upright = cv2.dilate(rules.down[inside].astype(np.uint8), np.ones((1, 3), np.uint8))
    level = cv2.dilate(rules.across[inside].astype(np.uint8), np.ones((3, 1), np.uint8))
    letters = np.asarray(ink.dark[inside] & (upright == 0) & (level == 0))
    single = [c for c in grid.cells if c.rows == 1]
    square = SQUARE * unit
    shape = (int(grid.ys[-1] / square) + 1, int(grid.xs[-1] / square) + 1)
    edges, middles = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for cell in single:
        _cross(middles, letters, cell, (cell.top + cell.bottom) // 2, unit)
        if cell.bottom < grid.ys[-1]:
            _cross(edges, letters, cell, cell.bottom, unit)
    return edges, middles


def _heaviest(counts: Counts) -> tuple[slice, slice]:
    """The place of a seal's size with the greatest sum of counts."""
    side = (SEAL, SEAL)
    around = cv2.boxFilter(counts, -1, side, normalize=False, borderType=cv2.BORDER_CONSTANT)
    y, x = np.unravel_index(int(around.argmax()), counts.shape)
    half = SEAL // 2
    return slice(max(0, int(y) - half), int(y) + half), slice(max(0, int(x) - half), int(x) + half)


def _cross(counts: Counts, letters: Mask, cell: GridCell, y: int, unit: float) -> None:
    """Adds, square by square, the pixels along the line at `y` inside a cell with ink above and below it."""
    far, side = round(STROKE * unit), round(SIDE * unit)
    inside = slice(cell.x0 + side, max(cell.x0 + side, cell.x1 - side))
    above = letters[max(0, y - far) : max(0, y - far) + 2, inside]
    below = letters[y + far - 1 : y + far + 1, inside]
    places = np.flatnonzero(above.any(axis=0) & below.any(axis=0)) + inside.start
    np.add.at(counts[int(y / (SQUARE * unit))], (places / (SQUARE * unit)).astype(int), 1)


def lies_askew(bases: Mapping[GridCell, float]) -> bool:
    """Whether lines of text rise or fall so far that rows of runs (with their base lines) mix two of them."""
    if len(bases) <= FEWEST:
        return False
    boxes = np.array([(b.x0, b.x1, b.top, b.bottom) for b in bases], np.float64)
    base = np.array(list(bases.values()))
    first, after = _neighbours(boxes)
    if len(first) < FEWEST:
        return False
    slopes = (base[after] - base[first]) / (boxes[after, 0] - boxes[first, 0])
    rise = abs(np.median(slopes)) * (boxes[:, 1].max() - boxes[:, 0].min())
    return bool(rise > RISE * np.median(boxes[:, 3] - boxes[:, 2]))


def _neighbours(boxes: Values) -> tuple[Indexes, Indexes]:
    """Boxes (left, right, top, bottom), and for each the nearest on its right at half its height or more."""
    x0, x1, top, bottom = boxes.T
    shared = np.minimum.outer(bottom, bottom) - np.maximum.outer(top, top)
    apart = np.subtract.outer(x0, x1).T
    right = (apart > 0) & (shared > BESIDE * np.minimum.outer(bottom - top, bottom - top))
    first = np.flatnonzero(right.any(axis=1))
    return first, np.where(right, apart, np.inf).argmin(axis=1)[first]
