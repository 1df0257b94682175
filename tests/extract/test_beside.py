"""A spreadsheet's columns on pages side by side are one table, two tables of the same units are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.beside import side_by_side
from extract.document import Box, Cell, Heading, Line, Paragraph, Row, Table

WIDTHS = dict.fromkeys(range(1, 9), 595.0)
TITLE = "KẾT QUẢ ĐÁNH GIÁ HUYỆN NẬM PỒ THÁNG 10 NĂM"
NOTE = "(Kèm theo Báo cáo số 12/BC-UBND ngày 03 tháng 11 năm 2024 của UBND huyện Nậm Pồ)"
NAMES = ("STT", "Tên đơn vị")
FIRST = [["1", "Xã Na Son", "4,5"], ["2", "Xã Keo Lôm", "5"], ["3", "Xã Pú Hồng", "4"]]
REST = [["90,1", "Xuất sắc"], ["85", "Tốt"], ["71,2", "Khá"]]
AGAIN = [[*a[:2], *b] for a, b in zip(FIRST, REST, strict=True)]


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    page: int,
    step: float = 20,
    wide: int = 180,
) -> Table:
    def cell(row: int, column: int, text: str) -> Cell:
        x, y = 30.0 + wide * column, 100 + step * row
        return Cell((text,), page, Box(x, y, x + wide, y + step), "text-layer", column)

    body = tuple(
        Row(tuple(cell(r, c, text) for c, text in enumerate(row)), page)
        for r, row in enumerate(rows)
    )
    header = tuple(Heading(text, c, c, page) for c, text in enumerate(heads))
    box = Box(30, 80, 30.0 + wide * len(heads), 100 + step * len(rows))
    return Table("", 0, page, "lines", len(heads), header, body, box)


def title(text: str, page: int) -> Paragraph:
    return Paragraph((Line(text, page, None),), 0, "text-layer")


def joined(*blocks: Paragraph | Table) -> list[Table]:
    return [b for b in side_by_side(blocks, WIDTHS) if isinstance(b, Table)]


def texts(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in found.rows]


def test_columns_on_the_next_page_are_put_beside_the_rows() -> None:
    first = table((*NAMES, "Điểm"), FIRST, 1)
    second = table(("Quy đổi", "Xếp loại"), REST, 2)
    (found,) = joined(title(TITLE, 1), first, title("Ồ THÁNG 10 NĂM 2024", 2), second)
    assert texts(found) == [[*a, *b] for a, b in zip(FIRST, REST, strict=True)]
    assert [found.path(c) for c in (2, 3, 4)] == [("Điểm",), ("Quy đổi",), ("Xếp loại",)]
    assert {cell.page for row in found.rows for cell in row.cells} == {1, 2}


def test_names_that_are_printed_again_stand_once() -> None:
    second = table((*NAMES, "Quy đổi", "Xếp loại"), AGAIN, 2)
    (found,) = joined(table((*NAMES, "Điểm"), FIRST, 1), second)
    assert texts(found) == [[*a, *b] for a, b in zip(FIRST, REST, strict=True)]


def test_the_pages_of_a_scan_lie_differently_and_one_name_was_misread() -> None:
    first = _scanned(table((*NAMES, "Điểm"), FIRST, 1), 0)
    misread = [["1", "Xã Na Son", "90,1"], ["2", "Xã Keo Lôm", "85"], ["3", "Xã Pú Hông", "71,2"]]
    heads = ("STT", "Tên đơn vi", "Quy đổi")
    (found,) = joined(first, _scanned(table(heads, misread, 2), 13.5))
    assert texts(found) == [[*a, b[2]] for a, b in zip(FIRST, misread, strict=True)]
    assert len(joined(first, _scanned(table(heads, misread, 2, step=25), 0))) == 2
    other = title("KẾT QUẢ SỐ HÓA HUYỆN NẬM PỒ THÁNG 10 NĂM", 2)
    more = [[*row, "1", "2", "3"] for row in misread]
    annex = _scanned(table((*heads, "A", "B", "C"), more, 2), 0)
    assert len(joined(title(TITLE, 1), first, other, annex)) == 2


def _scanned(found: Table, down: float) -> Table:
    """The table on a sheet that lies lower by so many points."""

    def moved(cell: Cell) -> Cell:
        assert cell.box
        box = replace(cell.box, top=cell.box.top + down, bottom=cell.box.bottom + down)
        return replace(cell, box=box, origin="ocr")

    rows = tuple(replace(row, cells=tuple(map(moved, row.cells))) for row in found.rows)
    return replace(found, reader="scan", rows=rows)


def test_other_tables_of_the_same_units_stay_apart() -> None:
    first = table((*NAMES, "Điểm"), FIRST, 1)
    others = {
        "other heights": (table(("Quy đổi", "Xếp loại"), REST, 2, step=25),),
        "the same columns": (table((*NAMES, "Điểm"), FIRST, 2),),
        "other names": (table((*NAMES, "Quy đổi", "Xếp loại"), AGAIN[::-1], 2),),
        "serial numbers of its own": (
            table(("TT", "Tỷ lệ"), [[str(n), "50"] for n in (1, 2, 3)], 2),
        ),
        "fewer rows": (table(("Quy đổi", "Xếp loại"), REST[:2], 2),),
        "another title": (
            title("Biểu 03: TÌNH HÌNH SỐ HÓA HỒ SƠ", 2),
            title(NOTE, 2),
            table((*NAMES, "Đã số hóa", "Tỷ lệ"), AGAIN, 2),
        ),
    }
    for reason, rest in others.items():
        assert len(joined(title(TITLE, 1), title(NOTE, 1), first, *rest)) == 2, reason


def test_the_same_units_in_another_order_are_another_table_s() -> None:
    """Of few rows the serial numbers alone are the same."""
    first = table((*NAMES, "Điểm"), FIRST, 1)
    others = [[str(n), *row[1:]] for n, row in enumerate(reversed(AGAIN), 1)]
    second = table(("STT", "Đơn vị (Cơ quan)", "Quy đổi", "Xếp loại"), others, 2)
    assert len(joined(title(TITLE, 1), first, title(TITLE, 2), second)) == 2


def test_a_row_of_column_numbers_above_those_counted_does_not_make_them_another_table_s() -> None:
    first = table((*NAMES, "Điểm"), [*FIRST, ["", "Tổng cộng", "13,5"]], 1)
    others = [["", "", "1", "2"], *AGAIN]
    second = table(("Số TT", "Đơn vị (Cơ quan)", "Quy đổi", "Xếp loại"), others, 2)
    assert len(joined(title(TITLE, 1), first, title(TITLE, 2), second)) == 2


def test_a_column_that_would_have_had_room_is_another_table_s() -> None:
    first = table((*NAMES, "Điểm"), FIRST, 1, wide=80)
    assert len(joined(first, table(("Quy đổi", "Xếp loại"), REST, 2, wide=80))) == 2


def test_the_right_half_of_a_list_goes_on_with_the_left_one() -> None:
    heads, more = (*NAMES, "Điểm"), [["4", "Xã Luân Giới", "3"], ["5", "Xã Háng Lìa", "2"]]
    for serials, whole in (("45", True), ("12", False)):
        rows = [[serial, *row[1:]] for serial, row in zip(serials, more, strict=True)]
        right = _aside(table(heads, rows, 1, wide=80), 300)
        found = joined(table(heads, FIRST, 1, wide=80), right)
        assert [texts(t) for t in found] == ([FIRST + rows] if whole else [FIRST, rows])


def _aside(found: Table, by: float) -> Table:
    assert found.box
    return replace(found, box=replace(found.box, x0=found.box.x0 + by, x1=found.box.x1 + by))
