"""Verdicts on the letters of the real reports, checked by hand, and how causes are told apart."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.read import read
from normalise.register import load_register
from normalise.submission import Submission
from normalise.submit import submit
from reconcile.examine import examine
from reconcile.letter.weigh import Misfit
from reconcile.methodology import load_methodologies
from reconcile.reference import example, findings

REGISTER, METHODOLOGIES = load_register(), load_methodologies()
SHARED = Path(__file__).parents[4] / "shared" / "reports" / "digital"
VERDICTS = tomllib.loads(Path(__file__).with_name("verdicts.toml").read_text("utf-8"))["report"]
TABLE = """
unit | openness_2 | progress | total | converted | rank
UBND xã Ta Ma | 5 | 29,2 | 34,20 | 97,7 | Xuất sắc
UBND xã Nà Sáy | 5 | 25,3 | 30,30 | 86,6 | Tốt
UBND xã Pú Xi | 5 | 24,5 | 29,50 | 84,3 | Tốt
"""


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports are not at hand")
@pytest.mark.parametrize("report", VERDICTS, ids=lambda r: r["file"])
def test_every_claim_of_a_real_report_has_the_verdict_found_by_hand(report: dict[str, Any]) -> None:
    submission = submit(read(SHARED / report["file"], report["file"]), REGISTER, None)
    judged = examine(submission, METHODOLOGIES, REGISTER).judged
    seen = [[submission.claims[j.index].text, j.verdict] for j in judged]
    assert seen == report["claims"]


def raised(letter: str, table: str = TABLE) -> list[tuple[str, str | None, tuple[str, ...]]]:
    case = {
        "says": "", "fires": True, "issuer": "Huyện Tuần Giáo", "period": "2023-07",
        "letter": letter, "table": table,
    }  # fmt: skip
    found = findings(example(case, REGISTER), REGISTER)
    return [(f.message, f.unit, f.consequences) for f in found if f.severity != "info"]


def test_a_name_under_the_wrong_rank_explains_the_numbers_that_go_with_it() -> None:
    letter = (
        "- 02 đơn vị xếp loại xuất sắc: UBND xã Ta Ma, UBND xã Nà Sáy.\n"
        "- 01 đơn vị xếp loại tốt: UBND xã Pú Xi."
    )
    assert raised(letter)[0][:2] == ("list-mismatch", "Xã Nà Sáy")
    assert len([r for r in raised(letter) if "list" in r[0]]) == 1


def test_a_letter_that_repeats_the_tables_error_is_said_beside_it() -> None:
    wrong = TABLE.replace("34,20 | 97,7 | Xuất sắc", "34,20 | 97,7 | Tốt")
    found = raised("Có 03 đơn vị xếp loại tốt.", wrong)
    assert found == [("rank-mismatch", "Xã Ta Ma", ("claims/repeats-table",))]


def test_a_letter_that_agrees_with_the_parts_is_said_beside_the_error() -> None:
    wrong = TABLE.replace("34,20 | 97,7 | Xuất sắc", "34,20 | 97,7 | Tốt")
    found = raised("Có 02 đơn vị xếp loại tốt.", wrong)
    assert found == [("rank-mismatch", "Xã Ta Ma", ("claims/agrees-with-parts",))]


@pytest.mark.parametrize(
    "letter",
    [
        "UBND xã Ta Ma đạt 97,7 điểm.",
        "UBND xã Ta Ma đạt 98 điểm.",
        "UBND xã Ta Ma đạt 97,71 điểm.",
        "UBND xã Ta Ma đạt 34,2 điểm.",
        "Có 01 đơn vị xếp loại Trung bình khá.",
        "Một số đơn vị xếp loại tốt.",
        "Đơn vị có điểm thấp nhất là UBND xã Pú Xi.",
        "Hai đơn vị có điểm thấp nhất là UBND xã Pú Xi và UBND xã Nà Sáy.",
        "Có 02 đơn vị xếp loại Tốt, trong đó UBND xã Nà Sáy có điểm cao nhất.",
        "UBND xã Nà Sáy và UBND xã Pú Xi lần lượt đạt 86,6 và 84,3 điểm.",
        "Về tiến độ giải quyết, các xã cơ bản đạt điểm tối đa; riêng UBND xã Ta Ma đạt 29,2 điểm.",
        "Trừ UBND xã Ta Ma, tất cả các xã đều xếp loại Tốt.",
        "Có 02 đơn vị đạt từ 80 đến dưới 90 điểm; 01 xã trên 90 điểm.",
        "Có 02 đơn vị xếp loại Tốt (chiếm 66,7%); 01 đơn vị xếp loại Xuất sắc, chiếm 33,3%.",
    ],
)
def test_what_can_be_read_as_true_is_not_accused(letter: str) -> None:
    assert raised(letter) == []


@pytest.mark.parametrize(
    ("letter", "message"),
    [
        ("Có 03 đơn vị đạt từ 80 đến dưới 90 điểm.", "count-mismatch/condition"),
        ("Có 02 đơn vị xếp loại Tốt (chiếm 76,7%).", "count-mismatch/share"),
        ("Có 01 xã xếp loại dưới mức Xuất sắc.", "count-mismatch"),
        (
            "UBND xã Nà Sáy và UBND xã Pú Xi lần lượt đạt 86,6 và 94,3 điểm.",
            "quoted-figure-mismatch",
        ),
        (
            "Hai đơn vị có điểm thấp nhất là UBND xã Pú Xi và UBND xã Ta Ma.",
            "list-mismatch/extreme",
        ),
        ("Trừ UBND xã Pú Xi, tất cả các xã đều xếp loại Tốt.", "count-mismatch"),
        ("Số xã được chấm điểm: 2/3.", "count-mismatch/assessed"),
    ],
)
def test_what_a_table_contradicts_is_said(letter: str, message: str) -> None:
    assert [f[0] for f in raised(letter)] == [message]


UNSCORED = TABLE + "UBND xã Mường Khong | | | | | \n"


@pytest.mark.parametrize("out", ["02/3", "02/4"])
def test_a_count_may_be_out_of_all_units_or_of_those_scored(out: str) -> None:
    assert raised(f"Có {out} đơn vị đạt từ 80 đến dưới 90 điểm.", UNSCORED) == []


@pytest.mark.parametrize(
    ("total", "messages"), [("03", []), ("04", []), ("05", ["count-mismatch/assessed"])]
)
def test_a_total_of_units_may_count_those_without_a_result(total: str, messages: list[str]) -> None:
    found = raised(
        f"Kết quả: 01 đơn vị xuất sắc, 02 đơn vị tốt trên tổng số {total} đơn vị.", UNSCORED
    )
    assert [f[0] for f in found] == messages


def test_what_a_right_number_is_wrongly_out_of_is_said_of_that() -> None:
    found = raised("Có 02/2 đơn vị đạt từ 80 đến dưới 90 điểm.", UNSCORED)
    assert [f[0] for f in found] == ["count-mismatch/out-of"]


def test_of_several_units_said_to_be_last_the_wrong_one_is_named() -> None:
    found = raised("Hai đơn vị có điểm thấp nhất là UBND xã Pú Xi và UBND xã Ta Ma.")
    assert [f[1] for f in found] == ["Xã Ta Ma"]


def test_nothing_is_accused_of_what_is_expected() -> None:
    same = Misfit("count-mismatch", expected="82.5", printed="82,50")
    assert same.says_nothing
    assert not replace(same, printed="82,6").says_nothing
    assert not replace(same, printed=None).says_nothing


@pytest.mark.parametrize(
    ("said", "messages"),
    [
        ("tiếp tục giữ vị trí thứ nhất với 27,97 điểm", ["quoted-figure-mismatch"]),
        ("tiếp tục giữ vị trí thứ nhất với 97,7 điểm", []),
        ("tiếp tục giữ vị trí thứ nhất với 29,2 điểm", []),
        ("đứng thứ nhất về tiến độ giải quyết với 29,2 điểm", []),
        ("vẫn đạt 27,97 điểm", []),
    ],
)
def test_the_figure_of_a_first_place_is_a_result_or_else_an_indicators(
    said: str, messages: list[str]
) -> None:
    assert [f[0] for f in raised(f"UBND xã Ta Ma {said}.")] == messages


def test_a_count_that_the_right_figure_makes_right_follows_from_its_error() -> None:
    wrong = TABLE.replace("24,5 | 29,50 | 84,3 | Tốt", "31,5 | 35,00 | 100 | Xuất sắc")
    found = raised("Có 01 đơn vị đạt điểm tối đa về tiến độ giải quyết hồ sơ.", wrong)
    assert [f[:2] for f in found] == [("score-out-of-range", "Xã Pú Xi")]
    assert "claims/agrees-with-parts" in found[0][2]


def test_a_count_that_no_error_explains_stands_beside_it() -> None:
    wrong = TABLE.replace("24,5 | 29,50 | 84,3 | Tốt", "31,5 | 35,00 | 100 | Xuất sắc")
    found = raised("Có 02 đơn vị đạt điểm tối đa về tiến độ giải quyết hồ sơ.", wrong)
    assert [f[0] for f in found] == ["count-mismatch/condition", "score-out-of-range"]


def test_a_count_without_a_kind_word_is_of_those_assessed() -> None:
    office = "Bộ phận Tiếp nhận và trả kết quả huyện | 5 | 30,0 | 35,00 | 100 | Xuất sắc\n"
    table = TABLE.replace(
        "UBND xã Ta Ma | 5 | 29,2 | 34,20 | 97,7", office + "UBND xã Ta Ma | 5 | 30,0 | 35,00 | 100"
    )
    letter = "Đã chấm điểm 3/3 đơn vị. Có {} đơn vị đạt điểm tối đa về tiến độ giải quyết hồ sơ."
    assert raised(letter.format("01"), table) == []
    assert [f[0] for f in raised(letter.format("02"), table)] == ["count-mismatch/condition"]


def test_numbers_that_fit_rows_without_names_are_not_accused() -> None:
    nameless = "".join(
        f"{'|' + line.split('|', 1)[1] if line.startswith('UBND') else line}\n"
        for line in TABLE.strip().splitlines()
    )
    found = raised("Kết quả 03/03 đơn vị: 01 đơn vị Xuất sắc, 02 đơn vị Tốt.", nameless)
    assert not [f for f in found if f[0].startswith("count-mismatch")]


DIGITISED = """
unit | received | received_digitised | received_rate | resolved | results_digitised
UBND xã Ta Ma | 460 | 430 | 93,48 | 400 | 390
UBND xã Nà Sáy | 790 | 780 | 98,73 | 700 | 650
"""


@pytest.mark.parametrize(
    ("letter", "verdicts"),
    [
        ("Đã tiếp nhận 1.250 hồ sơ, số hóa 1.210 hồ sơ.", ["confirmed", "confirmed"]),
        ("Có 1.210/1.250 hồ sơ được số hóa khi tiếp nhận, đạt 96,8%.", ["confirmed"] * 3),
        ("Đã tiếp nhận 1.250 hồ sơ, số hóa 1.120 hồ sơ.", ["confirmed", "contradicted"]),
        ("Đã tiếp nhận 1.250 hồ sơ, số hóa 1.040 hồ sơ.", ["confirmed", "confirmed"]),
        ("Đã tiếp nhận 1.250 hồ sơ, số hóa 1.100 hồ sơ.", ["confirmed", "undecided"]),
        ("Đã tiếp nhận 1.350 hồ sơ, số hóa 1.210 hồ sơ.", ["undecided", "confirmed"]),
        ("Có 1.210/1.250 hồ sơ được số hóa khi tiếp nhận, đạt 98,6%.", ["confirmed"] * 2 + ["undecided"]),
    ],
)  # fmt: skip
def test_totals_are_held_against_the_sums_of_their_columns(
    letter: str, verdicts: list[str]
) -> None:
    case = {
        "says": "", "fires": True, "issuer": "Huyện Tuần Giáo", "period": "2023-07",
        "letter": letter, "table": DIGITISED,
    }  # fmt: skip
    (submission,) = example(case, REGISTER).reports
    judged = examine(submission, METHODOLOGIES, REGISTER).judged
    assert [j.verdict for j in judged] == verdicts


@pytest.mark.parametrize(
    ("letter", "verdict"),
    [
        ("Điểm bình quân của 03 đơn vị: 89,53 điểm.", "confirmed"),
        ("Điểm trung bình toàn huyện là 89,5 điểm.", "confirmed"),
        ("Điểm bình quân của 03 đơn vị: 98,53 điểm.", "undecided"),
        ("Khoảng cách giữa đơn vị đứng đầu và đơn vị đứng cuối là 13,4 điểm.", "confirmed"),
        ("Khoảng cách giữa đơn vị đứng đầu và đơn vị đứng cuối là 14,3 điểm.", "undecided"),
    ],
)
def test_means_and_distances_are_confirmed_or_left_open(letter: str, verdict: str) -> None:
    case = {
        "says": "", "fires": True, "issuer": "Huyện Tuần Giáo", "period": "2023-07",
        "letter": letter, "table": TABLE,
    }  # fmt: skip
    (submission,) = example(case, REGISTER).reports
    judged = examine(submission, METHODOLOGIES, REGISTER).judged
    assert [j.verdict for j in judged] == [verdict]


def scanned(letter: str, table: str) -> Submission:
    """The report as a scan whose figures were read surely."""
    case = {
        "says": "", "fires": True, "issuer": "Huyện Tuần Giáo", "period": "2023-07",
        "letter": letter, "table": table,
    }  # fmt: skip
    (made,) = example(case, REGISTER).reports
    tables = tuple(
        replace(
            table,
            rows=tuple(
                replace(row, entries=tuple(replace(e, origin="ocr") for e in row.entries))
                for row in table.rows
            ),
        )
        for table in made.tables
    )
    return replace(made, tables=tables)


def counted(made: Submission) -> tuple[list[str], list[str]]:
    """The verdicts on counts, and what is said of them."""
    result = examine(made, METHODOLOGIES, REGISTER)
    verdicts: list[str] = [j.verdict for j in result.judged if made.claims[j.index].kind == "count"]
    return verdicts, [f.rule for f in result.findings if f.rule == "count-mismatch"]


NUMBERED = """
serial | unit | openness_2 | progress | total | converted | rank
1 | UBND xã Ta Ma | 5 | 29,2 | 34,20 | 97,7 | Xuất sắc
2 | UBND xã Nà Sáy | 5 | 25,3 | 30,30 | 86,6 | Tốt
3 | UBND xã Pú Xi | 5 | 24,5 | 29,50 | 84,3 | Tốt
"""


@pytest.mark.parametrize(
    ("letter", "old", "new"),
    [
        ("Có 03 đơn vị xếp loại tốt.", "3 | UBND xã Pú Xi", "4 | UBND xã Pú Xi"),
        ("Có 02 đơn vị xếp loại xuất sắc.", "UBND xã Pú Xi", ""),
        ("Có 41 đơn vị xếp loại tốt.", "", ""),
    ],
    ids=["a number skipped", "a row without a name", "most rows lost"],
)
def test_what_a_lost_row_may_have_had_contradicts_no_count(letter: str, old: str, new: str) -> None:
    assert counted(scanned(letter, NUMBERED.replace(old, new))) == (["undecided"], [])


@pytest.mark.parametrize(
    ("number", "read"),
    [(r"1 \|", "1 |"), (r"1 \|", "71 |"), (r"2 \|", "0 |"), (r"\d \|", "|")],
    ids=["numbers in order", "the first misread", "one between misread", "none"],
)
def test_a_scan_that_was_read_whole_contradicts_a_count(number: str, read: str) -> None:
    made = scanned("Có 03 đơn vị xếp loại tốt.", re.sub(number, read, NUMBERED))
    assert counted(made) == (["contradicted"], ["count-mismatch"])


def test_the_numbers_of_another_period_tell_of_no_lost_rows() -> None:
    letter = "Có 03 đơn vị xếp loại tốt. Quý trước có 12 đơn vị xếp loại tốt."
    assert counted(scanned(letter, NUMBERED)) == (["contradicted", "undecided"], ["count-mismatch"])


def test_more_rows_than_a_letter_counts_contradict_it_though_others_may_be_lost() -> None:
    made = scanned("Có 01 đơn vị xếp loại tốt.", NUMBERED.replace("3 | UBND", "4 | UBND"))
    assert counted(made) == (["contradicted"], ["count-mismatch"])
