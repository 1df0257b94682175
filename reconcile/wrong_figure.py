"""Which figures of a statistics table most simply explain what it breaks, formulas and totals weighed together.

A figure is a suspect when another value of it would mend something. What was computed from it - a rate, a sum, a
total - may have been computed from the wrong value (`carried`), so that it only seems to bear the figure out.
Preferred is the suspect that mends most, then the likeliest slip with the least that must have been carried.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from normalise.submission import ScoredRow
from reconcile.constraints import Cell, Constraint, OnColumn, OnRow, Paper, constraints
from reconcile.equations import Cells, Equation
from reconcile.interval import Interval, plain
from reconcile.slips import likelihood
from reconcile.suspects import CARRIED, TOTAL_OFTEN
from reconcile.totals import ColumnTotal

ALIKE = 0.25
"""Weight of every further figure that was carried with the first: less than what speaks for a result to be wrong
(`TOTAL_OFTEN`), so that the figure from which the least must have been computed goes first."""
MOST_VALUES = 50
"""Values of a figure that are tried where a rate leaves some open; wider than that the rate says little of it."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A figure taken to be wrong. `main` is what it is reported under; `mended` holds with it put right, `carried` is
    what was computed with the wrong value."""

    row: int
    field: str
    expected: str | None
    main: Constraint
    mends: tuple[Constraint, ...]
    carried: bool = False

    @property
    def mended(self) -> frozenset[Equation]:
        """The equations of its own row that it breaks."""
        return frozenset(
            m.equation for m in self.mends if isinstance(m, OnRow) and m.row == self.row
        )

    @property
    def formula(self) -> Equation | None:
        """The formula it is reported under; None where its column's sum says it."""
        return self.main.equation if isinstance(self.main, OnRow) else None

    def explains(self, total: ColumnTotal) -> bool:
        """Whether a total that is not what it is reported under is broken because of it."""
        others = (m for m in self.mends if m is not self.main)
        return any(isinstance(m, OnColumn) and m.total == total for m in others)

    @property
    def consequences(self) -> tuple[str, ...]:
        others = [m for m in self.mends if m is not self.main]
        found = {
            "statistics/formulas-follow": any(
                isinstance(o, OnRow) and o.row == self.row for o in others
            ),
            "statistics/total-follows": any(isinstance(o, OnColumn) for o in others),
            "statistics/computed-with-it": self.carried,
        }
        return tuple(name for name, follows in found.items() if follows)


@dataclass(frozen=True, slots=True)
class _Suspect:
    cell: Cell
    value: Decimal
    paper: Paper
    mends: tuple[Constraint, ...]
    gain: int
    carried: int
    weight: float

    @property
    def merit(self) -> tuple[int, float]:
        return self.gain, self.weight


def wrong_figures(
    table: Sequence[ScoredRow],
    equations: Sequence[Equation],
    rows: Mapping[int, Cells],
    totals: Sequence[ColumnTotal],
) -> tuple[Wrong, ...]:
    """The fewest figures that explain all that is broken, the rows of units before the totals rows."""
    search = _Search(rows, constraints(rows, equations, totals))
    ordered = sorted(table, key=lambda r: (r.kind == "total", r.index))
    return tuple(wrong for row in ordered for wrong in search.row(row.index))


class _Search:
    """The constraints of a table and the figures put right so far."""

    def __init__(self, rows: Mapping[int, Cells], every: Sequence[Constraint]) -> None:
        self._paper = Paper(rows)
        self._about: dict[Cell, list[Constraint]] = defaultdict(list)
        self._of_row: dict[int, list[Constraint]] = defaultdict(list)
        for constraint in every:
            for cell in constraint.cells():
                self._about[cell].append(constraint)
            if not constraint.holds(self._paper):
                self._of_row[constraint.target[0]].append(constraint)
        self._broken = {c for broken in self._of_row.values() for c in broken}

    def row(self, index: int) -> Iterator[Wrong]:
        """The figures of one row that explain what it breaks, each time the best one."""
        while own := [c for c in self._of_row[index] if c in self._broken]:
            best = max(self._suspects(index, own), key=lambda s: s.merit, default=None)
            if best is None or best.merit[0] <= 0:
                yield self._unexplained(own[0])
                continue
            yield _wrong(best, index)
            self._paper = best.paper
            self._broken.difference_update(best.mends)

    def _unexplained(self, broken: Constraint) -> Wrong:
        self._broken.discard(broken)
        row, name = broken.target
        computed = broken.computed(self._paper) if isinstance(broken, OnColumn) else None
        expected = plain(computed.low) if computed else None
        return Wrong(row, name, expected, broken, (broken,))

    def _suspects(self, index: int, own: Sequence[Constraint]) -> Iterator[_Suspect]:
        cells = dict.fromkeys(c for b in own for c in (b.target, *b.cells()) if c[0] == index)
        for cell in cells:
            broken = [c for c in self._about[cell] if c in self._broken]
            for value in dict.fromkeys(self._values(cell, broken)):
                suspect = self._suspect(cell, value)
                if any(c in own for c in suspect.mends):
                    yield suspect

    def _values(self, cell: Cell, broken: Sequence[Constraint]) -> Iterator[Decimal]:
        """Values that keep all that the figure stands in, all that is broken of it, or one of these."""
        each = [c.solved(cell, self._paper) for c in broken]
        held = [c.solved(cell, self._paper) for c in self._about[cell] if c not in self._broken]
        mended = _common(each)
        for interval in [*_common([mended, *held]), *mended, *(i for some in each for i in some)]:
            value = _likeliest(interval, cell, self._paper)
            if value is not None:
                yield value

    def _suspect(self, cell: Cell, value: Decimal) -> _Suspect:
        """What putting a figure right mends and breaks, with what was computed from it put right too."""
        paper = self._paper.put(cell, Interval(value, value))
        moved = [cell]
        for at in moved:
            for constraint in self._about[at]:
                computed = self._carried(constraint, moved, paper)
                if computed is not None:
                    paper = paper.put(constraint.target, computed)
                    moved.append(constraint.target)
        about = dict.fromkeys(c for at in moved for c in self._about[at])
        kept = {c for c in about if c.holds(paper)}
        computes = any(c.target == cell for c in self._about[cell] if c in self._broken)
        weight = _weight(cell, value, self._paper, len(moved) - 1)
        return _Suspect(
            cell=cell,
            value=value,
            paper=paper,
            mends=tuple(c for c in about if c in kept and c in self._broken),
            gain=sum(self._gain(c, c in kept, moved) for c in about),
            carried=len(moved) - 1,
            weight=weight * (TOTAL_OFTEN if computes else 1),
        )

    def _gain(self, constraint: Constraint, kept: bool, moved: Sequence[Cell]) -> int:
        """What is mended less what is broken. A total that its column contradicts, put right by its row alone, was
        never computed from the column: that they agree then is no gain."""
        if constraint not in self._broken:
            return -int(not kept)
        by_row = isinstance(constraint, OnColumn) and constraint.target in moved[1:]
        return int(kept and not by_row)

    def _carried(
        self, constraint: Constraint, moved: Sequence[Cell], paper: Paper
    ) -> Interval | None:
        """What a constraint that held computes now, where its figure does not stand for that any more."""
        if constraint in self._broken or constraint.target in moved or constraint.holds(paper):
            return None
        return constraint.computed(paper)


def _weight(cell: Cell, value: Decimal, paper: Paper, carried: int) -> float:
    """How likely the slip is, and that so many figures were computed with it."""
    entry = paper.row(cell[0]).entries[cell[1]]
    chance, _ = likelihood(entry.value or Decimal(0), value, max(entry.precision, entry.decimals))
    return chance * (CARRIED * ALIKE ** (carried - 1) if carried else 1.0)


def _common(several: Sequence[Sequence[Interval]]) -> list[Interval]:
    """Intervals that lie in one of each; rates may be shares or percentages."""
    found: Sequence[Interval] | None = None
    for values in several:
        found = values if found is None else [m for a in found for b in values if (m := a & b)]
    return list(found or ())


def _likeliest(interval: Interval, cell: Cell, paper: Paper) -> Decimal | None:
    """The value in an interval, with the digits of its column, from which the printed one most easily comes about."""
    entry = paper.row(cell[0]).entries[cell[1]]
    printed = paper.printed[cell[0]].values[cell[1]]
    unit = Decimal(1) if printed.low == printed.high else Decimal(1).scaleb(-entry.precision)
    first = max(Decimal(0), (interval.low / unit).to_integral_value(ROUND_CEILING))
    last = (interval.high / unit).to_integral_value(ROUND_FLOOR)
    middle = ((first + last) / 2).to_integral_value()
    if first > last:
        return None
    if last - first > MOST_VALUES:
        return middle * unit
    tried = [i * unit for i in map(Decimal, range(int(first), int(last) + 1))]
    return max(
        tried,
        key=lambda v: (
            likelihood(entry.value or Decimal(0), v, max(entry.precision, entry.decimals))[0],
            -abs(v - middle * unit),
        ),
    )


def _wrong(best: _Suspect, row: int) -> Wrong:
    main = min((m for m in best.mends if m.target[0] == row), key=lambda m: _order(m, best.cell))
    return Wrong(row, best.cell[1], plain(best.value), main, best.mends, carried=best.carried > 0)


def _order(constraint: Constraint, cell: Cell) -> tuple[bool, bool, str]:
    """A figure is reported under its column's sum, else under the formula that gives it, else under the first."""
    own_total = isinstance(constraint, OnColumn) and constraint.target == cell
    return not own_total, constraint.target != cell, constraint.target[1]
