"""A PDF file as a scanner would send it: every page a picture, damaged or not."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from random import Random

import pdfplumber
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks.generator.damage import Damage, Matrix, scan_page


def pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages of a PDF file as pictures."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def scanned(pdf: bytes, damage: Damage, seed: int, layer: bool = False) -> bytes:
    """The file printed and scanned: one picture per page, `layer`: over a scanner's own poor text."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    words = _words(pdf) if layer else []
    for number, page in enumerate(pages(pdf, damage.dpi)):
        picture, matrix = scan_page(page, damage, seed + number)
        size = (picture.width * 72 / damage.dpi, picture.height * 72 / damage.dpi)
        canvas.setPageSize(size)
        canvas.drawImage(_kept(picture, damage.jpeg), 0, 0, *size)
        if layer:
            _hide(canvas, words[number], matrix, size[1], Random(seed + number))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


Word = tuple[str, float, float, float, float]
"""A word and its box in points: left, top, right, bottom."""

MISREAD = {"5": "S", "1": "|", "8": "B", "-": ".", "0": "O"}
LOST_MARK, MISTAKEN = 0.5, 0.06
"""How often such programs lose a comma or point, and take one sign for another: two figures of three come
out right."""


def _words(pdf: bytes) -> list[list[Word]]:
    """The words of each page."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return [
            [(w["text"], w["x0"], w["top"], w["x1"], w["bottom"]) for w in page.extract_words()]
            for page in document.pages
        ]


def poorly_read(word: str, rng: Random) -> str:
    """The word as a program without Vietnamese reads it: no diacritics, commas lost, signs mistaken."""
    bare = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    kept = (
        MISREAD.get(char, char) if rng.random() < MISTAKEN else char
        for char in bare
        if not unicodedata.combining(char) and (char not in ",." or rng.random() > LOST_MARK)
    )
    return "".join(kept).encode("latin-1", "ignore").decode("latin-1")


def _hide(canvas: Canvas, words: list[Word], matrix: Matrix, height: float, rng: Random) -> None:
    """Writes the words where they stand on the scan, invisibly; on pages that are not turned."""
    for text, x0, top, x1, bottom in words:
        left, base = matrix @ (x0, bottom - 0.2 * (bottom - top), 1)
        said = poorly_read(text, rng)
        size = 0.8 * (bottom - top)
        wide = canvas.stringWidth(said, "Helvetica", size)
        if wide:
            line = canvas.beginText(left, height - base)
            line.setFont("Helvetica", size)
            line.setTextRenderMode(3)
            line.setHorizScale(100 * (x1 - x0) / wide)
            line.textOut(said)
            canvas.drawText(line)


def _kept(picture: Image.Image, quality: int | None) -> ImageReader:
    """The picture as the scanner stores it: JPEG, or without loss."""
    file = BytesIO()
    if quality is None or picture.mode == "1":
        picture.save(file, "PNG")
    else:
        picture.save(file, "JPEG", quality=quality)
    file.seek(0)
    return ImageReader(file)
