"""A worksheet as a list of columns: formats, header, printing, and text that always stays text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from PIL import Image
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from report.catalogue import Catalogue
from report.legible import legible
from report.pictures import CROP_DPI
from report.workbook.fingerprint import Fingerprint
from report.workbook.lines import line_count

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

WIDTH_PIXELS, PADDING = 7, 5
"""Pixels of a unit of column width, and of the space beside the text, at 96 dpi (a point is 4/3 pixels)."""

PICTURE_HEIGHT = 100
"""Pixels that a picture in a cell may be high."""

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
    """`heading` is the wording's key, or the heading itself when it comes from a document or data.

    `own` says that the officer fills the column; `centred` are short values that would else touch the next.
    """

    heading: str
    width: float
    wrap: bool = False
    own: bool = False
    centred: bool = False


class Book:
    """A workbook being written, row after row; formats are made once."""

    def __init__(self, path: str, words: Catalogue, scratch: str) -> None:
        options = {"constant_memory": True, "tmpdir": scratch, "strings_to_urls": False}
        self.file = xlsxwriter.Workbook(path, options)
        self.pictures = TemporaryDirectory(prefix="pictures-", dir=scratch)
        self.words = words
        self.fingerprint = Fingerprint()
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

    def close(self, run: str) -> None:
        """Finish the file; `run` tells whether a later workbook is of the same files and findings."""
        self.fingerprint.sign(self.file, run)
        self.file.close()
        self.pictures.cleanup()

    def picture(self, png: bytes) -> str:
        """A picture as a file beside the workbook: thousands of them are too many for the memory."""
        file = Path(self.pictures.name) / f"{hashlib.sha256(png).hexdigest()[:32]}.png"
        if not file.exists():
            file.write_bytes(png)
            file.chmod(0o600)  # the workbook says which rights its parts had
        return str(file)


class _Rows(Worksheet):  # type: ignore[misc]
    """A worksheet of our own formulas."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """The formula without its sign of equality. xlsxwriter looks each through for thirty functions
        that came after the file format, a fifth of the time of a workbook; we use none of them."""
        return formula.removeprefix("=")


class Sheet:
    """A worksheet with a frozen, filtered header; rows are appended.

    Of the columns only the first `printed` go to paper (all by default), so that print stays legible;
    the first `frozen` stay in sight.
    """

    def __init__(
        self,
        book: Book,
        name: str,
        columns: Sequence[Column],
        printed: int | None = None,
        frozen: int = 0,
    ) -> None:
        self.book = book
        self.columns = tuple(columns)
        self.printed, self.frozen = printed or len(self.columns), frozen
        self.sheet: Worksheet = book.file.add_worksheet(book.heading(name), _Rows)
        self.next = 0
        self.lost = 0
        self.pictured = any(column.heading == "column/picture" for column in self.columns)
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
        texts = [self.book.heading(column.heading) for column in self.columns]
        # The filter's button takes the room of two letters.
        lines = max(
            line_count(text, column.width - 2, bold=True)
            for text, column in zip(texts, self.columns, strict=True)
        )
        self.sheet.set_row(self.next, max(2, lines) * LINE)
        for index, text in enumerate(texts):
            self._text(index, text, style)
        self.header_row = self.next
        self.sheet.freeze_panes(self.next + 1, self.frozen)
        self.sheet.repeat_rows(self.next)
        self._count_row(texts)
        self.next += 1

    def filter(self) -> None:
        """Close the table: filters over all its rows, and what is printed of it."""
        last = max(self.next - 1, self.header_row)
        self.sheet.autofilter(self.header_row, 0, last, len(self.columns) - 1)
        if self.printed < len(self.columns):
            self.sheet.print_area(0, 0, last, self.printed - 1)

    def row(
        self,
        values: Sequence[Value],
        fill: str | None = None,
        fills: dict[int, str] | None = None,
        pictures: dict[int, bytes] | None = None,
        bold: bool = False,
    ) -> int:
        """Append a row; returns its index. Rows beyond the format's limit are counted in `lost`.

        `pictures` by column are set into the row's cells, which are made high enough.
        """
        if self.next >= ROW_LIMIT:
            self.lost += 1
            return ROW_LIMIT - 1
        placed = {
            index: _Picture(png, self.columns[index].width)
            for index, png in (pictures or {}).items()
        }
        self._forget()
        needed = max([self._height(values), *(p.points for p in placed.values())])
        if needed > LINE:
            self.sheet.set_row(self.next, min(needed, HIGHEST))
        for index, value in enumerate(values):
            own = (fills or {}).get(index) or ("input" if self.columns[index].own else fill)
            self._write(index, value, own, bold)
        for index, picture in placed.items():
            file = self.book.picture(picture.png)
            self.sheet.insert_image(self.next, index, file, picture.options)
        self._count_row(values)
        self.next += 1
        return self.next - 1

    def _forget(self) -> None:
        """Drop what the file's writer keeps of rows it has written: it adds up. Heights place pictures."""
        self.sheet.row_info.pop(self.next - 2, None)
        if not self.pictured:
            self.sheet.row_sizes.clear()

    def _count_row(self, values: Sequence[object]) -> None:
        cells = [
            "" if self.columns[index].own else value.text if isinstance(value, Link) else value
            for index, value in enumerate(values)
        ]
        self.book.fingerprint.add(self.sheet.get_name(), [shown(cell) for cell in cells])

    def _height(self, values: Sequence[Value]) -> float:
        """Points for the longest wrapped text; readers do not fit rows of a written file by themselves."""
        lines = 1
        for value, column in zip(values, self.columns, strict=False):
            if column.wrap and isinstance(value, str):
                lines = max(lines, line_count(value, column.width))
        return lines * LINE + (2 if lines > 1 else 0)

    def plain(self, text: str, bold: bool = False, size: int = 10) -> None:
        """Append a line of text that runs over the cells to its right."""
        style = {"font_name": "Arial", "font_size": size, "bold": bold}
        self._text(0, text, self.book.file.add_format(style))
        self._count_row([text])
        self.next += 1

    def _write(self, index: int, value: Value, fill: str | None, bold: bool) -> None:
        style: dict[str, Any] = {"bg_color": FILLS[fill]} if fill else {}
        if bold:
            style["bold"] = True
        if self.columns[index].wrap:
            style["text_wrap"] = True
        if self.columns[index].centred:
            style["align"] = "center"
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
            self._text(index, value, self.book.format(**style))

    def _text(self, index: int, text: str, style: Format) -> None:
        self.sheet.write_string(self.next, index, legible(text)[:TEXT_LIMIT], style)


class _Picture:
    """A crop, shrunk into a cell of a column's width and not higher than `PICTURE_HEIGHT`."""

    def __init__(self, png: bytes, width: float) -> None:
        self.png = png
        with Image.open(BytesIO(png)) as image:
            across, high = image.size
        scale = min(96 / CROP_DPI, (width * WIDTH_PIXELS - 4) / across, (PICTURE_HEIGHT - 4) / high)
        self.points = (high * scale + 6) * 0.75
        self.options = {
            "x_offset": 2,
            "y_offset": 2,
            "x_scale": scale,
            "y_scale": scale,
            "object_position": 1,
            "decorative": True,
        }


def shown(value: object) -> str:
    """A value as it counts for what an officer has changed: a formula for its being one."""
    if isinstance(value, Formula):
        return "="
    if isinstance(value, Number):
        return str(float(value.value))
    if isinstance(value, int):
        return str(float(value))
    return legible(value)[:TEXT_LIMIT] if isinstance(value, str) else ""


def decimals_format(decimals: int) -> str:
    """The number format that shows exactly so many decimals."""
    return NUMBER + ("." + "0" * decimals if decimals else "")


def column_letters(index: int) -> str:
    """`A` for 0, `AA` for 26."""
    return str(xlsxwriter.utility.xl_col_to_name(index))
