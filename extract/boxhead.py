"""Rows without lines below a ruled heading box: where they are, and the lines that part them.

Some offices rule the box of the headings only. The rows below it are found by their words; with lines drawn between
them, from the borders of the headings down, box and rows are one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from .document import Box, Heading, Table
from .glyphs import Run
from .headers import leaves
from .strokes import Stroke, Strokes

APART = 30.0
"""Points between a heading box and the first row below it, at most."""
OVERLAP = 0.8
"""Share of the narrower one's width in which heading box and rows lie under each other."""
OFF = 0.5
"""Points by which a text may reach over a border that it does not cross."""


def with_lines(
    strokes: Strokes, boxes: Sequence[Table], loose: Sequence[Table], runs: Sequence[Run]
) -> Strokes | None:
    """The lines of a page with those between the rows below its heading boxes (`boxes` without rows); None where no
    rows (of `loose` tables, made of `runs`) stand below one."""
    level, upright = list(strokes.level), list(strokes.upright)
    for head in boxes:
        body = next((t for t in loose if _is_below(t, head)), None)
        if head.rows or body is None or head.box is None:
            continue
        bands = _bands(head.box, body)
        level += [Stroke(bottom, head.box.x0, head.box.x1) for _, bottom in bands]
        upright += _borders(leaves(head.header), bands, runs)
    longer = Strokes(tuple(level), tuple(upright))
    return longer if len(level) > len(strokes.level) else None


def _is_below(body: Table, head: Table) -> bool:
    if head.box is None or body.box is None:
        return False
    shared = min(head.box.x1, body.box.x1) - max(head.box.x0, body.box.x0)
    narrow = min(head.box.x1 - head.box.x0, body.box.x1 - body.box.x0)
    return 0 < body.box.top - head.box.bottom < APART and shared > OVERLAP * narrow


def _bands(head: Box, body: Table) -> list[tuple[float, float]]:
    """From where to where down the page each row goes: half of the white between two belongs to either."""
    boxes = [[c.box for c in row.cells if c.box and c.lines] for row in body.rows]
    spans = [(min(b.top for b in row), max(b.bottom for b in row)) for row in boxes if row]
    cuts = [(above[1] + below[0]) / 2 for above, below in pairwise(spans)]
    return list(pairwise([head.bottom, *cuts, spans[-1][1] + OFF]))


def _borders(
    heads: Iterable[Heading], bands: Sequence[tuple[float, float]], runs: Sequence[Run]
) -> Iterator[Stroke]:
    """The borders of the headings, down through each row that has no text across them."""
    places = sorted({x for head in heads if head.box for x in (head.box.x0, head.box.x1)})
    for top, bottom in bands:
        here = [run.box for run in runs if top < run.middle < bottom]
        for x in places:
            if not any(box.x0 + OFF < x < box.x1 - OFF for box in here):
                yield Stroke(x, top, bottom)
