"""How many lines a text takes in a cell: readers do not fit the rows of a written file by themselves."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

EM = 40 / 3
"""Pixels: 10 pt at 96 dpi."""

UNIT, PADDING = 7, 6
"""Pixels of a unit of column width, and of what a cell keeps free beside its text."""

WIDTHS = {
    " !',./:;I[]fijlrt|-()": 0.3,
    "MWmw%@—": 0.87,
    "ABCDEFGHKLNOPQRSTUVXYZ&ĐƯƠ": 0.7,
}
OTHERS = 0.556
"""Widths of Arial's letters in em, by kind: of a digit and most small letters, of narrow, of wide ones."""

BOLD = 1.08


def line_count(text: str, width: float, bold: bool = False) -> int:
    """Lines of 10 pt Arial in a column of so many units, broken at spaces and after hyphens and slashes,
    longer words anywhere."""
    room = (width * UNIT - PADDING) / EM / (BOLD if bold else 1)
    return sum(_lines(paragraph, room) for paragraph in text.split("\n"))


def _lines(paragraph: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in re.findall(r"[^\s/-]*[\s/-]*", paragraph):
        needed = sum(map(_width, word.rstrip()))
        if used and used + needed > room:
            lines, used = lines + 1, 0.0
        while needed > room:
            lines, needed = lines + 1, needed - room
        used += needed + sum(map(_width, word[len(word.rstrip()) :]))
    return lines


@cache
def _width(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter)[0]
    return next((width for letters, width in WIDTHS.items() if base in letters), OTHERS)
