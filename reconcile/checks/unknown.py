"""Score tables and columns that nothing can be checked in: no methodology in hand says what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from normalise.rank import rank_of
from normalise.register import Register
from normalise.submission import Column, FieldTable, Submission
from normalise.table import column_name
from reconcile.check import Failure, Place, check
from reconcile.methodology import Methodology
from reconcile.unplaced import doubt_of
from reconcile.unread import looks_unread

LEAST_UNITS, LEAST_FIGURES = 2, 3
"""A table that ranks two units by three figures is a score table; a count of units by rank is not."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A table that ranks units. `known` says that a methodology stands behind its columns."""

    table: FieldTable
    known: bool
    ready: bool = True

    @property
    def place(self) -> Place:
        return Place(page=self.table.page, table=self.table.id)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A column of scores with no field. `missing` are the results that no column of the table holds."""

    table: FieldTable
    column: Column
    missing: tuple[str, ...]
    ready: bool = True

    @property
    def place(self) -> Place:
        field = column_name(self.column.index)
        return Place(page=self.table.page, table=self.table.id, field=field)


@dataclass(frozen=True, slots=True)
class Doubted:
    """A score table of which a column without a field leaves indicators in doubt."""

    table: FieldTable
    headings: str
    fields: tuple[str, ...]
    ready: bool = True

    @property
    def place(self) -> Place:
        return Place(page=self.table.page, table=self.table.id)


@dataclass(frozen=True, slots=True)
class Unread:
    """A table of no known kind under headings of a score table."""

    table: FieldTable
    ready: bool = True

    @property
    def place(self) -> Place:
        return Place(page=self.table.page, table=self.table.id)


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterator[Scored | Unplaced | Doubted | Unread]:
    """Every score table with its unplaced columns, and every table of another kind that looks like one."""
    for table in submission.tables:
        if table.kind == "scores":
            yield Scored(table, methodology is not None)
            if methodology is not None:
                yield from _unplaced(table, methodology)
                yield from _doubted(table, methodology)
        elif table.kind == "other" and _ranks_units(table):
            yield Scored(table, False)
        elif table.kind == "other" and looks_unread(table, submission.tables):
            yield Unread(table)


def _ranks_units(table: FieldTable) -> bool:
    """Whether most rows of units hold a rank and several figures."""
    rows = list(table.units())
    ranked = [
        row
        for row in rows
        if any(rank_of(e.printed) for e in row.entries if e.value is None)
        and sum(e.value is not None for e in row.entries) >= LEAST_FIGURES
    ]
    return len(ranked) >= LEAST_UNITS and 2 * len(ranked) > len(rows)


def _unplaced(table: FieldTable, methodology: Methodology) -> Iterator[Unplaced]:
    results = ("total", "converted") if methodology.scales else ("total",)
    missing = tuple(field for field in results if table.column(field) is None)
    for column in table.columns:
        if column.field is None and any(column.path) and _scores(table, column):
            yield Unplaced(table, column, missing)


def _doubted(table: FieldTable, methodology: Methodology) -> Iterator[Doubted]:
    doubt = doubt_of(table, methodology)
    if doubt.adds or (doubt.columns and table.ruled):
        headings = ", ".join(_heading(c) for c in doubt.columns)
        order = [part.field for part in methodology.parts]
        yield Doubted(table, headings, tuple(sorted(doubt.parts, key=order.index)))


def _heading(column: Column) -> str:
    return " / ".join(part for part in column.path if part) or column_name(column.index)


def _scores(table: FieldTable, column: Column) -> bool:
    """Whether a column's figures tell its rows apart, and are not just their places from 1 on."""
    name = column_name(column.index)
    found = [e.value for row in table.units() if (e := row.entry(name)) and e.value is not None]
    places = sorted(found) == [Decimal(n) for n in range(1, len(found) + 1)]
    return len(set(found)) >= LEAST_UNITS and not places


@check("unknown-column", over=Unplaced)
def results_under_an_unknown_heading(s: Unplaced) -> Failure | None:
    """The table has no column known to hold the total, or the converted score, and a column of figures whose heading
    is not understood: it may hold them, unchecked. A further column beside known results is no harm."""
    if not s.missing:
        return None
    return Failure("warning", (("heading", _heading(s.column)), ("fields", ";".join(s.missing))))


@check("unknown-column", over=Doubted)
def indicators_beside_an_unknown_heading(s: Doubted) -> Failure:
    """A column of figures among the indicators whose heading is not understood may be one that another column was taken
    for, or the totals do not add up without it: those indicators are in doubt, and a person must look."""
    facts = (("headings", s.headings), ("fields", ";".join(s.fields)))
    return Failure("warning", facts, variant="part" if s.fields else "alone", cause="reading")


@check("unknown-methodology", over=Unread)
def scores_that_were_not_read(s: Unread) -> Failure:
    """A table stands under headings of a score table and could not be read as one: it was printed column by column,
    or in parts that could not be put together."""
    rows = str(len(s.table.rows))
    return Failure("warning", (("rows", rows),), variant="unread", cause="reading")


@check("unknown-methodology", over=Scored)
def scored_by_what_we_do_not_know(s: Scored) -> Failure | None:
    """A table ranks units by indicators of no methodology in hand, or the report names none that fits: its
    scores cannot be recomputed, and a person must look."""
    if s.known:
        return None
    rows = str(len(list(s.table.units())))
    variant = "columns" if s.table.kind == "other" else None
    return Failure("warning", (("rows", rows),), variant=variant)
