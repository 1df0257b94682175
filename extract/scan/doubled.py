"""Columns made by lines that are none: cut in two by a doubled one or a stroke, one heading over both parts, or
outside the table, with nothing in them and over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.document import Box, Cell, Heading, Row, Table
from extract.headers import leaves

# A part of a column has texts in so many of the rows at most in which the other has one.
FEW = 0.2
# Share of the rows in which dirt may lie beside a table, and confidence from which a text is none.
FEW_ROWS, SURE = 0.3, 0.5
# No table has fewer columns: serial number, name, two figures.
LEAST = 4


def whole_columns(table: Table) -> Table:
    """The table with the parts of each cut column put together, if no row has texts in both, and without outer ones
    of nothing."""
    for heading in sorted(leaves(table.header), key=lambda h: -h.first):
        for left in range(heading.last - 1, heading.first - 1, -1):
            if _is_cut(table, left):
                table = _joined(table, left)
    # A table that goes on without headings may have a last column for remarks that has none.
    while table.header and table.columns > LEAST and _is_nothing(table, table.columns - 1):
        table = _without(table, table.columns - 1)
    while table.columns > LEAST and _is_nothing(table, 0):
        table = _without(table, 0)
    return table


def _is_nothing(table: Table, column: int) -> bool:
    """Whether nothing stands over a column, and in few of its cells what dirt may be read as."""
    cells = (c for row in table.rows for c in row.cells if c.column <= column < c.column + c.span)
    texts = [c for c in cells if c.lines]
    dirt = all(c.confidence < SURE or sum(map(str.isalnum, c.text)) < 2 for c in texts)
    return not any(table.path(column)) and dirt and len(texts) <= FEW_ROWS * len(table.rows)


def _without(table: Table, column: int) -> Table:
    """The table without an outer column."""
    kept = (
        replace(r, cells=tuple(c for c in r.cells if c.column != column or c.span > 1))
        for r in table.rows
    )
    return _narrower(replace(table, rows=tuple(kept)), max(column - 1, 0))


def _is_cut(table: Table, left: int) -> bool:
    pairs = [(_at(row, left), _at(row, left + 1)) for row in table.rows]
    texts = [(bool(a and a.lines), bool(b and b.lines)) for a, b in pairs]
    counts = sorted((sum(a for a, _ in texts), sum(b for _, b in texts)))
    return counts[0] <= FEW * counts[1] and not any(a and b for a, b in texts)


def _at(row: Row, column: int) -> Cell | None:
    return next((c for c in row.cells if c.column == column and c.span == 1), None)


def _joined(table: Table, left: int) -> Table:
    """The table with a column and the one behind it made one."""
    table = _narrower(table, left)
    rows = tuple(replace(row, cells=tuple(_as_one(row.cells, left))) for row in table.rows)
    return replace(table, rows=rows)


def _narrower(table: Table, left: int) -> Table:
    """The table with one column less behind `left`: what stands over both is narrower, what stands behind moves."""
    rows = (replace(row, cells=tuple(_shifted(c, left) for c in row.cells)) for row in table.rows)
    header = tuple(_moved(h, left) for h in table.header)
    return replace(table, columns=table.columns - 1, header=header, rows=tuple(rows))


def _shifted(cell: Cell, left: int) -> Cell:
    if cell.column <= left < cell.column + cell.span - 1:
        return replace(cell, span=cell.span - 1)
    return replace(cell, column=cell.column - 1) if cell.column > left else cell


def _as_one(cells: Sequence[Cell], column: int) -> list[Cell]:
    """The cells of a row, the two in one column made one."""
    for n, (one, other) in enumerate(pairwise(cells)):
        if one.column == other.column == column:
            return [*cells[:n], _whole(one, other), *cells[n + 2 :]]
    return [*cells]


def _whole(one: Cell, other: Cell) -> Cell:
    """The part that has a text, in the place of both."""
    kept = one if one.lines else other
    if one.box is None or other.box is None:
        return kept
    x0, top = min(one.box.x0, other.box.x0), min(one.box.top, other.box.top)
    x1, bottom = max(one.box.x1, other.box.x1), max(one.box.bottom, other.box.bottom)
    box = Box(x0, top, x1, bottom)
    sure = min(one.confidence, other.confidence)
    return replace(kept, column=one.column, box=box, confidence=sure)


def _moved(heading: Heading, left: int) -> Heading:
    children = tuple(_moved(h, left) for h in heading.children)
    first, last = (n - (n > left) for n in (heading.first, heading.last))
    return replace(heading, first=first, last=last, children=children)
