from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.document import Row, Table
from normalise.submission import FieldTable, UnitMatch
from normalise.table import document_mark, field_table, placed_tables
from tests.normalise.build import SCORES_459, UNIT_ROW, cell, document, row, table


def scores(*rows: Row) -> FieldTable:
    return meaning(table(SCORES_459, *rows))


def meaning(read: Table) -> FieldTable:
    (placed,) = placed_tables(document([], read))
    units = [UnitMatch(n.text, None, None, "unmatched", 0.0) for n in placed.names]
    return field_table(placed, "", document_mark([placed]), units)


def unit_row(serial: str, name: str) -> Row:
    return row(serial, name, "", *UNIT_ROW)


LONE_TOTAL = (*SCORES_459[:13], ("TỔNG ĐIỂM",), ("XẾP LOẠI",))


def _lone(*results: str) -> FieldTable:
    parts = ("5", "", "30,0", "10,0", "6,6", "4,2", "10,0", "5", "5", "5")
    rows = [
        row(str(n), f"UBND xã {n}", "", *parts, result, "Xuất sắc")
        for n, result in enumerate(results, 1)
    ]
    return meaning(table(LONE_TOTAL, *rows))


def test_a_lone_total_that_holds_converted_scores_is_known_by_the_figures() -> None:
    """5 + 30 + 10 + 6,6 + 4,2 + 10 + 5 + 5 + 5 = 80,8 of 85, which is 95,06 of 100."""
    found = _lone("95,06", "95,1", "95,0")
    assert [c.field for c in found.columns][13:] == ["converted", "rank"]
    assert found.rows[0].entry("total") is None
    assert found.rows[0].entry("converted") is not None


def test_a_lone_total_that_adds_up_stays_the_total() -> None:
    assert [c.field for c in _lone("80,8", "80,77", "95,06").columns][13:] == ["total", "rank"]


def test_rows_sections_and_cells() -> None:
    found = scores(
        row("I", "CÁC CƠ QUAN", *[""] * 14),
        unit_row("1", "Bộ phận Tiếp nhận và trả kết quả huyện"),
        Row((cell("II. UBND cấp xã", 0, 16),), 1),
        unit_row("1", "UBND xã Chiềng Đông"),
    )
    assert found.kind == "scores"
    assert found.sections == (("I", "CÁC CƠ QUAN"), ("II", "UBND cấp xã"))
    assert [(r.index, r.kind, r.serial, r.section) for r in found.rows] == [
        (0, "unit", "1", "I"),
        (1, "unit", "1", "II"),
    ]
    total = found.rows[1].entry("total")
    assert total is not None
    assert (total.value, total.decimals, total.precision) == (Decimal("80.77"), 2, 2)
    whole = found.rows[1].entry("satisfaction_1")
    assert whole is not None
    assert whole.precision == 2
    blank = found.rows[1].entry("openness_1")
    assert blank is not None
    assert blank.status == "blank"


def test_a_section_heading_may_hold_a_stray_zero() -> None:
    stray = row("I", "CÁC CƠ QUAN", *[""] * 11, "0", "", "")
    found = scores(stray, unit_row("1", "Tư pháp"))
    assert [r.unit.printed for r in found.rows] == ["Tư pháp"]
    assert found.sections == (("I", "CÁC CƠ QUAN"),)


SECTION_ROWS = {
    "a stroke before it": (("/11", "UBND cấp xã"), 1),
    "I read as 1": (("1", "CÁC CƠ QUAN"), 14),
    "both in one cell": (("1L. UBND CÁC XÃ, THỊ TRẤN",), 15),
    "a 1 in one cell": (("1. UBND CÁC XÃ, THỊ TRẤN",), 15),
    "II read as 11 in cells of their own": (("11", "UBND cấp xã"), 1),
}
NO_SECTIONS = {
    "a unit with a spoilt number": (("/11", "UBND xã Tênh Phông"), 1),
    "a unit over all columns": (("11", "UBND xã Tênh Phông"), 14),
    "a number and a narrow cell": (("12", "UBND cấp xã"), 1),
    "a unit in capitals": (("11", "SỞ TƯ PHÁP"), 1),
}


@pytest.mark.parametrize("name", [*SECTION_ROWS, *NO_SECTIONS])
def test_a_scanned_section_is_known_when_its_number_is_spoilt(name: str) -> None:
    texts, span = {**SECTION_ROWS, **NO_SECTIONS}[name]
    cells = [cell(text, n, origin="ocr") for n, text in enumerate(texts)]
    heading = Row((*cells[:-1], replace(cells[-1], span=span)), 1)
    found = scores(heading, unit_row("1", "Tư pháp"))
    assert [label for label, _ in found.sections] == (["I"] if name in SECTION_ROWS else [])


def test_a_scanned_section_numbered_as_the_one_before_is_the_next() -> None:
    """II often loses a stroke."""
    headings = [
        Row((cell(f"I. {name}", 0, 16, origin="ocr"),), 1) for name in ("CÁC CƠ QUAN", "CÁC XÃ")
    ]
    found = scores(headings[0], unit_row("1", "Tư pháp"), headings[1], unit_row("1", "xã Na Son"))
    assert [r.section for r in found.rows] == ["I", "II"]


def test_units_without_scores_stay_rows() -> None:
    over = Row((cell("11", 0), cell("Thanh tra", 1), cell("Không phát sinh TTHC", 2, 14)), 1)
    found = scores(unit_row("1", "Tư pháp"), row("2", "Phòng Y tế", *[""] * 14), over)
    assert [r.unit.printed for r in found.rows] == ["Tư pháp", "Phòng Y tế", "Thanh tra"]
    assert {e.status for e in found.rows[1].entries} == {"blank"}
    assert {e.status for e in found.rows[2].entries} == {"not-applicable"}


def test_totals_averages_notes_and_repeated_headers_are_no_units() -> None:
    header = [path[-1] for path in SCORES_459]
    found = scores(
        unit_row("1", "UBND xã Ta Ma"),
        row(*header),
        row("(1)", "(2)", *[f"({n})" for n in range(3, 17)]),
        row("", "Trung bình", "", *UNIT_ROW[:-1], ""),
        row("TỔNG CỘNG", "", "", *UNIT_ROW[:-1], ""),
        row("TỔỐNG SỐ", "", "", *UNIT_ROW[:-1], ""),
        Row((cell("Ghi chú: dấu (-) là chỉ số chưa thực hiện", 0, 16),), 1),
    )
    assert [r.kind for r in found.rows] == ["unit", "average", "total", "total"]


@pytest.mark.parametrize(
    "name",
    [
        "Điểm trung bình nhóm",
        "Trung bình khối xã:",
        "Bình quân cấp huyện",
        "ĐTB nhóm I",
        "Điểm bình quân toàn tỉnh",
        "Điểm TB",
    ],
)
def test_the_average_of_a_section_is_no_unit_whatever_it_is_called(name: str) -> None:
    found = scores(
        row("I", "Khối xã", *[""] * 14),
        unit_row("1", "UBND xã Ta Ma"),
        row("", name, *UNIT_ROW[:-1], ""),
        row("II", "Trung bình", *[""] * 14),
        unit_row("1", "Phòng LĐ-TB&XH"),
        row("", "Công Thương", *UNIT_ROW),
    )
    assert [r.kind for r in found.rows] == ["unit", "average", "unit", "unit"]
    assert len(found.sections) == 2


def test_full_marks_under_a_line_of_maxima_are_a_unit_s() -> None:
    most = ("5", "5", "10", "30", "10", "10", "5", "10", "5", "5", "5")
    paths = [
        (*path[:-1], path[-1].partition(" (")[0], most[column - 2]) if 2 <= column < 13 else path
        for column, path in enumerate(SCORES_459)
    ]
    best = row("1", "UBND xã Ta Ma", *most, "100", "100", "Xuất sắc")
    found = meaning(table(paths, best, unit_row("2", "UBND xã Rạng Đông")))
    assert [r.unit.printed for r in found.rows] == ["UBND xã Ta Ma", "UBND xã Rạng Đông"]


def test_subtotals_belong_to_their_section() -> None:
    paths = (("STT",), ("Đơn vị",), ("Số hồ sơ",), ("Phí",), ("Trễ hạn",))
    found = meaning(
        table(
            paths,
            row("I", "Cấp huyện", "10", "20", "1"),
            row("1", "Phòng Tư pháp", "10", "20", "1"),
            row("II", "Cấp xã", "", "", ""),
            row("1", "Xã Ta Ma", "5", "1.200", "0"),
            row("", "Cộng", "5", "1.200", "0"),
            row("", "Tổng cộng", "15", "1.220", "1"),
        )
    )
    assert found.kind == "other"
    assert [c.field for c in found.columns] == [
        "serial",
        "unit",
        "column_3",
        "column_4",
        "column_5",
    ]
    told = [(r.kind, r.section, r.unit.printed) for r in found.rows]
    assert told == [
        ("total", "I", "Cấp huyện"),
        ("unit", "I", "Phòng Tư pháp"),
        ("unit", "II", "Xã Ta Ma"),
        ("total", "II", "Cộng"),
        ("total", None, "Tổng cộng"),
    ]


def test_an_unplaced_column_keeps_its_figures_and_an_empty_one_is_no_column() -> None:
    read = table(
        (*SCORES_459, ("Điểm thưởng",), ()), row("1", "Xã Ta Ma", "", *UNIT_ROW, "1,5", "")
    )
    found = meaning(read)
    assert [c.field for c in found.columns[-2:]] == ["rank", None]
    entry = found.rows[0].entry("column_17")
    assert entry is not None
    assert entry.value == Decimal("1.5")


def test_the_mark_of_a_column_may_differ_from_the_documents() -> None:
    texts = ["81.55", "70.87", "60"]
    rows = [row(str(n), "Xã", "", *UNIT_ROW[:10], t, "95,0", "Tốt") for n, t in enumerate(texts, 1)]
    found = scores(*rows)
    assert found.decimal_mark == ","
    printed = [r.entry("total") for r in found.rows]
    assert [e.value for e in printed if e] == [Decimal("81.55"), Decimal("70.87"), Decimal("60")]


def test_what_a_page_end_broke_off_a_row_belongs_to_it() -> None:
    first = unit_row("1", "UBND xã Ta Ma")
    broken = Row((*first.cells[:6], cell("9,", 6), *first.cells[7:15], cell("Xuất", 15)), 1)
    rest = Row(tuple(cell({6: "4", 15: "sắc"}.get(n, ""), n) for n in range(16)), 2)
    found = scores(broken, rest, unit_row("2", "UBND xã Pú Xi"))
    assert [r.serial for r in found.rows] == ["1", "2"]
    online, rank = found.rows[0].entry("online_1"), found.rows[0].entry("rank")
    assert online is not None
    assert online.value == Decimal("9.4")
    assert rank is not None
    assert rank.rank == "excellent"


def test_a_full_row_without_a_name_is_no_rest() -> None:
    found = scores(unit_row("1", "UBND xã Ta Ma"), Row(row("", "", "", *UNIT_ROW).cells, 2))
    assert len(found.rows) == 2


def test_loose_rows_keep_their_figures_and_gaps() -> None:
    cells = (
        cell("1", 0),
        cell("UBND xã Ta Ma", 1),
        cell("5", -1),
        cell("29,2", -1),
        cell("Tốt", 15),
    )
    found = scores(Row(cells, 1, True, (1, 0, 0)))
    (loose,) = found.loose
    assert (loose.index, loose.gaps) == (0, (1, 0, 0))
    assert [e.value for e in loose.figures] == [Decimal(5), Decimal("29.2")]
    (only,) = found.rows[0].entries
    assert (only.field, only.rank) == ("rank", "good")


def test_a_letterhead_set_as_a_table_is_no_table() -> None:
    letterhead = table(((), ()), row("UBND TỈNH ĐIỆN BIÊN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    assert placed_tables(document([], letterhead)) == ()
