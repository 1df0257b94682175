"""Components against the statistics annexed to the same report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from normalise.register import Register
from normalise.submission import Submission
from reconcile.check import Failure, Place, Subject, check, place_of
from reconcile.diagnosis import judged_tables
from reconcile.evidence import Derived, evidence
from reconcile.interval import plain
from reconcile.letter.view import doubtful
from reconcile.methodology import Methodology


@dataclass(frozen=True, slots=True)
class BorneOut:
    """A component that the report evidently derives from its statistics.

    `blamed`: the row's own arithmetic names the component already.
    """

    derived: Derived
    blamed: bool

    @property
    def ready(self) -> bool:
        return self.derived.known and not (self.blamed and not self.derived.agrees)

    @property
    def place(self) -> Place:
        score = self.derived.score
        return place_of(score.table.id, score.row, self.derived.entry)


@dataclass(frozen=True, slots=True)
class Unused:
    """A derivation that is doubtful, or that most rows break: all its rows together."""

    rows: tuple[Derived, ...]

    @property
    def ready(self) -> bool:
        return any(r.known for r in self.rows)

    @property
    def place(self) -> Place:
        first = self.rows[0]
        return Place(
            page=first.score.table.page, table=first.score.table.id, field=first.entry.field
        )


@check("evidence-mismatch", over=BorneOut)
def component_not_borne_out(subject: BorneOut) -> Failure | None:
    """A component is what the statistics of the same report give, where the methodology file marks the
    derivation as established (`online_2` = 10 × files paid online ÷ all files)."""
    s = subject.derived
    if s.agrees:
        return None
    assert s.value is not None and s.entry.value is not None
    middle = (s.value.low + s.value.high) / 2
    expected = round(middle, max(s.entry.decimals, 2))
    used = [s.statistics.row.entry(f) for f in (s.derivation.numerator, s.derivation.denominator)]
    above, below = (e.printed if e else "" for e in used)
    return Failure(
        "error",
        (
            ("field", s.entry.field), ("printed", s.entry.printed), ("expected", plain(expected)),
            ("numerator", above), ("denominator", below), ("factor", plain(s.derivation.factor)),
        ),
        expected=plain(expected),
        difference=plain(s.entry.value - expected),
        cause="reading" if any(doubtful(e) for e in (*used, s.entry)) else "report",
        basis=s.basis,
    )  # fmt: skip


@check("evidence-mismatch", over=Unused)
def derivation_not_used(s: Unused) -> Failure | None:
    """A derivation that is not proven, or that the report evidently does not use, is only a note."""
    known = [r for r in s.rows if r.known]
    failed = [r for r in known if not r.agrees]
    if not failed:
        return None
    facts = (
        ("field", s.rows[0].entry.field), ("failed", str(len(failed))), ("all", str(len(known))),
    )  # fmt: skip
    return Failure("info", facts, variant="unproven", basis=s.rows[0].basis)


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterator[Subject]:
    """Every derivation of the methodology on every row that has both sides."""
    if methodology is None:
        return
    blamed = _blamed(submission, methodology)
    for found in evidence(submission, methodology):
        if not found.trusted:
            yield Unused(found.rows)
            continue
        for d in found.rows:
            yield BorneOut(d, (d.score.table.id, d.score.row.index, d.entry.field) in blamed)


def _blamed(submission: Submission, methodology: Methodology) -> set[tuple[str, int, str]]:
    """The cells of score tables that the arithmetic of their own row names."""
    return {
        (judged.rows.table.id, figures.row.index, blame.suspect.entry.field)
        for judged in judged_tables(submission, methodology)
        for figures, diagnosis in judged
        for blame in (diagnosis.blames if diagnosis else ())
        if blame.named
    }
