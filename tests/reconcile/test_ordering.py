"""Runs of rows in order, and what a row's place says of its figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from reconcile.ordering import in_order
from tests.reconcile.sheets import ROWS_459, ROWS_1187, found, sheet

ZEROS = """
1,47 1,61 1,84 2 2 2 0 2 2 14,92 8,92 Tốt
2 1,69 2 2 2 2 2 0 1 14,69 9,69 Tốt
1,56 2 2 2 2 1,5 0 1,5 2 14,56 9,56 Tốt
2 2 1,51 2 2 2 1 0 2 13,51 9,51 Tốt
2 1,89 2 2 2 2 0 1,5 1 14,39 9,89 Tốt
1,77 2 2 2 2 0,5 2 0 2 14,27 9,77 Tốt
1,82 1,65 2 2 2 0 2 2 0,5 13,97 9,47 Tốt
1,41 2 2 2 2 2 0 1,5 1 13,91 9,41 Tốt
"""
"""The seventh criterion has 0 where it has not 2, so that a 1 in it looks wrong; the fourth total is."""


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([3, 2, 1], (0, 1, 2)), ([3, 3, 1], (0, 1, 2)), ([3, 1, 2], (0, 2)), ([], ()), ([1], (0,))],
)
def test_a_longest_run_in_order(scores: Sequence[int], expected: tuple[int, ...]) -> None:
    assert in_order([Decimal(s) for s in scores]) == expected


@pytest.mark.parametrize(
    ("at", "total"),
    [(1, "16,9"), (2, "15,8"), (2, "17,8"), (3, "15,68"), (3, "17,68"), (4, "14,96"), (0, "16,98")],
)
def test_a_total_that_its_row_stands_too_high_or_too_low_for_is_wrong(at: int, total: str) -> None:
    """Though a criterion of 1 where all others are 2, or the reverse, would explain it as well."""
    wrong = found(sheet(ROWS_1187, {at: {"total": total}}))
    assert [(message, field) for _, message, field in wrong] == [("total-mismatch", "total")]


def test_a_criterion_is_wrong_where_the_row_stands_in_the_place_of_its_total() -> None:
    wrong = found(sheet(ROWS_1187, {2: {"criterion_7": "1"}}))
    assert [field for _, _, field in wrong] == ["criterion_7"]


def test_in_a_table_in_no_order_a_place_tells_nothing() -> None:
    order = [3, 0, 5, 1, 4, 2]
    rows = [ROWS_1187[i] for i in order]
    wrong = found(sheet(rows, {0: {"total": "17,68"}}))
    assert [field for _, _, field in wrong] == ["criterion_7"]


def test_a_converted_score_that_its_row_stands_in_the_place_of_is_right() -> None:
    wrong = found(sheet(ROWS_459, {3: {"total": "67,20"}}))
    assert [field for _, _, field in wrong] == ["total"]


def test_the_order_outweighs_what_is_usual_in_a_column() -> None:
    rows = [
        dict(zip(ROWS_1187[0], line.split(" "), strict=True)) for line in ZEROS.strip().splitlines()
    ]
    assert [(message, field) for _, message, field in found(sheet(rows))] == [
        ("total-mismatch", "total")
    ]
