"""Which printed lines make one row, where no rule says so.

Each row has an anchor, the line of its serial number or its figures. The other lines of a column,
wrapped names and remarks, are shared out among the anchors so that each stack of lines sits about
its anchor as the table sets it: centred, from the top, or from the bottom.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Setting = Literal["middle", "top", "bottom"]
SETTINGS: tuple[Setting, ...] = ("middle", "top", "bottom")

PITCH = 1.7
"""Lines of one cell follow within so many font sizes: single spacing is 1.15, one and a half 1.7."""
DEEPEST = 7
"""Most lines of one cell; squeezed remarks run to five."""
EVEN = 0.02
"""Cost of a stack's depth, squared: lines that fit two sharings alike are shared evenly."""
MISSED = 0.3
"""Cost of an anchor left without a line in a column that has lines for all: every unit has a name."""
LEVEL = 0.3
"""Font sizes by which a line may stand off the anchor of its row and still be on one line with it."""
MISBEGUN = 0.3
"""Cost of a line that stands first in its stack and does not begin a text, or the other way about."""
ALONE = 0.5
"""Cost, in font sizes, of each line taken for a row of its own: more than a stack sits askew."""


@dataclass(frozen=True, slots=True)
class StackedLine:
    """A line of one column: its middle, in points, font size and weight; `begins` says whether it is the
    first of its text, None where its words do not tell."""

    y: float
    size: float
    bold: bool
    begins: bool | None = None


@dataclass(frozen=True, slots=True)
class Sharing:
    """For each line the anchor it belongs to, and what that cost. A stack that belongs to none is a
    row of its own: its lines have -1 less the number of its first line."""

    anchors: tuple[int, ...]
    cost: float


def share_out(lines: Sequence[StackedLine], anchors: Sequence[float], setting: Setting) -> Sharing:
    """Lines of one column, from the top, shared out among anchors (y in points) at least cost."""
    missed = MISSED if len(lines) >= len(anchors) else 0.0
    done: dict[tuple[int, int], Sharing] = {}

    def best(i: int, a: int) -> Sharing:
        """The cheapest sharing of lines i.. among anchors a.. ."""
        if i == len(lines):
            return Sharing((), missed * (len(anchors) - a))
        if (i, a) not in done:
            done[i, a] = min(choices(i, a), key=lambda s: s.cost)
        return done[i, a]

    def choices(i: int, a: int) -> Iterator[Sharing]:
        for depth in range(1, _deepest(lines, i) + 1):
            stack = lines[i : i + depth]
            rest = best(i + depth, a)
            yield Sharing(
                (*[-1 - i] * depth, *rest.anchors), rest.cost + ALONE * depth - EVEN * (depth > 1)
            )
            for anchor in _near(stack, anchors, a):
                rest = best(i + depth, anchor + 1)
                cost = _askew(stack, anchors[anchor], setting) + missed * (anchor - a)
                yield Sharing((*[anchor] * depth, *rest.anchors), rest.cost + cost)

    return best(0, 0)


def _deepest(lines: Sequence[StackedLine], start: int) -> int:
    depth = 1
    while start + depth < len(lines) and depth < DEEPEST:
        last, line = lines[start + depth - 1], lines[start + depth]
        if line.y - last.y > PITCH * line.size or line.bold != last.bold:
            break
        depth += 1
    return depth


def _near(stack: Sequence[StackedLine], anchors: Sequence[float], first: int) -> range:
    """Anchors (sorted) from `first` on that the stack may belong to: of those at the height of one of
    its lines only that one."""
    reach, same = 0.6 * stack[0].size, LEVEL * stack[0].size
    start = bisect_left(anchors, stack[0].y - reach, first)
    near = range(start, bisect_right(anchors, stack[-1].y + reach, start))
    level = [i for i in near if any(abs(line.y - anchors[i]) < same for line in stack)]
    return range(level[0], level[-1] + 1 if len(level) == 1 else level[0]) if level else near


def _askew(stack: Sequence[StackedLine], anchor: float, setting: Setting) -> float:
    """How far, in font sizes, a stack sits from where its anchor asks for it."""
    at = {
        "middle": (stack[0].y + stack[-1].y) / 2,
        "top": stack[0].y,
        "bottom": stack[-1].y,
    }[setting]
    misbegun = (stack[0].begins is False) + sum(line.begins is True for line in stack[1:])
    return abs(at - anchor) / stack[0].size + EVEN * (len(stack) - 1) ** 2 + MISBEGUN * misbegun
