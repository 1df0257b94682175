"""Documents built by hand, for tests of their meaning."""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Cell, Document, Heading, Line, Origin, Paragraph, Reader, Row, Table


def chain(path: Sequence[str], column: int) -> Heading:
    """The headings of one column, nothing merged."""
    below = (chain(path[1:], column),) if len(path) > 1 else ()
    return Heading(path[0], column, column, 1, children=below)


def cell(text: str, column: int, span: int = 1, origin: Origin = "text-layer") -> Cell:
    return Cell(tuple(text.split("\n")) if text else (), 1, None, origin, column, span)


def row(*texts: str, origin: Origin = "text-layer") -> Row:
    return Row(tuple(cell(text, n, origin=origin) for n, text in enumerate(texts)), 1)


def table(
    paths: Sequence[Sequence[str]], *rows: Row, order: int = 9, reader: Reader = "lines"
) -> Table:
    header = tuple(chain(path, n) for n, path in enumerate(paths) if path)
    return Table("t1", order, 1, reader, len(paths), header, rows)


def document(lines: Sequence[str], *tables: Table, path: str = "report.pdf") -> Document:
    """Lines of prose, each a paragraph, and then the tables."""
    paragraphs = tuple(
        Paragraph((Line(text, 1, None),), order, "text-layer") for order, text in enumerate(lines)
    )
    placed = tuple(
        Table(t.id, len(lines) + n, t.page, t.reader, t.columns, t.header, t.rows)
        for n, t in enumerate(tables)
    )
    return Document(path, "0" * 64, "ok", "digital", (), paragraphs, placed)


OPEN, ONLINE = "Nhóm chỉ số công khai, minh bạch", "Nhóm cung cấp DVTT"
DIGITAL, CONTENT = "Nhóm số hoá hồ sơ", "Nhóm mức độ hài lòng"
SCORES_459: tuple[tuple[str, ...], ...] = (
    ("STT",),
    ("TÊN CƠ QUAN, ĐƠN VỊ",),
    (OPEN, "Chỉ số 1 (5đ)"),
    (OPEN, "Chỉ số 2 (5đ)"),
    (OPEN, "Chỉ số 3 (10đ)"),
    ("Tiến độ, KQ giải quyết (30đ)",),
    (ONLINE, "Chỉ số 1 (10đ)"),
    (ONLINE, "Chỉ số 2 (10đ)"),
    (DIGITAL, "Chỉ số 1 (5đ)"),
    (DIGITAL, "Chỉ số 2 (10đ)"),
    (CONTENT, "Chỉ số 1 (5đ)"),
    (CONTENT, "Chỉ số 2 (5đ)"),
    (CONTENT, "Chỉ số 3 (5đ)"),
    ("ĐIỂM ĐẠT ĐƯỢC",),
    ("TỔNG ĐIỂM QUY ĐỔI",),
    ("XẾP LOẠI",),
)
"""The header of a score table under decision 459."""
FIELDS_459 = [
    "serial",
    "unit",
    "openness_1",
    "openness_2",
    "openness_3",
    "progress",
    "online_1",
    "online_2",
    "digitisation_1",
    "digitisation_2",
    "satisfaction_1",
    "satisfaction_2",
    "satisfaction_3",
    "total",
    "converted",
    "rank",
]
UNIT_ROW = (
    *("5", "", "30,0", "10,0", "6,6", "4,2", "10,0", "5", "5", "5"),
    *("80,77", "95,0", "Xuất sắc"),
)
"""The figures of a unit under `SCORES_459`, from the second indicator on."""
