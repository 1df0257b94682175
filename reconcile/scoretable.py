"""A score table as the witness sees it: its components, its tail and how it is written."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from normalise.number import Mark
from normalise.submission import Entry, FieldTable, ScoredRow
from reconcile.methodology import Methodology
from reconcile.tail import Habits

TAIL = ("total", "converted")
LEAST_DIGITS, MOST_DIGITS = 2, 3
"""Scores are reckoned in hundredths, or in thousandths where a table prints them."""
MISREAD_SHARE = 0.05
"""Share of figures whose comma may be misread in a table that is still of use."""
CUT = 0.1
"""Share of converted scores cut off instead of rounded before a table is known: 7 of the 63 real rows,
all in one report; counts as one row seen."""
FITTING_SHARE = 0.9
"""Share of the printed converted scores that must lie within a scale for it to be the table's."""


@dataclass(frozen=True, slots=True)
class Component:
    """A component's column and the most it may reach, in points."""

    field: str
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """`components` in printed order; `digits` decimals in a unit; `tail` the fields behind them."""

    components: tuple[Component, ...]
    tail: tuple[str, ...]
    digits: int
    scale: Decimal | None
    mark: Mark
    exact: float
    cut: float

    def habits(self, spread: float) -> Habits:
        return Habits(self.digits, self.exact, self.cut, spread, self.scale)


def score_table(table: FieldTable, methodology: Methodology) -> ScoreTable | None:
    """The table's shape under its methodology; None when it has no components or no total."""
    columns = sorted((c for c in table.columns if c.field), key=lambda c: c.index)
    fields = [c.field for c in columns if c.field]
    parts = [(f, methodology.part(f)) for f in fields]
    components = tuple(Component(f, part.maximum) for f, part in parts if part)
    if not components or "total" not in fields:
        return None
    entries = [e for row in table.rows for e in row.entries]
    entries += [e for row in table.loose for e in row.figures]
    digits = _digits(e for e in entries if e.value is not None)
    scale = _scale(table, methodology)
    return ScoreTable(
        components,
        tuple(f for f in fields if f in TAIL),
        digits,
        scale,
        "." if table.decimal_mark == "." else ",",
        _exact_share(table.rows, components, 10**digits),
        _cut_share(table.rows, components, scale),
    )


def _digits(entries: Iterable[Entry]) -> int:
    """Hundredths unless more figures have a third decimal than misread commas would give."""
    decimals = [e.decimals for e in entries if e.decimals]
    finer = sum(d > LEAST_DIGITS for d in decimals)
    return MOST_DIGITS if finer > MISREAD_SHARE * len(decimals) else LEAST_DIGITS


def _scale(table: FieldTable, methodology: Methodology) -> Decimal | None:
    """The smallest of the methodology's scales that nearly all converted scores lie within."""
    printed = [
        e.value for row in table.rows if (e := row.entry("converted")) and e.value is not None
    ]
    printed += [
        row.figures[-1].value for row in table.loose if row.figures and row.figures[-1].value
    ]
    if table.column("converted") is None or not methodology.scales:
        return None
    for scale in sorted(methodology.scales):
        within = sum(value <= scale for value in printed)
        if within >= FITTING_SHARE * len(printed):
            return scale
    return max(methodology.scales)


def _exact_share(rows: Sequence[ScoredRow], components: Sequence[Component], units: int) -> float:
    """The share of rows whose parts add up to the total exactly, among those where they nearly do."""
    exact = near = 0
    for row in rows:
        total = row.entry("total")
        parts = [e for c in components if (e := row.entry(c.field)) and e.value is not None]
        if total is None or total.value is None or not parts:
            continue
        off = abs(sum((e.value for e in parts if e.value is not None), Decimal(0)) - total.value)
        exact += off == 0
        near += float(off) * units <= 3 * spread_of(parts, units) + 1
    return (exact + 0.5) / (near + 1)


def _cut_share(
    rows: Sequence[ScoredRow], components: Sequence[Component], scale: Decimal | None
) -> float:
    """The share of converted scores cut off, among those that rounding would make another."""
    cut, rounded = CUT, 1.0 - CUT
    for row in rows:
        exact, printed = _quotient(row, components, scale), row.entry("converted")
        if exact is None or printed is None or printed.value is None:
            continue
        unit = Decimal(1).scaleb(-(printed.decimals or LEAST_DIGITS))
        down = exact.quantize(unit, ROUND_DOWN)
        near = exact.quantize(unit, ROUND_HALF_UP)
        cut += down != near and printed.value == down
        rounded += down != near and printed.value == near
    return cut / (cut + rounded)


def _quotient(
    row: ScoredRow, components: Sequence[Component], scale: Decimal | None
) -> Decimal | None:
    total = row.entry("total")
    parts = [(row.entry(c.field), c.maximum) for c in components]
    maximum = sum((m for e, m in parts if e and e.value is not None), Decimal(0))
    if total is None or total.value is None or scale is None or not maximum:
        return None
    return total.value * scale / maximum


def spread_of(parts: Iterable[Entry], units: int) -> float:
    """Standard deviation, in units, of the sum of the parts' rounding errors."""
    widths = [units / 10**e.precision for e in parts if e.value is not None]
    return math.sqrt(sum(width**2 for width in widths) / 12)
