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

# Share of the long lines inside a grid that lie on its rows (of 94 grids of good scans at least 0.81 with short
# pieces of letters counted; of grids set askew by 0.4 degrees at most 0.62), and how far from them, in points.
ON_ROWS, NEAR = 0.7, 1.5
# Share of the letters' strokes that cross the rows' lines instead of their middles (0.006 at most and 0.03 to
# 0.05 on the same grids), and how far a stroke goes on either side of a line, in points.
CUT, STROKE = 0.02, 1.5
# A line of text may rise over a table's width by so many heights of its letters before it meets the next row's.
RISE = 0.5
# Neighbours whose rise tells: a table has nine figures (loose.LEAST); share of a height that two have in common.
FEWEST, BESIDE = 8, 0.5


def checked(grid: Grid, ink: Ink, rules: Rules, unit: float) -> Grid:
    """The grid, each of its cells doubted where its rows are not those of the page."""
    follows = _on_rows(grid, rules, unit) >= ON_ROWS and _cut(grid, ink, rules, unit) <= CUT
    return grid if follows else replace(grid, doubted=frozenset(grid.cells))


def _on_rows(grid: Grid, rules: Rules, unit: float) -> float:
    """The share of the long horizontal lines inside a grid that lies on its rows."""
    top = grid.ys[0]
    inside = rules.across[top : grid.ys[-1] + 1, grid.xs[0] : grid.xs[-1] + 1]
    lines = [heights + top for _, heights in places_on(inside, LONG_ACROSS * unit)]
    if not lines:
        return 1.0
    away = np.abs(np.subtract.outer(np.concatenate(lines), np.array(grid.ys))).min(axis=1)
    return float((away < NEAR * unit).mean())


def _cut(grid: Grid, ink: Ink, rules: Rules, unit: float) -> float:
    """The share of the strokes across the lower edges of cells in those across their middles and edges."""
    # Cells have their place on the page, so only what is below and beside the table is left out.
    inside = np.s_[: grid.ys[-1] + 1, : grid.xs[-1] + 1]
    upright = cv2.dilate(rules.down[inside].astype(np.uint8), np.ones((1, 3), np.uint8))
    letters = np.asarray(ink.dark[inside] & (upright == 0))
    single = [c for c in grid.cells if c.rows == 1]
    middles = sum(_crossing(letters, c, (c.top + c.bottom) // 2, unit) for c in single)
    edges = sum(_crossing(letters, c, c.bottom, unit) for c in single if c.bottom < grid.ys[-1])
    return edges / max(1, edges + middles)


def _crossing(letters: Mask, cell: GridCell, y: int, unit: float) -> int:
    """Pixels along the line at `y` inside a cell with ink both above and below it."""
    far, inside = round(STROKE * unit), slice(cell.x0 + 2, cell.x1 - 2)
    above = letters[max(0, y - far) : max(0, y - far) + 2, inside]
    below = letters[y + far - 1 : y + far + 1, inside]
    return int(np.count_nonzero(above.any(axis=0) & below.any(axis=0)))


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
