"""A joint reading of what stands behind the components, as a weight over the components' sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reconcile.candidates import Candidate
from reconcile.lattice import Floats, Ints, Spread

ANY_VALUE = 1e-3
"""Probability of a value that nothing suggests: a thousand values from 0 to 10 in hundredths."""
ANY_SUM = 10**9
EVERY = np.empty(0)


@dataclass(frozen=True, slots=True)
class Term:
    """One joint reading of total and converted score (None: unread) and the sums it goes with.

    Its weight for a sum is `weight` times `window[sum - low]`; an empty window means every sum that
    is not above `low`. `honest` says that it needs no slip of the paper's.
    """

    total: Candidate | None
    converted: Candidate | None
    weight: float
    low: int
    window: Floats
    honest: bool = False


def unread(term: Term) -> Term:
    """The term for a row with an unread cell: any sum up to its own, each value being as likely."""
    if not term.window.size:
        return term
    weight = term.weight * float(term.window.sum()) * ANY_VALUE
    top = term.low + term.window.size - 1
    return Term(term.total, term.converted, weight, top, EVERY, term.honest)


def weigh(spread: Spread, terms: Sequence[Term]) -> list[float]:
    """The joint weight of each term with sums so weighted."""
    up_to = np.concatenate([[0.0], np.cumsum(spread.weights)])
    return [term.weight * _share(spread, up_to, term) for term in terms]


def _share(spread: Spread, up_to: Floats, term: Term) -> float:
    if not term.window.size:
        return float(up_to[np.searchsorted(spread.sums, term.low, "right")])
    here, window = _met(spread.sums, term)
    return float(spread.weights[here] @ window)


def spread_over(sums: Ints, terms: Sequence[Term]) -> Spread:
    """The terms' weights added up for every sum."""
    whole = np.zeros(sums.size)
    for term in terms:
        if term.window.size:
            here, window = _met(sums, term)
            whole[here] += term.weight * window
        else:
            whole[: np.searchsorted(sums, term.low, "right")] += term.weight
    return Spread(sums, whole)


def _met(sums: Ints, term: Term) -> tuple[slice, Floats]:
    """Which of the sums a term's window covers, and its weights for them."""
    first, last = np.searchsorted(sums, [term.low, term.low + term.window.size])
    return slice(first, last), term.window[sums[first:last] - term.low]
