from __future__ import annotations

import pytest

from tests.reconcile.sheets import ROWS_459, ROWS_1187, found, sheet, with_entry


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"online_1": "1O,O"}, [("warning", "unreadable-number", "online_1")]),
        ({"total": ""}, [("warning", "unreadable-number/blank", "total")]),
        ({"converted": "-"}, [("warning", "unreadable-number/blank", "converted")]),
    ],
)
def test_cells_that_should_hold_a_number(
    cells: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    assert found(sheet(ROWS_459, {4: cells})) == expected


def test_a_unit_without_scores_may_have_blank_results() -> None:
    assert found(sheet([*ROWS_1187, dict.fromkeys(ROWS_1187[0], "")])) == []


def test_an_unreadable_cell_of_a_scan_is_our_reading() -> None:
    from tests.reconcile.sheets import examined

    rows = with_entry(sheet(ROWS_459, {4: {"online_1": "1O,O"}}), 4, "online_1", origin="ocr")
    (finding,) = examined(rows)[0]
    assert (finding.severity, finding.cause) == ("warning", "reading")
