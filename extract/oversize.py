"""Scanned pages measured in pixels: programs that know no resolution make one pixel one point.

Such a page is metres wide; it is read as the A4 sheet it was, and its boxes are put back.
"""

from __future__ import annotations

from typing import TypeVar

from .boxes import moved
from .document import Box

A4 = 841.89
"""Long side of the sheet that reports are printed on, in points."""

LARGEST = 1300.0
"""Points. The long side of A3, the largest sheet of an office, is 1191."""

T = TypeVar("T")


def shrunk(width: float, height: float) -> float:
    """By what a scanned page of so many points is to be multiplied to be a sheet of paper."""
    longest = max(width, height)
    return A4 / longest if longest > LARGEST else 1.0


def scaled(value: T, factor: float) -> T:
    """A record with every box in it multiplied."""
    return value if factor == 1.0 else moved(value, lambda box: _larger(box, factor))


def _larger(box: Box, factor: float) -> Box:
    return Box(box.x0 * factor, box.top * factor, box.x1 * factor, box.bottom * factor)
