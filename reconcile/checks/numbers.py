"""Checks of cells that should hold a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from normalise.register import Register
from normalise.submission import Entry, ScoredRow, Submission
from reconcile.check import Failure, Place, check, place_of
from reconcile.methodology import Methodology
from reconcile.verdict import sign_lost

TEXT_FIELDS = ("rank", "note")
RESULTS = ("total", "converted")
LEGIBLE = 0.5
"""Confidence below which a scan's text is more likely misread than not: figures under seals had 0.04 to 0.47, words
printed among figures 0.84 and more."""

BROKEN_FORMULA = re.compile(r"#(?:VALUE!|DIV/0!|REF!|NAME\?|NUM!|NULL!|N/A)")
"""What a spreadsheet shows for a formula that fails; no figure is misread as such a word."""

LETTERED = re.compile(r"\d[^\W\d_lIiđd]")
"""A letter behind a digit that is none of the strokes read as 1, nor the sign of a currency or a point."""
LOOK = 0.3
"""Weight of a look at a doubtful cell that has read such a letter from which a person is told: the first looks have as
much at least, and none of 3,000 doubtful and certain figures of clean generated scans has one so heavy."""
LIKELY = 0.9
"""What the row says at least of the figure as read, where a sign too many in it is told of."""


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A cell of a numeric column; `needed` where a blank cannot mean `does not apply`.

    Of a column without a meaning nobody can say that it should hold numbers, and what we could hardly read
    ourselves says nothing of the paper, unless it spells a broken formula: such a cell is undecided.
    """

    table: str
    row: ScoredRow
    entry: Entry
    needed: bool

    @property
    def lettered(self) -> bool:
        """Whether a doubtful figure may have a letter in it: `2o,00`. One that no look knows, of a figure that its
        row confirms, `1,54x`, is a sign too many."""
        entry = self.entry
        looks = [entry.printed, *(r.text for r in entry.readings if r.weight >= LOOK)]
        more = entry.confidence >= LIKELY and entry.value is not None and sign_lost(entry)
        return entry.status == "uncertain" and (more or any(map(LETTERED.search, looks)))

    @property
    def ready(self) -> bool:
        if self.lettered:
            return True
        nameless = self.entry.field.startswith("column_")
        spelt = BROKEN_FORMULA.fullmatch(self.entry.printed.strip())
        illegible = self.entry.origin == "ocr" and self.entry.confidence < LEGIBLE and not spelt
        return self.entry.status != "uncertain" and not (
            self.entry.status == "unreadable" and (nameless or illegible)
        )

    @property
    def place(self) -> Place:
        return place_of(self.table, self.row, self.entry)


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterator[NumberCell]:
    """Every cell of a numeric column of every recognised table."""
    for table in submission.tables:
        for row in table.rows:
            scored = table.kind == "scores" and row.kind == "unit" and _scored(row)
            for entry in row.entries:
                if entry.field not in TEXT_FIELDS:
                    needed = scored and entry.field in RESULTS
                    yield NumberCell(table.id, row, entry, needed)


def _scored(row: ScoredRow) -> bool:
    others = ("officer_average", *TEXT_FIELDS, *RESULTS)
    return any(e.value is not None for e in row.entries if e.field not in others)


@check("unreadable-number", over=NumberCell)
def cell_holds_no_number(s: NumberCell) -> Failure | None:
    """A cell that should hold a number holds something else, or has a letter in it, or is blank in a scored row."""
    blank = s.needed and s.entry.status in ("blank", "not-applicable")
    if s.entry.status != "unreadable" and not (blank or s.lettered):
        return None
    return Failure(
        severity="warning",
        facts=(("printed", s.entry.printed), ("field", s.entry.field)),
        variant="blank" if blank else "letter" if s.lettered else None,
        cause="reading" if s.entry.origin == "ocr" else "report",
    )
