"""Follows a ruling line along the page and tells its ink from that of letters on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extract.scan.ink import Mask
from extract.scan.ruling import Bits

Kinds = NDArray[np.int64]
WHITE, THIN, THICK = 0, 1, 2

# How far a line may wander from its mean position, in points.
WANDER = 1.3
# Pixels between the traced line and ink that belongs to it: at first, and once the trace is better.
OFF = (1.6, 1.2, 1.2)
# A trace needs so many pixels, over such a share of the line, to be bent.
FEWEST, SPREAD = 20, 0.3
# A run this much thicker than the line (times, pixels) is not the line's alone.
TIMES, MORE = 1.5, 1.0


def runs_along(level: Bits, line: int, unit: float) -> Kinds:
    """For each pixel along the horizontal `line`: WHITE, THIN as the line itself, or THICK."""
    reach = max(1, round(WANDER * unit))
    top = max(0, line - reach)
    strip = level[top : line + reach + 1].astype(bool)
    middle, thickness = _trace(strip)
    return _kinds(level, top + middle, int(np.ceil(TIMES * thickness + MORE)))


def _trace(strip: Mask) -> tuple[Kinds, float]:
    """The line's row in the strip at each pixel, a parabola at most, and its thickness in pixels."""
    rows, columns = strip.shape
    thickness = strip.sum(axis=0)
    edge = np.pad(strip.astype(np.int8), ((1, 1), (0, 0)))
    x = np.nonzero((np.diff(edge, axis=0) == 1).sum(axis=0) == 1)[0]
    y = (strip[:, x] * np.arange(rows)[:, None]).sum(axis=0) / thickness[x]
    counts = np.bincount(np.round(y).astype(int), minlength=rows)
    bend = np.array([float(np.convolve(counts, [1, 2, 1], "same").argmax())])
    kept = np.zeros(len(x), bool)
    for off in OFF:
        kept = np.abs(y - np.polyval(bend, x / columns)) <= off
        if kept.sum() < FEWEST or np.ptp(x[kept]) < SPREAD * columns:
            break
        bend = np.polyfit(x[kept] / columns, y[kept], 2)
    middle = np.polyval(bend, np.arange(columns) / columns).round().astype(np.int64)
    usual = float(np.median(thickness[x[kept]])) if kept.any() else 1.0
    return middle.clip(0, rows - 1), usual


def _kinds(level: Bits, middle: Kinds, most: int) -> Kinds:
    """The thickness of the run through the line's row, or through a pixel beside it, against `most`."""
    rows, columns = level.shape[0], np.arange(level.shape[1])
    steps = np.arange(-most - 1, most + 2)
    around = level[(middle + steps[:, None]).clip(0, rows - 1), columns].astype(bool)
    own = around[most : most + 3]
    below = np.logical_and.accumulate(around[most + 3 :], axis=0).sum(axis=0)
    above = np.logical_and.accumulate(around[:most][::-1], axis=0).sum(axis=0)
    thickness = own.sum(axis=0) + own[2] * below + own[0] * above
    return np.where(~own.any(axis=0), WHITE, np.where(thickness <= most, THIN, THICK))
