"""Draws a report: the letter on upright pages, then its tables, broken over pages as they come."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.generator.compose import spoken
from benchmarks.generator.content import NAME, SERIAL, Report, Table
from benchmarks.generator.drawing import A4, Sheet
from benchmarks.generator.grid import GridCell, body, header
from benchmarks.generator.layouts import Layout
from benchmarks.generator.ruling import DrawnCell, rule
from benchmarks.generator.wrapping import wrap

MARGIN = 40.0
SMALLEST = 5.5
"""The smallest type, in points, that a table is shrunk to so that its words fit their columns."""
LETTER_SIZE = 13.0
LEVEL = (SERIAL, NAME)
"""Columns whose headings never run upwards."""
UPWARDS = 72.0
"""How long, in points, a line of a heading that runs upwards may be before it is wrapped."""


def typeset(report: Report, layout: Layout, rng: Random) -> bytes:
    """The report as a PDF file."""
    sheet = Sheet(layout, rng)
    at = _letter(sheet, report)
    if not layout.after_letter:
        at = 0.0
    for table in report.tables:
        at = _TableFlow(sheet, table, at, len(report.tables) > 1).run() + 20
        if not layout.same_page:
            at = 0.0
    return sheet.finish()


def _new_page(sheet: Sheet, size: tuple[float, float], rotate: int = 0) -> float:
    """Begin a page with its number at the top from the second on; gives the first free y."""
    sheet.page(size, rotate)
    if sheet.pages > 1:
        sheet.text(size[0] / 2, 24, str(sheet.pages), 10)
    return MARGIN


def _letter(sheet: Sheet, report: Report) -> float:
    at = _new_page(sheet, A4)
    issuer = report.issuer
    date = f"{issuer.capital}, ngày {spoken(report.date)}"
    left = ("ỦY BAN NHÂN DÂN", f"{issuer.kind} {issuer.short}".upper(), "", f"Số: {report.number}")
    right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "", date)
    for pair in zip(left, right, strict=True):
        for text, middle in zip(pair, (150.0, 405.0), strict=True):
            _centred(sheet, text, middle, at, 11, bold=True)
        at += 16
    at = _block(sheet, "BÁO CÁO", at + 12, 14, centred=True)
    at = _block(sheet, report.letter.title, at, LETTER_SIZE, centred=True) + 10
    for paragraph in report.letter.paragraphs:
        if at > A4[1] - 120:
            at = _new_page(sheet, A4)
        at = _block(sheet, paragraph, at, LETTER_SIZE) + 6
    _centred(sheet, "TM. ỦY BAN NHÂN DÂN", 420, at + 10, 12, bold=True)
    _centred(sheet, "CHỦ TỊCH", 420, at + 26, 12, bold=True)
    return at + 90


def _centred(sheet: Sheet, text: str, middle: float, at: float, size: float, bold: bool) -> None:
    if text:
        sheet.text(middle - sheet.width(text, size, bold) / 2, at, text, size, bold)


def _block(sheet: Sheet, text: str, at: float, size: float, centred: bool = False) -> float:
    """A paragraph over the page's width; gives the y below it."""
    room = sheet.size[0] - 2 * MARGIN
    for line in wrap(text, room, lambda t: sheet.width(t, size, centred), False):
        at += size * 1.3
        if centred:
            _centred(sheet, line, sheet.size[0] / 2, at, size, bold=True)
        else:
            sheet.text(MARGIN, at, line, size)
    return at


class _TableFlow:
    """One table on its way down the pages."""

    def __init__(self, sheet: Sheet, table: Table, at: float, several: bool) -> None:
        self.sheet, self.table, self.at = sheet, table, at
        self.layout = sheet.layout
        across, down = A4 if self.layout.orientation == "portrait" else (A4[1], A4[0])
        self.page = (across, self.layout.page_height or down)
        self.size = self.layout.size
        self.drawn: list[DrawnCell] = []
        self.head, self.depth = header(table)
        self.rows = [body(table, row, self.layout) for row in table.rows]
        self.widths = self._fit()
        self.edges = [MARGIN + sum(self.widths[:n]) for n in range(len(self.widths) + 1)]

    def _fit(self) -> list[float]:
        """Column widths on the page, the type made smaller until every word fits."""
        room = self.page[0] - 2 * MARGIN
        while True:
            least = [self._least(n) for n in range(len(self.table.columns))]
            wanted = [self._wanted(n, column) for n, column in enumerate(self.table.columns)]
            widths = wanted
            if not self.layout.wrap_words:
                widths = [max(pair) for pair in zip(least, wanted, strict=True)]
            spare = room - sum(widths)
            if spare >= 0 or self.size <= SMALLEST:
                break
            self.size -= 0.25
        if self.layout.figure_width:
            return widths
        return [w + max(0.0, spare) / len(widths) * (n != 0) for n, w in enumerate(widths)]

    def _wanted(self, number: int, column: str) -> float:
        if column == SERIAL:
            return self.layout.serial_width
        if column == NAME:
            return self.layout.name_width
        narrow = self.layout.figure_width or 20.0
        if self.layout.wrap_words and (column.endswith("fees") or column in ("rank", "note")):
            return narrow + 14
        return narrow

    def _least(self, number: int) -> float:
        """The width of the widest word that stands in this column alone."""
        cells = [c for row in self.rows for c in row] + self.head
        own = [c for c in cells if c.first == c.last == number]
        level = [(w, c) for c in own if not self._is_turned(c) for w in c.text.split()]
        turned = [len(self._lines(c)) * self._line for c in own if self._is_turned(c)]
        widest = max((*(self._measure(w, c) for w, c in level), *turned), default=0.0)
        return widest + 2 * self.layout.pad + 0.5

    def _measure(self, text: str, cell: GridCell) -> float:
        return self.sheet.width(text, self.size, cell.role in ("head", "section"))

    def _is_turned(self, cell: GridCell) -> bool:
        """Whether a cell is a heading that runs upwards: those of whole names stay level."""
        alone = cell.role == "head" and cell.first == cell.last
        return self.layout.turned_heads and alone and self.table.columns[cell.first] not in LEVEL

    def _lines(self, cell: GridCell) -> list[str]:
        if self._is_turned(cell):
            return wrap(cell.text, UPWARDS, lambda t: self._measure(t, cell), False)
        room = self.edges[cell.last + 1] - self.edges[cell.first] - 2 * self.layout.pad
        return wrap(cell.text, room, lambda t: self._measure(t, cell), self.layout.wrap_words)

    @property
    def _line(self) -> float:
        return self.size * self.layout.leading

    def _height(self, lines: int) -> float:
        return lines * self._line + 2 * min(self.layout.pad, 2.5)

    @property
    def _bottom(self) -> float:
        return self.page[1] - 30

    def run(self) -> float:
        if not self.at:
            self._begin()
        self._titles()
        if self.at + self._header_height() + 60 > self._bottom:
            self._begin()
        self._header()
        for number, cells in enumerate(self.rows):
            self._row(number, cells)
        rule(self.sheet, self.drawn)
        for note in self.table.notes:
            self.at += 14
            self.sheet.text(MARGIN, self.at, note, 10)
        return self.at

    def _begin(self) -> None:
        rule(self.sheet, self.drawn)
        self.drawn = []
        self.at = _new_page(self.sheet, self.page, self.layout.rotate)

    def _titles(self) -> None:
        for title in self.table.title:
            self.at = _block(self.sheet, title, self.at, min(12.0, self.size + 2), centred=True)
        self.at += 10

    def _level_heights(self) -> list[float]:
        """Heights of the header's lines: each cell of one line fits; spanning cells stretch the last."""
        heights = [self._height(1)] * self.depth
        for cell in sorted(self.head, key=lambda c: c.bottom - c.top):
            lack = self._head_height(cell) - sum(heights[cell.top : cell.bottom + 1])
            heights[cell.bottom] += max(0.0, lack)
        return heights

    def _head_height(self, cell: GridCell) -> float:
        lines = self._lines(cell)
        if self._is_turned(cell):
            return max(self._measure(line, cell) for line in lines) + 2 * self.layout.pad
        return self._height(len(lines))

    def _header_height(self) -> float:
        return sum(self._level_heights())

    def _header(self) -> None:
        heights = self._level_heights()
        tops = [self.at + sum(heights[:n]) for n in range(self.depth + 1)]
        for cell in self.head:
            self._cell(cell, self._lines(cell), tops[cell.top], tops[cell.bottom + 1], -1)
        self.at = tops[-1]

    def _row(self, number: int, cells: list[GridCell]) -> None:
        lines = [self._lines(cell) for cell in cells]
        most = max(1, *(len(part) for part in lines))
        if self.at + self._height(most) > self._bottom:
            fits = int((self._bottom - self.at - 6) / self._line)
            if self.layout.break_rows and 0 < fits < most:
                self._strip(number, cells, [part[:fits] for part in lines], fits)
                lines, most = [part[fits:] for part in lines], most - fits
            self._begin()
            if self.layout.repeat_header:
                self._header()
        self._strip(number, cells, lines, most)

    def _strip(self, number: int, cells: list[GridCell], lines: list[list[str]], most: int) -> None:
        bottom = self.at + self._height(most)
        for cell, part in zip(cells, lines, strict=True):
            self._cell(cell, part, self.at, bottom, number)
        self.at = bottom

    def _cell(self, cell: GridCell, lines: list[str], top: float, bottom: float, row: int) -> None:
        x0, x1 = self.edges[cell.first], self.edges[cell.last + 1]
        self.drawn.append(DrawnCell(x0, top, x1, bottom, row))
        if self._is_turned(cell):
            self._turned(cell, lines, (x0 + x1) / 2, (top + bottom) / 2)
            return
        free = bottom - top - len(lines) * self._line
        baseline = top + free / 2 + self.size * 0.85
        for line in lines:
            self.sheet.text(
                self._start(cell, line, x0, x1), baseline, line, self.size,
                cell.role in ("head", "section"),
            )  # fmt: skip
            baseline += self._line

    def _turned(self, cell: GridCell, lines: list[str], x: float, y: float) -> None:
        """Lines that run upwards, side by side, in the middle of their cell."""
        base = x - len(lines) * self._line / 2 + self.size * 0.85
        for line in lines:
            self.sheet.text_upwards(base, y + self._measure(line, cell) / 2, line, self.size, True)
            base += self._line

    def _start(self, cell: GridCell, line: str, x0: float, x1: float) -> float:
        pad, room = self.layout.pad, x1 - x0 - self._measure(line, cell)
        if cell.role in ("name", "section"):
            return x0 + pad
        if cell.role == "figure" and self.layout.align != "center":
            return x1 - pad - (room - room + self._measure(line, cell))
        return x0 + room / 2


def upright(layout: Layout) -> Layout:
    """The layout without its turn, for pictures that a scanner will turn."""
    return replace(layout, rotate=0)
