"""Draws small PDF pages for the tests of the digital reader."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

FONT = "Helvetica"
HEIGHT = 842.0

HEADER = ("STT", "Don vi", "Chi so 1 (5d)", "Chi so 2 (10d)", "Tong", "Xep loai")
ROWS = (
    ("1", "UBND xa A", "4,5", "9,25", "13,75", "Tot"),
    ("2", "UBND xa B", "-", "10", "10", "Kha"),
    ("3", "UBND xa C", "5", "", "5", "Yeu"),
)
EDGES = (40.0, 70.0, 220.0, 290.0, 360.0, 420.0, 500.0)


class Paper:
    """A canvas with the origin at the top left, like the reader's boxes."""

    def __init__(self, size: tuple[float, float] = (595.0, HEIGHT)) -> None:
        self.buffer = BytesIO()
        self.height = size[1]
        self.canvas = Canvas(self.buffer, pagesize=size)
        self.canvas.setFont(FONT, 10)

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = FONT) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)

    def page(self) -> None:
        self.canvas.showPage()
        self.canvas.setFont(FONT, 10)

    def save(self, path: Path) -> Path:
        self.canvas.save()
        path.write_bytes(self.buffer.getvalue())
        return path


def fill_rows(
    paper: Paper, rows: tuple[tuple[str, ...], ...], top: float, step: float = 18
) -> float:
    """Writes rows of cells at EDGES, the first baseline 12 pt under `top`; returns the bottom."""
    for i, row in enumerate(rows):
        for x, text in zip(EDGES, row, strict=False):
            paper.text(x + 4, top + i * step + 12, text)
    return top + len(rows) * step


def rule(paper: Paper, top: float, rows: int, step: float = 18, thin: bool = False) -> None:
    """Rules a grid over EDGES, as strokes or as thin rectangles."""
    bottom = top + rows * step
    for i in range(rows + 1):
        y = top + i * step
        if thin:
            paper.bar(EDGES[0], y - 0.3, EDGES[-1], y + 0.3)
        else:
            paper.line(EDGES[0], y, EDGES[-1], y)
    for x in EDGES:
        if thin:
            paper.bar(x - 0.3, top, x + 0.3, bottom)
        else:
            paper.line(x, top, x, bottom)
