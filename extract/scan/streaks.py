"""Streaks: dust on a feeder's glass draws a thin line along the whole sheet, made paper again.

A streak runs along the scanner's own axis, from one end of the sheet to the other, where tables have margins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.ink import Gray, Mask
from extract.scan.spans import spans

Means = NDArray[np.float64]

# The sheet is looked at in so many bands along the streak: on A4 each is 3 to 4 mm high.
BANDS = 80
# A streak is seen in most bands (not where letters stand on both sides of it), and in all of so many at either end
# (10 mm: tables keep 15 mm and more from the ends of a sheet, and their lines do so too).
SEEN, ENDS = 0.8, 3
# A band with less of the brightest's light is the scanner's frame, not the sheet.
SHEET = 0.6
# How much darker than the paper beside it a streak is in a band at least, in gray levels: half of what is
# faintest ink on white paper (ink.FAINT).
DARKER = 25.0
# Points: widest streak, and how far from it the paper beside it is looked at.
WIDEST, BESIDE = 2.0, 3.0
# A streak lets ink be seen that lets through more than this share of the light: with less, noise is as strong.
OPAQUE = 0.25
# A streak that falls apart (a thin one on a black and white scan) leaves some of its ink in these bands at least: so
# many gray levels, and times what the grain of the paper leaves anywhere.
TRACE, GRAIN = 4.0, 2.0
# More streaks than this are the lines of a table that fills a cut-out page.
MOST = 6


@dataclass(frozen=True, slots=True)
class Streak:
    """From which column of pixels to which it lies; `worn`: it falls apart."""

    x0: int
    x1: int
    worn: bool


def without_streaks(gray: Gray, unit: float) -> Gray:
    """The page without dark streaks down or across it; `unit` is pixels per point."""
    height, width = gray.shape
    # Whole pixels to a band, and what is left over at the far end not looked at: ten times as fast.
    high, wide = height // (-(-height // BANDS)), width // (-(-width // BANDS))
    flat, slim = gray[: height // high * high], gray[:, : width // wide * wide]
    down = _streaks(_shrunk(flat, width, high), unit)
    across = _streaks(_shrunk(slim, wide, height).T, unit)
    if 0 < len(down) <= MOST:
        gray = _mended(gray, down)
    if 0 < len(across) <= MOST:
        gray = np.ascontiguousarray(_mended(gray.T, across).T)
    return gray


def _shrunk(gray: Gray, width: int, height: int) -> Gray:
    return np.asarray(cv2.resize(gray, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _streaks(bands: Gray, unit: float) -> list[Streak]:
    """The columns of pixels that are darker than what is beside them all along the sheet."""
    rows = bands.mean(axis=1)
    bands = bands[rows > SHEET * rows.max()]
    if len(bands) <= 2 * ENDS:
        return []
    beside = _paper_beside(bands, round(BESIDE * unit))
    depth = np.asarray(cv2.subtract(beside, bands), np.uint8)
    darker = depth > DARKER
    sheet = beside > SHEET * rows.max()
    ends = (_first(sheet) | _first(sheet[::-1])[::-1]) & sheet
    seen = (darker & sheet).sum(axis=0) > SEEN * len(bands)
    whole = seen & (darker | ~ends).all(axis=0)
    # The blur beside a whole streak is none of its own.
    beyond = cv2.dilate(whole.astype(np.uint8)[None], np.ones((1, 5), np.uint8))[0] == 0
    means = bands.mean(axis=0)
    return [
        Streak(a, b, worn)
        for worn, through in ((False, whole), (True, seen & beyond & _traced(depth)))
        for a, b in spans(through)
        if b - a <= WIDEST * unit and _stands_alone(means, a, b)
    ]


def _traced(depth: Gray) -> Mask:
    """The columns of pixels that are darker than the paper's grain is in every band at both ends of the sheet."""
    ends = np.concatenate([depth[:ENDS], depth[-ENDS:]])
    least = np.clip(GRAIN * np.median(ends, axis=1), TRACE, DARKER)
    return np.asarray((ends > least[:, None]).all(axis=0))


def _first(sheet: Mask) -> Mask:
    """The first bands of each column, those before the sheet begins among them: the frame may lie askew."""
    return np.asarray(np.cumsum(sheet, axis=0) <= ENDS)


def _stands_alone(means: Means, x0: int, x1: int) -> bool:
    """Whether the paper begins right beside a dark line, blur apart: it is not the middle of a wide bar."""
    if x0 < 2 or x1 > len(means) - 2:
        return False
    return bool(min(means[x0 - 2], means[x1 + 1]) - means[x0:x1].min() > DARKER)


def _mended(gray: Gray, streaks: Sequence[Streak]) -> Gray:
    """Without the streaks that run down, and their blur: as much brighter as each makes its paper darker, so that
    a table's line beneath it stays; beneath one that lets nothing through or falls apart what is beside it goes on."""
    out = gray.copy()
    for found in streaks:
        x0, x1 = found.x0, found.x1
        left, right = gray[:, x0 - 2].astype(np.float32), gray[:, x1 + 1].astype(np.float32)
        share = np.linspace(0, 1, x1 - x0 + 4)[1:-1]
        beside = left[:, None] * (1 - share) + right[:, None] * share
        streak = gray[:, x0 - 1 : x1 + 1].astype(np.float32)
        light = np.median(streak / np.maximum(beside, 1), axis=0)
        mended = np.where(
            (light > OPAQUE) & (not found.worn), streak / np.maximum(light, OPAQUE), beside
        )
        out[:, x0 - 1 : x1 + 1] = np.minimum(mended, 255)
    return out


def _paper_beside(bands: Gray, reach: int) -> Gray:
    """The darker of what is brightest on the left and on the right: no streak where only one side is paper."""
    kernel = np.ones((1, reach), np.uint8)
    left = cv2.dilate(bands, kernel, anchor=(reach - 1, 0))
    right = cv2.dilate(bands, kernel, anchor=(0, 0))
    return np.asarray(np.minimum(left, right), np.uint8)
