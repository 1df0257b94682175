"""What a score table does throughout: its scale, and whether it rounds or cuts off its last digits.

Both are decided from all rows together, since a single wrong row must not change how it is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import log

from normalise.submission import Entry, FieldTable
from reconcile.figures import Figures, figures_of, unit_of
from reconcile.interval import Interval
from reconcile.methodology import Methodology
from reconcile.rounding import density

CUT_TABLES = 0.05
"""Share of tables whose components are cut off. None of the five reports does it, seven converted scores
in one report are cut off: rare, but known."""

WRONG_ROWS = 0.02
"""Share of rows with a wrong total or component: one or two in the 92 rows of the five reports."""

WRONG_SPREAD = 20
"""A wrong figure moves the difference anywhere within some ten points up or down."""

FEW_INTEGERS = 2
"""One figure in ten of one decimal ends in 0: three of them alone in a column come about once in a thousand."""

NEAR_SCALE = Decimal("0.2")
"""A converted score within 20 % of what a scale gives speaks for that scale; the next one is tenfold."""


DerivedValues = tuple[tuple[tuple[int, str], Interval], ...]
"""Row and field of a component, and what follows for it from the statistics."""


@dataclass(frozen=True, slots=True)
class ScoreRows:
    """A score table's rows as figures, all under the habits of the table.

    `derived` says what the statistics of the same report give for a component, by row and field; `exact` is
    the share of totals that are the very sum of the components as printed.
    """

    table: FieldTable
    methodology: Methodology
    scale: Decimal | None
    cut: bool
    figures: tuple[Figures, ...]
    derived: DerivedValues = ()
    exact: float = 0.0

    def evidence(self, figures: Figures, field: str) -> Interval | None:
        """What the statistics give for a component, if they do."""
        key = (figures.row.index, field)
        return next((value for at, value in self.derived if at == key), None)

    def column(self, field: str, besides: Figures | None = None) -> tuple[Entry, ...]:
        """A column's cells, those of one row left out."""
        entries = (f.row.entry(field) for f in self.figures if f is not besides)
        return tuple(e for e in entries if e is not None)


def read_habits(
    table: FieldTable, methodology: Methodology, derived: DerivedValues = ()
) -> ScoreRows:
    """The table's rows under the scale and the way of rounding that its rows speak for."""
    plain = figures_of(with_sure_precision(table, methodology), methodology)
    scale = scale_of(plain, methodology)
    cut = cuts_off(plain)
    figures = tuple(replace(f, scale=scale, cut=cut) for f in plain)
    return ScoreRows(table, methodology, scale, cut, figures, derived, exact_share(figures))


def with_sure_precision(table: FieldTable, methodology: Methodology) -> FieldTable:
    """The table with less trust in integers whose column prints no decimals anywhere.

    They were given the precision of the whole table. In a column of many that is sure; one or two of them
    may be figures of one decimal that lost a zero.
    """
    fields = {e.field for row in table.units() for e in row.entries}
    few = frozenset(f for f in fields if _few_integers(table, methodology, f))
    rows = tuple(
        replace(row, entries=tuple(_coarser(e, methodology, few) for e in row.entries))
        for row in table.rows
    )
    return replace(table, rows=rows)


def _few_integers(table: FieldTable, methodology: Methodology, field: str) -> bool:
    cells = [e for row in table.units() if (e := row.entry(field)) and e.known]
    telling = [e for e in cells if not _round_by_nature(e, methodology)]
    return not any(e.decimals for e in cells) and 0 < len(telling) <= FEW_INTEGERS


def _round_by_nature(entry: Entry, methodology: Methodology) -> bool:
    """Whether an integer needs no lost zeros to be one: nothing, or a full score."""
    part = methodology.part(entry.field)
    full = (part.maximum,) if part else methodology.scales if entry.field == "converted" else ()
    return entry.value == 0 or entry.value in full


def _coarser(entry: Entry, methodology: Methodology, fields: frozenset[str]) -> Entry:
    if entry.field not in fields or not entry.known or _round_by_nature(entry, methodology):
        return entry
    return replace(entry, precision=min(entry.precision, 1))


def scale_of(rows: Sequence[Figures], methodology: Methodology) -> Decimal | None:
    """The scale that most rows agree with; in doubt the smallest that holds every converted score."""
    if not methodology.scales:
        return None
    votes = {s: sum(_on_scale(f, s) for f in rows) for s in methodology.scales}
    best = max(votes.values())
    leaders = [s for s, count in votes.items() if count == best]
    if len(leaders) == 1:
        return leaders[0]
    scores = [f.converted.value for f in rows if f.converted and f.converted.value is not None]
    if not scores:
        return methodology.scales[0]
    return min((s for s in leaders if max(scores) <= s), default=max(leaders))


def exact_share(rows: Sequence[Figures]) -> float:
    """The share of totals that are the very sum of the printed components, one unseen row more counted as
    half of either kind."""
    totals = [(f.total.value, f.printed_sum) for f in rows if f.complete and f.total]
    return (sum(total == sum_ for total, sum_ in totals) + 0.5) / (len(totals) + 1)


def _on_scale(f: Figures, scale: Decimal) -> bool:
    if not (f.complete and f.total and f.converted):
        return False
    assert f.total.value is not None and f.converted.value is not None
    expected = f.total.value * scale / f.maximum
    return abs(f.converted.value - expected) <= NEAR_SCALE * expected


def cuts_off(rows: Sequence[Figures]) -> bool:
    """Whether the components of a table are cut off rather than rounded: the likelier of the two."""
    odds = log(CUT_TABLES / (1 - CUT_TABLES))
    for f in rows:
        for result, parts in _sums(f):
            odds += log(_likelihood(f, result, parts, 0) / _likelihood(f, result, parts, 1))
    return odds > 0


def _sums(f: Figures) -> Iterator[tuple[Entry, tuple[Entry, ...]]]:
    """A row's total and officers' average, each with the components that it adds up."""
    if f.complete and f.total:
        yield f.total, f.parts
    average = f.methodology.officer_average
    if f.complete and f.officer_average and average:
        yield f.officer_average, tuple(e for e in f.parts if e.field in average.parts)


def _likelihood(f: Figures, result: Entry, parts: Sequence[Entry], below: int) -> float:
    """Density of the difference between a result and its components.

    `below` halves of a unit may be missing at the lower end: 0 for cut-off components, 1 for rounded ones.
    A component at 0 or its maximum is taken as exact: it nearly always is.
    """
    assert result.value is not None
    values = [e.value for e in parts if e.value is not None]
    errors = [_error(e, below) for e in parts if e.value not in (0, f.part(e).maximum)]
    half = unit_of(result) / 2
    errors.append(Interval(-half, half))
    honest = density(errors, result.value - sum(values, Decimal(0)))
    return (1 - WRONG_ROWS) * honest + WRONG_ROWS / WRONG_SPREAD


def _error(entry: Entry, below: int) -> Interval:
    low = unit_of(entry) / 2 * -below
    return Interval(low, low + unit_of(entry))
