"""Plants errors between tables, and between letter and annex: statistics, evidence, period, number."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.generator.annexes import MONEY, RATES
from benchmarks.generator.content import Planted, Report, Row, Table
from benchmarks.generator.figures import show
from benchmarks.generator.plant import CLEAR, PROSE, Planter, other_digit, put
from benchmarks.generator.plant_subtle import consistent
from benchmarks.generator.printed import half, parse, scored

D = Decimal
PARTS = ("received_pending", "results_pending", "total_cases", "total_fees")
"""Columns that a formula of the header, or of their meaning, gives in every row."""


PROCEDURES = ("online_procedures", "total_procedures")
"""Columns that count kinds of procedure: two units may share one, so that no total must be their sum."""


def _annex(rng: Random, report: Report) -> Table | None:
    tables = [table for table in report.tables if table.kind != "scores"]
    return rng.choice(tables) if tables else None


def _changed(
    rng: Random, report: Report, table: Table, row: Row, name: str, kind: str
) -> Report | None:
    rule = "column-total-mismatch" if kind == "column-total" else "formula-mismatch"
    text = row.cells[name]
    if sum(letter.isdigit() for letter in text) < 2 or text.startswith("100"):
        return None
    changed = row.with_cell(name, other_digit(rng, text))
    unit = row.unit.name if row.unit else row.name
    also = ("formula-mismatch", "column-total-mismatch", "evidence-mismatch", *PROSE)
    note = Planted(
        kind, rule, table.kind, unit, (unit, row.name), (name,), changed.cells[name], text, also
    )  # fmt: skip
    return put(report, table, row, changed, note)


def wrong_rate(rng: Random, report: Report) -> Report | None:
    table = _annex(rng, report)
    if table is None:
        return None
    name = rng.choice([rate for rate in RATES if rate in table.columns])
    return _changed(rng, report, table, rng.choice(table.units()), name, "rate")


def wrong_part(rng: Random, report: Report) -> Report | None:
    table = _annex(rng, report)
    if table is None:
        return None
    name = rng.choice([part for part in PARTS if part in table.columns])
    return _changed(rng, report, table, rng.choice(table.units()), name, "row-formula")


def wrong_column_total(rng: Random, report: Report) -> Report | None:
    table = _annex(rng, report)
    totals = [row for row in table.rows if row.kind == "total"] if table else []
    if table is None or not totals:
        return None
    name = rng.choice([n for n in table.columns[2:] if n not in {*RATES, *MONEY, *PROCEDURES}])
    return _changed(rng, report, table, totals[0], name, "column-total")


def wrong_evidence(rng: Random, report: Report) -> Report | None:
    """online_2 does not follow from the fees table, though its row agrees with it."""
    if report.table("fees") is None:
        return None
    table, look, row = report.scores, report.style, rng.choice(scored(report))
    old = row.cells.get("online_2", "")
    if old in ("", "-"):
        return None
    value = parse(old, look.mark) + rng.choice([-1, 1]) * D(rng.randint(3, 30)) / 10
    slack = 2 * half(table, row, "online_2", look) + CLEAR
    text = show(value, look.mark, False)
    changed = consistent(report, row, "online_2", text) if 0 <= value <= 10 else None
    if changed is None or abs(value - parse(old, look.mark)) <= slack or look.denominator:
        return None
    unit = row.unit.name if row.unit else row.name
    note = Planted(
        "evidence", "evidence-mismatch", "scores", unit, (unit,), ("online_2",), text, old, PROSE
    )
    return put(report, table, row, changed, note)


def wrong_period(rng: Random, report: Report) -> Report | None:
    """One annex is headed with another month than letter and title."""
    table = rng.choice(report.tables)
    title = table.title[0]
    found = re.search(r"THÁNG (\d+) NĂM", title)
    if not found:
        return None
    month = rng.choice([n for n in range(1, 13) if n != int(found[1])])
    return _retitled(
        report,
        table,
        "period",
        f"{title[: found.start()]}THÁNG {month} NĂM{title[found.end() :]}",
        0,
    )


def wrong_number(rng: Random, report: Report) -> Report | None:
    """An annex names another report number than the letter bears."""
    table = rng.choice(report.tables)
    own = report.number.partition("/")[0]
    other = str(int(own) + rng.choice([1, 10, 100]))
    return _retitled(
        report, table, "number", table.title[1].replace(f"số {own}/", f"số {other}/"), 1
    )


def _retitled(report: Report, table: Table, kind: str, line: str, at: int) -> Report:
    title = tuple(line if n == at else old for n, old in enumerate(table.title))
    note = Planted(kind, "period-mismatch", table.kind, None, (), (), line, table.title[at])
    return replace(report.with_table(replace(table, title=title)), planted=(*report.planted, note))


ANNEXES: dict[str, Planter] = {
    "rate": wrong_rate,
    "row-formula": wrong_part,
    "column-total": wrong_column_total,
    "evidence": wrong_evidence,
    "period": wrong_period,
    "number": wrong_number,
}
