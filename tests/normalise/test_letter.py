"""What reports say of themselves: each case is the lines of a letter and its particulars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from normalise.letter import Letter, read_letter
from normalise.register import load_register
from normalise.zones import passages
from tests.normalise.build import document

DISTRICT = (
    "ỦY BAN NHÂN DÂN",
    "HUYỆN TUẦN GIÁO",
    "Số:      /BC-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Tuần Giáo, ngày       tháng 8 năm 2023",
    "BÁO CÁO",
    "Kết quả đánh giá chất lượng phục vụ người dân,",
    "tháng 7 năm 2023",
    "Thực hiện Quyết định số 459/QĐ-UBND ngày 24/3/2023 của UBND tỉnh Điện Biên.",
    "UBND huyện Tuần Giáo tổng hợp báo cáo kết quả tháng 7 năm 2023 như sau:",
    "1. Kết quả đánh giá",
    "Tỷ lệ tăng so với năm 2022 và so với tháng 6 năm 2023.",
    "Trên đây là Báo cáo tháng 7 năm 2023 của UBND huyện Tuần Giáo./.",
    "Nơi nhận:",
    "- Văn phòng UBND tỉnh;",
    "Biểu số 01",
    "KẾT QUẢ ĐÁNH GIÁ HUYỆN TUẦN GIÁO THÁNG 6 NĂM 2023",
    "(Kèm theo Báo cáo số 12/BC-UBND ngày 03 tháng 8 năm 2023 của UBND huyện Tuần Giáo)",
)
OFFICE = (
    "UBND TỈNH ĐIỆN BIÊN",
    "VĂN PHÒNG",
    "Số: 1647/BC-VPUB",
    "Điện Biên, ngày 03 tháng 8 năm 2023",
    "BÁO CÁO",
    "Kết quả đánh giá tỉnh Điện Biên tháng 7 năm 2023",
    "Căn cứ Quyết định số 459/QĐ-UBND của UBND tỉnh;",
    "1. Kết quả",
)
CITY = (
    "Điện Biên Phủ, ngày        tháng 01 năm 2024",
    "BÁO CÁO",
    "Kết quả đánh giá thành phố Điện Biên Phủ tháng 12 năm 2023",
    "Căn cứ Quyết định số 459/QĐ-UBND; Hướng dẫn số 462/VPUB-KSTT của Văn phòng UBND tỉnh.",
    "UBND thành phố tổng hợp báo cáo như sau:",
)
DAMAGED = (
    "UBND TINH DIEN BIEN  CONG HOA XA HOI CHU NGHIA V",
    "VAN PHONG Péc Iap - Tu do - Hanh phiic",
    "S6: FAY/BC-VPUB Dién Bién, ngay 03 thdng 8 nam 2023",
    "BAO CAO",
    "trén moi truwong dién tir tinh Dién Bién thang 7 nam 2023",
    "Cén cir Quyét dinh s 459/QD-UBND ngay 24/3/2023 ctia UBND tinh ban",
    "UBND tinh béo céo két qua thang 7 nam 2023 nhu sau:",
)
COMMUNE = (
    "ỦY BAN NHÂN DÂN",
    "XÃ MƯỜNG PHĂNG",
    "Số: 15/BC-UBND",
    "Mường Phăng, ngày 05 tháng 9 năm 2025",
    "BÁO CÁO",
    "Kết quả đánh giá xã Mường Phăng tháng 8 năm 2025",
    "Căn cứ Quyết định số 766/QĐ-TTg;",
)


def letter(lines: Sequence[str], path: str = "report.pdf") -> Letter:
    return read_letter(passages(document(lines), []), path, load_register())


@pytest.mark.parametrize(
    ("lines", "code", "period", "number", "date", "bases"),
    [
        (DISTRICT, "099", "2023-07", "12/BC-UBND", "2023-08-03", ["459/QĐ-UBND"]),
        (OFFICE, "DB-VP", "2023-07", "1647/BC-VPUB", "2023-08-03", ["459/QĐ-UBND"]),
        (CITY, "094", "2023-12", None, None, ["459/QĐ-UBND", "462/VPUB-KSTT"]),
        (DAMAGED, "DB-VP", "2023-07", None, "2023-08-03", ["459/QĐ-UBND"]),
        (COMMUNE, "03325", "2025-08", "15/BC-UBND", "2025-09-05", ["766/QĐ-TTg"]),
    ],
    ids=["district", "office", "city", "damaged", "commune"],
)
def test_particulars(
    lines: Sequence[str],
    code: str,
    period: str,
    number: str | None,
    date: str | None,
    bases: list[str],
) -> None:
    found = letter(lines)
    assert found.issuer is not None
    assert found.issuer.code == code
    assert (found.period, found.number, found.date) == (period, number, date)
    assert list(found.legal_bases) == bases


def test_the_mark_of_a_digital_signature_is_no_date_of_the_letter() -> None:
    mark = ("Người ký: VĂN PHÒNG", "Ngày ký: 10.09.2023 15:42:07 +07:00")
    found = letter((*mark, *OFFICE))
    assert found.date == "2023-08-03"
    assert {m.value for m in found.mentions if m.kind == "date"} == {"2023-08-03"}


def test_every_mention_has_its_place() -> None:
    found = letter(DISTRICT, "tuan-giao-2023-07.pdf")
    assert [(m.kind, m.value, m.place) for m in found.mentions] == [
        ("period", "2023-07", "title"),
        ("period", "2023-07", "opening"),
        ("period", "2023-06", "prose"),
        ("period", "2023-07", "closing"),
        ("period", "2023-06", "annex-title"),
        ("number", "12/BC-UBND", "annex-note"),
        ("date", "2023-08-03", "annex-note"),
        ("period", "2023-07", "file"),
    ]


@pytest.mark.parametrize(
    "label",
    [
        "Mẫu số 01/ĐG",
        "BẢNG TỔNG HỢP",
        "KẾT QUẢ XẾP LOẠI CÁC XÃ",
        "KẾT QUẢ XẾP LOẠI CÁC XÃ THÁNG ó",
        "Phụ lục 1",
    ],
)
def test_annexes_begin_under_many_names(label: str) -> None:
    lines = [label if line == "Biểu số 01" else line for line in DISTRICT]
    found = [(m.kind, m.value) for m in letter(lines).mentions if m.place == "annex-title"]
    assert found == [("period", "2023-06")]


def test_what_stands_on_the_page_after_the_recipients_is_an_annex() -> None:
    lines = ["Mã tài liệu 7" if line == "Biểu số 01" else line for line in DISTRICT]
    read = document([*lines[:-2], "Số liệu tháng 6 năm 2023"])
    *before, last = read.paragraphs
    moved = replace(last, lines=tuple(replace(line, page=2) for line in last.lines))
    read = replace(read, paragraphs=(*before, moved))
    found = read_letter(passages(read, []), "report.pdf", load_register())
    assert ("2023-06", "annex-title") in [(m.value, m.place) for m in found.mentions]


def test_mentions_quote_the_text() -> None:
    (title, *_) = letter(DISTRICT).mentions
    assert title.text == "tháng 7 năm 2023"


def test_mentions_in_recognised_text_say_so() -> None:
    read = document(DAMAGED)
    spoilt = replace(read, paragraphs=tuple(replace(p, origin="ocr") for p in read.paragraphs))
    found = read_letter(passages(spoilt, []), "report.pdf", load_register())
    assert {m.origin for m in found.mentions} == {"ocr"}
    assert {m.origin for m in letter(DISTRICT).mentions} == {"text-layer"}


def test_an_annex_alone_gives_its_period_and_issuer() -> None:
    found = letter(DISTRICT[15:])
    assert found.period == "2023-06"
    assert found.issuer is not None
    assert found.issuer.canonical == "Huyện Tuần Giáo"


def test_a_letter_whose_title_is_lost_is_a_letter_still() -> None:
    lost = ["ñY BAN NH¢N D¢N HUYÖN TUÇN GI¸O", "B¸O C¸O", *DISTRICT[8:]]
    found = letter([*lost, "UBND xã Quài Nưa và UBND xã Pú Xi"])
    assert found.period == "2023-07"
    assert found.issuer is not None
    assert found.issuer.canonical == "Huyện Tuần Giáo"


def test_nothing_is_made_up() -> None:
    found = letter(["Một văn bản khác"])
    assert (found.period, found.number, found.date, found.legal_bases) == (None, None, None, ())
    assert found.issuer is None or found.issuer.code is None


@pytest.mark.parametrize(("annex", "period"), [("7", "2023-07"), ("5", "2023-06")])
def test_a_title_alone_against_all_other_places_is_the_slip(annex: str, period: str) -> None:
    lines = [line.replace("THÁNG 6", f"THÁNG {annex}") for line in DISTRICT]
    lines[7] = "tháng 6 năm 2023"
    assert letter(lines).period == period
