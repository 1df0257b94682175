"""Checks of score tables, row by row: total, converted score, denominator, maxima, officers' average.

A row is judged as a whole first (`reconcile.diagnosis`): one wrong figure is one finding, on the cell that
most simply explains the row. A relation that is broken only because of it counts as undecided.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from normalise.register import Register
from normalise.submission import Submission
from reconcile.blamed import cause, consequences, facts, failure
from reconcile.check import Failure, Subject, check
from reconcile.diagnosis import Blame, judged_tables
from reconcile.figures import Figures, score_tables
from reconcile.finding import Severity
from reconcile.improbable import probability
from reconcile.interval import plain
from reconcile.methodology import Methodology
from reconcile.rounding import IMPROBABLE
from reconcile.score_subjects import (
    Component,
    Denominator,
    OfficerAverage,
    Ratio,
    Sum,
    Unjudged,
    subjects_of_row,
)


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterable[Subject]:
    """Every row with scores of every score table; all undecided while the methodology is unknown."""
    if methodology is None:
        tables = score_tables(submission)
        yield from (Unjudged(table.id, row) for table in tables for row in table.units())
        return
    for judged in judged_tables(submission, methodology):
        for figures, diagnosis in judged:
            if figures.parts or figures.unread:
                yield from subjects_of_row(judged.rows, figures, diagnosis)


@check("total-mismatch", over=Sum)
def total_differs_from_its_parts(s: Sum) -> Failure | None:
    """The total lies outside what the printed components allow, each of them standing for every value that
    rounds to it."""
    blame = s.blame("total-mismatch")
    if blame is None:
        return None
    if not blame.named and blame.suspect.entry.field != "total":
        return _some_component(s, blame)
    variants = {"absent": "left-out", "value": "component", "carried": "carried"}
    variant: str | None = variants[blame.suspect.kind]
    if blame.suspect.entry.field == "total" and blame.suspect.kind == "value":
        agrees = s.figures.converted and "ratio" in blame.relations
        variant = "converted-agrees" if agrees else None
    return failure(s, blame, variant)


def _some_component(s: Sum, blame: Blame) -> Failure:
    """The total agrees with the converted score, and no component stands out as the wrong one."""
    total, sum_ = s.figures.total, s.figures.printed_sum
    assert total is not None and total.value is not None
    fields = (blame.suspect.entry.field, *(o for o in blame.others if o != "total"))
    return Failure(
        severity="error",
        facts=(*facts(s), ("components", ";".join(fields))),
        expected=plain(sum_),
        difference=plain(total.value - sum_),
        variant="some-component",
        cause=cause(s),
        basis=s.figures.methodology.basis,
        consequences=consequences(s, blame),
    )


@check("total-mismatch", over=Unjudged)
def total_under_no_methodology(s: Unjudged) -> Failure | None:
    """Counted as undecided, so that a report whose methodology is not known does not pass for right."""
    return None


@check("total-improbable", over=Sum)
def total_at_the_end_of_its_interval(s: Sum) -> Failure | None:
    """The total is inside the interval that the components allow, but so near its end that honest rounding
    would put it there less than once in a thousand rows. A warning when not one table of this length in a
    thousand would have such a row, else a note."""
    if s.diagnosis is None or "sum" in s.diagnosis.broken or s.blame("total-mismatch"):
        return None
    chance = probability(s.figures)
    if chance >= IMPROBABLE:
        return None
    severity: Severity = "warning" if chance * len(s.rows.figures) < IMPROBABLE else "info"
    total, sum_ = s.figures.total, s.figures.printed_sum
    assert total is not None and total.value is not None
    return Failure(
        severity=severity,
        facts=(*facts(s), ("p", f"{chance:.6f}")),
        expected=plain(sum_),
        difference=plain(total.value - sum_),
        cause=cause(s),
        basis=s.figures.methodology.basis,
    )


@check("converted-mismatch", over=Ratio)
def converted_score_does_not_follow(s: Ratio) -> Failure | None:
    """The converted score is not scale × total ÷ applicable maximum, whichever values total and converted
    score stand for."""
    blame = s.blame("converted-mismatch")
    if blame is None:
        return None
    variants = {
        "blank-as-zero": "blank-as-zero",
        "zero-left-out": "denominator",
        "other-denominator": "denominator",
        "zero-for-not-applicable": "zero-counted",
        "left-out": "left-out",
    }
    return failure(s, blame, variants.get(blame.suspect.slip))


@check("denominator-mismatch", over=Denominator)
def denominator_is_not_the_applicable_maximum(s: Denominator) -> Failure | None:
    """The denominator printed behind the total is not the sum of the maxima of the applicable indicators."""
    blame = s.blame("denominator-mismatch")
    if blame is None:
        return None
    variants = {
        "denominator-value": None,
        "denominator-carried": "carried",
        "present": "zero-counted",
        "absent": "left-out",
    }
    return failure(s, blame, variants.get(blame.suspect.kind))


@check("score-out-of-range", over=Component)
def component_outside_its_maximum(s: Component) -> Failure | None:
    """An indicator is negative or over its maximum."""
    value, figures = s.entry.value, s.row.figures
    assert value is not None
    most = figures.part(s.entry).maximum
    if 0 <= value <= most:
        return None
    blame = s.row.blame("score-out-of-range")
    ours = blame if blame and blame.suspect.entry == s.entry and blame.named else None
    expected = ours.suspect.expected if ours else None
    return Failure(
        severity="error",
        facts=(("printed", s.entry.printed), ("maximum", plain(most))),
        expected=plain(expected) if expected is not None else None,
        difference=plain(value - expected) if expected is not None else None,
        variant="negative" if value < 0 else None,
        cause=cause(s.row),
        basis=figures.methodology.basis,
        likely=ours.suspect.slip if ours else None,
        consequences=consequences(s.row, ours) if ours else (),
    )


@check("officer-average-mismatch", over=OfficerAverage)
def officers_average_does_not_follow(s: OfficerAverage) -> Failure | None:
    """The officers' average is not the sum of its criteria. Which criteria those are is partly derived from
    one report: an average that follows from others that may be meant is only a warning."""
    blame = s.blame("officer-average-mismatch")
    if blame is None:
        return None
    if s.figures.officer_average and follows_from_others(s.figures):
        return failure(s, blame, "other-criteria", "warning")
    return failure(s, blame, None)


def follows_from_others(figures: Figures) -> bool:
    """Whether the average is the sum of the certain criteria and some choice of the doubtful ones."""
    rule, printed = figures.methodology.officer_average, figures.officer_average
    assert rule is not None and printed is not None and printed.value is not None
    values = {e.field: e.value for e in figures.parts if e.value is not None}
    doubtful = [f for f in (*rule.parts, *rule.instead) if f not in rule.certain]
    certain = sum((values.get(f, Decimal(0)) for f in rule.certain), Decimal(0))
    return any(
        certain + sum((values.get(f, Decimal(0)) for f in chosen), Decimal(0)) == printed.value
        for chosen in combinations(doubtful, len(rule.parts) - len(rule.certain))
    )
