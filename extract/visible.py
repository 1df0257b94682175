"""Which characters of a digital page a reader of the paper sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

TOUCH = 0.12
"""Font sizes by which letters of one word may stand apart: kerning is below 0.1."""
WHITE = 0.97
"""Grey level from which ink does not show on white paper."""


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
