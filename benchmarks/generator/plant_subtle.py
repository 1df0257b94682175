"""Plants what lies inside honest rounding: a rank that rounding alone decides, an improbable total."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.generator.content import Report, Row, Style
from benchmarks.generator.figures import LIMITS_100, MAXIMA, rounded, show
from benchmarks.generator.plant import noted, put, refigured
from benchmarks.generator.printed import (
    decimals,
    maximum,
    parse,
    parts,
    printed_sum,
    scored,
    sum_gap,
    sum_slack,
)

D = Decimal
NEAR_END = D("0.85")
"""Where in the half-width of the interval an improbable total lies: with eight or more parts of like
decimals that is over four standard deviations of their rounding."""


def between(report: Report, row: Row, changed: Row) -> bool:
    """Whether the changed row keeps its place in an ordered table."""
    mark, rows = report.style.mark, report.scores.units()
    if "converted" not in row.cells or len(rows) < 3:
        return False
    at = next(n for n, r in enumerate(rows) if r is row)
    score = parse(changed.cells["converted"], mark)
    above = [r for r in rows[:at][-1:] if r.section == row.section]
    below = [r for r in rows[at + 1 :][:1] if r.section == row.section]
    high = all(parse(r.cells["converted"], mark) >= score for r in above)
    return high and all(parse(r.cells["converted"], mark) <= score for r in below)


def borderline(rng: Random, report: Report) -> Report | None:
    """A total printed as exactly a rank's limit, so that the figures behind it may be on either side."""
    look, row = report.style, rng.choice(scored(report))
    if "converted" not in row.cells:
        return None
    limit = rng.choice(LIMITS_100)[0] * maximum(row) / 100
    lack = limit - printed_sum(row, look)
    changed = _absorbed(row, lack, look)
    if changed is None:
        return None
    changed = refigured(changed, limit, look)
    if not between(report, row, changed):
        return None
    note = noted("borderline", "borderline-rank", row, changed, "rank")
    return put(report, report.scores, row, changed, note)


def _absorbed(row: Row, lack: Decimal, look: Style) -> Row | None:
    """The row with one printed part changed by `lack`, if one has the room and the decimals."""
    for name in parts(row):
        value = parse(row.cells[name], look.mark) + lack
        digits = look.decimals[name]
        if 0 <= value <= MAXIMA[name] and value == rounded(value, digits, look.rounding):
            return row.with_cell(name, show(value.quantize(D(1).scaleb(-digits)), look.mark, False))
    return None


def improbable(rng: Random, report: Report) -> Report | None:
    """A total near the lower end of its interval, converted score and rank following from it.

    Below, because a part printed as its maximum can have been rounded up but not down.
    """
    table, look, row = report.scores, report.style, rng.choice(scored(report))
    fine = [name for name in parts(row) if look.mark in row.cells[name]]
    rounded_up = [name for name in fine if parse(row.cells[name], look.mark) > 0]
    if "converted" not in row.cells or len(rounded_up) < 8 or rounded_up != parts(row):
        return None
    if len({decimals(row.cells[name], look.mark) for name in fine}) > 1:
        return None
    off = rounded(NEAR_END * sum_slack(table, row, look), 2, "ROUND_HALF_UP")
    changed = refigured(row, printed_sum(row, look) - off, look)
    kept = changed.cells["rank"] == row.cells["rank"] and between(report, row, changed)
    if not kept or sum_gap(table, changed, look) >= 0 or look.denominator:
        return None
    note = noted("improbable", "total-improbable", row, changed, "total")
    return put(report, table, row, changed, note)


SUBTLE = {"borderline": borderline, "improbable": improbable}


def consistent(report: Report, row: Row, name: str, text: str) -> Row | None:
    """The row with one part printed differently and everything after it following; None if it moves."""
    look = report.style
    changed = row.with_cell(name, text)
    changed = refigured(changed, printed_sum(changed, look), look)
    return replace(changed, values={}) if between(report, row, changed) else None
