"""Which cells a person should look at: those repaired and those not read for certain."""

from __future__ import annotations

from audit.job import Examination
from normalise.submission import Entry

STATES = ("repaired", "uncertain", "unreadable")

CellPlace = tuple[str, int, str]
"""Table id, row index and field of a cell."""


def doubtful(examination: Examination) -> list[tuple[CellPlace, Entry]]:
    """Every cell that was repaired or could not be read for certain."""
    return [
        ((table.id, row.index, entry.field), entry)
        for table in examination.submission.tables
        for row in table.rows
        for entry in row.entries
        if entry.status in STATES
    ]
