"""What the figures of a statistics table owe each other: equations of a row, sums of a column.

Each constraint computes one cell, its `target`, from others: the left side of an equation, the figure of a totals row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from reconcile.equations import Cells, Equation, right_side, state
from reconcile.interval import Interval
from reconcile.solving import solutions
from reconcile.totals import ColumnTotal, Group

Cell = tuple[int, str]
"""A row's index and a field."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The figures of a table as printed, and the rows in which some are put right."""

    printed: Mapping[int, Cells]
    mended: Mapping[int, Cells] = field(default_factory=dict)

    def row(self, index: int) -> Cells:
        return self.mended.get(index) or self.printed[index]

    def value(self, cell: Cell) -> Interval:
        return self.row(cell[0]).values[cell[1]]

    def put(self, cell: Cell, value: Interval) -> Paper:
        row = self.row(cell[0]).replaced(cell[1], value)
        return Paper(self.printed, {**self.mended, cell[0]: row})

    def shift(self, rows: frozenset[int], name: str) -> Decimal:
        """By how much the figures put right change a column's sum over some rows."""
        return sum((self._moved(i, name) for i in self.mended if i in rows), Decimal(0))

    def _moved(self, row: int, name: str) -> Decimal:
        before, now = self.printed[row].values.get(name), self.mended[row].values.get(name)
        return now.low - before.low if before and now else Decimal(0)


@dataclass(frozen=True, slots=True, eq=False)
class OnRow:
    """An equation on one row; made once for a table, and the same only as itself."""

    row: int
    equation: Equation

    @property
    def target(self) -> Cell:
        return self.row, self.equation.target

    def cells(self) -> Iterator[Cell]:
        return ((self.row, name) for name in sorted(self.equation.fields))

    def holds(self, paper: Paper) -> bool:
        return state(self.equation, paper.row(self.row)) != "broken"

    def computed(self, paper: Paper) -> Interval | None:
        """What the equation gives, by the factor that comes nearest to what stands there."""
        right = right_side(self.equation, paper.row(self.row))
        stands = paper.value(self.target).low
        return min(right, key=lambda r: abs(r.low - stands), default=None) if right else None

    def solved(self, cell: Cell, paper: Paper) -> list[Interval]:
        return list(solutions(self.equation, cell[1], paper.row(self.row)))


@dataclass(frozen=True, slots=True, eq=False)
class OnColumn:
    """A figure of a totals row and the rows that it adds up."""

    total: ColumnTotal

    @property
    def target(self) -> Cell:
        return self.total.row, self.total.field

    def cells(self) -> Iterator[Cell]:
        rows = frozenset[int]().union(*(g.rows for g in self.total.groups))
        return ((i, self.total.field) for i in (self.total.row, *sorted(rows)))

    def holds(self, paper: Paper) -> bool:
        """Whether any of the groups that it may add up gives the total."""
        stands = paper.value(self.target).low
        return any(self._sum(group, paper) == stands for group in self.total.groups)

    def computed(self, paper: Paper) -> Interval | None:
        added = self._sum(self.total.groups[0], paper)
        return None if added is None else Interval(added, added)

    def solved(self, cell: Cell, paper: Paper) -> list[Interval]:
        """The one value that makes the likeliest group add up."""
        group = self.total.groups[0]
        added = self._sum(group, paper)
        if added is None or not (cell == self.target or cell[0] in group.rows):
            return []
        missing = paper.value(self.target).low - added
        value = added if cell == self.target else paper.value(cell).low + missing
        return [Interval(value, value)]

    def _sum(self, group: Group, paper: Paper) -> Decimal | None:
        if group.added is None:
            return None
        return group.added + paper.shift(group.rows, self.total.field)


Constraint = OnRow | OnColumn


def constraints(
    rows: Mapping[int, Cells], equations: Sequence[Equation], totals: Sequence[ColumnTotal]
) -> tuple[Constraint, ...]:
    """All of a table whose figures are known."""
    on_rows = (OnRow(i, e) for i, row in rows.items() for e in equations if row.known(e))
    return (*on_rows, *(OnColumn(t) for t in totals if t.state != "unknown"))
