"""Ruling lines to grids: which slots of a table are one cell.

A grid's slots lie between consecutive lines; two slots without a line between them are one region,
that is, one merged cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .document import Box
from .strokes import Stroke, Strokes

TOUCH = 3.0
"""Lines that miss each other by less than this, in points, meet."""
OPEN_SIDE = 8.0
"""Level lines that stick out so far beyond the last upright one bound a column without a border."""


@dataclass(frozen=True, slots=True)
class Region:
    """One cell of a grid: rows `r0`..`r1` and columns `c0`..`c1`, both inclusive."""

    r0: int
    c0: int
    r1: int
    c1: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Column lines `xs`, row lines `ys` (points), and the region of each slot."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[tuple[Region, ...], ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def row_at(self, y: float) -> int:
        return min(max(bisect_right(self.ys, y) - 1, 0), self.rows - 1)

    def column_at(self, x: float) -> int:
        return min(max(bisect_right(self.xs, x) - 1, 0), self.columns - 1)

    def region_at(self, x: float, y: float) -> Region:
        return self.slots[self.row_at(y)][self.column_at(x)]

    def box_of(self, region: Region) -> Box:
        return Box(
            self.xs[region.c0], self.ys[region.r0], self.xs[region.c1 + 1], self.ys[region.r1 + 1]
        )


def grids_of(strokes: Strokes) -> list[Grid]:
    """Every grid of at least one closed slot, from the top of the page down."""
    grids = [
        grid
        for level, upright in _connected(strokes)
        if len(level) >= 2 and upright and (grid := _grid(level, upright))
    ]
    return sorted(_outermost(grids), key=lambda g: (g.ys[0], g.xs[0]))


def plain_grid(xs: Sequence[float], ys: Sequence[float]) -> Grid:
    """A grid without merged cells."""
    slots = tuple(tuple(Region(r, c, r, c) for c in range(len(xs) - 1)) for r in range(len(ys) - 1))
    return Grid(tuple(xs), tuple(ys), slots)


def parted(grid: Grid, y: float) -> Grid:
    """The grid with a further level line across all of it."""
    at = grid.row_at(y)
    upper = [
        tuple(replace(region, r1=min(region.r1, at)) for region in row)
        for row in grid.slots[: at + 1]
    ]
    lower = [
        tuple(replace(region, r0=max(region.r0, at) + 1, r1=region.r1 + 1) for region in row)
        for row in grid.slots[at:]
    ]
    ys = (*grid.ys[: at + 1], y, *grid.ys[at + 1 :])
    return Grid(grid.xs, ys, (*upper, *lower))


def _outermost(grids: Sequence[Grid]) -> list[Grid]:
    """Grids that lie inside another's box are that table's ornaments."""
    return [g for g in grids if not any(o is not g and _inside(g.box, o.box) for o in grids)]


def _inside(inner: Box, outer: Box) -> bool:
    return (
        inner.x0 >= outer.x0 - 1
        and inner.x1 <= outer.x1 + 1
        and inner.top >= outer.top - 1
        and inner.bottom <= outer.bottom + 1
        and inner != outer
    )


def _connected(strokes: Strokes) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Level and upright strokes in groups that touch."""
    owner = list(range(len(strokes.level) + len(strokes.upright)))

    def find(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for i, level in enumerate(strokes.level):
        for j, upright in enumerate(strokes.upright, len(strokes.level)):
            if _meet(level, upright):
                owner[find(j)] = find(i)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, stroke in enumerate((*strokes.level, *strokes.upright)):
        groups.setdefault(find(i), ([], []))[i >= len(strokes.level)].append(stroke)
    return list(groups.values())


def _meet(level: Stroke, upright: Stroke) -> bool:
    return (
        level.start - TOUCH <= upright.at <= level.end + TOUCH
        and upright.start - TOUCH <= level.at <= upright.end + TOUCH
    )


def _grid(level: Sequence[Stroke], upright: Sequence[Stroke]) -> Grid | None:
    xs = _with_open_ends([s.at for s in upright], level)
    ys = _with_open_ends([s.at for s in level], upright)
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), _merge(xs, ys, level, upright))


def _with_open_ends(lines: Sequence[float], across: Sequence[Stroke]) -> list[float]:
    found = _apart(sorted(lines))
    start, end = min(s.start for s in across), max(s.end for s in across)
    if start < found[0] - OPEN_SIDE:
        found.insert(0, start)
    if end > found[-1] + OPEN_SIDE:
        found.append(end)
    return found


def _apart(ordered: Sequence[float]) -> list[float]:
    found: list[float] = []
    for at in ordered:
        if not found or at - found[-1] > TOUCH:
            found.append(at)
    return found


def _merge(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Stroke], upright: Sequence[Stroke]
) -> tuple[tuple[Region, ...], ...]:
    rows, columns = len(ys) - 1, len(xs) - 1
    right = [
        [_ruled(upright, xs[c + 1], ys[r], ys[r + 1]) for c in range(columns - 1)]
        for r in range(rows)
    ]
    below = [
        [_ruled(level, ys[r + 1], xs[c], xs[c + 1]) for c in range(columns)]
        for r in range(rows - 1)
    ]
    regions = [[Region(r, c, r, c) for c in range(columns)] for r in range(rows)]
    changed = True
    while changed:
        changed = False
        for r in range(rows):
            for c in range(columns):
                if c + 1 < columns and not right[r][c]:
                    changed |= _unite(regions, regions[r][c], regions[r][c + 1])
                if r + 1 < rows and not below[r][c]:
                    changed |= _unite(regions, regions[r][c], regions[r + 1][c])
    return tuple(map(tuple, regions))


def _ruled(strokes: Sequence[Stroke], at: float, start: float, end: float) -> bool:
    """Whether a line runs along the middle half of an edge."""
    quarter = (end - start) / 4
    return any(
        abs(s.at - at) <= TOUCH and s.start <= start + quarter and s.end >= end - quarter
        for s in strokes
    )


def _unite(regions: list[list[Region]], a: Region, b: Region) -> bool:
    """Makes one region of two, with whatever their common rectangle touches."""
    if a == b:
        return False
    whole, touched = a, {a, b}
    while (grown := _hull(touched)) != whole:
        whole = grown
        touched = {
            regions[r][c]
            for r in range(whole.r0, whole.r1 + 1)
            for c in range(whole.c0, whole.c1 + 1)
        }
    for r in range(whole.r0, whole.r1 + 1):
        regions[r][whole.c0 : whole.c1 + 1] = [whole] * (whole.c1 - whole.c0 + 1)
    return True


def _hull(regions: set[Region]) -> Region:
    return Region(
        min(r.r0 for r in regions),
        min(r.c0 for r in regions),
        max(r.r1 for r in regions),
        max(r.c1 for r in regions),
    )
