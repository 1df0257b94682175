import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document as new_docx
from docx.oxml import parse_xml

from extract.document import Unreadable
from extract.read import read

ROWS = [
    ["STT", "Tên đơn vị", "Nhóm", "", "Tổng"],
    ["", "", "Chỉ số 1 (5đ)", "Chỉ số 2 (10đ)", ""],
    ["I", "CÁC XÃ", "", "", ""],
    ["1", "Xã A", "4,5", "9,1", "13,6"],
    ["2", "Xã B", "5", "", "5"],
]


def report(path: Path) -> Path:
    document = new_docx()
    document.add_paragraph("Có 02 đơn vị")
    table = document.add_table(rows=5, cols=5)
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((0, 4), (1, 4))):
        table.cell(*first).merge(table.cell(*last))
    table.cell(2, 1).merge(table.cell(2, 4))
    document.add_paragraph("Lưu ý")
    document.save(str(path))
    return path


def test_merged_cells_become_a_tree(tmp_path: Path) -> None:
    document = read(report(tmp_path / "a.docx"), "a.docx")
    (table,) = document.tables
    assert [table.path(c) for c in range(5)] == [
        ("STT",),
        ("Tên đơn vị",),
        ("Nhóm", "Chỉ số 1 (5đ)"),
        ("Nhóm", "Chỉ số 2 (10đ)"),
        ("Tổng",),
    ]
    assert [[c.text for c in row.cells] for row in table.rows[1:]] == ROWS[3:]
    assert [(c.column, c.span) for c in table.rows[0].cells] == [(0, 1), (1, 4)]
    assert [(p.order, p.text) for p in document.paragraphs] == [(0, "Có 02 đơn vị"), (2, "Lưu ý")]


def swollen(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"\0" * 30_000_000)


def with_entities(path: Path) -> None:
    report(path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(
            "word/extra.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]><a/>'
        )


def no_zip(path: Path) -> None:
    path.write_bytes(b"PK\3\4 but nothing more")


@pytest.mark.parametrize(
    ("make", "code"), [(swollen, "too-large"), (with_entities, "corrupt"), (no_zip, "corrupt")]
)
def test_refused(tmp_path: Path, make: Any, code: Any) -> None:
    path = tmp_path / "a.docx"
    make(path)
    with pytest.raises(Unreadable) as raised:
        read(path, "a.docx")
    assert raised.value.problem.code == code


def test_a_table_set_in_place_by_another_is_one_of_its_own(tmp_path: Path) -> None:
    document = new_docx()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "PHỤ LỤC"
    inner = outer.cell(0, 1).add_table(rows=3, cols=3)
    for r, row in enumerate((["STT", "Tên", "Tổng"], ["1", "Xã A", "9"], ["2", "Xã B", "8"])):
        for c, text in enumerate(row):
            inner.cell(r, c).text = text
    document.save(str(tmp_path / "a.docx"))
    read_back = read(tmp_path / "a.docx", "a.docx")
    (table,) = read_back.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["1", "Xã A", "9"],
        ["2", "Xã B", "8"],
    ]
    assert [paragraph.text for paragraph in read_back.paragraphs] == ["PHỤ LỤC"]


@pytest.mark.parametrize(
    "gone",
    [
        '<w:moveFrom w:id="1" w:author="a"><w:r><w:t>7</w:t></w:r></w:moveFrom>',
        '<w:del w:id="1" w:author="a"><w:r><w:delText>7</w:delText></w:r></w:del>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>7</w:t></w:r>",
    ],
)
def test_text_that_is_not_printed_is_no_part_of_a_figure(tmp_path: Path, gone: str) -> None:
    """Deleted, moved away, or hidden: `7` before `10` made 710."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    row = f"<w:p {space}>{gone}<w:r><w:t>10</w:t></w:r></w:p>"
    document = new_docx(str(report(tmp_path / "a.docx")))
    cell = document.tables[0].cell(3, 3)
    cell._tc.replace(cell.paragraphs[0]._p, parse_xml(row))
    document.save(str(tmp_path / "a.docx"))
    (table,) = read(tmp_path / "a.docx", "a.docx").tables
    assert [c.text for c in table.rows[1].cells] == ["1", "Xã A", "4,5", "10", "13,6"]
