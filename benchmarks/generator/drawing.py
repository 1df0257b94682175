"""A page to draw on: origin top left, y downward, upright whatever /Rotate the file will say."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from io import BytesIO
from random import Random

from reportlab.pdfgen.canvas import Canvas

from benchmarks.generator.fonts import font, width
from benchmarks.generator.layouts import Layout
from benchmarks.generator.legacy import tcvn3, vni

A4 = (595.28, 841.89)
SOFT_HYPHEN = "\u00ad"


def spell(text: str, spelling: str) -> str:
    """A text as the text layer will have it."""
    if spelling == "nfd":
        return unicodedata.normalize("NFD", text)
    if spelling == "u-hook":
        return text.replace("ư", "ƣ").replace("Ư", "Ƣ")
    if spelling == "no-break":
        return text.replace(" ", "\u00a0")
    if spelling == "soft-hyphen":
        return " ".join(w[:3] + SOFT_HYPHEN + w[3:] if len(w) > 5 else w for w in text.split(" "))
    return {"tcvn3": tcvn3, "vni": vni}.get(spelling, str)(text)


class Sheet:
    """Collects what is drawn on each page and puts it down when the page ends."""

    def __init__(self, layout: Layout, rng: Random) -> None:
        self.layout, self.rng = layout, rng
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, invariant=1, pageCompression=1)
        self.canvas.setProducer("")
        self.texts: list[Callable[[], None]] = []
        self.shapes: list[Callable[[], None]] = []
        self.size = A4
        self.pages = 0

    def page(self, size: tuple[float, float], rotate: int = 0) -> None:
        """Begin a page of this size as shown (width, height)."""
        self.flush()
        self.size, self.pages = size, self.pages + 1
        across, down = size
        self.canvas.setPageSize(size)
        self.canvas.setPageRotation(rotate)
        turns = {90: (down, 0.0, 90), 180: (across, down, 180), 270: (0.0, across, -90)}
        if rotate in turns:
            x, y, angle = turns[rotate]
            self.canvas.translate(x, y)
            self.canvas.rotate(angle)

    def flush(self) -> None:
        if not self.pages:
            return
        if self.layout.drawing == "shuffled":
            self.rng.shuffle(self.texts)
        for draw in [*self.shapes, *self.texts]:
            draw()
        self.shapes, self.texts = [], []
        self.canvas.showPage()

    def finish(self) -> bytes:
        self.flush()
        self.canvas.save()
        return self.buffer.getvalue()

    def font(self, bold: bool) -> str:
        return font(self.layout.font, bold, self.layout.spelling)

    def width(self, text: str, size: float, bold: bool = False) -> float:
        return width(spell(text, self.layout.spelling), self.font(bold), size)

    def text(self, x: float, y: float, text: str, size: float, bold: bool = False) -> None:
        """Put a line with its baseline at `y`."""
        for piece, at in self._pieces(text, size, bold):
            self.texts.append(lambda p=piece, a=at: self._put(x + a, y, p, size, bold))  # type: ignore[misc]

    def _put(self, x: float, y: float, text: str, size: float, bold: bool) -> None:
        self.canvas.setFont(self.font(bold), size)
        self.canvas.drawString(x, self.size[1] - y, text)

    def text_upwards(self, x: float, y: float, text: str, size: float, bold: bool) -> None:
        """Put a line that runs up the page from `y`, its base line at `x`."""

        def draw() -> None:
            self.canvas.saveState()
            self.canvas.translate(x, self.size[1] - y)
            self.canvas.rotate(90)
            self.canvas.setFont(self.font(bold), size)
            self.canvas.drawString(0, 0, spell(text, self.layout.spelling))
            self.canvas.restoreState()

        self.texts.append(draw)

    def _pieces(self, text: str, size: float, bold: bool) -> list[tuple[str, float]]:
        spelt = spell(text, self.layout.spelling)
        if self.layout.drawing == "words":
            pieces, step = spelt.split(" "), " "
        elif self.layout.drawing == "glyphs":
            pieces, step = list(spelt), ""
        else:
            return [(spelt, 0.0)]
        name, found, at = self.font(bold), [], 0.0
        for piece in pieces:
            found.append((piece, at))
            at += width(piece + step, name, size)
        return [(piece, x) for piece, x in found if piece.strip()]

    def line(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        thick: float = 0.5,
        dots: tuple[float, ...] = (),
    ) -> None:
        """`dots`: the lengths of dots and gaps, a whole line without them."""

        def draw() -> None:
            self.canvas.setLineWidth(thick)
            self.canvas.setDash(dots)
            self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

        self.shapes.append(draw)

    def fill(self, x0: float, y0: float, x1: float, y1: float, gray: float) -> None:
        def draw() -> None:
            self.canvas.setFillGray(gray)
            self.canvas.rect(x0, self.size[1] - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
            self.canvas.setFillGray(0)

        self.shapes.append(draw)
