"""Every single figure whose change would make a row agree, and how likely each is to be the wrong one.

The weight of a suspect is P(what is printed | its true value), summed over the true values that would make
the row agree, times how usual those values are in its column against the one printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from normalise.submission import Entry
from reconcile.figures import outer, unit_of
from reconcile.habits import ScoreRows
from reconcile.interval import ZERO, Interval
from reconcile.plausible import LEFT_OUT, Fit, Usual
from reconcile.slips import likelihood
from reconcile.state import State

TOTAL_OFTEN = 3
"""A total that nothing but its components speaks against is taken to be wrong three times as often as any one of
its nine to eleven components: it is the result of them all."""

CARRIED = 0.15
"""Weight of a wrong total or denominator from which the converted score was then computed: the sheets
compute it, but whoever mistypes mostly does so in the finished table."""

WRONG_DENOMINATOR = 0.3
"""Share of wrong converted scores that come from a wrong denominator; spread over those at hand."""

MOST_VALUES = 400
"""Values tried for one cell; ten one-decimal parts leave some 100 open."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure whose change to a value in `allowed` makes the row agree.

    `entry` is its cell; `kind` says what is wrong with it: `value`, `carried` (with what was computed from
    it), `absent` (blank but counted), `present` (0 that should be blank). `state` is the row put right.
    """

    entry: Entry
    kind: str
    allowed: Interval
    expected: Decimal | None
    slip: str
    weight: float
    state: State


def suspects(rows: ScoreRows, state: State) -> Iterator[Suspect]:
    """All suspects of a row with broken relations, in no order."""
    figures = state.figures
    yield from _total(rows, state)
    for entry in figures.parts:
        yield from _part(rows, state, entry)
    for entry in figures.absent:
        yield from _absent(rows, state, entry)
    as_printed = Fit(rows, figures)(Decimal(0))
    for suspect in _beside_the_sum(rows, state):
        yield replace(suspect, weight=suspect.weight * as_printed)


def _beside_the_sum(rows: ScoreRows, state: State) -> Iterator[Suspect]:
    """Those that leave the total and what the components add up to as printed."""
    yield from _converted(rows, state)
    yield from _denominator(rows, state)
    yield from _average(state)
    for entry in state.figures.parts:
        yield from _present(rows, state, entry)


def _total(rows: ScoreRows, state: State) -> Iterator[Suspect]:
    entry, scale = state.figures.total, state.figures.scale
    if entry is None or state.total is None:
        return
    allowed, plainly = state.sum, state.figures.printed_sum
    fit = Fit(rows, state.figures)
    assert entry.value is not None

    def odds(value: Decimal) -> float:
        return fit(value - (entry.value or 0))

    if state.converted is not None and scale:
        right = allowed & state.converted * state.maximum / scale
        yield from _valued(entry, right, plainly, replace(state, total=right), odds)
        if "ratio" in state.broken():
            return
        carried = replace(state, total=allowed, converted=None)
        for suspect in _valued(entry, allowed, plainly, carried, odds):
            yield replace(suspect, kind="carried", weight=suspect.weight * CARRIED)
        return
    for suspect in _valued(entry, allowed, plainly, replace(state, total=allowed), odds):
        yield replace(suspect, weight=suspect.weight * TOTAL_OFTEN)


def _converted(rows: ScoreRows, state: State) -> Iterator[Suspect]:
    entry, allowed = state.figures.converted, state.quotient()
    if entry is None or state.converted is None or allowed is None:
        return
    printed = state.figures.total
    base = printed.value if printed and printed.value is not None else state.figures.printed_sum
    plainly = base * (state.figures.scale or 1) / state.maximum
    for suspect in _valued(entry, allowed, plainly, replace(state, converted=allowed)):
        count = len(_grid(entry, allowed))
        yield _by_denominator(rows, replace(suspect, weight=suspect.weight / max(1, count)))


def _by_denominator(rows: ScoreRows, suspect: Suspect) -> Suspect:
    """A wrong converted score that another denominator explains."""
    others = _denominators(rows, suspect.state)
    printed = suspect.state.figures.converted
    for other, slip in others.items():
        quotient = suspect.state.quotient(other)
        if printed and quotient and quotient.meets(outer(printed)):
            weight = suspect.weight + WRONG_DENOMINATOR / len(others)
            return replace(suspect, slip=slip, weight=weight)
    return suspect


def _denominators(rows: ScoreRows, state: State) -> dict[Decimal, str]:
    """Denominators that someone may have used instead, with the slip that each would be."""
    right = state.maximum
    most = [state.most(e.field) for e in state.figures.absent]
    found = {f.maximum: "other-denominator" for f in rows.figures if f.complete}
    found |= {
        right - state.most(e.field): "zero-left-out" for e in state.figures.parts if not e.value
    }
    if most:
        counted = {state.figures.methodology.maximum, right + sum(most), *(right + m for m in most)}
        found |= dict.fromkeys(counted, "blank-as-zero")
    else:
        found.setdefault(state.figures.methodology.maximum, "other-denominator")
    return {d: slip for d, slip in found.items() if d not in (right, 0)}


def _denominator(rows: ScoreRows, state: State) -> Iterator[Suspect]:
    entry = state.figures.total
    if entry is None or state.denominator is None or state.denominator == state.maximum:
        return
    slip = _denominators(rows, state).get(state.denominator, "other")
    chance, _ = likelihood(state.denominator, state.maximum, 0)
    weight = chance if slip == "other" else max(chance, WRONG_DENOMINATOR / 3)
    right = Interval(state.maximum, state.maximum)
    fixed = replace(state, denominator=None)
    if "ratio" in state.broken():
        quotient = state.quotient(state.denominator)
        if quotient is None or state.converted is None or not quotient.meets(state.converted):
            return
        fixed = replace(fixed, converted=None)
    if not fixed.broken():
        kind = "carried" if "ratio" in state.broken() else "value"
        yield Suspect(entry, f"denominator-{kind}", right, state.maximum, slip, weight, fixed)


def _average(state: State) -> Iterator[Suspect]:
    entry, allowed = state.figures.officer_average, state.averaged()
    if entry is not None and state.average is not None and allowed is not None:
        rule = state.figures.methodology.officer_average
        plainly = state.figures.added(rule.parts if rule else ())
        yield from _valued(entry, allowed, plainly, replace(state, average=allowed))


def _part(rows: ScoreRows, state: State, entry: Entry) -> Iterator[Suspect]:
    allowed = _room(state, entry.field)
    if not allowed:
        return
    fixed = state.with_part(entry.field, allowed)
    total, value = state.figures.total, entry.value or Decimal(0)
    missing = (total.value or Decimal(0)) - state.figures.printed_sum if total else Decimal(0)
    usual, fit = Usual(rows, state, entry), Fit(rows, state.figures)

    def odds(other: Decimal) -> float:
        return usual.share(other) / usual.share(value) * fit(value - other)

    yield from _valued(entry, allowed, value + missing, fixed, odds)


def _present(rows: ScoreRows, state: State, entry: Entry) -> Iterator[Suspect]:
    """A 0 that should say `does not apply`."""
    if entry.value != 0 or not state.figures.methodology.scales:
        return
    fixed = state.without(entry.field)
    if fixed.parts and not fixed.broken():
        usual = Usual(rows, state, entry)
        weight = LEFT_OUT * usual.absent() / usual.share(Decimal(0))
        yield Suspect(entry, "present", ZERO, None, "zero-for-not-applicable", weight, fixed)


def _absent(rows: ScoreRows, state: State, entry: Entry) -> Iterator[Suspect]:
    """A blank or `-` where a figure should stand. One that was only counted as 0 is a wrong denominator."""
    allowed = _room(state, entry.field)
    if not allowed or "sum" not in state.broken():
        return
    if state.figures.converted is not None and "ratio" not in state.judged:
        # That the converted score counts it too is the only evidence there is.
        return
    fixed = state.with_part(entry.field, allowed)
    if fixed.broken():
        return
    usual = Usual(rows, state, entry)
    # It should be written as its column writes: a grid of its own precision would be of whole points.
    like = replace(entry, precision=max((e.precision for e in rows.column(entry.field)), default=0))
    values = [v for v in _grid(like, allowed) if v in state.limits(entry.field)]
    fit = Fit(rows, state.figures)
    weight = LEFT_OUT * sum(usual.share(v) * fit(-v) for v in values) / usual.absent()
    best = max(values, key=usual.share, default=None)
    yield Suspect(entry, "absent", allowed, best, "left-out", weight, fixed)


def _room(state: State, field: str) -> Interval:
    """What a part may be, given the others, the total and the officers' average."""
    allowed = state.limits(field)
    if state.total is not None:
        allowed &= state.total - state.without(field).sum
    average = state.figures.methodology.officer_average
    if state.average is not None and average is not None and field in average.parts:
        rest = state.averaged(besides=field)
        if rest is not None:
            allowed &= state.average - rest
    return allowed


def _valued(
    entry: Entry,
    allowed: Interval,
    plainly: Decimal,
    fixed: State,
    odds: Callable[[Decimal], float] = lambda _: 1.0,
) -> Iterator[Suspect]:
    """The suspect that `entry` has a wrong value, if a value in `allowed` puts the row right.

    `plainly` is the value that the other figures give at face value: of equally likely ones the nearest to it
    is expected. `odds` says how likely a true value is besides the slip that it takes.
    """
    assert entry.value is not None
    if not allowed or fixed.broken():
        return
    middle = min(max(plainly, allowed.low), allowed.high)
    tried: list[tuple[float, Decimal, Decimal, str]] = []
    for value in _grid(entry, allowed):
        chance, slip = likelihood(entry.value, value, entry.precision)
        tried.append((chance * odds(value), -abs(value - middle), value, slip))
    _, _, best, likely = max(tried, default=(0.0, middle, middle, "other"))
    yield Suspect(entry, "value", allowed, best, likely, sum(t[0] for t in tried), fixed)


def _grid(entry: Entry, allowed: Interval) -> list[Decimal]:
    """Every figure of the cell's precision that may stand for a value in the interval."""
    unit = unit_of(entry)
    first = ((allowed.low - unit / 2) / unit).to_integral_value(ROUND_CEILING)
    last = ((allowed.high + unit / 2) / unit).to_integral_value(ROUND_FLOOR)
    step = max(1, int((last - first) / MOST_VALUES))
    return [i * unit for i in map(Decimal, range(int(first), int(last) + 1, step)) if i >= 0]
