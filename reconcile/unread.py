"""Tables of no known kind that bear headings of a score table: what of it was not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normalise.layout import Field, layouts
from normalise.submission import FieldTable
from normalise.text import squeeze

RESULTS = ("total", "converted", "rank")
LEAST_GROUPS = 3
"""Groups of indicators that a table must name to be one of their scores; a list of tasks may name one or two."""
LEAST_ROWS, LEAST_FIGURES = 2, 3
"""Rows of as many figures each, without which a table holds no scores."""
LEAST_LETTERS = 6
"""Letters of a group's name; a shorter one may be part of another word."""


def looks_unread(table: FieldTable, others: Iterable[FieldTable]) -> bool:
    """Whether a table looks like a score table, or like the columns that a score table of the report lacks."""
    text = squeeze(" ".join(_texts(table)))
    groups = {f.group for f in _fields() if f.group and _names(f.group, text)}
    full = sum(sum(e.value is not None for e in row.entries) >= LEAST_FIGURES for row in table.rows)
    if len(groups) >= LEAST_GROUPS and full >= LEAST_ROWS:
        return True
    return any(_bears_what_lacks(table, other) for other in others if other.kind == "scores")


def _bears_what_lacks(table: FieldTable, other: FieldTable) -> bool:
    """Whether a table with as many rows has a column under the name of a result that the other lacks."""
    heads = {squeeze(column.path[-1]) for column in table.columns if column.path}
    lacking = (f for f in _fields() if f.name in RESULTS and other.column(f.name) is None)
    return len(table.rows) == len(other.rows) and any(heads & set(f.names) for f in lacking)


def _fields() -> Iterator[Field]:
    return (f for layout in layouts() if layout.kind == "scores" for f in layout.fields)


def _names(group: tuple[str, ...], text: str) -> bool:
    return any(len(name) >= LEAST_LETTERS and name in text for name in group)


def _texts(table: FieldTable) -> Iterator[str]:
    for column in table.columns:
        yield from column.path
    yield from (row.unit.printed for row in table.rows)
