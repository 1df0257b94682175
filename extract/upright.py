"""Digital pages whose content lies on its side though the page does not say so (no /Rotate).

Such a page is read as it looks when it is turned, and its boxes are put back to the page as shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Any, Protocol

from .document import Box
from .visible import is_slanted
from .weave import Char, turn_of

MOSTLY = 0.6
"""Share of a page's characters that are written in one other direction: turned headings of an upright
table are fewer, if it has more than a row or two."""
HEADER, LEAST = 200.0, 0.25
"""Headings that run up a page all stand in the table's header, within so many points down the page
(headings of two lines in 12 pt take 130). The rest of an upright page, at least so much of its writing,
reaches further across."""

Place = Callable[[float, float], tuple[float, float]]


class Sheet(Protocol):
    """What is read of a page, as pdfplumber has it; lengths in points."""

    @property
    def chars(self) -> list[Char]: ...
    @property
    def lines(self) -> list[Char]: ...
    @property
    def rects(self) -> list[Char]: ...
    @property
    def curves(self) -> list[Char]: ...
    @property
    def bbox(self) -> tuple[float, float, float, float]: ...


@dataclass(frozen=True, slots=True)
class Turned:
    """A page set upright."""

    chars: list[Char]
    lines: list[Char]
    rects: list[Char]
    curves: list[Char]
    bbox: tuple[float, float, float, float]


def lies(page: Any) -> int:
    """The clockwise turn of most of the writing on a page: 0, 90, 180 or 270 degrees."""
    turns = Counter(turn_of(char) for char in page.chars if not char["text"].isspace())
    turn, count = turns.most_common(1)[0] if turns else (0, 0)
    if count < MOSTLY * turns.total() or _are_headings(page, turn):
        return 0
    return turn


def _are_headings(page: Any, turn: int) -> bool:
    """Whether what is turned are only a table's headings, above a row or two."""
    turned = [c["top"] for c in page.chars if turn_of(c) == turn]
    level = [c["x0"] for c in page.chars if turn_of(c) == 0]
    enough = len(level) >= LEAST * len(page.chars)
    return turn in (90, 270) and enough and in_header(turned) and not in_header(level)


def in_header(places: Sequence[float]) -> bool:
    """Whether these places on a page, in points, lie as near together as a table's headings."""
    if len(places) < 2:
        return True
    tenths = quantiles(places, n=10)
    return tenths[-1] - tenths[0] < HEADER


def upright(page: Any, turn: int) -> Sheet:
    """The page with its writing, of so many degrees, level."""
    if not turn:
        sheet: Sheet = page
        return sheet
    x0, top, x1, bottom = map(float, page.bbox)
    place = _placed(turn, x0 + x1, top + bottom)
    ends = place(x0, top), place(x1, bottom)
    return Turned(
        [_char(char, place, turn) for char in page.chars],
        [_shape(line, place) for line in page.lines],
        [_shape(rect, place) for rect in page.rects],
        [_shape(curve, place) for curve in page.curves],
        (min(ends)[0], min(e[1] for e in ends), max(ends)[0], max(e[1] for e in ends)),
    )


def put_back(turn: int, width: float, height: float) -> Callable[[Box], Box]:
    """From places on an upright page to those on the page as shown, of so many points."""
    back = {90: 270, 270: 90}.get(turn, turn)
    wide, high = (height, width) if turn in (90, 270) else (width, height)
    place = _placed(back, wide, high)
    return lambda box: _box(box, place)


def _placed(turn: int, width: float, height: float) -> Place:
    """Where a point comes to stand when writing turned by so many degrees is set level."""
    if turn == 90:
        return lambda x, y: (y, width - x)
    if turn == 270:
        return lambda x, y: (height - y, x)
    return (lambda x, y: (width - x, height - y)) if turn else (lambda x, y: (x, y))


def _box(box: Box, place: Place) -> Box:
    (a, b), (c, d) = place(box.x0, box.top), place(box.x1, box.bottom)
    return Box(min(a, c), min(b, d), max(a, c), max(b, d))


def _shape(shape: Char, place: Place) -> Char:
    box = _box(Box(shape["x0"], shape["top"], shape["x1"], shape["bottom"]), place)
    return {**shape, "x0": box.x0, "x1": box.x1, "top": box.top, "bottom": box.bottom}


def _char(char: Char, place: Place, turn: int) -> Char:
    """The character with its own turn less that of the page; the base line where `matrix` has it.
    Slanted writing is so at each turn."""
    a, b, c, d, e, f = char["matrix"]
    left = (turn_of(char) - turn) % 360
    whole = max(abs(a), abs(b), abs(c), abs(d))
    ways = {0: (whole, 0, 0, whole), 90: (0, -whole, whole, 0), 180: (-whole, 0, 0, -whole)}
    written = (a, b, c, d) if is_slanted(char) else ways.get(left, (0, whole, -whole, 0))
    base = {90: (-f, e), 270: (f, -e)}.get(turn, (-e, -f))
    size = char["size"] if turn == 180 else char["x1"] - char["x0"]
    return {
        **_shape(char, place),
        "upright": left in (0, 180),
        "matrix": (*written, *base),
        "size": size if left in (0, 180) else char["bottom"] - char["top"],
    }
