"""From a blamed figure to a failure: its rule, its facts, what follows from it."""

from __future__ import annotations

from reconcile.check import Failure
from reconcile.diagnosis import Blame, follows_a_wrong_figure
from reconcile.figures import rounded
from reconcile.finding import Cause, Severity
from reconcile.interval import plain
from reconcile.score_subjects import RowSubject, rule_of

Facts = tuple[tuple[str, str], ...]


def failure(
    s: RowSubject, blame: Blame, variant: str | None, severity: Severity = "error"
) -> Failure:
    """The failure that stands on the blamed figure, with what it should be."""
    suspect = blame.suspect
    entry, expected = suspect.entry, suspect.expected
    printed = s.figures.denominator if suspect.kind.startswith("denominator") else entry.value
    known = expected is not None and printed is not None
    return Failure(
        severity=severity,
        facts=facts(s) + _expectation(blame),
        expected=plain(expected) if expected is not None else None,
        difference=plain(printed - expected) if known else None,  # type: ignore[operator]
        variant=variant,
        place=s.at(entry),
        cause=cause(s),
        basis=s.figures.methodology.basis,
        likely=None if suspect.slip == "other" else suspect.slip,
        consequences=consequences(s, blame),
    )


def facts(s: RowSubject) -> Facts:
    """What the row's figures are and allow, for any wording of this area."""
    figures = s.figures
    low, high = figures.sum.texts
    found = {
        "total": figures.total.printed.partition("/")[0] if figures.total else "",
        "converted": figures.converted.printed if figures.converted else "",
        "sum": plain(figures.printed_sum),
        "low": low,
        "high": high,
        "maximum": plain(figures.maximum),
        "scale": plain(figures.scale) if figures.scale else "",
        "denominator": plain(figures.denominator) if figures.denominator else "",
    }
    return tuple(found.items())


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


def cause(s: RowSubject) -> Cause:
    """A row with a cell that we may have misread is for a person to look at first."""
    return "report" if s.figures.certain else "reading"


def consequences(s: RowSubject, blame: Blame) -> tuple[str, ...]:
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
