"""What a table that we recognised cannot mean: then it was read wrongly, whatever each figure is by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from normalise.number import Figure, Mark, parse
from normalise.submission import Entry, FieldTable, ScoredRow
from reconcile.equations import cells, equations, rate_fields, state, whole_fields
from reconcile.methodology import Methodology

FEWEST = 3
"""Figures of another kind than their column's from which the column is another one; and the crosses in a table that
uses them for `does not apply`."""
PERCENT, THOUSANDS = 100, 3
"""The highest rate, and the digits that a mark parts off in a count."""
MOST = 2 / 3
"""Share of the rows that break a sum or a rate from which its columns are not what they were taken for."""
TATTERED = 0.5
"""Share of a row's figures that are doubtful from which the whole row is."""
DASHES, CROSS = frozenset({"", "-", "−", "–", "—"}), "x"
"""Signs for `does not apply` that a scan shows; a cross only where the table uses it. All others are specks."""


def misplaced(table: FieldTable, methodology: Methodology | None = None) -> bool:
    """Whether most figures of a column are none that its heading means: counts with decimals, rates beyond 100 %,
    scores with decimals beyond their maximum. No office prints them; the headings stand over other columns than we
    took them for. Scores without a total have nothing else that vouches for their headings: a few are enough."""
    bare = table.kind == "scores" and table.column("total") is None
    mark: Mark = "." if table.decimal_mark == "." else ","
    for column in table.columns:
        entries = (row.entry(column.field) for row in table.rows if column.field)
        figures = [f for e in entries if e and (f := parse(e.printed, mark))]
        strange = [f for f in figures if _is_strange(f, column.field or "", table, methodology)]
        if len(strange) >= FEWEST and (bare or 2 * len(strange) > len(figures)):
            return True
    return False


def _is_strange(
    figure: Figure, field: str, table: FieldTable, methodology: Methodology | None
) -> bool:
    if table.kind == "scores":
        part = methodology.part(field) if methodology else None
        return part is not None and figure.decimals > 0 and figure.value > part.maximum
    if field in rate_fields(table.kind):
        return figure.value > PERCENT
    return figure.percent or 0 < figure.decimals < THOUSANDS


def at_odds(table: FieldTable) -> frozenset[str]:
    """The columns of sums and rates that most rows break: some heading stands over another column."""
    whole = whole_fields(table)
    rows = [cells(row, whole) for row in table.rows if row.kind == "unit"]
    found: set[str] = set()
    for equation in equations(table):
        states = Counter(state(equation, row) for row in rows if row.known(equation))
        if states["broken"] >= FEWEST and states["broken"] > MOST * states.total():
            found |= equation.fields
    return frozenset(found)


def with_doubts(table: FieldTable, methodology: Methodology | None = None) -> FieldTable:
    """The table, in doubt every recognised cell that says what its column cannot: a denominator that is not the
    maximum, but behind a total; a sign for `does not apply` that no scan shows; and every figure of a row of which most
    are doubtful."""
    signs = Counter(e.printed.strip() for row in table.rows for e in row.entries)
    limits = {p.field: p.maximum for p in methodology.parts} if methodology else {}
    rows = tuple(
        replace(row, entries=tuple(_doubted(e, signs, limits) for e in row.entries))
        for row in table.rows
    )
    return replace(table, rows=tuple(_in_doubt(row) if _is_tattered(row) else row for row in rows))


def _is_tattered(row: ScoredRow) -> bool:
    """Whether most figures of a recognised row are doubtful: then nothing vouches for the others."""
    read = [e for e in row.entries if e.origin == "ocr" and _is_figure(e)]
    return sum(e.status in ("uncertain", "unreadable") for e in read) > TATTERED * len(read)


def _is_figure(entry: Entry) -> bool:
    return entry.field not in ("rank", "note") and not entry.field.startswith("column_")


def _in_doubt(row: ScoredRow) -> ScoredRow:
    entries = tuple(
        replace(e, status="uncertain")
        if e.origin == "ocr" and _is_figure(e) and e.status != "unreadable"
        else e
        for e in row.entries
    )
    return replace(row, entries=entries)


def _doubted(entry: Entry, signs: Mapping[str, int], limits: Mapping[str, Decimal]) -> Entry:
    if entry.origin != "ocr":
        return entry
    limit = limits.get(entry.field)
    behind = entry.known and entry.field != "total" and entry.denominator not in (None, limit)
    sign = entry.printed.strip()
    used = sign in DASHES or (sign.casefold() == CROSS and signs[sign] >= FEWEST)
    lone = entry.status == "not-applicable" and not used and len(sign) == 1
    return replace(entry, status="uncertain") if behind or lone else entry
