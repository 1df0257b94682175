from __future__ import annotations

import pytest

from tests.reconcile.sheets import ROWS_459, ROWS_1187, examined, found, sheet, with_entry


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {"total": "76,50", "converted": "90,0", "online_2": "4,5"},
            ("info", "borderline-rank", "rank"),
        ),
        (
            {"total": "76,46", "converted": "90,0", "online_2": "4,5", "rank": "Xuất sắc"},
            ("info", "borderline-rank", "rank"),
        ),
        (
            {"total": "76,50", "converted": "90,0", "online_2": "4,5", "rank": "Khá"},
            ("error", "rank-mismatch", "rank"),
        ),
        ({"rank": "Trung bình khá"}, ("warning", "rank-mismatch/unknown-label", "rank")),
        ({"rank": ""}, ("warning", "rank-mismatch/missing", "rank")),
    ],
)
def test_ranks(cells: dict[str, str], expected: tuple[str, str, str]) -> None:
    rows = sheet(ROWS_459, {3: {"rank": "Xuất sắc", **cells}})
    assert found(rows, "info") == [expected]


def test_a_rank_against_the_print_that_only_rounding_allows_is_a_warning() -> None:
    rows = sheet(ROWS_459, {3: {"online_2": "4,5", "total": "76,50", "converted": "90,0"}})
    assert found(rows) == [("warning", "borderline-rank/against-print", "rank")]


def test_a_boundary_that_is_not_proven_accuses_neither_rank() -> None:
    for rank in ("Xuất sắc", "Tốt"):
        cells = {"criterion_1": "2", "criterion_2": "2", "total": "15", "officer_average": "10"}
        rows = sheet(ROWS_1187, {5: {**cells, "rank": rank}})
        assert found(rows) == []
        assert found(rows, "info") == [("info", "borderline-rank", "rank")]


def test_a_rank_is_judged_by_the_printed_score_alone_while_a_component_is_unread() -> None:
    rows = with_entry(
        sheet(ROWS_459, {3: {"rank": "Khá"}}), 3, "online_1", status="unreadable", value=None
    )
    findings, _ = examined(rows)
    assert [f.message for f in findings if f.field == "rank"] == ["rank-mismatch"]


def test_an_unread_rank_is_undecided() -> None:
    rows = with_entry(sheet(ROWS_459), 3, "rank", status="uncertain")
    assert found(rows) == []
    _, tallies = examined(rows)
    assert next(t for t in tallies if t.rule == "rank-mismatch").undecided == 1
