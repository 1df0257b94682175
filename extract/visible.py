"""Which characters of a digital page a reader of the paper sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import atan2, degrees
from typing import Any

from .document import Box, Line

TOUCH = 0.12
"""Font sizes by which letters of one word may stand apart: kerning is below 0.1."""
WHITE = 0.97
"""Grey level from which ink does not show on white paper."""
SLANT = 10.0
"""Degrees off the nearest right angle from which writing is slanted: a turned page is off by none, a
mark laid across it (`BẢN SAO`) by thirty to sixty."""


def visible_chars(
    chars: Iterable[dict[str, Any]],
    rects: Sequence[dict[str, Any]],
    bbox: tuple[float, float, float, float],
) -> Iterator[dict[str, Any]]:
    """Characters on the page (`bbox`, points), in ink that shows where they stand.

    What runs over the page's edge in the middle of a word is kept: half a figure would be another.
    """
    last: dict[str, Any] | None = None
    shades = [r for r in rects if r.get("fill") and not _is_white(r.get("non_stroking_color"))]
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        inside = bbox[0] <= x <= bbox[2] and bbox[1] <= y <= bbox[3]
        if not inside and not (last and _goes_on(last, char)):
            continue
        last = char
        if not _is_white(char.get("non_stroking_color")) or _covered(shades, x, y):
            yield char


def without_marks(
    chars: Iterable[dict[str, Any]], page: int
) -> tuple[list[dict[str, Any]], tuple[Line, ...]]:
    """The characters but those laid slanting across the page, which belong to no line of its text, and
    of these the marks that hold figures. A page slanted in the whole has no marks."""
    kept = list(chars)
    slanted = [char for char in kept if is_slanted(char)]
    if 2 * len(slanted) > len(kept):
        return kept, ()
    marks = groupby(slanted, key=lambda char: tuple(char["matrix"][:4]))
    lines = [_line(list(mark), page) for _, mark in marks]
    level = [char for char in kept if not is_slanted(char)]
    return level, tuple(line for line in lines if any(map(str.isdigit, line.text)))


def is_slanted(char: dict[str, Any]) -> bool:
    """Whether a character is written neither level nor upright; italics are level."""
    off = degrees(atan2(char["matrix"][1], char["matrix"][0])) % 90
    return SLANT < off < 90 - SLANT


def _line(chars: Sequence[dict[str, Any]], page: int) -> Line:
    box = Box(
        min(c["x0"] for c in chars),
        min(c["top"] for c in chars),
        max(c["x1"] for c in chars),
        max(c["bottom"] for c in chars),
    )
    return Line("".join(c["text"] for c in chars), page, box)


def _goes_on(last: dict[str, Any], char: dict[str, Any]) -> bool:
    """Whether a character touches the one written before it, on the same line."""
    near: float = TOUCH * char["size"]
    level = abs(char["top"] - last["top"]) < near
    return level and abs(char["x0"] - last["x1"]) < near and not char["text"].isspace()


def _covered(shades: Iterable[dict[str, Any]], x: float, y: float) -> bool:
    return any(s["x0"] <= x <= s["x1"] and s["top"] <= y <= s["bottom"] for s in shades)


def _is_white(color: Any) -> bool:
    """Grey and RGB near 1, or CMYK without ink; an unknown colour shows."""
    if isinstance(color, int | float):
        return color >= WHITE
    if not isinstance(color, tuple | list) or not all(isinstance(c, int | float) for c in color):
        return False
    if len(color) == 4:
        return all(c <= 1 - WHITE for c in color)
    return len(color) in (1, 3) and all(c >= WHITE for c in color)
