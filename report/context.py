"""What surrounds a finding in its document: its table, row and cell, and what it changes for the unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from audit.job import Examination
from normalise.submission import Entry, FieldTable, ScoredRow
from reconcile.finding import Finding, Recomputed
from report.catalogue import Catalogue

DECIMAL = re.compile(r"-?\d+(\.\d+)?")


class Context:
    """The tables of one document, for its findings; empty for findings about no document."""

    def __init__(self, examination: Examination | None) -> None:
        tables = examination.submission.tables if examination else ()
        recomputed = examination.examined.recomputed if examination else ()
        self.tables = {t.id: t for t in tables}
        self.recomputed = {(r.table, r.row): r for r in recomputed}

    def found(self, finding: Finding) -> FieldTable | None:
        return self.tables.get(finding.table or "")

    def row(self, finding: Finding) -> ScoredRow | None:
        table = self.found(finding)
        if table is None or finding.row is None:
            return None
        return next((r for r in table.rows if r.index == finding.row), None)

    def entry(self, finding: Finding) -> Entry | None:
        row = self.row(finding)
        return row.entry(finding.field) if row and finding.field else None

    def again(self, finding: Finding) -> Recomputed | None:
        """The finding's row computed again."""
        if finding.table is None or finding.row is None:
            return None
        return self.recomputed.get((finding.table, finding.row))

    def table(self, finding: Finding, texts: Mapping[str, str]) -> str | None:
        table = self.found(finding)
        return None if table is None else texts[f"kind/{table.kind}"]

    def heading(self, finding: Finding, words: Catalogue) -> str | None:
        """The column as headed in the document, else the name of the field."""
        table = self.found(finding)
        column = table.column(finding.field) if table and finding.field else None
        if column and any(column.path):
            return " / ".join(column.path)
        return words.name("field", finding.field) if finding.field else None


def effect(finding: Finding, context: Context, words: Catalogue) -> str | None:
    """What the right figure changes for the unit: its rank, else its place in the table, else nothing.

    None where the finding is not about a unit's total, converted score or rank, or that is not known.
    """
    row, again, table = context.row(finding), context.again(finding), context.found(finding)
    if row is None or table is None or finding.field not in ("total", "converted", "rank"):
        return None
    printed = row.entry("rank")
    if again is None or not again.ranks or printed is None or printed.rank is None:
        return None
    if printed.rank not in again.ranks:
        after = ";".join(again.ranks)
        facts = (("before", words.name("rank", printed.rank)), ("after", words.value(after)))
        return words.say("effect/rank", facts)
    places = _places(finding, row, table, again)
    if places is None:
        return None
    if places[0] == places[1]:
        return words.texts["effect/none"]
    return words.say("effect/order", (("before", str(places[0])), ("after", str(places[1]))))


def _places(
    finding: Finding, row: ScoredRow, table: FieldTable, again: Recomputed
) -> tuple[int, int] | None:
    """The unit's place among those of its section by the printed and by the right score."""
    field = "converted" if again.converted else "total"
    bounds = again.converted or again.total
    mine = row.entry(field)
    if bounds is None or mine is None or mine.value is None:
        return None
    right = (Decimal(bounds[0]) + Decimal(bounds[1])) / 2
    if finding.field == field and finding.expected and DECIMAL.fullmatch(finding.expected):
        right = Decimal(finding.expected)
    if mine.known and Decimal(bounds[0]) <= mine.value <= Decimal(bounds[1]):
        right = mine.value
    others = [
        e.value
        for r in table.units()
        if r is not row and r.section == row.section and (e := r.entry(field)) and e.value
    ]
    before, after = (1 + sum(o > score for o in others) for score in (mine.value, right))
    return before, after
