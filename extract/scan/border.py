"""What the scanner adds to the paper: the dark frame around the sheet, made paper.

A frame is straight where the text is askew, and longer than any line: a page would be set upright by it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.ink import Gray, Mask

# Points to a pixel of the coarse picture in which a frame is looked for: a rule of at most 2.6 pt (see
# ruling.THICKEST) fills little more than one, so that an opening of three leaves none of it.
COARSE = 2.0
# What is darker than this share of the paper may be a frame: lids are black to middling gray (0.05 to 0.45 of
# the paper), the shadow of a binding keeps more.
DARK = 0.5
# How many times as bright the paper beside a frame is: it begins at once, with 1.55 for a gray lid and dim paper
# and more for others. Beside the darkest part of a binding's shadow, which fades over centimetres, it has 1.4.
AT_ONCE = 1.5
# Of all pixels so many are paper or brighter; a page that is mostly dark has no frame but is dark itself.
PAPER, MOSTLY = 80.0, 0.5
# A frame's blurred edge and the sheet's own shadow beside it, in coarse pixels: 4 points.
SEAM = 2
# Nothing so thin, in coarse pixels, is a frame: it may be a table's own line at the edge of a cut-out page.
# Where a frame runs out in a wedge, or is thinner on other sides, one pixel is enough.
OPENING, THINNEST = 3, 1
# What is darker than this share of the paper along a whole edge of the page is the fold of a binding: nothing is
# printed so near to it (the paper there has 0.4 to 0.6, and 0.7 already 15 points further in).
FOLD = 0.6

Coarse = NDArray[np.uint8]


def without_border(gray: Gray, unit: float) -> Gray:
    """The page with the dark frame at its edges made paper; `unit` is pixels per point."""
    side = max(1, round(COARSE * unit))
    coarse = _coarse(gray, side)
    frame = _frame(coarse)
    if not frame.any():
        return gray
    paper = _paper_beside(coarse, frame)
    out = gray.copy()
    for y, x in (np.argwhere(frame) * side).tolist():
        out[y : y + side, x : x + side] = paper[y // side, x // side]
    return out


def folds(gray: Gray) -> tuple[int, int]:
    """How far the shadow of a binding reaches in from the left and from the right edge, in pixels: its darkest part,
    where the paper's grain is as dark as ink."""
    dark = np.median(gray, axis=0) < FOLD * np.percentile(gray, PAPER)
    if dark.all():
        return 0, 0
    return int(dark.argmin()), int(dark[::-1].argmin())


def _coarse(gray: Gray, side: int) -> Coarse:
    """The mean of each `side` x `side` tile."""
    below, right = -gray.shape[0] % side, -gray.shape[1] % side
    whole = cv2.copyMakeBorder(gray, 0, below, 0, right, cv2.BORDER_REPLICATE)
    size = (whole.shape[1] // side, whole.shape[0] // side)
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), np.uint8)


def _frame(coarse: Coarse) -> Mask:
    """Thick dark that reaches in from an edge, and what is beside it."""
    dark = (coarse < DARK * np.percentile(coarse, PAPER)).astype(np.uint8)
    if not 0 < dark.mean() < MOSTLY:
        return np.zeros(dark.shape, bool)
    labels = cv2.connectedComponents(_opened(dark, OPENING - THINNEST), connectivity=8)[1]
    thick = np.where(_opened(dark, 1), labels, 0)
    frame = np.zeros(dark.shape, bool)
    for number in _at_edges(thick):
        part = _grown(labels == number, SEAM)
        if _ends_at_once(coarse, labels == number, part):
            frame |= part
    return frame


def _ends_at_once(coarse: Coarse, dark: Mask, part: Mask) -> bool:
    """Whether bright paper begins right beside a dark part of the page; a binding's shadow fades."""
    beside = coarse[_grown(part, 1) & ~part]
    return bool(beside.size and np.median(beside) > AT_ONCE * max(1.0, np.median(coarse[dark])))


def _grown(mask: Mask, by: int) -> Mask:
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((2 * by + 1,) * 2, np.uint8)), bool)


def _opened(dark: Coarse, outside: int) -> Coarse:
    """What is no thinner than OPENING, with so many pixels of dark around the page."""
    around = cv2.copyMakeBorder(dark, *(outside,) * 4, cv2.BORDER_CONSTANT, value=1)
    kernel = np.ones((OPENING, OPENING), np.uint8)
    opened = np.asarray(cv2.morphologyEx(around, cv2.MORPH_OPEN, kernel, borderValue=0), np.uint8)
    return opened[outside:-outside, outside:-outside] & dark


def _at_edges(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """The numbers of what touches an edge."""
    sides = (labels[0], labels[-1], labels[:, 0], labels[:, -1])
    touching = np.unique(np.concatenate(sides))
    return touching[touching > 0]


def _paper_beside(coarse: Coarse, frame: Mask) -> Coarse:
    """For each pixel of the frame, how bright the paper next to it is."""
    bright = cv2.dilate(np.where(frame, 0, coarse).astype(np.uint8), np.ones((5, 5), np.uint8))
    return np.asarray(cv2.inpaint(bright, frame.astype(np.uint8), 3, cv2.INPAINT_TELEA), np.uint8)
