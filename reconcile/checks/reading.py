"""Rows that neither picture nor arithmetic settles: as read they do not agree, but we may have misread them.

The other checks leave a row with an uncertain figure undecided. Here such a row is judged as it was
read, so that what the paper may have got wrong is shown to a person, never as an error of the report's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from normalise.entry import SURE
from normalise.number import not_applicable, parse
from normalise.register import Register
from normalise.submission import Entry, FieldTable, ScoredRow, Submission
from reconcile.blamed import facts
from reconcile.check import Failure, Place, Subject, check
from reconcile.diagnosis import Blame, Diagnosis, judged_tables
from reconcile.figures import Figures
from reconcile.improbable import probability
from reconcile.interval import plain
from reconcile.methodology import Methodology
from reconcile.rounding import IMPROBABLE
from reconcile.score_subjects import RowSubject, rule_of

Doubts = dict[tuple[str, int], tuple[str, ...]]
"""The uncertain figures of a row, by table and row."""


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A row that does not agree as read; `fields` are its uncertain figures."""

    row: RowSubject
    fields: tuple[str, ...]
    entry: Entry
    ready: bool = True

    @property
    def place(self) -> Place:
        return self.row.at(self.entry)


class DoubtfulSum(DoubtfulRow):
    """Its parts do not add up to its total."""


class DoubtfulTail(DoubtfulRow):
    """Its total is at the very end of what its parts allow."""


class DoubtfulRatio(DoubtfulRow):
    """Its converted score does not follow from its total."""


class DoubtfulDenominator(DoubtfulRow):
    """The denominator behind its total is not the applicable maximum."""


class DoubtfulAverage(DoubtfulRow):
    """Its officers' average does not follow from its criteria."""


class DoubtfulComponent(DoubtfulRow):
    """An uncertain figure of it is over its maximum."""


KINDS = {
    "total-mismatch": DoubtfulSum,
    "converted-mismatch": DoubtfulRatio,
    "denominator-mismatch": DoubtfulDenominator,
    "officer-average-mismatch": DoubtfulAverage,
    "score-out-of-range": DoubtfulComponent,
}


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterable[Subject]:
    """Every score row with an uncertain figure that does not agree as read, but where another check finds the
    fault without it."""
    doubts = dict(_doubts(submission))
    if methodology is None or not doubts:
        return
    told = set(_blamed(submission, methodology))
    for judged in judged_tables(as_read(submission), methodology):
        for figures, diagnosis in judged:
            place = figures.table, figures.row.index
            fields = doubts.get(place, ())
            if place in told or not fields or diagnosis is None:
                continue
            row = RowSubject(judged.rows, figures, diagnosis)
            if blame := _own_blame(figures, diagnosis, fields):
                yield KINDS[rule_of(blame)](row, fields, blame.suspect.entry)
            elif figures.total and _is_improbable(figures, diagnosis):
                yield DoubtfulTail(row, fields, figures.total)


def _is_improbable(figures: Figures, diagnosis: Diagnosis) -> bool:
    return "sum" not in diagnosis.broken and probability(figures) < IMPROBABLE


def _blamed(submission: Submission, methodology: Methodology) -> Iterator[tuple[str, int]]:
    """The rows in which the other checks blame a figure."""
    for judged in judged_tables(submission, methodology):
        for figures, diagnosis in judged:
            if diagnosis is not None and diagnosis.blames:
                yield figures.table, figures.row.index


def _own_blame(figures: Figures, diagnosis: Diagnosis, doubtful: tuple[str, ...]) -> Blame | None:
    """The first figure blamed in a row with doubtful ones. One over its maximum is found by its own check, but
    where it is doubtful itself; and without a mark it has lost it, unless the picture surely shows none."""
    for blame in diagnosis.blames:
        entry = blame.suspect.entry
        surely = bool(entry.decimals) or _read_surely(entry)
        ours = entry.field in doubtful and not surely and _is_over(figures, entry)
        elsewhere = rule_of(blame) == "score-out-of-range" and entry.field not in doubtful
        if not (ours or elsewhere):
            return blame
    return None


def _is_over(figures: Figures, entry: Entry) -> bool:
    """Whether a figure is more than a row could reach if everything applied."""
    parts, scale = figures.methodology.parts, figures.scale
    most = {part.field: part.maximum for part in parts}
    most["total"] = sum((part.maximum for part in parts), Decimal(0))
    if scale is not None:
        most["converted"] = scale
    limit = most.get(entry.field)
    return limit is not None and entry.value is not None and entry.value > limit


def _read_surely(entry: Entry) -> bool:
    """Whether the picture alone leaves no doubt of what is printed, whatever the row makes of it."""
    return any(r.text == entry.printed and r.weight >= SURE for r in entry.readings)


def _doubts(submission: Submission) -> Iterator[tuple[tuple[str, int], tuple[str, ...]]]:
    for table in _scores(submission):
        for row in table.rows:
            fields = tuple(e.field for e in row.entries if _doubtful(e))
            if fields:
                yield (table.id, row.index), fields


def _scores(submission: Submission) -> Iterator[FieldTable]:
    return (table for table in submission.tables if table.kind == "scores")


def _doubtful(entry: Entry) -> bool:
    """A figure, or a blank or a dash where one may stand."""
    return entry.status == "uncertain" and entry.rank is None and not _unreadable(entry)


def _unreadable(entry: Entry) -> bool:
    return entry.value is None and bool(entry.printed.strip()) and not not_applicable(entry.printed)


def as_read(submission: Submission) -> Submission:
    """The submission with its uncertain figures taken at their word."""
    tables = tuple(
        replace(t, rows=tuple(_row_as_read(r, t.decimal_mark) for r in t.rows))
        if t.kind == "scores"
        else t
        for t in submission.tables
    )
    return replace(submission, tables=tables)


def _row_as_read(row: ScoredRow, mark: str) -> ScoredRow:
    return replace(row, entries=tuple(_entry_as_read(e, mark) for e in row.entries))


def _entry_as_read(entry: Entry, mark: str) -> Entry:
    if entry.status == "uncertain" and entry.rank is None:
        if not entry.printed.strip():
            return replace(entry, status="blank")
        if not_applicable(entry.printed):
            return replace(entry, status="not-applicable")
    figure = parse(entry.printed, "." if mark == "." else ",") if _doubtful(entry) else None
    if figure is None:
        return entry
    precision = figure.decimals or entry.precision
    return replace(
        entry,
        status="as-read",
        value=figure.value,
        decimals=figure.decimals,
        precision=precision,
        denominator=figure.denominator,
    )


@check("total-mismatch", over=DoubtfulSum)
def doubtful_parts_do_not_add_up(s: DoubtfulSum) -> Failure | None:
    """As read, the components do not add up to the total, and a figure of the row may be misread."""
    return _failure(s)


@check("total-improbable", over=DoubtfulTail)
def doubtful_total_at_the_end_of_its_interval(s: DoubtfulTail) -> Failure:
    """As read, the total is farther from its components than rounding takes it, and a figure may be misread."""
    return replace(_failure(s), severity="info")


@check("converted-mismatch", over=DoubtfulRatio)
def doubtful_score_does_not_follow(s: DoubtfulRatio) -> Failure | None:
    """As read, the converted score does not follow from the total, and a figure of the row may be misread."""
    return _failure(s)


@check("denominator-mismatch", over=DoubtfulDenominator)
def doubtful_denominator_is_not_the_maximum(s: DoubtfulDenominator) -> Failure | None:
    """As read, the denominator is not the sum of the maxima of the applicable indicators, and may be misread."""
    return _failure(s)


@check("officer-average-mismatch", over=DoubtfulAverage)
def doubtful_average_does_not_follow(s: DoubtfulAverage) -> Failure | None:
    """As read, the officers' average is not the sum of its criteria, and a figure may be misread."""
    figures = s.row.figures
    average, rule = figures.officer_average, figures.methodology.officer_average
    parts = rule.parts if rule else ()
    added = sum((e.value or Decimal(0) for e in figures.parts if e.field in parts), Decimal(0))
    return _failure(s, ("average", average.printed if average else ""), ("criteria", plain(added)))


@check("score-out-of-range", over=DoubtfulComponent)
def doubtful_component_outside_its_maximum(s: DoubtfulComponent) -> Failure | None:
    """As read, an indicator is negative or over its maximum, and may be misread."""
    most = s.row.figures.part(s.entry).maximum
    return _failure(s, ("printed", s.entry.printed), ("most", plain(most)))


def _failure(s: DoubtfulRow, *more: tuple[str, str]) -> Failure:
    return Failure(
        severity="warning",
        facts=(*facts(s.row), ("doubtful", ";".join(s.fields)), *more),
        variant="doubtful",
        cause="reading",
        basis=s.row.figures.methodology.basis,
    )
