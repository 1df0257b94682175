"""A worksheet as a list of columns: formats, header, printing, and text that always stays text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from report.catalogue import Catalogue

NUMBER = "[$-42A]#,##0"
"""Vietnamese number format: the comma before decimals, points between thousands."""

FILLS = {
    "error": "#F8D7DA",
    "warning": "#FFF3CD",
    "info": "#E2ECF7",
    "good": "#E3F1E3",
    "changed": "#FDE3CF",
    "input": "#FFFFE5",
    "head": "#1F3864",
    "total": "#EDEDED",
}
A4 = 9
LINE, HIGHEST = 13.5, 409.0
"""Points: a line of 10 pt text, and the highest row of the file format."""

ROW_LIMIT = 1_048_576
"""Rows of a worksheet in the file format."""

TEXT_LIMIT = 32_767
"""Characters of a cell in the file format."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula and the value it gives, for readers that do not calculate."""

    text: str
    value: str | float | int


@dataclass(frozen=True, slots=True)
class Link:
    """A link of our own making; `url` never holds text from a document."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number shown with a fixed count of decimals."""

    value: Decimal
    decimals: int


Value = str | int | Number | Formula | Link | None


@dataclass(frozen=True, slots=True)
class Column:
    """`heading` is the wording's key, or the heading itself when it comes from a document or data."""

    heading: str
    width: float
    wrap: bool = False
    fill: str | None = None


class Book:
    """A workbook being written, row after row; formats are made once."""

    def __init__(self, path: str, words: Catalogue, scratch: str) -> None:
        options = {"constant_memory": True, "tmpdir": scratch, "strings_to_urls": False}
        self.file = xlsxwriter.Workbook(path, options)
        self.words = words
        self._formats: dict[tuple[Any, ...], Format] = {}

    def format(self, **wanted: Any) -> Format:
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            base = {"font_name": "Arial", "font_size": 10, "valign": "top", "border": 1}
            base["border_color"] = "#BFBFBF"
            self._formats[key] = self.file.add_format(base | wanted)
        return self._formats[key]

    def heading(self, key: str) -> str:
        return self.words.texts.get(key, key)


class Sheet:
    """A worksheet with a frozen, filtered header; rows are appended."""

    def __init__(self, book: Book, name: str, columns: Sequence[Column]) -> None:
        self.book = book
        self.columns = tuple(columns)
        self.sheet: Worksheet = book.file.add_worksheet(book.heading(name))
        self.next = 0
        self.lost = 0
        self._page_setup()

    def _page_setup(self) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        self.sheet.set_footer("&L&A&R&P/&N")
        for index, column in enumerate(self.columns):
            self.sheet.set_column(index, index, column.width)

    def header(self) -> None:
        """Write the header here, freeze and repeat it; filters cover all rows below it."""
        style = self.book.format(
            bold=True, text_wrap=True, bg_color=FILLS["head"], font_color="white", valign="vcenter"
        )
        for index, column in enumerate(self.columns):
            self.sheet.write_string(self.next, index, self.book.heading(column.heading), style)
        self.header_row = self.next
        self.sheet.freeze_panes(self.next + 1, 0)
        self.sheet.repeat_rows(self.next)
        self.next += 1

    def filter(self) -> None:
        last = max(self.next - 1, self.header_row)
        self.sheet.autofilter(self.header_row, 0, last, len(self.columns) - 1)

    def row(
        self,
        values: Sequence[Value],
        fill: str | None = None,
        fills: dict[int, str] | None = None,
        height: float | None = None,
        bold: bool = False,
    ) -> int:
        """Append a row; returns its index. Rows beyond the format's limit are counted in `lost`."""
        if self.next >= ROW_LIMIT:
            self.lost += 1
            return ROW_LIMIT - 1
        needed = max(self._height(values), height or 0.0)
        if needed > LINE:
            self.sheet.set_row(self.next, min(needed, HIGHEST))
        for index, value in enumerate(values):
            own = (fills or {}).get(index) or self.columns[index].fill or fill
            self._write(index, value, own, bold)
        self.next += 1
        return self.next - 1

    def _height(self, values: Sequence[Value]) -> float:
        """Points for the longest wrapped text; readers do not fit rows of a written file by themselves."""
        lines = 1
        for value, column in zip(values, self.columns, strict=False):
            if column.wrap and isinstance(value, str):
                lines = max(lines, sum(ceil(len(t) / column.width) or 1 for t in value.split("\n")))
        return lines * LINE

    def plain(self, text: str, bold: bool = False, size: int = 10) -> None:
        """Append a line of text that runs over the cells to its right."""
        style = {"font_name": "Arial", "font_size": size, "bold": bold}
        self.sheet.write_string(self.next, 0, text[:TEXT_LIMIT], self.book.file.add_format(style))
        self.next += 1

    def _write(self, index: int, value: Value, fill: str | None, bold: bool) -> None:
        style: dict[str, Any] = {"bg_color": FILLS[fill]} if fill else {}
        if bold:
            style["bold"] = True
        if self.columns[index].wrap:
            style["text_wrap"] = True
        if isinstance(value, Number):
            style["num_format"] = decimals_format(value.decimals)
            self.sheet.write_number(self.next, index, float(value.value), self.book.format(**style))
        elif isinstance(value, int):
            style["num_format"] = NUMBER
            self.sheet.write_number(self.next, index, value, self.book.format(**style))
        elif isinstance(value, Formula):
            if not isinstance(value.value, str):
                style["num_format"] = NUMBER + ".00##"
            self.sheet.write_formula(
                self.next, index, value.text, self.book.format(**style), value.value
            )
        elif isinstance(value, Link):
            style |= {"font_color": "#0563C1", "underline": 1}
            self.sheet.write_url(
                self.next, index, value.url, self.book.format(**style), string=value.text
            )
        elif value is None or value == "":
            self.sheet.write_blank(self.next, index, None, self.book.format(**style))
        else:
            text = value[:TEXT_LIMIT]
            self.sheet.write_string(self.next, index, text, self.book.format(**style))


def decimals_format(decimals: int) -> str:
    """The number format that shows exactly so many decimals."""
    return NUMBER + ("." + "0" * decimals if decimals else "")


def column_letters(index: int) -> str:
    """`A` for 0, `AA` for 26."""
    return str(xlsxwriter.utility.xl_col_to_name(index))
