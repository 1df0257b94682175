"""Ruling lines and the grid they make.

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

# All in points. A rule is under 2.5 pt thick even when toner has spread; rules of Word and Excel
# tables are 0.5 to 1.5 pt.
THICKEST = 2.6
# Breaks bridged when looking for candidates. The white between the stems of two lines of text is
# wider than the second.
GAP_ACROSS, GAP_DOWN = 4.0, 2.5
# Shortest runs that can be a rule: wider than any letter's bar, taller than any letter's stem (a
# row of 12 pt text is 13.8 pt high, a 14 pt capital 10 pt).
SHORTEST_ACROSS, SHORTEST_DOWN = 26.0, 12.0
# Two lines nearer than this are one line, drawn double or split by the scan.
SAME = 3.0
# How far a line may wander from its mean position.
WANDER = 1.3
# Strength (see `_strength`) from which an edge stands: between these, as the page's own lines allow.
# On generated scans letters across a would-be edge reach 0.6, lines with one dot in five missing go
# down to 0.6, and whole lines stay over 0.95.
EDGE, WHOLE_EDGE = 0.5, 0.85
# A line needs one stretch this strong and this long to exist at all.
CLEAR_EDGE, CLEAR_LENGTH = 0.8, 8.0
# Tracks are wider than this: the narrowest column holds one digit with its padding.
NARROWEST = 7.0
# An edge weaker than EDGE is taken when a cell would otherwise not be a rectangle.
WEAK_EDGE = 0.3
# Share of a stretch at either end where a cell's text never is.
END = 0.18


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
class Rules:
    """Masks of pixels that belong to horizontal and vertical lines."""

    across: Mask
    down: Mask


def rules_of(ink: Ink, unit: float) -> Rules:
    """Finds the long thin runs on a page; `unit` is pixels per point."""
    faint = ink.faint.astype(np.uint8)
    across = _runs(faint, unit, SHORTEST_ACROSS, GAP_ACROSS)
    return Rules(across, _runs(np.ascontiguousarray(faint.T), unit, SHORTEST_DOWN, GAP_DOWN).T)


def _runs(faint: NDArray[np.uint8], unit: float, shortest: float, gap: float) -> Mask:
    """Horizontal thin runs of at least `shortest` points, with their breaks closed."""
    thin = _thin(faint, unit)
    bridged = cv2.morphologyEx(thin, cv2.MORPH_CLOSE, np.ones((1, round(gap * unit) | 1), np.uint8))
    longest = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, round(shortest * unit)), np.uint8))
    return np.asarray(longest.astype(bool))


def _thin(faint: NDArray[np.uint8], unit: float) -> NDArray[np.uint8]:
    """Ink without what is thicker than a rule from top to bottom: letters' stems go, rules stay."""
    thick = cv2.morphologyEx(faint, cv2.MORPH_OPEN, np.ones((round(THICKEST * unit) + 1, 1), np.uint8))
    return np.asarray(faint & ~thick & 1, np.uint8)


def grids_of(ink: Ink, rules: Rules, unit: float) -> list[Grid]:
    """The ruled tables of a page, from top to bottom."""
    mesh = cv2.dilate((rules.across | rules.down).astype(np.uint8), np.ones((round(3 * unit) | 1,) * 2, np.uint8))
    stats = cv2.connectedComponentsWithStats(mesh)[2][1:]
    places = [tuple(int(v) for v in s[:4]) for s in stats if s[2] > 60 * unit and s[3] > 20 * unit]
    grids = [_grid(ink, rules, unit, place) for place in sorted(places, key=lambda p: p[1])]
    return [grid for grid in grids if grid is not None and len(grid.cells) > 3]


def _grid(ink: Ink, rules: Rules, unit: float, place: tuple[int, ...]) -> Grid | None:
    x, y, width, height = place
    window = np.s_[y : y + height, x : x + width]
    ys = _positions(rules.across[window], unit, SHORTEST_ACROSS)
    xs = _positions(rules.down[window].T, unit, SHORTEST_DOWN)
    if len(ys) < 3 or len(xs) < 3:
        return None
    faint = ink.faint[window].astype(np.uint8)
    thin = _thin(faint, unit), _thin(np.ascontiguousarray(faint.T), unit)
    for _ in range(3):
        across, down = _strengths(thin[0], ys, xs, unit), _strengths(thin[1], xs, ys, unit).T
        kept = _clear(across, xs, ys, unit), _clear(down.T, ys, xs, unit)
        if min(map(len, kept)) < 3:
            return None
        if (len(kept[0]), len(kept[1])) == (len(ys), len(xs)):
            break
        ys, xs = [ys[i] for i in kept[0]], [xs[i] for i in kept[1]]
    across, down = _strengths(thin[0], ys, xs, unit), _strengths(thin[1], xs, ys, unit).T
    blocks, broken = _blocks(across, down)
    cells = [_cell(b, ys, xs, x, y) for b in blocks]
    return Grid(tuple(v + y for v in ys), tuple(v + x for v in xs), tuple(cells), broken)


def _cell(block: tuple[int, int, int, int], ys: list[int], xs: list[int], x: int, y: int) -> GridCell:
    row, column, rows, columns = block
    return GridCell(row, column, rows, columns, xs[column] + x, ys[row] + y, xs[column + columns] + x, ys[row + rows] + y)


def _positions(mask: Mask, unit: float, shortest: float) -> list[int]:
    """Where the horizontal lines in a mask lie: segments grouped by their height on the page."""
    stats, centres = cv2.connectedComponentsWithStats(mask.astype(np.uint8))[2:]
    segments = sorted(
        (float(c[1]), int(s[cv2.CC_STAT_WIDTH])) for s, c in zip(stats[1:], centres[1:], strict=True)
    )
    groups: list[list[tuple[float, int]]] = []
    for segment in segments:
        if groups and segment[0] - _mean(groups[-1]) < SAME * unit:
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return [round(_mean(g)) for g in groups if sum(w for _, w in g) >= shortest * unit]


def _mean(group: list[tuple[float, int]]) -> float:
    return sum(y * w for y, w in group) / sum(w for _, w in group)


def _strengths(
    thin: NDArray[np.uint8], lines: list[int], stops: list[int], unit: float
) -> NDArray[np.float64]:
    """How surely each stretch of each line is drawn: lines x (stops - 1), in 0..1."""
    reach = max(1, round(WANDER * unit))
    out = np.zeros((len(lines), len(stops) - 1))
    for index, line in enumerate(lines):
        band = thin[max(0, line - reach) : line + reach + 1].any(axis=0)
        for stretch in range(len(stops) - 1):
            out[index, stretch] = _strength(band[stops[stretch] + reach : stops[stretch + 1] - reach])
    return out


def _strength(inside: NDArray[np.bool_]) -> float:
    """The inked share, the ends counting as much as the rest: letters leave the ends white."""
    if not inside.size:
        return 0.0
    end = max(1, round(END * inside.size))
    ends = (float(inside[:end].mean()) + float(inside[-end:].mean())) / 2
    return 0.5 * float(inside.mean()) + 0.5 * ends


def _clear(
    strengths: NDArray[np.float64], stops: list[int], lines: list[int], unit: float
) -> list[int]:
    """Which lines exist: clear somewhere, and not beside a stronger one."""
    long = np.diff(stops) >= CLEAR_LENGTH * unit
    clear = ((strengths > CLEAR_EDGE) & long).any(axis=1)
    total = (strengths * np.diff(stops)).sum(axis=1)
    rival = [
        any(0 < abs(lines[i] - lines[j]) < NARROWEST * unit and total[j] > total[i] for j in range(len(lines)))
        for i in range(len(lines))
    ]
    return [i for i in range(len(lines)) if clear[i] and not rival[i]]


def _edge(strengths: NDArray[np.float64]) -> float:
    """The strength that parts edges from letters here: on a page of whole lines a weak one is none."""
    likely = strengths[strengths > EDGE]
    usual = float(np.percentile(likely, 20)) if likely.size else 0.0
    return min(WHOLE_EDGE, max(EDGE, usual - 0.1))


def _blocks(
    across: NDArray[np.float64], down: NDArray[np.float64]
) -> tuple[list[tuple[int, int, int, int]], bool]:
    """Cells as (row, column, rows, columns): tracks with no edge between them are one cell."""
    rows, columns = across.shape[0] - 1, down.shape[1] - 1
    labels = _flood(rows, columns, across > _edge(across), down > _edge(down))
    blocks: list[tuple[int, int, int, int]] = []
    broken = False
    for label in range(labels.max() + 1):
        block = _extent(labels == label)
        if block[2] * block[3] == (labels == label).sum():
            blocks.append(block)
            continue
        broken = True
        blocks += _split(labels == label, across, down)
    return sorted(blocks), broken


def _split(
    region: Mask, across: NDArray[np.float64], down: NDArray[np.float64]
) -> list[tuple[int, int, int, int]]:
    """A region that is no rectangle: weak edges count; what is left falls to single tracks."""
    outside = ~region
    labels = _flood(*region.shape, across > WEAK_EDGE, down > WEAK_EDGE, outside)
    blocks = []
    for label in range(labels.max() + 1):
        part = labels == label
        block = _extent(part)
        if block[2] * block[3] == part.sum():
            blocks.append(block)
        else:
            blocks += [(int(r), int(c), 1, 1) for r, c in zip(*np.nonzero(part), strict=True)]
    return blocks


def _flood(
    rows: int, columns: int, walls_across: Mask, walls_down: Mask, outside: Mask | None = None
) -> NDArray[np.int64]:
    """Numbers the regions of tracks that no wall parts; -1 outside."""
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
            steps = ((walls_across[r, c], r - 1, c), (walls_across[r + 1, c], r + 1, c),
                     (walls_down[r, c], r, c - 1), (walls_down[r, c + 1], r, c + 1))  # fmt: skip
            stack += [(nr, nc) for wall, nr, nc in steps if not wall]
        number += 1
    return labels


def _extent(region: Mask) -> tuple[int, int, int, int]:
    r, c = np.nonzero(region)
    return int(r.min()), int(c.min()), int(np.ptp(r)) + 1, int(np.ptp(c)) + 1
