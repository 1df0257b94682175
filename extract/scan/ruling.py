"""Ruling lines: the long thin runs of ink on a page, and where the lines of a table lie."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.blobs import Blobs
from extract.scan.ink import Ink, Mask

Bits = NDArray[np.uint8]

# All in points. A rule is under 2.5 pt thick even when toner has spread; rules of Word and Excel
# tables are 0.5 to 1.5 pt.
THICKEST = 2.6
# A double rule with its white, where it is as long as no word's letters.
DOUBLE = 4.0
# Breaks bridged when looking for candidates. The white between the stems of two lines of text is
# wider than the second.
GAP_ACROSS, GAP_DOWN = 4.0, 2.5
# Shortest runs that can be a rule: wider than any letter's bar, taller than any letter's stem (a
# row of 12 pt text is 13.8 pt high, a 14 pt capital 10 pt).
SHORTEST_ACROSS, SHORTEST_DOWN = 26.0, 12.0
# Two lines nearer than this are one line, drawn double or split by the scan.
SAME = 3.0
# White between the dots of a dotted line at most; and shortest run of dots that is a line, not the letters of
# a word: words are parted by 2 points and more, and a Vietnamese word has 45 at most.
DOTS, DOTTED = 1.6, 72.0
# Lines inked along more than this are none of dots (dots 0.42 to 0.58, whole and broken lines 0.77 to 1 on 21 scans).
SOLID = 0.7

# Shortest upright line where no grid stands: letters above each other make runs of 16 at most.
TALL = 24.0
# Breaks of a worn line between which pieces shorter than the shortest run are left, and how far such a piece is
# off the line.
BREAK, OFF = 40.0, 0.8


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
    bridged = _bridged(thin(faint, unit), gap * unit)
    longest = cv2.morphologyEx(
        bridged, cv2.MORPH_OPEN, np.ones((1, round(shortest * unit)), np.uint8)
    )
    return np.asarray(longest.astype(bool))


def thin(faint: Bits, unit: float) -> Bits:
    """Ink without what is thicker than a rule from top to bottom: letters' stems go, rules stay, double ones of which
    the white between is lost too."""
    along = np.ones((1, round(DOTTED * unit)), np.uint8)
    long = np.asarray(cv2.morphologyEx(faint, cv2.MORPH_OPEN, along), np.uint8)
    double = long & ~_thicker(long, DOUBLE * unit)
    return np.asarray((faint & ~_thicker(faint, THICKEST * unit) & 1) | double, np.uint8)


def _thicker(ink: Bits, most: float) -> Bits:
    """Ink that is more than so many pixels high."""
    high = np.ones((round(most) + 1, 1), np.uint8)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, high), np.uint8)


def undotted(level: Bits, along: Mask, crossing: Mask, unit: float) -> Bits:
    """Thin ink with the white between the dots of its long horizontal lines closed; `along` are the candidates
    for these, their breaks closed, `crossing` those the other way, of which the thin ink has nothing."""
    if np.count_nonzero(along & level) > SOLID * np.count_nonzero(along):
        return level
    crossed = crossing & _bridged(level, (THICKEST + 2 * DOTS) * unit).astype(bool)
    closed = _bridged(level | crossed, DOTS * unit)
    dots = Blobs.of(closed > 0)
    return np.asarray(level | (closed & dots.kept(dots.wide > DOTTED * unit)), np.uint8)


def drawn(rules: Rules, ink: Ink, unit: float) -> Rules:
    """The rules without the runs that have as much white in them as rows of letters' curves have, nor the stems of
    letters above each other: where nothing tells lines from letters by their crossings, these would go with the
    lines."""
    faint = ink.faint.astype(np.uint8)
    tall = _runs(np.ascontiguousarray(faint.T), unit, TALL, GAP_DOWN)
    down = _inked(tall, np.ascontiguousarray(faint.T), unit).T
    return Rules(_inked(rules.across, faint, unit), down)


def pieces(across: Mask, left: Mask, unit: float) -> Mask:
    """What is `left` of horizontal lines beside their long runs `across`: low blobs that lie on the way of one,
    or not far beyond its end."""
    ends = np.ones((1, 2 * round(BREAK * unit) + 1), np.uint8)
    way = cv2.dilate(path(across, unit).astype(np.uint8), ends) > 0
    lying = Blobs.of(left)
    return lying.kept(lying.share_in(way) == 1)


def dividers(across: Mask, unit: float) -> list[tuple[float, int, int]]:
    """Height, start and end of each horizontal line, its breaks closed, in pixels."""
    stats = cv2.connectedComponentsWithStats(path(across, unit).astype(np.uint8))[2][1:]
    return [(y + h / 2, x, x + w) for x, y, w, h, _ in stats.tolist()]


def path(across: Mask, unit: float) -> Mask:
    """Where horizontal lines run: their runs a little thickened, the breaks between those of a line closed."""
    thick = 2 * round(OFF * unit) + 1
    grown = cv2.dilate(across.astype(np.uint8), np.ones((thick, 1), np.uint8))
    room = round(BREAK * unit)
    around = cv2.copyMakeBorder(grown, 0, 0, room, room, cv2.BORDER_CONSTANT, value=0)
    closed = cv2.morphologyEx(around, cv2.MORPH_CLOSE, np.ones((1, room | 1), np.uint8))
    return np.asarray(closed[:, room:-room] > 0)


def _inked(runs: Mask, faint: Bits, unit: float) -> Mask:
    """Those of the horizontal runs that are lines, whole, broken or of dots."""
    level = thin(faint, unit)
    found = Blobs.of(runs)
    close = np.asarray(_bridged(level, DOTS * unit) > 0)
    solid, dotted = (found.share_in(inked) > SOLID for inked in (level > 0, close))
    return found.kept(solid | (dotted & (found.wide > DOTTED * unit)))


def _bridged(level: Bits, gap: float) -> Bits:
    """Horizontal runs with breaks of up to so many pixels closed."""
    bridge = np.ones((1, round(gap) | 1), np.uint8)
    return np.asarray(cv2.morphologyEx(level, cv2.MORPH_CLOSE, bridge), np.uint8)


def positions(mask: Mask, unit: float, shortest: float) -> list[int]:
    """Where the horizontal lines in a mask lie: segments grouped by their height on the page, around the longest."""
    stats, centres = cv2.connectedComponentsWithStats(mask.astype(np.uint8))[2:]
    segments = zip(stats[1:, cv2.CC_STAT_WIDTH].tolist(), centres[1:, 1].tolist(), strict=True)
    groups: dict[float, list[tuple[int, float]]] = {}
    for width, y in sorted(segments, reverse=True):
        near = min(groups, key=lambda head: abs(head - y), default=y)
        head = near if abs(near - y) < SAME * unit else y
        groups.setdefault(head, []).append((width, y))
    long = [g for g in groups.values() if sum(w for w, _ in g) >= shortest * unit]
    return sorted({round(_middle(g)) for g in long})


def _middle(group: list[tuple[int, float]]) -> float:
    """Where segments lie together; the short ones beside a long one may be letters' bars and hardly count."""
    return sum(y * w * w for w, y in group) / sum(w * w for w, _ in group)
