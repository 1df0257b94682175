"""The ink on a page: colour inks set aside, lighting evened out, black separated from white."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]

# A pixel of colour ink: the channels differ by more than JPEG's chroma noise does (measured on
# generated colour scans: noise stays under 30, seals and pens over 60).
COLOURED = 45
# Share of the local ink's darkness from which a pixel is ink. Half way between paper and ink, a
# little on the ink's side because blur spreads it.
INK = 0.45
# Rules are thinner than a pixel at 150 dpi and so paler than letters.
FAINT = 0.22
# Paper is never darker than this share without ink on it: the floor under "local ink" that keeps
# noise on empty paper from becoming ink.
FLOOR = 0.28
# ... nor paler than this share of the page's usual ink: toner that runs out loses at most half.
SHARE_OF_USUAL = 0.55
# A red seal scanned in gray has less of the depth of the print that it lies on (0.33 to 0.6 by its brightness);
# print has more within its strokes.
PALER = 0.7
# Paper's own grain, in standard deviations, that is no ink.
NOISE = 2.0


@dataclass(frozen=True, slots=True)
class Ink:
    """`depth` is 0 on paper and 255 in full ink; `faint` also has what is only as pale as a rule."""

    depth: Gray
    dark: Mask
    faint: Mask


def gray_of(image: Image.Image) -> Gray:
    """The page without coloured ink: a red seal or blue pen becomes paper where it crosses nothing."""
    if image.mode in ("1", "L", "I;16"):
        return np.asarray(image.convert("L"), np.uint8)
    colours = np.asarray(image.convert("RGB"), np.uint8)
    if _is_gray(colours):
        return np.ascontiguousarray(colours[..., 0])
    gray = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    red, green, blue = cv2.split(colours)
    bright = cv2.max(cv2.max(red, green), blue)
    coloured = cv2.blur(bright - cv2.min(cv2.min(red, green), blue), (3, 3)) > COLOURED
    if not coloured.any():
        return np.asarray(gray, np.uint8)
    paper = int(np.percentile(bright[::7, ::7], 80))
    # In its own brightest channel coloured ink is nearly paper; stretch so that it is paper.
    lifted = np.clip((np.arange(256) - 20) * (1.45 * paper / 235), 0, paper).astype(np.uint8)
    gray[coloured] = lifted[bright[coloured]]
    return np.asarray(gray, np.uint8)


def _is_gray(colours: NDArray[np.uint8]) -> bool:
    """Whether nothing on a page has a colour; a few of its pixels tell of most that have one."""
    return all(
        np.array_equal(part[..., 0], part[..., 1]) and np.array_equal(part[..., 1], part[..., 2])
        for part in (colours[::16, ::16], colours)
    )


def ink_of(gray: Gray, unit: float) -> Ink:
    """Separates ink from paper; `unit` is pixels per point."""
    depth = _depth(gray, unit)
    return Ink(depth, depth > INK * 255, depth > FAINT * 255)


def without_grain(depth: Gray) -> Gray:
    """The ink of a part of a page, with what is paler than a rule made paper."""
    return np.asarray(
        np.clip((depth / np.float32(255) - FAINT) / (1 - 2 * FAINT), 0, 1) * 255, np.uint8
    )


def grown(mask: Mask) -> Mask:
    """A mask with the pixels beside its own."""
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)


def darkest(ink: Ink) -> Ink:
    """Only what is darker than a seal in gray is, and its edges: paler ink set aside."""
    kept = grown(np.asarray(ink.depth > PALER * 255))
    return Ink(np.where(kept, ink.depth, 0).astype(np.uint8), kept & ink.dark, ink.faint)


def _depth(gray: Gray, unit: float) -> Gray:
    """Ink's darkness relative to the paper and to the darkest ink around, so faded ink is full ink."""
    paper = _paper(gray, unit)
    strength = gray / np.maximum(paper, 1.0, out=paper)
    np.subtract(1 - NOISE * _noise(gray) / 255, strength, out=strength)
    np.maximum(strength, 0, out=strength)
    calm = np.asarray(cv2.blur(strength, (3, 3)), np.float32)
    local = cv2.dilate(_shrink_max(calm, max(1, round(4 * unit))), np.ones((7, 7), np.uint8))
    inked = local[local > FLOOR]
    floor = max(FLOOR, SHARE_OF_USUAL * float(np.median(inked))) if inked.size else 1.0
    full = cv2.resize(cv2.blur(local, (3, 3)), gray.shape[::-1], interpolation=cv2.INTER_LINEAR)
    np.multiply(full, 1.15, out=full)
    np.maximum(full, floor, out=full)
    strength *= 255
    np.divide(strength, full, out=strength)
    return np.asarray(np.minimum(strength, 255, out=strength), np.uint8)


def _noise(gray: Gray) -> float:
    """The sensor's grain as a standard deviation, from what differs between neighbours on most of a page."""
    part = gray[: gray.shape[0] // 2 * 2 : 2, ::2].astype(np.float32)
    rough = np.abs(part[:, 1:] - part[:, :-1])
    return float(np.median(rough)) * 1.05


def _paper(gray: Gray, unit: float) -> NDArray[np.float32]:
    """How bright the paper is at each pixel: the brightest around, smoothed."""
    side = max(1, round(3 * unit))
    small = _shrink_max(cv2.blur(gray, (3, 3)).astype(np.float32), side)
    closed = cv2.medianBlur(small.astype(np.uint8), 5)
    smooth = cv2.GaussianBlur(closed.astype(np.float32), (0, 0), 2)
    return np.asarray(cv2.resize(smooth, gray.shape[::-1]), np.float32)


def _shrink_max(values: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """The greatest value of each side x side tile."""
    grown = cv2.dilate(values, np.ones((side, side), np.uint8))
    return np.asarray(grown[side // 2 :: side, side // 2 :: side], np.float32)
