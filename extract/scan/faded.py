"""Tables of whose lines only specks are left, both ways: hair lines on a coarse black and white scan.

No run of ink is long enough for a line, but away from the letters specks lie on the heights and at the places of
the lines, and hardly anywhere else.
"""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.blobs import Blobs
from extract.scan.ink import Ink, Mask
from extract.scan.ruling import Rules
from extract.scan.spans import peaks

Counts = NDArray[np.float64]

# In points: specks of a line are as thin, letters are thicker; specks so near to letters are their dots and marks.
THIN, BESIDE = 1.6, 3.0
# A line leaves specks along so many points at least, and so many times more than most other places do. (On two pages
# 39 points and more, 6 times and more.)
LEAST, TIMES, MOST = 20.0, 5.0, 80.0
# Two lines are further apart than so many points.
APART = 6.0
# Fewest lines either way.
FEWEST = 4
# Share of a stretch, letters apart, that has specks where its line is drawn; points of it that must be free of letters
# to tell, and length in points from which one without specks is none of the line.
PIECES, FREE, LONG = 0.015, 3.0, 30.0
# Share of the stretches of a level line that have specks where it runs through, and of the upright stretches in a row
# that is parted: toner leaves some rows a third, a title over all columns has none.
ALL, SOME = 0.8, 0.25
# Points at either end of a stretch that are the crossing lines'.
CROSSING = 1.3


def restored(ink: Ink, unit: float) -> tuple[Ink, Rules] | None:
    """The page with the lines of faded tables drawn, and these; None where there are none."""
    level, upright, free = _specks(ink.faint, unit)
    ys, xs = _lines(level, unit), _lines(upright.T, unit)
    if min(len(ys), len(xs)) < FEWEST:
        return None
    level_shown, upright_shown = (
        _shown(level, free, ys, xs, unit),
        _shown(upright.T, free.T, xs, ys, unit).T,
    )
    through = level_shown.mean(axis=1) > ALL
    parted = upright_shown.mean(axis=1) > SOME
    short = np.diff(ys) < LONG * unit
    across = filled(level.shape, ys, xs, level_shown | through[:, None])
    rows = np.where(short[:, None], parted[:, None], upright_shown)
    # A title over all columns stands within the table's frame.
    rows[:, [0, -1]] |= (short & through[:-1] & through[1:])[:, None]
    down = filled(level.T.shape, xs, ys, rows.T).T
    lines = across | down
    depth = np.where(lines, 255, ink.depth).astype(np.uint8)
    return Ink(depth, ink.dark | lines, ink.faint | lines), Rules(across, down)


def _specks(faint: Mask, unit: float) -> tuple[Mask, Mask, Mask]:
    """The specks that may be pieces of level and of upright lines, and where no letter is near."""
    blobs = Blobs.of(faint)
    low, slim = (size <= THIN * unit for size in (blobs.high, blobs.wide))
    letters = blobs.kept(~low & ~slim).astype(np.uint8)
    near = cv2.dilate(letters, np.ones((2 * round(BESIDE * unit) + 1,) * 2, np.uint8)) > 0
    return blobs.kept(low) & ~near, blobs.kept(slim) & ~near, ~near


def _lines(level: Mask, unit: float) -> list[int]:
    """The heights on which specks lie along the page."""
    inked = _around(level).sum(axis=1).astype(np.float64)
    least = max(LEAST * unit, TIMES * float(np.percentile(inked, MOST)))
    return peaks(np.where(inked >= least, inked, 0.0), APART * unit)


def _shown(level: Mask, free: Mask, ys: list[int], xs: list[int], unit: float) -> Mask:
    """Which stretches of the lines between each two crossings have specks."""
    inked = _around(level)
    edge = round(CROSSING * unit)
    stretches = [slice(a + edge, b - edge) for a, b in pairwise(xs)]
    room = np.array([[free[y, s].sum() for s in stretches] for y in ys], np.float64)
    specks = np.array([[inked[y, s].sum() for s in stretches] for y in ys], np.float64)
    return np.asarray((specks > PIECES * room) & (room > FREE * unit))


def filled(shape: tuple[int, ...], ys: list[int], xs: list[int], drawn: Mask) -> Mask:
    """The stretches that are drawn as lines of two pixels."""
    found = np.zeros(shape, bool)
    for row, column in zip(*np.nonzero(drawn), strict=True):
        y = ys[row]
        found[max(0, y - 1) : y + 1, xs[column] : xs[column + 1] + 1] = True
    return found


def _around(level: Mask) -> Mask:
    """Specks a pixel off their line's height are on it."""
    return np.asarray(cv2.dilate(level.astype(np.uint8), np.ones((3, 1), np.uint8)) > 0)
