"""Tables without ruling lines: pages of texts set in columns, each character 5 pt wide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from extract.bands import Frame
from extract.columns import Column, words_of
from extract.document import Box, Table
from extract.extent import _is_bare_row
from extract.glyphs import Glyph, Run
from extract.heads import _by_column
from extract.strokes import Stroke
from extract.unruled import unruled_tables

WIDTH, COLUMN, SIZE = 5.0, 101.2, 14.0
Line = tuple[float, Sequence[tuple[float, str]]]
"""Height on the page, in lines, and the texts with the column in whose middle each stands."""


def run(line: float, column: float, text: str) -> Run:
    """A text about the middle of a column; 2.25 is right of it."""
    x, y = COLUMN * (column + 0.5) - WIDTH * len(text) / 2, SIZE * line
    glyphs = tuple(Glyph(c, x + WIDTH * i, x + WIDTH * (i + 1)) for i, c in enumerate(text))
    return Run(glyphs, Box(x, y, glyphs[-1].x1, y + SIZE), SIZE, "Times")


def read(*pages: Sequence[Line]) -> list[Table]:
    """The tables of pages that follow each other."""
    frame: Frame | None = None
    tables: list[Table] = []
    for number, page in enumerate(pages, 1):
        runs = [run(y, column, text) for y, texts in page for column, text in texts]
        found = unruled_tables(runs, [], number, frame)
        frame = found[-1][1] if found else None
        tables += [made.table for made, _ in found]
    return tables


def row(y: float, *texts: str) -> Line:
    return y, [(column, text) for column, text in enumerate(texts) if text]


def paths(table: Table) -> list[str]:
    return [" / ".join(table.path(column)) for column in range(table.columns)]


def column(table: Table, number: int) -> list[str]:
    return [cell.text for row in table.rows for cell in row.cells if cell.column == number]


HEADS = row(1, "STT", "Đơn vị", "Chỉ số 1", "Chỉ số 2", "Tổng", "Hạng")
ROWS = [
    row(3, "1", "Xã Na Son", "4,5", "9,25", "13,75", "Tốt"),
    row(5, "2", "Xã Keo Lôm", "5", "10", "15", "Tốt"),
]


def test_column_numbers_beside_figures_set_at_the_right_are_no_columns() -> None:
    heads = row(1, "STT", "Đơn vị", "Số tiếp nhận", "Số đã số hóa", "Tỷ lệ số hóa")
    figures = [
        (y, [(0, str(y)), (1, "Xã A"), *((c + 0.25, "83") for c in (2, 3, 4))]) for y in (3, 4, 5)
    ]
    (table,) = read([heads, row(2, "", "", "(1)", "(2)", "(3)"), *figures])
    assert paths(table)[2:] == ["Số tiếp nhận / (1)", "Số đã số hóa / (2)", "Tỷ lệ số hóa / (3)"]


def test_maxima_above_column_numbers_are_no_table_of_their_own() -> None:
    heads = row(1, "STT", "Đơn vị", "Chỉ số", "Chỉ số", "Tổng", "Hạng")
    numbers = row(2, "", "", "1", "2"), row(4, "", "", "5", "10", "15")
    columns = row(6, "(1)", "(2)", "(3)", "(4)", "(5)", "(6)")
    (table,) = read([heads, *numbers, columns, *((y + 5, texts) for y, texts in ROWS)])
    assert paths(table)[2:4] == ["Chỉ số 1 / 5 / (3)", "Chỉ số 2 / 10 / (4)"]
    assert column(table, 1) == ["Xã Na Son", "Xã Keo Lôm"]


def test_a_group_over_three_columns_is_no_first_line_of_the_middle_ones_heading() -> None:
    top: Line = (1, [(0, "STT"), (1, "Đơn vị"), (3, "Trực tuyến"), (5, "Tỷ lệ")])
    heads = row(2, "", "", "Số TTHC", "Số hồ sơ", "Lệ phí")
    (table,) = read([top, heads, *(row(y, "1", "Xã A", "3", "4", "70", "50") for y in (4, 6))])
    assert paths(table)[2:5] == [
        f"Trực tuyến / {name}" for name in ("Số TTHC", "Số hồ sơ", "Lệ phí")
    ]


def test_headings_over_figures_set_at_the_right_stand_over_their_own_columns() -> None:
    groups: Line = (1, [(2.5, "Chưa thanh toán"), (4.5, "Đã thanh toán")])
    full: Line = (2, [(0, "STT"), (1, "Đơn vị"), (6, "Tỷ lệ")])
    heads: Line = (3, [(c, name) for c, name in enumerate(("Số hồ sơ", "Lệ phí") * 2, 2)])
    figures: list[Line] = [
        (y, [(0, "1"), (1, "Xã A"), *((c + 0.44, "5") for c in range(2, 7))]) for y in (5, 6, 7)
    ]
    (table,) = read([groups, full, heads, *figures])
    assert paths(table)[2:] == [
        "Chưa thanh toán / Số hồ sơ",
        "Chưa thanh toán / Lệ phí",
        "Đã thanh toán / Số hồ sơ",
        "Đã thanh toán / Lệ phí",
        "Tỷ lệ",
    ]


def test_headings_that_fill_their_cells_are_two() -> None:
    heads = row(1, "STT", "Đơn vị", "Chỉ số thứ nhất (5đ", "Chỉ số thứ hai: (5đ", "Tổng", "Hạng")
    (table,) = read([heads, *ROWS])
    assert paths(table)[2:4] == ["Chỉ số thứ nhất (5đ", "Chỉ số thứ hai: (5đ"]


@pytest.mark.parametrize(
    ("ends", "path"), [((-40, 40), "Nhóm A / Chỉ số 2"), ((-12, 12), "Nhóm A Chỉ số 2")]
)
def test_a_line_between_two_headings_parts_them(ends: tuple[float, float], path: str) -> None:
    """A group over one column; a line no longer than the text underlines it."""
    heads = row(1, "STT", "Đơn vị", "Nhóm A", "Tiến độ"), row(2, "", "", "Chỉ số 2")
    figures = [row(y, str(y), "Xã A", "5", "9", "70") for y in (4, 6, 8)]
    runs = [run(y, column, text) for y, texts in (*heads, *figures) for column, text in texts]
    middle = 2.5 * COLUMN
    ruled = Stroke(2.0 * SIZE, middle + ends[0], middle + ends[1])
    ((found, _),) = unruled_tables(runs, [ruled], 1)
    assert paths(found.table)[2] == path


def test_one_text_several_times_on_a_line_is_as_many_headings() -> None:
    """Figures that do not stand in the middle below them, as where a pen's strokes widen a column."""
    columns = [Column(a, b) for a, b in ((0, 20), (40, 60), (88, 116), (146, 160))]
    line = [w for x in (95, 129) for w in words_of([_at(x, "Chỉ"), _at(x + 17, "số")])]
    assert [[w.run.text for w in part] for part in _by_column(line, columns)] == [["Chỉ", "số"]] * 2


@pytest.mark.parametrize(("names", "parts"), [("12312", 5), ("1 312", 5), ("123", 1)])
def test_numbered_headings_no_further_apart_than_words_are_as_many(names: str, parts: int) -> None:
    """Two groups' `Chỉ số k` over five columns, of which recognition may lose a number; where they are fewer than the
    columns they are one text."""
    texts = [f"Chỉ số {k}".strip() for k in names]
    words = words_of([_at(i * 9 * WIDTH, text) for i, text in enumerate(texts)])
    columns = [Column(i * 9 * WIDTH + 10, i * 9 * WIDTH + 30) for i in range(5)]
    wide = [*columns[:1], Column(95, 100), *columns[1:]] if len(names) == 3 else columns
    assert len(_by_column(words, wide)) == parts


def _at(x: float, text: str) -> Run:
    glyphs = tuple(Glyph(c, x + WIDTH * i, x + WIDTH * (i + 1)) for i, c in enumerate(text))
    return Run(glyphs, Box(x, 0, glyphs[-1].x1, SIZE), SIZE, "Times")


def test_a_number_alone_on_its_line_is_part_of_a_heading() -> None:
    (table,) = read([HEADS, (2, [(4, "100")]), *(row(y + 1, *(t for _, t in r)) for y, r in ROWS)])
    assert paths(table)[4:] == ["Tổng 100", "Hạng"]


def test_another_table_of_as_many_columns_has_its_own_header() -> None:
    heads = row(1, "STT", "Tên cơ quan", "Số hồ sơ", "Lệ phí", "Cộng", "Tỷ lệ")
    assert [paths(table)[2] for table in read([HEADS, *ROWS], [heads, *ROWS])] == [
        "Chỉ số 1",
        "Số hồ sơ",
    ]


def test_a_remark_hard_beside_a_full_rank_has_its_own_column() -> None:
    heads: Line = (1, [*HEADS[1], (5.75, "Ghi chú")])
    rank, figures = "HOÀNTHÀNHXUẤTSẮCAB", ("Xã A", "4,5", "9,25", "13,75")
    rows = [(y, [*row(y, str(y), *figures, rank)[1], (5.54, "hạn")]) for y in (3, 5, 7)]
    (table,) = read([heads, *rows])
    assert paths(table)[5:] == ["Hạng", "Ghi chú"]
    assert [column(table, c) for c in (5, 6)] == [[rank] * 3, ["hạn"] * 3]


def test_rows_without_figures_and_a_long_remark_do_not_part_a_table() -> None:
    remarks: list[Line] = [(y, [(5.4, "Có hồ sơ trễ hạn nhiều")]) for y in (8.5, 9.5)]
    bare = [row(y, str(y), "Phòng Dân tộc") for y in (7, 9, 11, 13)]
    cases = [
        row(y, str(y), "Xã Na Ư", "4", "9", "13.750.000.000.000", "hạn") for y in (3, 5, 15, 17)
    ]
    (table,) = read([HEADS, *sorted([*bare, *remarks, *cases])])
    assert column(table, 0) == ["3", "5", "7", "9", "11", "13", "15", "17"]


def test_the_last_rows_without_figures_are_kept_where_their_remarks_begin_above_them() -> None:
    remark = ("Không phát sinh", "hồ sơ")
    bare = [
        line
        for y, serial in ((7, 3), (9.6, 4), (12.2, 5))
        for line in (
            row(y - 0.5, "", "", "", "", "", "", remark[0]),
            row(y + 0.2, str(serial), f"Xã Pú Hồng {serial}", "", "", "", "", remark[1]),
        )
    ]
    (made,) = read([row(1, *(text for _, text in HEADS[1]), "Ghi chú"), *ROWS, *bare])
    assert column(made, 0) == ["1", "2", "3", "4", "5"]
    assert column(made, 6)[2:] == ["Không phát sinh hồ sơ"] * 3


def test_a_list_below_a_table_is_not_its_rows() -> None:
    bare = [row(8, "1", "Xã Pú Hồng"), row(10, "2", "Xã Na Son")]
    (made,) = read([HEADS, *ROWS, *bare])
    assert column(made, 0) == ["1", "2"]


def test_last_digits_go_to_the_row_that_they_follow() -> None:
    """Those of a row broken over the page end stand above the first row, under the repeated header."""
    rows = [
        line
        for y in range(3, 17, 2)
        for line in (
            row(y, str(y), "Xã A", "4,5", "9,25", f"{y},02/8", "Tốt"),
            row(y + 1, "", "", "", "", "5"),
        )
    ]
    *_, table = read([HEADS, *rows], [HEADS, row(2, "", "", "", "", "5"), *rows])
    assert column(table, 4) == ["5", *(f"{y},02/8 5" for y in range(3, 17, 2))]


def test_a_heading_that_ends_level_with_the_rest_of_a_broken_row_is_whole() -> None:
    heads = [HEADS, (2, [(4, "điểm")])]
    first = [row(y, str(y), "Xã A", "4,5", "9,25", "13", "Tốt") for y in (4, 6)]
    again = [HEADS, (2, [(1, "Son"), (4, "điểm")]), *first]
    *_, table = read([*heads, *first], again)
    assert column(table, 4) == ["", "13", "13"]


@pytest.mark.parametrize("kind", ["Xã", "xã"])
def test_rows_are_set_on_the_next_page_as_on_the_first(kind: str) -> None:
    """One row on a page does not tell whether the line above it is the end of another's name."""
    names = [
        line
        for y in range(4, 16, 3)
        for line in (
            (y - 0.5, [(1, f"{kind} Mường")]),
            row(y, str(y), "", "4,5", "9,25", "13", "Tốt"),
            (y + 0.5, [(1, "Luân")]),
        )
    ]
    rest: Any = [(2, [(1, "Luân")]), row(3.4, "14", f"{kind} Keo Lôm", "4,5", "9", "13", "Tốt")]
    *_, table = read([HEADS, *names], rest)
    assert column(table, 1) == ["Luân", f"{kind} Keo Lôm"]


def test_a_table_of_two_columns_may_have_a_bare_row() -> None:
    """Figures that stand out of their columns leave few: it stopped the page."""
    columns = [Column(40.0, 60.0), Column(100.0, 200.0)]
    line = words_of([run(1, 0, "1"), run(1, 1, "Na Son")])
    assert _is_bare_row(line, columns)


def test_indicators_counted_within_their_groups_are_headings() -> None:
    groups: Line = (
        1,
        [(0, "STT"), (1, "Đơn vị"), (2.5, "Công khai"), (4.5, "Trực tuyến"), (6.5, "Số hóa")],
    )
    heads = row(2, "", "", *["Chỉ số"] * 6), row(3, "", "", *["1", "2"] * 3)
    rows = [row(y, str(y), "Xã A", "5", "4", "10", "9", "5", "8") for y in (5, 7, 9)]
    (table,) = read([groups, *heads, *rows])
    assert paths(table)[2:4] == ["Công khai / Chỉ số 1", "Công khai / Chỉ số 2"]
    assert column(table, 2) == ["5"] * 3


def test_a_row_of_maxima_is_a_level_of_the_header() -> None:
    heads = row(1, "STT", "Đơn vị", "Chỉ số 1", "Chỉ số 2", "Tổng", "Hạng")
    maxima = row(2, "", "Điểm tối đa", "5", "10", "", "")
    (table,) = read([heads, maxima, *((y + 1, texts) for y, texts in ROWS)])
    assert paths(table)[1:4] == ["Đơn vị / Điểm tối đa", "Chỉ số 1 / 5", "Chỉ số 2 / 10"]
    assert column(table, 1) == ["Xã Na Son", "Xã Keo Lôm"]


def test_serial_numbers_right_before_the_names_are_a_column() -> None:
    heads = row(1, "TT", "Đơn vị", "Chỉ số 1", "Chỉ số 2", "Tổng")
    rows: list[Line] = [
        (y, [(1.29, str(y - 1)), (1.5, "Xã An"), (2, "4"), (3, "5"), (4, "9")]) for y in range(2, 7)
    ]
    (table,) = read([heads, *rows])
    assert column(table, 0) == ["1", "2", "3", "4", "5"]
    assert column(table, 1) == ["Xã An"] * 5


def test_two_figures_without_white_between_them_are_two_cells() -> None:
    heads = row(1, "STT", "Đơn vị", "Số TTHC", "Số hồ sơ", "Lệ phí", "Tỷ lệ")
    rows = [row(y, str(y), "Xã A", "3", "7") for y in (3, 4, 5)]
    glued = [(y, [*texts, (4.5, "3.997.75092,18%")]) for y, texts in rows]
    (table,) = read([heads, *glued])
    assert column(table, 4) == ["3.997.750"] * 3
    assert column(table, 5) == ["92,18%"] * 3


def test_a_last_row_without_figures_whose_name_begins_above_its_number_is_kept() -> None:
    last: list[Line] = [
        (7, [(1, "Xã Thanh"), (5, "Không")]), (7.5, [(0, "3")]), (8, [(1, "Trường"), (5, "có")])
    ]  # fmt: skip
    (table,) = read([HEADS, *ROWS, *last])
    assert column(table, 0) == ["1", "2", "3"]


def test_a_formula_begins_a_text_however_close_the_one_before_it_ends() -> None:
    heads = row(1, "STT", "Đơn vị", "Tiếp nhận", "Số hóa", "Tỷ lệ", "Chưa")
    numbers: Line = (2, [(2, "(1)"), (3, "(2)"), (4.35, "(3)=(2)/(1)"), (4.95, "(4)=(1)-(2)")])
    rows = [row(y, str(y), "Xã A", "9", "8", "88", "1") for y in (4, 5, 6)]
    (table,) = read([heads, numbers, *rows])
    assert paths(table)[4:] == ["Tỷ lệ / (3)=(2)/(1)", "Chưa / (4)=(1)-(2)"]
