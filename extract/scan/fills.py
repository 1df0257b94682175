"""Headings in white on a dark fill, as Excel's table styles have them, made dark letters on paper."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.blobs import Blobs
from extract.scan.ink import Gray, Mask

# Pixels for each point in which fills are looked for.
FINE = 2
# A fill is darker than this share of the paper.
DARK = 0.62
# Beside and between its letters a fill has blocks so wide and high (points) that are dark throughout: lines are
# thinner, letters have white in them. Between two blocks on a line stand its words, at most so wide (a group's
# heading over five columns), and dark over this share: paper between two fills is not.
BLOCK, WORDS, AMID = (3, 8), 300, 0.5
# A letter in a fill is no larger, in points.
HOLE = 16
# Pixels around one, most of which are dark where a fax made a fill dots.
AROUND = 5
# Specks, smaller than so many points, for each square point of a fill that is dots (0.04 to 0.06 in a fax, 0.001 in
# clean fills), and share that is light from which no letters are told from them.
SPECK, DOTTED, DROWNED = 1.0, 0.01, 0.3
# Points: how far the dots around tell what is usual there, and how much letters are smoothed. A letter is lighter by
# this share of what is left to white, and by as much more as the dots are dense; no part of one is smaller (points).
WIDE, CALM, LIGHTER, MORE, DOT = 15.0, 0.4, 0.4, 1.0, 2.4
# ... and from dark to light it takes so much.
SOFT = 0.3
# Smallest fill, in points, and how far it is from the sheet's edge, which scanners make dark.
SMALLEST, EDGE = (60, 8), 6
# Share of a fill that its letters take, and least difference of gray between the two.
LETTERED, APART = (0.004, 0.45), 60.0
# Which of a fill's pixels, in percentiles of their gray, are its own and which its letters'.
OWN, LIGHT = 30, 99.7
# A column of pixels is a line where so much of it stands out from its fill, by so much.
RULED, LINE = 0.8, 0.4
# Points along a fill's edge in which lighter is paper, no letter.
RING = 1.0


def without_fills(gray: Gray, seen: Gray, dpi: float) -> Gray:
    """The picture with its dark fills made paper, and ink what is lighter or darker in them.

    `seen` is the picture with its colours turned to gray, some of which `gray` may have lost.
    """
    scale = 72 * FINE / dpi
    shrunk = cv2.resize(seen, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = np.asarray(shrunk, np.uint8)
    paper = float(np.percentile(small[::5, ::5], 80))
    found = _fills(_dark(small, DARK * paper))
    out = gray.copy() if found else gray
    for x, y, inside in found:
        height, width = inside.shape
        rows, columns = (
            slice(round(start / scale), round((start + size) / scale))
            for start, size in ((y, height), (x, width))
        )
        here = seen[rows, columns]
        kept = cv2.resize(inside, here.shape[::-1], interpolation=cv2.INTER_NEAREST)
        ring = 2 * round(RING * dpi / 72) + 1
        inner = cv2.erode(kept, np.ones((ring, ring), np.uint8), borderValue=0) > 0
        depth = _depth(here.astype(np.float32), inner)
        if depth is not None and _is_dotted(depth, inner, dpi / 72):
            depth = _without_dots(depth, inner, dpi / 72)
        if depth is not None:
            depth[~inner & (kept > 0)] = -1.0 if _is_ruled(depth, inner) else 0.0
            out[rows, columns][kept > 0] = (paper * (1 - np.abs(depth[kept > 0]))).astype(np.uint8)
    return out


def _dark(gray: Gray, least: float) -> Mask:
    """What is dark, or lies amid what mostly is."""
    dark = np.asarray(gray < least, np.uint8)
    around = np.asarray(cv2.medianBlur(dark, AROUND), np.uint8)
    return np.asarray(dark | around, bool)


def _fills(dark: Mask) -> list[tuple[int, int, Gray]]:
    """Left and top of each fill, with its pixels, FINE of them for a point."""
    block = np.ones((BLOCK[1] * FINE, BLOCK[0] * FINE), np.uint8)
    blocks = cv2.morphologyEx(dark.astype(np.uint8), cv2.MORPH_OPEN, block)
    if not blocks.any():
        return []
    wide = WORDS * FINE
    around = cv2.copyMakeBorder(blocks, 0, 0, wide, wide, cv2.BORDER_CONSTANT, value=0)
    closed = cv2.morphologyEx(around, cv2.MORPH_CLOSE, np.ones((1, wide), np.uint8))
    between = (closed[:, wide:-wide] > 0) & (blocks == 0)
    whole = _without_holes((blocks > 0) | _lettered(between, dark))
    labels, stats = cv2.connectedComponentsWithStats(whole)[1:3]
    found = []
    for label, (x, y, width, height, _) in enumerate(stats.tolist()):
        inner = min(x, y, dark.shape[1] - x - width, dark.shape[0] - y - height) > EDGE * FINE
        if label and inner and width > SMALLEST[0] * FINE and height >= SMALLEST[1] * FINE:
            part = labels[y : y + height, x : x + width] == label
            found.append((x, y, part.astype(np.uint8)))
    return found


def _without_holes(fills: Mask) -> Gray:
    """The fills with the letters that stand alone between two blocks, such as a 1, whole."""
    around = Blobs.of(~fills, connectivity=4)
    return np.asarray(fills | around.kept(around.size <= HOLE * FINE)).astype(np.uint8)


def _lettered(between: Mask, dark: Mask) -> Mask:
    """Those of the stretches between blocks that are dark but for letters."""
    stretches = Blobs.of(between)
    return stretches.kept(stretches.share_in(dark) > AMID)


def _is_ruled(depth: NDArray[np.float32], inner: Mask) -> bool:
    """Whether lines part the headings: then the fill's edge is the table's frame."""
    lined = (np.abs(depth) > LINE) & inner
    return bool((lined.sum(axis=0) > RULED * np.maximum(inner.sum(axis=0), SMALLEST[1])).any())


def _is_dotted(depth: NDArray[np.float32], inside: Mask, unit: float) -> bool:
    """Whether a fax made a fill dots: letters are larger, but for their own."""
    light = Blobs.of((depth > 0.5) & inside)
    specks = (light.size[1:] < SPECK * unit).sum()
    return bool(specks > DOTTED * inside.sum() / unit**2)


def _without_dots(depth: NDArray[np.float32], inside: Mask, unit: float) -> NDArray[np.float32]:
    """The letters of a dotted fill: what is lighter than the dots around, and larger; nothing where they drown."""
    light = np.maximum(depth, 0)
    if light.mean(where=inside) > DROWNED:
        return np.zeros_like(light)
    wide = np.ones((round(WIDE * unit),) * 2, np.uint8)
    dots = cv2.blur(cv2.erode(cv2.blur(light, wide.shape), wide), wide.shape)
    off = (cv2.GaussianBlur(light, (0, 0), CALM * unit) - dots) / np.maximum(1 - dots, 0.1)
    letters = np.clip((off - LIGHTER - MORE * dots) / SOFT, 0, 1)
    found = Blobs.of(letters > 0)
    letters[found.kept(found.size < DOT * unit)] = 0
    return np.asarray(letters, np.float32)


def _depth(here: NDArray[np.float32], inside: Mask) -> NDArray[np.float32] | None:
    """How far each pixel is from its fill, 1 for letters and -1 for black; None where nothing light is written."""
    if not inside.any():
        return None
    own, light = np.percentile(here[inside], (OWN, LIGHT))
    lettered = float((here[inside] > (own + light) / 2).mean())
    if light - own < APART or not LETTERED[0] < lettered < LETTERED[1]:
        return None
    off = here - own
    depth = np.where(off > 0, off / (light - own), off / max(own, 1.0))
    return np.asarray(np.clip(depth, -1.0, 1.0), np.float32)
