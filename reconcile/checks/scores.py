"""Checks of score tables, row by row: total, converted score, denominator, maxima, officers' average.

A row is judged as a whole first (`reconcile.diagnosis`): one wrong figure is one finding, on the cell that
most simply explains the row. A relation that is broken only because of it counts as undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from normalise.register import Register
from normalise.submission import Entry, ScoredRow, Submission
from reconcile.check import Failure, Place, Subject, check, place_of
from reconcile.diagnosis import Blame, Diagnosis, follows_a_wrong_figure, judged_tables
from reconcile.figures import Figures, rounded, score_tables
from reconcile.finding import Cause, Severity
from reconcile.habits import ScoreRows
from reconcile.improbable import probability
from reconcile.interval import plain
from reconcile.methodology import Methodology
from reconcile.rounding import IMPROBABLE


@dataclass(frozen=True, slots=True)
class RowSubject:
    """A row of a score table; `diagnosis` is None while some indicator of it is unread."""

    rows: ScoreRows
    figures: Figures
    diagnosis: Diagnosis | None

    def blame(self, rule: str) -> Blame | None:
        blames = self.diagnosis.blames if self.diagnosis else ()
        return next((b for b in blames if rule_of(b) == rule), None)

    def at(self, entry: Entry | None) -> Place:
        return place_of(self.figures.table, self.figures.row, entry)

    def spoiled(self, relation: str, rule: str) -> bool:
        """Whether the relation is broken by a figure that another rule names."""
        broken = self.diagnosis is not None and relation in self.diagnosis.broken
        return broken and self.blame(rule) is None


class Sum(RowSubject):
    """A total and its parts."""

    @property
    def ready(self) -> bool:
        known = self.diagnosis is not None and self.figures.total is not None
        return known and not self.spoiled("sum", "total-mismatch")

    @property
    def place(self) -> Place:
        return self.at(self.figures.total or self.figures.row.entry("total"))


class Ratio(RowSubject):
    """A converted score, its total and the applicable maximum."""

    @property
    def ready(self) -> bool:
        known = self.diagnosis is not None and self.figures.converted is not None
        return known and not self.spoiled("ratio", "converted-mismatch")

    @property
    def place(self) -> Place:
        return self.at(self.figures.converted or self.figures.row.entry("converted"))


class Denominator(RowSubject):
    """A denominator printed behind the total."""

    @property
    def ready(self) -> bool:
        return self.diagnosis is not None and not self.spoiled(
            "denominator", "denominator-mismatch"
        )

    @property
    def place(self) -> Place:
        return self.at(self.figures.total)


class OfficerAverage(RowSubject):
    """An officers' average and its criteria."""

    @property
    def ready(self) -> bool:
        known = self.diagnosis is not None and self.figures.officer_average is not None
        return known and not self.spoiled("average", "officer-average-mismatch")

    @property
    def place(self) -> Place:
        return self.at(self.figures.row.entry("officer_average"))


@dataclass(frozen=True, slots=True)
class Component:
    """One printed indicator and its maximum."""

    row: RowSubject
    entry: Entry

    @property
    def ready(self) -> bool:
        return self.entry.known

    @property
    def place(self) -> Place:
        return self.row.at(self.entry)


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A row of scores under no known methodology: nothing says which of its figures add up."""

    table: str
    row: ScoredRow
    ready: bool = False

    @property
    def place(self) -> Place:
        return place_of(self.table, self.row, None)


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
                yield from _of_row(judged.rows, figures, diagnosis)


def _of_row(rows: ScoreRows, figures: Figures, diagnosis: Diagnosis | None) -> Iterator[Subject]:
    row = figures.row
    if row.entry("total"):
        yield Sum(rows, figures, diagnosis)
    if row.entry("converted") and figures.methodology.scales:
        yield Ratio(rows, figures, diagnosis)
    if figures.denominator is not None:
        yield Denominator(rows, figures, diagnosis)
    if row.entry("officer_average") and figures.methodology.officer_average:
        yield OfficerAverage(rows, figures, diagnosis)
    whole = RowSubject(rows, figures, diagnosis)
    yield from (Component(whole, e) for e in (*figures.parts, *figures.unread))


def rule_of(blame: Blame) -> str:
    """The rule under which a wrong figure is reported."""
    kind, relations = blame.suspect.kind, blame.relations
    field = blame.suspect.entry.field
    if kind.startswith("denominator"):
        return "denominator-mismatch"
    if field == "converted":
        return "converted-mismatch"
    if field == "officer_average" or relations == {"average"}:
        return "officer-average-mismatch"
    if "range" in relations and field not in ("total", "converted"):
        return "score-out-of-range"
    if field == "total" or "sum" in relations:
        return "total-mismatch"
    return "denominator-mismatch" if "denominator" in relations else "converted-mismatch"


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
    return _failure(s, blame, variant)


def _some_component(s: Sum, blame: Blame) -> Failure:
    """The total agrees with the converted score, and no component stands out as the wrong one."""
    total, sum_ = s.figures.total, s.figures.printed_sum
    assert total is not None and total.value is not None
    fields = (blame.suspect.entry.field, *(o for o in blame.others if o != "total"))
    return Failure(
        severity="error",
        facts=(*_facts(s), ("components", ";".join(fields))),
        expected=plain(sum_),
        difference=plain(total.value - sum_),
        variant="some-component",
        cause=_cause(s),
        basis=s.figures.methodology.basis,
        consequences=_consequences(s, blame),
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
        facts=(*_facts(s), ("p", f"{chance:.6f}")),
        expected=plain(sum_),
        difference=plain(total.value - sum_),
        cause=_cause(s),
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
    return _failure(s, blame, variants.get(blame.suspect.slip))


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
    return _failure(s, blame, variants.get(blame.suspect.kind))


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
        cause=_cause(s.row),
        basis=figures.methodology.basis,
        likely=ours.suspect.slip if ours else None,
        consequences=_consequences(s.row, ours) if ours else (),
    )


@check("officer-average-mismatch", over=OfficerAverage)
def officers_average_does_not_follow(s: OfficerAverage) -> Failure | None:
    """The officers' average is not the sum of its criteria. Which criteria those are is partly derived from
    one report: an average that follows from others that may be meant is only a warning."""
    blame = s.blame("officer-average-mismatch")
    if blame is None:
        return None
    if s.figures.officer_average and follows_from_others(s.figures):
        return _failure(s, blame, "other-criteria", "warning")
    return _failure(s, blame, None)


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


def _failure(
    s: RowSubject, blame: Blame, variant: str | None, severity: Severity = "error"
) -> Failure:
    suspect = blame.suspect
    entry, expected = suspect.entry, suspect.expected
    printed = s.figures.denominator if suspect.kind.startswith("denominator") else entry.value
    known = expected is not None and printed is not None
    return Failure(
        severity=severity,
        facts=_facts(s) + _expectation(blame),
        expected=plain(expected) if expected is not None else None,
        difference=plain(printed - expected) if known else None,  # type: ignore[operator]
        variant=variant,
        place=s.at(entry),
        cause=_cause(s),
        basis=s.figures.methodology.basis,
        likely=None if suspect.slip == "other" else suspect.slip,
        consequences=_consequences(s, blame),
    )


Facts = tuple[tuple[str, str], ...]


def _facts(s: RowSubject) -> Facts:
    """What the row's figures are and allow, for any wording of this area."""
    figures = s.figures
    low, high = figures.sum.texts
    facts = {
        "total": figures.total.printed.partition("/")[0] if figures.total else "",
        "converted": figures.converted.printed if figures.converted else "",
        "sum": plain(figures.printed_sum),
        "low": low,
        "high": high,
        "maximum": plain(figures.maximum),
        "scale": plain(figures.scale) if figures.scale else "",
        "denominator": plain(figures.denominator) if figures.denominator else "",
    }
    return tuple(facts.items())


def _expectation(blame: Blame) -> Facts:
    suspect = blame.suspect
    at_least, at_most = suspect.allowed.texts
    expected = plain(suspect.expected) if suspect.expected is not None else "-"
    return (
        ("printed", suspect.entry.printed),
        ("field", suspect.entry.field),
        ("expected", expected),
        ("at_least", at_least),
        ("at_most", at_most),
    )


def _cause(s: RowSubject) -> Cause:
    """A row with a cell that we may have misread is for a person to look at first."""
    return "report" if s.figures.certain else "reading"


def _consequences(s: RowSubject, blame: Blame) -> tuple[str, ...]:
    """The rules that are broken only because of the figure named."""
    names = {
        "sum": "total-mismatch",
        "ratio": "converted-mismatch",
        "denominator": "denominator-mismatch",
        "average": "officer-average-mismatch",
    }
    found = [names[r] for r in sorted(blame.relations) if r in names]
    if s.diagnosis and follows_a_wrong_figure(s.diagnosis):
        found.append("rank-mismatch")
    entry = blame.suspect.entry
    derived = s.rows.evidence(s.figures, entry.field) if entry.known else None
    if blame.named and derived and not derived.meets(rounded(entry)):
        found.append("evidence-mismatch")
    return tuple(rule for rule in found if rule != rule_of(blame))
