"""A scan made ready to be read: one resolution, upright, its ink apart from the paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.scan.bend import Bend
from extract.scan.border import without_border
from extract.scan.fills import without_fills
from extract.scan.ink import Gray, Ink, Mask, gray_of, ink_of
from extract.scan.specks import without_specks
from extract.scan.streaks import without_streaks
from extract.scan.upright import Frame, lies_sideways, set_upright, skew_of

# Tesseract and our digit reader gain nothing from more (measured: 300 dpi reads no better than 200),
# and cost grows with the square.
FINEST = 210.0
# Enough to see how a page lies. At 75 dpi letters and lines of a thin print fall apart.
ROUGH = 100.0
# Pixels between the places for which a bend is worked out: between two of them it is straight.
MESH = 16

Values = TypeVar("Values", bound=NDArray[Any])


@dataclass(frozen=True, slots=True)
class Picture:
    """An upright page: its gray and its ink, pixels per point, and the way back to the shown page."""

    gray: Gray
    ink: Ink
    unit: float
    frame: Frame


def working_gray(image: Image.Image, dpi: float) -> tuple[Gray, float]:
    """The sheet in gray at no more than FINEST dpi, without the scanner's frame and streaks; its resolution."""
    gray = without_fills(gray_of(image), np.asarray(image.convert("L"), np.uint8), dpi)
    gray, dpi = _at_most_finest(without_specks(gray, dpi), dpi)
    return without_border(without_streaks(gray, dpi / 72), dpi / 72), dpi


def _at_most_finest(gray: Gray, dpi: float) -> tuple[Gray, float]:
    if dpi <= FINEST:
        return gray, dpi
    share = 200.0 / dpi
    size = (round(gray.shape[1] * share), round(gray.shape[0] * share))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8), 200.0


def level(gray: Gray, dpi: float) -> Picture:
    """The page freed of skew, its text running left to right or upside down."""
    dark = rough_ink(gray, dpi)
    sideways = lies_sideways(dark, ROUGH / 72)
    return turn(gray, dpi, 270 if sideways else 0, dark)


def rough_ink(gray: Gray, dpi: float) -> Mask:
    """Ink at ROUGH dpi."""
    share = ROUGH / dpi
    coarse = cv2.resize(gray, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return ink_of(np.asarray(coarse, np.uint8), ROUGH / 72).dark


def turn(gray: Gray, dpi: float, turned: int, dark: Mask) -> Picture:
    """The picture turned clockwise by `turned` and freed of the skew of its rough ink."""
    upright, frame = set_upright(gray, turned, skew_of(np.rot90(dark, -turned // 90)), dpi)
    return Picture(upright, ink_of(upright, dpi / 72), dpi / 72, frame)


def straightened(picture: Picture, bend: Bend) -> Picture:
    """The upright picture with its bent lines made straight."""
    rows, columns = picture.gray.shape
    x, y = (np.arange(n / MESH) * MESH + (MESH - 1) / 2 for n in (columns, rows))
    size = (MESH * len(x), MESH * len(y))
    from_x, from_y = (
        cv2.resize(m.astype(np.float32), size)[:rows, :columns]
        for m in bend.sources(*np.meshgrid(x, y))
    )
    flat = cv2.remap(picture.gray, from_x, from_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    gray = np.asarray(flat, np.uint8)
    frame = replace(picture.frame, bend=bend)
    return Picture(gray, ink_of(gray, picture.unit), picture.unit, frame)


def overturned(picture: Picture) -> Picture:
    """The same picture turned by another 180 degrees."""
    height, width = picture.gray.shape
    flip = np.array([[-1, 0, width], [0, -1, height], [0, 0, 1]], np.float64)
    frame = picture.frame
    matrix = (np.vstack([frame.matrix, [0, 0, 1]]) @ flip)[:2]
    old = picture.ink
    ink = Ink(_half_turned(old.depth), _half_turned(old.dark), _half_turned(old.faint))
    turned = Frame(matrix, (frame.turned + 180) % 360, frame.skew)
    return Picture(_half_turned(picture.gray), ink, picture.unit, turned)


def _half_turned(values: Values) -> Values:
    return cast(Values, np.ascontiguousarray(values[::-1, ::-1]))
