"""The mean of the results and the distance of first from last: confirmed where some group of units has it.

Which units a mean is of, and by which result, is seldom said: what fits none stays undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from normalise.submission import Claim
from reconcile.letter.view import View
from reconcile.letter.weigh import Weighed, fields_of


def weigh_mean(view: View, claim: Claim) -> Weighed:
    """`Điểm bình quân của 14 đơn vị: 83,72 điểm`."""
    return _weighed(view, claim, lambda values: sum(values, Decimal(0)) / len(values))


def weigh_spread(view: View, claim: Claim) -> Weighed:
    """`Khoảng cách giữa đơn vị đứng đầu và đơn vị đứng cuối là 38,79 điểm`."""
    return _weighed(view, claim, lambda values: max(values) - min(values))


def _weighed(view: View, claim: Claim, of: Callable[[list[Decimal]], Decimal]) -> Weighed:
    value = Decimal(claim.get("value") or 0)
    last = Decimal(1).scaleb(int(value.as_tuple().exponent))
    fits = any(
        of(values).quantize(last, how) == value
        for values in _groups(view, claim)
        for how in (ROUND_HALF_UP, ROUND_DOWN)
    )
    return Weighed(claim, "confirmed" if fits else "undecided")


def _groups(view: View, claim: Claim) -> Iterator[list[Decimal]]:
    """The results of every group of units of which none is unread."""
    for name in fields_of(claim):
        for group in view.scopes(view.with_field(name), None):
            entries = [e for r in group if r.assessed and (e := r.row.entry(name)) is not None]
            values = [e.value for e in entries if e.known and e.value is not None]
            if values and len(values) == len(entries):
                yield values
