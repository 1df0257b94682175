"""The share of a sample's score cells that a reader's raw tables hold in the right order.

A row counts as found where some table row, white space aside, holds the unit's name, or where every figure
of it stands in one table row in order. What a reader splits or joins differently is not held against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.cells import plain
from benchmarks.generator.content import Row
from samples.make import report_of

Tables = list[list[list[str | None]]]


def right_share(results: Mapping[Path, Tables]) -> float | None:
    """Right cells by all cells of the score tables; None when the files have no score table."""
    right = cells = 0
    for file, tables in results.items():
        read = [[plain(cell or "") for cell in row] for table in tables for row in table]
        for row in _rows(file.name):
            wanted = [plain(text) for text in row.cells.values() if plain(text)]
            cells += len(wanted)
            right += max((_in_order(wanted, line) for line in _lines(row, read)), default=0)
    return right / cells if cells else None


def _rows(file: str) -> Iterable[Row]:
    for table in report_of(file).tables:
        if table.kind == "scores":
            yield from (row for row in table.rows if row.kind == "unit")


def _lines(row: Row, read: list[list[str]]) -> list[list[str]]:
    """The rows read that hold the unit's name, all of them where none does."""
    name = plain(row.name)
    named = [line for line in read if name in "".join(line)]
    return named or read


def _in_order(wanted: list[str], line: list[str]) -> int:
    """How many of the wanted texts stand in the line in order, each a whole cell."""
    longest = [0] * (len(line) + 1)
    for text in wanted:
        earlier = list(longest)
        for place, cell in enumerate(line, 1):
            found = earlier[place - 1] + 1 if cell == text else 0
            longest[place] = max(longest[place - 1], earlier[place], found)
    return longest[-1]
