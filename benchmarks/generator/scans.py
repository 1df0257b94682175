"""A PDF file as a scanner would send it: every page a picture, damaged or not."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks.generator.damage import Damage, scan_page


def pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages of a PDF file as pictures."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def scanned(pdf: bytes, damage: Damage, seed: int) -> bytes:
    """The file printed and scanned: one picture per page, no text layer."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for number, page in enumerate(pages(pdf, damage.dpi)):
        picture, _ = scan_page(page, damage, seed + number)
        size = (picture.width * 72 / damage.dpi, picture.height * 72 / damage.dpi)
        canvas.setPageSize(size)
        canvas.drawImage(_kept(picture, damage.jpeg), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _kept(picture: Image.Image, quality: int | None) -> ImageReader:
    """The picture as the scanner stores it: JPEG, or without loss."""
    file = BytesIO()
    if quality is None or picture.mode == "1":
        picture.save(file, "PNG")
    else:
        picture.save(file, "JPEG", quality=quality)
    file.seek(0)
    return ImageReader(file)
