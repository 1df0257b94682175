from __future__ import annotations

from dataclasses import replace

import pytest

from extract.document import Reading
from tests.reconcile.sheets import ROWS_459, ROWS_1187, examined, found, sheet, with_entry


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


TOLD = [("warning", "reading")]


@pytest.mark.parametrize(
    ("printed", "confidence", "said"),
    [("chưa có", 0.84, TOLD), ("⁄n*", 0.37, []), ("#VALUE!", 0.37, TOLD)],
    ids=["text", "noise", "broken formula"],
)
def test_an_unreadable_cell_of_a_scan_is_our_reading_and_noise_says_nothing(
    printed: str, confidence: float, said: list[tuple[str, str]]
) -> None:
    rows = with_entry(
        sheet(ROWS_459, {4: {"online_1": printed}}),
        4,
        "online_1",
        origin="ocr",
        confidence=confidence,
    )
    findings, tallies = examined(rows)
    assert [(f.severity, f.cause) for f in findings] == said
    (tally,) = (t for t in tallies if t.rule == "unreadable-number")
    assert tally.undecided == (not said)


@pytest.mark.parametrize(
    ("readings", "told"),
    [
        ((("2,00", 0.38), ("2o00", 0.31), ("26,00", 0.27)), True),
        ((("7,74x", 0.9),), True),
        ((("1,54", 0.38), ("1,543,", 0.53), ("1,54/,", 0.02)), True),
        ((("1,54", 0.6), ("1,543,", 0.4)), False),
        ((("7,74", 0.9), ("7o4", 0.1)), False),
        ((("7,74", 0.5), ("7,7l", 0.5)), False),
        ((("§6", 0.6), ("86", 0.4)), False),
    ],
)
def test_a_doubtful_figure_in_which_a_letter_was_seen_is_told_of(
    readings: tuple[tuple[str, float], ...], told: bool
) -> None:
    rows = with_entry(
        sheet(ROWS_459),
        4,
        "online_1",
        printed=readings[0][0],
        status="uncertain",
        origin="ocr",
        readings=tuple(Reading(text, weight, "ocr") for text, weight in readings),
    )
    findings, _ = examined(rows)
    said = [(f.severity, f.cause, f.message) for f in findings if f.rule == "unreadable-number"]
    assert said == ([("warning", "reading", "unreadable-number/letter")] if told else [])


def test_an_average_of_the_components_needs_no_results() -> None:
    submission = sheet([*ROWS_459, {**ROWS_459[-1], "total": "", "converted": "", "rank": ""}])
    (table,) = submission.tables
    average = replace(table.rows[-1], kind="average", serial=None)
    rows = (*table.rows[:-1], average)
    assert found(replace(submission, tables=(replace(table, rows=rows),))) == []


def test_words_in_a_column_without_a_meaning_are_undecided() -> None:
    rows = [{**cells, "column_15": "=; 4 |"} for cells in ROWS_459]
    assert found(sheet(rows)) == []
    _, tallies = examined(sheet(rows))
    (tally,) = (t for t in tallies if t.rule == "unreadable-number")
    assert (tally.failed, tally.undecided) == (0, len(ROWS_459))
