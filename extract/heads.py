"""The header of a table without ruling lines: which heading stands over which columns.

A heading is set in the middle of the columns it covers, so its middle tells how far it reaches where
its own width does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from statistics import median

from .columns import CELL_GAP, Column, Word
from .document import Box, Heading
from .headers import is_column_numbers

NEXT_LINE = 1.6
"""Lines of one heading follow within so many font sizes."""
SAME_MIDDLE = 0.2
"""Two headings have one middle when they differ by less than this share of a column."""
OFF_MIDDLE = 0.35
"""A heading's middle may miss that of its columns by this share of a column: columns are known by
their figures, which need not be centred."""
NEW_COLUMN = 0.7
"""An empty column's heading is at least this share of a column away from its neighbours' middles; the
short second line of a heading over two columns stands half a column away."""


@dataclass(frozen=True, slots=True)
class Node:
    """A heading (or a line of one) over columns `first`..`last`."""

    words: tuple[Word, ...]
    first: int
    last: int

    @property
    def box(self) -> Box:
        return Box(
            min(w.x0 for w in self.words),
            min(w.run.box.top for w in self.words),
            max(w.x1 for w in self.words),
            max(w.run.box.bottom for w in self.words),
        )

    @property
    def middle(self) -> float:
        return (self.box.x0 + self.box.x1) / 2

    @property
    def y(self) -> float:
        return (self.box.top + self.box.bottom) / 2

    @property
    def top(self) -> float:
        return min(w.y for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.y for w in self.words)

    @property
    def size(self) -> float:
        return self.words[0].size

    @property
    def text(self) -> str:
        return " ".join(w.run.text for w in self.words)

    def __add__(self, other: Node) -> Node:
        above, below = sorted((self, other), key=lambda n: n.top)
        return Node(
            (*above.words, *below.words), min(self.first, other.first), max(self.last, other.last)
        )


def segments(line: Sequence[Word]) -> list[list[Word]]:
    """The words of a line grouped as they stand together."""
    found: list[list[Word]] = []
    for word in sorted(line, key=lambda w: w.x0):
        last = found[-1][-1] if found else word
        near = word.x0 - last.x1 <= CELL_GAP * word.size
        if found and near and (last.source is word.source or not word.source.whole):
            found[-1].append(word)
        else:
            found.append([word])
    return found


def parted_by_headings(
    lines: Sequence[Sequence[Word]], body: Sequence[Sequence[Word]], columns: Sequence[Column]
) -> list[Column]:
    """The columns, parted where two headings stand side by side over one and no word of the body
    joins its halves: a full rank and a remark may leave less room than two words of a name."""
    found = list(columns)
    for line in lines:
        for left, right in pairwise(Column(s[0].x0, s[-1].x1) for s in segments(line)):
            one = next((c for c in found if c.x0 < left.middle and right.middle < c.x1), None)
            halves = one and _halves(one, left.middle, right.middle, body)
            if one and halves:
                found[found.index(one) : found.index(one) + 1] = halves
    return found


def _halves(
    column: Column, start: float, end: float, body: Sequence[Sequence[Word]]
) -> list[Column] | None:
    """The column parted at the widest free stretch between two places."""
    inside = [
        Column(w.x0, w.x1) for line in body for w in line if _overlap(column, Column(w.x0, w.x1))
    ]
    reached, free = column.x0, Column(start, start)
    for word in sorted(inside, key=lambda c: c.x0):
        if start < (reached + word.x0) / 2 < end and word.x0 - reached > free.x1 - free.x0:
            free = Column(reached, word.x0)
        reached = max(reached, word.x1)
    return [Column(column.x0, free.x0), Column(free.x1, column.x1)] if free.x1 > free.x0 else None


def empty_columns(lines: Sequence[Sequence[Word]], columns: Sequence[Column]) -> list[Column]:
    """The columns with those added that have a heading but nothing in the body.

    A heading beside a column that has none over it is that column's: names stand left of their
    centred heading.
    """
    pitch = _pitch(columns)
    headings = [Column(s[0].x0, s[-1].x1) for line in lines for s in segments(line)]
    bare = [c for c in columns if not any(_overlap(c, h) for h in headings)]
    found = list(columns)
    for heading in headings:
        beside = sorted(found, key=lambda c: abs(c.middle - heading.middle))[:2]
        near = abs(beside[0].middle - heading.middle)
        taken = any(_overlap(c, heading) for c in found) or any(c in bare for c in beside)
        if near > NEW_COLUMN * pitch and not taken:
            found.append(heading)
    return sorted(found, key=lambda c: c.x0)


def _overlap(a: Column, b: Column) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1


def _pitch(columns: Sequence[Column]) -> float:
    middles = [c.middle for c in columns]
    return median(b - a for a, b in pairwise(middles)) if middles[1:] else 50.0


def headings_over(
    lines: Sequence[Sequence[Word]], columns: Sequence[Column], page: int
) -> tuple[Heading, ...]:
    """The heading tree of header lines, from the top."""
    columns = _over_headings(lines, columns)
    numbered = bool(lines) and _is_number_level(lines[-1], columns)
    upper, lower = (lines[:-1], lines[-1]) if numbered else (lines, ())
    nodes = [n for line in upper for n in (_node(s, columns) for s in segments(line))]
    nodes = _stacked(_reaching(_stacked(nodes, columns), columns), columns)
    nodes += [_narrowed(_node(s, columns), columns) for s in segments(lower)]
    return tuple(_tree(nodes, 0, len(columns) - 1, page))


def _over_headings(lines: Sequence[Sequence[Word]], columns: Sequence[Column]) -> list[Column]:
    """The columns widened to the headings that touch no other: figures need not be centred."""
    headings = [Column(s[0].x0, s[-1].x1) for line in lines for s in segments(line)]
    found: list[Column] = []
    for column in columns:
        own = [h for h in headings if [c for c in columns if _overlap(c, h)] == [column]]
        ends = (*own, column)
        found.append(Column(min(c.x0 for c in ends), max(c.x1 for c in ends)))
    return found


def _narrowed(node: Node, columns: Sequence[Column]) -> Node:
    """A column's number stands over one column."""
    over = range(node.first, node.last + 1)
    own = min(over, key=lambda i: abs(columns[i].middle - node.middle))
    return replace(node, first=own, last=own)


def _is_number_level(line: Sequence[Word], columns: Sequence[Column]) -> bool:
    """A line of column numbers, not the second line of `Tiêu chí` / `1`."""
    texts = [" ".join(w.run.text for w in s) for s in segments(line)]
    bracketed = any("(" in text for text in texts)
    return is_column_numbers(texts) and (bracketed or line[0].x0 < columns[1].x1)


def _node(words: Sequence[Word], columns: Sequence[Column]) -> Node:
    """A line of a heading over the columns whose middles it covers, or between which it stands."""
    x0, x1 = words[0].x0 - 1, words[-1].x1 + 1
    over = [i for i, c in enumerate(columns) if x0 <= c.middle <= x1]
    if over:
        return Node(tuple(words), over[0], over[-1])
    middle = (x0 + x1) / 2
    nearest = min(range(len(columns)), key=lambda i: _distance(columns[i], middle))
    other = nearest + (1 if middle > columns[nearest].middle else -1)
    if 0 < other < len(columns) and nearest and _between(columns[nearest], columns[other], middle):
        return Node(tuple(words), min(nearest, other), max(nearest, other))
    return Node(tuple(words), nearest, nearest)


def _distance(column: Column, x: float) -> float:
    return max(column.x0 - x, x - column.x1, 0.0) or 0.001 * abs(column.middle - x)


def _between(a: Column, b: Column, x: float) -> bool:
    share = (x - a.middle) / (b.middle - a.middle)
    return 0.5 - SAME_MIDDLE < share < 0.5 + SAME_MIDDLE


def _stacked(nodes: Sequence[Node], columns: Sequence[Column]) -> list[Node]:
    """Lines of one heading united: the next line on the same middle, alone among its columns."""
    pending = sorted(nodes, key=lambda n: (n.top, n.first))
    found: list[Node] = []
    for node in pending:
        above = [n for n in found if n.first <= node.last and node.first <= n.last]
        last = max(above, key=lambda n: n.bottom, default=None)
        if last and _one_heading(last, node, pending, columns):
            found[found.index(last)] = last + node
        else:
            found.append(node)
    return found


def _one_heading(
    above: Node, below: Node, nodes: Sequence[Node], columns: Sequence[Column]
) -> bool:
    if below.top - above.bottom > NEXT_LINE * below.size:
        return False
    if (above.first, above.last) == (below.first, below.last):
        return True
    if abs(above.middle - below.middle) > SAME_MIDDLE * _pitch(columns):
        return False
    first, last = min(above.first, below.first), max(above.last, below.last)
    narrow = min(above, below, key=lambda n: n.last - n.first)
    return not any(
        n is not above and n is not below and abs(n.y - narrow.y) < 0.6 * n.size
        for n in nodes
        if first <= n.first and n.last <= last
    )


def _reaching(nodes: Sequence[Node], columns: Sequence[Column]) -> list[Node]:
    """Headings stretched over neighbours without a heading of their own at that height."""
    found = list(nodes)
    deepest = max((n.bottom for n in nodes), default=0.0)
    waiting = sorted((n for n in nodes if n.bottom <= deepest - 0.5 * n.size), key=lambda n: n.top)
    while waiting:
        level = [n for n in waiting if n.top <= waiting[0].bottom + 0.3 * n.size]
        waiting = [n for n in waiting if n not in level]
        heads = [n for n in level if _has_below(n, [o for o in found if o.top > n.bottom])]
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
    pitch = _pitch(columns)
    choices = [
        (replace(node, first=first, last=last), _off(node, first, last, columns) / pitch)
        for first in range(free[0], node.first + 1)
        for last in range(node.last, free[1] + 1)
    ]
    return [choice for choice in choices if choice[1] <= OFF_MIDDLE] or [(node, 0.0)]


def _off(node: Node, first: int, last: int, columns: Sequence[Column]) -> float:
    return abs((columns[first].middle + columns[last].middle) / 2 - node.middle)


def _tree(nodes: Sequence[Node], first: int, last: int, page: int) -> list[Heading]:
    """Nodes within columns `first`..`last` as a tree, the topmost first."""
    found: list[Heading] = []
    column = first
    while column <= last:
        own = [n for n in nodes if n.first <= column <= n.last]
        if not own:
            column += 1
            continue
        head = min(own, key=lambda n: (n.top, n.first))
        end = min(max(head.last, column), last)
        rest = [n for n in nodes if n is not head and n.top >= head.top and n.first >= column]
        inside = [n for n in rest if n.first <= end]
        found.append(
            Heading(head.text, column, end, page, head.box, tuple(_tree(inside, column, end, page)))
        )
        column = end + 1
    return found
