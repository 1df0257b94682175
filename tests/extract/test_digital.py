"""Digital pages read whole: small drawn pages, each with one difficulty."""

from pathlib import Path
from typing import Any

import pytest

from extract.document import Document, Table, Unreadable
from extract.read import read
from tests.extract.paper import EDGES, HEADER, ROWS, Paper, fill_rows, rule


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def saved(paper: Paper, tmp_path: Path) -> Document:
    return read(paper.save(tmp_path / "a.pdf"), "a.pdf")


@pytest.mark.parametrize("thin", [False, True])
def test_ruled_table(tmp_path: Path, thin: Any) -> None:
    paper = Paper()
    fill_rows(paper, (HEADER, *ROWS), 100)
    rule(paper, 100, 4, thin=thin)
    (table,) = saved(paper, tmp_path).tables
    assert cells(table) == [list(row) for row in ROWS]
    assert [h.text for h in table.header] == list(HEADER)
    assert table.reader == "lines"
    box = table.rows[0].cells[2].box
    assert box is not None
    assert box.x0 == pytest.approx(EDGES[2], abs=0.5)


def test_table_without_rules(tmp_path: Path) -> None:
    paper = Paper()
    fill_rows(paper, (HEADER, *ROWS), 100)
    (table,) = saved(paper, tmp_path).tables
    assert cells(table) == [list(row) for row in ROWS]
    assert table.reader == "words"
    assert {cell.confidence for row in table.rows for cell in row.cells} == {1.0}


def test_long_name_runs_over_the_next_column(tmp_path: Path) -> None:
    paper = Paper()
    fill_rows(paper, (HEADER, *ROWS), 100)
    top = 100 + 18 * (1 + len(ROWS))
    fill_rows(paper, (("4", "", *ROWS[0][2:]),), top + 5)
    paper.text(EDGES[1] + 4, top + 11, "UBND thi tran Tua Chua, huyen Tua Chua")
    paper.text(EDGES[1] + 4, top + 23, "tinh Dien Bien")
    (table,) = saved(paper, tmp_path).tables
    name = "UBND thi tran Tua Chua, huyen Tua Chua tinh Dien Bien"
    assert cells(table)[-1] == ["4", name, *ROWS[0][2:]]


def test_heading_that_runs_out_of_its_cell_stays_out_of_the_row(tmp_path: Path) -> None:
    paper = Paper()
    for i, heading in enumerate(HEADER):
        lines = ("Tien", "do (30d)") if i == 2 else (heading,)
        for j, line in enumerate(lines):
            paper.canvas.drawCentredString(
                (EDGES[i] + EDGES[i + 1]) / 2, paper.height - 114 - 13 * j, line
            )
    for i, row in enumerate(ROWS):
        for x0, x1, text in zip(EDGES, EDGES[1:], row, strict=False):
            paper.canvas.drawCentredString((x0 + x1) / 2, paper.height - 130 - 18 * i, text)
    rule(paper, 100, 4)
    (table,) = saved(paper, tmp_path).tables
    assert cells(table) == [list(row) for row in ROWS]
    assert table.path(2) == ("Tien do (30d)",)


def test_mark_laid_slanting_across_is_no_part_of_cells(tmp_path: Path) -> None:
    paper = Paper()
    fill_rows(paper, (HEADER, *ROWS), 100)
    rule(paper, 100, 4)
    paper.canvas.rotate(35)
    paper.canvas.setFont("Helvetica", 60)
    paper.canvas.drawString(520, 400, "BAN SAO 77")
    document = saved(paper, tmp_path)
    assert cells(document.tables[0]) == [list(row) for row in ROWS]
    assert [line.text for line in document.unclaimed] == ["BAN SAO 77"]
    assert "BAN" not in "".join(p.text for p in document.paragraphs)


def test_level_lines_part_rows_of_wrapped_names(tmp_path: Path) -> None:
    paper = Paper()
    fill_rows(paper, (HEADER,), 100)
    for i, row in enumerate(ROWS):
        top = 118 + 30 * i
        fill_rows(paper, ((row[0], "", *row[2:]),), top + 6)
        paper.text(EDGES[1] + 4, top + 12, "UBND xa")
        paper.text(EDGES[1] + 4, top + 24, row[1][-1])
    for y in (100, 118, 148, 178, 208):
        paper.line(EDGES[0], y, EDGES[-1], y)
    (table,) = saved(paper, tmp_path).tables
    assert cells(table) == [list(row) for row in ROWS]
    assert table.rows[0].cells[1].lines == ("UBND xa", "A")


def test_merged_header_is_a_tree(tmp_path: Path) -> None:
    paper = Paper()
    paper.text(EDGES[2] + 20, 112, "Nhom")
    fill_rows(paper, (("", "", "Chi so 1", "Chi so 2"),), 118)
    for column in (0, 1, 4, 5):
        paper.text(EDGES[column] + 4, 121, HEADER[column])
    fill_rows(paper, (("", "", "(1)", "(2)", "(3)=(1)+(2)", ""), *ROWS), 136)
    rule(paper, 136, 4)
    paper.line(EDGES[0], 100, EDGES[-1], 100)
    paper.line(EDGES[2], 118, EDGES[4], 118)
    for i, x in enumerate(EDGES):
        paper.line(x, 118 if i == 3 else 100, x, 136)
    (table,) = saved(paper, tmp_path).tables
    assert table.path(2) == ("Nhom", "Chi so 1", "(1)")
    assert table.path(3) == ("Nhom", "Chi so 2", "(2)")
    assert table.path(4) == ("Tong", "(3)=(1)+(2)")
    assert table.path(1) == ("Don vi",)
    assert cells(table) == [list(row) for row in ROWS]


def test_table_goes_on_with_its_header_repeated(tmp_path: Path) -> None:
    paper = Paper()
    fill_rows(paper, (HEADER, *ROWS[:2]), 700)
    rule(paper, 700, 3)
    paper.page()
    paper.text(290, 30, "2")
    fill_rows(paper, (HEADER, ROWS[2]), 60)
    rule(paper, 60, 2)
    document = saved(paper, tmp_path)
    (table,) = document.tables
    assert cells(table) == [list(row) for row in ROWS]
    assert [row.page for row in table.rows] == [1, 1, 2]
    assert [p.text for p in document.paragraphs] == ["2"]


def test_row_broken_over_the_page_end(tmp_path: Path) -> None:
    paper = Paper()
    fill_rows(paper, (HEADER, ROWS[0], ("2", "UBND", *ROWS[1][2:])), 700)
    rule(paper, 700, 3)
    paper.page()
    fill_rows(paper, (("", "xa B"), ROWS[2]), 60)
    rule(paper, 60, 2)
    (table,) = saved(paper, tmp_path).tables
    assert cells(table) == [list(row) for row in ROWS]


def test_totals_row_is_not_taken_for_the_rest_of_a_row(tmp_path: Path) -> None:
    paper = Paper()
    fill_rows(paper, (HEADER, *ROWS[:2], ("3", "UBND xa C", "", "", "", "")), 700)
    rule(paper, 700, 4)
    paper.page()
    fill_rows(paper, (("", "TONG SO", "9,5", "19,25", "28,75", ""),), 60)
    rule(paper, 60, 1)
    (table,) = saved(paper, tmp_path).tables
    assert [row[1] for row in cells(table)][2:] == ["UBND xa C", "TONG SO"]


def test_two_tables_and_prose_between(tmp_path: Path) -> None:
    paper = Paper()
    paper.text(40, 60, "Co 03 don vi duoc cham diem, trong do 01 don vi xep loai tot.")
    fill_rows(paper, (HEADER, *ROWS), 100)
    rule(paper, 100, 4)
    paper.text(40, 200, "Bieu so 02 gom 3 don vi.")
    fill_rows(paper, (HEADER, *ROWS), 220)
    rule(paper, 220, 4)
    document = saved(paper, tmp_path)
    assert [t.id for t in document.tables] == ["t1", "t2"]
    orders = [(p.order, p.text[:4]) for p in document.paragraphs]
    assert orders == [(0, "Co 0"), (2, "Bieu")]
    assert document.tables[0].order == 1


def test_letterhead_blocks_are_read_one_after_the_other(tmp_path: Path) -> None:
    paper = Paper()
    for y, left, right in (
        (50, "UY BAN NHAN DAN", "CONG HOA XA HOI CHU NGHIA"),
        (62, "HUYEN A", "Doc lap - Tu do - Hanh phuc"),
        (80, "So: 12/BC-UBND", "A, ngay 3 thang 8 nam 2023"),
    ):
        paper.text(50, y, left)
        paper.text(330, y, right)
    text = " ".join(p.text for p in saved(paper, tmp_path).paragraphs)
    assert text == (
        "UY BAN NHAN DAN HUYEN A So: 12/BC-UBND "
        "CONG HOA XA HOI CHU NGHIA Doc lap - Tu do - Hanh phuc A, ngay 3 thang 8 nam 2023"
    )


def test_hidden_text_is_not_read_and_bold_by_double_print_is_read_once(tmp_path: Path) -> None:
    paper = Paper()
    paper.canvas.setFillGray(1)
    paper.text(40, 300, "bi mat 99")
    paper.canvas.setFillGray(0)
    paper.text(-200, 100, "ngoai trang 88")
    paper.text(40, 100, "diem 11,55")
    paper.text(40.3, 100, "diem 11,55")
    assert [p.text for p in saved(paper, tmp_path).paragraphs] == ["diem 11,55"]


def test_text_clipped_by_its_cell_stays_out_of_the_next(tmp_path: Path) -> None:
    paper = Paper()
    long = ("1", "Phong Tai chinh va Ke hoach huyen Dien Bien", *ROWS[0][2:])
    fill_rows(paper, (HEADER, long, *ROWS[1:]), 100)
    rule(paper, 100, 4)
    (table,) = saved(paper, tmp_path).tables
    assert cells(table)[0][2:] == list(ROWS[0][2:])
    assert cells(table)[0][1].startswith("Phong Tai chinh")


def write_upwards(paper: Paper) -> None:
    """The heading of the last column."""
    paper.canvas.saveState()
    paper.canvas.translate(460, paper.height - 155)
    paper.canvas.rotate(90)
    paper.canvas.drawString(0, 0, "Xep loai")
    paper.canvas.restoreState()


def test_sideways_text_in_the_header(tmp_path: Path) -> None:
    paper = Paper()
    fill_rows(paper, (HEADER[:5],), 100, 60)
    write_upwards(paper)
    fill_rows(paper, ROWS, 160)
    rule(paper, 160, 3)
    paper.line(EDGES[0], 100, EDGES[-1], 100)
    for x in EDGES:
        paper.line(x, 100, x, 160)
    (table,) = saved(paper, tmp_path).tables
    assert table.path(5) == ("Xep loai",)
    assert cells(table) == [list(row) for row in ROWS]


def test_sideways_headings_over_rows_that_no_line_parts(tmp_path: Path) -> None:
    """Not even the header is parted from the rows: STT and its numbers stand in one slot."""
    rows = (*ROWS, *ROWS)
    paper = Paper()
    fill_rows(paper, (HEADER[:5],), 100, 60)
    write_upwards(paper)
    fill_rows(paper, rows, 160)
    for y in (100, 160 + 18 * len(rows)):
        paper.line(EDGES[0], y, EDGES[-1], y)
    for x in EDGES:
        paper.line(x, 100, x, 160 + 18 * len(rows))
    (table,) = saved(paper, tmp_path).tables
    assert [table.path(c) for c in (0, 2, 5)] == [("STT",), ("Chi so 1 (5d)",), ("Xep loai",)]
    assert cells(table) == [list(row) for row in rows]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"hello, this is no PDF", "unsupported"),
        (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog", "corrupt"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: Any, code: Any) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as raised:
        read(path, "a.pdf")
    assert raised.value.problem.code == code


def test_encrypted_file(tmp_path: Path) -> None:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt="secret")
    canvas.drawString(50, 50, "1,5")
    canvas.save()
    path = tmp_path / "a.pdf"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(Unreadable) as raised:
        read(path, "a.pdf")
    assert raised.value.problem.code == "encrypted"


def test_blank_page(tmp_path: Path) -> None:
    paper = Paper()
    paper.text(40, 100, "Trang 1 co 3 so")
    paper.page()
    document = saved(paper, tmp_path)
    assert [page.kind for page in document.pages] == ["digital", "blank"]
