"""The equations of a statistics table: those its header prints and those its columns' meaning implies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from normalise.submission import Entry, FieldTable, ScoredRow, TableKind
from reconcile.formula import Node, parse
from reconcile.interval import Interval

_ONE, _HUNDRED = Decimal(1), Decimal(100)
State = Literal["holds", "cut", "broken", "unknown"]
"""`cut`: right but for the last digit, which was cut off or rounded otherwise."""

_IMPLIED: dict[TableKind, tuple[tuple[str, str], ...]] = {
    "fees": (
        ("total_cases", "{unpaid_cases}+{direct_cases}+{online_cases}"),
        ("total_fees", "{unpaid_fees}+{direct_fees}+{online_fees}"),
        ("online_rate", "{online_cases}/{total_cases}"),
    ),
    "digitisation": (
        ("received", "{received_digitised}+{received_pending}"),
        ("received_rate", "{received_digitised}/{received}"),
        ("resolved", "{results_digitised}+{results_pending}"),
        ("results_rate", "{results_digitised}/{resolved}"),
    ),
}
"""What the columns' headings say without a formula: unpaid, paid directly and paid online make the whole;
digitised and not yet digitised make the whole. They hold in all 41 rows of Tuần Giáo 2023-07."""


@dataclass(frozen=True, slots=True)
class Equation:
    """`target` = `node`, over fields. `printed` is the formula as the header has it, None when implied.

    `factors`: what the node is multiplied by; 100 for a rate in percent, both where the column does not tell.
    """

    target: str
    node: Node
    printed: str | None
    factors: tuple[Decimal, ...] = (_ONE,)

    @property
    def fields(self) -> frozenset[str]:
        return frozenset((self.target, *self.node.columns()))


def equations(table: FieldTable) -> tuple[Equation, ...]:
    """The table's equations, a printed one in place of the implied one over the same columns."""
    printed = list(_printed(table))
    said = {(e.fields, e.node.ratio) for e in printed}
    implied = (e for e in _implied(table) if (e.fields, e.node.ratio) not in said)
    return tuple(replace(e, factors=_factors(table, e)) for e in (*printed, *implied))


def _factors(table: FieldTable, equation: Equation) -> tuple[Decimal, ...]:
    """A rate over one somewhere in the column, or a percent sign, tells percentages from shares."""
    if not equation.node.ratio:
        return (_ONE,)
    rates = [e for r in table.rows for e in r.entries if e.field == equation.target and e.known]
    percent = any(e.percent or (e.value or 0) > 1 for e in rates)
    return (_HUNDRED,) if percent else (_HUNDRED, _ONE)


def _printed(table: FieldTable) -> Iterator[Equation]:
    fields = {c.number: c.field for c in table.columns if c.number and c.field}
    for column in table.columns:
        if column.formula is None or column.field is None:
            continue
        node = parse(column.formula, frozenset(fields))
        if node is not None and column.number not in set(node.columns()):
            left = f"({column.number})=" if column.number else ""
            yield Equation(column.field, _renamed(node, fields), left + column.formula)


def _renamed(node: Node, fields: Mapping[str, str]) -> Node:
    if node.sort == "column":
        return Node("column", fields[node.text])
    if node.left is None or node.right is None:
        return node
    return Node(node.sort, "", _renamed(node.left, fields), _renamed(node.right, fields))


def _implied(table: FieldTable) -> Iterator[Equation]:
    present = {c.field for c in table.columns}
    for target, formula in _IMPLIED.get(table.kind, ()):
        names = [part.strip("{}") for part in formula.replace("/", "+").split("+")]
        if {target, *names} <= present:
            yield Equation(target, _node(formula, names), None)


def _node(formula: str, names: list[str]) -> Node:
    letters = {chr(ord("a") + i): name for i, name in enumerate(names)}
    for letter, name in letters.items():
        formula = formula.replace("{" + name + "}", f"({letter})")
    node = parse(formula, frozenset(letters))
    assert node is not None
    return _renamed(node, letters)


@dataclass(frozen=True, slots=True)
class Cells:
    """The figures of one row as intervals; whole numbers of whole columns are exact."""

    values: Mapping[str, Interval]
    entries: Mapping[str, Entry]

    def known(self, equation: Equation) -> bool:
        return equation.fields <= self.values.keys()

    def replaced(self, name: str, value: Interval) -> Cells:
        return Cells({**self.values, name: value}, self.entries)


def cells(row: ScoredRow, whole: frozenset[str]) -> Cells:
    """`whole` are the fields whose columns hold whole numbers only: counts and sums of money."""
    values: dict[str, Interval] = {}
    for entry in row.entries:
        if not entry.known or entry.value is None:
            continue
        exact = entry.field in whole
        ends = (entry.value, entry.value) if exact else (entry.low, entry.high)
        values[entry.field] = Interval(*ends)
    return Cells(values, {e.field: e for e in row.entries})


def rate_fields(kind: TableKind) -> frozenset[str]:
    """The columns of such a table that hold rates, whatever its headings say."""
    return frozenset(target for target, formula in _IMPLIED.get(kind, ()) if "/" in formula)


def whole_fields(table: FieldTable) -> frozenset[str]:
    """Columns in which every figure is a whole number. A column of rates is never one of them."""
    broken = {e.field for r in table.rows for e in r.entries if e.decimals or e.percent}
    rates = {e.target for e in equations(table) if e.node.ratio}
    return frozenset(c.field for c in table.columns if c.field) - broken - rates


def state(equation: Equation, row: Cells) -> State:
    """Whether a row keeps an equation. A rate may be printed as a share or as a percentage."""
    right = right_side(equation, row)
    if right is None:
        return "unknown"
    left = row.values[equation.target]
    if any(left.meets(r) for r in right):
        return "holds"
    entry = row.entries.get(equation.target)
    if equation.node.ratio and entry is not None:
        unit = Decimal(1).scaleb(-entry.precision)
        loose = Interval(left.low - unit / 2, left.high + unit / 2)
        return "cut" if any(loose.meets(r) for r in right) else "broken"
    return "broken"


def right_side(equation: Equation, row: Cells) -> tuple[Interval, ...] | None:
    """What the equation gives, once for each of its factors; None where it gives nothing."""
    if not row.known(equation):
        return None
    value = equation.node.value(row.values)
    if value is None:
        return None
    return tuple(value * factor for factor in equation.factors)
