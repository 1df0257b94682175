"""Columns that lines which are none have made are no columns of the table."""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Cell, Heading, Row, Table
from extract.scan.doubled import whole_columns


def table(rows: Sequence[Sequence[str]], heads: Sequence[tuple[str, int, int]]) -> Table:
    """Rows of one text a column under headings (text, first and last column)."""
    header = tuple(Heading(text, first, last, 1, None, ()) for text, first, last in heads)
    body = tuple(
        Row(tuple(Cell((t,) if t else (), 1, None, "ocr", c) for c, t in enumerate(texts)), 1)
        for texts in rows
    )
    return Table("t", 0, 1, "scan", len(rows[0]), header, body, None)


HEADS = [("STT", 0, 0), ("Đơn vị", 1, 1), ("Số hồ sơ", 2, 2), ("Tỷ lệ", 3, 4), ("Xếp loại", 5, 5)]
CUT = [["1", "Xã A", "9", "", "90,5", "Tốt"], ["2", "Xã B", "8", "", "80,1", "Khá"]] * 3


def texts(read: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read.rows]


def test_a_column_cut_in_two_is_whole_again_with_what_stood_in_either_part() -> None:
    rows = [*CUT, ["3", "Xã C", "7", "-", "", "Yếu"]]
    read = whole_columns(table(rows, HEADS))
    assert read.columns == 5
    assert texts(read)[0] == ["1", "Xã A", "9", "90,5", "Tốt"]
    assert texts(read)[-1] == ["3", "Xã C", "7", "-", "Yếu"]
    assert [(h.first, h.last) for h in read.header] == [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]


def test_two_columns_of_figures_under_one_heading_stay_two() -> None:
    rows = [["1", "Xã A", "9", "5", "90,5", "Tốt"]] * 3
    whole = table(rows, HEADS)
    assert whole_columns(whole) is whole


def test_an_outer_column_of_nothing_goes_and_one_with_a_heading_or_words_stays() -> None:
    dirt = [["", *row[:3], *row[4:]] for row in CUT]
    heads = [("STT", 1, 1), ("Đơn vị", 2, 2), ("Số hồ sơ", 3, 3), ("Tỷ lệ", 4, 4), ("Loại", 5, 5)]
    read = whole_columns(table(dirt, heads))
    assert texts(read)[0] == ["1", "Xã A", "9", "90,5", "Tốt"]
    assert [h.first for h in read.header] == [0, 1, 2, 3, 4]
    remark = [[*row[:3], *row[4:], ""] for row in CUT]
    assert whole_columns(table([*remark[:-1], [*remark[-1][:5], "mới"]], HEADS[:3])).columns == 6


def test_a_last_column_of_nothing_stays_where_the_table_goes_on_without_headings() -> None:
    rows = [["", *row[:3], *row[4:], ""] for row in CUT]
    assert texts(whole_columns(table(rows, [])))[0] == ["1", "Xã A", "9", "90,5", "Tốt", ""]
