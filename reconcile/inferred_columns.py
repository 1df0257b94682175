"""Columns of a score table whose headings could not be read, placed by what their figures do.

A column that the known indicators add up to is the total, one that follows from the totals the converted score.
The places of others among the known columns leave few indicators open; of these only one may make the rows add
up to their totals, and the totals give the converted scores. The evidence is the whole table's: it
does not touch any figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from normalise.submission import Column, Entry, FieldTable, ScoredRow
from normalise.table import column_name
from reconcile.methodology import Methodology, Part

MOST_COLUMNS = 3
"""Columns without a heading that are placed together; with more the table is not a known one."""
LEAST_ROWS = 4
"""Rows that must speak for a column: one or two add up by chance."""
AGREEING = 0.8
"""Share of the rows with all figures read that must agree: misread figures spoil a few."""
REFUTED = 0.5
"""Share of rows that any other assignment may agree with at most."""

RESULTS = ("total", "converted")

Placed = Mapping[str, str]
"""The indicator of each column's provisional field."""


def infer_columns(table: FieldTable, methodology: Methodology) -> FieldTable:
    """The table with its unplaced columns placed, if exactly one way to do so makes rows agree."""
    if table.kind != "scores" or table.loose:
        return table
    for field in RESULTS if methodology.scales else RESULTS[:1]:
        table = _with_result(table, methodology, field)
    return _with_parts(table, methodology)


def _with_result(table: FieldTable, methodology: Methodology, field: str) -> FieldTable:
    """The column that nearly every row computes, if it is one: the sum of the parts, or the score from it."""
    if table.column(field) is not None:
        return table
    ways = [
        way
        for c in _unplaced(table)
        if _in_order(table, c, field)
        and _agreeing(_telling(table, [c]), methodology, way := {column_name(c.index): field})
        >= AGREEING
    ]
    return _renamed(table, ways[0]) if len(ways) == 1 else table


def _in_order(table: FieldTable, column: Column, field: str) -> bool:
    """The total stands before the score that follows from it: out of 100 points the two are alike."""
    total, converted = table.column("total"), table.column("converted")
    if field == "total":
        return converted is None or column.index < converted.index
    return total is None or total.index < column.index


def _with_parts(table: FieldTable, methodology: Methodology) -> FieldTable:
    unplaced = _unplaced(table)
    if not 0 < len(unplaced) <= MOST_COLUMNS:
        return table
    telling = _telling(table, unplaced)
    shares = {
        tuple(way.items()): _agreeing(telling, methodology, way)
        for way in ways(table, unplaced, methodology)
    }
    nothing = _agreeing(telling, methodology, {})
    fitting = [way for way, share in shares.items() if share >= AGREEING]
    others = [share for way, share in shares.items() if way not in fitting]
    if len(fitting) != 1 or max([*others, nothing]) > REFUTED:
        return table
    return _renamed(table, dict(fitting[0]))


def _unplaced(table: FieldTable) -> list[Column]:
    return [c for c in table.columns if c.field is None and _holds_figures(table, c)]


def _holds_figures(table: FieldTable, column: Column) -> bool:
    name = column_name(column.index)
    return any(e.value is not None for row in table.rows if (e := row.entry(name)))


def ways(
    table: FieldTable, unplaced: Sequence[Column], methodology: Methodology
) -> Iterator[Placed]:
    """Assignments that keep the methodology's order among the columns and the indicators' maxima."""
    printed = {c.field for c in table.columns}
    missing = [part for part in methodology.parts if part.field not in printed]
    for chosen in combinations(missing, len(unplaced)):
        pairs = list(zip(unplaced, chosen, strict=True))
        if all(_fits(table, c, part, methodology) for c, part in pairs):
            yield {column_name(c.index): part.field for c, part in pairs}


def _fits(table: FieldTable, column: Column, part: Part, methodology: Methodology) -> bool:
    order = [p.field for p in methodology.parts]
    place = order.index(part.field)
    known = [(c.index, order.index(c.field)) for c in table.columns if c.field in order]
    entries = [row.entry(column_name(column.index)) for row in table.rows]
    within = all(e is None or e.value is None or e.value <= part.maximum for e in entries)
    headed = column.maximum is None or column.maximum == part.maximum
    return within and headed and all((i < column.index) == (p < place) for i, p in known)


def _telling(table: FieldTable, unplaced: Sequence[Column]) -> list[ScoredRow]:
    """The units' rows in which every unplaced column has a figure; a blank one tells nothing."""
    names = [column_name(c.index) for c in unplaced]
    return [
        row
        for row in table.units()
        if all((e := row.entry(name)) and e.value is not None for name in names)
    ]


def _agreeing(rows: Sequence[ScoredRow], methodology: Methodology, way: Placed) -> float:
    """The share of the rows whose figures are all read that agree under an assignment."""
    told = [_agrees(row, methodology, way) for row in rows]
    known = [one for one in told if one is not None]
    return sum(known) / len(known) if len(known) >= LEAST_ROWS else 0.0


def _agrees(row: ScoredRow, methodology: Methodology, way: Placed) -> bool | None:
    """Whether parts give the total and the total the converted score; None where a figure is unread."""
    named = {way.get(e.field, e.field): e for e in row.entries}
    parts = [(named[p.field], p) for p in methodology.parts if p.field in named]
    total, converted = named.get("total"), named.get("converted")
    if total is None or total.value is None or any(_unread(e) for e, _ in parts):
        return None
    scored = [(e, p) for e, p in parts if e.value is not None]
    low, high = (
        sum((e.low for e, _ in scored), Decimal(0)),
        sum((e.high for e, _ in scored), Decimal(0)),
    )
    if not low <= total.high or not total.low <= high:
        return False
    if converted is None or converted.value is None or not methodology.scales:
        return True
    most = sum((p.maximum for _, p in scored), Decimal(0))
    return any(_follows(converted, total, scale / most) for scale in methodology.scales if most)


def _unread(entry: Entry) -> bool:
    return entry.value is None and entry.status in ("uncertain", "unreadable")


def _follows(converted: Entry, total: Entry, factor: Decimal) -> bool:
    """Rounded or cut off."""
    unit = converted.high - converted.low
    return converted.low <= total.high * factor and total.low * factor <= converted.high + unit / 2


def _renamed(table: FieldTable, way: Placed) -> FieldTable:
    columns = tuple(
        replace(c, field=way[column_name(c.index)], inferred=True)
        if column_name(c.index) in way
        else c
        for c in table.columns
    )
    rows = tuple(
        replace(
            row, entries=tuple(replace(e, field=way.get(e.field, e.field)) for e in row.entries)
        )
        for row in table.rows
    )
    return replace(table, columns=columns, rows=rows)
