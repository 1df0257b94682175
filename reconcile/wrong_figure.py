"""Which figure of a row most simply explains the equations it breaks.

A figure is a candidate when one other value of it would mend every equation it stands in. Preferred is
the candidate that mends most, then the one whose column's total bears it out, then the smallest slip.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from rapidfuzz.distance import Levenshtein

from normalise.submission import ScoredRow
from reconcile.equations import Cells, Equation, state
from reconcile.formula import Node
from reconcile.interval import Interval, plain
from reconcile.totals import ColumnTotal


@dataclass(frozen=True, slots=True)
class Wrong:
    """A figure taken to be wrong. `main` is the equation it is reported under, None when its total says it."""

    row: int
    field: str
    expected: str | None
    main: Equation | None
    mended: frozenset[Equation]
    total: ColumnTotal | None

    def said_by(self, row: int, equation: Equation) -> bool:
        return row == self.row and equation == self.main

    def explains(self, total: ColumnTotal) -> bool:
        return self.main is not None and total == self.total

    @property
    def consequences(self) -> tuple[str, ...]:
        found = []
        if len(self.mended) > 1:
            found.append("statistics/formulas-follow")
        if self.total is not None:
            found.append("statistics/total-follows")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Candidate:
    field: str
    value: Decimal
    mends: frozenset[Equation]
    total: ColumnTotal | None
    borne_out: int
    slip: int
    is_target: bool

    @property
    def merit(self) -> tuple[int, int, int, bool]:
        return len(self.mends), self.borne_out, -self.slip, self.is_target


def wrong_figures(
    row: ScoredRow,
    equations: Sequence[Equation],
    rows: Mapping[int, Cells],
    totals: Sequence[ColumnTotal],
) -> Iterator[Wrong]:
    """The fewest figures that explain all broken equations of a row."""
    cells = rows[row.index]
    broken = {e for e in equations if state(e, cells) == "broken"}
    while broken:
        found = list(_candidates(row, equations, broken, rows, totals))
        if not found:
            first = min(broken, key=lambda e: (e.target, e.node.ratio))
            yield Wrong(row.index, first.target, None, first, frozenset({first}), None)
            broken.discard(first)
            continue
        best = max(found, key=lambda c: c.merit)
        yield _wrong(row, best)
        broken -= best.mends


def _wrong(row: ScoredRow, best: _Candidate) -> Wrong:
    own_total = row.kind == "total" and best.total is not None
    main = None if own_total else min(best.mends, key=lambda e: (e.target != best.field, e.target))
    return Wrong(row.index, best.field, plain(best.value), main, best.mends, best.total)


def _candidates(
    row: ScoredRow,
    equations: Sequence[Equation],
    broken: set[Equation],
    rows: Mapping[int, Cells],
    totals: Sequence[ColumnTotal],
) -> Iterator[_Candidate]:
    cells = rows[row.index]
    for name in sorted({f for e in broken for f in e.fields}):
        own = [e for e in equations if name in e.fields and cells.known(e)]
        options = _solutions(own, name, cells)
        total = next((t for t in totals if t.field == name and row.index in (*t.rows, t.row)), None)
        for option in options:
            value = _round(option, name, cells)
            if value is None:
                continue
            mends = frozenset(e for e in broken if name in e.fields)
            needed = _needed(row, name, total, rows)
            borne_out = 0 if total is None else 1 if needed is not None and needed in option else -1
            chosen = needed if borne_out == 1 and needed is not None else value
            entry = cells.entries.get(name)
            slip = (
                Levenshtein.distance(plain(entry.value or Decimal(0)), plain(chosen))
                if entry
                else 9
            )
            broken_total = total if total and total.state == "broken" and borne_out == 1 else None
            target = any(e.target == name for e in mends)
            yield _Candidate(name, chosen, mends, broken_total, borne_out, slip, target)


def _needed(
    row: ScoredRow, name: str, total: ColumnTotal | None, rows: Mapping[int, Cells]
) -> Decimal | None:
    """The value that would make the column's total right."""
    if total is None or total.state == "unknown" or total.expected is None:
        return None
    if row.index == total.row:
        return total.expected
    printed = rows[total.row].values[name].low
    return printed - (total.expected - rows[row.index].values[name].low)


def _solutions(own: Sequence[Equation], name: str, cells: Cells) -> list[Interval]:
    """Values of one figure that satisfy all its equations; rates may be shares or percentages."""
    found: list[Interval] | None = None
    for equation in own:
        values = list(_solve_equation(equation, name, cells))
        if not values:
            continue
        found = values if found is None else [m for a in found for b in values if (m := a & b)]
    return [f for f in found or [] if f.high >= 0]


def _solve_equation(equation: Equation, name: str, cells: Cells) -> Iterator[Interval]:
    for factor in equation.factors:
        if name == equation.target:
            value = equation.node.value(cells.values)
            solved = value * factor if value is not None else None
            slack = _slack(equation, cells)
            solved = Interval(solved.low - slack, solved.high + slack) if solved else None
        else:
            solved = _solve(equation.node, name, cells.values[equation.target] / factor, cells)
        if solved is not None:
            yield solved


def _slack(equation: Equation, cells: Cells) -> Decimal:
    """A rate is printed rounded: half a unit of its last digit."""
    entry = cells.entries.get(equation.target)
    if not equation.node.ratio or entry is None:
        return Decimal(0)
    return Decimal(5).scaleb(-entry.precision - 1)


def _solve(node: Node, name: str, wanted: Interval, cells: Cells) -> Interval | None:
    """The values of one column that give a node the wanted value."""
    if node.sort == "column":
        return wanted if node.text == name else None
    if node.left is None or node.right is None:
        return None
    in_left = name in set(node.left.columns())
    other = (node.right if in_left else node.left).value(cells.values)
    if other is None:
        return None
    needed = _undone(node.sort, wanted, other, in_left)
    return (
        None
        if needed is None
        else _solve(node.left if in_left else node.right, name, needed, cells)
    )


def _undone(sort: str, wanted: Interval, other: Interval, left: bool) -> Interval | None:
    if sort == "+":
        return wanted - other
    if sort == "-":
        return wanted + other if left else other - wanted
    if sort == "*":
        return _divide(wanted, other)
    if left:
        ends = [a * b for a in (wanted.low, wanted.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))
    return _divide(other, wanted)


def _divide(above: Interval, below: Interval) -> Interval | None:
    if below.low <= 0 <= below.high:
        return None
    ends = [a / b for a in (above.low, above.high) for b in (below.low, below.high)]
    return Interval(min(ends), max(ends))


def _round(option: Interval, name: str, cells: Cells) -> Decimal | None:
    """A value in the interval with the digits of its column; None where there is none."""
    if name not in cells.values:
        return None
    entry = cells.entries[name]
    exact = cells.values[name].low == cells.values[name].high
    places = Decimal(1) if exact else Decimal(1).scaleb(-entry.precision)
    low = option.low.quantize(places, ROUND_CEILING)
    high = option.high.quantize(places, ROUND_FLOOR)
    if low > high or high < 0:
        return None
    return ((low + high) / 2).quantize(places)
