"""Ruling lines: the long thin runs of ink on a page, and where the lines of a table lie."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.ink import Ink, Mask

Bits = NDArray[np.uint8]

# All in points. A rule is under 2.5 pt thick even when toner has spread; rules of Word and Excel
# tables are 0.5 to 1.5 pt.
THICKEST = 2.6
# Breaks bridged when looking for candidates. The white between the stems of two lines of text is
# wider than the second.
GAP_ACROSS, GAP_DOWN = 4.0, 2.5
# Shortest runs that can be a rule: wider than any letter's bar, taller than any letter's stem (a
# row of 12 pt text is 13.8 pt high, a 14 pt capital 10 pt).
SHORTEST_ACROSS, SHORTEST_DOWN = 26.0, 12.0
# Two lines nearer than this are one line, drawn double or split by the scan.
SAME = 3.0


@dataclass(frozen=True, slots=True)
class Rules:
    """Masks of pixels that belong to horizontal and vertical lines."""

    across: Mask
    down: Mask


def rules_of(ink: Ink, unit: float) -> Rules:
    """Finds the long thin runs on a page; `unit` is pixels per point."""
    faint = ink.faint.astype(np.uint8)
    across = _runs(faint, unit, SHORTEST_ACROSS, GAP_ACROSS)
    return Rules(across, _runs(np.ascontiguousarray(faint.T), unit, SHORTEST_DOWN, GAP_DOWN).T)


def _runs(faint: Bits, unit: float, shortest: float, gap: float) -> Mask:
    """Horizontal thin runs of at least `shortest` points, with their breaks closed."""
    bridge = np.ones((1, round(gap * unit) | 1), np.uint8)
    bridged = cv2.morphologyEx(thin(faint, unit), cv2.MORPH_CLOSE, bridge)
    longest = cv2.morphologyEx(
        bridged, cv2.MORPH_OPEN, np.ones((1, round(shortest * unit)), np.uint8)
    )
    return np.asarray(longest.astype(bool))


def thin(faint: Bits, unit: float) -> Bits:
    """Ink without what is thicker than a rule from top to bottom: letters' stems go, rules stay."""
    thick = cv2.morphologyEx(
        faint, cv2.MORPH_OPEN, np.ones((round(THICKEST * unit) + 1, 1), np.uint8)
    )
    return np.asarray(faint & ~np.asarray(thick, np.uint8) & 1, np.uint8)


def positions(mask: Mask, unit: float, shortest: float) -> list[int]:
    """Where the horizontal lines in a mask lie: segments grouped by their height on the page."""
    stats, centres = cv2.connectedComponentsWithStats(mask.astype(np.uint8))[2:]
    segments = sorted(
        (float(c[1]), int(s[cv2.CC_STAT_WIDTH]))
        for s, c in zip(stats[1:], centres[1:], strict=True)
    )
    groups: list[list[tuple[float, int]]] = []
    for segment in segments:
        if groups and segment[0] - _mean(groups[-1]) < SAME * unit:
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return [round(_mean(g)) for g in groups if sum(w for _, w in g) >= shortest * unit]


def _mean(group: list[tuple[float, int]]) -> float:
    return sum(y * w for y, w in group) / sum(w for _, w in group)
