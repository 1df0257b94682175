"""Reads one scanned page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.document import Line, Page, PageKind, Paragraph, Table
from extract.scan.cells import read_cells
from extract.scan.doubled import whole_columns
from extract.scan.engine import data_folder
from extract.scan.layer import Token, heard, tokens_of
from extract.scan.loose import Loose, loose_tables
from extract.scan.mesh import Grid
from extract.scan.picture import Picture, level, working_gray
from extract.scan.prose import prose_of
from extract.scan.ruled import ruled_of
from extract.scan.ruling import Rules
from extract.scan.sides import right_side_up
from extract.scan.table import table_of
from extract.scan.unlined import untorn

# A page with fewer blobs of a letter's height (points) than two words have is blank: neither dust nor
# punch holes are so high, or so low.
FEWEST, LETTER = 8, (3.0, 20.0)
# Strips in which they are looked for, until there are enough.
STRIPS = 6


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
    """Reads a page's picture. `layer` holds the words of a scanner's own text: a second witness only.

    Raises Unreadable("ocr-missing") without Tesseract's data.
    """
    data_folder()
    dpi = image.width / width_pt * 72
    kind: PageKind = "ocr-layer" if layer else "scan"
    page = Page(number, width_pt, height_pt, kind, dpi=round(dpi, 1))
    picture = level(*working_gray(image, dpi))
    if _is_blank(picture):
        return PageReading(replace(page, kind="blank"))
    picture, rules = right_side_up(picture)
    frame = picture.frame
    page = replace(page, turned=frame.turned, skew=round(frame.skew, 2))
    return _read(picture, rules, page, tokens_of(layer))


def _is_blank(picture: Picture) -> bool:
    strips = np.array_split(picture.ink.dark.astype(np.uint8), STRIPS)
    letters = accumulate(_letters(strip, picture.unit) for strip in strips)
    return not any(count >= FEWEST for count in letters)


def _letters(ink: NDArray[np.uint8], unit: float) -> int:
    """How many blobs of the size of letters stand in a part of a page."""
    stats = cv2.connectedComponentsWithStats(ink)[2][1:]
    high, wide = (stats[:, k] / unit for k in (cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH))
    sized = (high > LETTER[0]) & (high < LETTER[1]) & (wide < 2 * LETTER[1])
    return int(np.count_nonzero(sized))


def _read(picture: Picture, rules: Rules, page: Page, said: Sequence[Token]) -> PageReading:
    lines = ruled_of(picture, rules)
    picture, rules, grids = lines.picture, lines.rules, lines.grids
    ruled = [_ruled(picture, grid, page.number, n) for n, grid in enumerate(grids)]
    loose = loose_tables(picture, grids, rules, page.number)
    tables = untorn(picture, rules, ruled, loose, page.number)
    places = [(t.x0, t.top, t.x1, t.bottom) for t in tables]
    items: list[tuple[float, Paragraph | Table]] = [*prose_of(picture, places, page.number)]
    items += [(t.top, heard(whole_columns(t.table), said)) for t in tables]
    items.sort(key=lambda item: item[0])
    ordered = [replace(item, order=order) for order, (_, item) in enumerate(items)]
    return PageReading(
        page,
        tuple(i for i in ordered if isinstance(i, Paragraph)),
        tuple(i for i in ordered if isinstance(i, Table)),
    )


def _ruled(picture: Picture, grid: Grid, page: int, order: int) -> Loose:
    """A ruled table as read, and its place."""
    texts = read_cells(picture, grid.cells)
    table = table_of(grid, texts, picture.frame, page, order)
    return Loose(table, grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
