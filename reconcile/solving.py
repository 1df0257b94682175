"""An equation of a statistics table solved for one of its figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reconcile.equations import Cells, Equation
from reconcile.formula import Node
from reconcile.interval import Interval


def solutions(equation: Equation, name: str, cells: Cells) -> Iterator[Interval]:
    """The values of one figure that keep an equation, once for each of its factors."""
    for factor in equation.factors:
        if name == equation.target:
            value = equation.node.value(cells.values)
            slack = _slack(equation, cells)
            if value is not None:
                yield Interval(value.low * factor - slack, value.high * factor + slack)
            continue
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
