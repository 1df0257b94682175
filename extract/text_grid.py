"""Tables of text files whose cells are separated: by tabs, or by bars as in Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .document import Cell, Heading, Origin, Row, Table
from .text_lines import SourceLine

SERIAL = re.compile(r"(\d{1,3}|[IVX]{1,5}|[A-H])[.)]?$")
_RULE = re.compile(r"\s*\|?(\s*:?-{2,}:?\s*\|)+(\s*:?-{2,}:?\s*)?\s*$")
_FIGURE = re.compile(r"[-−–]?[\d.,]*\d[\d.,]*\s*%?(\s*/\s*\d+)?$|[-−–']$")
_NUMBERED = re.compile(r"\(?\d{1,2}\)?(\s*=.*)?$")
MIN_TABS = 3
"""Tabs in a line of a table; letterheads set in two columns have one or two."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the lines `first`..`last` (inclusive) that it was read from."""

    first: int
    last: int
    table: Table


@dataclass(frozen=True, slots=True)
class _GridRow:
    cells: tuple[str, ...]
    page: int


def find_grids(lines: Sequence[SourceLine], origin: Origin) -> list[Found]:
    """Every tab-separated or Markdown table; rows broken over lines are made whole."""
    found: list[Found] = []
    start = 0
    while start < len(lines):
        mark = _separator(lines, start)
        end = _region_end(lines, start, mark) if mark else start
        if mark and end > start:
            table = _table(lines[start:end], mark, origin)
            if table:
                found.append(Found(start, end - 1, table))
                start = end
                continue
        start += 1
    return found


def _separator(lines: Sequence[SourceLine], at: int) -> str | None:
    if lines[at].text.count("\t") >= MIN_TABS:
        return "\t"
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    return "|" if "|" in lines[at].text and _RULE.match(below) else None


def _region_end(lines: Sequence[SourceLine], start: int, mark: str) -> int:
    """One past the last line that has separators, or that a broken row needs to become whole."""
    last = start
    for i in range(start, len(lines)):
        if lines[i].text.count(mark) >= 2:
            last = i
        elif i - last > 3 or (mark == "|" and not lines[i].blank):
            break
    return last + 1


def _table(lines: Sequence[SourceLine], mark: str, origin: Origin) -> Table | None:
    rows = [row for row in _whole_rows(lines, mark) if any(row.cells)]
    top = _header_height(rows)
    columns = max(len(row.cells) for row in rows)
    if top >= len(rows):
        return None
    padded = [_GridRow(row.cells + ("",) * (columns - len(row.cells)), row.page) for row in rows]
    body = _joined(padded[top:])
    return Table(
        id="",
        order=0,
        page=rows[0].page,
        reader="text",
        columns=columns,
        header=header_tree([row.cells for row in padded[:top]], padded[0].page),
        rows=tuple(_row(row, origin) for row in body),
    )


def _whole_rows(lines: Sequence[SourceLine], mark: str) -> list[_GridRow]:
    """Rows with all their cells; what a line end has broken is put together again."""
    kept = [line for line in lines if not line.blank and not _RULE.match(line.text)]
    full = max(line.text.count(mark) for line in kept)
    rows: list[_GridRow] = []
    at = 0
    while at < len(kept):
        pieces = _pieces(kept[at:], mark, full)
        text = " ".join(line.text for line in kept[at : at + pieces])
        rows.append(_GridRow(_cells(text, mark), kept[at].page))
        at += pieces
    return rows


def _pieces(lines: Sequence[SourceLine], mark: str, full: int) -> int:
    """How many lines make the row that begins here: as many as complete its separators exactly."""
    count = lines[0].text.count(mark)
    for i, line in enumerate(lines[1:4], start=1):
        count += line.text.count(mark)
        if count > full or SERIAL.match(_cells(line.text, mark)[0]):
            break
        if count == full and lines[0].text.count(mark) < full:
            return i + 1
    return 1


def _cells(text: str, mark: str) -> tuple[str, ...]:
    inner = text.strip().removeprefix("|").removesuffix("|") if mark == "|" else text
    return tuple(" ".join(cell.replace("**", "").split()) for cell in inner.split(mark))


def _header_height(rows: Sequence[_GridRow]) -> int:
    for i, row in enumerate(rows):
        if SERIAL.match(row.cells[0]) and not _is_number_row(row):
            return i
    return min(1, len(rows))


def _is_number_row(row: _GridRow) -> bool:
    """A header row of column numbers: `1 2 3 4` or `(1) (2) (3)=(2)/(1)`."""
    filled = [cell for cell in row.cells if cell]
    return (
        len(filled) > 2
        and all(_NUMBERED.match(cell) for cell in filled[:3])
        and (filled[:3] in (["1", "2", "3"], ["(1)", "(2)", "(3)"]) or "=" in "".join(filled))
    )


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
        found.extend([Heading(text, column, end, page, children=below)] if text else below)
        column = end + 1
    return tuple(found)


def _span_end(rows: Sequence[tuple[str, ...]], column: int, last: int) -> int:
    end = column
    while (
        rows[0][column]
        and end < last
        and not rows[0][end + 1]
        and any(row[end + 1] for row in rows[1:])
    ):
        end += 1
    return end


def _joined(rows: Sequence[_GridRow]) -> list[_GridRow]:
    """Rows with their continuations: a line without serial that fills no figure twice."""
    whole: list[_GridRow] = []
    for row in rows:
        if whole and _continues(whole[-1], row):
            pairs = zip(whole[-1].cells, row.cells, strict=True)
            cells = tuple(f"{a} {b}".strip() for a, b in pairs)
            whole[-1] = _GridRow(cells, whole[-1].page)
        else:
            whole.append(row)
    return whole


def _continues(before: _GridRow, row: _GridRow) -> bool:
    if row.cells[0] or not re.match(r"\d", before.cells[0]):
        return False
    figures = [i for i, cell in enumerate(row.cells) if _FIGURE.match(cell)]
    return all(not before.cells[i] for i in figures)


def _row(row: _GridRow, origin: Origin) -> Row:
    cells = tuple(
        Cell((text,) if text else (), row.page, None, origin, column)
        for column, text in enumerate(row.cells)
    )
    return Row(cells, row.page)
