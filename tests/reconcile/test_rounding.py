from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from reconcile.interval import Interval
from reconcile.rounding import at_least, at_most, density

UNIT = Interval(Decimal(0), Decimal(1))
TENTH = Interval(Decimal("-0.05"), Decimal("0.05"))
HUNDREDTH = Interval(Decimal("-0.005"), Decimal("0.005"))


@pytest.mark.parametrize(
    ("errors", "bound", "expected"),
    [
        ([UNIT], "0.25", 0.25),
        ([UNIT] * 2, "1", 0.5),
        ([UNIT] * 2, "0.5", 0.125),
        ([UNIT] * 3, "1", 1 / 6),
        ([UNIT] * 12, "6", 0.5),
        ([TENTH] * 10, "0", 0.5),
        ([TENTH] * 10, "0.5", 1.0),
        ([TENTH] * 10, "-0.51", 0.0),
        ([TENTH, HUNDREDTH], "-0.05", 0.0125),
        ([], "0", 1.0),
        ([], "-0.01", 0.0),
    ],
)
def test_the_sum_of_errors_is_at_most(errors: list[Interval], bound: str, expected: float) -> None:
    assert at_most(errors, Decimal(bound)) == pytest.approx(expected, abs=1e-12)


def test_both_tails_together_are_all() -> None:
    errors = [TENTH] * 5 + [HUNDREDTH] * 3
    bound = Decimal("0.07")
    assert at_least(errors, bound) + at_most(errors, bound) == pytest.approx(1.0)


def test_the_density_is_the_slope_of_the_distribution() -> None:
    errors, at, step = [TENTH] * 4 + [HUNDREDTH], Decimal("0.03"), Decimal("0.00001")
    slope = (at_most(errors, at + step) - at_most(errors, at - step)) / float(2 * step)
    assert density(errors, at) == pytest.approx(slope, rel=1e-4)


def test_simulated_sums_fall_where_the_distribution_says() -> None:
    random, errors = Random(1), [TENTH] * 6 + [HUNDREDTH] * 2
    sums = [sum(random.uniform(float(e.low), float(e.high)) for e in errors) for _ in range(20000)]
    for bound in ("-0.1", "0.05", "0.12"):
        share = sum(s <= float(bound) for s in sums) / len(sums)
        assert at_most(errors, Decimal(bound)) == pytest.approx(share, abs=0.012)
