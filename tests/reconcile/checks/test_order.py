from __future__ import annotations

from dataclasses import replace

import pytest

from normalise.submission import Submission
from tests.reconcile.sheets import ROWS_459, examined, found, sheet, with_rows


def _numbered(serials: str, sections: str = "") -> Submission:
    submission = sheet(ROWS_459)
    rows = submission.tables[0].rows
    parts = sections or "A" * len(rows)
    return with_rows(
        submission,
        [
            replace(row, serial=serial if serial != "_" else None, section=section)
            for row, serial, section in zip(rows, serials.split(), parts, strict=True)
        ],
    )


@pytest.mark.parametrize(
    ("serials", "sections"),
    [
        ("1 2 3 4 5 6 7 8 9", ""),
        ("1. 2. 3. 4. 5. 6. 7. 8. 9.", ""),
        ("1 2 3 4 1 2 3 4 5", "AAAABBBBB"),
        ("1 2 3 4 5 6 7 8 9", "AAAABBBBB"),
        ("_ _ _ _ _ _ _ _ _", ""),
        ("1 2 _ 4 5 6 7 8 9", ""),
    ],
)
def test_serial_numbers_in_order(serials: str, sections: str) -> None:
    assert found(_numbered(serials, sections)) == []


@pytest.mark.parametrize(
    ("serials", "sections", "printed", "expected"),
    [
        ("1 2 3 5 6 7 8 9 10", "", "5", "4"),
        ("1 2 3 3 4 5 6 7 8", "", "3", "4"),
        ("1 2 3 6 9 8 5 4 7", "", "6", "4"),
        ("2 3 4 5 6 7 8 9 10", "", "2", "1"),
        ("1 2 3 4 3 4 5 6 7", "AAAABBBBB", "3", "1"),
    ],
)
def test_serial_numbers_that_break_off(
    serials: str, sections: str, printed: str, expected: str
) -> None:
    (finding,) = [f for f in examined(_numbered(serials, sections))[0] if f.severity != "info"]
    assert (finding.message, finding.severity) == ("order-broken/serial", "warning")
    assert (finding.printed, finding.expected) == (printed, expected)


def _moved(order: str) -> Submission:
    return sheet([ROWS_459[int(i)] for i in order])


@pytest.mark.parametrize("order", ["012345678", "630827154", "876543210", "3104"])
def test_rows_in_order_or_in_no_order_are_left_alone(order: str) -> None:
    assert found(_moved(order)) == []


def test_a_row_out_of_order_is_named() -> None:
    findings, _ = examined(_moved("012354678"))
    (finding,) = findings
    assert (finding.severity, finding.message) == ("warning", "order-broken/score")
    assert finding.printed in ("88,4", "87,2")


def test_a_wrong_score_is_no_row_out_of_order() -> None:
    assert [f[1] for f in found(sheet(ROWS_459, {4: {"converted": "78,4"}}))] == [
        "converted-mismatch"
    ]
