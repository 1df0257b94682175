"""Blank cells of tables without lines: of which the paper says that they are."""

from __future__ import annotations

import numpy as np
import pytest

from extract.document import Box, Cell, Row, Table
from extract.scan.empty import empty_cells
from extract.scan.ink import ink_of
from extract.scan.picture import Picture
from extract.scan.upright import Frame
from tests.extract.scan.drawn import BODY, UNIT, WIDTHS, table_page

LEFT, TOP, ROW = 60.0, 120.0, 18.0


def cell(row: int, column: int, text: str) -> Cell:
    """A cell of the drawn table as the reader of tables without lines finds it."""
    x0, top = LEFT + sum(WIDTHS[:column]) + 8, TOP + ROW * row + 2
    box = Box(x0, top, x0 + WIDTHS[column] - 16, top + 13)
    return Cell((text,) if text else (), 1, box if text else None, "ocr", column)


@pytest.mark.parametrize(
    ("printed", "blank"),
    [
        ("", True),
        ("9,5", False),  # which was read as a part of another cell's text, or not at all
        ("-", False),
    ],
)
def test_a_cell_without_ink_is_blank(printed: str, blank: bool) -> None:
    image = table_page(BODY, rules=False).convert("L")
    at = (round((LEFT + sum(WIDTHS[:3]) + 24) * UNIT), round((TOP + ROW * 2 + 9) * UNIT))
    width, height = {"": (0, 0), "-": (9, 3), "9,5": (34, 20)}[printed]
    gray = np.asarray(image, np.uint8).copy()
    gray[at[1] - height // 2 : at[1] + (height + 1) // 2, at[0] : at[0] + width] = 0
    frame = Frame(np.eye(2, 3), 0, 0.0)
    picture = Picture(gray, ink_of(gray, UNIT), UNIT, frame)
    rows = tuple(
        Row(tuple(cell(r, c, text) for c, text in enumerate(row)), 1) for r, row in enumerate(BODY)
    )
    table = Table("t", 0, 1, "scan", 6, (), rows, None, ())
    found = empty_cells(table, picture)
    assert set(found) == ({(2, 3)} if blank else set())
    assert all(not text.text and text.confidence > 0.9 for text in found.values())
