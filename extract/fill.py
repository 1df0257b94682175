"""Which cell of a ruled grid each run belongs to, and the printed lines of a cell.

A run that crosses a ruling line is either two cells' texts written side by side, or one text that
its cell could not hold. Figures never share a cell silently: they are cut at the line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .encoding import clean
from .glyphs import WORD_GAP, Run
from .grid import Grid, Region

INSET = 1.0
"""Points by which a glyph's box may touch the line of its own cell."""
TOUCHING = 0.05
"""Font sizes up to which glyphs of one text stand apart; writers round their places to 0.02."""
SAME_LINE = 0.5
"""Pieces whose middles differ by less than this many font sizes stand on one printed line."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A grid with the runs of each region, and the regions whose content is in doubt."""

    grid: Grid
    content: dict[Region, tuple[Run, ...]]
    doubtful: frozenset[Region] = frozenset()

    def lines(self, region: Region) -> tuple[str, ...]:
        return printed_lines(self.content.get(region, ()))


def fill(grid: Grid, runs: Iterable[Run]) -> Filled:
    """Runs of the grid's box put in its regions."""
    content: dict[Region, list[Run]] = defaultdict(list)
    crossing: list[tuple[Run, list[tuple[Region, int, int]]]] = []
    for run in runs:
        shares = _shares(grid, run)
        if len(shares) == 1:
            content[shares[0][0]].append(run)
        else:
            crossing.append((run, shares))
    doubtful: set[Region] = set()
    for run, shares in crossing:
        target = _overflowing(grid, run, shares, content)
        if target:
            content[target].append(run)
            continue
        for region, start, end in shares:
            content[region].append(run.part(start, end))
        if _cut_within_word(run, shares):
            doubtful.update(region for region, _, _ in shares)
    return Filled(grid, {k: tuple(v) for k, v in content.items()}, frozenset(doubtful))


def _shares(grid: Grid, run: Run) -> list[tuple[Region, int, int]]:
    """The regions a run lies over, with the part (start, end) of its glyphs in each."""
    y, box = run.middle, run.box
    first = grid.region_at(min(box.x0 + INSET, box.x1), y)
    if run.turn or first == grid.region_at(max(box.x1 - INSET, box.x0), y):
        return [
            (grid.region_at((box.x0 + box.x1) / 2, y) if run.turn else first, 0, len(run.glyphs))
        ]
    shares: list[tuple[Region, int, int]] = []
    for start, end in _words(run):
        for region, a, b in _word_shares(grid, run, start, end):
            if shares and shares[-1][0] == region:
                shares[-1] = (region, shares[-1][1], b)
            else:
                shares.append((region, a, b))
    return shares


def _words(run: Run) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    start: int | None = None
    for i, glyph in enumerate(run.glyphs):
        gap = i and glyph.x0 - run.glyphs[i - 1].x1 > WORD_GAP * run.size
        if start is not None and (gap or glyph.text.isspace()):
            bounds.append((start, i))
            start = None
        if start is None and not glyph.text.isspace():
            start = i
    return [*bounds, (start, len(run.glyphs))] if start is not None else bounds


def _word_shares(grid: Grid, run: Run, start: int, end: int) -> list[tuple[Region, int, int]]:
    """A word lies where most of it lies, but for two figures that a line separates exactly."""
    glyphs, y = run.glyphs[start:end], run.middle
    middles = [grid.region_at((g.x0 + g.x1) / 2, y) for g in glyphs]
    if len(set(middles)) == 1:
        return [(middles[0], start, end)]
    for i in range(1, len(glyphs)):
        line = grid.xs[middles[i].c0]
        between = glyphs[i - 1].x1 - 0.5 <= line <= glyphs[i].x0 + 0.5
        if middles[i] != middles[i - 1] and between and _figures(glyphs[:i], glyphs[i:]):
            return [(middles[i - 1], start, start + i), (middles[i], start + i, end)]
    return [(max(middles, key=middles.count), start, end)]


def _figures(
    left: Sequence[tuple[str, float, float]], right: Sequence[tuple[str, float, float]]
) -> bool:
    number = re.compile(r"[-–−]|[\d.,]*\d%?(/\d+)?")
    return all(number.fullmatch("".join(g[0] for g in part)) for part in (left, right))


def _cut_within_word(run: Run, shares: Sequence[tuple[Region, int, int]]) -> bool:
    return any(
        b[1] == a[2] and run.glyphs[b[1]].x0 - run.glyphs[a[2] - 1].x1 < WORD_GAP * run.size
        for a, b in pairwise(shares)
    )


def _overflowing(
    grid: Grid,
    run: Run,
    shares: Sequence[tuple[Region, int, int]],
    content: dict[Region, list[Run]],
) -> Region | None:
    """The one region whose text runs over its neighbours', or None when the run is to be cut.

    Only words overflow (a spreadsheet prints `###` for a figure too wide), and only one text that
    was written with its spaces.
    """
    if any(re.search(r"\d", run.part(a, b).text) for _, a, b in shares[1:]):
        return None
    if any(re.fullmatch(r"[\d.,%/-]+", run.part(a, b).text) for _, a, b in shares[:1]):
        return None
    if any(not _written_together(run, a[2], b[1]) for a, b in pairwise(shares)):
        return None
    regions = [region for region, _, _ in shares]
    home = _home(grid, run, regions)
    held = [content[r] for r in regions if r != home and content.get(r)]
    if run.whole and held:
        return home  # what stands in the other cell was written apart from it
    return home if all(any(_overprinted(run, other) for other in own) for own in held) else None


def _overprinted(run: Run, other: Run) -> bool:
    """Whether two runs lie one over the other: the longer was clipped at its cell's edge."""
    level = abs(run.middle - other.middle) < SAME_LINE * run.size
    return level and run.box.x0 < other.box.x1 - INSET and other.box.x0 < run.box.x1 - INSET


def _written_together(run: Run, end: int, start: int) -> bool:
    """With a space between them, or none and no room for one; room alone parts two cells, and so does room
    behind the space at which a cell's text was wrapped."""
    after = run.glyphs[start].x0 - run.glyphs[start - 1].x1
    if end == start:
        return after < WORD_GAP * run.size
    return any(g.text.isspace() for g in run.glyphs[end:start]) and after < TOUCHING * run.size


def _home(grid: Grid, run: Run, regions: Sequence[Region]) -> Region:
    """Text sticks out to the right unless it is centred or set to the right edge."""
    first, last = grid.box_of(regions[0]), grid.box_of(regions[-1])
    middle = (run.box.x0 + run.box.x1) / 2
    for region in regions[1:]:
        box = grid.box_of(region)
        if abs(middle - (box.x0 + box.x1) / 2) < 1.5:
            return region
    if run.box.x0 - first.x0 > 6 and 0 <= last.x1 - run.box.x1 <= 3:
        return regions[-1]
    return regions[0]


def printed_lines(runs: Sequence[Run]) -> tuple[str, ...]:
    """The text of a cell as printed, line by line; turned text in its own direction."""
    if runs and runs[0].turn:
        return tuple(filter(None, (_joined(line) for line in _lines_turned(runs))))
    return tuple(filter(None, (_joined(line) for line in lines_of(runs))))


def lines_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs grouped by printed line, from the top, each line from the left."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: r.middle):
        if lines and abs(run.middle - _middle(lines[-1])) < SAME_LINE * max(
            run.size, max(r.size for r in lines[-1])
        ):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda r: r.box.x0) for line in lines]


def _middle(line: Sequence[Run]) -> float:
    return sum(r.middle * len(r.glyphs) for r in line) / sum(len(r.glyphs) for r in line)


def _lines_turned(runs: Sequence[Run]) -> list[list[Run]]:
    upward = runs[0].turn == 270
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: r.box.x0 if upward else -r.box.x0):
        if lines and abs(run.box.x0 - lines[-1][0].box.x0) < SAME_LINE * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda r: r.glyphs[0].x0) for line in lines]


def _joined(line: Sequence[Run]) -> str:
    """The text of one line; runs that touch are one word."""
    text, end = "", None
    for run in line:
        apart = end is not None and run.glyphs[0].x0 - end > WORD_GAP * run.size
        text += (" " if apart else "") + run.text
        end = run.glyphs[-1].x1
    return re.sub(" +", " ", clean(text)).strip()
