"""Statistics tables: formulas of the header, formulas of the columns' meaning, totals rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from normalise.register import Register
from normalise.submission import Entry, FieldTable, ScoredRow, Submission
from reconcile.check import Failure, Place, Subject, check, place_of
from reconcile.constraints import OnColumn, OnRow
from reconcile.equations import (
    Cells,
    Equation,
    State,
    cells,
    equations,
    right_side,
    state,
    whole_fields,
)
from reconcile.finding import Cause
from reconcile.interval import plain
from reconcile.letter.view import doubtful
from reconcile.methodology import Methodology
from reconcile.totals import ColumnTotal, column_totals
from reconcile.wrong_figure import Wrong, wrong_figures

MOST = 2
"""An equation that fails in more than one row of two (and in three at least) is not what the office means by its
columns: that is said once, as a warning, and no row is accused."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A statistics table with its equations, and the figures that most simply explain what fails."""

    table: FieldTable
    equations: tuple[Equation, ...]
    whole: frozenset[str]
    rows: dict[int, Cells]
    misread: frozenset[Equation]
    wrong: tuple[Wrong, ...]
    totals: tuple[ColumnTotal, ...]

    def row(self, index: int) -> ScoredRow:
        return next(r for r in self.table.rows if r.index == index)


def sheet(table: FieldTable) -> Sheet:
    """Work out everything that `subjects` hands to the checks."""
    whole, all_equations = whole_fields(table), equations(table)
    rows = {r.index: cells(r, whole) for r in table.rows}
    misread = frozenset(e for e in all_equations if _misread(e, table, rows))
    kept = tuple(e for e in all_equations if e not in misread)
    totals = column_totals(table, whole, rows)
    wrong = wrong_figures(table.rows, kept, rows, totals)
    return Sheet(table, kept, whole, rows, misread, wrong, totals)


def _misread(equation: Equation, table: FieldTable, rows: dict[int, Cells]) -> bool:
    states = [state(equation, rows[r.index]) for r in table.units()]
    broken = states.count("broken")
    return broken >= 3 and broken * MOST > len(states) - states.count("unknown")


@dataclass(frozen=True, slots=True)
class EquationOnRow:
    """One equation on one row."""

    sheet: Sheet
    row: ScoredRow
    equation: Equation
    state: State
    wrong: Wrong | None

    @property
    def ready(self) -> bool:
        """What breaks only because of a figure that is named elsewhere stays undecided."""
        return self.state != "unknown" and (self.state != "broken" or self.wrong is not None)

    @property
    def place(self) -> Place:
        return place_of(self.sheet.table.id, self.row, self.row.entry(self.equation.target))


class FormulaSubject(EquationOnRow):
    """A formula on a unit's row."""

    __slots__ = ()


class TotalRateSubject(EquationOnRow):
    """A formula on a totals row."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class HeaderSubject:
    """An equation that most rows break."""

    sheet: Sheet
    equation: Equation
    ready: bool = True

    @property
    def place(self) -> Place:
        return Place(
            page=self.sheet.table.page, table=self.sheet.table.id, field=self.equation.target
        )


@dataclass(frozen=True, slots=True)
class TotalSubject:
    """A figure of a totals row, against its column or against the other totals of its row."""

    sheet: Sheet
    total: ColumnTotal
    wrong: Wrong | None

    @property
    def ready(self) -> bool:
        """What breaks only because of a figure that is named elsewhere stays undecided."""
        return self.total.state == "holds" or self.wrong is not None

    @property
    def place(self) -> Place:
        row = self.sheet.row(self.total.row)
        return place_of(self.sheet.table.id, row, row.entry(self.total.field))


def _cause(entries: Iterable[Entry | None]) -> Cause:
    return "reading" if any(doubtful(e) for e in entries) else "report"


def _formula_failure(
    sheet: Sheet, row: ScoredRow, equation: Equation, state: State, wrong: Wrong | None
) -> Failure | None:
    if state == "holds" or (wrong is None and state == "broken"):
        return None
    at = sheet.rows[row.index]
    involved = [row.entry(f) for f in equation.fields]
    name = wrong.field if wrong else equation.target
    entry = row.entry(name)
    expected = wrong.expected if wrong and wrong.expected else _expected(equation, at)
    value = entry.value if entry else None
    return Failure(
        "info" if state == "cut" else "error",
        (
            ("formula", equation.printed or ""),
            ("target", equation.target),
            ("parts", ";".join(equation.node.columns())),
            ("printed", entry.printed if entry else ""),
            ("expected", expected or ""),
        ),
        expected=expected,
        difference=plain(value - Decimal(expected)) if value is not None and expected else None,
        variant="cut-off" if state == "cut" else None if equation.printed else "implied",
        place=place_of(sheet.table.id, row, entry),
        cause=_cause(involved),
        consequences=wrong.consequences if wrong else (),
    )


def _expected(equation: Equation, row: Cells) -> str | None:
    """What the formula gives, to the digits of the target's column."""
    right = right_side(equation, row)
    entry = row.entries.get(equation.target)
    if right is None or entry is None or entry.value is None:
        return None
    middle = [(r.low + r.high) / 2 for r in right]
    best = min(middle, key=lambda m: abs(m - (entry.value or 0)))
    return plain(round(best, max(entry.precision, entry.decimals, 0)))


@check("formula-mismatch", over=FormulaSubject)
def row_breaks_formula(s: FormulaSubject) -> Failure | None:
    """A row keeps the formulas of its table: those printed in the header and those its headings imply.

    Printed figures are compared as intervals; a rate may stand as a share or as a percentage. The cell named is
    the one whose correction mends every formula and total it stands in.
    """
    return _formula_failure(s.sheet, s.row, s.equation, s.state, s.wrong)


@check("formula-mismatch", over=HeaderSubject)
def header_formula_not_kept(s: HeaderSubject) -> Failure | None:
    """A formula that most rows break is more probably misprinted, or not what the office means."""
    facts = (
        ("formula", s.equation.printed or ""),
        ("target", s.equation.target),
        ("parts", ";".join(s.equation.node.columns())),
    )
    variant = "header" if s.equation.printed else "header-implied"
    return Failure("warning", facts, variant=variant)


@check("column-total-mismatch", over=TotalSubject)
def total_differs_from_column(s: TotalSubject) -> Failure | None:
    """A totals row adds up its column: all units, those of its section, or those since the total before."""
    if s.wrong is None:
        return None
    row = s.sheet.row(s.total.row)
    entry = row.entry(s.total.field)
    assert entry is not None and entry.value is not None and s.wrong.expected is not None
    column = [r.entry(s.total.field) for r in s.sheet.table.rows]
    return Failure(
        "error",
        (
            ("field", s.total.field),
            ("printed", entry.printed),
            ("expected", s.wrong.expected),
        ),
        expected=s.wrong.expected,
        difference=plain(entry.value - Decimal(s.wrong.expected)),
        cause=_cause(column),
        consequences=s.wrong.consequences,
    )


@check("column-total-mismatch", over=TotalRateSubject)
def total_breaks_formula(s: TotalRateSubject) -> Failure | None:
    """The totals keep the table's formulas among themselves: a rate in the totals row is that of the totals."""
    failure = _formula_failure(s.sheet, s.row, s.equation, s.state, s.wrong)
    if failure is None:
        return None
    facts = dict(failure.facts)
    place = failure.place
    return Failure(
        failure.severity,
        (
            ("field", place.field or "" if place else ""),
            ("printed", facts["printed"]),
            ("expected", facts["expected"]),
        ),
        expected=failure.expected,
        difference=failure.difference,
        variant="cut-off" if s.state == "cut" else "rate",
        place=place,
        cause=failure.cause,
        consequences=failure.consequences,
    )


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterator[Subject]:
    """Every equation on every row of every table that is no score table; totals."""
    sheets = [sheet(t) for t in submission.tables if t.kind != "scores" and not t.loose]
    for one in sheets:
        yield from _formulas(one)
        yield from _totals(one)


def _formulas(one: Sheet) -> Iterator[Subject]:
    for equation in one.misread:
        yield HeaderSubject(one, equation)
    said = {(w.row, w.main.equation): w for w in one.wrong if isinstance(w.main, OnRow)}
    for row in one.table.rows:
        for equation in one.equations:
            status = state(equation, one.rows[row.index])
            wrong = said.get((row.index, equation))
            kind = FormulaSubject if row.kind == "unit" else TotalRateSubject
            yield kind(one, row, equation, status, wrong)


def _totals(one: Sheet) -> Iterator[Subject]:
    said = {w.main.target: w for w in one.wrong if isinstance(w.main, OnColumn)}
    for total in one.totals:
        yield TotalSubject(one, total, said.get((total.row, total.field)))
