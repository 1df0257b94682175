"""Body rows and what they are: a unit's row, a totals row, the heading of a section, or no row at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from extract.document import Cell, Row, Table
from normalise.column_numbers import number_row
from normalise.contents import ROMAN
from normalise.header import Placement
from normalise.layout import NUMERIC
from normalise.maxima import maxima_row
from normalise.number import parse
from normalise.serials import counted
from normalise.submission import RowKind
from normalise.text import fold, squeeze, tidy

_TOTAL = re.compile(
    r"^(too?ng( so| cong| chung| hop)?|cong( don)?|toan (huyen|tinh|thanh pho|thi xa|xa))\b"
    r"(?! (an|thuong)\b)[\s:]*"
)
"""`Công an` and `Công Thương` are units, whose first word is `Cộng` without its mark. Recognition may read `TỔỐNG`."""
_AVERAGE = re.compile(r"^(diem |muc |ty le )?(trung binh|binh quan|dtb|tb)\b(?! ?[&,-])")
"""Whatever stands behind it (`Điểm trung bình nhóm`, `ĐTB khối xã`): no unit's name begins so."""
_NOTE = re.compile(r"^\W*(ghi chu|luu y|chu thich|nguoi lap|noi nhan)\b")
_NUMBERED_NAME = re.compile(r"^(?P<serial>[IVX]{1,4}|[A-H]|\d{1,3})\s*[.)/]?\s+(?P<name>\D.*)$")
_GROUP_NAME = re.compile(r"^(cac |cap |khoi |nhom |ubnd (cac|cap) |uy ban nhan dan (cac|cap) )")
_LETTERED = re.compile(r"^[A-H][.)]?$")
_LABEL = re.compile(r"([IVX]+|[A-H])$")
_SPOILT_LABEL = re.compile(r"^(?P<serial>[IVXLl1|/!]{1,4})\s*[.)]\s+(?P<name>\D.*)$")
"""A section's number and name in one scanned cell: `1L. CÁC CƠ QUAN` was II."""
NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
FEW_FIGURES = 1
"""A section heading may carry a stray number, such as the `0` that Excel leaves in a total column."""


@dataclass(frozen=True, slots=True)
class Line:
    """A body row with its serial number, name and section taken out; `cells` by their first column."""

    row: Row
    kind: RowKind
    serial: str | None
    name: Cell
    section: str | None
    cells: dict[int, Cell] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of a table that count, and its sections as (label, heading)."""

    lines: tuple[Line, ...]
    sections: tuple[tuple[str, str], ...]


def body_of(table: Table, placement: Placement) -> Body:
    """Every row that says something of a unit or totals; column numbers, repeated headers, notes and
    section headings are told apart from them."""
    lines: list[Line] = []
    sections: list[tuple[str, str]] = []
    reader = _RowReader(placement)
    for row in counted(table.rows, reader.serial_column):
        line = reader.read(row)
        if line is None:
            continue
        if line == "section":
            sections.append(reader.section_of(row, sections))
            continue
        if lines and _is_rest(line, lines[-1]):
            lines[-1] = _with_rest(lines[-1], line)
        else:
            lines.append(_placed(line, sections))
    return Body(tuple(_settle_totals(lines)), tuple(sections))


def _is_rest(line: Line, before: Line) -> bool:
    """Whether a row is what a page end broke off the row before: no serial number, no name, few cells."""
    filled = sum(bool(c.text) for c in line.cells.values())
    whole = sum(bool(c.text) for c in before.cells.values())
    bare = line.serial is None and not line.name.text and line.kind == "unit"
    return bare and line.row.page != before.row.page and 2 * filled < whole


def _with_rest(line: Line, rest: Line) -> Line:
    """A row with the lines of its rest; every cell keeps the place of its first part."""
    cells = dict(line.cells)
    for column, cell in rest.cells.items():
        own = cells.get(column, cell)
        cells[column] = cell if not own.lines else replace(own, lines=own.lines + cell.lines)
    return replace(line, cells=cells)


def _placed(line: Line, sections: list[tuple[str, str]]) -> Line:
    """The line in its section; a totals row with a section's label opens that section."""
    if line.section is not None:
        sections.append((line.section, tidy(line.name.text)))
        return line
    return replace(line, section=sections[-1][0] if sections else None)


def _settle_totals(lines: list[Line]) -> Iterator[Line]:
    """A totals row is its section's while units or another totals row follow, unless it says `Tổng`."""
    for place, line in enumerate(lines):
        last = all(after.kind == "average" for after in lines[place + 1 :])
        says = fold(line.name.text).startswith("tong")
        of_table = line.kind == "total" and line.serial is None and (last or says)
        yield replace(line, section=None) if of_table else line


def _of_the_header(row: Row) -> bool:
    """Whether a row numbers the columns or gives their maxima."""
    return number_row(row) is not None or maxima_row(row) is not None


class _RowReader:
    """Reads rows of one table whose columns have been placed."""

    def __init__(self, placement: Placement) -> None:
        named = {f.name: c for c, f in enumerate(placement.fields) if f is not None}
        self.serial_column = named.get("serial")
        self.unit_column = named.get("unit")
        self.numeric = [
            c
            for c, f in enumerate(placement.fields)
            if (f is not None and f.holds in NUMERIC) or (f is None and placement.heads[c].path)
        ]
        self.counts = placement.layout is None or placement.layout.kind != "scores"
        self.headings = {h.column: squeeze(" ".join(h.path[-1:])) for h in placement.heads}

    def read(self, row: Row) -> Line | Literal["section"] | None:
        cells = {c.column: c for c in row.cells if c.column >= 0}
        filled = [c for c in row.cells if c.text]
        if not filled or _of_the_header(row) or self._repeats_header(filled):
            return None
        serial, name = self._serial_and_name(row, cells)
        kind = self._kind(row, serial, name, filled)
        if kind is None or kind == "section":
            return kind
        section = _label(serial) if kind == "total" and serial else None
        return Line(row, kind, serial, name, section, cells)

    def section_of(self, row: Row, before: Sequence[tuple[str, str]]) -> tuple[str, str]:
        """Label and heading; a misread label, or one that another section has, is that of the next one."""
        serial, name = self._serial_and_name(row, {c.column: c for c in row.cells})
        label, heading = _label(serial), tidy(name.text)
        others = [known for known, text in before if text != heading]
        misread = label is not None and (not _LABEL.match(label) or label in others)
        if misread and name.origin == "ocr" and len(before) < len(NUMERALS):
            label = NUMERALS[len(before)]
        return label or heading, heading

    def _repeats_header(self, filled: list[Cell]) -> bool:
        """Figures alone do not: full marks repeat the maxima of the headings."""
        same = [
            c for c in filled if squeeze(c.text) and squeeze(c.text) == self.headings.get(c.column)
        ]
        worded = any(not squeeze(c.text).isdigit() for c in same)
        return len(same) >= 2 and len(same) * 2 > len(filled) and (worded or same == filled)

    def _serial_and_name(self, row: Row, cells: dict[int, Cell]) -> tuple[str | None, Cell]:
        """The serial number and the cell of the name; both may stand in one cell."""
        serial = cells.get(self.serial_column) if self.serial_column is not None else None
        name = cells.get(self.unit_column) if self.unit_column is not None else None
        blank = Cell((), row.page, None, "text-layer", -1)
        if serial is not None and serial.text and (name is None or not name.text):
            return _split(serial)
        if name is not None and (serial is None or not serial.text):
            return _split(name)
        return (tidy(serial.text) or None) if serial else None, name or blank

    def _kind(
        self, row: Row, serial: str | None, name: Cell, filled: list[Cell]
    ) -> RowKind | Literal["section"] | None:
        plain = fold(name.text)
        figures = sum(1 for c in row.cells if self._is_figure(c))
        if _NOTE.match(plain) and figures == 0:
            return None
        grouped = serial is not None and bool(ROMAN.match(serial) or _LETTERED.match(serial))
        if _AVERAGE.match(plain) and (figures or not grouped):
            return "average"
        if _TOTAL.match(plain) and not (serial or "").isdigit():
            return "total"
        if grouped and figures <= FEW_FIGURES:
            return "section"
        if grouped and self.counts:
            return "total"
        unnumbered = serial is None or (name.origin == "ocr" and _may_be_label(serial, name))
        if unnumbered and figures <= FEW_FIGURES and name.text and self._is_heading(name, filled):
            return "section"
        return "unit"

    def _is_figure(self, cell: Cell) -> bool:
        inside = cell.column in self.numeric or cell.column == -1
        return inside and parse(cell.text, ",") is not None

    def _is_heading(self, name: Cell, filled: list[Cell]) -> bool:
        return (
            name.span > 2 or tidy(name.text).isupper() or bool(_GROUP_NAME.match(fold(name.text)))
        ) and len(filled) <= 1 + FEW_FIGURES


def _may_be_label(serial: str, name: Cell) -> bool:
    """Whether a recognised number may be a section's that was misread: I as 1, II as 11 or /11."""
    text = tidy(name.text)
    groups = _GROUP_NAME.match(fold(text)) is not None
    wide = name.span > 2 and (groups or text.isupper())
    return not serial.isdigit() or wide or (groups and set(serial) == {"1"})


def _split(cell: Cell) -> tuple[str | None, Cell]:
    """`II. UBND cấp xã` in one cell: its label, and the cell with the rest as its text."""
    text = tidy(cell.text)
    found = _NUMBERED_NAME.match(text)
    if not found and cell.origin == "ocr":
        found = _SPOILT_LABEL.match(text)
    if not found:
        alone = ROMAN.match(text) or text.isdigit()
        return (
            (text, Cell((), cell.page, cell.box, cell.origin, cell.column))
            if alone
            else (None, cell)
        )
    rest = Cell(
        (found["name"],), cell.page, cell.box, cell.origin, cell.column, cell.span, cell.confidence
    )
    return found["serial"], rest


def _label(serial: str | None) -> str | None:
    return serial.strip(".) ").upper() if serial else None
