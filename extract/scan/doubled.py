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
    rows = tuple(
        replace(row, cells=tuple(c for cell in row.cells if (c := _beside(cell, column))))
        for row in table.rows
    )
    header = tuple(_moved(h, 0) for h in table.header) if column == 0 else table.header
    return replace(table, columns=table.columns - 1, header=header, rows=rows)


def _beside(cell: Cell, column: int) -> Cell | None:
    """The cell as it is without an outer column."""
    if cell.column <= column < cell.column + cell.span:
        return replace(cell, span=cell.span - 1) if cell.span > 1 else None
    return replace(cell, column=cell.column - 1) if cell.column > column else cell


def _is_cut(table: Table, left: int) -> bool:
    pairs = [(_at(row, left), _at(row, left + 1)) for row in table.rows]
    texts = [(bool(a and a.lines), bool(b and b.lines)) for a, b in pairs]
    counts = sorted((sum(a for a, _ in texts), sum(b for _, b in texts)))
    return counts[0] <= FEW * counts[1] and not any(a and b for a, b in texts)


def _at(row: Row, column: int) -> Cell | None:
    return next((c for c in row.cells if c.column == column and c.span == 1), None)


def _joined(table: Table, left: int) -> Table:
    rows = tuple(replace(row, cells=tuple(_cells(row.cells, left))) for row in table.rows)
    header = tuple(_moved(h, left) for h in table.header)
    return replace(table, columns=table.columns - 1, header=header, rows=rows)


def _cells(cells: Sequence[Cell], left: int) -> list[Cell]:
    """The cells of a row, those in both columns made one, those over or behind them moved."""
    found: list[Cell] = []
    for cell in cells:
        ends = cell.column + cell.span
        if cell.column <= left < ends - 1:
            cell = replace(cell, span=cell.span - 1)
        elif cell.column > left:
            cell = replace(cell, column=cell.column - 1)
        found.append(cell)
    for a, b in pairwise(range(len(found))):
        if found[a].column == found[b].column == left:
            return [*found[:a], _whole(found[a], found[b]), *found[b + 1 :]]
    return found


def _whole(one: Cell, other: Cell) -> Cell:
    """The part that has a text, in the place of both."""
    kept = one if one.lines else other
    if one.box is None or other.box is None:
        return kept
    xs, ys = (one.box.x0, one.box.x1, other.box.x0, other.box.x1), (one.box, other.box)
    box = Box(min(xs), min(b.top for b in ys), max(xs), max(b.bottom for b in ys))
    sure = min(one.confidence, other.confidence)
    return replace(kept, column=one.column, box=box, confidence=sure)


def _moved(heading: Heading, left: int) -> Heading:
    children = tuple(_moved(h, left) for h in heading.children)
    first, last = (n - (n > left) for n in (heading.first, heading.last))
    return replace(heading, first=first, last=last, children=children)
