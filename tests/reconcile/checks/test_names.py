from __future__ import annotations

from dataclasses import replace

import pytest

from extract.document import Reading
from normalise.register import load_register
from normalise.submission import Claim, FieldTable, Issuer, ScoredRow, Submission
from normalise.units import PrintedName, Scope, match_table
from reconcile.check import run
from reconcile.checks import names, read_names
from reconcile.finding import Finding, Tally

REGISTER = load_register()
DISTRICT = REGISTER.find("099", "2023-07")
COMMUNES = [
    f"UBND {u.kind} {u.short_name}"
    for u in (REGISTER.children(DISTRICT) if DISTRICT else ())
    if u.level == "commune"
]
ALL = Claim("thực hiện chấm điểm đánh giá 19/19 đơn vị", 1, None, "count",
            (("what", "assessed"), ("n", "19"), ("of", "19"), ("level", "commune")))  # fmt: skip


def submission(
    printed: list[str],
    claims: tuple[Claim, ...] = (),
    ocr: bool = False,
    kind: str = "scores",
    weight: float = 0.8,
) -> Submission:
    readings = [(Reading(n, weight, "ocr"),) if ocr else () for n in printed]
    listed = [PrintedName(n, "UBND cấp xã", ocr, r) for n, r in zip(printed, readings, strict=True)]
    matches = match_table(listed, Scope(DISTRICT, "2023-07"), REGISTER)
    rows = tuple(
        ScoredRow(i, "unit", 3, None, str(i + 1), match, ()) for i, match in enumerate(matches)
    )
    table = FieldTable("t1", kind, 3, "", (), rows)  # type: ignore[arg-type]
    return Submission(
        path="report.pdf",
        sha256="",
        status="ok",
        source="digital",
        pages=3,
        issuer=Issuer("HUYỆN TUẦN GIÁO", "Huyện Tuần Giáo", "099"),
        period="2023-07",
        tables=(table,),
        claims=claims,
    )


def examined(given: Submission) -> tuple[tuple[Finding, ...], dict[str, Tally]]:
    subjects = (s for area in (names, read_names) for s in area.subjects(given, None, REGISTER))
    findings, tallies = run(subjects, given.path)
    return findings, {t.rule: t for t in tallies}


def found(given: Submission) -> list[tuple[str, str, str | None]]:
    return [(f.message, f.severity, f.unit) for f in examined(given)[0]]


def test_right_names_are_counted_and_nothing_is_said() -> None:
    findings, tallies = examined(submission(COMMUNES, (ALL,)))
    assert findings == ()
    assert {rule: t.passed for rule, t in tallies.items()} == {
        "unit-unknown": 19,
        "unit-misspelt": 19,
        "unit-duplicate": 19,
        "unit-missing": 19,
    }


@pytest.mark.parametrize(
    ("name", "message", "unit"),
    [
        ("UBND xã Tênh Phong", "unit-misspelt", "Xã Tênh Phông"),
        ("UBND phường Tênh Phông", "unit-misspelt/kind", "Xã Tênh Phông"),
        ("UBND xã Bình Khánh", "unit-unknown", "UBND xã Bình Khánh"),
        ("UBND xã Na Tông", "unit-unknown/other-issuer", "UBND xã Na Tông"),
        ("UBND phường Điện Biên Phủ", "unit-unknown/ended", "UBND phường Điện Biên Phủ"),
    ],
)
def test_a_wrong_name_is_one_warning(name: str, message: str, unit: str) -> None:
    others = [c for c in COMMUNES if "Tênh" not in c]
    assert found(submission([*others, name])) == [(message, "warning", unit)]


def test_a_misspelling_says_what_is_right() -> None:
    finding = examined(submission(["UBND xã Tênh Phong"]))[0][0]
    assert (finding.printed, finding.expected) == ("UBND xã Tênh Phong", "Xã Tênh Phông")
    assert (finding.table, finding.row, finding.page) == ("t1", 0, 3)


def test_what_ocr_read_is_never_called_misspelt() -> None:
    assert found(submission(["UBND xã Tênh Phong", "UBND xã Tỏa Tinh"], ocr=True)) == []


def test_what_ocr_could_not_read_is_a_question() -> None:
    (finding,) = examined(submission(["UBND xã |~#~"], ocr=True))[0]
    assert (finding.message, finding.severity, finding.cause) == (
        "unit-unknown/reading",
        "warning",
        "reading",
    )


def test_a_name_of_two_units_is_undecided() -> None:
    given = submission(["UBND xã Pú Xi"])
    row = given.tables[0].rows[0]
    unsure = replace(row.unit, match="ambiguous", canonical=None, code=None)
    table = replace(given.tables[0], rows=(replace(row, unit=unsure),))
    findings, tallies = examined(replace(given, tables=(table,)))
    assert findings == ()
    assert tallies["unit-unknown"].undecided == 1


def test_a_name_near_to_one_unit_only_is_asked_about() -> None:
    given = submission(["UBND xã Pú Xi"])
    row = given.tables[0].rows[0]
    likely = replace(
        row.unit, match="ambiguous", canonical=None, code=None, score=0.95, rivals=("Xã Pú Xi",)
    )
    table = replace(given.tables[0], rows=(replace(row, unit=likely),))
    said = [message for message, *_ in found(replace(given, tables=(table,)))]
    assert said == ["unit-misspelt/perhaps"]
    read = replace(row, unit=replace(likely, ocr=True))
    assert found(replace(given, tables=(replace(table, rows=(read,)),))) == []


def test_names_of_an_unknown_issuer_are_undecided() -> None:
    matches = match_table([PrintedName("UBND xã Bình Khánh")], Scope(None, "2023-07"), REGISTER)
    given = submission(["UBND xã Pú Xi"])
    row = replace(given.tables[0].rows[0], unit=matches[0])
    findings, tallies = examined(
        replace(given, issuer=None, tables=(replace(given.tables[0], rows=(row,)),))
    )
    assert findings == ()
    assert tallies["unit-unknown"].undecided == 1


def test_a_unit_twice_is_an_error() -> None:
    given = submission([*COMMUNES[:6], COMMUNES[2]])
    (finding,) = examined(given)[0]
    assert (finding.message, finding.severity, finding.row) == ("unit-duplicate", "error", 6)
    assert dict(finding.facts)["first"] == "3"
    read = submission([*COMMUNES[:6], COMMUNES[2]], ocr=True)
    assert [f.severity for f in examined(read)[0]] == ["warning"]


def test_a_unit_twice_under_an_accepted_second_spelling_is_an_error() -> None:
    names = ["UBND xã Toả Tình", "UBND xã Pú Xi", "UBND xã Tỏa Tình", "UBND xã Ta Ma"]
    assert found(submission(names)) == [("unit-duplicate", "error", "Xã Tỏa Tình")]


def test_a_table_that_lists_units_by_month_repeats_them_on_purpose() -> None:
    assert found(submission(COMMUNES * 3)) == []


@pytest.mark.parametrize(
    "claims",
    [
        (),
        (replace(ALL, detail=(("what", "assessed"), ("n", "18"), ("of", "18"))),),
        (replace(ALL, detail=(("what", "assessed"), ("n", "18"), ("of", "19"))),),
        (replace(ALL, detail=(*ALL.detail[:3], ("level", "agency"))),),
    ],
)
def test_nobody_is_missing_unless_the_report_claims_them_all(claims: tuple[Claim, ...]) -> None:
    assert found(submission(COMMUNES[1:], claims)) == []


@pytest.mark.parametrize(
    "detail", [ALL.detail, (("what", "assessed"), ("n", "19"), ("level", "commune"))]
)
def test_a_missing_unit_is_an_error_where_all_are_claimed(
    detail: tuple[tuple[str, str], ...],
) -> None:
    given = submission(COMMUNES[1:], (replace(ALL, detail=detail),))
    assert found(given) == [("unit-missing", "error", "Thị trấn Tuần Giáo")]


def test_the_district_s_office_may_be_counted_with_its_communes() -> None:
    office = "Bộ phận Tiếp nhận và trả kết quả huyện"
    claim = replace(ALL, detail=(("what", "assessed"), ("n", "20"), ("of", "20")))
    assert found(submission([office, *COMMUNES], (claim,))) == []
    given = submission([office, *COMMUNES[1:]], (claim,))
    assert found(given) == [("unit-missing", "error", "Thị trấn Tuần Giáo")]


def test_nobody_is_missing_while_a_name_is_unclear() -> None:
    given = submission([*COMMUNES[1:], "UBND xã ~~~"], (ALL,), ocr=True)
    findings, tallies = examined(given)
    assert [f.message for f in findings] == ["unit-unknown/reading"]
    assert (tallies["unit-missing"].passed, tallies["unit-missing"].undecided) == (18, 1)


def test_a_unit_in_another_s_place_is_one_error() -> None:
    given = submission([*COMMUNES[1:], COMMUNES[4]], (ALL,))
    assert found(given) == [("unit-duplicate", "error", "Xã Nà Tòng")]


def test_totals_and_other_tables_are_no_units() -> None:
    given = submission(["UBND xã Pú Xi", "TỔNG SỐ"])
    rows = given.tables[0].rows
    total = replace(given.tables[0], rows=(rows[0], replace(rows[1], kind="total")))
    assert found(replace(given, tables=(total,))) == []
    assert found(submission(["Nguyễn Văn A"], kind="other")) == []
