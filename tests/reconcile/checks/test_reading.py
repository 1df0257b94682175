"""What does not agree as read, in rows with an uncertain figure: one warning to compare with the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from extract.document import Reading
from normalise.submission import Entry, Submission
from reconcile.check import run
from reconcile.checks import reading, reading_tables, statistics
from reconcile.finding import Finding
from reconcile.methodology import Methodology
from tests.reconcile.checks.test_statistics import FEES, REGISTER, submission
from tests.reconcile.sheets import CRITERIA, INDICATORS, ROWS_459, ROWS_1187, sheet, with_entry

Said = list[tuple[str, str, str | None]]


def said(findings: tuple[Finding, ...]) -> Said:
    return [(f.severity, f.message, f.field) for f in findings if f.cause == "reading"]


def doubted(made: Submission, row: int, texts: Mapping[str, str]) -> Submission:
    """A statistics report with some figures of a row scanned and uncertain."""

    def entry(old: Entry) -> Entry:
        if old.field not in texts:
            return old
        return replace(
            old, printed=texts[old.field], status="uncertain", origin="ocr", confidence=0.9
        )

    table = made.tables[0]
    rows = tuple(
        replace(r, entries=tuple(map(entry, r.entries))) if r.index == row else r
        for r in table.rows
    )
    return replace(made, tables=(replace(table, rows=rows),))


@pytest.mark.parametrize(
    ("row", "texts", "expected"),
    [
        (0, {"direct_cases": "9"}, []),
        (0, {"direct_cases": "8"}, [("formula-mismatch/doubtful", "direct_cases")]),
        (0, {"total_cases": "39"}, [("formula-mismatch/doubtful", "total_cases")]),
        (4, {"online_cases": "91"}, [("column-total-mismatch/doubtful-formula", "online_cases")]),
    ],
)
def test_a_doubtful_row_of_statistics_is_told_once(
    row: int, texts: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    made = doubted(submission(FEES), row, texts)
    areas = (statistics, reading_tables)
    findings = [f for a in areas for f in run(a.subjects(made, None, REGISTER), "report.pdf")[0]]
    assert said(tuple(findings)) == [("warning", message, field) for message, field in expected]


def test_a_row_of_column_numbers_read_as_figures_says_nothing() -> None:
    made = submission(FEES)
    numbers = dict(zip(("unpaid_cases", "direct_cases", "online_cases"), "123", strict=True))
    table = doubted(made, 0, {**numbers, "total_cases": "4"}).tables[0]
    nameless = replace(table.rows[0], unit=replace(table.rows[0].unit, printed="", canonical=None))
    doubtful = replace(made, tables=(replace(table, rows=(nameless, *table.rows[1:])),))
    assert said(run(reading_tables.subjects(doubtful, None, REGISTER), "report.pdf")[0]) == []


@pytest.mark.parametrize(
    ("rows", "methodology", "field", "printed", "expected"),
    [
        (ROWS_1187, CRITERIA, "officer_average", "9,98", []),
        (ROWS_1187, CRITERIA, "officer_average", "9,38", ["officer-average-mismatch"]),
        (ROWS_1187, CRITERIA, "total", "16,98", ["total-mismatch"]),
        (ROWS_459, INDICATORS, "converted", "85,0", ["converted-mismatch"]),
        (ROWS_459, INDICATORS, "satisfaction_1", "5,5", ["score-out-of-range"]),
        (ROWS_459, INDICATORS, "satisfaction_1", "50", []),
        (ROWS_459, INDICATORS, "total", "8469", []),
        (ROWS_459, INDICATORS, "total", "184,69", ["total-mismatch"]),
    ],
)
def test_a_doubtful_row_of_scores_is_told_under_the_rule_it_breaks(
    rows: list[dict[str, str]],
    methodology: Methodology,
    field: str,
    printed: str,
    expected: list[str],
) -> None:
    made = with_entry(
        sheet(rows), 0, field, printed=printed, status="uncertain", origin="ocr", confidence=0.9
    )
    findings = run(reading.subjects(made, methodology, REGISTER), "report.pdf")[0]
    assert said(findings) == [("warning", f"{rule}/doubtful", field) for rule in expected]


@pytest.mark.parametrize(("weight", "told"), [(0.9999, True), (0.99, False)])
def test_a_score_over_its_maximum_that_the_picture_surely_shows_is_told(
    weight: float, told: bool
) -> None:
    made = with_entry(
        sheet(ROWS_459), 0, "satisfaction_1", printed="50", status="uncertain", origin="ocr",
        confidence=0.4, readings=(Reading("50", weight, "ocr"), Reading("5,0", 1 - weight, "ocr")),
    )  # fmt: skip
    findings = run(reading.subjects(made, INDICATORS, REGISTER), "report.pdf")[0]
    assert bool(said(findings)) is told


@pytest.mark.parametrize(
    ("total", "converted", "expected"),
    [("76,61", "90,1", []), ("76,77", "90,3", [("info", "total-improbable/doubtful", "total")])],
)
def test_a_doubtful_row_whose_total_rounding_hardly_explains_is_noted(
    total: str, converted: str, expected: Said
) -> None:
    changed = sheet(ROWS_459, {2: {"total": total, "converted": converted}})
    made = with_entry(changed, 2, "online_1", status="uncertain", origin="ocr", confidence=0.9)
    assert said(run(reading.subjects(made, INDICATORS, REGISTER), "report.pdf")[0]) == expected


def test_a_doubtful_denominator_is_told_as_such() -> None:
    made = with_entry(
        sheet(ROWS_459, {2: {"total": "76,61/85"}}),
        2,
        "total",
        printed="76,61/95",
        status="uncertain",
        origin="ocr",
        confidence=0.9,
    )
    findings = run(reading.subjects(made, INDICATORS, REGISTER), "report.pdf")[0]
    assert said(findings) == [("warning", "denominator-mismatch/doubtful", "total")]
