"""How probable it is that honest rounding set a row's total so far from the sum of its parts."""

from __future__ import annotations

from decimal import Decimal

from reconcile.figures import Figures, unit_of
from reconcile.interval import ZERO, Interval
from reconcile.rounding import at_least, at_most


def probability(figures: Figures) -> float:
    """P(a difference at least as far out on its side); of a complete row with a known total.

    A component at its maximum or at 0 may be exact or rounded towards the limit: it is taken as whichever
    makes the difference likelier, so that no honest row is called improbable for it.
    """
    total = figures.total
    assert total is not None and total.value is not None
    difference = total.value - figures.printed_sum
    own = _own_error(figures)
    up = [_upward(e) for e in _errors(figures)]
    down = [_downward(e) for e in _errors(figures)]
    return min(at_least([*up, own], difference), at_most([*down, own], difference))


def _errors(figures: Figures) -> list[Interval]:
    """True value minus printed one of each part."""
    spans = [(figures.span(e), e.value) for e in figures.parts]
    return [Interval(iv.low - v, iv.high - v) for iv, v in spans if v is not None]


def _upward(error: Interval) -> Interval:
    return ZERO if error.high <= 0 else error


def _downward(error: Interval) -> Interval:
    return ZERO if error.low >= 0 and error.high > 0 and not _cut(error) else error


def _cut(error: Interval) -> bool:
    """A cut-off part lies above its printed value by nature, not because 0 limits it."""
    return error.low == 0 and error.high == Decimal(1).scaleb(error.high.adjusted())


def _own_error(figures: Figures) -> Interval:
    """Printed total minus the true one: rounded, or cut off where the table does so."""
    assert figures.total is not None
    unit = unit_of(figures.total)
    return Interval(-unit if figures.cut else -unit / 2, unit / 2)
