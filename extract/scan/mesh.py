"""The grid that ruling lines make, cell by cell.

Lines are looked for twice: long runs of thin ink give candidate positions for the whole table; then
each edge between two neighbouring crossings is judged on its own, so that a broken or faint line still
holds and a merged cell still shows.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.ink import Ink, Mask
from extract.scan.ruling import SHORTEST_ACROSS, SHORTEST_DOWN, Bits, Rules, positions, thin

Shares = NDArray[np.float64]
Block = tuple[int, int, int, int]
Place = tuple[int, int, int, int]

# Smallest table, in points: two narrow columns, two rows.
SMALLEST = (60.0, 20.0)
# How far a line may wander from its mean position, in points.
WANDER = 1.3
# Inked share of a stretch from which it is an edge: beyond doubt; usually; of a line that is drawn along
# half the table. Lines with one dot in five missing go down to 0.35 in a narrow cell; letters reach 0.6
# across an upright edge and 0.4 across a level one (generated scans).
WHOLE, USUAL, LEAST = 0.85, 0.6, 0.32
# A line drawn along this share of the table is expected in the rest of it.
EXPECTED = 0.5
# Letters on both sides of a would-be edge: ink this near, along so much of it (points).
BESIDE, HIGH = (1.5, 3.4), 3.0
# Share of a stretch at either end where a cell's text never is, and ink that a line has there.
END, INKED_END = 0.18, 0.25
# A line needs one stretch this clear and this long (points) to exist at all.
CLEAR, CLEAR_LENGTH = 0.8, 8.0
# Tracks are wider than this (points): the narrowest column holds one digit with its padding.
NARROWEST = 7.0
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


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: line positions in pixels and its cells, row by row. `broken`: had weak edges."""

    ys: tuple[int, ...]
    xs: tuple[int, ...]
    cells: tuple[GridCell, ...]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Inked:
    """For lines x stretches: the inked share of the stretch and of its two ends."""

    whole: Shares
    ends: Shares

    def clear(self) -> Shares:
        """Low where letters, which leave the ends white, make up the ink."""
        return 0.5 * self.whole + 0.5 * self.ends


def grids_of(ink: Ink, rules: Rules, unit: float) -> list[Grid]:
    """The ruled tables of a page, from top to bottom."""
    near = np.ones((round(3 * unit) | 1,) * 2, np.uint8)
    stats = cv2.connectedComponentsWithStats(
        cv2.dilate((rules.across | rules.down).astype(np.uint8), near)
    )[2][1:]
    large = [s for s in stats.tolist() if s[2] > SMALLEST[0] * unit and s[3] > SMALLEST[1] * unit]
    places = _apart([(s[0], s[1], s[0] + s[2], s[1] + s[3]) for s in large])
    grids = [_grid(ink, rules, unit, place) for place in sorted(places, key=lambda p: p[1])]
    return [grid for grid in grids if grid is not None and len(grid.cells) > 3]


def _apart(places: list[Place]) -> list[Place]:
    """Places that overlap made one: breaks in the lines part a table into pieces."""
    kept: list[Place] = []
    for place in places:
        while hit := next((k for k in kept if _overlap(k, place)), None):
            kept.remove(hit)
            low, high = np.minimum(hit, place), np.maximum(hit, place)
            place = (int(low[0]), int(low[1]), int(high[2]), int(high[3]))
        kept.append(place)
    return kept


def _overlap(a: Place, b: Place) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _grid(ink: Ink, rules: Rules, unit: float, place: Place) -> Grid | None:
    x, y, right, bottom = place
    window = np.s_[y:bottom, x:right]
    faint = ink.faint[window].astype(np.uint8)
    level, upright = thin(faint, unit), thin(np.ascontiguousarray(faint.T), unit)
    found = _lines(rules, window, level, upright, unit)
    if found is None:
        return None
    ys, xs = found
    across, down = _inked(level, ys, xs, unit), _inked(upright, xs, ys, unit)
    if not _is_table(across, down, xs, ys):
        return None
    beside = _letters_beside(ink.dark[window], ys, xs, unit)
    walls = _level_edges(across, xs), _upright_edges(down, ys, beside).T
    blocks, broken = _blocks(*walls, across.whole, down.whole.T)
    cells = [_cell(b, ys, xs, x, y) for b in blocks]
    return Grid(tuple(v + y for v in ys), tuple(v + x for v in xs), tuple(cells), broken)


def _is_table(across: Inked, down: Inked, xs: list[int], ys: list[int]) -> bool:
    """Letters of a bold title may look like a few lines: a table is drawn around, or across and down."""
    framed = across.whole[[0, -1]] @ np.diff(xs) / (xs[-1] - xs[0])
    return bool(framed.min() > EXPECTED and _expected(down, ys).sum() >= 2)


def _lines(
    rules: Rules, window: tuple[slice, slice], level: Bits, upright: Bits, unit: float
) -> tuple[list[int], list[int]] | None:
    """Positions of the lines that hold: each judged between the others, until none falls away."""
    ys = positions(rules.across[window], unit, SHORTEST_ACROSS)
    xs = positions(np.ascontiguousarray(rules.down[window].T), unit, SHORTEST_DOWN)
    while min(len(ys), len(xs)) >= 3:
        kept_ys = _clear(_inked(level, ys, xs, unit).clear(), xs, ys, unit)
        kept_xs = _clear(_inked(upright, xs, ys, unit).clear(), ys, xs, unit)
        if kept_ys == ys and kept_xs == xs:
            return ys, xs
        ys, xs = kept_ys, kept_xs
    return None


def _cell(block: Block, ys: list[int], xs: list[int], x: int, y: int) -> GridCell:
    row, column, rows, columns = block
    left, right = xs[column] + x, xs[column + columns] + x
    return GridCell(row, column, rows, columns, left, ys[row] + y, right, ys[row + rows] + y)


def _inked(level: Bits, lines: list[int], stops: list[int], unit: float) -> Inked:
    """How much of each stretch of each line is drawn."""
    reach = max(1, round(WANDER * unit))
    shape = (len(lines), len(stops) - 1)
    out = Inked(np.zeros(shape), np.zeros(shape))
    for index, line in enumerate(lines):
        band = np.asarray(level[max(0, line - reach) : line + reach + 1].any(axis=0))
        for stretch in range(shape[1]):
            inside = band[stops[stretch] + reach : stops[stretch + 1] - reach]
            if inside.size:
                end = max(1, round(END * inside.size))
                out.whole[index, stretch] = inside.mean()
                out.ends[index, stretch] = (inside[:end].mean() + inside[-end:].mean()) / 2
    return out


def _clear(shares: Shares, stops: list[int], lines: list[int], unit: float) -> list[int]:
    """The lines that exist: clear somewhere, and not beside a stronger one."""
    long = np.diff(stops) >= CLEAR_LENGTH * unit
    clear = ((shares > CLEAR) & long).any(axis=1)
    total = (shares * np.diff(stops)).sum(axis=1)
    near = np.abs(np.subtract.outer(lines, lines)) < NARROWEST * unit
    rival = (near & (total[None, :] > total[:, None])).any(axis=1)
    kept = np.asarray(clear & ~rival)
    return [line for line, keep in zip(lines, kept, strict=True) if keep]


def _letters_beside(dark: Mask, ys: list[int], xs: list[int], unit: float) -> Mask:
    """For upright lines x rows: whether letters stand close on both sides, so that one may cross."""
    a, b = (round(v * unit) for v in BESIDE)
    out = np.zeros((len(xs), len(ys) - 1), bool)
    for i, x in enumerate(xs):
        left, right = dark[:, max(0, x - b) : max(0, x - a)], dark[:, x + a + 1 : x + b + 1]
        for j in range(len(ys) - 1):
            rows = np.s_[ys[j] + a : ys[j + 1] - a]
            inked = min(int(left[rows].any(axis=1).sum()), int(right[rows].any(axis=1).sum()))
            out[i, j] = inked > HIGH * unit
    return out


def _level_edges(inked: Inked, xs: list[int]) -> Mask:
    """Which stretches of the horizontal lines are edges."""
    expected = _expected(inked, xs)[:, None]
    weak = expected & (inked.whole > LEAST) & (inked.ends >= INKED_END)
    return np.asarray((inked.whole > WHOLE) | (inked.clear() > USUAL) | weak)


def _upright_edges(inked: Inked, ys: list[int], beside: Mask) -> Mask:
    """Which stretches of the vertical lines are edges."""
    expected = _expected(inked, ys)[:, None]
    weak = (expected & (inked.whole > LEAST)) | (inked.clear() > USUAL)
    whole = (inked.whole > WHOLE) & (~beside | (inked.ends > WHOLE))
    return np.asarray(whole | (weak & ~beside))


def _expected(inked: Inked, stops: list[int]) -> Mask:
    """Lines drawn along most of the table."""
    lengths = np.diff(stops)
    return np.asarray(((inked.whole > USUAL) * lengths).sum(axis=1) > EXPECTED * lengths.sum())


def _blocks(level: Mask, upright: Mask, across: Shares, down: Shares) -> tuple[list[Block], bool]:
    """Cells as (row, column, rows, columns): tracks with no edge between them are one cell."""
    labels = _flood(level, upright)
    blocks: list[Block] = []
    broken = False
    for label in range(labels.max() + 1):
        region = labels == label
        block = _extent(region)
        if block[2] * block[3] == region.sum():
            blocks.append(block)
            continue
        broken = True
        blocks += _split(region, across, down)
    return sorted(blocks), broken


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
