"""Tables without (enough) ruling lines: header, rows and cells from where the words stand.

Level lines and bands of shading, where there are any, still part the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .build import Piece, rows_of
from .columns import FIGURES, Column, Word, borders, columns_of, figure_lines, words_of
from .document import Box, Table
from .extent import Line, cores, extent, height, text_of, wrapped_columns
from .fill import lines_of, printed_lines
from .glyphs import Run
from .headers import is_number, is_numeral
from .heads import empty_columns, headings_over, parted_by_headings, segments
from .stack import PITCH, SETTINGS, Sharing, StackedLine, share_out
from .strokes import Stroke

ALIKE = 0.8
"""Share of a repeated header's words that are the first one's; wrapping may differ."""
SAME_ROW = 0.35
"""Font sizes by which figures of one row may stand apart from each other."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the runs that went into it."""

    table: Table
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns of a table with the lines between them (points), and the words of its header."""

    columns: tuple[Column, ...]
    xs: tuple[float, ...]
    header: frozenset[str] = frozenset()

    def at(self, x: float) -> int:
        return next((i for i, end in enumerate(self.xs[1:-1]) if x < end), len(self.columns) - 1)


def unruled_tables(
    runs: Sequence[Run], dividers: Sequence[Stroke], page: int, earlier: Frame | None = None
) -> list[tuple[Found, Frame]]:
    """Tables among runs that no grid holds. `dividers` are level lines and edges of shading;
    `earlier` is the frame of a table that may go on at the top of this page."""
    lines = [words_of(line) for line in lines_of(run for run in runs if not run.turn)]
    found: list[tuple[Found, Frame]] = []
    for core in cores(figure_lines(runs), lines):
        first = earlier if not found else None
        end = found[-1][0].table.box if found else None
        below = [line for line in lines if end is None or height(line) > end.bottom]
        made = _table(core, below, dividers, page, first)
        if made:
            found.append(made)
    return found


def _table(
    core: list[Line],
    lines: Sequence[Line],
    dividers: Sequence[Stroke],
    page: int,
    earlier: Frame | None,
) -> tuple[Found, Frame] | None:
    ys = _within(dividers, columns_of(core))
    header, body, frame = _framed(core, lines, ys, earlier)
    if len(core) < 2 and len(core[0]) < 2 * FIGURES and not header:
        return None
    pieces, rows = _pieces(body, frame, ys)
    box = _box([w for line in (*header, *body) for w in line], frame)
    table = Table(
        id="",
        order=0,
        page=page,
        reader="words",
        columns=len(frame.columns),
        header=headings_over(header, frame.columns, page),
        rows=rows_of(pieces, 0, rows, page, "text-layer"),
        box=box,
    )
    taken = tuple(w.source for line in (*header, *body) for w in line)
    return Found(table, taken), frame


def _framed(
    core: list[Line], lines: Sequence[Line], ys: Sequence[float], earlier: Frame | None
) -> tuple[list[Line], list[Line], Frame]:
    """(header, body, frame): the frame of the table that goes on, or the one found here."""
    columns = columns_of(core)
    header, _ = extent(core, lines, columns, ys)
    columns = parted_by_headings(header, core, columns)
    if earlier and _fits(columns, earlier):
        header, body = extent(core, lines, earlier.columns, ys, goes_on=True)
        while header and not _header_words(header[-1:]) <= earlier.header:
            body.insert(0, header.pop())
        if _alike(_header_words(header), earlier.header):
            return header, body, earlier
    columns = wrapped_columns(core, lines, columns)
    header, body = extent(core, lines, columns, ys)
    columns = empty_columns(header, columns)
    return header, body, Frame(tuple(columns), tuple(borders(columns)), _header_words(header))


def _header_words(header: Sequence[Line]) -> frozenset[str]:
    return frozenset(word.run.text for line in header for word in line)


def _alike(again: frozenset[str], first: frozenset[str]) -> bool:
    """Whether a header is the first page's repeated, or there is none."""
    return not again or len(again & first) >= ALIKE * len(again)


def _fits(columns: Sequence[Column], frame: Frame) -> bool:
    """Whether each column lies within one of the frame's, no two in one."""
    homes = [frame.at(c.middle) for c in columns]
    inside = all(
        frame.xs[h] - 3 <= c.x0 and c.x1 <= frame.xs[h + 1] + 3
        for h, c in zip(homes, columns, strict=True)
    )
    return inside and len(set(homes)) == len(homes)


def _box(words: Sequence[Word], frame: Frame) -> Box:
    return Box(
        min(frame.xs[0], *(w.x0 for w in words)),
        min(w.run.box.top for w in words),
        max(frame.xs[-1], *(w.x1 for w in words)),
        max(w.run.box.bottom for w in words),
    )


def _within(dividers: Iterable[Stroke], columns: Sequence[Column]) -> list[float]:
    """Heights of the level lines that run over most of the table."""
    x0, x1 = columns[0].x0, columns[-1].x1
    return sorted(s.at for s in dividers if min(s.end, x1) - max(s.start, x0) > 0.6 * (x1 - x0))


def _pieces(body: Sequence[Line], frame: Frame, ys: Sequence[float]) -> tuple[list[Piece], int]:
    """The body's cells and how many rows they make."""
    bands: dict[int, list[Line]] = defaultdict(list)
    for line in body:
        bands[sum(y < height(line) for y in ys)].append(line)
    pieces: list[Piece] = []
    rows = 0
    for _, lines in sorted(bands.items()):
        made, count = _band(lines, frame, bool(ys))
        pieces += (replace(p, r0=p.r0 + rows, r1=p.r1 + rows) for p in made)
        rows += count
    return pieces, rows


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one line that stand in one cell."""

    words: tuple[Word, ...]
    first: int
    last: int

    @property
    def line(self) -> StackedLine:
        word = self.words[0]
        return StackedLine(height(self.words), word.size, word.run.bold)


def _stretches(line: Line, frame: Frame) -> list[Stretch]:
    """The cells' parts of a line: words by column, but a section's title may run over columns."""
    found: list[Stretch] = []
    for part in segments(line):
        names = part[1:] if is_numeral(part[0].run.text) and frame.at(part[0].middle) == 0 else part
        spans = {frame.at(w.middle) for w in names}
        if len(spans) > 1 and min(spans) <= 1 and not any(is_number(w.run.text) for w in names):
            found += [Stretch((part[0],), 0, 0)] if names is not part else []
            found.append(Stretch(tuple(names), min(spans), max(spans)))
            continue
        for column in sorted({frame.at(w.middle) for w in part}):
            inside = tuple(w for w in part if frame.at(w.middle) == column)
            found.append(Stretch(inside, column, column))
    return found


def _band(lines: Sequence[Line], frame: Frame, closed: bool) -> tuple[list[Piece], int]:
    stretches = [s for line in lines for s in _stretches(line, frame)]
    anchors = _anchors(stretches)
    placed: dict[tuple[float, int, int], list[Word]] = defaultdict(list)
    columns = [
        sorted((s for s in stretches if s.first == column), key=lambda s: s.line.y)
        for column in range(len(frame.columns))
    ]
    for own, heights in zip(columns, _heights(columns, anchors, closed), strict=True):
        for stretch, y in zip(own, heights, strict=True):
            placed[y, stretch.first, stretch.last] += stretch.words
    rows = sorted({y for y, _, _ in placed})
    pieces = [
        _piece(words, rows.index(y), first, last, frame)
        for (y, first, last), words in placed.items()
    ]
    return _with_blanks(pieces, len(rows), frame), len(rows)


def _anchors(stretches: Sequence[Stretch]) -> list[float]:
    """Heights of the rows: their serial numbers, and figure lines that have none."""
    serials = [s.line.y for s in stretches if s.first == 0 and is_numeral(text_of(s.words))]
    anchors = sorted(serials)
    figures: dict[float, int] = defaultdict(int)
    for stretch in stretches:
        if stretch.first > 0 and is_number(text_of(stretch.words)):
            height = next((y for y in figures if abs(y - stretch.line.y) < 2), stretch.line.y)
            figures[height] += 1
    reach = PITCH * stretches[0].line.size if serials else SAME_ROW * stretches[0].line.size
    for y, count in sorted(figures.items()):
        least = FIGURES if serials else 2
        if count >= least and all(abs(y - a) > reach * 0.6 for a in anchors):
            anchors.append(y)
    return sorted(anchors)


def _heights(
    columns: Sequence[Sequence[Stretch]], anchors: Sequence[float], closed: bool
) -> list[list[float]]:
    """For each column the heights of the rows its stretches belong to. A band that lines close is
    one row, unless it has anchors for more."""
    if len(anchors) <= closed:
        row = anchors[0] if anchors else min(s.line.y for own in columns for s in own)
        return [[row for _ in own] for own in columns]
    lines = [[s.line for s in own] for own in columns]
    shared = min(
        ([share_out(own, anchors, setting) for own in lines] for setting in SETTINGS), key=_cost
    )
    heights = [
        [own[-1 - anchor].y if anchor < 0 else anchors[anchor] for anchor in sharing.anchors]
        for own, sharing in zip(lines, shared, strict=True)
    ]
    reach = PITCH * next(line.size for own in lines for line in own)
    for own, found in zip(lines, heights, strict=True):
        _end_of_page(own, found, anchors[-1], reach)
    level = _level(heights, {y for own in heights for y in own} - {*anchors}, reach)
    return [[level.get(y, y) for y in own] for own in heights]


def _end_of_page(
    lines: Sequence[StackedLine], heights: list[float], last: float, reach: float
) -> None:
    """Gives the last row the lines right below its own: cut off by the page end, a stack may sit
    about its row otherwise than the others do."""
    for i in range(1, len(lines)):
        follows = heights[i - 1] == last and lines[i].y - lines[i - 1].y <= reach
        if heights[i] > last and follows and lines[i].bold == lines[i - 1].bold:
            heights[i] = last


def _level(
    columns: Sequence[Sequence[float]], alone: set[float], reach: float
) -> dict[float, float]:
    """One height for the stacks of several columns that belong to no anchor but to one row: what is
    left of a row broken over the page end sits in each cell as high as it is long."""
    found: dict[float, float] = {}
    taken: set[int] = set()
    start = float("-inf")
    for y in sorted(alone):
        own = {i for i, heights in enumerate(columns) if y in heights}
        if y - start > reach or own & taken:
            start, taken = y, set()
        found[y] = start
        taken |= own
    return found


def _cost(sharings: Sequence[Sharing]) -> float:
    """One table is set in one way, so the cost of all columns decides."""
    return sum(sharing.cost for sharing in sharings)


def _piece(words: Sequence[Word], row: int, first: int, last: int, frame: Frame) -> Piece:
    box = Box(
        frame.xs[first],
        min(w.run.box.top for w in words),
        frame.xs[last + 1],
        max(w.run.box.bottom for w in words),
    )
    return Piece(row, row, first, last, printed_lines([w.run for w in words]), box)


def _with_blanks(pieces: Sequence[Piece], rows: int, frame: Frame) -> list[Piece]:
    """The pieces and an empty one for each slot left."""
    found = list(pieces)
    for row in range(rows):
        own = [p for p in pieces if p.r0 == row]
        tops = [p.box.top for p in own if p.box]
        bottoms = [p.box.bottom for p in own if p.box]
        taken = {c for p in own for c in range(p.c0, p.c1 + 1)}
        for column in set(range(len(frame.columns))) - taken:
            box = Box(frame.xs[column], min(tops), frame.xs[column + 1], max(bottoms))
            found.append(Piece(row, row, column, column, (), box))
    return found
