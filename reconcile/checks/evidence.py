"""Components that the methodology derives from the statistics annexed to the same report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalise.register import Register
from normalise.submission import Entry, Submission
from reconcile.check import Failure, Place, Subject, check, place_of
from reconcile.equations import cells, whole_fields
from reconcile.interval import Interval, plain
from reconcile.letter.view import Row, View, doubtful
from reconcile.methodology import Derivation, Methodology

MOST = 2
"""Where a derivation fails in more than one row of two (and in three at least), the report does not use it: that
is worth a note, and no figure is accused. In Tuần Giáo 2023-07 `online_2` fails in 2 rows of 20."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A component and the statistics it follows from; `derived` is None where they are unread."""

    score: Row
    entry: Entry
    statistics: Row
    derivation: Derivation
    derived: Interval | None
    basis: str

    @property
    def ready(self) -> bool:
        return self.entry.known and self.derived is not None

    @property
    def agrees(self) -> bool:
        printed = Interval(self.entry.low, self.entry.high)
        return self.derived is not None and printed.meets(self.derived)

    @property
    def place(self) -> Place:
        return place_of(self.score.table.id, self.score.row, self.entry)


@dataclass(frozen=True, slots=True)
class Unused:
    """A derivation that is doubtful, or that most rows break: all its rows together."""

    rows: tuple[Evidence, ...]

    @property
    def ready(self) -> bool:
        return any(r.ready for r in self.rows)

    @property
    def place(self) -> Place:
        first = self.rows[0]
        return Place(
            page=first.score.table.page, table=first.score.table.id, field=first.entry.field
        )


@check("evidence-mismatch", over=Evidence)
def component_not_borne_out(s: Evidence) -> Failure | None:
    """A component is what the statistics of the same report give, where the methodology file marks the
    derivation as established (`online_2` = 10 × files paid online ÷ all files)."""
    if s.agrees:
        return None
    assert s.derived is not None and s.entry.value is not None
    middle = (s.derived.low + s.derived.high) / 2
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
    known = [r for r in s.rows if r.ready]
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
    view = View(submission, methodology, ())
    for derivation in methodology.derivations:
        rows = tuple(_rows(view, derivation, methodology.basis))
        if derivation.established and not _mostly_broken(rows):
            yield from rows
        elif rows:
            yield Unused(rows)


def _mostly_broken(rows: Sequence[Evidence]) -> bool:
    known = [r for r in rows if r.ready]
    failed = sum(not r.agrees for r in known)
    return failed >= 3 and failed * MOST > len(known)


def _rows(view: View, derivation: Derivation, basis: str) -> Iterator[Evidence]:
    statistics = [r for r in view.rows if r.table.kind == derivation.table]
    for score in view.scores:
        entry = score.row.entry(derivation.field)
        if entry is None or entry.status in ("blank", "not-applicable"):
            continue
        found = view.of_unit(score.row.unit, statistics)
        if len(found) == 1:
            derived = _derived(found[0], derivation)
            yield Evidence(score, entry, found[0], derivation, derived, basis)


def _derived(row: Row, derivation: Derivation) -> Interval | None:
    values = cells(row.row, whole_fields(row.table)).values
    above, below = values.get(derivation.numerator), values.get(derivation.denominator)
    if above is None or below is None or below.low <= 0:
        return None
    ends = [
        derivation.factor * a / b for a in (above.low, above.high) for b in (below.low, below.high)
    ]
    return Interval(max(Decimal(0), min(ends)), max(ends))
