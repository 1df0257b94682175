"""A table that bears headings of a score table and is none is told of."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from normalise.register import Register
from normalise.submission import Column, Entry, FieldTable, ScoredRow, UnitMatch
from reconcile.check import run
from reconcile.checks import unknown
from reconcile.unread import looks_unread
from tests.reconcile.sheets import INDICATORS, ROWS_459, hidden, sheet

SCORES = sheet(ROWS_459)
GROUPS = ("Công khai, minh bạch", "Tiến độ, KQ giải quyết (30đ)", "Số hóa hồ sơ", "Hài lòng")


def other(*headings: str, rows: int, figures: int = 3) -> FieldTable:
    """A table of another kind, its headings one over each column."""
    columns = tuple(Column(c, f"column_{c + 1}", (text,)) for c, text in enumerate(headings))
    entries = tuple(
        Entry(f"column_{c + 1}", "5", "as-read", 1, None, "text-file", Decimal(5))
        for c in range(figures)
    )
    unit = UnitMatch("", None, None, "unmatched", 0.0)
    made = tuple(ScoredRow(i, "unit", 1, None, None, unit, entries) for i in range(rows))
    return FieldTable("t2", "other", 1, "", columns, made)


@pytest.mark.parametrize(
    ("table", "unread"),
    [
        (other(*GROUPS, rows=3), True),
        (other(*GROUPS[:2], rows=3), False),
        (other(*GROUPS, rows=3, figures=1), False),
        (other("TỔNG ĐIỂM QUY ĐỔI", "XẾP LOẠI", rows=len(ROWS_459), figures=1), True),
        (other("XẾP LOẠI", "Số đơn vị", rows=5, figures=1), False),
        (other("Số đơn vị", "Số hồ sơ", rows=len(ROWS_459)), False),
    ],
    ids=["scores", "tasks", "words", "a part of the scores", "a count of ranks", "counts"],
)
def test_a_table_that_looks_like_scores(table: FieldTable, unread: bool) -> None:
    first = hidden(SCORES.tables[0], dropped=("converted", "rank"))
    assert looks_unread(table, [first, table]) == unread


def test_it_is_said_once() -> None:
    submission = replace(SCORES, tables=(*SCORES.tables, other(*GROUPS, rows=3)))
    subjects = unknown.subjects(submission, INDICATORS, Register(()))
    (finding,) = run(subjects, "")[0]
    assert (finding.message, finding.table) == ("unknown-methodology/unread", "t2")
