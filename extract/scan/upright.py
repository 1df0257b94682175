"""Sets a page upright: which way it lies, how far it is askew."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Box
from extract.scan.bend import Bend
from extract.scan.ink import Gray, Mask

Matrix = NDArray[np.float64]

# Skew beyond this is not looked for: feeders keep within 3 degrees.
MOST_SKEW = 4.0
# Below this a page is left as it is: 0.02 degrees move a rule one pixel in 3000.
LEAST_SKEW = 0.02
# No letter or digit of a text is so high, in points: in typefaces set wide they stand apart, all upright.
LETTER = 14.0


@dataclass(frozen=True, slots=True)
class Frame:
    """From pixels of the upright picture to points of the page as shown."""

    matrix: Matrix
    turned: int
    skew: float
    bend: Bend | None = None

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """The upright box around an upright pixel box's image on the page as shown."""
        x, y = np.array([x0, x1, x0, x1], np.float64), np.array([top, top, bottom, bottom])
        if self.bend:
            x, y = self.bend.sources(x, y)
        points = np.stack([x, y, np.ones(4)], axis=1) @ self.matrix.T
        low, high = points.min(axis=0), points.max(axis=0)
        return Box(*(round(float(v), 2) for v in (low[0], low[1], high[0], high[1])))


def lies_sideways(dark: Mask, unit: float) -> bool:
    """Whether the text runs up or down the page: letters run together to words, words are long."""
    side = round(1.6 * unit) | 1
    words = cv2.morphologyEx(
        dark.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)
    )
    stats = cv2.connectedComponentsWithStats(words, connectivity=8)[2][1:]
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    # Words of common sizes only: neither specks nor rules, nor letters that stand alone.
    longer = np.maximum(width, height)
    sized = (
        (np.minimum(width, height) > 4 * unit) & (longer > LETTER * unit) & (longer < 120 * unit)
    )
    lying = int((sized & (width > 1.7 * height)).sum())
    standing = int((sized & (height > 1.7 * width)).sum())
    return standing > lying


def skew_of(dark: Mask) -> float:
    """Degrees clockwise by which lines of text and rules are askew."""
    y, x = np.nonzero(dark)
    if len(x) < 200:
        return 0.0
    keep = np.linspace(0, len(x) - 1, min(len(x), 120_000)).astype(int)
    x, y = x[keep].astype(np.float64) - dark.shape[1] / 2, y[keep].astype(np.float64)
    best = 0.0
    for reach, step in ((MOST_SKEW, 0.2), (0.2, 0.04), (0.04, 0.01)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        best = float(angles[int(np.argmax([_sharpness(x, y, a) for a in angles]))])
    return best if abs(best) >= LEAST_SKEW else 0.0


def _sharpness(x: NDArray[np.float64], y: NDArray[np.float64], degrees: float) -> float:
    """How much ink falls together when the page is turned back by so much."""
    rows = y - x * np.tan(np.radians(degrees))
    counts = np.bincount((rows - rows.min()).astype(np.int64)).astype(np.float64)
    return float((counts**2).sum())


def set_upright(gray: Gray, turned: int, skew: float, dpi: float) -> tuple[Gray, Frame]:
    """The picture turned clockwise by `turned` and freed of `skew`, with the way back."""
    height, width = gray.shape
    upright = np.ascontiguousarray(np.rot90(gray, -turned // 90))
    back = np.vstack([_turn_back(turned, width, height), [0, 0, 1]])
    rows, columns = upright.shape
    if skew:
        forth = cv2.getRotationMatrix2D((columns / 2, rows / 2), skew, 1.0)
        warped = cv2.warpAffine(
            upright, forth, (columns, rows), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        upright = np.ascontiguousarray(warped, np.uint8)
        back = back @ np.vstack([cv2.invertAffineTransform(forth), [0, 0, 1]])
    return upright, Frame(back[:2] * (72 / dpi), turned, skew)


def _turn_back(turned: int, width: int, height: int) -> Matrix:
    """Upright pixels to shown pixels, for a shown picture of that size."""
    return {
        0: np.array([[1, 0, 0], [0, 1, 0]], np.float64),
        90: np.array([[0, 1, 0], [-1, 0, height]], np.float64),
        180: np.array([[-1, 0, width], [0, -1, height]], np.float64),
        270: np.array([[0, -1, width], [1, 0, 0]], np.float64),
    }[turned]
