"""Level lines of the headings that are paler than any rule: hair lines on a fill, among bold letters.

Beside such letters they are no ink, but darker than what lies above and below all along. Lines that show through
from the back of the sheet are as pale. What counts lies in the headings, where not all upright lines are drawn yet,
begins and ends at upright lines, and leaves columns whole of which the headings go over all rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.scan.edges import Stretches, ridges
from extract.scan.ink import Gray, Mask
from extract.scan.spans import peaks, spans

Shares = NDArray[np.float64]

# Inked share of an upright line that goes over the whole height of a track: one under a group's heading has less.
PARTED = 0.85
# Points from other level lines: no row of headings is lower.
APART = 8.0
# Shortest line, in points: over two columns.
SHORTEST = 40.0
# Share of a stretch along which a line stands out, and share beyond its ends, where the crossing lines' own ink lies.
OUT, BEYOND = 0.7, 0.2
# Pixels that the height of a line is off its mean on either side: grain and a rest of a skew.
OFF = 1


def pale_lines(
    depth: Gray, down: Stretches, ys: Sequence[int], xs: Sequence[int], unit: float
) -> tuple[list[int], Mask]:
    """Heights of pale level lines in a table's headings, in pixels, and a mask of these lines. `depth`: how dark
    each pixel is, 255 for letters; `down`: the upright lines at `xs` between the level ones at `ys`; `unit`: pixels
    per point."""
    found: list[int] = []
    drawn = np.zeros(depth.shape, bool)
    for top, bottom in _headings(down, ys):
        shares = _shares(depth[top:bottom], xs, unit)
        runs = [_runs(row, xs, unit) for row in shares]
        weights = [sum(shares[y, a:b].sum() for a, b in r) for y, r in enumerate(runs)]
        for y in peaks(np.array(weights, np.float64), APART * unit, (0, bottom - top)):
            found.append(top + y)
            for a, b in runs[y]:
                drawn[top + y, xs[a] : xs[b] + 1] = True
    return found, drawn


def _headings(down: Stretches, ys: Sequence[int]) -> list[tuple[int, int]]:
    """From where to where the tracks go above the first that all upright lines part; none where no track is."""
    parted = [bool(track.all()) for track in (down.whole > PARTED).T]
    return list(pairwise(ys))[: parted.index(True)] if True in parted else []


def _shares(depth: Gray, xs: Sequence[int], unit: float) -> Shares:
    """For each height the share of each stretch between two upright lines that stands out there."""
    shown = ridges(depth, unit) > 0
    near = np.any([np.roll(shown, off, axis=0) for off in range(-OFF, OFF + 1)], axis=0)
    return np.stack([near[:, a:b].mean(axis=1) for a, b in pairwise(xs)], axis=1)


def _runs(shares: Shares, xs: Sequence[int], unit: float) -> list[tuple[int, int]]:
    """The stretches that a line at one height runs along, from where to where; none where it goes over all columns or
    ends amid one."""
    runs = spans(np.asarray(shares > OUT))
    beyond = np.r_[0.0, shares, 0.0]
    ends = all(max(beyond[a], beyond[b + 1]) < BEYOND for a, b in runs)
    long = sum(xs[b] - xs[a] for a, b in runs) >= SHORTEST * unit
    return runs if ends and long and runs != [(0, len(shares))] else []
