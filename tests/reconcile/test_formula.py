"""Header formulas: what is read, what it gives, what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reconcile.formula import parse
from reconcile.interval import Interval

NUMBERS = frozenset("1 2 3 4 5 6 7 9".split())  # noqa: SIM905
VALUES = {n: Interval(Decimal(n), Decimal(n)) for n in NUMBERS}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(2)/(1)", 2),
        ("(7)+(9)", 16),
        ("(5)=(1)-(2)", -1),
        ("1 + 2 + 3", 6),
        ("(6):(3)", 2),
        ("[6]/[3]", 2),
        ("(6)/(3)*100%", 200),
        ("(6)/(3)x100", 200),
        ("(6)/((1)+(2))", 2),
        ("(1)+(2)*(3)", 7),
        ("6−1−2", 3),
    ],
)
def test_a_formula_gives_its_value(text: str, value: int) -> None:
    node = parse(text, NUMBERS)
    assert node is not None
    assert node.value(VALUES) == Interval(Decimal(value), Decimal(value))


@pytest.mark.parametrize(
    "text", ["", "(2)/(8)", "(2)/", "((1)+(2)", "tổng số", "100/50", "(1) (2)"]
)
def test_what_is_no_formula_of_the_table_is_refused(text: str) -> None:
    assert parse(text, NUMBERS) is None


def test_intervals_are_carried_through() -> None:
    node = parse("(2)/(1)", NUMBERS)
    assert node is not None
    wide = {"1": Interval(Decimal(2), Decimal(4)), "2": Interval(Decimal(4), Decimal(8))}
    assert node.value(wide) == Interval(Decimal(1), Decimal(4))


def test_nothing_is_divided_by_what_may_be_zero() -> None:
    node = parse("(2)/(1)", NUMBERS)
    assert node is not None
    assert node.value({**VALUES, "1": Interval(Decimal(-1), Decimal(1))}) is None
    assert node.value({"2": VALUES["2"]}) is None
