"""A score table's only result column: the total, or the converted score under the heading `TỔNG ĐIỂM`.

The heading alone does not tell (in Mường Lay 2024-11 it stands over the converted score, in Tuần Giáo 2022 over the
total); the figures do, wherever the applicable maximum is not the whole scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from normalise.layout import Layout
from normalise.submission import FieldTable, ScoredRow

SCALES = (Decimal(100), Decimal(10))
"""Scales of converted scores (shared domain, methodology 459)."""
ROUNDING = Decimal("0.05")
"""Half a unit of the last digit of a component of one decimal, the coarsest that the reports print."""
LEAST_ROWS, LEAST_SHARE = 2, Decimal(2) / 3
"""Rows that must speak for the converted score: more than a slip, and most of those that can tell."""
ABSENT = ("blank", "not-applicable")


def settled(table: FieldTable, layout: Layout | None) -> FieldTable:
    """The table, its `total` named `converted` where the figures are those of converted scores."""
    names = {f.name for f in layout.fields} if layout else set()
    if layout is None or "converted" not in names or table.column("converted"):
        return table
    maxima = {f.name: f.maximum for f in layout.fields if f.name and f.maximum is not None}
    votes = [vote for row in table.units() if (vote := _vote(row, maxima)) is not None]
    if sum(votes) < LEAST_ROWS or sum(votes) <= LEAST_SHARE * len(votes):
        return table
    return _renamed(table)


def _vote(row: ScoredRow, maxima: Mapping[str, Decimal]) -> bool | None:
    """Whether the row's total is its converted score; None where both may be, or the row is not all read."""
    total = row.entry("total")
    parts = [e for e in row.entries if e.field in maxima and e.status not in ABSENT]
    values = [e.value for e in parts if e.value is not None]
    if total is None or total.value is None or not parts or len(values) < len(parts):
        return None
    added, whole = sum(values, Decimal(0)), sum((maxima[e.field] for e in parts), Decimal(0))
    room = ROUNDING * (len(parts) + 1)
    as_total = abs(total.value - added) <= room
    as_converted = any(
        abs(total.value * whole / scale - added) <= room for scale in SCALES if scale != whole
    )
    return as_converted if as_total != as_converted else None


def _renamed(table: FieldTable) -> FieldTable:
    columns = (replace(c, field="converted") if c.field == "total" else c for c in table.columns)
    rows = (
        replace(
            row,
            entries=tuple(
                replace(e, field="converted") if e.field == "total" else e for e in row.entries
            ),
        )
        for row in table.rows
    )
    return replace(table, columns=tuple(columns), rows=tuple(rows))
