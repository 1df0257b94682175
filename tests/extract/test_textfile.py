"""Text files: three shapes of tables, prose, and that no number is lost."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.generator.content import Head
from benchmarks.generator.make import generate
from benchmarks.generator.truth import GeneratedReport
from extract.document import Document, Table, Unreadable
from extract.text_headings import read_header
from extract.text_headlines import headlines
from extract.textfile import read_text
from tests.extract.texts import SHAPES, body_grid, text_of

SHARED = Path(__file__).parents[3] / "shared" / "reports"
SHARED_TEXTS = sorted((SHARED / "text").glob("*.txt")) if SHARED.is_dir() else []

TABBED = """KẾT QUẢ ĐÁNH GIÁ

STT\tTÊN ĐƠN VỊ\tĐIỂM CÁC CHỈ SỐ\t\t\tTỔNG ĐIỂM\tXẾP LOẠI\t
\t\tTiến độ (30đ)\tNhóm số hóa hồ sơ\t\t\t\t
\t\t\tChỉ số 1 (5đ)\tChỉ số 2 (10đ)\t\t\t
I\tUBND CẤP XÃ\t\t\t\t\t\t
1\tUBND xã Chiềng\t30\t4,82\t8,7\t43,52\tXuất sắc\t

\tĐông\t\t\t\t\t\t
2\tUBND xã Quài
Tở\t29,1\t-\t10\t39,1\tTốt\t

Lưu ý: số liệu đến ngày 31/7."""

MARKDOWN = """Bảng điểm tháng 7

| STT | Tên đơn vị | Chỉ số 1 (5đ) | Tổng điểm |
|-----|:----------:|--------------:|-----------|
| 1 | UBND xã Pú Xi | 4,5 | 4,5 |
| 2 | UBND xã Ta Ma | 5 | 5 |
"""

FLOWING = """Biểu số 01 \n
STT \nTÊN CƠ QUAN, ĐƠN \n
VỊ \n
    ĐIỂM CÁC CHỈ SỐ \nTỔNG \nĐIỂM \nXẾP LOẠI \nNhóm công khai \nTiến độ (30đ) \nNhóm số hoá hồ sơ \n
 Chỉ \nsố 1 (5đ)  \nChỉ số 2 \n(5đ) \n Chỉ số 1 (5đ) \nChỉ số 2 \n(10đ) \n
I CÁC CƠ QUAN              \n
1 \nPhòng Tài chính - \nKế hoạch \n  4,7   \n   \n
29,9  \n
7,5 42,1 \nXuất sắc \n
II UBND cấp xã \n
1 UBND xã Ta Ma   5 30 2,5 10 47,5 Trung \nbình \n2 UBND xã Pú Xi   5 30 2,5 10 47,5 Tốt \n  ỦY BAN \n"""


def read(text: str, tmp_path: Path) -> Document:
    path = tmp_path / "report.txt"
    path.write_text(text, "utf-8")
    return read_text(path, "report.txt")


def grid(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_tabs_with_a_header_on_three_lines_and_broken_rows(tmp_path: Path) -> None:
    document = read(TABBED, tmp_path)
    (table,) = document.tables
    assert table.path(4) == ("ĐIỂM CÁC CHỈ SỐ", "Nhóm số hóa hồ sơ", "Chỉ số 2 (10đ)")
    assert table.path(5) == ("TỔNG ĐIỂM",)
    assert table.path(7) == ()
    assert grid(table)[1:] == [
        ["1", "UBND xã Chiềng Đông", "30", "4,82", "8,7", "43,52", "Xuất sắc", ""],
        ["2", "UBND xã Quài Tở", "29,1", "-", "10", "39,1", "Tốt", ""],
    ]
    assert [p.text for p in document.paragraphs] == [
        "KẾT QUẢ ĐÁNH GIÁ",
        "Lưu ý: số liệu đến ngày 31/7.",
    ]


def test_markdown(tmp_path: Path) -> None:
    (table,) = read(MARKDOWN, tmp_path).tables
    assert grid(table) == [["1", "UBND xã Pú Xi", "4,5", "4,5"], ["2", "UBND xã Ta Ma", "5", "5"]]


def test_cells_that_follow_one_another(tmp_path: Path) -> None:
    document = read(FLOWING, tmp_path)
    (table,) = document.tables
    assert [table.path(c)[-1] for c in range(2, 7)] == [
        "Chỉ số 1 (5đ)",
        "Chỉ số 2 (5đ)",
        "Tiến độ (30đ)",
        "Chỉ số 1 (5đ)",
        "Chỉ số 2 (10đ)",
    ]
    assert [cell.text for cell in table.rows[3].cells[:3]] == ["1", "UBND xã Ta Ma", "5"]
    assert [cell.text for cell in table.rows[1].cells][1] == "Phòng Tài chính - Kế hoạch"
    assert table.rows[3].cells[-1].text == "Trung bình"
    assert table.rows[4].cells[-1].text == "Tốt"
    assert document.paragraphs[-1].text == "ỦY BAN"


ROWS_ON_LINES = """1 UBND xã Na Son - 5 - 30 10 10 3,9 10 4,67 5 5 83,57 98,32 Xuất sắc
2 UBND xã Phìn Hồ - 5 - 29,93 10 10 5 6,65 5 5 3,31 79,89 93,99 Tốt
"""
BY_CELL = """ST
T
TÊN CƠ QUAN, ĐƠN VỊ ĐIỂM CÁC CHỈ SỐ ĐIỂM
ĐẠT
ĐƯỢC
TỔNG
ĐIỂM
QUY
ĐỔI
XẾP LOẠI
Nhóm chỉ số công khai,
minh bạch
Tiến
độ, KQ
giải
quyết
(30đ)
Nhóm cung cấp
DVTT
Nhóm số hóa hồ
sơ
Nhóm mức độ hài lòng
Chỉ số
1 (5đ)
Chỉ số
2 (5đ)
Chỉ số
3 (10đ)
Chỉ số
1 (10đ)
Chỉ số
2 (10đ)
Chỉ số
1 (5đ)
Chỉ số
2 (10đ)
Chỉ số
1 (5đ)
Chỉ số
2 (5đ)
Chỉ số
3 (5đ)
"""
BY_LINE = """ST TÊN CƠ QUAN, ĐƠN VỊ ĐIỂM CÁC CHỈ SỐ ĐIỂM TỔNG XẾP LOẠI
T Nhóm chỉ số công khai, Tiến Nhóm cung cấp Nhóm số hóa hồ Nhóm mức độ hài lòng ĐẠT ĐIỂM
minh bạch độ, KQ DVTT sơ ĐƯỢC QUY
Chỉ số Chỉ số Chỉ số giải Chỉ số Chỉ số Chỉ số Chỉ số Chỉ số Chỉ số Chỉ số ĐỔI
1 (5đ) 2 (5đ) 3 (10đ) quyết 1 (10đ) 2 (10đ) 1 (5đ) 2 (10đ) 1 (5đ) 2 (5đ) 3 (5đ)
(30đ)
"""


@pytest.mark.parametrize("header", [BY_CELL, BY_LINE])
def test_rows_on_lines_of_their_own_under_a_broken_serial_heading(
    header: str, tmp_path: Path
) -> None:
    (table,) = read(f"Phụ lục 01\n{header}{ROWS_ON_LINES}", tmp_path).tables
    assert [table.path(c)[-1] for c in (0, 2, 5, 12, 13, 15)] == [
        "STT",
        "Chỉ số 1 (5đ)",
        "Tiến độ, KQ giải quyết (30đ)",
        "Chỉ số 3 (5đ)",
        "ĐIỂM ĐẠT ĐƯỢC",
        "XẾP LOẠI",
    ]
    assert grid(table)[1] == [
        *("2", "UBND xã Phìn Hồ", "-", "5", "-", "29,93", "10", "10", "5", "6,65"),
        *("5", "5", "3,31", "79,89", "93,99", "Tốt"),
    ]


def test_mixed_words_with_other_maxima_tell_no_columns() -> None:
    other = BY_LINE.replace("1 (5đ) 2 (5đ) 3 (10đ)", "1 (5đ) 2 (10đ) 3 (5đ)")
    assert read_header(" ".join(BY_LINE.split()), 1)
    assert not read_header(" ".join(other.split()), 1)


def test_blank_cells_stay_as_gaps(tmp_path: Path) -> None:
    (table,) = read(FLOWING, tmp_path).tables
    row = table.rows[1]
    assert row.loose
    assert row.gaps == (1, 1, 0, 0, 0)
    assert {cell.column for cell in row.cells} == {0, 1, -1, 8}


def test_white_space_that_does_not_add_up_is_no_evidence(tmp_path: Path) -> None:
    (table,) = read(re.sub(" {2,}", " ", FLOWING), tmp_path).tables
    assert table.rows[1].loose
    assert table.rows[1].gaps == ()


def test_page_ends_are_seen_with_and_without_form_feeds(tmp_path: Path) -> None:
    marked = read("Trang một.\n\fTrang hai.\n", tmp_path)
    assert [p.page for p in marked.paragraphs] == [1, 2]
    spaced = read("Một dòng không dấu cách \nở đầu, rồi \n sang trang thứ hai. \n", tmp_path)
    assert [line.page for line in spaced.paragraphs[0].lines] == [1, 1, 2]


def test_a_wrapped_sentence_is_one_paragraph(tmp_path: Path) -> None:
    text = "trong đó có 03 đơn vị xếp loại xuất sắc, gồm Thanh \n\nBình, Nà Tấu và \n\n- 02 đơn vị tốt."
    assert [p.text for p in read(text, tmp_path).paragraphs] == [
        "trong đó có 03 đơn vị xếp loại xuất sắc, gồm Thanh Bình, Nà Tấu và",
        "- 02 đơn vị tốt.",
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xc4\x90i\xff\xfen", "unsupported"),
        (b"PK\x03\x04\0\0", "unsupported"),
        (b"9 " * 30_000, "too-large"),
    ],
)
def test_what_is_no_text_of_a_report_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as refused:
        read_text(path, "x.txt")
    assert refused.value.problem.code == code


def test_utf16_with_its_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("Điện Biên\r\nnăm 2023".encode("utf-16"))
    assert "Điện Biên" in read_text(path, "x.txt").paragraphs[0].text


def test_a_header_with_a_number_line() -> None:
    words = (
        "STT Đơn vị (Cơ quan) Số hóa hồ sơ TTHC khi Tiếp nhận Số hóa kết quả giải quyết TTHC "
        "Số hồ sơ Tiếp nhận Số hồ sơ có số hoá thành phần HS Tỷ lệ số hồ sơ có số hóa đầy đủ thành phần HS "
        "Số hồ sơ chưa số hóa TPHS Số hồ sơ đã giải quyết Số hồ sơ có số hóa kết quả "
        "Tỷ lệ số hóa kết quả hồ sơ Số hồ sơ chưa số hóa kết quả TTHC "
        "(1) (2) (3)=(2)/(1) (5) (6)=(7)+(9) (7) (8)=(7)/(6) (9)"
    )
    header = read_header(words, 1)
    assert header is not None
    assert (header.names, header.figures) == (2, 8)
    assert header.headings[2].children[2].children[0].text == "(3)=(2)/(1)"


def test_words_without_structure_tell_no_columns() -> None:
    assert read_header("STT Tên Kết quả", 1) is None


@pytest.mark.skipif(not SHARED_TEXTS, reason="the shared reports are not at hand")
@pytest.mark.parametrize("path", SHARED_TEXTS, ids=lambda p: p.stem)
def test_no_number_of_a_real_report_is_lost(path: Path) -> None:
    document = read_text(path, path.name)
    held = Counter(_numbers(json.dumps(_all_texts(document), ensure_ascii=False)))
    asked = Counter(_numbers(path.read_text("utf-8")))
    assert not asked - held


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _all_texts(document: Document) -> list[str]:
    texts = [p.text for p in document.paragraphs] + [line.text for line in document.unclaimed]
    for table in document.tables:
        texts += [h for c in range(table.columns) for h in table.path(c)]
        texts += [cell.text for row in table.rows for cell in row.cells]
    return texts


POSITIONAL = [shape for shape in SHAPES if shape not in ("lossy", "one-a-line-tight", "aligned")]


@pytest.fixture(scope="module")
def reports() -> list[GeneratedReport]:
    """Reports of both methodologies, with annexes and without, with remarks and sections."""
    return [generate(seed, "text-bars") for seed in (2, 3, 5, 9, 14)]


@pytest.mark.parametrize("shape", POSITIONAL)
def test_every_figure_of_a_separated_table_stands_in_its_column(
    shape: str, reports: list[GeneratedReport], tmp_path: Path
) -> None:
    for made in reports:
        found = read(text_of(made.report, shape, Random(made.seed)), tmp_path).tables
        tables = made.report.tables
        assert [t.columns for t in found] == [len(t.columns) for t in tables]
        for table, truth in zip(found, tables, strict=True):
            assert _bare(grid(table)) == _bare(body_grid(truth))
            columns = range(table.columns)
            assert _bare(["".join(table.path(c)) for c in columns]) == _bare(
                ["".join(_path(truth.heads, truth.numbers, c)) for c in columns]
            )


def _path(heads: Sequence[Head], numbers: Sequence[str], column: int) -> Iterator[str]:
    """The headings over a column of the report as made."""
    first = 0
    for head in heads:
        width = len(list(head.leaves()))
        if first <= column < first + width:
            yield head.text
            yield from _path(head.children, [], column - first)
        first += width
    if 1 < column < len(numbers) + 2:
        yield numbers[column - 2]


def _bare(texts: Sequence[Any]) -> str:
    """The texts without white space, which wrapping adds."""
    return re.sub(r"\s", "", repr(texts))


@pytest.mark.parametrize("shape", ["lossy", "one-a-line-tight", "aligned"])
def test_no_figure_stands_in_a_wrong_column(
    shape: str, reports: list[GeneratedReport], tmp_path: Path
) -> None:
    """Rows that have lost blank cells are loose, or stand under headings that tell no columns."""
    for made in reports:
        text = text_of(made.report, shape, Random(made.seed))
        truths = [row for table in made.report.tables for row in body_grid(table)]
        for table in read(text, tmp_path).tables:
            for row in (row for row in table.rows if not row.loose and len(table.path(2)) > 1):
                figures = {c.column: c.text for c in row.cells if c.text[:1].isdigit()}
                alike = [t for t in truths if len(t) == table.columns]
                assert not figures or any(
                    all(t[c] == text for c, text in figures.items()) for t in alike
                )


def test_prose_with_bars_or_a_letterhead_is_no_table(tmp_path: Path) -> None:
    text = "| UBND HUYỆN | CỘNG HÒA |\n|---|---|\n| Số: 5/BC | Độc lập |\n\nMột | hai\nba | bốn\n"
    assert read(text, tmp_path).tables == ()


LAID_OUT = """
STT  TÊN CƠ QUAN, ĐƠN VỊ                                             ĐIỂM    XẾP
                             Công khai       Tiến     Trực tuyến      ĐẠT    LOẠI
                          Chỉ số 1 Chỉ số 2 độ (30đ) Chỉ số 1 Chỉ số  ĐƯỢC
                            (5đ)     (5đ)             (10đ)   2 (10đ)
                                                                            Xuất
 1   UBND xã Nà Tấu           5     4,5    29,5       10      8,2     57,2
                                                                             sắc
     UBND xã Mường
 2                                    5    30,0      7,4      8,0     50,4    Tốt
     Phăng
 3   UBND xã Pá Khoang        4     3,25   28,1       9        0     44,35    Khá
"""


def test_columns_kept_apart_by_blanks_alone(tmp_path: Path) -> None:
    """As `pdftotext -layout` prints them: headings one blank apart, names and ranks about their row."""
    table = read(LAID_OUT, tmp_path).tables[0]
    assert [" ".join(table.path(c)) for c in range(2, 8)] == [
        "Công khai Chỉ số 1 (5đ)",
        "Công khai Chỉ số 2 (5đ)",
        "Tiến độ (30đ)",
        "Trực tuyến Chỉ số 1 (10đ)",
        "Trực tuyến Chỉ số 2 (10đ)",
        "ĐIỂM ĐẠT ĐƯỢC",
    ]
    assert grid(table) == [
        ["1", "UBND xã Nà Tấu", "5", "4,5", "29,5", "10", "8,2", "57,2", "Xuất sắc"],
        ["2", "UBND xã Mường Phăng", "", "5", "30,0", "7,4", "8,0", "50,4", "Tốt"],
        ["3", "UBND xã Pá Khoang", "4", "3,25", "28,1", "9", "0", "44,35", "Khá"],
    ]


def _sure(text: str, folder: Path) -> list[bool]:
    """Whether each row's figures are read without doubt."""
    table = read(text, folder).tables[0]
    return [all(c.confidence == 1.0 for c in row.cells if c.column > 1) for row in table.rows]


DRIFTED = """
STT  Tên đơn vị        Chỉ số 1   Chỉ số 2   Chỉ số 3   Tổng
""" + "".join(
    f" {i}   UBND xã A{'':11}4,5        9,2{'':8}{rest}13,7\n"
    for i, rest in enumerate(["6,8        "] * 8 + ["      0    "], 1)
)


def test_figures_that_blanks_set_elsewhere_are_in_doubt(tmp_path: Path) -> None:
    """One that stands with the name, and all beside one in a column of its own close to another."""
    assert _sure(LAID_OUT, tmp_path) == [True, True, True]
    moved = LAID_OUT.replace("xã Nà Tấu           5 ", "xã Nà Tấu 5           ")
    assert _sure(moved, tmp_path) == [False, True, True]
    assert _sure(DRIFTED, tmp_path) == [False] * 9
    assert _sure(DRIFTED.replace("      0    ", "  0        "), tmp_path) == [True] * 9


def test_headings_that_begin_alike_are_as_many() -> None:
    columns = [(0, 2), (4, 9), (12, 15), (24, 27), (35, 38)]
    (pieces,) = headlines([f"{'':9}Chỉ số 1 (5 Chỉ số 2 (5 Chỉ số 3"], columns)
    assert [piece.over for piece in pieces] == [(2, 3), (3, 4), (4, 5)]


def test_a_heading_between_its_column_and_one_that_has_its_own_is_in_doubt() -> None:
    columns = [(0, 2), (5, 28), (88, 92), (99, 102), (105, 109)]
    pieces = headlines([f"{'':99}sơ", f"{'':101}Chỉ số 2"], columns)
    assert [(piece.over, piece.near) for (piece,) in pieces] == [((3, 4), True), ((3, 5), False)]
