"""The rows and cells of a band of lines that no rule parts: which words stand in which cell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .build import Piece
from .columns import FIGURES, Column, Word
from .document import Box
from .extent import Line, height
from .fill import printed_lines
from .headers import is_number, is_numeral
from .join import TOTAL
from .node import segments, text_of
from .stack import LEVEL, PITCH, SETTINGS, Setting, Sharing, StackedLine, share_out

COMMON = 0.4
"""Share of the rows with whose names a word must begin to be the beginning of one: in a table of
communes all begin with `UBND` or `Xã`, in one of departments most with `Sở`."""
TOLD = 1.0
"""Lines, in font sizes, by which one setting fits a page better than the others: two names of two lines."""
_KIND = re.compile(r"xã|phường|thị|huyện|thành")
"""How names begin that begin with a small letter."""
_LONG_FIGURE = re.compile(r"\d[\d.]*,?\d*/")
"""A figure with what it is out of, the only one too wide for its column that has been seen."""
SAME_ROW = 0.35
"""Font sizes by which figures of one row may stand apart from each other."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns of a table with the lines between them (points), the words of its header, and how its
    rows are set, where several lines in a cell have told."""

    columns: tuple[Column, ...]
    xs: tuple[float, ...]
    header: frozenset[str] = frozenset()
    setting: Setting | None = None

    @property
    def settings(self) -> tuple[Setting, ...]:
        return (self.setting,) if self.setting else SETTINGS

    def at(self, x: float) -> int:
        return next((i for i, end in enumerate(self.xs[1:-1]) if x < end), len(self.columns) - 1)


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

    @property
    def first_word(self) -> str:
        return self.words[0].run.text


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


def askew(lines: Sequence[Line], frame: Frame) -> float:
    """How far the lines of a band sit from where its rows ask for them, at best (see `stack`)."""
    return min(_costs(lines, frame))


def _costs(lines: Sequence[Line], frame: Frame) -> list[float]:
    """What each setting costs that the table may have."""
    stretches = [s for line in lines for s in _stretches(line, frame)]
    anchors = _anchors(stretches)
    own = [_begun(column, anchors) for column in _by_column(stretches, frame)]
    return [_cost([share_out(c, anchors, setting) for c in own]) for setting in frame.settings]


def with_setting(frame: Frame, lines: Sequence[Line]) -> Frame:
    """The frame with the setting of its rows for the next page, if these lines tell it."""
    costs = sorted(zip(_costs(lines, frame), frame.settings, strict=True))
    plain = len(costs) > 1 and costs[1][0] - costs[0][0] > TOLD
    return replace(frame, setting=costs[0][1]) if plain else frame


def _by_column(stretches: Sequence[Stretch], frame: Frame) -> list[list[Stretch]]:
    return [
        sorted((s for s in stretches if s.first == column), key=lambda s: s.line.y)
        for column in range(len(frame.columns))
    ]


def band_pieces(lines: Sequence[Line], frame: Frame, closed: bool) -> tuple[list[Piece], int]:
    stretches = [s for line in lines for s in _stretches(line, frame)]
    anchors = _anchors(stretches)
    placed: dict[tuple[float, int, int], list[Word]] = defaultdict(list)
    columns = _by_column(stretches, frame)
    for own, heights in zip(columns, _heights(columns, anchors, frame, closed), strict=True):
        for stretch, y in zip(own, heights, strict=True):
            placed[y, stretch.first, stretch.last] += stretch.words
    rows = sorted({y for y, _, _ in placed})
    pieces = [
        _piece(words, rows.index(y), first, last, frame)
        for (y, first, last), words in _narrowed(placed).items()
    ]
    return _with_blanks(pieces, len(rows), frame), len(rows)


def _narrowed(
    placed: dict[tuple[float, int, int], list[Word]],
) -> dict[tuple[float, int, int], list[Word]]:
    """What runs over several columns is one cell's long line where another text of its row stands in
    one of them: no title of a section."""
    found: dict[tuple[float, int, int], list[Word]] = defaultdict(list)
    for (y, first, last), words in placed.items():
        beside = [key for key in placed if key[0] == y and key[1:] != (first, last)]
        shared = any(a <= last and first <= b for _, a, b in beside)
        found[y, first, first if shared else last] += words
    return found


def _anchors(stretches: Sequence[Stretch]) -> list[float]:
    """Heights of the rows: their serial numbers, and figure lines that have none."""
    serials = [s.line.y for s in stretches if s.first == 0 and is_numeral(text_of(s.words))]
    totals = [s.line.y for s in stretches if s.first <= 1 and TOTAL.match(text_of(s.words))]
    anchors = sorted(serials)
    figures: dict[float, int] = defaultdict(int)
    size = stretches[0].line.size
    for stretch in stretches:
        if stretch.first > 0 and is_number(text_of(stretch.words)):
            height = next((y for y in figures if abs(y - stretch.line.y) < 2), stretch.line.y)
            figures[height] += 1
    reach = 0.6 * (PITCH if serials else SAME_ROW) * size
    for y, count in sorted(figures.items()):
        least = FIGURES if serials else 2
        own = any(abs(y - total) < SAME_ROW * size for total in totals)
        far = SAME_ROW * size if own else reach
        if count >= least and all(abs(y - a) > far for a in anchors):
            anchors.append(y)
    return sorted(anchors)


def _heights(
    columns: Sequence[Sequence[Stretch]], anchors: Sequence[float], frame: Frame, closed: bool
) -> list[list[float]]:
    """For each column the heights of the rows its stretches belong to. A band that lines close is
    one row, unless it has anchors for more."""
    if len(anchors) <= closed:
        row = anchors[0] if anchors else min(s.line.y for own in columns for s in own)
        return [[row for _ in own] for own in columns]
    lines = [_begun(own, anchors) for own in columns]
    shared = min(
        ([share_out(own, anchors, setting) for own in lines] for setting in frame.settings),
        key=_cost,
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


def _begun(own: Sequence[Stretch], anchors: Sequence[float]) -> list[StackedLine]:
    """The lines of a column with what their words tell: many names begin alike (`UBND xã`), as those on
    one line with their row show, and what begins with a small letter goes on, unless names do too; so
    do the last digits of figures that do not fit on one line."""
    level = [s for s in own if any(abs(s.line.y - y) < LEVEL * s.line.size for y in anchors)]
    counts = Counter(stretch.first_word for stretch in level)
    common = {word for word, count in counts.items() if count >= max(3, COMMON * len(anchors))}
    small = any(_KIND.match(s.first_word) for s in level if s.first == 1)
    if _are_long_figures(level):
        return [replace(s.line, begins=s in level or _begins_figure(s)) for s in own]
    return [replace(s.line, begins=_begins(s, common, small)) for s in own]


def _begins(stretch: Stretch, common: set[str], small: bool) -> bool | None:
    """Whether a line is the first of its text; `small`: texts of its column begin with small letters."""
    if stretch.first_word[:1].islower() and not small:
        return False
    return True if stretch.first_word in common else None


def _are_long_figures(level: Sequence[Stretch]) -> bool:
    """Whether the lines level with their rows hold `66,02/8` and the like, of which `5` is the rest."""
    return len(level) > 1 and all(_LONG_FIGURE.match(s.first_word) for s in level)


def _begins_figure(stretch: Stretch) -> bool | None:
    return False if stretch.first_word.isdigit() else None


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
