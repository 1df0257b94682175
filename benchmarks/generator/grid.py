"""A table as a grid of cells before it is drawn: header cells with their spans, body cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.generator.content import EMPTY, NAME, SERIAL, Head, Row, Table
from benchmarks.generator.layouts import Layout


@dataclass(frozen=True, slots=True)
class GridCell:
    """Text over the columns `first`..`last` and the rows `top`..`bottom` (inclusive)."""

    text: str
    first: int
    last: int
    top: int
    bottom: int
    role: str


def header(table: Table) -> tuple[list[GridCell], int]:
    """The header's cells and its number of lines, the column-number line included."""
    depth = max(head.depth for head in table.heads)
    cells = list(_place(table.heads, 0, 0, depth))
    if not table.numbers:
        return cells, depth
    texts = ["", "", *table.numbers]
    texts += [""] * (len(table.columns) - len(texts))
    cells += [GridCell(text, n, n, depth, depth, "number") for n, text in enumerate(texts)]
    return cells, depth + 1


def _place(heads: tuple[Head, ...], column: int, level: int, depth: int) -> Iterator[GridCell]:
    for head in heads:
        width = len(list(head.leaves()))
        bottom = level if head.children else depth - 1
        yield GridCell(head.text, column, column + width - 1, level, bottom, "head")
        yield from _place(head.children, column, level + 1, depth)
        column += width


def body(table: Table, row: Row, layout: Layout) -> list[GridCell]:
    """The cells of one row; a section's heading spans as the layout has it."""
    last = len(table.columns) - 1
    if row.kind == "section" and layout.merged_sections:
        if layout.sections == "whole":
            return [GridCell(f"{row.serial}. {row.name}", 0, last, 0, 0, "section")]
        return [
            GridCell(row.serial, 0, 0, 0, 0, "figure"),
            GridCell(row.name, 1, last, 0, 0, "section"),
        ]
    return [
        GridCell(table.text(row, column), n, n, 0, 0, _role(column))
        for n, column in enumerate(table.columns)
    ]


def _role(column: str) -> str:
    if column == NAME or column == "note":
        return "name"
    return "figure" if column not in (SERIAL, EMPTY, "rank") else "mark"
