"""A row of a score table as figures: which indicators apply, and what each number may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from normalise.submission import Entry, FieldTable, ScoredRow, Submission
from reconcile.interval import Interval, total
from reconcile.methodology import Methodology, Part
from reconcile.unplaced import doubt_of

ABSENT = ("blank", "not-applicable")

SURE = 0.999
"""From this confidence on a reading of ours counts as what the paper says: of the tables in hand a page
holds some 300 cells, so at most one in three pages has a cell wrong among those taken for sure."""


def unit_of(entry: Entry) -> Decimal:
    """One unit of the last digit that the number is precise to."""
    return Decimal(1).scaleb(-entry.precision)


def rounded(entry: Entry) -> Interval:
    """What a number rounded to its last digit stands for."""
    return Interval(entry.low, entry.high)


def cut(entry: Entry) -> Interval:
    """What a number that was cut off after its last digit stands for."""
    assert entry.value is not None
    return Interval(entry.value, entry.value + unit_of(entry))


def outer(entry: Entry) -> Interval:
    """What a computed figure stands for: rounded, or cut off, when it lies up to a unit higher.

    Which of the two an office did cannot be told from a few rows, and either is honest (shared domain,
    rounding): it costs half a unit of the last digit in what can be found.
    """
    return Interval(rounded(entry).low, cut(entry).high)


def certain(entry: Entry) -> bool:
    """Whether the reading itself is beyond doubt."""
    if entry.status in ABSENT:
        return entry.origin != "ocr" or entry.confidence >= SURE
    return entry.status == "as-read" and (entry.origin != "ocr" or entry.confidence >= SURE)


@dataclass(frozen=True, slots=True)
class Figures:
    """One unit's row under a methodology.

    `parts` are the applicable indicators that were read, `absent` those whose cell says that they do not
    apply, `unread` those of which we cannot tell. `cut` says that the table cuts its last digits off.
    `scale` is the one of the table's converted scores, None where there are none. `hidden`: one more indicator
    stands in a column that nobody can name.
    """

    table: str
    row: ScoredRow
    methodology: Methodology
    parts: tuple[Entry, ...]
    absent: tuple[Entry, ...]
    unread: tuple[Entry, ...]
    scale: Decimal | None = None
    cut: bool = False
    hidden: bool = False

    @property
    def total(self) -> Entry | None:
        return self._known("total")

    @property
    def converted(self) -> Entry | None:
        return self._known("converted") if self.methodology.scales else None

    @property
    def officer_average(self) -> Entry | None:
        return self._known("officer_average")

    @property
    def rank(self) -> Entry | None:
        entry = self.row.entry("rank")
        return entry if entry and entry.rank and entry.status in ("as-read", "repaired") else None

    @property
    def denominator(self) -> Decimal | None:
        total = self.total
        return total.denominator if total else None

    @property
    def scored(self) -> bool:
        """Whether the unit has scores at all."""
        return bool(self.parts)

    @property
    def complete(self) -> bool:
        """Whether every indicator is known to apply or not, and read if it does."""
        return self.scored and not self.unread and not self.hidden

    @property
    def maximum(self) -> Decimal:
        """The applicable maximum."""
        return sum((self.part(e).maximum for e in self.parts), Decimal(0))

    @property
    def certain(self) -> bool:
        """Whether no cell of the row may be a misreading of ours."""
        return all(certain(e) for e in self.row.entries if e.field != "note")

    def part(self, entry: Entry) -> Part:
        part = self.methodology.part(entry.field)
        assert part is not None
        return part

    def span(self, entry: Entry) -> Interval:
        """What a part's printed number stands for: no honest score lies outside 0 and its maximum."""
        assert entry.value is not None
        limits = Interval(Decimal(0), self.part(entry).maximum)
        wide = cut(entry) if self.cut else rounded(entry)
        return wide & limits if entry.value in limits else wide

    @property
    def sum(self) -> Interval:
        """What the parts allow the total to be."""
        return total(self.span(e) for e in self.parts)

    @property
    def reach(self) -> Interval:
        """What the total may be: an indicator that cannot be read has anything up to its maximum."""
        known = self.sum
        room = sum((self.part(e).maximum for e in self.unread), Decimal(0))
        return Interval(known.low, known.high + room)

    @property
    def printed_sum(self) -> Decimal:
        """The sum of the parts at face value."""
        return self.added(e.field for e in self.parts)

    def added(self, fields: Iterable[str]) -> Decimal:
        """The sum of some parts at face value."""
        wanted = set(fields)
        values = (e.value for e in self.parts if e.field in wanted and e.value is not None)
        return sum(values, Decimal(0))

    def _known(self, field: str) -> Entry | None:
        entry = self.row.entry(field)
        return entry if entry and entry.known else None


def figures_of(
    table: FieldTable,
    methodology: Methodology,
    *,
    scale: Decimal | None = None,
    cut: bool = False,
) -> tuple[Figures, ...]:
    """The rows of units of a score table."""
    hidden = doubt_of(table, methodology).adds
    return tuple(
        Figures(
            table=table.id,
            row=row,
            methodology=methodology,
            parts=tuple(e for e in _of_parts(row, methodology) if e.known),
            absent=tuple(e for e in _of_parts(row, methodology) if e.status in ABSENT),
            unread=tuple(
                e for e in _of_parts(row, methodology) if not e.known and e.status not in ABSENT
            ),
            scale=scale,
            cut=cut,
            hidden=hidden,
        )
        for row in table.units()
    )


def score_tables(submission: Submission) -> Iterator[FieldTable]:
    return (t for t in submission.tables if t.kind == "scores")


def _of_parts(row: ScoredRow, methodology: Methodology) -> Iterator[Entry]:
    return (e for e in row.entries if e.field in methodology.fields)
