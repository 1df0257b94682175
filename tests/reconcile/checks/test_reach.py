"""Rows of which a component cannot be read: a total is doubted only where nothing in its place would give it."""

from __future__ import annotations

import pytest

from tests.reconcile.sheets import ROWS_459, found, sheet, with_entry

ROW = 4


@pytest.mark.parametrize(
    ("total", "said"),
    [
        ("70,00", []),
        ("66,30", []),
        ("76,60", []),
        ("76,90", [("warning", "total-mismatch/out-of-reach", "total")]),
        ("66,00", [("warning", "total-mismatch/out-of-reach", "total")]),
    ],
)
def test_a_scanned_total_out_of_reach_is_for_a_person_to_look_at(
    total: str, said: list[tuple[str, str, str]]
) -> None:
    rows = sheet(ROWS_459, {ROW: {"total": total, "converted": "", "rank": "", "online_1": "⁄n*"}})
    read = with_entry(rows, ROW, "online_1", origin="ocr", confidence=0.3)
    assert [f for f in found(read) if f[1].startswith("total")] == said
