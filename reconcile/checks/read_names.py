"""Checks of the spelling of names that OCR read: never an error of the report's, a person is asked to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from normalise.channel import plain
from normalise.names import parse
from normalise.register import Register
from normalise.submission import Claim, FieldTable, ScoredRow, Submission, UnitMatch
from normalise.text import fold
from reconcile.check import Failure, Place, Subject, check
from reconcile.checks.names import name_place
from reconcile.methodology import Methodology

# Tables, and the letter, that must have the same other letters before a scanned name is called misspelt: what OCR
# reads once in a thousand names it reads twice in a million.
FEWEST_PLACES = 2


@dataclass(frozen=True, slots=True)
class ScannedRow:
    """A row and its unit, whose name was read off a picture."""

    table: FieldTable
    row: ScoredRow

    @property
    def ready(self) -> bool:
        return True

    @property
    def place(self) -> Place:
        return name_place(self.table, self.row)


@dataclass(frozen=True, slots=True)
class ReadName(ScannedRow):
    """A scanned name with other letters than the unit's; `read` has its letters in every place, the letter as one."""

    read: tuple[tuple[str, str], ...]

    @property
    def ready(self) -> bool:
        places, letters = {p for p, _ in self.read}, {text for _, text in self.read}
        return len(places) >= FEWEST_PLACES and len(letters) == 1


class MarkedName(ScannedRow):
    """A scanned name that was surely read with other marks than the unit's."""


@dataclass(frozen=True, slots=True)
class ReadTwice(ScannedRow):
    """A scanned name that was read in two rows, in one of which it may be another unit's."""

    earlier: ScoredRow

    @property
    def unit(self) -> UnitMatch:
        """The unit that one of the rows is."""
        return self.row.unit if self.row.unit.code else self.earlier.unit

    @property
    def place(self) -> Place:
        place = name_place(self.table, self.row)
        return replace(place, unit=self.unit.name, unit_code=self.unit.code)


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterable[Subject]:
    """Each unit with a row whose name was read with other letters or marks, where it stands first; names that were
    read twice."""
    told: set[tuple[str, str]] = set()
    tables = [t for t in submission.tables if t.kind != "other"]
    for table in tables:
        yield from _read_twice(table)
        for row in table.units():
            code, note = row.unit.code, row.unit.note
            if code is None or note not in ("letters", "marks") or (code, note) in told:
                continue
            told.add((code, note))
            if note == "marks":
                yield MarkedName(table, row)
            else:
                yield ReadName(table, row, tuple(_read(submission, tables, row)))


def _read_twice(table: FieldTable) -> Iterator[ReadTwice]:
    """The rows that share their name with one other, when only one of the two is known to be the unit's."""
    alike: dict[str, list[ScoredRow]] = {}
    for row in table.units():
        if row.unit.ocr and row.unit.match not in ("unmatched", "misspelt"):
            alike.setdefault(fold(row.unit.printed), []).append(row)
    for rows in alike.values():
        if len(rows) == 2 and [row.unit.code for row in rows].count(None) == 1:
            yield ReadTwice(table, rows[1], rows[0])


def _read(
    submission: Submission, tables: Iterable[FieldTable], row: ScoredRow
) -> Iterator[tuple[str, str]]:
    """The letters of the row's unit in every table, and in the letter."""
    for table in tables:
        for other in table.units():
            if other.unit.code == row.unit.code:
                yield table.id, fold(parse(other.unit.printed).core)
    yield from _in_letter(submission.claims, row)


def _in_letter(claims: Iterable[Claim], row: ScoredRow) -> Iterator[tuple[str, str]]:
    """The row's own letters, or the register's, where a sentence that names the unit has them."""
    named = [c for c in claims if any(unit.code == row.unit.code for unit in c.units)]
    for name in (row.unit.printed, row.unit.name):
        letters = fold(parse(name).core)
        if any(f" {letters} " in f" {fold(plain(claim.text))} " for claim in named):
            yield "letter", letters


@check("unit-misspelt", over=ReadName)
def read_otherwise_than_registered(s: ReadName) -> Failure:
    """A scan has other letters than the register, the same ones in a table and in another or the letter, and such as
    recognition hardly makes of the registered ones."""
    unit = s.row.unit
    facts = (("printed", unit.printed), ("name", unit.name))
    return Failure(
        severity="warning",
        facts=facts,
        expected=unit.canonical,
        variant="reading",
        cause="reading",
    )


@check("unit-misspelt", over=MarkedName)
def read_with_other_marks(s: MarkedName) -> Failure:
    """A scan has the unit's letters with other marks than the register, read as surely as recognition can: it may
    have taken one mark for another still."""
    unit = s.row.unit
    facts = (("printed", unit.printed), ("name", unit.name))
    return Failure("info", facts, expected=unit.canonical, variant="marks", cause="reading")


@check("unit-duplicate", over=ReadTwice)
def read_in_two_rows(s: ReadTwice) -> Failure:
    """A scanned name was read in two rows of a table: the unit stands there twice, or one is misread."""
    facts = (
        ("name", s.unit.name),
        ("first", s.earlier.serial or str(s.earlier.index + 1)),
        ("second", s.row.serial or str(s.row.index + 1)),
    )
    return Failure("warning", facts, variant="reading", cause="reading")
