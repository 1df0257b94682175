"""Figures that a narrow column has broken over lines."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.page import read_page
from extract.scan.stacked import laid_out
from extract.scan.strokes import Atom, Window
from tests.extract.scan.drawn import BODY, HEADER, needs_engine, table_page

USUAL = 17.0

BROKEN = (
    ("1", "UBND xã Mường Mùn", "29,\n91", "-", "84,6\n9/85", "Xuất\nsắc"),
    ("2", "UBND xã Quài Nưa", "30", "8,5\n4", "78,\n37/\n85", "Tốt"),
    ("3", "UBND thị trấn\nTuần Giáo", "27,\n7", "", "66,6\n7/75", "Khá"),
    ("1\n4", "UBND xã Chiềng Sinh", "26,\n58", "0", "50\n,02\n/55", "Yếu"),
)


def test_they_are_read_like_others() -> None:
    """Once among figures on one line, whose looks and pitch they are held against."""
    needs_engine()
    page = read_page(table_page((HEADER, *BODY, *BROKEN), height=44.0), 1, 595.4, 842.0)
    (table,) = page.tables
    rows = table.rows[len(BODY) :]
    for row, printed in zip(rows, BROKEN, strict=True):
        by_column = {cell.column: cell for cell in row.cells}
        for column, text in enumerate(printed):
            assert by_column[column].lines == tuple(text.split("\n")) if text else True
            if any(c.isdigit() for c in text):
                assert by_column[column].confidence > 0.99, text


def atom(x0: int, x1: int, top: int, bottom: int) -> Atom:
    return Atom(frozenset({1}), x0, x1, top, bottom)


ONE = (atom(4, 14, 5, 22), atom(20, 30, 5, 22))
UNDER = (atom(8, 18, 30, 47),)
COMMA = (atom(16, 19, 19, 26),)


@pytest.mark.parametrize(
    ("blobs", "seams"),
    [
        (ONE, None),
        (ONE + UNDER, (31,)),
        (ONE[:1] + COMMA + UNDER, (20,)),  # the room of a mark is half as wide
        (ONE + UNDER + (atom(22, 26, 4, 50),), None),  # a stroke over both lines
    ],
)
def test_only_what_stands_on_lines_is_laid_out(
    blobs: tuple[Atom, ...], seams: tuple[int, ...] | None
) -> None:
    labels = np.zeros((60, 40), np.int32)
    window = Window(0, 0, labels.astype(np.uint8), labels, blobs, False)
    laid = laid_out(window, USUAL, None)
    assert (laid and laid.seams) == seams
