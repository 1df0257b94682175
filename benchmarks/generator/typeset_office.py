"""Reports as office documents, exported to PDF by LibreOffice: what Word and Excel users send."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from benchmarks.generator.compose import spoken
from benchmarks.generator.content import NAME, SERIAL, Report, Table
from benchmarks.generator.drawing import A4
from benchmarks.generator.grid import GridCell, body, header
from benchmarks.generator.layouts import Layout

FONTS = {"serif": "FreeSerif", "sans": "FreeSans", "carlito": "Carlito", "dejavu": "DejaVu Sans"}
MARGIN = 40.0
SECONDS_PER_FILE = 30
"""Time allowed to the office program per document; it needs about one second, and five to start."""


def office() -> str | None:
    """The office program, or None where there is none."""
    return shutil.which("soffice")


def export(documents: Sequence[tuple[str, bytes]]) -> list[bytes]:
    """PDF files of documents given as (file name with its ending, content), all in one call."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, content in documents:
            (place / name).write_bytes(content)
        profile = f"-env:UserInstallation=file://{place / 'profile'}"
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(place)]
        subprocess.run(
            [*command, *(str(place / name) for name, _ in documents)],
            check=True, capture_output=True, timeout=60 + SECONDS_PER_FILE * len(documents),
        )  # fmt: skip
        return [_undated((place / name).with_suffix(".pdf").read_bytes()) for name, _ in documents]


def _undated(pdf: bytes) -> bytes:
    """Without what differs from one export to the next: dates, identifier, checksum; same length."""
    pdf = re.sub(rb"\(D:\d{14}", b"(D:20240101000000", pdf)
    pdf = re.sub(rb"(?<=DocChecksum /)[0-9A-F]{32}", b"0" * 32, pdf)
    return re.sub(rb"<[0-9A-F]{32}>", b"<" + b"0" * 32 + b">", pdf)


def letter_lines(report: Report) -> list[tuple[str, bool]]:
    """The letter's lines with whether each stands in the middle in bold."""
    issuer = report.issuer
    head = [
        "ỦY BAN NHÂN DÂN", f"{issuer.kind} {issuer.short}".upper(), f"Số: {report.number}",
        f"{issuer.capital}, ngày {spoken(report.date)}", "BÁO CÁO", report.letter.title,
    ]  # fmt: skip
    lines = [(line, True) for line in head]
    return lines + [(text, False) for text in report.letter.paragraphs] + [("CHỦ TỊCH", True)]


def columns(table: Table, layout: Layout, room: float) -> list[float]:
    """Column widths in points: STT and names as the layout has them, the figures share the rest."""
    fixed = {SERIAL: layout.serial_width, NAME: layout.name_width}
    figures = [column for column in table.columns if column not in fixed]
    share = layout.figure_width or (room - sum(fixed.values())) / len(figures)
    return [fixed.get(column, share) for column in table.columns]


def word_document(report: Report, layout: Layout) -> bytes:
    """The report as DOCX."""
    made = Document()
    made.styles["Normal"].font.name = FONTS[layout.font]
    made.styles["Normal"].font.size = Pt(13)
    _page(made.sections[0], A4)
    for text, middle in letter_lines(report):
        _paragraph(made, text, middle)
    size = A4 if layout.orientation == "portrait" else (A4[1], A4[0])
    for table in report.tables:
        _page(made.add_section(WD_SECTION.NEW_PAGE), size)
        for title in table.title:
            _paragraph(made, title, True)
        _word_table(made, table, layout, columns(table, layout, size[0] - 2 * MARGIN))
        for note in table.notes:
            _paragraph(made, note, False)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _page(section: object, size: tuple[float, float]) -> None:
    section.page_width, section.page_height = Pt(size[0]), Pt(size[1])  # type: ignore[attr-defined]
    turned = size[0] > size[1]
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT  # type: ignore[attr-defined]
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Pt(MARGIN))


def _paragraph(made: object, text: str, middle: bool) -> None:
    paragraph = made.add_paragraph()  # type: ignore[attr-defined]
    paragraph.add_run(text).bold = middle
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if middle else WD_ALIGN_PARAGRAPH.JUSTIFY


def _word_table(made: object, table: Table, layout: Layout, widths: list[float]) -> None:
    head, depth = header(table)
    rows = [head, *(body(table, row, layout) for row in table.rows)]
    grid = made.add_table(depth + len(table.rows), len(widths))  # type: ignore[attr-defined]
    grid.style = "Table Grid" if layout.rules == "full" else "Normal Table"
    grid.autofit = False
    cells, across = grid._cells, len(widths)
    for number, place in enumerate(cells):
        place.width = Pt(widths[number % across])
    for number, width in enumerate(widths):
        grid.columns[number].width = Pt(width)
    for number, row in enumerate(rows):
        down = 0 if number == 0 else depth + number - 1
        for cell in row:
            first = cells[(down + cell.top) * across + cell.first]
            last = cells[(down + cell.bottom) * across + cell.last]
            _fill(first if first is last else first.merge(last), cell, layout)
    if layout.repeat_header:
        for line in range(depth):
            mark = OxmlElement("w:tblHeader")
            mark.set(qn("w:val"), "true")
            grid.rows[line]._tr.get_or_add_trPr().append(mark)


def _fill(place: object, cell: GridCell, layout: Layout) -> None:
    paragraph = place.paragraphs[0]  # type: ignore[attr-defined]
    run = paragraph.add_run(cell.text)
    run.font.size = Pt(layout.size)
    run.bold = cell.role in ("head", "section")
    left = cell.role in ("name", "section")
    paragraph.alignment = None if left else WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)


NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?|\d+(?:\.\d+)?")


def spreadsheet(report: Report, layout: Layout) -> bytes:
    """The report as XLSX: the letter on a sheet of its own, each table on another; figures are numbers."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Báo cáo")
    sheet.set_column(0, 0, 90)
    sheet.set_paper(9)
    for line, (text, middle) in enumerate(letter_lines(report)):
        look = {"text_wrap": True, "bold": middle, "align": "center" if middle else "left"}
        sheet.write_string(line, 0, text, book.add_format({**_font(layout, 13), **look}))
        sheet.set_row(line, 17.0 * (1 + len(text) // 85))
    for number, table in enumerate(report.tables, 1):
        _SheetTable(book, report, layout, table, number).write()
    book.close()
    return buffer.getvalue()


def _font(layout: Layout, size: float) -> dict[str, object]:
    return {"font_name": FONTS[layout.font], "font_size": size}


class _SheetTable:
    """One table on a sheet, printed on pages as wide as the table."""

    def __init__(
        self, book: xlsxwriter.Workbook, report: Report, layout: Layout, table: Table, number: int
    ) -> None:
        self.book, self.layout, self.table = book, layout, table
        self.mark = report.style.mark
        self.sheet = book.add_worksheet(f"Phụ lục {number}")
        self.formats: dict[tuple[object, ...], object] = {}

    def write(self) -> None:
        layout, sheet = self.layout, self.sheet
        room = A4[0 if layout.orientation == "portrait" else 1] - 2 * MARGIN
        for number, width in enumerate(columns(self.table, layout, max(room, 760.0))):
            sheet.set_column(number, number, width / 5.6)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if layout.orientation == "landscape":
            sheet.set_landscape()
        last = len(self.table.columns) - 1
        middle = self.book.add_format(
            {**_font(layout, 12), "bold": True, "align": "center", "text_wrap": True}
        )
        for line, title in enumerate(self.table.title):
            sheet.merge_range(line, 0, line, last, title, middle)
            sheet.set_row(line, 34)
        self._grid(len(self.table.title) + 1)

    def _grid(self, top: int) -> None:
        head, depth = header(self.table)
        for cell in head:
            self._put(top, cell)
        for line in range(top, top + depth):
            self.sheet.set_row(
                line, 46 if line == top + depth - 1 and not self.table.numbers else 30
            )
        if self.layout.repeat_header:
            self.sheet.repeat_rows(top, top + depth - 1)
        for number, row in enumerate(self.table.rows):
            for cell in body(self.table, row, self.layout):
                self._put(top + depth + number, cell)
            long = max(len(row.name) / 22, *(len(text) / 12 for text in row.cells.values()), 0.0)
            self.sheet.set_row(top + depth + number, 15.0 * (1 + int(long)) + 2)
        for line, note in enumerate(self.table.notes, top + depth + len(self.table.rows) + 1):
            self.sheet.write_string(line, 0, note, self.book.add_format(_font(self.layout, 11)))

    def _put(self, top: int, cell: GridCell) -> None:
        value = self._number(cell)
        look = self._format(cell, self._pattern(cell.text) if value is not None else "")
        first, last = top + cell.top, top + cell.bottom
        if (first, cell.first) != (last, cell.last):
            self.sheet.merge_range(first, cell.first, last, cell.last, cell.text, look)
        elif value is not None:
            self.sheet.write_number(first, cell.first, value, look)
        else:
            self.sheet.write_string(first, cell.first, cell.text, look)

    def _number(self, cell: GridCell) -> float | None:
        """The value of a figure's cell that a spreadsheet would hold as a number."""
        if cell.role != "figure":
            return None
        text = cell.text if self.mark == "," else cell.text.translate(str.maketrans(",.", ".,"))
        if text == "-" and self.layout.align == "accounting" and self.table.kind != "scores":
            return 0.0
        if not NUMBER.fullmatch(text) or (text.startswith("0") and text[1:2].isdigit()):
            return None
        return float(text.replace(".", "").replace(",", "."))

    def _pattern(self, text: str) -> str:
        """The number format that shows a figure as it is printed, in the locale of its mark."""
        locale = "[$-42A]" if self.mark == "," else "[$-409]"
        decimals = len(text.rpartition(self.mark)[2]) if self.mark in text else 0
        grouped = "." if self.mark == "," else ","
        digits = ("#,##0" if grouped in text else "0") + ("." + "0" * decimals if decimals else "")
        accounting = self.layout.align == "accounting" and self.table.kind != "scores"
        if accounting and text.strip("0.,"):
            return f'{locale}_-* {digits}_-;{locale}-* {digits}_-;_-* "-"_-;_-@_-'
        return locale + digits

    def _format(self, cell: GridCell, pattern: str) -> object:
        bold, left = cell.role in ("head", "section"), cell.role in ("name", "section")
        wrap = bold or self.layout.wrap_words or self.layout.name_width >= 100
        key = (bold, left, wrap, pattern)
        if key not in self.formats:
            look: dict[str, object] = {**_font(self.layout, self.layout.size), "valign": "vcenter"}
            look |= {"bold": bold, "text_wrap": wrap, "align": "left" if left else "center"}
            if pattern:
                look |= {"num_format": pattern}
                look["align"] = "center" if self.layout.align == "center" else "right"
            borders = {"full": ["border"], "horizontal": ["top", "bottom"]}
            look |= dict.fromkeys(borders.get(self.layout.rules, []), 1)
            self.formats[key] = self.book.add_format(look)
        return self.formats[key]
