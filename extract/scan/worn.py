"""Upright lines of which only dots and dashes are left, each too short to be told from a letter's stem.

A thin line on a black and white scan falls apart, and where the white between its pieces is longer than they
are no run of ink shows it. Its pieces lie above each other all the same, and at heights where the texts of the
rows leave no ink.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.blobs import Blobs
from extract.scan.ink import Mask
from extract.scan.ruling import Bits
from extract.scan.spans import peaks

Shares = NDArray[np.float64]

# In points: pieces of worn lines are no wider, digits of the smallest print are; and where a line's own ink lies.
THIN, OFF = 1.6, 1.3
# Heights count where less than this share of a row's texts has ink; in points: off the level lines, no letter within
# the room beside, nor above (a comma's tail is lower than its figure), and so much of the row's height at least.
TEXTS = 0.3
CROSSING, BESIDE, ABOVE, LEAST = 1.3, 3.0, 3.0, 1.0
# Inked share of these heights in a row where pieces of a line are, share of the rows, and inked share of all rows. (On
# scans with worn lines 0.6 to 0.75 and 0.21 to 0.52.)
PIECES, ROWS, INKED = 0.12, 0.5, 0.16
# ... and so much of it in the upper and in the lower halves of the rows: commas' tails are in the lower ones.
HALF = 0.5
# Rows that tell, at least.
FEWEST = 6
# Fills of dots are inked everywhere: a line is so many times more than nine in ten places around it (points).
TIMES, MOST, AROUND = 3.0, 90.0, 20.0
# White between two lines at least, in points.
APART = 8.0


def worn(
    upright: Bits, standing: Mask, ys: Sequence[int], xs: Sequence[int], unit: float
) -> tuple[list[int], Mask]:
    """Where worn upright lines lie beside those at `xs`, in pixels, and a mask of their ink with the white between
    the pieces closed, row by row of those that the lines at `ys` part; `upright` is ink as thin as lines,
    `standing` all ink but that of level lines, `unit` pixels per point."""
    closed = np.zeros(upright.shape, bool)
    if len(xs) < 2:
        return [], closed
    free = _free(_letters(standing, xs, unit), ys, xs, unit)
    thin = free & (cv2.dilate(upright, np.ones((1, 3), np.uint8)) > 0)
    heights = _by_row(free, ys)
    telling = heights >= LEAST * unit
    pieces = telling & (_by_row(thin, ys) > PIECES * heights)
    inked = thin.sum(axis=0) / np.maximum(free.sum(axis=0), 1)
    often = (pieces.sum(axis=0) > ROWS * telling.sum(axis=0)) & (telling.sum(axis=0) >= FEWEST)
    good = often & (inked > np.maximum(INKED, TIMES * _around(inked, unit)))
    for half in _halves(ys, len(free)):
        good &= (thin & half).sum(axis=0) > HALF * INKED * (free & half).sum(axis=0)
    found = peaks(np.where(good, inked, 0.0), APART * unit, xs)
    for x in found:
        drawn = pieces[:, max(0, x - 1) : x + 2].any(axis=1)
        closed[ys[0] : ys[-1], x] = np.repeat(drawn, np.diff(ys))
    return found, closed


def _letters(standing: Mask, xs: Sequence[int], unit: float) -> Mask:
    """The ink wider than a worn line's pieces, that of the lines at `xs` left out."""
    off = round(OFF * unit)
    marks = standing.copy()
    for x in xs:
        marks[:, max(0, x - off) : x + off + 1] = False
    blobs = Blobs.of(marks)
    return blobs.kept(blobs.wide > THIN * unit)


def _free(letters: Mask, ys: Sequence[int], xs: Sequence[int], unit: float) -> Mask:
    """The places between the rows' texts that no letter is near to."""
    room = np.ones([2 * round(v * unit) + 1 for v in (ABOVE, BESIDE)], np.uint8)
    near = cv2.dilate(letters.astype(np.uint8), room) > 0
    return _between_texts(letters, ys, xs, unit) & ~near


def _between_texts(letters: Mask, ys: Sequence[int], xs: Sequence[int], unit: float) -> Mask:
    """Heights at which few of their row's texts have ink, and no level line runs; one column."""
    texts = np.stack([letters[:, a:b].any(axis=1) for a, b in pairwise(xs)], axis=1)
    bare = np.zeros((len(letters), 1), bool)
    edge = round(CROSSING * unit)
    for top, bottom in pairwise(ys):
        row = texts[top:bottom]
        few = row.sum(axis=1) <= TEXTS * row.any(axis=0).sum()
        bare[top + edge : bottom - edge, 0] = few[edge : len(row) - edge]
    return bare


def _halves(ys: Sequence[int], height: int) -> tuple[Mask, Mask]:
    """The upper and the lower halves of the rows; one column each."""
    upper = np.zeros((height, 1), bool)
    for top, bottom in pairwise(ys):
        upper[top : (top + bottom) // 2] = True
    return upper, ~upper


def _by_row(mask: Mask, ys: Sequence[int]) -> Shares:
    """Pixels of the mask at each place across, in each row."""
    return np.array([mask[a:b].sum(axis=0) for a, b in pairwise(ys)], np.float64)


def _around(inked: Shares, unit: float) -> Shares:
    """The inked share that few of the places around each pass."""
    size = 2 * round(AROUND * unit) + 1
    padded = np.pad(inked, size // 2, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, size)
    return np.asarray(np.percentile(windows, MOST, axis=1))
