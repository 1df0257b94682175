"""The tables as a claim asks about them: which rows, which figure, which rank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalise.claims.names import ONE_STOP, key
from normalise.submission import Entry, FieldTable, Rank, ScoredRow, Submission, UnitMatch
from normalise.text import fold
from reconcile.finding import Recomputed
from reconcile.methodology import Methodology

SURE = 0.999
"""An OCR figure less certain than this may be our misreading, not the report's fault (contract: `cause`)."""
_COMMUNE = re.compile(r"^(?:ubnd )?(?:xa|phuong|thi tran|tt)\b")
_DISTRICT = re.compile(r"^(?:ubnd )?(?:huyen|thi xa|thanh pho|tp|tx)\b")
_RESULTS = ("total", "converted", "rank")


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A unit's row with the table it stands in and what its components allow.

    Two are the same only when they are one: comparing what they hold would compare whole tables.
    """

    table: FieldTable
    row: ScoredRow
    level: str
    ranks: tuple[str, ...] = ()
    recomputed: Recomputed | None = None

    @property
    def name(self) -> str:
        return self.row.unit.name

    @property
    def result(self) -> bool | None:
        """Whether the row has a result; units can be listed without one (`Không phát sinh TTHC`).

        None where cells are unread: what seems to stand there may be a blank cell.
        """
        entries = [e for e in (self.row.entry(f) for f in _RESULTS) if e is not None]
        if any(e.status in ("as-read", "repaired") for e in entries):
            return True
        return None if any(e.status in ("uncertain", "unreadable") for e in entries) else False

    @property
    def assessed(self) -> bool:
        """Whether the row may have a result."""
        return self.result is not False

    @property
    def rank(self) -> Rank | None:
        entry = self.row.entry("rank")
        if entry is None or entry.status not in ("as-read", "repaired"):
            return None
        return entry.rank


def level_of(unit: UnitMatch) -> str:
    """`commune`, `district`, or `agency` (offices; a district's one-stop office is one too)."""
    name = fold(unit.name)
    if _COMMUNE.match(name):
        return "commune"
    return "district" if _DISTRICT.match(name) else "agency"


def is_one_stop(unit: UnitMatch) -> bool:
    return any(ONE_STOP.match(fold(name)) for name in (unit.printed, unit.name))


def doubtful(entry: Entry | None) -> bool:
    """Whether a figure may be our misreading."""
    return entry is not None and entry.origin == "ocr" and entry.confidence < SURE


def _may_be(rows: Sequence[Row], assessed: int) -> bool:
    """Whether so many of the rows may have a result."""
    return sum(r.result is True for r in rows) <= assessed <= sum(r.assessed for r in rows)


def _with_unknown(group: tuple[Row, ...], rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """A group with the rows that may be of it, their unit being unknown and no kind word said."""
    unknown = [r for r in rows if r.row.unit.code is None and r.level == "agency"]
    if unknown and not set(unknown) <= set(group):
        yield tuple(r for r in rows if r in group or r in unknown)


class View:
    """All rows of a submission, by unit and by field."""

    def __init__(
        self,
        submission: Submission,
        methodology: Methodology | None,
        recomputed: Sequence[Recomputed],
    ) -> None:
        self.submission = submission
        self.methodology = methodology
        self._recomputed = {(r.table, r.row): r for r in recomputed}
        self.rows = tuple(row for table in submission.tables for row in self._of(table))
        self.scores = tuple(r for r in self.rows if r.table.kind == "scores")

    def _of(self, table: FieldTable) -> Iterator[Row]:
        if table.kind == "other":
            return
        for row in table.units():
            again = self._recomputed.get((table.id, row.index))
            yield Row(table, row, level_of(row.unit), again.ranks if again else (), again)

    def with_field(self, field: str) -> tuple[Row, ...]:
        return tuple(r for r in self.rows if r.table.column(field) is not None)

    def of_unit(self, unit: UnitMatch, rows: Iterable[Row]) -> tuple[Row, ...]:
        """The rows of a unit. A district's one-stop office and its `UBND huyện` are one unit."""
        rows = tuple(rows)
        found = tuple(r for r in rows if key(r.row.unit) == key(unit))
        if found:
            return found
        if is_one_stop(unit) or (level_of(unit) == "district" and unit.match != "unmatched"):
            office = [r for r in rows if is_one_stop(r.row.unit) or r.level == "district"]
            return tuple(office) if len(office) == 1 else ()
        return ()

    def scopes(
        self, rows: Sequence[Row], level: str | None, assessed: int | None = None
    ) -> list[tuple[Row, ...]]:
        """The groups of rows that a count may speak of, the likeliest first; each also without second rows
        of a unit, which are said of the table."""
        groups = self._groups(rows, level, assessed)
        single = [tuple({key(r.row.unit): r for r in reversed(g)}.values()) for g in groups]
        return [*groups, *(s for s, g in zip(single, groups, strict=True) if len(s) < len(g))]

    def _groups(
        self, rows: Sequence[Row], level: str | None, assessed: int | None
    ) -> list[tuple[Row, ...]]:
        groups = {
            lv: tuple(r for r in rows if r.level == lv) for lv in ("commune", "district", "agency")
        }
        sections: dict[str | None, list[Row]] = {}
        for row in rows:
            sections.setdefault(row.row.section, []).append(row)
        every = [tuple(rows), *groups.values(), *(tuple(s) for s in sections.values())]
        if level is not None and groups[level]:
            meant = [groups[level], *self._same_section(groups[level], sections)]
            meant += _with_unknown(groups[level], rows)
            if assessed is None or any(_may_be(g, assessed) for g in meant):
                return meant
            return [*meant, *(g for g in every if g and _may_be(g, assessed))]
        found = [g for g in dict.fromkeys(every) if g]
        if assessed is not None:
            of_size = [g for g in found if _may_be(g, assessed)]
            return of_size or found
        return found

    @staticmethod
    def _same_section(
        group: tuple[Row, ...], sections: dict[str | None, list[Row]]
    ) -> Iterator[tuple[Row, ...]]:
        """A section that holds the whole group may be what is meant (an office among the communes)."""
        for name, rows in sections.items():
            if name is not None and set(group) < {*rows}:
                yield tuple(rows)

    def maximum(self, row: Row, field: str) -> Decimal | None:
        column = row.table.column(field)
        if column is not None and column.maximum is not None:
            return column.maximum
        part = self.methodology.part(field) if self.methodology else None
        return part.maximum if part else None
