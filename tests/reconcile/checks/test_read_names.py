"""How the names of a scan are spelt: other letters are for a person to compare, other marks a note at most."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalise.submission import Claim, MatchKind, ScoredRow, UnitMatch
from normalise.units import PrintedName, Scope, match_table
from tests.reconcile.checks.test_names import (
    COMMUNES,
    DISTRICT,
    REGISTER,
    examined,
    found,
    submission,
)


def scanned(in_table: str, in_letter: str) -> list[tuple[str, str, str | None]]:
    """What is said of a scan whose table and letter have a name so."""
    names = [in_table if n == "UBND xã Nà Sáy" else n for n in COMMUNES]
    scope = Scope(DISTRICT, "2023-07")
    units = match_table([PrintedName(in_letter, None, ocr=True)], scope, REGISTER)
    claim = Claim(
        f"01 đơn vị xếp loại tốt: {in_letter}.",
        1,
        None,
        "list",
        (("what", "rank"),),
        units,
        origin="ocr",
    )
    return found(submission(names, (claim,), ocr=True))


def test_a_scan_that_has_other_letters_in_table_and_letter_is_to_be_compared_with_the_paper() -> (
    None
):
    assert scanned("UBND xã Nà Sá", "UBND xã Nà Sá") == [
        ("unit-misspelt/reading", "warning", "Xã Nà Sáy")
    ]


@pytest.mark.parametrize(
    ("in_table", "in_letter"),
    [
        ("UBND xã Nà Sá", "UBND xã Nà Sáy"),
        ("UBND xã Nà Sá", "UBND xã Nà Say"),
        ("UBND xã Nà Sấy", "UBND xã Nà Sấy"),
        ("UBND xã Nà Sáy", "UBND xã Nà Sáy"),
        ("UBND xã Nà Sáy |", "UBND xã Nà Sáy |"),
        ("UBND xãã Nà Sááy", "UBND xãã Nà Sááy"),
        ("UBND xi Nà Sáy", "UBND xi Nà Sáy"),
    ],
    ids=[
        "letter right",
        "letter without marks",
        "other marks",
        "right",
        "a stroke beside it",
        "letters read twice",
        "another kind word",
    ],
)
def test_what_recognition_may_make_of_a_name_is_let_alone(in_table: str, in_letter: str) -> None:
    assert scanned(in_table, in_letter) == []


def test_a_name_read_otherwise_in_one_place_only_is_undecided() -> None:
    names = ["UBND xã Nà Sá" if n == "UBND xã Nà Sáy" else n for n in COMMUNES]
    findings, tallies = examined(submission(names, ocr=True))
    assert findings == ()
    assert tallies["unit-misspelt"].undecided == 1


@pytest.mark.parametrize(
    ("read", "weight", "said"),
    [
        ("UBND xã Nà Say", 0.93, [("unit-misspelt/marks", "Xã Nà Sáy")]),
        ("UBND xã Nà Say", 0.84, []),
        ("UBND xã Nà Sáy", 0.93, []),
    ],
    ids=["surely read", "hardly read", "right"],
)
def test_other_marks_are_a_note_where_they_were_surely_read(
    read: str, weight: float, said: list[tuple[str, str]]
) -> None:
    names = [read if n == "UBND xã Nà Sáy" else n for n in COMMUNES]
    findings, _ = examined(submission(names, ocr=True, weight=weight))
    assert [(f.message, f.unit) for f in findings] == said
    assert all((f.severity, f.cause) == ("info", "reading") for f in findings)


@pytest.mark.parametrize(
    ("matches", "said"),
    [
        (("variant", "ambiguous"), [("warning", "unit-duplicate/reading", "Xã Nà Sáy")]),
        (("ambiguous", "variant"), [("warning", "unit-duplicate/reading", "Xã Nà Sáy")]),
        (("ambiguous", "ambiguous"), []),
    ],
)
def test_a_name_read_in_two_rows_is_to_be_compared_with_the_paper(
    matches: tuple[MatchKind, MatchKind], said: list[tuple[str, str, str]]
) -> None:
    given = submission(["UBND xã Nà Sáy", "UBND xã Ta Ma", "UBND xã Nà Sáy"], ocr=True)
    (table,) = given.tables
    first, other, last = table.rows
    rows = (_as(first, matches[0]), other, _as(last, matches[1]))
    findings, _ = examined(replace(given, tables=(replace(table, rows=rows),)))
    assert [(f.severity, f.message, dict(f.facts)["name"]) for f in findings] == said


def _as(row: ScoredRow, match: MatchKind) -> ScoredRow:
    known = match != "ambiguous"
    unit = UnitMatch(
        row.unit.printed,
        "Xã Nà Sáy" if known else None,
        "03250" if known else None,
        match,
        0.99 if known else 0.4,
        ocr=True,
    )
    return replace(row, unit=unit)
