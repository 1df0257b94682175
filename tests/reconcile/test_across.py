"""Reports against each other, beyond the cases of the rule reference."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from normalise.register import load_register
from reconcile.across import Across, across, digest, matrix
from reconcile.attribution import causes
from reconcile.previous import period_before
from reconcile.reference import example
from reconcile.shelf import Shelf

REGISTER = load_register()
TABLE = """
unit | openness_2 | progress | total | converted | rank
UBND xã Ta Ma | 4,25 | 29,2 | 33,45 | 95,6 | Xuất sắc
UBND xã Nà Sáy | 5 | 28,3 | 33,30 | 95,1 | Xuất sắc
"""
HERE = {"issuer": "Huyện Tuần Giáo", "period": "2023-07", "table": TABLE}


def compared(*reports: dict[str, Any], previous: tuple[dict[str, Any], ...] = ()) -> Across:
    made = [_digest(r, i) for i, r in enumerate(reports)]
    earlier = [_digest(r, i) for i, r in enumerate(previous)]
    return across(made, REGISTER, earlier)


def _digest(report: dict[str, Any], number: int) -> Any:
    data = {"path": f"{number}.pdf", **HERE, **report}
    return digest(
        example({"says": "", "fires": True, "report": [data]}, REGISTER).reports[0], Shelf()
    )


def test_a_copy_is_said_once_and_counts_once() -> None:
    found = compared({"sha256": "a"}, {"sha256": "a"}, {"sha256": "a"}).findings
    assert [(f.severity, f.message, f.document) for f in found] == [
        ("info", "resubmission-conflict/copy", "1.pdf"),
        ("info", "resubmission-conflict/copy", "2.pdf"),
    ]


def test_the_newer_version_is_the_one_compared() -> None:
    old = {"date": "2023-08-01", "table": TABLE.replace("29,2", "27,2")}
    province = {"issuer": "Tỉnh Điện Biên", "path": "tinh.pdf"}
    rules = {f.rule for f in compared({"date": "2023-08-09"}, old, province).findings}
    assert rules == {"resubmission-conflict"}


NEWER, UNTOLD = "resubmission-conflict", "resubmission-conflict/unordered"


@pytest.mark.parametrize(
    ("one", "other", "said", "used"),
    [
        ({"path": "b.pdf"}, {"path": "a.pdf"}, UNTOLD, "b.pdf"),
        ({"path": "06.pdf"}, {"path": "06-lan2.docx"}, NEWER, "06-lan2.docx"),
        ({"path": "Lần 1.pdf"}, {"path": "Lần 2.pdf"}, NEWER, "Lần 2.pdf"),
        ({"path": "06_v2.pdf"}, {"path": "06_v1.pdf"}, NEWER, "06_v2.pdf"),
        ({"path": "b.pdf", "date": "2023-08-01"}, {"path": "a.pdf", "date": "2023-08-02"}, NEWER, "a.pdf"),
        ({"path": "b.pdf", "date": "2023-08-01"}, {"path": "a.pdf"}, UNTOLD, "b.pdf"),
    ],
)  # fmt: skip
def test_which_version_is_newer_is_said_only_where_something_tells(
    one: dict[str, str], other: dict[str, str], said: str, used: str
) -> None:
    found = compared(one, {**other, "table": TABLE.replace("29,2", "27,2")}).findings
    assert [(f.message, f.document) for f in found] == [(said, used)]


def test_annexes_sent_apart_are_no_versions() -> None:
    fees = "unit | online_cases | total_cases | online_rate\nUBND xã Ta Ma | 57 | 74 | 77,0"
    assert compared({}, {"table": fees}).findings == ()


def test_results_that_follow_from_a_component_are_not_said_again() -> None:
    other = TABLE.replace("29,2 | 33,45 | 95,6", "28,2 | 32,45 | 92,7")
    found = compared({}, {"issuer": "Tỉnh Điện Biên", "table": other}).findings
    assert [(f.rule, f.field, f.severity) for f in found] == [
        ("cross-report-mismatch", "progress", "error")
    ]
    assert found[0].consequences == ("across/results-follow",)


def test_converted_scores_on_another_scale_are_not_compared() -> None:
    ten = TABLE.replace("95,6", "9,56").replace("95,1", "9,51")
    assert compared({}, {"issuer": "Tỉnh Điện Biên", "table": ten}).findings == ()


@pytest.mark.parametrize(
    ("letter", "verdict"),
    [
        ("UBND xã Ta Ma giảm 1,5 điểm so với tháng trước ở chỉ số tiến độ.", "contradicted"),
        ("Chỉ số tiến độ của UBND xã Ta Ma giảm 1,5 điểm so với tháng trước.", "contradicted"),
        ("Chỉ số tiến độ của UBND xã Ta Ma giảm 0,6 điểm so với tháng trước.", "confirmed"),
        ("Chỉ số tiến độ của UBND xã Ta Ma tăng so với tháng trước.", "contradicted"),
        ("Chỉ số tiến độ của UBND xã Ta Ma giảm so với tháng trước.", "confirmed"),
    ],
)
def test_a_change_is_judged_with_the_previous_report(letter: str, verdict: str) -> None:
    june = {"period": "2023-06", "table": TABLE.replace("29,2", "29,8")}
    found = compared({"letter": letter}, previous=(june,))
    assert [j.verdict for _, judged in found.judged for j in judged] == [verdict]
    assert len(found.findings) == (verdict == "contradicted")


def test_without_the_previous_report_nothing_is_judged() -> None:
    assert compared({"letter": "UBND xã Ta Ma giảm 1,5 điểm so với tháng trước."}).judged == ()


@pytest.mark.parametrize(
    ("period", "before", "year_before"),
    [
        ("2023-07", "2023-06", "2022-07"),
        ("2023-01", "2022-12", "2022-01"),
        ("2023-Q1", "2022-Q4", "2022-Q1"),
        ("2023-H2", "2023-H1", "2022-H2"),
        ("2022", "2021", "2021"),
        ("?", None, None),
    ],
)
def test_the_period_before(period: str, before: str | None, year_before: str | None) -> None:
    assert (period_before(period), period_before(period, year=True)) == (before, year_before)


def test_the_matrix_knows_who_owes_which_month() -> None:
    made = [_digest({}, 0), _digest({"period": "2025-08", "issuer": "Xã Tuần Giáo"}, 1)]
    seen = matrix(made, REGISTER)
    cells = dict(zip(seen.units, seen.cells, strict=True))
    assert seen.periods == ("2023-07", "2025-08")
    assert cells["Huyện Tuần Giáo"] == ("0.pdf", "")
    assert cells["Xã Tuần Giáo"] == ("", "1.pdf")
    assert cells["Huyện Nậm Pồ"] == (None, "")


def test_a_file_that_could_not_be_read_is_compared_with_nothing() -> None:
    broken = replace(_digest({}, 1), readable=False)
    assert across([_digest({}, 0), broken], REGISTER).findings == ()


@pytest.mark.parametrize(("expected", "apart"), [("33.45", 0), ("31.45", 1)])
def test_a_difference_follows_from_the_error_that_explains_it(expected: str, apart: int) -> None:
    other = TABLE.replace("33,45 | 95,6", "34,45 | 98,4")
    between = compared({"table": other}, {"issuer": "Tỉnh Điện Biên", "path": "tinh.pdf"}).findings
    (difference,) = between
    error = replace(difference, rule="total-mismatch", message="total-mismatch", expected=expected)
    alone, explained = causes(between, lambda document: [error][: document == error.document])
    assert (len(alone), len(explained)) == (apart, 1 - apart)
