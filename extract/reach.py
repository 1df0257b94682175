"""How far a heading reaches over columns that its own width does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from .columns import Column
from .node import Node, pitch_of

OFF_MIDDLE = 0.35
"""A heading's middle may miss that of its columns by this share of a column: columns are known by
their figures, which need not be centred."""


def reaching(nodes: Sequence[Node], columns: Sequence[Column]) -> list[Node]:
    """Headings stretched over neighbours without a heading of their own at that height."""
    found = list(nodes)
    deepest = max((n.bottom for n in nodes), default=0.0)
    upper = [n for n in nodes if n.bottom <= deepest - 0.5 * n.size]
    over = [n for n in upper if _has_below(n, [o for o in nodes if o.top > n.bottom])]
    waiting = sorted(over, key=lambda n: n.top)
    while waiting:
        heads = [n for n in waiting if n.top <= waiting[0].bottom + 0.3 * n.size]
        waiting = [n for n in waiting if n not in heads]
        for old, new in zip(heads, _side_by_side(heads, found, columns), strict=True):
            found[found.index(old)] = new
    return found


def _side_by_side(
    heads: list[Node], nodes: Sequence[Node], columns: Sequence[Column]
) -> list[Node]:
    """The headings of one level, from the left, each over the columns of which it stands in the
    middle, so that as few columns as can be are left without one."""
    heads.sort(key=lambda n: n.first)
    spans = [_free_neighbours(head, nodes, len(columns)) for head in heads]
    free = {c for first, last in spans for c in range(first, last + 1)}

    @cache
    def best(i: int, start: int) -> tuple[float, tuple[Node, ...]]:
        """(cost, reaches) of the headings from i on, which have the columns from `start` on."""
        if i == len(heads):
            return float(len(free & set(range(start, len(columns))))), ()
        choices = []
        for reach, off in _reaches(heads[i], spans[i], columns):
            bare = len(free & set(range(start, reach.first)))
            cost, rest = best(i + 1, max(start, reach.last + 1))
            overlap = max(0, start - reach.first)
            choices.append((off + bare + overlap + cost, (reach, *rest)))
        return min(choices, key=lambda choice: choice[0])

    return list(best(0, 0)[1])


def _has_below(node: Node, below: Sequence[Node]) -> bool:
    return any(n.first <= node.last and node.first <= n.last for n in below)


def _free_neighbours(node: Node, nodes: Sequence[Node], count: int) -> tuple[int, int]:
    """(first, last) column up to which nothing stands beside the heading, under its own one."""
    free = [
        c > 0 and _is_free(node, [n for n in nodes if n.first <= c <= n.last], nodes)
        for c in range(count)
    ]
    over = [n for n in nodes if n.bottom < node.top and n.first < n.last]
    above = [n for n in over if n.first <= node.first and node.last <= n.last]
    start = max((n.first for n in above), default=0)
    end = min((n.last for n in above), default=count - 1)
    first, last = node.first, node.last
    while first > start and free[first - 1]:
        first -= 1
    while last < end and free[last + 1]:
        last += 1
    return first, last


def _is_free(node: Node, own: Sequence[Node], nodes: Sequence[Node]) -> bool:
    """Whether a column's headings all stand below the node's last line, and not in the middle of the
    header as a heading of full height does (the first column's is one)."""
    own = [n for n in own if n.first == n.last or n.bottom > node.top - 0.3 * node.size]
    if not own or any(n.top <= node.bottom + 0.3 * node.size for n in own):
        return False
    serial = next((n for n in nodes if n.first == n.last == 0), None)
    full = serial and len(own) == 1 and abs(own[0].y - serial.y) < 0.35 * serial.size
    return not full


def _reaches(
    node: Node, free: tuple[int, int], columns: Sequence[Column]
) -> list[tuple[Node, float]]:
    """The reaches whose middle is the heading's, with how far off it is, in columns; else its own."""
    pitch = pitch_of(columns)
    choices = [
        (replace(node, first=first, last=last), _off(node, first, last, columns) / pitch)
        for first in range(free[0], node.first + 1)
        for last in range(node.last, free[1] + 1)
    ]
    return [choice for choice in choices if choice[1] <= OFF_MIDDLE] or [(node, 0.0)]


def _off(node: Node, first: int, last: int, columns: Sequence[Column]) -> float:
    return abs((columns[first].middle + columns[last].middle) / 2 - node.middle)
