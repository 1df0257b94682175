"""A grid's cells to a table's: where the grid may be wrong, the cells say so."""

from __future__ import annotations

import numpy as np
import pytest

from extract.document import Reading, Table
from extract.scan.mesh import Grid, GridCell
from extract.scan.table import table_of
from extract.scan.upright import Frame
from extract.scan.votes import CellText

FRAME = Frame(np.eye(3)[:2], 0, 0.0)
HEADER = ("STT", "Tên đơn vị", "Tiến độ", "Số hóa")
SIDE = 10


def made(
    rows: list[list[tuple[str, int]]], weak: int | None = None, noise: tuple[str, ...] = ()
) -> Table:
    """The table of rows of (text, columns); the cell of row 1 that begins at column `weak` is doubted, texts
    of `noise` have little trust."""
    texts: dict[GridCell, CellText] = {}
    for r, row in enumerate(rows):
        column = 0
        for text, columns in row:
            place = (column * SIDE, r * SIDE, (column + columns) * SIDE, (r + 1) * SIDE)
            lines = tuple(text.split("\n")) if text else ()
            texts[GridCell(r, column, 1, columns, *place)] = CellText(
                lines, 0.03 if text in noise else 1.0, (Reading(text, 1.0, "ocr"),)
            )
            column += columns
    doubted = frozenset(c for c in texts if c.row == 1 and c.column == weak)
    xs, ys = (
        range(0, (sum(n for _, n in rows[0]) + 1) * SIDE, SIDE),
        range(0, (len(rows) + 1) * SIDE, SIDE),
    )
    return table_of(Grid(tuple(ys), tuple(xs), tuple(texts), doubted), texts, FRAME, 1, 0)


def plain(*texts: str) -> list[tuple[str, int]]:
    return [(text, 1) for text in texts]


def test_a_figure_over_two_columns_is_one_of_them_in_doubt() -> None:
    table = made([plain(*HEADER), [("1", 1), ("xã A", 1), ("5,0", 2)]])
    assert [(c.column, c.span, c.text) for c in table.rows[0].cells] == [
        (0, 1, "1"), (1, 1, "xã A"), (2, 1, "5,0"), (3, 1, ""),
    ]  # fmt: skip
    assert [c.confidence < 0.5 for c in table.rows[0].cells] == [False, False, True, True]


def test_a_section_over_many_columns_is_one_cell() -> None:
    table = made([plain(*HEADER), [("I", 1), ("Khối xã (2 xã)", 3)], plain("1", "xã A", "5", "4")])
    assert [(c.span, c.confidence) for c in table.rows[0].cells] == [(1, 1.0), (3, 1.0)]


def test_a_cell_whose_edges_do_not_close_is_in_doubt() -> None:
    table = made([plain(*HEADER), plain("1", "xã A", "5,0", "4,5")], weak=2)
    assert table.doubts == ("broken-grid",)
    assert [c.confidence for c in table.rows[0].cells] == [1.0, 1.0, 0.3, 1.0]


def test_a_heading_misread_as_a_number_heads_the_table_still() -> None:
    table = made([plain("811", *HEADER[1:]), plain("1", "xã A", "5,0", "4,5")])
    assert [h.text for h in table.header] == list(HEADER)
    assert len(table.rows) == 1


@pytest.mark.parametrize(("serial", "sure"), [("7\n8", 0.3), ("7\n2", 1.0), ("7", 1.0)])
def test_a_row_with_the_serial_numbers_of_two_is_in_doubt(serial: str, sure: float) -> None:
    table = made([plain(*HEADER), plain(serial, "xã A", "30\n28,52", "10")])
    assert [c.confidence for c in table.rows[0].cells] == [sure] * 4


def test_a_line_of_one_row_leaves_the_cells_beside_it_in_doubt() -> None:
    usual = [("1", 1), ("xã A", 1), ("chậm", 2), ("5", 1)]
    stroke = plain("2", "xã B", "", "chậm", "5")
    table = made([plain(*HEADER, "Tổng"), usual, stroke, usual, usual])
    assert [c.confidence for c in table.rows[1].cells] == [1.0, 1.0, 0.3, 0.3, 1.0]
    assert [c.confidence for c in table.rows[2].cells] == [1.0] * 4


@pytest.mark.parametrize(("going_on", "sure"), [((0, 1, 2), False), ((1,), True)])
def test_a_row_that_mostly_goes_on_in_the_next_is_in_doubt(
    going_on: tuple[int, ...], sure: bool
) -> None:
    texts: dict[GridCell, CellText] = {}
    for row, shown in enumerate((HEADER, ("1", "xã A", "5,0", "4,5"), ("2", "xã B", "3,0", "2,5"))):
        for column, text in enumerate(shown):
            high = 2 if row == 1 and column in going_on else 1
            if row < 2 or column not in going_on:
                cell = GridCell(
                    row,
                    column,
                    high,
                    1,
                    column * SIDE,
                    row * SIDE,
                    column * SIDE + SIDE,
                    (row + high) * SIDE,
                )
                texts[cell] = CellText((text,), 1.0, (Reading(text, 1.0, "ocr"),))
    grid = Grid(tuple(range(0, 4 * SIDE, SIDE)), tuple(range(0, 5 * SIDE, SIDE)), tuple(texts))
    confidences = {c.column: c.confidence for c in table_of(grid, texts, FRAME, 1, 0).rows[0].cells}
    assert (confidences[3] == 1.0) is sure


def test_figures_under_a_seal_read_as_one_word_leave_each_column_in_doubt() -> None:
    row = [("1", 1), ("xã A", 1), ("5", 1), ("16 lo đhủi", 2)]
    table = made([plain(*HEADER, "Tổng"), row], noise=("16 lo đhủi",))
    assert [c.confidence < 0.5 for c in table.rows[0].cells] == [False, False, False, True, True]


def test_nothing_over_two_columns_of_a_parted_row_leaves_each_in_doubt() -> None:
    """A seal hides the line between them and what stands beside it; a blank of a short row is one cell."""
    wide = plain(*HEADER, "Hài lòng", "Tổng")
    row = [("1", 1), ("xã A", 1), ("", 2), ("4", 1), ("9", 1)]
    table = made([wide, row, [("II", 1), ("Khối xã", 1), ("", 4)]])
    assert [c.confidence < 0.5 for c in table.rows[0].cells] == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]
    assert [c.span for c in table.rows[1].cells] == [1, 1, 4]


def test_words_with_a_figure_behind_them_over_two_columns_leave_the_second_in_doubt() -> None:
    """The line between a name and the figure behind it is lost; a remark over columns is one text."""
    wide = plain(*HEADER, "Hài lòng", "Tổng")
    row = [("1", 1), ("xã A 30", 2), ("5", 1), ("4", 1), ("9", 1)]
    remark = [("2", 1), ("xã B", 1), ("Không phát sinh", 2), ("4", 1), ("9", 1)]
    table = made([wide, row, remark])
    assert [c.confidence < 0.5 for c in table.rows[0].cells] == [
        False,
        True,
        True,
        False,
        False,
        False,
    ]
    assert [c.confidence < 0.5 for c in table.rows[1].cells] == [False] * 5


def test_a_heading_without_a_line_below_it_leaves_the_first_figure_in_doubt() -> None:
    """`Số hóa` and the 4,5 below it were read as one cell over both rows."""
    texts: dict[GridCell, CellText] = {}
    lines = [[*HEADER[:3], "Số hóa|4,5"], ["1", "xã A", "5"], ["2", "xã B", "4", "3,9"]]
    for r, row in enumerate(lines):
        for c, text in enumerate(row):
            rows = 2 if "|" in text else 1
            place = c * SIDE, r * SIDE, (c + 1) * SIDE, (r + rows) * SIDE
            texts[GridCell(r, c, rows, 1, *place)] = CellText(tuple(text.split("|")), 1.0, ())
    grid = Grid((0, 10, 20, 30), (0, 10, 20, 30, 40), tuple(texts))
    table = table_of(grid, texts, FRAME, 1, 0)
    assert [table.path(c) for c in range(4)] == [(name,) for name in HEADER]
    first = [(c.text, c.confidence < 0.5) for c in table.rows[0].cells]
    assert first == [("1", False), ("xã A", False), ("5", False), ("4,5", True)]
