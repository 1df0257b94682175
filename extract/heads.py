"""The header of a table without ruling lines: which heading stands over which columns.

A heading is set in the middle of the columns it covers, so its middle tells how far it reaches where
its own width does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .columns import Column, Word
from .document import Heading
from .headers import is_column_numbers, is_number, says_maxima
from .node import Node, pitch_of, segments, text_of
from .reach import reaching
from .strokes import Stroke

NEXT_LINE = 1.6
"""Lines of one heading follow within so many font sizes."""
SAME_MIDDLE = 0.2
"""Two headings have one middle when they differ by less than this share of a column."""
ALIGNED = 0.35
"""Font sizes by which the lines of one heading may stand off each other's middle or edge: a space hangs
over at a line's end."""
WIDER = 1.2
"""A gap between two cells' headings to one between words, at least, where both are hardly wider than a
space: cells have 2 pt of room on either side, a space of 9 pt takes 2.3 pt."""
ROOM = 1.5
"""Points by which a line of the table is longer than the texts beside it, on either side: cells leave 2 and more,
an underline and a marker's shade go as far as the text."""
LABELS, LABEL = ("chỉ số", "chỉ tiêu", "tiêu chí"), 4
"""What numbered headings begin with, and words of one at most: `Chỉ số 1 (5đ)`; recognition may lose the number."""
LEVEL_LINE = 0.3
"""Font sizes by which lines of different headings may differ in height and still be level."""
LEVEL_FEET = 0.8
"""Font sizes between two lines of figures of which neither is below the other."""
NEW_COLUMN = 0.7
"""An empty column's heading is at least this share of a column away from its neighbours' middles; the
short second line of a heading over two columns stands half a column away."""


def parted_by_headings(
    lines: Sequence[Sequence[Word]], body: Sequence[Sequence[Word]], columns: Sequence[Column]
) -> list[Column]:
    """The columns, parted where two headings stand side by side over one and no word of the body
    joins its halves: a full rank and a remark may leave less room than two words of a name."""
    found = list(columns)
    for line in lines:
        for left, right in pairwise(Column(s[0].x0, s[-1].x1) for s in segments(line)):
            own = [c for c in found if _overlap(c, right)]
            one = next((c for c in own if c.x0 < left.middle < c.x1), None)
            if len(own) > 1 and one and right.middle >= one.x1:
                continue  # it stands over the next column and only reaches over this one
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
    if _leaves(lines, columns):
        return [*columns]
    rows = [[Column(s[0].x0, s[-1].x1) for s in segments(line)] for line in lines]
    bare = [c for c in columns if not any(_overlap(c, h) for row in rows for h in row)]
    found = list(columns)
    for row in rows:
        for heading in row:
            beside = sorted(found, key=lambda c: abs(c.middle - heading.middle))[:2]
            taken = any(_overlap(c, heading) for c in found) or any(c in bare for c in beside)
            if not taken and not any(_may_be(heading, c, row, pitch_of(columns)) for c in beside):
                found.append(heading)
    return sorted(found, key=lambda c: c.x0)


def _leaves(lines: Sequence[Sequence[Word]], columns: Sequence[Column]) -> list[Column]:
    """The lowest lines of the headings, if there is one for each column."""
    rows = [[Column(s[0].x0, s[-1].x1) for s in segments(line)] for line in lines]
    found = [
        heading
        for i, row in enumerate(rows)
        for heading in row
        if not any(_overlap(heading, below) for lower in rows[i + 1 :] for below in lower)
    ]
    found.sort(key=lambda c: c.x0)
    pairs = zip(found, columns, strict=False)
    own = all(_overlap(h, c) or not any(_overlap(h, o) for o in columns) for h, c in pairs)
    inner = zip(columns, found[1:-1], columns[2:], strict=False)
    between = all(a.middle < heading.middle < b.middle for a, heading, b in inner)
    return found if len(found) == len(columns) and own and between else []


def _may_be(heading: Column, column: Column, row: Sequence[Column], pitch: float) -> bool:
    """Whether a column may have a heading that stands beside it: near it, with no other on that line."""
    near = abs(column.middle - heading.middle) <= NEW_COLUMN * pitch
    return near and not any(other is not heading and _overlap(column, other) for other in row)


def _overlap(a: Column, b: Column) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1


def headings_over(
    lines: Sequence[Sequence[Word]],
    columns: Sequence[Column],
    page: int,
    dividers: Sequence[Stroke] = (),
) -> tuple[Heading, ...]:
    """The heading tree of header lines, from the top; level `dividers` part some of them."""
    columns = _over_headings(lines, columns)
    upper, lower = _with_feet(lines, columns)
    nodes = [_node(part, columns) for line in upper for part in _parts(line, columns)]
    nodes = _stacked(nodes, columns, dividers)
    nodes = _stacked(reaching(nodes, columns), columns, dividers)
    nodes += [_narrowed(_node(s, columns), columns) for line in lower for s in segments(line)]
    return tuple(_tree(nodes, 0, len(columns) - 1, page))


def _with_feet(
    lines: Sequence[Sequence[Word]], columns: Sequence[Column]
) -> tuple[Sequence[Sequence[Word]], Sequence[Sequence[Word]]]:
    """The lines of the headings, and below them those of maxima and of column numbers, which are levels of their own;
    a maximum may stand a little above or below the others."""
    count = 0
    for line in reversed(lines):
        own = _is_number_level(line, columns) or says_maxima(_texts(line))
        if not own and not (count and _is_beside(line, lines[-count])):
            break
        count += 1
    foot = len(lines) - count
    return lines[:foot], lines[foot:]


def _is_beside(line: Sequence[Word], foot: Sequence[Word]) -> bool:
    """Whether figures stand nearly level with a line below the headings."""
    near = foot[0].y - line[0].y < LEVEL_FEET * line[0].size
    return near and all(map(is_number, _texts(line)))


def _texts(line: Sequence[Word]) -> list[str]:
    return [text_of(s) for s in segments(line)]


def _parts(line: Sequence[Word], columns: Sequence[Column]) -> list[list[Word]]:
    """The texts of a line; those of cells filled to their edges stand hardly further apart than words,
    but each in the middle of its column."""
    return [part for segment in segments(line) for part in _by_column(segment, columns)]


def _by_column(words: list[Word], columns: Sequence[Column]) -> list[list[Word]]:
    """The words parted into one text for each column, which no heading repeats, before each `Chỉ số k`, or at their
    widest gaps if so each part has the middle of one column."""
    over = [c for c in columns if words[0].x0 <= c.middle <= words[-1].x1]
    if again := _repeated(words, len(over)):
        return again
    counted = _counted(words)
    if len(counted) == len(over) > 1 and all(
        part[0].x0 <= c.middle <= part[-1].x1 for part, c in zip(counted, over, strict=True)
    ):
        return counted
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    least = sorted(gaps, reverse=True)[: len(over) - 1]
    if len(over) < 2 or len(gaps) < len(over) or least[-1] < WIDER * sorted(gaps)[-len(over)]:
        return [words]
    ends = [i + 1 for i, gap in enumerate(gaps) if gap >= least[-1]]
    parts = [words[a:b] for a, b in pairwise([0, *ends, len(words)])]
    middles = [(part[0].x0 + part[-1].x1) / 2 for part in parts]
    off = ALIGNED * words[0].size
    apart = all(abs(m - c.middle) <= off for m, c in zip(middles, over, strict=False))
    return parts if apart and len(parts) == len(over) else [words]


def _repeated(words: list[Word], times: int) -> list[list[Word]]:
    """The words as so many parts of one text, `(tối đa` over each of some columns; none where they are not."""
    long, rest = divmod(len(words), max(times, 1))
    parts = [words[i : i + long] for i in range(0, len(words), long)] if long and not rest else []
    same = len(set(map(text_of, parts))) == 1
    return parts if same and len(parts) > 1 else []


def _counted(words: list[Word]) -> list[list[Word]]:
    """The words parted before each of the headings that number a group's columns, if they are no other ones."""
    texts = [w.run.text.lower() for w in words]
    starts = [i for i, pair in enumerate(pairwise(texts)) if " ".join(pair) in LABELS]
    parts = [words[a:b] for a, b in pairwise([*starts, len(words)])]
    numbered = all(len(p) == 2 or (p[2].run.text[0].isdigit() and len(p) <= LABEL) for p in parts)
    return parts if starts[:1] == [0] and numbered else []


def _over_headings(lines: Sequence[Sequence[Word]], columns: Sequence[Column]) -> list[Column]:
    """The columns widened to the headings that touch no other: figures need not be centred. Where
    they stand at one side under their headings, these are the columns."""
    leaves = _leaves(lines, columns)
    if not all(c.x0 <= h.middle <= c.x1 for h, c in zip(leaves, columns, strict=False)):
        return leaves
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
    texts = _texts(line)
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


def _stacked(
    nodes: Sequence[Node], columns: Sequence[Column], dividers: Sequence[Stroke]
) -> list[Node]:
    """Lines of one heading united: the next line on the same middle, alone among its columns."""
    pending = sorted(nodes, key=lambda n: (n.top, n.first))
    found: list[Node] = []
    for node in pending:
        above = [n for n in found if n.first <= node.last and node.first <= n.last]
        last = max(above, key=lambda n: n.bottom, default=None)
        ruled = last and _is_ruled_off(last, node, dividers)
        if last and not ruled and _one_heading(last, node, pending, columns):
            found[found.index(last)] = last + node
        else:
            found.append(node)
    return found


def _is_ruled_off(above: Node, below: Node, dividers: Sequence[Stroke]) -> bool:
    """Whether a line of the table runs between two texts."""
    start = min(above.box.x0, below.box.x0) - ROOM
    end = max(above.box.x1, below.box.x1) + ROOM
    return any(
        above.bottom < s.at < below.top and s.start < start and end < s.end for s in dividers
    )


def _one_heading(
    above: Node, below: Node, nodes: Sequence[Node], columns: Sequence[Column]
) -> bool:
    if below.top - above.bottom > NEXT_LINE * below.size or _is_group_over(above, below, nodes):
        return False
    if (above.first, above.last) == (below.first, below.last):
        return _aligned(above, below)
    if abs(above.middle - below.middle) > SAME_MIDDLE * pitch_of(columns):
        return False
    first, last = min(above.first, below.first), max(above.last, below.last)
    narrow = min(above, below, key=lambda n: n.last - n.first)
    return not any(
        n is not above and n is not below and abs(n.y - narrow.y) < 0.6 * n.size
        for n in nodes
        if first <= n.first and n.last <= last
    )


def _is_group_over(above: Node, below: Node, nodes: Sequence[Node]) -> bool:
    """Whether one line stands over three columns, in the middle one: the headings on both sides begin
    level with the lower line, not with the upper one. They would so too beside a longer heading, but not
    where all begin at the top of their cells, nor if they end level with it and none stand at the foot."""
    if below.first < below.last or not all(
        _begins(nodes, below.first + side, above, below) for side in (-1, 1)
    ):
        return False
    off = LEVEL_LINE * below.size
    serial = [n for n in nodes if n.first == 0]
    top, bottom = min(n.top for n in nodes), max(n.bottom for n in nodes)
    if serial and min(n.top for n in serial) <= top + off:
        return True
    ends = [_bottom(nodes, below.first + side) for side in (-1, 0, 1)]
    standing = not serial or max(n.bottom for n in serial) >= bottom - off
    return max(ends) - min(ends) <= off and not standing


def _bottom(nodes: Sequence[Node], column: int) -> float:
    return max((n.bottom for n in nodes if n.first == n.last == column), default=0.0)


def _begins(nodes: Sequence[Node], column: int, above: Node, below: Node) -> bool:
    """Whether a column's heading has a line level with `below` and none from `above` down to it."""
    off = LEVEL_LINE * below.size
    own = [n for n in nodes if n.first <= column <= n.last and n.top >= above.top - off]
    begun = min((n.top for n in own), default=0.0)
    return column > 0 and abs(begun - below.top) <= off


def _aligned(above: Node, below: Node) -> bool:
    """Whether two lines are set as one text is: on one middle, or from one edge."""
    a, b = above.box, below.box
    ways = (above.middle - below.middle, a.x0 - b.x0, a.x1 - b.x1)
    return any(abs(way) <= ALIGNED * below.size for way in ways)


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
