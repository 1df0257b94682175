from __future__ import annotations

from decimal import Decimal

import pytest

from normalise.submission import Rank
from reconcile.diagnosis import judged_tables
from reconcile.engine import ranks_in, recompute
from reconcile.interval import Interval
from tests.reconcile.sheets import CRITERIA, INDICATORS, ROWS_459, ROWS_1187, sheet, with_entry


def test_a_row_is_recomputed_from_its_components() -> None:
    (table,) = judged_tables(sheet(ROWS_459), INDICATORS)
    again = recompute(table.rows.figures[3])
    assert again.applicable_max == "85"
    assert again.total == ("75.93", "76.35")
    assert again.converted == ("89.329412", "89.823529")
    assert (again.rank, again.ranks) == ("good", ("good",))


def test_a_total_is_ranked_where_the_methodology_says_so() -> None:
    (table,) = judged_tables(sheet(ROWS_1187), CRITERIA)
    again = recompute(table.rows.figures[5])
    assert (again.converted, again.rank) == (None, "good")


def test_a_row_with_an_unread_component_is_not_recomputed() -> None:
    rows = with_entry(sheet(ROWS_459), 3, "online_1", status="unreadable", value=None)
    (table,) = judged_tables(rows, INDICATORS)
    again = recompute(table.rows.figures[3])
    assert (again.applicable_max, again.total, again.converted, again.ranks) == (
        None,
        None,
        None,
        (),
    )


@pytest.mark.parametrize(
    ("low", "high", "scale", "expected"),
    [
        ("90", "90", 100, ["excellent"]),
        ("89.95", "90.05", 100, ["excellent", "good"]),
        ("89.99", "89.99", 100, ["good"]),
        ("9", "9", 10, ["excellent"]),
        ("80", "80", 100, ["good", "fair"]),
        ("49", "49", 100, ["weak"]),
        ("0", "100", 100, ["excellent", "good", "fair", "average", "weak"]),
        ("100.5", "101", 100, ["excellent"]),
        ("-1", "-1", 100, ["weak"]),
    ],
)
def test_every_rank_that_an_interval_may_have(
    low: str, high: str, scale: int, expected: list[Rank]
) -> None:
    scores = Interval(Decimal(low), Decimal(high))
    assert list(ranks_in(scores, INDICATORS, Decimal(scale))) == expected


def test_a_boundary_that_is_not_proven_leaves_both_ranks() -> None:
    fifteen = Interval(Decimal(15), Decimal(15))
    assert ranks_in(fifteen, CRITERIA, None) == ("excellent", "good")
