"""Columns of figures without a field among the indicators: what they leave in doubt.

Where totals only add up with such a column in, it is an indicator: one that no other column was taken for, if one
is missing at its place. Where they add up neither way, any indicator's heading may have been misunderstood.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalise.number import not_applicable
from normalise.submission import Column, Entry, FieldTable, ScoredRow
from normalise.table import column_name
from reconcile.inferred_columns import AGREEING, LEAST_ROWS, REFUTED, ways
from reconcile.methodology import Methodology


@dataclass(frozen=True, slots=True)
class Doubt:
    """`parts` are the indicators whose columns may have been told wrongly because of unplaced `columns`; `adds` says
    that the totals only add up with these in."""

    columns: tuple[Column, ...] = ()
    parts: frozenset[str] = frozenset()
    adds: bool = False


def doubt_of(table: FieldTable, methodology: Methodology) -> Doubt:
    """What the unplaced columns of a score table leave in doubt; recognised tables have doubts of their own."""
    columns = _unplaced(table)
    if table.kind != "scores" or table.loose or not columns or _is_read(table):
        return Doubt()
    printed = [c for c in table.columns if methodology.part(c.field or "")]
    near = [p for p in printed if any(_may_be(table, c, p, methodology) for c in columns)]
    without, added = (_agreeing(table, printed, more) for more in ((), columns))
    if without is not None and without >= AGREEING:
        return Doubt()
    if added is not None and added >= AGREEING:
        missing = any(True for _ in ways(table, columns, methodology))
        return Doubt(columns, frozenset() if missing else _fields(near), adds=True)
    broken = without is not None and without <= REFUTED
    parts = _fields(printed if broken else (p for p in near if not _figures(table, p)))
    return Doubt(columns, parts) if parts else Doubt()


def _unplaced(table: FieldTable) -> tuple[Column, ...]:
    """Columns of figures without a field, left of the total."""
    total = table.column("total")
    return tuple(
        c
        for c in table.columns
        if total and c.field is None and c.index < total.index and _figures(table, c)
    )


def _is_read(table: FieldTable) -> bool:
    return any(e.origin == "ocr" for row in table.rows for e in row.entries)


def _figures(table: FieldTable, column: Column) -> list[Decimal]:
    name = column.field or column_name(column.index)
    found = (row.entry(name) for row in table.units())
    return [e.value for e in found if e is not None and e.value is not None]


def _may_be(table: FieldTable, column: Column, other: Column, methodology: Methodology) -> bool:
    """Whether a column may hold the indicator that another one, under the same headings, was taken for."""
    part = methodology.part(other.field or "")
    assert part is not None
    within = max(_figures(table, column)) <= part.maximum
    return within and column.maximum in (None, part.maximum) and column.path[:-1] == other.path[:-1]


def _fields(columns: Iterable[Column]) -> frozenset[str]:
    return frozenset(c.field for c in columns if c.field)


def _agreeing(table: FieldTable, printed: Sequence[Column], more: Sequence[Column]) -> float | None:
    """The share of units whose indicators, with more columns or without, add up to the total; None where too few
    are read."""
    names = [c.field or column_name(c.index) for c in (*printed, *more)]
    told = [_adds_up(row, names) for row in table.units()]
    known = [one for one in told if one is not None]
    return sum(known) / len(known) if len(known) >= LEAST_ROWS else None


def _adds_up(row: ScoredRow, names: Sequence[str]) -> bool | None:
    total = row.entry("total")
    parts = [e for name in names if (e := row.entry(name)) and not _is_absent(e)]
    if total is None or total.value is None or any(e.value is None for e in parts):
        return None
    low, high = sum((e.low for e in parts), Decimal(0)), sum((e.high for e in parts), Decimal(0))
    return low <= total.high and total.low <= high


def _is_absent(entry: Entry) -> bool:
    """Whether the cell itself says that there is no figure, whatever is in doubt about its column."""
    return not entry.printed or not_applicable(entry.printed)
