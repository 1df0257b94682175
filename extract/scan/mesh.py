"""The grid that ruling lines make, cell by cell.

Lines are looked for twice: long runs of thin ink give candidate positions for the whole table; then
each edge between two neighbouring crossings is judged on its own, so that a broken or faint line still
holds and a merged cell still shows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.edges import (
    DRAWN,
    EXPECTED,
    PIECES,
    Lines,
    Shares,
    Stretches,
    edges,
    existing,
    intact_share,
)
from extract.scan.ink import Ink, Mask
from extract.scan.missed import with_missed
from extract.scan.pale import pale_lines
from extract.scan.ruling import SHORTEST_ACROSS, SHORTEST_DOWN, Rules, positions
from extract.scan.unclosed import Marks, open_sides
from extract.scan.worn import worn

Block = tuple[int, int, int, int]
Place = tuple[int, int, int, int]
# Heights of the level lines, places of the upright ones, and the stretches of both.
Positions = tuple[list[int], list[int], Stretches, Stretches]
# Height of a text that may go on beyond an open side, and whether that is the left one.
Cut = tuple[int, bool]

# Smallest table, in points: two narrow columns, one low row.
SMALLEST = (60.0, 10.0)
# White that parts two tables, in points: the breaks of usual lines are shorter; where toner or a fax
# leaves pieces only, those of one table are looked for over wider breaks.
NEAR, FAR = 3.0, 12.0
# White below which a further table may be the lower part of one whose lines are lost over a row or two.
APART = 72.0
# Share of the upright or the level lines' ink that may be outside of all tables when none is left in pieces.
LEFT = 0.2
# A row that stands alone on its page has more columns than this: less is a frame about a text.
COLUMNS = 5
# Tracks are wider than this (points): the narrowest column holds one digit with its padding. Of two lines nearer
# to each other one is letters; it is this much shorter at least where a row of the smallest print (points) would
# have room between them.
NARROWEST, LOWEST = 7.0, 5.5
SHORTER = 0.8
# Share of the rows that an upright line parts at most (one of seven) when it is none of the table's: a
# letter's stem, or a stroke below the last row.
LONE = 0.15
# Share of a row's cells that a level line below the headings parts at least.
FEW = 0.34
# An edge inked so far is taken when a cell would otherwise not be a rectangle.
WEAK = 0.2


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of the grid: its tracks (`row`, `rows`, `column`, `columns`) and inside, in pixels."""

    row: int
    column: int
    rows: int
    columns: int
    x0: int
    top: int
    x1: int
    bottom: int


def around(cells: Sequence[GridCell]) -> GridCell:
    """One cell in the place of some: their outer sides."""
    x0, top = min(c.x0 for c in cells), min(c.top for c in cells)
    x1, bottom = max(c.x1 for c in cells), max(c.bottom for c in cells)
    return GridCell(0, 0, 1, 1, x0, top, x1, bottom)


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: line positions in pixels and its cells, row by row. `doubted`: those whose
    edges do not close. `bare`: from where to where down the page no lines part the rows."""

    ys: tuple[int, ...]
    xs: tuple[int, ...]
    cells: tuple[GridCell, ...]
    doubted: frozenset[GridCell] = frozenset()
    bare: tuple[tuple[int, int], ...] = ()


def grids_of(ink: Ink, rules: Rules, unit: float) -> list[Grid]:
    """The ruled tables of a page, from top to bottom."""
    found = _found(ink, rules, unit, NEAR)
    outside = np.ones(rules.down.shape, bool)
    for grid in found:
        top, start = max(0, grid.ys[0] - 1), max(0, grid.xs[0] - 1)
        outside[top : grid.ys[-1] + 2, start : grid.xs[-1] + 2] = False
    left = any((line & outside).sum() > LEFT * line.sum() for line in (rules.down, rules.across))
    if not left and not _in_pieces(found, unit):
        return found
    wider = _found(ink, rules, unit, FAR)
    gain = sum(len(g.cells) for g in wider) > sum(len(g.cells) for g in found)
    return wider if gain and _same_tables(wider, found) else found


def _in_pieces(grids: Sequence[Grid], unit: float) -> bool:
    """Whether one grid follows below another that begins or ends where it does, as rows between may be lost, or
    stands beside another."""
    return any(_beside(a, b) for a, b in combinations(grids, 2)) or any(
        min(abs(a.xs[0] - b.xs[0]), abs(a.xs[-1] - b.xs[-1])) < NEAR * unit
        and b.ys[0] - a.ys[-1] < APART * unit
        for a, b in pairwise(grids)
    )


def _same_tables(wider: Sequence[Grid], found: Sequence[Grid]) -> bool:
    """Whether every table is still there, none made of two: that one would have the columns of both. Pieces beside
    each other are of one."""
    parts = [[f for f in found if _overlap(_place(f), _place(grid))] for grid in wider]
    whole = all(
        len(g.xs) == max(len(f.xs) for f in p) or all(_beside(a, b) for a, b in combinations(p, 2))
        for g, p in zip(wider, parts, strict=True)
        if p
    )
    return whole and all(any(f is part for group in parts for part in group) for f in found)


def _beside(a: Grid, b: Grid) -> bool:
    apart = a.xs[-1] <= b.xs[0] or b.xs[-1] <= a.xs[0]
    return apart and a.ys[0] < b.ys[-1] and b.ys[0] < a.ys[-1]


def _place(grid: Grid) -> Place:
    return grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]


def _found(ink: Ink, rules: Rules, unit: float, near: float) -> list[Grid]:
    """The tables whose pieces of lines are no further apart than `near` points."""
    lines = (rules.across | rules.down).astype(np.uint8)
    grown = cv2.dilate(lines, np.ones((round(near * unit) | 1,) * 2, np.uint8))
    stats = cv2.connectedComponentsWithStats(grown)[2][1:]
    large = [s for s in stats.tolist() if s[2] > SMALLEST[0] * unit and s[3] > SMALLEST[1] * unit]
    places = _apart([(s[0], s[1], s[0] + s[2], s[1] + s[3]) for s in large], NEAR * unit)
    grids = [_grid(ink, rules, unit, place) for place in sorted(places, key=lambda p: p[1])]
    return [grid for grid in grids if grid is not None and len(grid.cells) > 3]


def _apart(places: list[Place], off: float) -> list[Place]:
    """Places that overlap made one, and those beside each other of one height (but for `off` pixels): breaks
    in the lines part a table into pieces."""
    kept: list[Place] = []
    for place in places:
        while hit := next((k for k in kept if _overlap(k, place) or _level(k, place, off)), None):
            kept.remove(hit)
            low, high = np.minimum(hit, place), np.maximum(hit, place)
            place = (int(low[0]), int(low[1]), int(high[2]), int(high[3]))
        kept.append(place)
    return kept


def _overlap(a: Place, b: Place) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _level(a: Place, b: Place, off: float) -> bool:
    return abs(a[1] - b[1]) < off and abs(a[3] - b[3]) < off


def _grid(ink: Ink, rules: Rules, unit: float, place: Place) -> Grid | None:
    x, y, right, bottom = place
    window = np.s_[y:bottom, x:right]
    lines = Lines(ink, rules, window, unit)
    found = _positions(lines, rules, window)
    if found is None:
        return None
    lines, found = _with_worn(lines, found)
    lines, (ys, xs, across, down), cut = _closed(lines, rules.across[window], _framed(lines, found))
    if not _is_table(across, down, xs, ys):
        return None
    lines, (ys, xs, across, down) = _with_pale(lines, (ys, xs, across, down))
    level, upright = edges(across, down, xs, ys)
    xs = [x for x, walls in zip(xs, upright, strict=True) if walls.sum() > LONE * len(walls)]
    ys = [y for y, stray in zip(ys, _stray(level), strict=True) if not stray]
    lines = lines.sharpened()
    across, down = lines.across(ys, xs), lines.down(xs, ys)
    walls = edges(across, down, xs, ys)
    level, upright = with_missed(walls, across, down, lines, xs, ys)
    blocks, weak = _blocks(level, upright.T, across.whole, down.whole.T)
    cells = {b: _cell(b, ys, xs, x, y) for b in blocks}
    doubted = frozenset(cells[b] for b in weak) | _holding_cut(cells.values(), cut, y)
    ys, xs = [v + y for v in ys], [v + x for v in xs]
    return Grid(tuple(ys), tuple(xs), tuple(cells.values()), doubted)


def _framed(lines: Lines, found: Positions) -> Positions:
    """The positions without what lies beside, above or below the table."""
    ys, xs, across, down = found
    reached = _reached(xs, across)
    if reached != xs:
        ys, xs, across, down = _seen(lines, ys, reached)
    drawn = _within(ys, xs, across, down)
    return (ys, xs, across, down) if drawn == ys else _seen(lines, drawn, xs)


def _closed(lines: Lines, level: Mask, found: Positions) -> tuple[Lines, Positions, list[Cut]]:
    """The lines and positions with those at the table's open sides, and the places of texts that may go on beyond."""
    ys, xs, across, _ = found
    before, behind = open_sides(Marks(level, lines.letters, lines.unit), across, ys, xs)
    sides = [side for side in (before, behind) if side]
    if not sides:
        return lines, found, []
    drawn = np.zeros(level.shape, bool)
    for side in sides:
        drawn[ys[0] : ys[-1] + 1, side.end] = True
    closed = lines.closed(drawn)
    cut = [(y, side is before) for side in sides for y in side.cut]
    return closed, _seen(closed, ys, sorted([*xs, *(side.end for side in sides)])), cut


def _with_pale(lines: Lines, found: Positions) -> tuple[Lines, Positions]:
    """The lines and positions with the pale level lines of the headings."""
    ys, xs, _, down = found
    more, drawn = pale_lines(lines.bare_depth, down, ys, xs, lines.unit)
    if not more:
        return lines, found
    lines = lines.with_level(drawn)
    return lines, _seen(lines, sorted(ys + more), xs)


def _holding_cut(cells: Collection[GridCell], cut: Sequence[Cut], top: int) -> frozenset[GridCell]:
    """The cells in which texts that may be cut stand."""
    first, last = min(c.x0 for c in cells), max(c.x1 for c in cells)
    return frozenset(
        cell
        for cell in cells
        for y, left in cut
        if cell.top <= y + top < cell.bottom and (cell.x0 == first if left else cell.x1 == last)
    )


def _seen(lines: Lines, ys: list[int], xs: list[int]) -> Positions:
    return ys, xs, lines.across(ys, xs), lines.down(xs, ys)


def _stray(level: Mask) -> Mask:
    """The level lines below the headings, which a line under all columns ends, that part few cells: they are letters',
    of a name over two lines."""
    below = np.cumsum(level.all(axis=1)) > 1
    return np.asarray(below & (level.mean(axis=1) < FEW))


def _reached(xs: list[int], across: Stretches) -> list[int]:
    """The vertical lines without those beside the table that hardly any level line leads to: the edge of the sheet."""
    left = (across.whole > PIECES)[across.through(xs)]
    first, last = 0, len(xs) - 1
    while last - first > 2 and left[:, first].mean() < EXPECTED:
        first += 1
    while last - first > 2 and left[:, last - 1].mean() < EXPECTED:
        last -= 1
    return xs[first : last + 1]


def _within(ys: list[int], xs: list[int], across: Stretches, down: Stretches) -> list[int]:
    """The horizontal lines without those above or below the table: strokes and lines of a caption, of which no upright
    line leads to the table."""
    along = across.whole @ np.diff(xs) / (xs[-1] - xs[0]) > EXPECTED
    drawn = down.whole > DRAWN
    first, last = 0, len(ys) - 1
    while last - first > 1 and not along[first] and not drawn[:, first].any():
        first += 1
    while last - first > 1 and not along[last] and not drawn[:, last - 1].any():
        last -= 1
    apart = np.flatnonzero(~drawn[:, first:last].any(axis=0))
    if apart.size and not drawn[[0, -1], first : first + apart[0]].any():
        first += min(int(apart[0]) + 1, last - first - 1)
    return ys[first : last + 1]


def _is_table(across: Stretches, down: Stretches, xs: list[int], ys: list[int]) -> bool:
    """Letters of a bold title may look like a few lines: a table is drawn around, or across and down."""
    framed = across.whole[[0, -1]] @ np.diff(xs) / (xs[-1] - xs[0])
    return bool(framed.min() > EXPECTED and down.through(ys).sum() >= 2)


def _positions(lines: Lines, rules: Rules, window: tuple[slice, slice]) -> Positions | None:
    """Positions of the lines that hold, and their stretches."""
    ys = positions(rules.across[window], lines.unit, SHORTEST_ACROSS)
    xs = positions(np.ascontiguousarray(rules.down[window].T), lines.unit, SHORTEST_DOWN)
    return _holding(lines, ys, xs)


def _with_worn(lines: Lines, found: Positions) -> tuple[Lines, Positions]:
    """The lines and positions with those upright ones of which only dots and dashes are left."""
    ys, xs, _, down = found
    through = [x for x, runs in zip(xs, down.through(ys), strict=True) if runs]
    more, ink = worn(np.ascontiguousarray(lines.upright.T), lines.standing, ys, through, lines.unit)
    if not more:
        return lines, found
    lines = lines.closed(ink)
    apart = [x for x in xs if min(abs(x - m) for m in more) >= NARROWEST * lines.unit]
    return lines, _holding(lines, ys, sorted(apart + more)) or _seen(lines, ys, xs)


def _holding(lines: Lines, ys: list[int], xs: list[int]) -> Positions | None:
    """Those of the lines at these positions that hold: each is judged between the others, until none falls away."""
    unit = lines.unit
    while len(ys) >= (2 if len(xs) > COLUMNS else 3) and len(xs) >= 3:
        across, down = lines.across(ys, xs), lines.down(xs, ys)
        intact = intact_share(across, down)
        kept_ys, kept_xs = _kept(across, ys, xs, intact, unit), _kept(down, xs, ys, intact, unit)
        if kept_ys == ys and kept_xs == xs:
            return ys, xs, across, down
        ys, xs = kept_ys, kept_xs
    return None


def _cell(block: Block, ys: list[int], xs: list[int], x: int, y: int) -> GridCell:
    row, column, rows, columns = block
    left, right = xs[column] + x, xs[column + columns] + x
    return GridCell(row, column, rows, columns, left, ys[row] + y, right, ys[row + rows] + y)


def _kept(
    found: Stretches, lines: list[int], stops: list[int], intact: float, unit: float
) -> list[int]:
    """The lines that exist: drawn somewhere, and not beside a stronger one."""
    total = found.whole @ np.diff(stops)
    apart = np.abs(np.subtract.outer(lines, lines)) / unit
    rival = np.where(apart < LOWEST, 1.0, SHORTER) * total[None, :] > total[:, None]
    beside = (rival & (apart < NARROWEST)).any(axis=1)
    keep = existing(found, stops, intact, unit) & ~beside
    return [line for line, kept in zip(lines, keep, strict=True) if kept]


def _blocks(
    level: Mask, upright: Mask, across: Shares, down: Shares
) -> tuple[list[Block], list[Block]]:
    """Cells as (row, column, rows, columns): tracks with no edge between them are one cell; then those
    of regions that are no rectangles, or that a wall within parts where the rest of it is weak."""
    labels = _flood(level, upright)
    blocks: list[Block] = []
    weak: list[Block] = []
    for label in range(labels.max() + 1):
        region = labels == label
        block = _extent(region)
        whole = block[2] * block[3] == region.sum()
        one = whole and not _parted(region, level, upright)
        parts = [block] if one else _split(region, across, down)
        if parts == [block]:
            blocks.append(block)
        else:
            weak += parts
    return sorted(blocks + weak), weak


def _parted(region: Mask, level: Mask, upright: Mask) -> bool:
    """Whether a wall stands within a region, that goes around it."""
    across = region[:-1] & region[1:] & level[1:-1]
    down = region[:, :-1] & region[:, 1:] & upright[:, 1:-1]
    return bool(across.any() or down.any())


def _split(region: Mask, across: Shares, down: Shares) -> list[Block]:
    """A region that is no rectangle: weak edges count; what is left falls to single tracks."""
    labels = _flood(across > WEAK, down > WEAK, ~region)
    blocks: list[Block] = []
    for label in range(labels.max() + 1):
        part = labels == label
        block = _extent(part)
        if block[2] * block[3] == part.sum():
            blocks.append(block)
        else:
            blocks += [(int(r), int(c), 1, 1) for r, c in zip(*np.nonzero(part), strict=True)]
    return blocks


def _flood(level: Mask, upright: Mask, outside: Mask | None = None) -> NDArray[np.int64]:
    """Numbers the regions of tracks that no wall parts; -1 outside."""
    rows, columns = level.shape[0] - 1, upright.shape[1] - 1
    labels = np.full((rows, columns), -1, np.int64)
    free = np.ones((rows, columns), bool) if outside is None else ~outside
    number = 0
    for start in zip(*np.nonzero(free), strict=True):
        if labels[start] >= 0:
            continue
        stack = [(int(start[0]), int(start[1]))]
        while stack:
            r, c = stack.pop()
            if not (0 <= r < rows and 0 <= c < columns) or not free[r, c] or labels[r, c] >= 0:
                continue
            labels[r, c] = number
            steps = ((level[r, c], r - 1, c), (level[r + 1, c], r + 1, c),
                     (upright[r, c], r, c - 1), (upright[r, c + 1], r, c + 1))  # fmt: skip
            stack += [(nr, nc) for wall, nr, nc in steps if not wall]
        number += 1
    return labels


def _extent(region: Mask) -> Block:
    r, c = np.nonzero(region)
    return int(r.min()), int(c.min()), int(np.ptp(r)) + 1, int(np.ptp(c)) + 1
