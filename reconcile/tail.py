"""What stands behind the components - total, converted score, rank - as a witness for their sum.

The paper is modelled as honest but for slips: a figure of it is wrong with probability `SLIP`. A
reading of the row is the likelier, the fewer slips of the paper it needs; so a misfit that only a
confusion of OCR's explains is ours, and one that only a slip explains is the paper's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from heapq import nlargest
from operator import itemgetter

import numpy as np

from normalise.submission import Rank
from reconcile.candidates import Candidate, Choice
from reconcile.engine import ranks_in
from reconcile.interval import Interval
from reconcile.lattice import Floats
from reconcile.methodology import Methodology
from reconcile.slips import likelihood
from reconcile.term import ANY_SUM, ANY_VALUE, EVERY, Term

ROW_SLIPS = 0.02
"""A row of a report has a wrong figure with this probability: 1 of the 92 real rows has one (an
officers' average), and what is submitted for an audit may be worse."""
SLIP = ROW_SLIPS / 14
"""The same for one figure of the usual row of fourteen."""
COMPONENT_SLIP = SLIP / 300
"""That a given component is slipped by just the misfit: one in 50 where the slip is a changed or
swapped digit, one in thousands where not (`reconcile.slips`); the geometric mean of the two."""
TWO_SLIPS = (SLIP * ANY_VALUE) ** 2
FAINT = 1e-10
"""Pairs of total and converted score less likely than this are left out."""
LIKELY = 1e-7
"""Pairs of total and converted score less likely than this are not asked for slips."""
MOST_SLIPS = 30
"""Pairs of total and converted score, the likeliest first, that are asked for slips: the readings of both
cells and the commonest confusions of each."""
MOST = 40
"""Candidates of one cell that are considered, best first; the rest is counted as unexplained."""


@dataclass(frozen=True, slots=True)
class RankChoice:
    """The ranks a label may mean, with weights."""

    ranks: tuple[tuple[Rank, float], ...]
    other: float


@dataclass(frozen=True, slots=True)
class Habits:
    """How a table is written, with `digits` decimals at most.

    `exact` is the share of rows whose printed parts add up exactly, `cut` that of converted scores cut
    off where rounding would give another, `spread` the standard deviation in units of the sum of the
    parts' rounding errors.
    """

    digits: int
    exact: float
    cut: float
    spread: float
    scale: Decimal | None

    @property
    def units(self) -> int:
        """Units per point."""
        return int(10**self.digits)


@dataclass(frozen=True, slots=True)
class Tail:
    """The choices behind the components; a choice is None where the table has no such column.

    `total_half` and `converted_half` are half a last printed digit, in points.
    """

    total: Choice
    converted: Choice | None
    rank: RankChoice | None
    total_half: Decimal
    converted_half: Decimal


Scored = Sequence[tuple[Candidate, float]]


@dataclass(frozen=True, slots=True)
class Witness:
    """Terms for one row's tail, under one methodology and a table's habits."""

    tail: Tail
    habits: Habits
    methodology: Methodology

    def terms(self, maximum: int, parts: int) -> Iterator[Term]:
        """All joint readings for a sum of applicable maxima (in units) over so many components."""
        totals = [
            (t, t.weight * self._denominator(t, maximum) * self._ranks_of_total(t))
            for t in self.tail.total.candidates[:MOST]
        ]
        if self.tail.converted is None or self.habits.scale is None:
            for total, weight in totals:
                yield from self._fitting(total, None, weight, parts, honest=True)
            return
        scored = [
            (c, c.weight * self.rank_weight(c)) for c in self.tail.converted.candidates[:MOST]
        ]
        for total, weight in totals:
            unread = weight * self.tail.converted.other * ANY_VALUE
            yield from self._fitting(total, None, unread, parts)
        yield from self._pairs(totals, scored, maximum, parts)
        unseen = self.tail.total.other * ANY_VALUE
        for converted, weight in scored:
            yield from self._of_converted(None, converted, unseen * weight, maximum)

    def _pairs(self, totals: Scored, scored: Scored, maximum: int, parts: int) -> Iterator[Term]:
        """Totals with converted scores that follow from them; the likeliest others, by slips."""
        misfits: list[tuple[float, Candidate, Candidate, float, float]] = []
        near = self._near(totals, scored, maximum)
        for (total, own), close in zip(totals, near, strict=True):
            for (converted, weight), may_follow in zip(scored, close, strict=True):
                if own * weight < FAINT:
                    continue
                follows = self.follows(total, converted, maximum) if may_follow else 0.0
                if follows:
                    joint = own * weight * follows
                    yield from self._fitting(total, converted, joint, parts, honest=True)
                elif own * converted.weight > LIKELY:
                    misfits.append((own * converted.weight, total, converted, weight, own))
        for _, total, converted, weight, own in nlargest(MOST_SLIPS, misfits, key=itemgetter(0)):
            yield from self._slipped(total, converted, own * weight, own, maximum)

    def _near(self, totals: Scored, scored: Scored, maximum: int) -> list[list[bool]]:
        """Which pairs `follows` need be asked for: it is exact, and slow where there are thousands."""
        assert self.habits.scale is not None
        if not maximum:
            return [[True] * len(scored)] * len(totals)
        factor = float(self.habits.scale) * self.habits.units / maximum
        wide = 2.1 * (float(self.tail.converted_half) + float(self.tail.total_half) * factor)
        exact = np.array([math.nan if t.value is None else float(t.value) for t, _ in totals])
        printed = np.array([math.nan if c.value is None else float(c.value) for c, _ in scored])
        off = np.abs(exact[:, None] * factor - printed)
        near: list[list[bool]] = (~(off > wide)).tolist()
        return near

    def _fitting(
        self,
        total: Candidate,
        converted: Candidate | None,
        weight: float,
        parts: int,
        honest: bool = False,
    ) -> Iterator[Term]:
        """The parts add up to the total; or one of them has slipped."""
        if total.value is None:
            return
        middle = int(total.value * self.habits.units)
        window = _window(float(self.tail.total_half), self.habits)
        yield Term(total, converted, weight, middle - window.size // 2, window, honest)
        yield Term(total, converted, weight * parts * COMPONENT_SLIP, ANY_SUM, EVERY)

    def _slipped(
        self, total: Candidate, converted: Candidate, weight: float, own: float, maximum: int
    ) -> Iterator[Term]:
        """The converted score does not follow: it, or the total, has slipped, or more than one has.

        `weight` holds the rank's with the printed score; where that has slipped, the rank may be that
        of the true one (`own` is the total's weight alone).
        """
        yield Term(total, converted, weight * TWO_SLIPS, ANY_SUM, EVERY)
        if total.value is None or converted.value is None or not maximum:
            return
        slip = SLIP * self._converted_slip(total.value, converted, maximum)
        true = replace(converted, value=self._quotient(total.value, maximum))
        joint = max(weight, own * converted.weight * self.rank_weight(true)) * slip
        for term in self._fitting(total, converted, joint, 0):
            if term.window.size:
                yield term
        implied = self._total_of(converted, maximum)
        slip = SLIP * _slip_chance(total.value, implied, self.habits.digits)
        yield from self._of_converted(total, converted, weight * slip, maximum)

    def _quotient(self, total: Decimal, maximum: int) -> Decimal:
        assert self.habits.scale is not None
        return total * self.habits.scale * self.habits.units / maximum

    def _converted_slip(self, total: Decimal, converted: Candidate, maximum: int) -> float:
        """P(converted score | total) by a slip: of its own, or of the total it was reckoned from."""
        assert converted.value is not None and self.habits.scale is not None
        true = self._quotient(total, maximum)
        used = self._total_of(converted, maximum)
        return _slip_chance(converted.value, true, max(converted.decimals, 1)) + _slip_chance(
            used, total, self.habits.digits
        )

    def _total_of(self, converted: Candidate, maximum: int) -> Decimal:
        """The total from which a converted score follows, in the table's digits."""
        assert converted.value is not None and self.habits.scale is not None
        exact = converted.value * maximum / self.habits.scale / self.habits.units
        return round(exact, self.habits.digits)

    def _of_converted(
        self, total: Candidate | None, converted: Candidate, weight: float, maximum: int
    ) -> Iterator[Term]:
        """The sums from which the converted score follows, whatever the total says."""
        if converted.value is None or not maximum or self.habits.scale is None:
            return
        per_point = maximum / self.habits.scale
        low = int((converted.value - self.tail.converted_half) * per_point)
        high = int((converted.value + self.tail.converted_half) * per_point) + 1
        yield Term(total, converted, weight, low, np.ones(high - low + 1))

    def follows(self, total: Candidate, converted: Candidate, maximum: int) -> float:
        """How well a converted score follows from a total: rounded, cut off, or not at all (0).

        Where sums are exact, so are totals: `69,4` is 69,40 and no other total that rounds to it.
        """
        if total.value is None or converted.value is None or not maximum:
            return 1.0 if total.value is None and converted.value is None else 0.0
        assert self.habits.scale is not None
        factor = self.habits.scale * self.habits.units / maximum
        short = total.value * factor - converted.value
        exactly = self._rounded(short, Decimal(0))
        loosely = self._rounded(short, self.tail.total_half * factor)
        return self.habits.exact * exactly + (1.0 - self.habits.exact) * loosely

    def _rounded(self, short: Decimal, slack: Decimal) -> float:
        """How well a printed score stands for one that is greater by `short`, give or take `slack`."""
        half = self.tail.converted_half
        if short > half + slack:
            return self.habits.cut if short < 2 * half + slack else 0.0
        if short < -slack:
            return 1.0 - self.habits.cut if short >= -half - slack else 0.0
        return 1.0

    def agrees(self, total: Candidate, maximum: int) -> bool:
        """Whether denominator, converted score and rank, all as read, follow from a total."""
        score = total
        if self._denominator(total, maximum) < 1.0:
            return False
        if self.tail.converted is not None and self.habits.scale is not None:
            read = next((c for c in self.tail.converted.candidates if c.exact), None)
            if read is None or not self.follows(total, read, maximum):
                return False
            score = read if self.methodology.ranked == "converted" else total
        if self.tail.rank is None:
            return True
        likely = max(self.ranks_with(score), key=lambda pair: pair[1])
        return likely[1] > 0.5

    def rank_weight(self, converted: Candidate) -> float:
        """How well the rank goes with a converted score, over all that the label may mean."""
        if self.methodology.ranked != "converted":
            return 1.0
        return sum(weight for _, weight in self.ranks_with(converted)) + self.rank_other

    def ranks_with(self, score: Candidate) -> list[tuple[Rank, float]]:
        """Each rank the label may mean, weighted by whether the score has it."""
        if self.tail.rank is None or score.value is None:
            return []
        converted = self.methodology.ranked == "converted"
        half = self.tail.converted_half if converted else self.tail.total_half
        scores = Interval(score.value - half, score.value + half)
        has = ranks_in(scores, self.methodology, self.habits.scale if converted else None)
        return [(r, w * (1.0 if r in has else SLIP / 4)) for r, w in self.tail.rank.ranks]

    def _ranks_of_total(self, total: Candidate) -> float:
        if self.methodology.ranked != "total":
            return 1.0
        return sum(weight for _, weight in self.ranks_with(total)) + self.rank_other

    @property
    def rank_other(self) -> float:
        """The weight of a label that is none of the ranks, which fits any score."""
        return 1.0 if self.tail.rank is None else max(self.tail.rank.other, 1e-12)

    def _denominator(self, total: Candidate, maximum: int) -> float:
        if total.denominator is None:
            return 1.0
        return 1.0 if total.denominator * self.habits.units == maximum else SLIP / 20


@lru_cache(maxsize=65536)
def _slip_chance(printed: Decimal, true: Decimal, precision: int) -> float:
    """`slips.likelihood` without the kind; the same pairs are asked for under every sum of maxima."""
    return likelihood(printed, true, precision)[0]


@lru_cache(maxsize=256)
def _window(total_half: float, habits: Habits) -> Floats:
    """P(total | sum) for sums around the total: exact, or off by the errors of rounding."""
    own = 2 * total_half * habits.units
    spread = max(0.3, math.hypot(habits.spread, own / math.sqrt(12)))
    half = math.ceil(3.3 * spread)
    rounded = np.exp(-0.5 * (np.arange(-half, half + 1) / spread) ** 2)
    window: Floats = (1.0 - habits.exact) * rounded / rounded.sum()
    window[half] += habits.exact
    return window
