"""Checks of the order of rows: serial numbers (STT), and rows in the order of their scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from normalise.register import Register
from normalise.submission import FieldTable, ScoredRow, Submission
from reconcile.check import Failure, Place, Subject, check, place_of
from reconcile.diagnosis import Diagnosis, JudgedRows, judged_tables
from reconcile.figures import Figures
from reconcile.finding import Cause, Severity
from reconcile.interval import plain
from reconcile.methodology import Methodology
from reconcile.ordering import in_order, is_sorted, score_of, sorted_by


@dataclass(frozen=True, slots=True)
class Serials:
    """The serial numbers of a section, and the number that the section before it ended with, if that is known."""

    table: FieldTable
    rows: tuple[ScoredRow, ...]
    before: int | None

    @property
    def numbers(self) -> tuple[int | None, ...]:
        return tuple(_number(row.serial) for row in self.rows)

    @property
    def ready(self) -> bool:
        return any(number is not None for number in self.numbers)

    @property
    def place(self) -> Place:
        return place_of(self.table.id, self.rows[0], None)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of a section that mostly stand in the order of their scores, the highest first.

    Rows without a score or with one that is wrong or in doubt are left out.
    """

    rows: tuple[tuple[Figures, Decimal], ...]

    @property
    def ready(self) -> bool:
        return True

    @property
    def place(self) -> Place:
        figures = self.rows[0][0]
        return place_of(figures.table, figures.row, None)


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterator[Subject]:
    """Sections with serial numbers, of score tables also those sorted by score."""
    for table in submission.tables:
        if table.kind != "other":
            yield from _serials(table)
    if methodology is not None:
        for judged in judged_tables(submission, methodology):
            yield from _sorted(judged)


def _serials(table: FieldTable) -> Iterator[Serials]:
    before: int | None = 0
    for _, group in groupby(table.units(), key=lambda row: row.section):
        rows = tuple(group)
        if any(row.serial for row in rows):
            subject = Serials(table, rows, before)
            before = subject.numbers[-1]
            yield subject


def _number(serial: str | None) -> int | None:
    plain_text = (serial or "").strip().rstrip(".)")
    return int(plain_text) if plain_text.isdecimal() else None


def _sorted(judged: JudgedRows) -> Iterator[Sorted]:
    field = sorted_by(judged.rows.figures)
    for _, group in groupby(judged, key=lambda pair: pair[0].row.section):
        scored = tuple((f, s) for f, d in group if (s := _sure_score(f, d, field)) is not None)
        if is_sorted(len(scored), len(in_order([score for _, score in scored]))):
            yield Sorted(scored)


def _sure_score(f: Figures, diagnosis: Diagnosis | None, field: str) -> Decimal | None:
    """The score that rows are sorted by, if the row agrees with itself."""
    return None if diagnosis and diagnosis.blames else score_of(f, field)


@check("order-broken", over=Serials)
def serial_numbers_break_off(s: Serials) -> Failure | None:
    """Serial numbers are skipped, repeated or out of order; a section begins with 1 or goes on counting. Next to a
    number that is not known nothing is known."""
    numbers = s.numbers
    wrong = next((i for i in range(len(numbers)) if _breaks_off(s, i)), None)
    if wrong is None:
        return None
    expected = 1 if wrong == 0 else (numbers[wrong - 1] or 0) + 1
    ours = any(e.origin == "ocr" for row in s.rows for e in row.entries)
    cause: Cause = "reading" if ours else "report"
    severity: Severity = "info" if ours else "warning"
    return Failure(
        severity=severity,
        facts=(
            ("printed", str(numbers[wrong])),
            ("expected", str(expected)),
            ("numbers", ", ".join("?" if n is None else str(n) for n in numbers)),
        ),
        expected=str(expected),
        variant="serial",
        place=replace(place_of(s.table.id, s.rows[wrong], None), printed=s.rows[wrong].serial),
        cause=cause,
    )


def _breaks_off(s: Serials, index: int) -> bool:
    """Whether a number does not follow the one before it."""
    before = s.numbers[index - 1] if index else s.before
    number = s.numbers[index]
    if number is None or before is None:
        return False
    return number != before + 1 and (index > 0 or number != 1)


@check("order-broken", over=Sorted)
def rows_out_of_order(s: Sorted) -> Failure | None:
    """The table stands in the order of its scores, but for some rows."""
    kept = set(in_order([score for _, score in s.rows]))
    strays = [i for i in range(len(s.rows)) if i not in kept]
    if not strays:
        return None
    figures, score = s.rows[strays[0]]
    units = [s.rows[i][0].row.unit.name for i in strays]
    entry = figures.converted or figures.total
    return Failure(
        severity="warning" if figures.certain else "info",
        facts=(
            ("unit", figures.row.unit.name),
            ("score", plain(score)),
            ("units", "; ".join(units)),
        ),
        variant="score",
        place=place_of(figures.table, figures.row, entry),
        cause="report" if figures.certain else "reading",
    )
