"""How plausible a figure is in its column, and how well a row's components then fit its total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import exp, pi, sqrt

from normalise.submission import Entry
from reconcile.figures import ABSENT, Figures, unit_of
from reconcile.habits import ScoreRows
from reconcile.interval import Interval
from reconcile.state import State

AT_MAXIMUM = 0.3
"""How usual a full score is before a column is seen: a good third of the components of the five reports."""

BORNE_OUT = 0.9
"""Share of components that follow from the statistics where they should: 18 of 20 in Tuần Giáo 2023-07."""

LEFT_OUT = 0.1
"""Share of wrong cells that should say `does not apply` and hold 0, or the reverse."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How likely a row's difference between total and components is, by the table's habit.

    Some tables add up what they print, so that totals agree to the last digit; in others the difference
    is a sum of rounding errors, near enough a normal one.
    """

    rows: ScoreRows
    figures: Figures

    def __call__(self, change: Decimal) -> float:
        """P(difference) once total less components has changed by so much; 1 where no total is known."""
        total = self.figures.total
        if total is None or total.value is None:
            return 1.0
        off = total.value - self.figures.printed_sum + change
        units = [float(unit_of(e)) for e in (total, *self.figures.parts)]
        spread = sqrt(sum(unit**2 for unit in units) / 12)
        near = units[0] * exp(-(float(off) ** 2) / (2 * spread**2)) / (spread * sqrt(2 * pi))
        return self.rows.exact * (off == 0) + (1 - self.rows.exact) * near


@dataclass(frozen=True, slots=True)
class Usual:
    """How usual values are in the column of a part, the row itself left out."""

    rows: ScoreRows
    state: State
    entry: Entry

    def share(self, value: Decimal) -> float:
        """How usual a value is in its column, and what the statistics say of this row."""
        derived = self.rows.evidence(self.state.figures, self.entry.field)
        if derived is None:
            return self.in_column(value)
        half = unit_of(self.entry) / 2
        borne_out = derived.meets(Interval(value - half, value + half))
        return BORNE_OUT * borne_out + (1 - BORNE_OUT) * self.in_column(value)

    def in_column(self, value: Decimal) -> float:
        """The share of a value: a repeated one, a full score, and a little for every other one."""
        most = self.state.most(self.entry.field)
        cells = self._others()
        seen = max(0, sum(e.known and e.value == value for e in cells) - 1)
        rare = 1 / float(most / unit_of(self.entry))
        return float(seen + AT_MAXIMUM * (value == most) + rare) / (len(cells) + 1 + AT_MAXIMUM)

    def absent(self) -> float:
        """The share of rows in which the part does not apply."""
        cells = self._others()
        return (sum(e.status in ABSENT for e in cells) + LEFT_OUT) / (len(cells) + 1 + AT_MAXIMUM)

    def _others(self) -> tuple[Entry, ...]:
        return self.rows.column(self.entry.field, besides=self.state.figures)
