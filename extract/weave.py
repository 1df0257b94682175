"""Letters of one word written in two fonts, put together again.

A program that lacks a letter in one font takes it from another: a browser writes the pieces one after
the other, an office program the whole line without those letters first, and the letters afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Char = dict[str, Any]
Piece = list[tuple[Char, int]]
"""Characters written one after the other, each with the clockwise turn of its writing."""

TOUCH = 0.12
"""Font sizes by which letters of one word may stand apart or over each other: kerning is below 0.1."""
SPACE = 0.3
"""Font sizes of room for a space that the program left out where it took a letter from another font."""
SAME_SIZE = 0.1
"""Share by which the sizes of two fonts on one line may differ; a raised note is smaller by a third."""
RECENT = 40
"""Pieces back in the file among which a letter's word is looked for: a line and its left-out letters."""


def turn_of(char: Char) -> int:
    """Clockwise turn of the writing, from the text matrix, in steps of 90 degrees."""
    if char.get("upright", True):
        return 0 if char["matrix"][0] >= 0 else 180
    return 270 if char["matrix"][1] > 0 else 90


def along(char: Char, turn: int) -> tuple[float, float, float, float]:
    """(start, end, line top, line bottom) in the direction of writing."""
    x0, x1, top, bottom = char["x0"], char["x1"], char["top"], char["bottom"]
    if turn == 270:
        return -bottom, -top, x0, x1
    if turn == 90:
        return top, bottom, -x1, -x0
    if turn == 180:
        return -x1, -x0, -bottom, -top
    return x0, x1, top, bottom


def same_line(a: Char, b: Char, turn: int) -> bool:
    """Whether two characters stand on one line, by their boxes or, in two fonts, by the base line."""
    _, _, top_a, bottom_a = along(a, turn)
    _, _, top_b, bottom_b = along(b, turn)
    size: float = b["size"]
    level = abs(bottom_a - bottom_b) < 0.2 * size or abs(top_a - top_b) < 0.05 * size
    return level or (a["fontname"] != b["fontname"] and _same_base(a, b, turn))


def _same_base(a: Char, b: Char, turn: int) -> bool:
    size: float = max(a["size"], b["size"])
    off: float = abs(_base(a, turn) - _base(b, turn))
    return off < 0.05 * size and abs(a["size"] - b["size"]) <= SAME_SIZE * size


def _base(char: Char, turn: int) -> float:
    base: float = char["matrix"][4 if turn in (90, 270) else 5]
    return base


def woven(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those put together that are words in two fonts."""
    found: list[Piece] = []
    for piece in pieces:
        for i in range(len(found) - 1, max(-1, len(found) - 1 - RECENT), -1):
            if whole := _whole(found[i], piece):
                found.pop(i)
                piece = whole
        found.append(piece)
    return found


def _whole(a: Piece, b: Piece) -> Piece | None:
    """Two pieces as one, if they lie side by side and touch where their fonts change."""
    (first, turn), (second, other) = a[0], b[0]
    if turn != other or not _same_base(first, second, turn):
        return None
    size: float = first["size"]
    start, end = along(*a[0])[0], along(*a[-1])[1]
    if along(*b[-1])[1] < start - size or along(*b[0])[0] > end + size:
        return None
    own = {id(char) for char, _ in a}
    near = SPACE if first["fontname"] == second["fontname"] else TOUCH
    line = sorted([*a, *b], key=lambda p: along(*p)[0])
    return _spaced(line) if _meet(line, own, near * size, TOUCH * size) else None


def _meet(line: Piece, own: set[int], near: float, over: float) -> bool:
    """Whether two pieces set side by side come near at a change of fonts and nowhere overlap."""
    touching = False
    for (left, turn), (right, _) in pairwise(line):
        if (id(left) in own) == (id(right) in own):
            continue
        gap = along(right, turn)[0] - along(left, turn)[1]
        if gap < -over:
            return False
        letters = left["text"].isalpha() or right["text"].isalpha()
        changes = left["fontname"] != right["fontname"]
        touching |= letters and (gap <= near if changes else _space_between(left, right, gap, over))
    return touching


def _space_between(left: Char, right: Char, gap: float, near: float) -> bool:
    """Whether a space was written after one word right where the next one begins."""
    return " " in (left["text"], right["text"]) and gap <= near


def _spaced(line: Piece) -> Piece:
    """The line with a written space wherever only the room for one is left where the fonts change."""
    found = line[:1]
    for (left, turn), (right, _) in pairwise(line):
        room = along(right, turn)[0] - along(left, turn)[1]
        changes = left["fontname"] != right["fontname"]
        if changes and " " not in (left["text"], right["text"]) and room > TOUCH * right["size"]:
            found.append(({**right, "text": " ", **_between(left, right, turn)}, turn))
        found.append((right, turn))
    return found


def _between(left: Char, right: Char, turn: int) -> dict[str, float]:
    """Where a space between two characters stands along the line."""
    if turn == 0:
        return {"x0": left["x1"], "x1": right["x0"]}
    if turn == 180:
        return {"x0": right["x1"], "x1": left["x0"]}
    if turn == 90:
        return {"top": left["bottom"], "bottom": right["top"]}
    return {"top": right["bottom"], "bottom": left["top"]}
