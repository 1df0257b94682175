"""How likely a sum of rounding errors is: the generalised Irwin-Hall distribution, exactly.

Each error is uniform on its interval and independent of the others. The distribution of the sum follows by
inclusion and exclusion over the corners of the box of errors. In integer units of the smallest last digit
every term is an integer, so nothing is lost to cancellation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import comb, factorial, prod

from reconcile.interval import Interval

IMPROBABLE = 0.001
"""Contract, `total-improbable`: honest rounding would almost never put the total there (p < 0.001)."""


def at_most(errors: Sequence[Interval], bound: Decimal) -> float:
    """P(sum of the errors <= bound)."""
    widths, point = _integers(errors, bound)
    if not widths:
        return 1.0 if point >= 0 else 0.0
    count = len(widths)
    volume = factorial(count) * prod(widths)
    return min(1.0, max(0.0, float(Fraction(_corners(widths, point, count), volume))))


def at_least(errors: Sequence[Interval], bound: Decimal) -> float:
    """P(sum of the errors >= bound)."""
    return at_most([Interval(-e.high, -e.low) for e in errors], -bound)


def density(errors: Sequence[Interval], point: Decimal) -> float:
    """The probability density of the sum of the errors at a point, per unit of score."""
    widths, at = _integers(errors, point)
    if not widths:
        return 0.0
    count = len(widths)
    volume = factorial(count - 1) * prod(widths)
    unit = 10 ** _places(errors, point)
    return max(0.0, float(Fraction(_corners(widths, at, count - 1) * unit, volume)))


def _places(errors: Sequence[Interval], bound: Decimal) -> int:
    numbers = [bound, *(e.low for e in errors), *(e.high for e in errors)]
    exponents = [n.as_tuple().exponent for n in numbers]
    return max(0, *(-e for e in exponents if isinstance(e, int)))


def _integers(errors: Sequence[Interval], bound: Decimal) -> tuple[list[int], int]:
    """The widths of the errors that have one, and the bound above the least sum, in integer units."""
    places = _places(errors, bound)
    widths = [int((e.high - e.low).scaleb(places)) for e in errors]
    least = sum((e.low for e in errors), Decimal(0))
    return [w for w in widths if w], int((bound - least).scaleb(places))


def _corners(widths: Sequence[int], point: int, power: int) -> int:
    """Sum over all subsets S of widths of (-1)^|S| max(0, point - sum(S))^power; equal widths at once."""
    shifts = Counter({0: 1})
    for width, count in Counter(widths).items():
        grown: Counter[int] = Counter()
        for shift, weight in shifts.items():
            for k in range(count + 1):
                grown[shift + k * width] += weight * comb(count, k) * (-1) ** k
        shifts = grown
    return sum(
        weight * (point - shift) ** power for shift, weight in shifts.items() if shift < point
    )
