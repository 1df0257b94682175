"""The mutation run of statistics tables: one wrong figure in tables of fees and of digitisation; arithmetic only.

    python -m benchmarks.sums [--changes 4000] [--seed 1]

Prints, of the changes that the table's sums and rates can see, how many were found, as one error only, on the
very cell, or on another that explains the table as simply.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from benchmarks.generator.annexes import (
    DIGITISATION,
    FEES,
    RATES,
    digitisation_values,
    fees_values,
)
from benchmarks.generator.content import Unit
from normalise.register import Register
from normalise.submission import (
    Column,
    Entry,
    FieldTable,
    ScoredRow,
    Submission,
    TableKind,
    UnitMatch,
)
from reconcile.check import run
from reconcile.checks import statistics
from reconcile.finding import Finding

D = Decimal
Cell = tuple[int, str]
Figures = dict[Cell, Decimal]
SUMS: Mapping[str, tuple[str, ...]] = {
    "total_cases": ("unpaid_cases", "direct_cases", "online_cases"),
    "total_fees": ("unpaid_fees", "direct_fees", "online_fees"),
    "received": ("received_digitised", "received_pending"),
    "resolved": ("results_digitised", "results_pending"),
}
PROCEDURES = ("online_procedures", "total_procedures")
"""No sum bears them out: two units may share a procedure."""
SIZES = (2, 5, 10, 12, 19, 27)
FOLLOWS = ("nothing", "rates", "rates and totals")
"""What the sheet computed with the wrong figure; the rest was typed, or computed before."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of so many units; row `units` holds the totals, if there are any."""

    kind: TableKind
    units: int
    totals: bool
    digits: int
    figures: Figures

    @property
    def fields(self) -> tuple[str, ...]:
        return FEES if self.kind == "fees" else DIGITISATION

    @property
    def rows(self) -> range:
        return range(self.units + self.totals)

    def computed(self, cell: Cell, figures: Figures) -> Decimal | None:
        """A rate or a column's total, as a sheet computes it; None for what is typed, or over nothing."""
        row, name = cell
        if name in RATES:
            above, below = (figures[row, part] for part in RATES[name])
            unit = D(1).scaleb(-self.digits)
            return (100 * above / below).quantize(unit, ROUND_HALF_UP) if below else None
        if row < self.units or name in PROCEDURES:
            return None
        return sum((figures[i, name] for i in range(self.units)), D(0))

    def disagree(self, figures: Figures) -> list[Cell]:
        """The rates and totals that are not what a sheet computes, the totals before the rates."""
        cells = sorted(
            ((i, n) for i in self.rows for n in self.fields), key=lambda c: c[1] in RATES
        )
        return [c for c in cells if self.computed(c, figures) not in (None, figures[c])]

    def whole(self, figures: Figures) -> bool:
        """Whether every sum and rate agrees."""
        sums = (
            figures[i, whole] == sum((figures[i, part] for part in parts), D(0))
            for i in self.rows
            for whole, parts in SUMS.items()
            if whole in self.fields
        )
        return all(sums) and not self.disagree(figures)

    def follows(self, figures: Figures, kinds: str) -> tuple[Figures, int]:
        """The figures with rates, or rates and totals, computed anew; and how many that changed."""
        figures, changed = dict(figures), set()
        for _ in range(2):
            for cell in self.disagree(figures):
                if cell[1] in RATES or kinds == "rates and totals":
                    changed.add(cell)
                    figures[cell] = self.computed(cell, figures) or D(0)
        return figures, len(changed)


def honest(random: Random) -> Sheet:
    """A table that agrees with itself in every sum and rate."""
    kind: TableKind = random.choice(("fees", "digitisation"))
    units, totals, digits = random.choice(SIZES), random.random() < 0.8, random.choice((1, 2))
    sheet = Sheet(kind, units, totals, digits, {})
    unit = Unit("", "", "", "", "")
    for i in range(units):
        values = (fees_values if kind == "fees" else digitisation_values)(random, unit)
        sheet.figures.update({(i, name): value or D(0) for name, value in values.items()})
    if totals:
        added = {
            (units, n): sum((sheet.figures[i, n] for i in range(units)), D(0)) for n in sheet.fields
        }
        sheet.figures.update(added)
    for cell in list(sheet.figures):
        if cell[1] in RATES:
            sheet.figures[cell] = sheet.computed(cell, sheet.figures) or D(0)
    return sheet


# Changes.


def _digit(random: Random, digits: str) -> str:
    at = random.randrange(len(digits))
    return digits[:at] + random.choice("0123456789") + digits[at + 1 :]


def _swap(random: Random, digits: str) -> str:
    if len(digits) < 2:
        return digits
    at = random.randrange(len(digits) - 1)
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def _other(random: Random, digits: str) -> str:
    """A figure of the same size that has nothing to do with it."""
    return str(random.randint(1, max(9, 2 * int(digits))))


KINDS = {"digit changed": _digit, "digits swapped": _swap, "another value": _other}


@dataclass(frozen=True, slots=True)
class Change:
    """A wrong figure. `carried` counts what was computed with it."""

    kind: str
    follows: str
    cell: Cell
    sheet: Sheet
    figures: Figures
    carried: int

    @property
    def visible(self) -> bool:
        return not self.sheet.whole(self.figures)

    def as_simple(self, cell: Cell, expected: str | None) -> bool:
        """Whether putting another cell right explains the table with no more that was computed with it."""
        if expected is None:
            return False
        mended = {**self.figures, cell: D(expected)}
        again, carried = self.sheet.follows(mended, "rates and totals")
        return self.sheet.whole(again) and carried <= self.carried


def change(random: Random, sheet: Sheet) -> Change | None:
    """One figure changed, and what follows from it; None where that leaves it as it was."""
    kind, follows = random.choice(list(KINDS)), random.choice(FOLLOWS)
    cell = random.choice(sorted(sheet.figures))
    digits = sheet.digits if cell[1] in RATES else 0
    old = sheet.figures[cell]
    new = D(KINDS[kind](random, str(int(old.scaleb(digits))))).scaleb(-digits)
    if new == old:
        return None
    figures, carried = {**sheet.figures, cell: new}, 0
    if follows != "nothing":
        figures, carried = sheet.follows(figures, follows)
    if figures[cell] != new:
        return None
    return Change(kind, follows, cell, sheet, figures, carried)


# The run.


@dataclass
class Score:
    """Counts of one kind of change."""

    visible: int = 0
    found: int = 0
    single: int = 0
    cell: int = 0
    simple: int = 0


@dataclass
class Result:
    scores: dict[str, Score] = field(default_factory=dict)
    unexplained: list[Change] = field(default_factory=list)

    def total(self, *kinds: str) -> Score:
        whole = Score()
        for kind in kinds or self.scores:
            for name in vars(whole):
                setattr(whole, name, getattr(whole, name) + getattr(self.scores[kind], name))
        return whole


def mutate(seed: int, changes: int) -> Result:
    """So many changes that the table's own sums and rates can see."""
    result, seen = Result(), 0
    for made in _changes(Random(seed)):
        if made.visible:
            seen += 1
            _count(result, made)
        if seen == changes:
            break
    return result


def _changes(random: Random) -> Iterator[Change]:
    while True:
        sheet = honest(random)
        yield from (c for _ in range(4) if (c := change(random, sheet)) is not None)


def _count(result: Result, made: Change) -> None:
    errors = [f for f in findings(made.sheet, made.figures) if f.severity == "error"]
    at = [(f.row or 0, f.field or "") for f in errors]
    right = at == [made.cell]
    simple = right or (len(errors) == 1 and made.as_simple(at[0], errors[0].expected))
    score = result.scores.setdefault(f"{made.kind}, {made.follows} computed", Score())
    score.visible += 1
    score.found += bool(errors)
    score.single += len(errors) == 1
    score.cell += right
    score.simple += simple
    if not simple:
        result.unexplained.append(made)


def findings(sheet: Sheet, figures: Figures) -> tuple[Finding, ...]:
    """What the checks of statistics tables say of a table."""
    rows = tuple(_row(sheet, figures, i) for i in sheet.rows)
    columns = tuple(Column(i, n, (n,)) for i, n in enumerate(sheet.fields))
    table = FieldTable("t1", sheet.kind, 1, "", columns, rows)
    submission = Submission("m", "", "ok", "text", 1, tables=(table,))
    return run(statistics.subjects(submission, None, Register(())), submission.path)[0]


def _row(sheet: Sheet, figures: Figures, index: int) -> ScoredRow:
    total = index == sheet.units
    name = "Tổng số" if total else f"Xã {index + 1}"
    unit = UnitMatch(name, None, None, "unmatched", 1.0)
    entries = (_entry(name, figures[index, name], sheet.digits) for name in sheet.fields)
    return ScoredRow(index, "total" if total else "unit", 1, None, None, unit, tuple(entries))


def _entry(name: str, value: Decimal, digits: int) -> Entry:
    decimals = digits if name in RATES else 0
    return Entry(name, f"{value}", "as-read", 1, None, "text-layer", value, decimals, decimals)


def report(result: Result) -> str:
    """The figures of a run as text."""
    lines = [f"{'change':44}{'visible':>9}{'found':>9}{'single':>9}{'cell':>9}{'or as simple':>14}"]
    for kind, s in [*sorted(result.scores.items()), ("all", result.total())]:
        shares = (s.found, s.single, s.cell, s.simple)
        parts = [f"{100 * share / max(1, s.visible):8.2f}%" for share in shares]
        lines.append(f"{kind:44}{s.visible:9}{''.join(parts[:3])}{parts[3]:>14}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(report(mutate(options.seed, options.changes)))


if __name__ == "__main__":
    main()
