"""One wrong figure, one error, on the cell that most simply explains the row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reconcile.sheets import ROWS_459, ROWS_1187, examined, found, sheet, with_entry

WRONG = {
    "total, digits swapped": (5, {"total": "74,31"}, "total-mismatch/converted-agrees", "total"),
    "total, two digits swapped": (
        0,
        {"total": "87,07"},
        "total-mismatch/converted-agrees",
        "total",
    ),
    "total, comma moved": (4, {"total": "7,511"}, "total-mismatch/converted-agrees", "total"),
    "total and what follows from it": (
        7,
        {"total": "65,50", "converted": "77,1"},
        "total-mismatch/some-component",
        "total",
    ),
    "a component with one way out": (
        0,
        {"satisfaction_2": "4"},
        "total-mismatch/component",
        "satisfaction_2",
    ),
    "a component, digits swapped": (
        7,
        {"progress": "03,0"},
        "total-mismatch/component",
        "progress",
    ),
    "a component left out": (
        7,
        {"digitisation_2": ""},
        "total-mismatch/left-out",
        "digitisation_2",
    ),
    "a component over its maximum": (4, {"online_2": "43"}, "score-out-of-range", "online_2"),
    "a component over its maximum that the total counts": (
        6,
        {"satisfaction_1": "6", "total": "75,00", "converted": "88,2"},
        "score-out-of-range",
        "satisfaction_1",
    ),
    "a negative component": (7, {"online_1": "-4,2"}, "score-out-of-range/negative", "online_1"),
    "converted score": (3, {"converted": "98,6"}, "converted-mismatch", "converted"),
    "converted score and the rank that follows": (
        3,
        {"converted": "98,6", "rank": "Xuất sắc"},
        "converted-mismatch",
        "converted",
    ),
    "blank counted as zero": (
        3,
        {"converted": "76,2", "rank": "Khá"},
        "converted-mismatch/blank-as-zero",
        "converted",
    ),
    "zero for not applicable": (
        3,
        {"openness_3": "0"},
        "converted-mismatch/zero-counted",
        "openness_3",
    ),
    "denominator": (3, {"total": "76,20/80"}, "denominator-mismatch", "total"),
    "denominator and the converted score that follows": (
        3,
        {"total": "76,20/100", "converted": "76,2", "rank": "Khá"},
        "denominator-mismatch/carried",
        "total",
    ),
    "rank": (3, {"rank": "Xuất sắc"}, "rank-mismatch", "rank"),
}


@pytest.mark.parametrize(("at", "cells", "message", "field"), WRONG.values(), ids=WRONG.keys())
def test_one_wrong_figure_is_one_error(
    at: int, cells: dict[str, str], message: str, field: str
) -> None:
    assert found(sheet(ROWS_459, {at: cells})) == [("error", message, field)]


WRONG_1187 = {
    "total": (1, {"total": "19,7"}, "total-mismatch", "total"),
    "rank": (0, {"rank": "Tốt"}, "rank-mismatch", "rank"),
    "rank of the wrong side": (5, {"rank": "Xuất sắc"}, "rank-mismatch", "rank"),
    "officers' average": (
        4,
        {"officer_average": "8"},
        "officer-average-mismatch",
        "officer_average",
    ),
    "officers' average, a criterion being 0": (
        4,
        {"criterion_5": "0", "total": "13,96", "rank": "Tốt", "officer_average": "0"},
        "officer-average-mismatch",
        "officer_average",
    ),
    "total, one digit": (3, {"total": "16,78"}, "total-mismatch", "total"),
    "a criterion in total and average": (
        2,
        {"criterion_3": "1"},
        "total-mismatch/component",
        "criterion_3",
    ),
    "a criterion over 2": (0, {"criterion_9": "3"}, "score-out-of-range", "criterion_9"),
}


@pytest.mark.parametrize(
    ("at", "cells", "message", "field"), WRONG_1187.values(), ids=WRONG_1187.keys()
)
def test_one_wrong_figure_under_1187(
    at: int, cells: dict[str, str], message: str, field: str
) -> None:
    assert found(sheet(ROWS_1187, {at: cells})) == [("error", message, field)]


RIGHT = {
    "as printed": {},
    "a total without its zeros": {6: {"total": "74"}},
    "denominators": {i: {"total": row["total"] + "/85"} for i, row in enumerate(ROWS_459)},
    "blanks instead of dashes": {i: {"openness_1": "", "openness_3": ""} for i in range(9)},
    "a converted score cut off": {6: {"converted": "87,0"}},
    "an indicator that applies to one unit only": {
        8: {"openness_3": "10,0", "total": "68,42", "converted": "72,0", "rank": "Khá"}
    },
}


@pytest.mark.parametrize("changes", RIGHT.values(), ids=RIGHT.keys())
def test_honest_rows_are_left_alone(changes: dict[int, dict[str, str]]) -> None:
    assert found(sheet(ROWS_459, changes)) == []


def test_honest_rows_under_1187_are_left_alone() -> None:
    assert found(sheet(ROWS_1187)) == []


def test_the_issues_example_names_the_total_and_the_slip() -> None:
    row = {**ROWS_459[5], "openness_2": "5", "converted": "87,5", "total": "73,49"}
    findings, _ = examined(sheet([*ROWS_459[:5], row, *ROWS_459[6:]]))
    (error,) = [f for f in findings if f.severity == "error"]
    assert (error.field, error.printed, error.expected, error.difference, error.likely) == (
        "total",
        "73,49",
        "74.39",
        "-0.9",
        "digits-swapped",
    )


def test_what_follows_from_the_error_is_told_with_it() -> None:
    findings, tallies = examined(sheet(ROWS_459, {3: {"converted": "98,6", "rank": "Xuất sắc"}}))
    (error,) = [f for f in findings if f.severity == "error"]
    assert error.consequences == ("rank-mismatch",)
    assert next(t for t in tallies if t.rule == "rank-mismatch" and t.failed == 0).undecided == 1


def test_components_that_may_be_wrong_are_listed() -> None:
    findings, _ = examined(
        sheet(ROWS_459, {8: {"total": "60,42", "converted": "71,1", "rank": "Khá"}})
    )
    (error,) = [f for f in findings if f.severity == "error"]
    assert error.message == "total-mismatch/some-component"
    assert {"online_1", "online_2", "digitisation_1"} <= set(
        dict(error.facts)["components"].split(";")
    )


def test_an_average_that_follows_from_other_criteria_is_only_a_warning() -> None:
    wrong = {5: {"criterion_4": "1", "total": "13,06", "officer_average": "9,06"}}
    rows = sheet(ROWS_1187, {5: {**wrong[5], "criterion_6": "2"}})
    assert found(rows) == [
        ("warning", "officer-average-mismatch/other-criteria", "officer_average")
    ]


def test_a_total_that_rounding_hardly_explains_is_improbable() -> None:
    rows = sheet(ROWS_459, {7: {"total": "67,99", "converted": "80,0", "rank": "Tốt"}})
    assert found(rows) == [("warning", "total-improbable", "total")]


def test_two_wrong_figures_are_two_errors() -> None:
    rows = sheet(ROWS_459, {3: {"total": "67,20", "converted": "59,6", "rank": "Tốt"}})
    assert [f[2] for f in found(rows)] == ["total", "converted"]


def test_a_row_that_we_may_have_misread_is_for_a_person_to_look_at() -> None:
    rows = sheet(ROWS_459, {3: {"converted": "98,6"}})
    doubtful = with_entry(rows, 3, "online_1", origin="ocr", confidence=0.9)
    findings, _ = examined(doubtful)
    assert [(f.severity, f.cause) for f in findings] == [("warning", "reading")]


def test_an_unread_component_leaves_the_row_undecided() -> None:
    rows = with_entry(sheet(ROWS_459), 3, "online_1", status="uncertain")
    _, tallies = examined(rows)
    by_rule = {t.rule: (t.passed, t.failed, t.undecided) for t in tallies}
    assert by_rule["total-mismatch"] == (8, 0, 1)
    assert by_rule["converted-mismatch"] == (8, 0, 1)


def test_a_unit_without_scores_is_no_subject() -> None:
    blank = dict.fromkeys(ROWS_1187[0], "")
    findings, tallies = examined(sheet([*ROWS_1187, blank]))
    assert findings == ()
    assert next(t for t in tallies if t.rule == "total-mismatch").passed == len(ROWS_1187)


def test_without_a_methodology_every_row_is_undecided() -> None:
    findings, tallies = examined(replace(sheet(ROWS_459), methodology=None))
    assert findings == ()
    assert next(t for t in tallies if t.rule == "total-mismatch").undecided == len(ROWS_459)


@pytest.mark.parametrize(
    ("at", "cells", "expected"),
    [
        (4, {"officer_average": "8"}, "9.96"),
        (0, {"total": "71,89"}, "17.98"),
    ],
)
def test_what_is_expected_is_what_the_printed_figures_give(
    at: int, cells: dict[str, str], expected: str
) -> None:
    findings, _ = examined(sheet(ROWS_1187, {at: cells}))
    assert [f.expected for f in findings] == [expected]
