"""Statistics tables that neither picture nor arithmetic settles: as read they break a formula or a total, but
we may have misread them.

As for the rows of scores in `reconcile.checks.reading`: shown to a person, never as an error of the report's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

from normalise.number import Mark
from normalise.register import Register
from normalise.submission import Entry, FieldTable, ScoredRow, Submission
from reconcile.candidates import choice_of
from reconcile.check import Failure, Place, Subject, check, place_of
from reconcile.checks.statistics import Sheet, sheet
from reconcile.equations import Equation, equations
from reconcile.interval import plain
from reconcile.methodology import Methodology
from reconcile.totals import ColumnTotal

Doubts = Mapping[int, frozenset[str]]
"""The uncertain figures of each row."""


@dataclass(frozen=True, slots=True)
class DoubtfulEquation:
    """An equation that a row with uncertain figures breaks as read; `field` names the cell that explains it."""

    table: str
    row: ScoredRow
    equation: Equation
    field: str
    doubtful: frozenset[str]
    ready: bool = True

    @property
    def place(self) -> Place:
        return place_of(self.table, self.row, self.row.entry(self.field))


class DoubtfulFormula(DoubtfulEquation):
    """A formula that a unit's row breaks."""


class DoubtfulTotals(DoubtfulEquation):
    """A formula that a totals row breaks, whose figures are told of as totals."""


@dataclass(frozen=True, slots=True)
class DoubtfulTotal:
    """A total that differs from its column as read, some figure of the column uncertain."""

    table: str
    row: ScoredRow
    total: ColumnTotal
    ready: bool = True

    @property
    def place(self) -> Place:
        return place_of(self.table, self.row, self.row.entry(self.total.field))


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterable[Subject]:
    """What tables with uncertain figures break as read and leaves the other checks undecided, once a row."""
    for table in submission.tables:
        doubts = _doubts(table)
        if doubts and table.kind != "scores" and not table.loose:
            settled, read = sheet(table), sheet(_as_read(table))
            formulas = list(_formulas(settled, read, doubts))
            yield from formulas
            yield from _totals(settled, read, doubts, {f.row.index for f in formulas})


def _doubts(table: FieldTable) -> Doubts:
    found = {r.index: frozenset(e.field for e in r.entries if _doubtful(e)) for r in table.rows}
    return {index: fields for index, fields in found.items() if fields}


def _doubtful(entry: Entry) -> bool:
    return entry.origin == "ocr" and entry.status == "uncertain" and entry.value is not None


def _as_read(table: FieldTable) -> FieldTable:
    """The table with its uncertain figures taken at their word, without rows that name no unit: those that
    count the columns may have been read as figures."""
    rates = frozenset(e.target for e in equations(table) if e.node.ratio)
    mark: Mark = "." if table.decimal_mark == "." else ","
    rows = tuple(
        replace(r, entries=tuple(_entry_as_read(e, mark, e.field not in rates) for e in r.entries))
        for r in table.rows
        if r.unit.name or r.kind == "total"
    )
    return replace(table, rows=rows)


def _entry_as_read(entry: Entry, mark: Mark, counted: bool) -> Entry:
    if not _doubtful(entry):
        return entry
    read = next((c for c in choice_of(entry, mark, None, counted).candidates if c.exact), None)
    if read is None or read.value is None:
        return entry
    precision = read.decimals or entry.precision
    return replace(
        entry, status="as-read", value=read.value, decimals=read.decimals, precision=precision
    )


def _formulas(settled: Sheet, read: Sheet, doubts: Doubts) -> Iterator[DoubtfulEquation]:
    told = {wrong.row for wrong in settled.wrong}
    for wrong in read.wrong:
        doubtful = doubts.get(wrong.row, frozenset())
        broken = sorted((e for e in wrong.mended if e.fields & doubtful), key=lambda e: e.target)
        if broken and wrong.row not in told:
            told.add(wrong.row)
            equation = wrong.formula if wrong.formula in broken else broken[0]
            row = read.row(wrong.row)
            kind = DoubtfulTotals if row.kind == "total" else DoubtfulFormula
            yield kind(read.table.id, row, equation, wrong.field, doubtful)


def _totals(
    settled: Sheet, read: Sheet, doubts: Doubts, formulas: Set[int]
) -> Iterator[DoubtfulTotal]:
    decided = {(t.row, t.field) for t in settled.totals if t.state != "unknown"}
    told = {t.row for t in settled.totals if t.state == "broken"} | formulas
    for total in read.totals:
        rows = (total.row, *total.rows)
        doubtful = any(total.field in doubts.get(row, ()) for row in rows)
        explained = any(wrong.explains(total) for wrong in read.wrong)
        known = explained or (total.row, total.field) in decided or total.row in told
        if total.state == "broken" and doubtful and not known:
            told.add(total.row)
            yield DoubtfulTotal(read.table.id, read.row(total.row), total)


@check("formula-mismatch", over=DoubtfulFormula)
def doubtful_row_breaks_formula(s: DoubtfulFormula) -> Failure | None:
    """As read, a row breaks a formula of its table, and a figure of it may be misread."""
    return _formula_failure(s, "doubtful")


@check("column-total-mismatch", over=DoubtfulTotals)
def doubtful_totals_break_formula(s: DoubtfulTotals) -> Failure | None:
    """As read, the totals break a formula of their table among themselves, and one may be misread."""
    return _formula_failure(s, "doubtful-formula")


def _formula_failure(s: DoubtfulEquation, variant: str) -> Failure:
    entry = s.row.entry(s.equation.target)
    return Failure(
        "warning",
        (
            ("target", s.equation.target),
            ("parts", ";".join(s.equation.node.columns())),
            ("printed", entry.printed if entry else ""),
            ("doubtful", ";".join(sorted(s.doubtful))),
        ),
        variant=variant,
        cause="reading",
    )


@check("column-total-mismatch", over=DoubtfulTotal)
def doubtful_column_does_not_add_up(s: DoubtfulTotal) -> Failure | None:
    """As read, a total differs from its column, and a figure of the column may be misread."""
    entry = s.row.entry(s.total.field)
    assert s.total.expected is not None
    return Failure(
        "warning",
        (
            ("field", s.total.field),
            ("printed", entry.printed if entry else ""),
            ("expected", plain(s.total.expected)),
        ),
        variant="doubtful",
        cause="reading",
    )
