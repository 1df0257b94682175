"""Small score tables for the tests of the checks: rows of the report Tuần Giáo 2023-07 and of 2022."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from benchmarks.honest import Cells, submission_of
from normalise.register import Register
from normalise.submission import Entry, FieldTable, ScoredRow, Submission
from normalise.table import column_name
from reconcile.check import run
from reconcile.checks import numbers, order, ranks, reach, scores, tables
from reconcile.finding import Finding, Tally
from reconcile.methodology import load_methodologies

METHODOLOGIES = load_methodologies()
INDICATORS = METHODOLOGIES["dien-bien-459-2023"]
CRITERIA = METHODOLOGIES["dien-bien-1187-2019"]

_FIELDS_459 = [*(p.field for p in INDICATORS.parts), "total", "converted", "rank"]
_ROWS_459 = """
- 5 - 30,0 10,0 6,6 4,2 10,0 5 5 5 80,77 95,0 Xuất sắc
- 5 - 29,2 10,0 7,7 2,9 10,0 5 5 5 79,81 93,9 Xuất sắc
- 5 - 30,0 9,4 5,6 1,9 9,7 5 5 4,98 76,61 90,1 Xuất sắc
- 5 - 28,3 10,0 4,2 3,7 10,0 5 5 5 76,20 89,6 Tốt
- 5 - 29,3 8,8 4,3 3,1 9,7 5 5 5 75,11 88,4 Tốt
- 4,74 - 29,0 9,7 4,8 1,0 10,0 5 5 5 74,13 87,2 Tốt
- 5 - 30,0 10,0 0 4,0 10,0 5 5 5 74,00 87,1 Tốt
- 5 - 30,0 4,2 0,3 4,1 9,2 5 5 5 67,80 79,8 Khá
- 5 - 29,82 3,3 1,9 0,3 3,2 5 5 5 58,42 68,7 Trung bình
"""
_FIELDS_1187 = [*(p.field for p in CRITERIA.parts), "total", "officer_average", "rank"]
_ROWS_1187 = """
1,99 1,99 2 2 2 2 2 2 2 17,98 9,98 Xuất sắc
1,95 1,95 2 2 2 2 2 2 2 17,9 9,9 Xuất sắc
1,4 1,4 2 2 2 2 2 2 2 16,8 8,8 Xuất sắc
1,84 1,84 2 2 2 2 1 2 2 16,68 9,68 Xuất sắc
1,98 1,98 2 2 2 2 2 2 0 15,96 9,96 Xuất sắc
1,53 1,53 2 2 2 2 1 1 1 14,06 9,06 Tốt
"""


def _rows(fields: Sequence[str], text: str) -> list[Cells]:
    lines = [line.split(" ", len(fields) - 1) for line in text.strip().splitlines()]
    return [dict(zip(fields, line, strict=True)) for line in lines]


ROWS_459 = _rows(_FIELDS_459, _ROWS_459)
ROWS_1187 = _rows(_FIELDS_1187, _ROWS_1187)


def sheet(
    rows: Sequence[Cells], changes: Mapping[int, Mapping[str, str]] | None = None
) -> Submission:
    """A submission with these rows, some cells changed; under 1187 where the rows have criteria."""
    methodology = CRITERIA if "criterion_1" in rows[0] else INDICATORS
    changed = [{**cells, **(changes or {}).get(i, {})} for i, cells in enumerate(rows)]
    return submission_of(methodology, changed)


def examined(submission: Submission) -> tuple[tuple[Finding, ...], tuple[Tally, ...]]:
    """What the checks of score tables find."""
    methodology = METHODOLOGIES.get(submission.methodology or "")
    areas = (scores, reach, ranks, tables, order, numbers)
    subjects = (s for area in areas for s in area.subjects(submission, methodology, Register(())))
    return run(subjects, submission.path)


def found(submission: Submission, least: str = "warning") -> list[tuple[str, str, str | None]]:
    """Severity, message and field of the findings, without the notes unless they are asked for."""
    wanted = ("error", "warning", "info")[: {"warning": 2, "info": 3}[least]]
    findings, _ = examined(submission)
    return [(f.severity, f.message, f.field) for f in findings if f.severity in wanted]


def with_rows(submission: Submission, rows: Sequence[ScoredRow]) -> Submission:
    """The submission with its table's rows replaced."""
    return replace(submission, tables=(replace(submission.tables[0], rows=tuple(rows)),))


def with_entry(submission: Submission, at: int, field: str, **values: object) -> Submission:
    """The submission with one entry's attributes replaced."""
    table: FieldTable = submission.tables[0]
    entries = tuple(_replaced(e, values) if e.field == field else e for e in table.rows[at].entries)
    rows = list(table.rows)
    rows[at] = replace(rows[at], entries=entries)
    return with_rows(submission, rows)


def _replaced(entry: Entry, values: Mapping[str, object]) -> Entry:
    return replace(entry, **values)  # type: ignore[arg-type]


def hidden(whole: FieldTable, *fields: str, dropped: tuple[str, ...] = ()) -> FieldTable:
    """The table with the headings of some columns unread and without others."""
    columns = [c for c in whole.columns if c.field not in dropped]
    names = {c.field: column_name(c.index) for c in columns if c.field in fields}
    return replace(
        whole,
        columns=tuple(replace(c, field=None) if c.field in names else c for c in columns),
        rows=tuple(
            replace(
                row,
                entries=tuple(
                    replace(e, field=names.get(e.field, e.field))
                    for e in row.entries
                    if e.field not in dropped
                ),
            )
            for row in whole.rows
        ),
    )
