"""The pixels of a scan in a PDF: drawn at their own size a page is as sharp as it was scanned, drawn at
another each pixel is smeared over its neighbours."""

from __future__ import annotations

import math
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

COARSEST = 145.0
"""Dots per inch of the coarsest scan that is drawn at its own size; a coarser one gains by being drawn larger."""
EVEN = 0.02
"""How far the sizes of a picture's pixels may be apart, across and down and from those of its neighbours."""
LEVEL = 1e-3
"""Slant of a picture, as a sine, from which its pixels are not the page's at any size."""
NESTED = 3


def scale_at(page: pypdfium2.PdfPage, finest: float, factor: float) -> float:
    """Pixels per point at which to draw a page that is to be `factor` times its size: those of the scan on it, or
    `finest` dots per inch where it is finer or too coarse, or where more than a scan is drawn there."""
    most = finest / 72 * factor
    own = _own(page)
    return most if own is None or own < COARSEST / 72 * factor else min(own, most)


def _own(page: pypdfium2.PdfPage) -> float | None:
    """Pixels per point of the page's pictures, where it has no more than these and they agree. Those in forms are
    scaled by these as well."""
    objects = list(page.get_objects(max_depth=NESTED))
    drawn = [item for item in objects if item.type != pdfium.FPDF_PAGEOBJ_FORM and _seen(item)]
    if not drawn or any(item.level or item.type != pdfium.FPDF_PAGEOBJ_IMAGE for item in drawn):
        return None
    scales = [scale for item in drawn for scale in _scales(item)]
    # a little less than the scan's own: the size of the drawing is rounded up
    agree = len(scales) == 2 * len(drawn) and max(scales) < (1 + EVEN) * min(scales)
    return min(scales) * (1 - 1e-6) if agree else None


def _seen(item: Any) -> bool:
    """Whether an object is more than the invisible text that recognition programs write."""
    text = item.type == pdfium.FPDF_PAGEOBJ_TEXT
    return not (text and pdfium.FPDFTextObj_GetTextRenderMode(item.raw) == 3)


def _scales(picture: Any) -> tuple[float, ...]:
    """Pixels per point of a picture along its sides; none of one that lies askew."""
    a, b, c, d, _, _ = picture.get_matrix().get()
    wide, high = math.hypot(a, b), math.hypot(c, d)
    if not wide or not high or min(abs(a), abs(b)) > LEVEL * wide:
        return ()
    across, down = picture.get_px_size()
    return across / wide, down / high
