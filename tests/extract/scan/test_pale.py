"""Hair lines of the headings, too pale to be ink beside black letters, part them; strange pale lines do not."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.scan.ink import ink_of
from extract.scan.mesh import Grid, grids_of
from extract.scan.ruling import rules_of
from tests.extract.scan.drawn import BODY, UNIT, font, table_page

LEFT, TOP, ROW, HIGH = 60.0, 120.0, 18.0, 54.0
COLUMNS = (60.0, 90.0, 240.0, 300.0, 360.0, 430.0, 510.0)
PALE = "#e4e4e4"
"""A hair line's gray: beside black letters a tenth of their ink."""


def page(x0: float, x1: float) -> Image.Image:
    """A table whose headings are three rows high, with a pale line from `x0` to `x1` below the upper one."""
    image = table_page((("",) * 6,) * 2 + (("",) * 6,) + tuple(BODY), title="")
    draw = ImageDraw.Draw(image)
    inside = [v * UNIT for v in (LEFT + 0.8, TOP + 0.8, COLUMNS[-1] - 0.8, TOP + HIGH - 0.8)]
    draw.rectangle(inside, "white")
    for x in (*COLUMNS[1:3], *COLUMNS[4:6]):
        _line(draw, "black", x, TOP, x, TOP + HIGH)
    _line(draw, "black", COLUMNS[3], TOP + ROW, COLUMNS[3], TOP + HIGH)
    _text(draw, 64, 20, "STT")
    _text(draw, 120, 20, "Tên đơn vị")
    _text(draw, 252, 2, "Các chỉ số thành phần")
    for x, text in zip(COLUMNS[2:], ("Tiến độ", "Số hóa", "Tổng điểm", "Xếp loại"), strict=False):
        _text(draw, x + 6, 28, text)
    _line(draw, PALE, x0, TOP + ROW, x1, TOP + ROW)
    return image


def _line(draw: ImageDraw.ImageDraw, ink: str, *at: float) -> None:
    draw.line([v * UNIT for v in at], ink, 2)


def _text(draw: ImageDraw.ImageDraw, x: float, y: float, text: str) -> None:
    draw.text((x * UNIT, (TOP + y) * UNIT), text, "black", font(11))


def grid_of(image: Image.Image) -> Grid:
    ink = ink_of(np.asarray(image.convert("L")), UNIT)
    (grid,) = grids_of(ink, rules_of(ink, UNIT), UNIT)
    return grid


def test_a_pale_line_under_a_group_of_columns_parts_its_heading_from_theirs() -> None:
    grid = grid_of(page(COLUMNS[2], COLUMNS[4]))
    heads = {(c.row, c.column, c.rows, c.columns) for c in grid.cells if c.row < 2}
    assert len(grid.ys) == 7
    assert heads == {(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2), (0, 4, 2, 1), (0, 5, 2, 1),
                     (1, 2, 1, 1), (1, 3, 1, 1)}  # fmt: skip


@pytest.mark.parametrize("ends", [(LEFT, COLUMNS[-1]), (COLUMNS[2] + 20, COLUMNS[4] + 30)])
def test_a_pale_line_of_the_sheets_back_parts_nothing(ends: tuple[float, float]) -> None:
    """It goes over the whole table or ends within columns."""
    assert len(grid_of(page(*ends)).ys) == 6
