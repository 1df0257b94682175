from __future__ import annotations

import pytest

from normalise.periods import find_bases, find_dates, find_numbers, find_periods, period_of_file

PERIODS = [
    ("tháng 7 năm 2023", ["2023-07"]),
    ("THÁNG 12 NĂM 2023", ["2023-12"]),
    ("tháng 11/2024", ["2024-11"]),
    ("Quý I năm 2023", ["2023-Q1"]),
    ("quý III/2024", ["2024-Q3"]),
    ("quý 2 năm 2024", ["2024-Q2"]),
    ("6 tháng đầu năm 2023", ["2023-H1"]),
    ("6 tháng cuối năm 2023", ["2023-H2"]),
    ("Năm 2022 trên địa bàn", ["2022"]),
    ("thang 7 nam 2023", ["2023-07"]),
    ("thdng 7 nim 2023", ["2023-07"]),
    ("tháng 13 năm 2023", []),
    ("9 tháng đầu năm 2023", []),
    ("ngày 10 tháng 12 năm 2024", []),
    ("ngày       tháng 8 năm 2023", []),
    ("ngày 24/3/2023", []),
    ("từ tháng 5 năm 2023 đến tháng 7 năm 2023", ["2023-05", "2023-07"]),
]


@pytest.mark.parametrize(("text", "values"), PERIODS)
def test_periods(text: str, values: list[str]) -> None:
    assert [found.value for found in find_periods(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Mường Lay, ngày 10 tháng 12 năm 2024", ["2024-12-10"]),
        ("ngay 03 thdng 8 nam 2023", ["2023-08-03"]),
        ("ngày 24/3/2023 của UBND tỉnh", ["2023-03-24"]),
        ("ngày       tháng 8 năm 2023", []),
        ("ngày ... tháng ... năm 2023", []),
        ("ngày 31 tháng 02 năm 2023", []),
    ],
)
def test_dates(text: str, values: list[str]) -> None:
    assert [found.value for found in find_dates(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Số: 1004/BC-UBND", ["1004/BC-UBND"]),
        ("Số: 1647 /BC-VPUB", ["1647/BC-VPUB"]),
        ("Kèm theo Báo cáo số 1004/BC-UBND ngày", ["1004/BC-UBND"]),
        ("Số:            /BC-UBND", []),
        ("S6: FAY/BC-VPUB", []),
    ],
)
def test_document_numbers(text: str, values: list[str]) -> None:
    assert [found.value for found in find_numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Quyết định số 459/QĐ-UBND ngày 24/3/2023", ["459/QĐ-UBND"]),
        ("Quyét dinh s 459/QD-UBND ngay", ["459/QĐ-UBND"]),
        ("Quyết định số 459/QĐ- UBND", ["459/QĐ-UBND"]),
        (
            "Nghị định số 61/2018/NĐ-CP; Thông tư 01/2018/TT-VPCP",
            ["61/2018/NĐ-CP", "01/2018/TT-VPCP"],
        ),
        ("Văn bản số 755/VPUB-KSTT", ["755/VPUB-KSTT"]),
        ("Báo cáo số 1004/BC-UBND, đạt 84,69/85 điểm, 19/19 đơn vị, 24/3/2023", []),
    ],
)
def test_legal_bases(text: str, values: list[str]) -> None:
    assert list(find_bases(text)) == values


@pytest.mark.parametrize(
    ("path", "period"),
    [
        ("a/tuan-giao-2023-07.pdf", "2023-07"),
        ("BC tháng 7 năm 2023.pdf", "2023-07"),
        ("bc_T7.2023.pdf", "2023-07"),
        ("07-2023.pdf", "2023-07"),
        ("quy-1-2023.docx", "2023-Q1"),
        ("bc 2024-12-10.pdf", None),
        ("10-12-2024 bc.pdf", None),
        ("tuan-giao-2022.pdf", None),
    ],
)
def test_the_period_in_a_file_name(path: str, period: str | None) -> None:
    assert period_of_file(path) == period
