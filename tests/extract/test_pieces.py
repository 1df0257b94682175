"""The reader's parts alone: strokes, header rows, stacks of lines, the ledger, joining, second opinion."""

from dataclasses import replace
from typing import Any

import pytest

from extract.assemble import assemble
from extract.document import Box, Cell, Heading, Line, Page, Paragraph, Row, Table
from extract.glyphs import Glyph, Run
from extract.headers import Spot, header_rows, is_column_numbers
from extract.join import continues, join
from extract.ledger import missing_numbers
from extract.scan.page import PageReading
from extract.second import is_doubtful, settle
from extract.stack import StackedLine, share_out
from extract.strokes import Stroke, joined


def run(text: str, x: float = 0.0, y: float = 0.0) -> Run:
    glyphs = tuple(Glyph(c, x + 5 * i, x + 5 * i + 5) for i, c in enumerate(text))
    return Run(glyphs, Box(x, y, x + 5 * len(text), y + 10), 10.0, "Times")


def table(rows: Any, header: Any = (), page: int = 1) -> Table:
    made = tuple(
        Row(
            tuple(Cell((t,) if t else (), page, None, "text-layer", c) for c, t in enumerate(row)),
            page,
        )
        for row in rows
    )
    headings = tuple(Heading(t, c, c, page) for c, t in enumerate(header))
    return Table("", 0, page, "lines", len(rows[0]), headings, made)


def texts(made: Any) -> Any:
    return [[c.text for c in row.cells] for row in made.rows]


@pytest.mark.parametrize(
    ("header", "whole"),
    [
        (("Số TT", "Tên đơn vị", "Chỉ số 1 @ điểm)", "Tiến độ, kết quá"), True),
        (("Số TT", "Tên đơn vị", "Chỉ số 2 (5 điểm)", "Hài lòng"), False),
    ],
)
def test_a_scanned_header_read_a_little_otherwise_is_the_same(
    header: tuple[str, ...], whole: bool
) -> None:
    first = ("Số TT", "Tên đơn vị", "Chỉ số 1 (5 điểm)", "Tiến độ, kết quả")
    pages = [
        replace(table([("1", "xã A", "5", "28")], names), reader="scan")
        for names in (first, header)
    ]
    assert continues(*pages) == whole


@pytest.mark.parametrize(("serial", "whole"), [("| 3", True), ("1", False), ("5", False)])
def test_a_scanned_table_numbered_on_under_a_spoilt_header_goes_on(
    serial: str, whole: bool
) -> None:
    first = table([("1 1", "xã A", "5"), ("12", "xã B", "4")], ("STT", "Tên đơn vị", "CS1 (10đ)"))
    rest = table([(serial, "xã C", "3")], ("S é T", "Tên đơn vi", "CSI q0đ )"), page=2)
    assert continues(*(replace(t, reader="scan") for t in (first, rest))) == whole


@pytest.mark.parametrize(("serials", "whole"), [(("4I1", "42"), True), (("4I1", "2"), False)])
def test_a_number_read_otherwise_at_the_page_end_breaks_no_scanned_table(
    serials: tuple[str, ...], whole: bool
) -> None:
    heads = ("STT", "Tên đơn vị", "CS1 (10đ)"), ("S é T", "Tên đơn vi", "CSI q0đ )")
    rows = [("39", "xã A", "5"), ("40", "xã B", "4")], [(n, "xã C", "3") for n in serials]
    first, second = (replace(table(r, h), reader="scan") for r, h in zip(rows, heads, strict=True))
    assert continues(first, second) == whole


def test_a_heading_over_all_columns_lost_on_one_page_breaks_no_scanned_table() -> None:
    heads = ("STT", "Chỉ số 1 (5đ)", "Chỉ số 2 (5đ)")
    over = Heading("ĐIỂM CÁC CHỈ SỐ THÀNH PHẦN", 0, 2, 2, children=table([()], heads).header)
    first = table([("1", "5", "5"), ("2", "4", "3")], heads)
    rest = replace(table([("3", "5", "4")], page=2), header=(over,))
    assert continues(*(replace(t, reader="scan") for t in (first, rest)))


HEADED = {
    "repeated headings": ([("adZ", "Tên đơn", "Chỉ"), ("STT", "vị", "số 1 (Sđ)")], "3", 3),
    "another table's headings": ([("STT", "Số hồ sơ", "Phí, lệ phí")], "3", None),
    "a row whose number is lost": ([("", "xã Đơn", "5"), ("4", "xã D", "5")], "", None),
    "numbered anew": ([("STT", "Tên đơn vị", "Chỉ số 1 (5đ)")], "1", None),
}


@pytest.mark.parametrize(("above", "serial", "rows"), HEADED.values(), ids=HEADED)
def test_a_scanned_table_whose_header_is_dirt_goes_on_below_the_repeated_headings(
    above: list[tuple[str, ...]], serial: str, rows: int | None
) -> None:
    heads = ("STT", "Tên đơn vị", "Chỉ số 1 (5đ)")
    first = replace(table([("1", "xã A", "5"), ("2", "xã B", "4")], heads), reader="scan")
    second = replace(table([*above, (serial, "xã C", "3")], ("z%",), 2), reader="scan")
    assert continues(first, second) == (rows is not None)
    if rows:
        assert texts(join(first, second))[2:] == [["3", "xã C", "3"]]


@pytest.mark.parametrize(("serial", "tables"), [("3", 1), ("1", 2)])
def test_a_scanned_table_goes_on_past_a_footer_read_otherwise(serial: str, tables: int) -> None:
    rows = [[("1", "xã A", "5"), ("2", "xã B", "4")], [(serial, "xã C", "3")]]
    heads = [("STT", "Tên đơn vị", "Tổng điểm"), ()]
    pages = []
    for n, (own, names) in enumerate(zip(rows, heads, strict=True), 1):
        footer = Paragraph((Line(f"file:{'/' * n} {n}", n, None),), 1, "ocr")
        shown = replace(table(own, names, page=n), reader="scan")
        pages.append(PageReading(Page(n, 595, 842, "scan"), (footer,), (shown,)))
    assert len(assemble(pages).tables) == tables


@pytest.mark.parametrize(("end", "last"), [("(30đ)", "5"), ("28", "5 28")])
def test_the_end_of_a_repeated_heading_is_no_part_of_a_row(end: str, last: str) -> None:
    first = table([("1", "xã A", "5")], ("STT", "Tên đơn vị", "Tiến độ (30đ)"))
    rest = [("", "", end), ("2", "xã B", "4")]
    again = table(rest, ("STT", "Tên đơn vị", "Tiến độ"), page=2)
    assert texts(join(first, again)) == [["1", "xã A", last], ["2", "xã B", "4"]]


@pytest.mark.parametrize(("month", "tables"), [("4", 1), ("5", 2)])
def test_a_title_of_another_month_begins_another_table(month: str, tables: int) -> None:
    header = ("STT", "Tên đơn vị", "Tổng điểm")
    pages = []
    for n, named in enumerate(("4", month), 1):
        lines = (f"Phụ lục 0{n}", f"KẾT QUẢ THÁNG {named} NĂM 2024", "(Kèm theo Báo cáo)")
        above = tuple(
            Paragraph((Line(text, n, None),), i, "text-layer") for i, text in enumerate(lines)
        )
        shown = replace(table([(str(n), f"xã {n}", "5")], header, n), order=len(above))
        pages.append(PageReading(Page(n, 595, 842, "digital"), above, (shown,)))
    assert len(assemble(pages).tables) == tables


@pytest.mark.parametrize("serial", ["' |", ""])
def test_a_section_over_the_whole_table_is_no_heading(serial: str) -> None:
    names = [Spot(t, 0, 0, c, c) for c, t in enumerate(("TT", "Đơn vị", "Số hóa", "Tổng"))]
    section = [Spot(serial, 1, 1, 0, 0), Spot("CÁC CƠ QUAN", 1, 1, 1, 3)]
    unit = [Spot(t, 2, 2, c, c) for c, t in enumerate(("1", "xã A", "5", "4,5"))]
    assert header_rows([*names, *section, *unit], 4) == 1


def test_a_scanned_row_of_figures_whose_number_was_lost_is_a_row_of_its_own() -> None:
    first = table([("1", "xã A", "5,0", "28,1"), ("2", "xã B", "4,5", "27,0")])
    rest = table([("", "", "4,0", "26,2")], page=2)
    assert [len(join(replace(first, reader=r), rest).rows) for r in ("lines", "scan")] == [2, 3]


def test_dashes_and_double_lines_are_one_line() -> None:
    dashes = [Stroke(100.0, x, x + 3.0) for x in range(0, 60, 6)]
    assert [(s.start, s.end) for s in joined(dashes)] == [(0, 57.0)]
    assert len(joined([Stroke(100.0, 0, 50), Stroke(101.5, 0, 50)])) == 1
    assert len(joined([Stroke(100.0, 0, 50), Stroke(109.0, 0, 50)])) == 2


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (["(1)", "(2)", "(3)=(2)/(1)", "(5)"], True),
        (["A", "B", "1", "2", "3"], True),
        (["1", "2", "3", "4"], True),
        (["1", "2", "2", "2"], False),
        (["1", "UBND xã A", "5"], False),
    ],
)
def test_column_numbers(line: Any, expected: Any) -> None:
    assert is_column_numbers(line) is expected


def spots(*rows: Any) -> Any:
    return [Spot(t, r, r, c, c) for r, row in enumerate(rows) for c, t in enumerate(row)]


@pytest.mark.parametrize(
    ("rows", "depth"),
    [
        ([["STT", "Tên", "Điểm", "Hạng"], ["1", "A", "5", "Tốt"]], 1),
        ([["STT", "Tên", "Điểm", "Hạng"], ["(1)", "(2)", "(3)", "(4)"], ["1", "A", "5", "Tốt"]], 2),
        ([["STT", "Tên", "Điểm", "Hạng"], ["", "Khối xã", "", ""], ["1", "A", "5", "Tốt"]], 1),
        ([["STT", "Tên", "Điểm", "Hạng"], ["1 6", "A", "25,5 8", "Tốt"]], 1),
        ([["STT", "Tên", "Số", "Phí"], ["", "Tổng cộng", "100 3", "2.815.0 00"]], 1),
        ([["", "nửa tên", "", ""], ["2", "B", "5", "Khá"]], 0),
        ([["1", "A", "5", "Tốt"]], 0),
    ],
)
def test_header_rows(rows: Any, depth: Any) -> None:
    assert header_rows(spots(*rows), 4) == depth


@pytest.mark.parametrize(
    ("heights", "setting", "owners"),
    [
        ([95, 105, 130], "middle", (0, 0, 1)),
        ([100, 110, 130], "top", (0, 0, 1)),
        ([90, 100, 130], "bottom", (0, 0, 1)),
        ([100, 115, 130], "middle", (0, -2, 1)),
    ],
)
def test_lines_are_shared_out(heights: Any, setting: Any, owners: Any) -> None:
    lines = [StackedLine(y, 10.0, False) for y in heights]
    assert share_out(lines, [100.0, 130.0], setting).anchors == owners


def test_bold_and_plain_lines_are_not_one_name() -> None:
    lines = [StackedLine(95, 10.0, True), StackedLine(105, 10.0, False)]
    assert share_out(lines, [105.0], "middle").anchors == (-1, 0)


def test_ledger_finds_what_nobody_took() -> None:
    paragraph = Paragraph((Line("Có 12 đơn vị", 1, None),), 0, "text-layer")
    runs = [run("Có 12 đơn vị"), run("12"), run("7,5")]
    assert [m.text for m in missing_numbers(runs, [paragraph], [], 1)] == ["12", "7,5"]


def test_ledger_knows_a_run_cut_between_two_cells() -> None:
    assert missing_numbers([run("29,918,54")], [], [table([["29,91", "8,54"]])], 1) == ()


HEADER = ("STT", "Tên", "Điểm")


def test_repeated_header_is_dropped_and_broken_row_mended() -> None:
    first = table([["1", "UBND xã", "5"], ["2", "Sở Văn hóa,", ""]], HEADER)
    second = table([["", "Thể thao", "7,5"], ["3", "C", "8"]], HEADER, page=2)
    assert continues(first, second)
    assert texts(join(first, second)) == [
        ["1", "UBND xã", "5"],
        ["2", "Sở Văn hóa, Thể thao", "7,5"],
        ["3", "C", "8"],
    ]


def test_a_repeated_heading_may_lose_its_end_above_a_broken_row() -> None:
    """`(30` / `điể` for `(30 điểm)`, and the last digit of the row before taken for a heading."""
    first = table(
        [["1", "xã A", "67,2"], ["2", "xã B", "64,0"]], ("STT", "Tiến độ (30 điểm)", "Điểm")
    )
    second = table([["3", "xã C", "61,5"]], ("STT", "Tiến độ (30", "Điểm"), page=2)
    _, progress, total = second.header
    heads = (
        replace(progress, children=(Heading("điể", 1, 1, 2),)),
        replace(total, children=(Heading("7", 2, 2, 2),)),
    )
    second = replace(second, header=(second.header[0], *heads))
    assert continues(first, second)
    assert texts(join(first, second)) == [
        ["1", "xã A", "67,2"],
        ["2", "xã B", "64,0 7"],
        ["3", "xã C", "61,5"],
    ]


def test_another_table_does_not_go_on() -> None:
    assert not continues(
        table([["1", "A", "5"]], HEADER), table([["1", "A", "5"]], ("STT", "Tên", "Phí"))
    )
    assert not continues(table([["1", "A", "5"]]), table([["1", "A"]]))


@pytest.mark.parametrize("rest", [["", "TỔNG SỐ", "12,5"], ["3", "C", "8"]])
def test_whole_rows_are_not_mended(rest: Any) -> None:
    first = table([["1", "A", "5"], ["2", "Phòng Y tế", ""]], HEADER)
    assert len(join(first, table([rest], page=2)).rows) == 3


def test_second_reader_casts_doubt_only_where_it_cuts_otherwise() -> None:
    read = table([["1", "A", "29,91 8,54", "5"], ["2", "B", "4,5", "7"]])
    made = settle(read, [["1", "A", "29,91", "8,54", "5"], ["2", "B 4,5", "7"]])
    doubtful = [c.text for row in made.rows for c in row.cells if c.confidence < 0.9]
    assert doubtful == ["29,91 8,54"]
    assert made.rows[0].cells[2].readings[0].text == "29,91 8,54"


@pytest.mark.parametrize(
    ("row", "doubtful"),
    [
        (["3", "C", "8,5"], False),
        (["3", "C", "-"], False),
        (["", "TỔNG", "12"], False),
        (["3", "C", "8,5 7"], True),
        (["3", "C", "8,5Tốt"], True),
        (["3", "", "8,5"], True),
    ],
)
def test_signs_that_call_for_a_second_reading(row: Any, doubtful: Any) -> None:
    rows = [[str(i), "A", "4,5"] for i in range(1, 9)]
    assert is_doubtful(table([*rows, row])) is doubtful
