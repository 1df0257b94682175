"""What comparing reports needs of one: small, so that a folder of a thousand fits in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache

from extract.document import Box
from normalise.claims.names import key
from normalise.submission import Claim, Entry, FieldTable, Submission, TableKind
from reconcile.letter.view import doubtful, is_one_stop
from reconcile.shelf import Shelf, Shelved

_TEN = Decimal(10)


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure or rank. `doubtful`: it may be our misreading."""

    field: str
    printed: str
    value: Decimal | None
    precision: int
    rank: str | None
    page: int
    box: Box | None
    doubtful: bool

    @property
    def half(self) -> Decimal:
        return Decimal(5).scaleb(-self.precision - 1)

    def same(self, other: Figure) -> bool | None:
        """Whether both may stand for one figure, rounded or cut off; None where one is not known."""
        if self.rank or other.rank:
            return self.rank == other.rank if self.rank and other.rank else None
        if self.value is None or other.value is None:
            return None
        if abs(self.value - other.value) <= self.half + other.half:
            return True
        short, long = sorted((self, other), key=lambda f: f.precision)
        assert short.value is not None and long.value is not None
        step = Decimal(1).scaleb(-short.precision)
        cut = short.precision < long.precision
        return cut and long.value.quantize(step, ROUND_DOWN) == short.value


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit's row. `unit` is its code, else its folded name; of a district's one-stop office (`alias`) the
    district's own, because that is what other reports call it."""

    table: str
    kind: TableKind
    index: int
    unit: str
    name: str
    code: str | None
    alias: bool
    figures: tuple[Figure, ...]

    def figure(self, field: str) -> Figure | None:
        return next((f for f in self.figures if f.field == field), None)


@dataclass(frozen=True, slots=True)
class Digest:
    """One report. `changes` are its claims about a change, with their place among all its claims.

    Its rows are `shelved`: a thousand reports have a quarter of a million figures.
    """

    path: str
    sha256: str
    readable: bool
    issuer: str | None = None
    issuer_name: str | None = None
    period: str | None = None
    number: str | None = None
    date: str | None = None
    methodology: str | None = None
    scale: int | None = None
    shelved: Shelved | None = None
    changes: tuple[tuple[int, Claim], ...] = ()

    @property
    def rows(self) -> tuple[UnitRow, ...]:
        """The rows of its units, taken anew where they were not asked for lately."""
        return _taken(self.shelved) if self.shelved else ()


TAKEN = 8
"""Reports whose rows are at hand, some 200 kB each: a comparison needs two, and goes on with one of them."""


@lru_cache(maxsize=TAKEN)
def _taken(shelved: Shelved) -> tuple[UnitRow, ...]:
    return shelved.take(tuple[UnitRow, ...])


def digest(submission: Submission, shelf: Shelf) -> Digest:
    """The part of a submission that other reports are compared with, its rows on a shelf."""
    issuer = submission.issuer
    code = (issuer.code or issuer.canonical) if issuer else None
    tables = [t for t in submission.tables if t.kind != "other"]
    rows = tuple(row for table in tables for row in _rows(table, code))
    changes = tuple((i, c) for i, c in enumerate(submission.claims) if c.kind == "change")
    return Digest(
        submission.path,
        submission.sha256,
        submission.status != "failed",
        code,
        (issuer.canonical or issuer.printed) if issuer else None,
        submission.period,
        submission.number,
        submission.date,
        submission.methodology,
        _scale(rows),
        shelf.put(rows) if rows else None,
        changes,
    )


def _rows(table: FieldTable, issuer: str | None) -> Iterator[UnitRow]:
    for row in table.units():
        alias = issuer is not None and is_one_stop(row.unit)
        unit = issuer if alias and issuer is not None else key(row.unit)
        figures = tuple(f for e in row.entries if (f := _figure(e)) is not None)
        yield UnitRow(
            table.id, table.kind, row.index, unit, row.unit.name, row.unit.code, alias, figures
        )


def _figure(entry: Entry) -> Figure | None:
    if entry.status not in ("as-read", "repaired"):
        return None
    if entry.value is None and entry.rank is None:
        return None
    return Figure(
        entry.field,
        entry.printed,
        entry.value,
        entry.precision,
        entry.rank,
        entry.page,
        entry.box,
        doubtful(entry) or entry.status == "repaired",
    )


def _scale(rows: tuple[UnitRow, ...]) -> int | None:
    """Whether converted scores are of 100 or of 10: none above ten means ten."""
    values = [f.value for r in rows for f in r.figures if f.field == "converted" and f.value]
    if not values:
        return None
    return 10 if max(values) <= _TEN else 100
