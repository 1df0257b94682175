"""Statistics of the same report single out a component, and are not told of twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from normalise.register import Register
from normalise.submission import Submission
from reconcile.examine import examine
from tests.reconcile.sheets import METHODOLOGIES, ROWS_459, sheet

CASES = {
    0: (66, 100),
    1: (77, 100),
    2: (56, 100),
    3: (21, 50),
    4: (43, 100),
    5: (24, 50),
    6: (0, 9),
}
"""Files paid online and all files of the rows' units: ten times their ratio is `online_2`."""


def _with_fees(changes: Mapping[int, Mapping[str, str]]) -> Submission:
    scored = sheet(ROWS_459, changes)
    cells = [
        {"online_cases": str(online), "total_cases": str(total)} for online, total in CASES.values()
    ]
    fees = replace(sheet(cells).tables[0], id="t2", kind="fees")
    whole = tuple(
        replace(row, entries=tuple(replace(e, precision=0) for e in row.entries))
        for row in fees.rows
    )
    return replace(scored, tables=(*scored.tables, replace(fees, rows=whole)))


@pytest.mark.parametrize(
    ("at", "cells", "expected"),
    [
        (0, {}, []),
        (3, {"online_2": "7,1"}, [("total-mismatch", "online_2")]),
        (4, {"digitisation_1": "1,3"}, [("total-mismatch", "digitisation_1")]),
        (
            4,
            {"online_2": "3,4", "total": "74,21", "converted": "87,3"},
            [("evidence-mismatch", "online_2")],
        ),
    ],
)
def test_one_wrong_component_is_one_error(
    at: int, cells: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    result = examine(_with_fees({at: cells}), METHODOLOGIES, Register(()))
    errors = [f for f in result.findings if f.severity == "error" and f.table == "t1"]
    assert [(f.rule, f.field) for f in errors] == expected


def test_the_statistics_say_what_the_component_should_be() -> None:
    result = examine(_with_fees({3: {"online_2": "7,1"}}), METHODOLOGIES, Register(()))
    (error,) = [f for f in result.findings if f.severity == "error" and f.table == "t1"]
    assert Decimal(error.expected or 0) == Decimal("4.2")
    assert "evidence-mismatch" in error.consequences


def test_statistics_bear_out_no_row_of_a_unit_that_stands_twice() -> None:
    whole = _with_fees({})
    scores, fees = whole.tables
    rows = list(scores.rows)
    rows[4] = replace(rows[4], unit=rows[1].unit)
    twice = replace(whole, tables=(replace(scores, rows=tuple(rows)), fees))
    result = examine(twice, METHODOLOGIES, Register(()))
    assert [f.rule for f in result.findings if f.severity == "error"] == ["unit-duplicate"]
