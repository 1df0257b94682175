"""The officers' average as read, weighed by the criteria it follows from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from normalise.submission import Entry
from reconcile.candidates import Candidate, choice_of
from reconcile.methodology import Methodology
from reconcile.posterior import Answer
from reconcile.scoretable import ScoreTable
from reconcile.slips import likelihood
from reconcile.tail import SLIP
from reconcile.term import ANY_VALUE
from reconcile.verdict import ACCEPT


def average_answers(
    entry: Entry,
    answers: Mapping[str, Sequence[Answer]],
    table: ScoreTable,
    methodology: Methodology,
) -> tuple[Answer, ...]:
    """What the average may say; where its criteria are not certain, the reading alone decides."""
    choice = choice_of(entry, table.mark, None)
    expected = _sum(answers, methodology)
    weighed = [(c, c.weight * _fit(c, expected, table.digits)) for c in choice.candidates]
    implied = any(c.value == expected for c in choice.candidates)
    other = choice.other * (1.0 if expected is None else 0.0 if implied else ANY_VALUE)
    whole = sum(weight for _, weight in weighed) + other
    if whole <= 0:
        return ()
    found = [Answer(c, weight / whole) for c, weight in weighed] + [Answer(None, other / whole)]
    return tuple(sorted(found, key=lambda answer: -answer.probability))


def _sum(answers: Mapping[str, Sequence[Answer]], methodology: Methodology) -> Decimal | None:
    """The sum of the criteria it is made of, None unless all of them are certain."""
    average = methodology.officer_average
    if average is None:
        return None
    total = Decimal(0)
    for field in average.parts:
        best = next(iter(answers.get(field, ())), None)
        value = best.candidate.value if best and best.candidate else None
        if best is None or value is None or best.probability < ACCEPT:
            return None
        total += value
    return total


def _fit(candidate: Candidate, expected: Decimal | None, digits: int) -> float:
    """How well a candidate goes with the criteria: it follows, or the paper has slipped."""
    if expected is None or candidate.value is None:
        return 1.0
    half = Decimal(5).scaleb(-(candidate.decimals or digits) - 1)
    if abs(candidate.value - expected) <= half:
        return 1.0
    slip = likelihood(candidate.value, expected, digits)[0]
    return SLIP * max(slip, ANY_VALUE)
