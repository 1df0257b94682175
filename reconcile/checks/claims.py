"""The letter against the tables: a verdict for every claim, and what is wrong with the letter.

A claim is weighed against the printed figures first, against what the printed parts give, and against the
table with a figure at fault put right. Where the table contradicts itself and the claim agrees with one side,
that is said beside the table's own finding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from normalise.claims.names import key
from normalise.register import Register
from normalise.submission import Claim, Submission
from reconcile.check import CHECKS, Failure, Place, check, finding_of
from reconcile.finding import Finding, Judged, Recomputed, Tally
from reconcile.letter.complete import decided
from reconcile.letter.counts import (
    expected_units,
    names_differ,
    weigh_assessed,
    weigh_rank_count,
)
from reconcile.letter.mended import AGREES, Mended, mended
from reconcile.letter.overall import weigh_mean, weigh_spread
from reconcile.letter.quoted import weigh_figure, weigh_maxima
from reconcile.letter.sums import weigh_sum
from reconcile.letter.thresholds import weigh_threshold
from reconcile.letter.units import (
    weigh_condition_list,
    weigh_extreme,
    weigh_late,
    weigh_rank_list,
)
from reconcile.letter.view import Row, View
from reconcile.letter.weigh import Misfit, Weighed
from reconcile.methodology import Methodology


@dataclass(frozen=True, slots=True)
class Judgement:
    """Verdicts by claim; all findings of the submission, the given ones with what follows from them."""

    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class ClaimSubject:
    """A claim and one thing in it that does not fit (None when everything does)."""

    weighed: Weighed
    misfit: Misfit | None = None

    @property
    def ready(self) -> bool:
        return self.misfit is not None or self.weighed.verdict != "undecided"

    @property
    def place(self) -> Place:
        claim, misfit = self.weighed.claim, self.misfit
        unit = misfit.unit if misfit else None
        row = misfit.row if misfit else None
        return Place(
            page=claim.page,
            box=claim.box,
            table=row.table.id if row else None,
            row=row.row.index if row else None,
            unit=unit.name if unit else None,
            unit_code=unit.code if unit else None,
            field=misfit.field if misfit else None,
            printed=misfit.printed if misfit else None,
        )


class CountClaim(ClaimSubject):
    """A stated number of units or indicators."""


class ListClaim(ClaimSubject):
    """Units named under a rank or a condition."""


class FigureClaim(ClaimSubject):
    """A figure quoted from a table."""


class ChangeClaim(ClaimSubject):
    """A change against the period before."""


def _failure(subject: ClaimSubject) -> Failure | None:
    misfit = subject.misfit
    if misfit is None:
        return None
    return Failure(
        misfit.severity,
        misfit.facts,
        expected=misfit.expected,
        difference=misfit.difference,
        variant=misfit.variant,
        cause="reading" if misfit.reading else "report",
    )


@check("count-mismatch", over=CountClaim)
def count_differs(s: CountClaim) -> Failure | None:
    """A number stated in the letter agrees with the table and with the names listed after it.

    Counted are the rows of the units spoken of (communes, offices, districts, a section), by the rank or
    figure printed there. A row whose figure is unread leaves the count undecided.
    """
    return _failure(s)


@check("list-mismatch", over=ListClaim)
def unit_listed_wrongly(s: ListClaim) -> Failure | None:
    """A unit named under a rank or a condition has it in the table.

    A full score for progress beside overdue files is only a warning: how that score is made is not known.
    """
    return _failure(s)


@check("quoted-figure-mismatch", over=FigureClaim)
def quoted_figure_differs(s: FigureClaim) -> Failure | None:
    """A figure quoted in the letter is the table's, perhaps with fewer decimals."""
    return _failure(s)


@check("previous-period-mismatch", over=ChangeClaim)
def change_differs(s: ChangeClaim) -> Failure | None:
    """A stated change is the difference between this report's figure and the previous report's.

    Without the previous report it stays undecided.
    """
    return _failure(s)


_WEIGH: dict[tuple[str, str], tuple[type[ClaimSubject], Callable[[View, Claim], Weighed]]] = {
    ("count", "assessed"): (CountClaim, weigh_assessed),
    ("count", "rank"): (CountClaim, weigh_rank_count),
    ("threshold", ""): (CountClaim, weigh_threshold),
    ("maxima", ""): (CountClaim, weigh_maxima),
    ("list", "rank"): (ListClaim, weigh_rank_list),
    ("list", ""): (ListClaim, weigh_condition_list),
    ("late", ""): (ListClaim, weigh_late),
    ("extreme", ""): (ListClaim, weigh_extreme),
    ("figure", ""): (FigureClaim, weigh_figure),
    ("figure", "sum"): (FigureClaim, weigh_sum),
    ("figure", "mean"): (FigureClaim, weigh_mean),
    ("figure", "spread"): (FigureClaim, weigh_spread),
    ("change", ""): (ChangeClaim, lambda view, claim: Weighed(claim, "undecided")),
}


def judge(
    submission: Submission,
    methodology: Methodology | None,
    register: Register,
    recomputed: Sequence[Recomputed],
    findings: tuple[Finding, ...],
) -> Judgement:
    """Judge every claim of a submission, after the checks of its tables.

    `findings` are those of the tables. They come back with `consequences` where a claim only follows from
    one of them, followed by the claims' own findings.
    """
    view = View(submission, methodology, recomputed)
    right = tuple(mended(view, submission, methodology, recomputed, findings))
    subjects = [_weigh(view, claim, right) for claim in submission.claims]
    subjects = _with_names(view, subjects)
    findings, subjects = _without_missing(findings, subjects)
    judged = tuple(Judged(i, s.weighed.verdict) for i, (s, _) in enumerate(subjects))
    own, tallies = _run(subjects, submission.path)
    for subject, _ in subjects:
        findings = _attached(findings, subject.weighed.follows)
    return Judgement(judged, (*findings, *own), tallies)


Pending = tuple[ClaimSubject, tuple[Misfit, ...]]
"""A claim's subject, and the misfits to be said of it."""


def _weigh(view: View, claim: Claim, right: Sequence[Mended]) -> Pending:
    sort = (claim.kind, claim.get("what") or "")
    kind, weigh = _WEIGH.get(sort) or _WEIGH[(claim.kind, "")]
    weighed = weigh(view, claim)
    if weighed.misfits:
        cause = next((m for m in right if weigh(m.view, claim).verdict == "confirmed"), None)
        weighed = Weighed(claim, "confirmed", (), ((cause.row, AGREES),)) if cause else weighed
    weighed = decided(view, _telling(_in_its_mood(weighed)))
    return kind(weighed), weighed.misfits


def _telling(weighed: Weighed) -> Weighed:
    """Without what expects the very thing that is printed: nobody could put that right."""
    told = tuple(m for m in weighed.misfits if not m.says_nothing)
    if len(told) == len(weighed.misfits):
        return weighed
    return replace(weighed, verdict="contradicted" if told else "undecided", misfits=told)


def _in_its_mood(weighed: Weighed) -> Weighed:
    """What another period had, or another matter is, no table here decides; what a request names may be what
    is to be."""
    said = weighed.claim.get("mood")
    asked = weighed.misfits and weighed.claim.kind != "extreme"
    if said in ("before", "other") or (said == "ask" and (asked or weighed.claim.kind == "late")):
        return Weighed(weighed.claim, "undecided")
    return weighed


def _with_names(view: View, subjects: list[Pending]) -> list[Pending]:
    """Hold the numbers against the names after them, once it is known which names stand wrongly."""
    misplaced = frozenset(key(m.unit) for _, misfits in subjects for m in misfits if m.unit)
    found: list[Pending] = []
    for subject, misfits in subjects:
        claim = subject.weighed.claim
        counted = claim.kind in ("count", "threshold") and claim.get("mood") is None
        if not counted or claim.get("named") is None:
            found.append((subject, misfits))
            continue
        expected = expected_units(view, claim) if claim.get("what") == "rank" else frozenset()
        misfit = names_differ(claim, misplaced, expected)
        if misfit is None or misfit.says_nothing or misfits:
            said = _explained(claim, misfits, misplaced, expected)
            found.append((subject, said))
        else:
            weighed = replace(subject.weighed, verdict="contradicted")
            found.append((type(subject)(weighed), (misfit,)))
    return found


def _without_missing(
    findings: tuple[Finding, ...], subjects: list[Pending]
) -> tuple[tuple[Finding, ...], list[Pending]]:
    """A count that is too high by units that are missing from the table follows from that."""
    absent = sum(f.rule == "unit-missing" for f in findings)
    kept: list[Pending] = []
    follows = False
    for subject, misfits in subjects:
        here = tuple(m for m in misfits if not _by_missing(m, absent))
        follows = follows or len(here) < len(misfits)
        kept.append((subject, here))
    if not follows:
        return findings, subjects
    said = tuple(
        replace(f, consequences=(*f.consequences, "count-mismatch"))
        if f.rule == "unit-missing"
        else f
        for f in findings
    )
    return said, kept


def _by_missing(misfit: Misfit, absent: int) -> bool:
    counted = misfit.rule == "count-mismatch" and misfit.variant in (None, "assessed")
    return counted and 0 < int(misfit.difference or 0) <= absent


def _explained(
    claim: Claim, misfits: tuple[Misfit, ...], misplaced: frozenset[str], expected: frozenset[str]
) -> tuple[Misfit, ...]:
    """A wrong number that goes with its names follows from the names that stand wrongly."""
    differing = expected ^ frozenset(key(u) for u in claim.units)
    follows = claim.get("named") == claim.get("n") and bool(differing) and differing <= misplaced
    wrong = any(key(u) in misplaced for u in claim.units)
    return () if follows or (wrong and claim.get("named") == claim.get("n")) else misfits


def _run(subjects: Sequence[Pending], path: str) -> tuple[tuple[Finding, ...], tuple[Tally, ...]]:
    findings: list[Finding] = []
    counted: dict[str, list[int]] = {}
    for subject, misfits in subjects:
        rule = next(c for c in CHECKS if type(subject) is c.over)
        tally = counted.setdefault(rule.rule, [0, 0, 0])
        if not misfits:
            tally[0 if subject.weighed.verdict == "confirmed" else 2] += 1
            continue
        tally[1] += 1
        for misfit in misfits:
            told = type(subject)(subject.weighed, misfit)
            failure = rule.decide(told)
            if failure is not None:
                findings.append(finding_of(rule.rule, failure, told.place, path))
    return tuple(findings), tuple(Tally(r, *counted[r]) for r in sorted(counted))


def _attached(
    findings: tuple[Finding, ...], follows: Sequence[tuple[Row, str]]
) -> tuple[Finding, ...]:
    """Say beside a table's finding how the letter stands to it."""
    kept = list(findings)
    for row, message in follows:
        for index, finding in enumerate(kept):
            here = (finding.table, finding.row) == (row.table.id, row.row.index)
            if here and message not in finding.consequences:
                kept[index] = replace(finding, consequences=(*finding.consequences, message))
    return tuple(kept)
