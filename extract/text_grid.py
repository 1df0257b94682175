"""Tables of text files whose cells are separated: by tabs, bars or semicolons, or by line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise, zip_longest

from .document import Cell, Heading, Origin, Row, Table
from .text_lines import SourceLine
from .text_marks import HEADED, SERIAL, MarkedRow, marked_rows
from .text_stacked import stacked_rows

_FIGURE = re.compile(r"[-−–]?[\d.,]*\d[\d.,]*\s*%?(\s*/\s*\d+)?$|[-−–']$")
_REST = re.compile(r"[\d.,/]{1,3}%?$")
"""What a line end has cut from a figure: a mark and a digit or two, or the end of its denominator."""
_NUMBERED = re.compile(r"\(?([A-H]|\d{1,2})\)?(\s*=.*)?$")
NEAR = 6
"""Lines that a page end may put between two parts of a table: page number, letterhead, empty ones."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the lines it was read from; `again` are those of a header printed once more."""

    lines: tuple[int, ...]
    table: Table
    again: tuple[int, ...] = ()

    @property
    def first(self) -> int:
        return self.lines[0]

    @property
    def last(self) -> int:
        return self.lines[-1]


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of rows cut into header and body."""

    header: tuple[MarkedRow, ...]
    body: tuple[MarkedRow, ...]
    again: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[MarkedRow, ...]:
        return (*self.header, *self.body)

    @property
    def lines(self) -> tuple[int, ...]:
        return tuple(sorted({*self.again, *(n for row in self.rows for n in row.numbers)}))

    @property
    def width(self) -> int:
        return max(len(row.cells) for row in self.rows if row.whole)


def find_grids(lines: Sequence[SourceLine], origin: Origin) -> list[Found]:
    """Every table whose cells a mark separates; what a page end parts is made whole."""
    runs = [*marked_rows(lines, drawn=origin != "ocr"), *stacked_rows(lines)]
    runs.sort(key=lambda rows: rows[0].numbers)
    parts = [part for run in runs for part in _parts(run) if _holds_figures(part)]
    whole: list[_Part] = reduce(_with_next, parts, [])
    return [Found(part.lines, _table(part, origin), part.again) for part in whole]


def _parts(rows: Sequence[MarkedRow]) -> Iterator[_Part]:
    """Tables right below one another: each header begins with the serial's heading."""
    starts = [0]
    for i in range(1, len(rows)):
        done = _header_height(rows[starts[-1] : i]) < i - starts[-1]
        if done and _opens_header(rows, i):
            starts.append(i)
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        here = rows[start:end]
        top = _header_height(here)
        yield _Part(tuple(here[:top]), tuple(here[top:]))


def _opens_header(rows: Sequence[MarkedRow], at: int) -> bool:
    """The serial's heading, perhaps on two lines."""
    here, below = (rows[i].text(0) if i < len(rows) else "" for i in (at, at + 1))
    return HEADED.match(here) is not None or (bool(here) and f"{here}{below}" in ("SốTT", "STT"))


def _holds_figures(part: _Part) -> bool:
    """Letterheads set in columns have none."""
    return any(row.whole for row in part.rows) and any(_figures(row) for row in part.body)


def _with_next(before: list[_Part], part: _Part) -> list[_Part]:
    """A part without a header, or with the same one again, goes on with the table above it."""
    last = before[-1] if before else None
    if last is None or last.width != part.width or not _goes_on(last, part):
        return [*before, part]
    repeated = tuple(n for row in part.header for n in row.numbers)
    joined = _Part(last.header, (*last.body, *part.body), (*last.again, *repeated))
    return [*before[:-1], joined]


def _goes_on(before: _Part, part: _Part) -> bool:
    if part.header:
        return [row.texts for row in part.header] == [row.texts for row in before.header]
    return part.lines[0] - before.lines[-1] <= NEAR


def _header_height(rows: Sequence[MarkedRow]) -> int:
    """Rows above the first one with a serial number or, where rows have none, with figures."""
    for i, row in enumerate(rows):
        if (SERIAL.match(row.text(0)) or len(_figures(row)) > 1) and not _is_number_row(row):
            return i
    return len(rows)


def _is_number_row(row: MarkedRow) -> bool:
    """A header row of column numbers: `1 2 3 4`, `A B 1 2`, `(1) (2) (3)=(2)/(1)`."""
    filled = [text for text in row.texts if text]
    numbered = [text for text in filled if _NUMBERED.match(text)]
    counted = [text.strip("()") for text in numbered if text.strip("()").isdigit()]
    running = any(counted[i : i + 3] == ["1", "2", "3"] for i in range(2))
    formulas = any("=" in text for text in numbered)
    return len(filled) > 2 and len(numbered) == len(filled) and (running or formulas)


def _figures(row: MarkedRow) -> list[int]:
    """The columns behind the name that hold a figure."""
    return [i for i, text in enumerate(row.texts) if i > 1 and _FIGURE.match(text)]


def _table(part: _Part, origin: Origin) -> Table:
    body = _joined(_padded(part.body, part.width))
    header = _levels(part)
    return Table(
        id="",
        order=0,
        page=part.rows[0].page,
        reader="text",
        columns=part.width,
        header=header_tree(header, part.rows[0].page),
        rows=tuple(_row(row, part.width, origin) for row in body),
    )


def _padded(rows: Sequence[MarkedRow], width: int) -> list[MarkedRow]:
    """Rows made as long as the table, those among them that have lost blank cells at an end."""
    whole = [row for row in rows if row.whole]
    words = {i for row in whole for i in _words(row)}
    figures = {i for row in whole for i in _figures(row)}
    padded = []
    for row in rows:
        unmarked = _named_first(row) and not any(map(_named_first, whole))
        cells = ((),) * unmarked + row.cells
        made = replace(row, cells=cells + ((),) * (width - len(cells)), whole=True)
        ended = len(cells) == width or bool(_words(made))
        fits = _words(made) <= words - figures and words.isdisjoint(_figures(made))
        padded.append(made if row.whole or (len(cells) <= width and ended and fits) else row)
    return padded


def _named_first(row: MarkedRow) -> bool:
    """Whether a name stands in the serial's column, as in a totals row that has lost a blank cell."""
    return sum(map(str.isalpha, row.text(0))) > 1 and SERIAL.match(row.text(0)) is None


def _words(row: MarkedRow) -> set[int]:
    """The columns behind the name that hold words."""
    figures = _figures(row)
    return {i for i, text in enumerate(row.texts) if i > 1 and text and i not in figures}


def _levels(part: _Part) -> list[tuple[str, ...]]:
    """The header's levels: lines between two rules are one, else words that only stand under words go
    on with them."""
    levels: list[tuple[str, ...]] = []
    ruled = _is_ruled(part)
    for row in part.header:
        texts = (row.texts + ("",) * part.width)[: part.width]
        if levels and not _is_number_row(row) and _goes_on_with(levels[-1], row, texts, ruled):
            pairs = zip(levels[-1], texts, strict=True)
            levels[-1] = tuple(f"{a} {b}".strip() for a, b in pairs)
        else:
            levels.append(texts)
    return levels


def _is_ruled(part: _Part) -> bool:
    """Whether rules part the header's levels; a Markdown table has one rule, under its first line."""
    inside = [row.ruled for row in part.header[1:]]
    return any(inside) and not all(inside) and part.body[0].ruled


def _goes_on_with(
    above: tuple[str, ...], row: MarkedRow, texts: tuple[str, ...], ruled: bool
) -> bool:
    return not row.ruled if ruled else _goes_under(above, texts)


def _goes_under(above: tuple[str, ...], texts: tuple[str, ...]) -> bool:
    """Whether no heading stands under a blank, which would be under the span of one to its left, nor
    under one that is printed in each column it spans."""
    spans = any(a and a == b for a, b in pairwise(above))
    return not spans and all(a and a != t for a, t in zip(above, texts, strict=True) if t)


def header_tree(rows: Sequence[tuple[str, ...]], page: int) -> tuple[Heading, ...]:
    """Merged header cells as a tree: a heading covers the blanks to its right that have headings
    below them, never more than the heading above it covers."""
    width = len(rows[0]) if rows else 0
    return _headings(rows, 0, width - 1, page)


def _headings(
    rows: Sequence[tuple[str, ...]], first: int, last: int, page: int
) -> tuple[Heading, ...]:
    if not rows:
        return ()
    found: list[Heading] = []
    column = first
    while column <= last:
        end = _span_end(rows, column, last)
        below = _headings(rows[1:], column, end, page)
        text = rows[0][column]
        same = [h for h in below if h.text == text and (h.first, h.last) == (column, end)]
        below = same[0].children if same else below
        found.extend([Heading(text, column, end, page, children=below)] if text else below)
        column = end + 1
    return tuple(found)


def _span_end(rows: Sequence[tuple[str, ...]], column: int, last: int) -> int:
    """A heading's last column: blanks behind it, or its own words again, over headings of their own."""
    end = column
    while (
        rows[0][column]
        and end < last
        and rows[0][end + 1] in ("", rows[0][column])
        and any(row[end + 1] for row in rows[1:])
    ):
        end += 1
    return end


def _joined(rows: Sequence[MarkedRow]) -> list[MarkedRow]:
    """Rows with their continuations."""
    whole: list[MarkedRow] = []
    for row in rows:
        if whole and _continues(whole[-1], row):
            pairs = zip_longest(whole[-1].cells, row.cells[: len(whole[-1].cells)], fillvalue=())
            cells = tuple((*a, *b) for a, b in pairs)
            whole[-1] = replace(whole[-1], cells=cells)
        else:
            whole.append(row)
    return whole


def _continues(before: MarkedRow, row: MarkedRow) -> bool:
    """A line without serial goes on with the row above: with words and figures that this one lacks, or
    with the ends of some of its figures. A totals row has a figure in most columns."""
    if row.cells[0] or not row.whole or (row.cells[1] and not before.cells[0]):
        return False
    if not before.whole:
        return not any(row.cells[2:])
    twice = [i for i in _figures(row) if before.cells[i]]
    ends = all(_REST.match(row.text(i)) for i in twice)
    return not twice or (not row.cells[1] and ends and 2 * len(twice) < len(_figures(before)))


def _row(row: MarkedRow, width: int, origin: Origin) -> Row:
    if not row.whole:
        return _loose_row(row, width, origin)
    return Row(tuple(_cell(cell, row, origin, i) for i, cell in enumerate(row.cells)), row.page)


def _loose_row(row: MarkedRow, width: int, origin: Origin) -> Row:
    """A row that has lost or gained a mark: its serial and name stand first, its words last; in which
    columns its figures stand is not known."""
    figures = _figures(row)
    if not figures:
        cells = row.cells[:2] + ((),) * (width - 2)
        return Row(tuple(_cell(cell, row, origin, i) for i, cell in enumerate(cells)), row.page)
    lead = [_cell(row.cells[0], row, origin, 0), _cell(_name(row, figures[0]), row, origin, 1)]
    rest = [i for i in range(figures[0], len(row.cells)) if row.cells[i]]
    words = tuple(line for i in rest if i not in figures for line in row.cells[i])
    tail = [_cell(words, row, origin, width - 1)] if words else []
    placed = [_cell(row.cells[i], row, origin, -1) for i in figures]
    return Row((*lead, *placed, *tail), row.page, loose=True)


def _name(row: MarkedRow, end: int) -> tuple[str, ...]:
    return tuple(line for cell in row.cells[1:end] for line in cell)


def _cell(lines: tuple[str, ...], row: MarkedRow, origin: Origin, column: int) -> Cell:
    return Cell(lines, row.page, None, origin, column)
