"""How probable it is that honest rounding set a row's total so far from the sum of its parts."""

from __future__ import annotations

from decimal import Decimal

from normalise.submission import Entry
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
    up = [_error(figures, e, exact=figures.part(e).maximum) for e in figures.parts]
    above = at_least([*up, own], difference)
    if figures.cut:
        # Components that happen to need no cutting put the total at the lower end.
        return above
    down = [_error(figures, e, exact=Decimal(0)) for e in figures.parts]
    return min(above, at_most([*down, own], difference))


def _error(figures: Figures, entry: Entry, exact: Decimal) -> Interval:
    """True value minus printed one of a part; none where the value is printed as `exact`."""
    assert entry.value is not None
    span = figures.span(entry)
    if entry.value == exact:
        return ZERO
    return Interval(span.low - entry.value, span.high - entry.value)


def _own_error(figures: Figures) -> Interval:
    """Printed total minus the true one: rounded, or cut off where the table does so."""
    assert figures.total is not None
    unit = unit_of(figures.total)
    return Interval(-unit if figures.cut else -unit / 2, unit / 2)
