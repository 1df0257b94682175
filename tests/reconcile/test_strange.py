"""What a recognised table cannot mean leaves it, or the cell, in doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalise.number import parse
from normalise.submission import CellStatus, FieldTable
from reconcile.methodology import load_methodologies
from reconcile.strange import at_odds, misplaced, with_doubts
from tests.reconcile.noise import table_of
from tests.reconcile.test_statistics_witness import ROWS, statistics
from tests.reconcile.test_witness import cells, sure

INDICATORS = load_methodologies()["dien-bien-459-2023"]


def scores(*rows: str) -> FieldTable:
    return table_of([[sure(f, t) for f, t in cells(row).items()] for row in rows])


@pytest.mark.parametrize(
    ("rows", "strange"),
    [
        (ROWS, False),
        (("48 48 100 0", "153 152 99,35 1", "40 39 97,5 1", "209 51 244 158"), False),
        (("48 100 48 0", "153 99,35 152 1", "40 97,5 390 1", "209 24,4 510 158"), True),
        (("48 48 480 0", "153 152 152 1", "40 39 390 1", "209 51 510 158"), True),
    ],
    ids=["as the headings say", "one wrong rate", "rates under counts", "counts under rates"],
)
def test_columns_whose_figures_are_none_of_their_headings_are_misplaced(
    rows: tuple[str, ...], strange: bool
) -> None:
    assert misplaced(statistics({}, rows)) is strange


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        (ROWS, set()),
        (("48 48 10 0", *ROWS[1:]), set()),
        (
            ("48 48 10 0", "153 152 20 1", "40 39 30 1", "209 51 40 158"),
            {"received", "received_digitised", "received_rate"},
        ),
    ],
    ids=["they hold", "one wrong rate", "another column's rates"],
)
def test_columns_of_a_rate_that_most_rows_break_are_at_odds(
    rows: tuple[str, ...], fields: set[str]
) -> None:
    assert at_odds(statistics({}, rows)) == fields


@pytest.mark.parametrize(
    ("progress", "strange"),
    [
        (("30", "25,31", "27,4"), False),
        (("30", "65,01", "27,4"), False),
        (("86,32", "65,01", "46,17"), True),
    ],
    ids=["scores", "one over its maximum", "rates under scores"],
)
def test_scores_beyond_their_maximum_throughout_are_another_column(
    progress: tuple[str, ...], strange: bool
) -> None:
    rows = [f"- 5 - {p} 7,74 10 5 10 5 5 5 82,74 97,34 Xuất_sắc" for p in progress]
    assert misplaced(scores(*rows), INDICATORS) is strange


@pytest.mark.parametrize(
    ("field", "printed", "times", "status"),
    [
        ("converted", "78,08/85", 1, "uncertain"),
        ("total", "78,08/85", 1, "as-read"),
        ("online_1", "7,74/10", 1, "as-read"),
        ("online_1", "7,74/85", 1, "uncertain"),
        ("openness_1", "*", 1, "uncertain"),
        ("openness_1", "*", 3, "uncertain"),
        ("openness_1", "x", 1, "uncertain"),
        ("openness_1", "x", 3, "not-applicable"),
        ("openness_1", "-", 1, "not-applicable"),
    ],
)
def test_a_cell_that_says_what_its_column_cannot_is_in_doubt(
    field: str, printed: str, times: int, status: CellStatus
) -> None:
    table = scores(*["5 5 - 30 7,74 10 5 10 5 5 5 87,74 97,49 Xuất_sắc"] * 3)
    figure = parse(printed, ",")
    told = replace(sure(field, printed), denominator=figure.denominator if figure else None)
    rows = tuple(
        replace(r, entries=tuple(told if e.field == field else e for e in r.entries))
        if i < times
        else r
        for i, r in enumerate(table.rows)
    )
    entry = with_doubts(replace(table, rows=rows), INDICATORS).rows[0].entry(field)
    assert entry is not None
    assert entry.status == status


@pytest.mark.parametrize(("doubtful", "status"), [(4, "as-read"), (8, "uncertain")])
def test_what_is_left_of_a_row_in_tatters_is_in_doubt(doubtful: int, status: CellStatus) -> None:
    table = scores("5 5 - 30 7,74 10 5 10 5 5 5 87,74 97,49 Xuất_sắc")
    (row,) = table.rows
    entries = tuple(
        replace(e, status="uncertain") if i < doubtful else e for i, e in enumerate(row.entries)
    )
    found = with_doubts(replace(table, rows=(replace(row, entries=entries),)), INDICATORS)
    entry = found.rows[0].entry("total")
    assert entry is not None
    assert entry.status == status
