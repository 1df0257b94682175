"""The tables with a figure at fault put right: what a claim that fits them then only follows from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from normalise.submission import Entry, FieldTable, ScoredRow, Submission
from reconcile.finding import Finding, Recomputed
from reconcile.letter.view import Row, View
from reconcile.methodology import Methodology

AGREES = "claims/agrees-with-parts"


@dataclass(frozen=True, slots=True)
class Mended:
    """The tables without the error of one row, and that row as printed."""

    row: Row
    view: View


def mended(
    view: View,
    submission: Submission,
    methodology: Methodology | None,
    recomputed: Sequence[Recomputed],
    findings: Sequence[Finding],
) -> Iterator[Mended]:
    """One view for every figure that an error says should be another."""
    for finding in findings:
        row = next((r for r in view.rows if _is_of(finding, r)), None)
        right = _put_right(row.row, finding) if row and finding.severity == "error" else None
        if row is not None and right is not None:
            tables = tuple(_with_row(t, right, row) for t in submission.tables)
            others = [r for r in recomputed if (r.table, r.row) != (row.table.id, row.row.index)]
            told = replace(submission, tables=tables)
            yield Mended(row, View(told, methodology, others))


def _is_of(finding: Finding, row: Row) -> bool:
    return (finding.table, finding.row) == (row.table.id, row.row.index)


def _with_row(table: FieldTable, right: ScoredRow, row: Row) -> FieldTable:
    if table is not row.table:
        return table
    return replace(table, rows=tuple(right if r is row.row else r for r in table.rows))


def _put_right(row: ScoredRow, finding: Finding) -> ScoredRow | None:
    """The row with the figure that the finding expects; None where it expects no figure of the row."""
    entry = row.entry(finding.field or "")
    value = _number(finding.expected)
    if entry is None or entry.rank is not None or value is None:
        return None
    told = replace(entry, value=value, status="as-read")
    return replace(row, entries=tuple(_swapped(row.entries, entry, told)))


def _swapped(entries: Sequence[Entry], old: Entry, new: Entry) -> Iterator[Entry]:
    return (new if e is old else e for e in entries)


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text is not None else None
    except InvalidOperation:
        return None
