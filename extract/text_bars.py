"""Tables of OCR text: columns divided by bars where the engine saw a line, by space where not.

Nothing in such a row is sure but the order of its figures: commas are lost, borders read as `1`,
cells joined. The rows are handed on loose; arithmetic decides later what they say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .document import Cell, Row, Table
from .text_grid import Found
from .text_headings import Header, by_pattern, fold
from .text_lines import SourceLine

_BORDERS = re.compile(r"[|\[\]{}()]+")
_ROW = re.compile(r"\W{0,3}(?P<serial>\d{1,2})\W*[|.\s]\W*(?P<rest>[^\W\d_].*)")
_JOINED_ROW = re.compile(r"\W{0,3}(?P<serial>\d{1,2})\s*[|.\[]\s*(?P<rest>[^\W\d_].*)")
_SECTION = re.compile(r"\W{0,3}(?P<serial>[IVX]{1,4})\b[\s.|]+(?P<rest>[^\W\d_].*)")
_FIGURE = re.compile(r"[\dSsOoIilB.,;:=/%_'~—–−-]+$")
_LEAF = re.compile(r"\W*(chi|tieu)\s*(chi)?\s*[s5]", re.IGNORECASE)
MIN_FIGURES = 6
"""Figures that make a line a table's row; a line of prose has two or three in a row at most."""
LINE_CONFIDENCE = 0.5
"""Probability that a cell of such text says what is printed: half the figures with a comma lost it."""
MAX_HEADER = 7
MIN_ROWS = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as read: its figures in order, the words after them. A section has no figures."""

    number: int
    serial: str
    name: str
    figures: tuple[str, ...]
    label: str


def find_bars(lines: Sequence[SourceLine], taken: set[int]) -> list[Found]:
    """The one table that OCR text of a report has: all lines that read as rows, and between them."""
    rows = [_row_of(i, line.text) for i, line in enumerate(lines) if i not in taken]
    scored = [row for row in rows if row]
    if len(scored) < MIN_ROWS or not any("|" in lines[row.number].text for row in scored):
        return []
    first, last = scored[0].number, scored[-1].number
    between = [_section_of(i, lines[i].text) for i in range(max(0, first - 2), last)]
    sections = [section for section in between if section]
    start = min([first, *(section.number for section in sections)])
    top = _header_start(lines, start)
    body = sorted([*scored, *sections], key=lambda row: row.number)
    header = _header([line.text for line in lines[top:start]], lines[start].page)
    return [Found(tuple(range(top, last + 1)), _table(body, header, lines))]


def _row_of(number: int, text: str) -> _Line | None:
    match = _ROW.match(text) or _JOINED_ROW.match(text)
    if not match:
        return None
    tokens = _BORDERS.sub(" ", match["rest"]).split()
    end = len(tokens)
    while end and not any(c.isdigit() for c in tokens[end - 1]):
        end -= 1
    start = end
    while start > 1 and _is_figure(tokens[start - 1]):
        start -= 1
    if end - start < MIN_FIGURES:
        return None
    name, label = " ".join(tokens[:start]), " ".join(tokens[end:])
    return _Line(number, match["serial"], name, tuple(tokens[start:end]), label)


def _is_figure(token: str) -> bool:
    """Digits, what OCR makes of them, and single strokes that may be a dash."""
    if not _FIGURE.match(token):
        return False
    return len(token) == 1 or any(c.isdigit() for c in token)


def _section_of(number: int, text: str) -> _Line | None:
    match = _SECTION.match(text)
    if not match or _row_of(number, text):
        return None
    return _Line(number, match["serial"], _BORDERS.sub(" ", match["rest"]).strip(), (), "")


def _header_start(lines: Sequence[SourceLine], start: int) -> int:
    """The header's first line: bars, or lines between bars, directly above the rows."""
    top = start
    blanks = 0
    for i in range(start - 1, max(-1, start - 1 - MAX_HEADER), -1):
        blanks += lines[i].blank
        if blanks > 1:
            break
        if "|" in lines[i].text or _LEAF.match(fold(lines[i].text)):
            top = i
    return top


def _header(lines: Sequence[str], page: int) -> Header | None:
    """The header that has the leaves of the line with most of them."""
    for line in sorted(lines, key=_leaf_count, reverse=True):
        kinds = "".join("N" if _LEAF.match(cell) else "o" for cell in _leaf_cells(line))
        header = by_pattern(kinds, page)
        if header:
            return header
    return None


def _leaf_cells(line: str) -> list[str]:
    return [cell for cell in fold(line).split("|") if cell.strip()]


def _leaf_count(text: str) -> int:
    return sum(_LEAF.match(cell) is not None for cell in _leaf_cells(text))


def _table(
    rows: Sequence[_Line],
    header: Header | None,
    lines: Sequence[SourceLine],
) -> Table:
    page = lines[rows[0].number].page
    columns = header.columns if header else 3 + max(len(row.figures) for row in rows)
    return Table(
        id="",
        order=0,
        page=page,
        reader="text",
        columns=columns,
        header=header.headings if header else (),
        rows=tuple(_row(row, columns, lines[row.number].page) for row in rows),
        doubts=("header-by-pattern",) if header else ("header-unread",),
    )


def _row(row: _Line, columns: int, page: int) -> Row:
    named = [(0, row.serial), (1, row.name)]
    figures = [(-1, text) for text in row.figures]
    if not figures:
        named += [(column, "") for column in range(2, columns)]
        return Row(tuple(_cell(text, column, page) for column, text in named), page)
    placed = [*named, *figures, (columns - 1, row.label)]
    return Row(tuple(_cell(text, column, page) for column, text in placed), page, loose=True)


def _cell(text: str, column: int, page: int) -> Cell:
    return Cell((text,) if text else (), page, None, "ocr", column, confidence=LINE_CONFIDENCE)
