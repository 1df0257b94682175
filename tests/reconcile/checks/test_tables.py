from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from benchmarks.honest import Style, honest_table
from reconcile.finding import Finding
from tests.reconcile.sheets import INDICATORS, ROWS_459, ROWS_1187, examined, found, hidden, sheet


def _style(rounding: str, scale: int = 100) -> Style:
    decimals = dict.fromkeys((p.field for p in INDICATORS.parts), 1)
    return Style(
        rounding=rounding,
        decimals={**decimals, "total": 2, "converted": 2},
        trimmed=False,
        scale=Decimal(scale),
        denominators=False,
        cut_results=False,
        added="true",
        from_print=True,
        absent="-",
    )


def _notes(rounding: str, scale: int = 100) -> list[Finding]:
    rows = honest_table(Random(4), INDICATORS, _style(rounding, scale), 20)
    return [f for f in examined(sheet(rows))[0] if f.rule in ("rounding", "unusual-scale")]


def test_cut_off_digits_are_a_note_on_the_whole_table() -> None:
    notes = _notes("cut-off")
    assert [(f.severity, f.message, f.field, f.row) for f in notes] == [
        ("info", "rounding/components", None, None),
        ("info", "rounding/converted", "converted", None),
    ]


@pytest.mark.parametrize("rounding", ["half-up", "half-even"])
def test_rounded_digits_are_no_note(rounding: str) -> None:
    assert _notes(rounding) == []


def test_a_scale_of_ten_is_a_note() -> None:
    assert [(f.severity, f.message) for f in _notes("half-up", 10)] == [("info", "unusual-scale")]


def test_one_wrong_total_does_not_make_a_table_cut_off() -> None:
    """79,81 + 0,31 lies where cut-off components could put it, but the other rows are rounded."""
    rows = sheet(ROWS_459, {1: {"total": "80,12"}})
    assert found(rows, "info") == [("error", "total-mismatch/converted-agrees", "total")]


def test_one_row_on_another_scale_is_a_misplaced_comma() -> None:
    findings, _ = examined(sheet(ROWS_459, {1: {"converted": "9,39"}}))
    (error,) = findings
    assert (error.message, error.likely) == ("converted-mismatch", "comma-moved")


def _plus_ten(figure: str) -> str:
    return str(Decimal(figure.replace(",", ".")) + 10).replace(".", ",")


def test_a_table_that_means_something_else_is_said_once() -> None:
    """Every unit got ten points that no column shows: no row is accused, and its rows pass for nothing."""
    more = {i: {"total": _plus_ten(row["total"])} for i, row in enumerate(ROWS_459)}
    findings, tallies = examined(sheet(ROWS_459, more))
    found_ = [(f.severity, f.message, f.row) for f in findings]
    assert ("warning", "total-mismatch/table", None) in found_
    assert not [f for f in findings if f.severity == "error"]
    counted = next(t for t in tallies if t.rule == "total-mismatch")
    assert (counted.passed, counted.failed, counted.undecided) == (0, 1, len(ROWS_459))


def test_three_wrong_totals_of_nine_are_three_errors() -> None:
    wrong = {i: {"total": f"1{row['total'][1:]}"} for i, row in list(enumerate(ROWS_459))[:3]}
    assert [f[1:] for f in found(sheet(ROWS_459, wrong))] == [
        ("total-mismatch/converted-agrees", "total")
    ] * 3


@pytest.mark.parametrize("rows", [1, 2, 5])
def test_totals_that_were_cut_off_accuse_no_row(rows: int) -> None:
    """56,739 / 65 printed as 56,73 and 87,29: neither follows from the other by rounding alone."""
    row = dict.fromkeys((p.field for p in INDICATORS.parts), "-")
    row |= {"openness_2": "5", "progress": "29,14", "digitisation_1": "3,21", "online_1": "9,39"}
    row |= {"online_2": "9,999", "total": "56,73/65", "converted": "87,29", "rank": "Tốt"}
    row |= {"satisfaction_1": "0"}
    cells = [row] * rows
    assert "error" not in [severity for severity, _, _ in found(sheet(cells))]
    notes = [f.message for f in examined(sheet(cells))[0] if f.rule == "rounding"]
    assert "rounding/totals" in notes


def test_a_part_whose_column_is_not_known_accuses_no_row() -> None:
    report = sheet(ROWS_1187, {1: {"rank": "Khá"}})
    table = hidden(report.tables[0], "criterion_9")
    assert found(replace(report, tables=(table,))) == [("error", "rank-mismatch", "rank")]
