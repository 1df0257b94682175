"""Components that the methodology derives from the statistics annexed to the same report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalise.submission import Entry, Submission
from reconcile.equations import cells, equations, state, whole_fields
from reconcile.interval import Interval
from reconcile.letter.view import Row, View
from reconcile.methodology import Derivation, Methodology

MOST = 2
"""Where a derivation fails in more than one row of two (and in three at least), the report does not use it: that
is worth a note, and no figure is accused. In Tuần Giáo 2023-07 `online_2` fails in 2 rows of 20."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A component and the statistics it follows from; `value` is None where they are unread."""

    score: Row
    entry: Entry
    statistics: Row
    derivation: Derivation
    value: Interval | None
    basis: str

    @property
    def known(self) -> bool:
        return self.entry.known and self.value is not None

    @property
    def agrees(self) -> bool:
        printed = Interval(self.entry.low, self.entry.high)
        return self.value is not None and printed.meets(self.value)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All rows of one derivation. `trusted`: it is established and the report evidently uses it."""

    rows: tuple[Derived, ...]
    trusted: bool


def evidence(submission: Submission, methodology: Methodology) -> Iterator[Evidence]:
    """Every derivation of the methodology, on the rows that have both sides."""
    view = View(submission, methodology, ())
    for derivation in methodology.derivations:
        rows = tuple(_rows(view, derivation, methodology.basis))
        if rows:
            yield Evidence(rows, derivation.established and not _mostly_broken(rows))


def _mostly_broken(rows: Sequence[Derived]) -> bool:
    known = [r for r in rows if r.known]
    failed = sum(not r.agrees for r in known)
    return failed >= 3 and failed * MOST > len(known)


def _rows(view: View, derivation: Derivation, basis: str) -> Iterator[Derived]:
    statistics = [r for r in view.rows if r.table.kind == derivation.table]
    for score in view.scores:
        entry = score.row.entry(derivation.field)
        if entry is None or entry.status in ("blank", "not-applicable"):
            continue
        found = view.of_unit(score.row.unit, statistics)
        if len(found) == 1:
            # Of a unit that stands twice, one row is another unit's: its statistics bear out neither.
            alone = len(view.of_unit(score.row.unit, view.scores)) == 1
            derived = _derived(found[0], derivation) if alone else None
            yield Derived(score, entry, found[0], derivation, derived, basis)


def _derived(row: Row, derivation: Derivation) -> Interval | None:
    """What the statistics give; nothing where they contradict themselves, which is said of them."""
    row_cells = cells(row.row, whole_fields(row.table))
    used = {derivation.numerator, derivation.denominator}
    own = [e for e in equations(row.table) if e.fields & used]
    if any(state(e, row_cells) == "broken" for e in own):
        return None
    values = row_cells.values
    above, below = values.get(derivation.numerator), values.get(derivation.denominator)
    if above is None or below is None or below.low <= 0:
        return None
    ends = [
        derivation.factor * a / b for a in (above.low, above.high) for b in (below.low, below.high)
    ]
    return Interval(max(Decimal(0), min(ends)), max(ends))
