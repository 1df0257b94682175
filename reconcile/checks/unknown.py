"""Score tables that nothing can be checked in: no methodology in hand says which figures add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from normalise.rank import rank_of
from normalise.register import Register
from normalise.submission import FieldTable, Submission
from reconcile.check import Failure, Place, check
from reconcile.methodology import Methodology

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


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterator[Scored]:
    """Every score table, and every table of another kind that looks like one."""
    for table in submission.tables:
        if table.kind == "scores":
            yield Scored(table, methodology is not None)
        elif table.kind == "other" and _ranks_units(table):
            yield Scored(table, False)


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


@check("unknown-methodology", over=Scored)
def scored_by_what_we_do_not_know(s: Scored) -> Failure | None:
    """A table ranks units by indicators of no methodology in hand, or the report names none that fits: its
    scores cannot be recomputed, and a person must look."""
    if s.known:
        return None
    rows = str(len(list(s.table.units())))
    variant = "columns" if s.table.kind == "other" else None
    return Failure("warning", (("rows", rows),), variant=variant)
