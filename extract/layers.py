"""What a PDF page is made of: text to trust, a picture of a page, a picture with a poor text over it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from .document import PageKind

PAGE_SIZED = 0.6
"""Share of the page a picture covers to be a picture of the page: scans are cropped to the margins
at most, while seals, logos and photographs stay far below."""
FEW_CHARS = 30
"""A stamp or a page number that a program printed on a scan has fewer characters."""
UNMAPPED = 0.2
"""Share of characters without a Unicode meaning from which a text layer says nothing."""

_UNMAPPED = re.compile("\\(cid:\\d+\\)|[\ue000-\uf8ff\ufffd]")


def kind_of(page: Any, path: Path, number: int) -> PageKind:
    """How page `number` (from 1) of the file is to be read; `page` is pdfplumber's."""
    letters = [char["text"] for char in page.chars if not char["text"].isspace()]
    pictured = _covered_by_pictures(page)
    if not letters:
        return "scan" if pictured > 0.05 or len(page.curves) > FEW_CHARS else "blank"
    if sum(_UNMAPPED.match(letter) is not None for letter in letters) > UNMAPPED * len(letters):
        return "scan"
    if pictured < PAGE_SIZED:
        return "digital"
    if len(letters) < FEW_CHARS:
        return "scan"
    return "ocr-layer" if _text_hidden(path, number) else "digital"


def _covered_by_pictures(page: Any) -> float:
    """Share of the page under its pictures; the strips of one scan add up."""
    whole = float(page.width * page.height)
    area = sum(
        max(0.0, min(i["x1"], page.width) - max(i["x0"], 0))
        * max(0.0, min(i["bottom"], page.height) - max(i["top"], 0))
        for i in page.images
    )
    return float(min(1.0, area / whole))


def _text_hidden(path: Path, number: int) -> bool:
    """Whether most text is invisible (as recognition programs write it) or lies under the picture."""
    hidden = shown = 0
    with pypdfium2.PdfDocument(path) as pdf:
        later_picture = False
        for obj in reversed(list(pdf[number - 1].get_objects(max_depth=3))):
            if obj.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                later_picture = True
            elif obj.type == pdfium.FPDF_PAGEOBJ_TEXT:
                invisible = pdfium.FPDFTextObj_GetTextRenderMode(obj.raw) == 3
                hidden, shown = (
                    hidden + (invisible or later_picture),
                    shown + (not (invisible or later_picture)),
                )
    return hidden >= shown
