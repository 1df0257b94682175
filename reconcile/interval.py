"""Closed intervals of decimals: what a printed number may stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`; empty when `low` exceeds `high`."""

    low: Decimal
    high: Decimal

    def __bool__(self) -> bool:
        return self.low <= self.high

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __and__(self, other: Interval) -> Interval:
        return Interval(max(self.low, other.low), min(self.high, other.high))

    def __mul__(self, factor: Decimal) -> Interval:
        """Scaled by a factor that is not negative."""
        return Interval(self.low * factor, self.high * factor)

    def __truediv__(self, divisor: Decimal) -> Interval:
        """Divided by a positive number."""
        return Interval(self.low / divisor, self.high / divisor)

    def meets(self, other: Interval) -> bool:
        return bool(self & other)

    @property
    def texts(self) -> tuple[str, str]:
        """Both ends as decimal strings."""
        return plain(self.low), plain(self.high)


ZERO = Interval(Decimal(0), Decimal(0))


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of intervals."""
    return sum(intervals, start=ZERO)


def plain(value: Decimal) -> str:
    """A decimal string with a point, never with an exponent, at most six decimals, no spare zeros."""
    text = f"{round(value, 6):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
