"""Totals rows against their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from normalise.submission import FieldTable, ScoredRow
from reconcile.equations import Cells

_NOT_ADDITIVE = frozenset({"online_procedures", "total_procedures"})
"""Kinds of procedure: the same one occurs in many units, so that their number does not add up."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that a totals row may add up, and what they add up to in one column; None where a figure is unknown."""

    rows: frozenset[int]
    added: Decimal | None


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """A figure of a totals row; `groups` are the rows it may add up, the likeliest first."""

    row: int
    field: str
    state: Literal["holds", "broken", "unknown"]
    groups: tuple[Group, ...]

    @property
    def rows(self) -> frozenset[int]:
        """The rows it most probably adds up."""
        return self.groups[0].rows

    @property
    def expected(self) -> Decimal | None:
        """What they add up to; None where the total can be neither borne out nor refuted."""
        return None if self.state == "unknown" else self.groups[0].added


def column_totals(
    table: FieldTable, whole: frozenset[str], rows: Mapping[int, Cells]
) -> tuple[ColumnTotal, ...]:
    """Every total of a column of counts or money."""
    found: list[ColumnTotal] = []
    for row in table.rows:
        if row.kind == "total":
            own = [_total(table, row, name, rows) for name in sorted(whole - _NOT_ADDITIVE)]
            found += _sums_only(table, _of_one_kind([t for t in own if t is not None]))
    return tuple(map(_borne_out_only, found) if _goes_on(table) else found)


def _goes_on(table: FieldTable) -> bool:
    """Whether the first rows are numbered as those that go on from rows of another table: what the totals add up
    stands in both."""
    serials = [r.serial or "" for r in table.rows if r.kind == "unit"]
    first, second = [int(s) if s.isdecimal() else 0 for s in (*serials, "", "")][:2]
    return first > 1 and (second == first + 1 or len(serials) == 1)


def _borne_out_only(total: ColumnTotal) -> ColumnTotal:
    return replace(total, state="unknown") if total.state == "broken" else total


def _of_one_kind(totals: list[ColumnTotal]) -> list[ColumnTotal]:
    """A totals row adds up the same rows in every column: those that most of its right figures add up."""
    held = Counter(t.rows for t in totals if t.state == "holds")
    return [
        replace(t, groups=tuple(sorted(t.groups, key=lambda g: -held[g.rows])))
        if t.state == "broken"
        else t
        for t in totals
    ]


def _sums_only(table: FieldTable, totals: list[ColumnTotal]) -> list[ColumnTotal]:
    """In a table of unknown kind the last row may hold averages or targets: one sum must be right."""
    if table.kind != "other" or any(t.state == "holds" for t in totals):
        return totals
    return [replace(t, state="unknown") for t in totals]


def _total(
    table: FieldTable, row: ScoredRow, name: str, rows: Mapping[int, Cells]
) -> ColumnTotal | None:
    printed = rows[row.index].values.get(name)
    groups = tuple(Group(frozenset(g), _sum(g, name, rows)) for g in _groups(table, row))
    if printed is None or not groups:
        return None
    right = [g for g in groups if g.added == printed.low]
    if right:
        others = (g for g in groups if g != right[0])
        return ColumnTotal(row.index, name, "holds", (right[0], *others))
    unknown = any(g.added is None for g in groups)
    return ColumnTotal(row.index, name, "unknown" if unknown else "broken", groups)


def _groups(table: FieldTable, row: ScoredRow) -> Iterator[tuple[int, ...]]:
    """What a totals row may add up, the likeliest first."""
    units = [r for r in table.rows if r.kind == "unit"]
    others = [r.index for r in table.rows if r.kind == "total" and r.index != row.index]
    every = tuple(r.index for r in units)
    before = max([i for i in others if i < row.index], default=-1)
    since = tuple(i for i in every if before < i < row.index)
    after = min([i for i in others if i > row.index], default=max(every, default=0) + 1)
    below = tuple(i for i in every if row.index < i < after)
    section = tuple(r.index for r in units if r.section == row.section)
    last = row.index > max(every, default=0)
    ordered = [every] if not others else [every, since, below] if last else [since, below, every]
    for group in dict.fromkeys([*ordered, section, tuple(others)]):
        if group:
            yield group


def _sum(group: tuple[int, ...], name: str, rows: Mapping[int, Cells]) -> Decimal | None:
    values = [rows[i].values.get(name) for i in group]
    if any(v is None for v in values):
        return None
    return sum((v.low for v in values if v is not None), Decimal(0))
