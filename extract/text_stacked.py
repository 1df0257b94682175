"""Rows of text files that have every cell, the blank ones too, on a line of its own.

The serial numbers then stand a fixed number of lines apart, which is the number of columns. A text
whose blank cells leave no line is none of these (`text_flow`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .text_lines import SourceLine
from .text_marks import HEADED, SERIAL, MarkedRow

MAX_COLUMNS = 40
"""The widest table of the reports has 18 columns."""
MAX_HEADER = 8
"""Lines of a header, the one of column numbers included; the tallest has five."""
MIN_ROWS = 3
"""Rows with serial numbers at one distance that make a table: two may be so by chance."""
_NUMBERED = re.compile(r"\(?([A-H]|\d)\)?$")


def stacked_rows(lines: Sequence[SourceLine]) -> Iterator[list[MarkedRow]]:
    """Each such table's rows, its header's first."""
    at = 0
    while at < len(lines):
        rows = _table(lines, at) if HEADED.fullmatch(lines[at].text.strip()) else []
        yield from [rows] if rows else []
        at = rows[-1].numbers[-1] + 1 if rows else at + 1


def _table(lines: Sequence[SourceLine], start: int) -> list[MarkedRow]:
    """The table that begins here, cells on each line or on each second one."""
    for step in (1, 2):
        cells = _cells(lines, start, step)
        first = next((i for i in range(1, len(cells)) if _is_row(lines, cells, i)), None)
        for width in range(4, MAX_COLUMNS) if first else ():
            assert first is not None
            if first % width == 0 and first <= MAX_HEADER * width:
                ends = _rows_from(lines, cells, first, width)
                rows = [_row(lines, cells, i, width) for i in range(0, ends, width)]
                if rows and _is_header(rows[: first // width]):
                    return rows
    return []


def _cells(lines: Sequence[SourceLine], start: int, step: int) -> list[int]:
    """The numbers of the lines that are cells; with a step of two all lines between are empty."""
    found = []
    for i in range(start, len(lines), step):
        if "\t" in lines[i].text or "|" in lines[i].text:
            break
        found.append(i)
        if step == 2 and i + 1 < len(lines) and not lines[i + 1].blank:
            break
    return found


def _is_row(lines: Sequence[SourceLine], cells: Sequence[int], at: int) -> bool:
    """A serial number or nothing, then a name."""
    if at + 1 >= len(cells):
        return False
    serial, name = (lines[i].text.strip() for i in cells[at : at + 2])
    return SERIAL.match(serial) is not None and sum(map(str.isalpha, name)) > 1


def _rows_from(lines: Sequence[SourceLine], cells: Sequence[int], first: int, width: int) -> int:
    """One past the last cell of the rows that follow at this distance; 0 where these are too few."""
    at, serials = first, [0]
    while at + width <= len(cells) and (_is_row(lines, cells, at) or _is_total(lines, cells, at)):
        serial = lines[cells[at]].text.strip().rstrip(".)")
        if serial.isdigit() and int(serial) not in (1, serials[-1] + 1):
            return 0
        serials += [int(serial)] if serial.isdigit() else []
        at += width
    return at if len(serials) > MIN_ROWS else 0


def _is_total(lines: Sequence[SourceLine], cells: Sequence[int], at: int) -> bool:
    serial, name = (lines[i].text.strip() for i in cells[at : at + 2])
    return not serial and name.lower().startswith("tổng")


def _is_header(rows: Sequence[MarkedRow]) -> bool:
    """Whether the headings of serial and name, which cover all levels, leave their places below blank,
    repeat, or have a column number there: else blank cells have left no line."""
    return all(
        row.text(i) in ("", rows[0].text(i)) or _NUMBERED.match(row.text(i))
        for row in rows
        for i in (0, 1)
    )


def _row(lines: Sequence[SourceLine], cells: Sequence[int], at: int, width: int) -> MarkedRow:
    numbers = tuple(cells[at : at + width])
    texts = (" ".join(lines[i].text.split()) for i in numbers)
    found = tuple((text,) if text else () for text in texts)
    return MarkedRow(found, lines[numbers[0]].page, numbers)
