"""Statistics tables: one wrong figure is one finding, whichever figure it is; right tables are let alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from normalise.register import load_register
from normalise.submission import FieldTable, Submission
from reconcile.check import run
from reconcile.checks import statistics
from reconcile.finding import Finding
from reconcile.reference import example

REGISTER = load_register()
FEES = """
unit | unpaid_cases | direct_cases | online_cases | total_cases | online_rate
UBND xã Chiềng Đông | 1 | 9 | 19 | 29 | 65,5
UBND xã Ta Ma | 5 | 12 | 57 | 74 | 77,0
UBND xã Nà Sáy | 2 | 5 | 5 | 12 | 41,7
UBND xã Pú Xi | 2 | 33 | 0 | 35 | 0,0
Tổng cộng | 10 | 59 | 81 | 150 | 54,0
"""
SCANS = """
unit | received (1) | received_digitised (2) | received_rate (3)=(2)/(1) | received_pending (5)=(1)-(2)
UBND xã Chiềng Đông | 46 | 46 | 100 | 0
UBND xã Ta Ma | 1.079 | 1.078 | 99,91 | 1
UBND xã Nà Sáy | 16 | 14 | 87,5 | 2
Tổng số | 1.141 | 1.138 | 99,74 | 3
"""
OTHER = """
unit | column_2 (1) | column_3 (2) | column_4 (3)=(1)+(2)
Trực tiếp | 3 | 4 | 7
Bưu chính | 1 | 1 | 2
Tổng | 4 | 5 | 9
"""


def submission(text: str) -> Submission:
    case = {
        "says": "",
        "fires": True,
        "issuer": "Huyện Tuần Giáo",
        "period": "2023-07",
        "table": text,
    }
    return example(case, REGISTER).reports[0]


def raised(made: Submission) -> list[Finding]:
    return list(run(statistics.subjects(made, None, REGISTER), "report.pdf")[0])


def altered(made: Submission, row: int, field: str, by: int) -> Submission:
    table: FieldTable = made.tables[0]
    old = table.rows[row]
    entries = tuple(
        replace(e, value=(e.value or Decimal(0)) + by, printed="?") if e.field == field else e
        for e in old.entries
    )
    rows = (*table.rows[:row], replace(old, entries=entries), *table.rows[row + 1 :])
    return replace(made, tables=(replace(table, rows=rows),))


@pytest.mark.parametrize("text", [FEES, SCANS, OTHER], ids=["fees", "digitisation", "other"])
def test_a_right_table_raises_nothing(text: str) -> None:
    assert raised(submission(text)) == []


CELLS = [
    (text, row.index, entry.field)
    for text in (FEES, SCANS, OTHER)
    for row in submission(text).tables[0].rows
    for entry in row.entries
]


@pytest.mark.parametrize("by", [3, 20])
@pytest.mark.parametrize(("text", "row", "field"), CELLS)
def test_any_wrong_figure_is_one_finding(text: str, row: int, field: str, by: int) -> None:
    made = submission(text)
    found = raised(altered(made, row, field, by))
    total = made.tables[0].rows[row].kind == "total"
    assert [f.rule for f in found] == ["column-total-mismatch" if total else "formula-mismatch"]
    assert (found[0].row, found[0].severity) == (row, "error")


def test_with_a_totals_row_the_very_cell_is_named() -> None:
    for _, row, field in (c for c in CELLS if c[0] == FEES):
        (finding,) = raised(altered(submission(FEES), row, field, 3))
        assert (finding.row, finding.field) == (row, field)


CARRIED = [
    pytest.param(
        """
unit | received | received_digitised | received_rate | received_pending
UBND xã Chiềng Đông | 235 | 235 | 100 | 0
UBND xã Ta Ma | 157 | 117 | 74,52 | 43
UBND xã Nà Sáy | 80 | 50 | 62,5 | 30
Tổng số | 472 | 402 | 85,17 | 73
""",
        ("formula-mismatch", 1, "received_pending", "40"),
        id="total added up with it",
    ),
    pytest.param(
        """
unit | unpaid_cases | direct_cases | online_cases | total_cases | online_rate
UBND xã Chiềng Đông | 36 | 24 | 81 | 141 | 57,45
UBND xã Ta Ma | 400 | 210 | 400 | 1010 | 39,60
Tổng cộng | 436 | 234 | 491 | 1151 | 42,66
""",
        ("column-total-mismatch", 2, "online_cases", "481"),
        id="rate computed with the wrong total",
    ),
    pytest.param(
        """
unit | received | received_digitised | received_rate | received_pending
UBND xã Chiềng Đông | 4000 | 3500 | 87,50 | 500
UBND xã Ta Ma | 3292 | 2999 | 91,10 | 293
TỔNG SỐ | 7302 | 6499 | 89 | 793
""",
        ("column-total-mismatch", 2, "received", "7292"),
        id="rate computed with the wrong whole",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CARRIED)
def test_what_was_computed_with_a_wrong_figure_is_no_second_error(
    text: str, expected: tuple[str, int, str, str]
) -> None:
    (finding,) = raised(submission(text))
    assert (finding.rule, finding.row, finding.field, finding.expected) == expected
    assert "statistics/computed-with-it" in finding.consequences


SECTIONS = """
unit | section | received | received_digitised | received_pending
Tổng I | I | 20 | 15 | 5
UBND xã Chiềng Đông | I | 12 | 9 | 3
UBND xã Ta Ma | I | 8 | 6 | 2
Tổng II | II | 50 | 30 | 20
UBND xã Nà Sáy | II | 29 | 19 | 10
UBND xã Pú Xi | II | 21 | 11 | 10
"""


def test_a_wrong_total_is_held_against_the_rows_that_its_row_adds_up_elsewhere() -> None:
    """The rows before the second section's totals row are the first section's; they add up to no total of it."""
    assert raised(submission(SECTIONS)) == []
    (finding,) = raised(submission(SECTIONS.replace("| II | 50 |", "| II | 53 |")))
    assert (finding.row, finding.field, finding.expected) == (3, "received", "50")


def test_a_rate_cut_off_is_a_note() -> None:
    found = raised(submission(FEES.replace("41,7", "41,6")))
    assert [(f.severity, f.message) for f in found] == [("info", "formula-mismatch/cut-off")]


def test_a_formula_that_most_rows_break_accuses_no_row() -> None:
    text = SCANS.replace("(2)/(1)", "(1)/(2)").replace("100 | 0", "50 | 0")
    found = raised(submission(text.replace("99,91", "10").replace("87,5", "20")))
    assert {f.message for f in found if f.row is None} == {"formula-mismatch/header"}
    assert not [f for f in found if f.rule == "formula-mismatch" and f.row is not None]


def test_a_figure_in_doubt_leaves_its_formulas_undecided() -> None:
    made = submission(FEES)
    table = made.tables[0]
    entries = tuple(replace(e, status="uncertain") for e in table.rows[0].entries)
    rows = (replace(table.rows[0], entries=entries), *table.rows[1:])
    doubtful = replace(made, tables=(replace(table, rows=rows),))
    findings, tallies = run(statistics.subjects(doubtful, None, REGISTER), "report.pdf")
    assert findings == ()
    assert {t.rule: t.undecided > 0 for t in tallies} == {
        "formula-mismatch": True,
        "column-total-mismatch": True,
    }


@pytest.mark.parametrize(
    ("serials", "accused"),
    [
        (("1", "2", "3"), True),
        (("36", "37", "38"), False),  # the rest of a table whose first rows stand in another
        (("4", "2", "3"), True),  # a 1 misread
    ],
)
def test_totals_of_rows_elsewhere_too_accuse_nothing(
    serials: tuple[str, ...], accused: bool
) -> None:
    made = submission(SCANS.replace("1.141 | 1.138 | 99,74", "2.141 | 2.138 | 99,86"))
    table = made.tables[0]
    rows = tuple(replace(r, serial=s) for r, s in zip(table.rows, (*serials, None), strict=True))
    found = raised(replace(made, tables=(replace(table, rows=rows),)))
    assert ("column-total-mismatch" in {f.rule for f in found}) == accused
