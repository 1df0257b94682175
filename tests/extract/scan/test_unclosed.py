"""A table open at a side has its outer column all the same; a text that the paper's edge cuts is doubted."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.scan.ink import ink_of
from extract.scan.mesh import Grid, grids_of
from extract.scan.ruling import rules_of
from tests.extract.scan.drawn import UNIT, WIDTHS, table_page

LEFT, RIGHT, TOP, ROW = 60.0, 60.0 + sum(WIDTHS), 120.0, 18.0
BOTTOM = TOP + 5 * ROW


def grid_of(image: Image.Image) -> Grid:
    ink = ink_of(np.asarray(image.convert("L")), UNIT)
    (grid,) = grids_of(ink, rules_of(ink, UNIT), UNIT)
    return grid


def wiped(image: Image.Image, x0: float, top: float, x1: float, bottom: float) -> Image.Image:
    ImageDraw.Draw(image).rectangle([v * UNIT for v in (x0, top, x1, bottom)], "white")
    return image


def without_line(image: Image.Image, x: float) -> Image.Image:
    """The upright line at `x` wiped away, the level ones left as they are."""
    for row in range(5):
        top = TOP + row * ROW
        wiped(image, x - 1, top + 0.8, x + 1, top + ROW - 0.8)
    return image


@pytest.mark.parametrize("sides", [(LEFT,), (RIGHT,), (LEFT, RIGHT)])
def test_an_outer_column_without_its_outer_line_is_the_tables(sides: tuple[float, ...]) -> None:
    image = table_page()
    for side in sides:
        without_line(image, side)
    grid = grid_of(image)
    assert (len(grid.ys), len(grid.xs), len(grid.cells)) == (6, 7, 30)
    assert not grid.doubted
    assert abs(grid.xs[0] - LEFT * UNIT) < 4
    assert abs(grid.xs[-1] - RIGHT * UNIT) < 4


def test_a_text_cut_at_the_open_side_is_doubted() -> None:
    """The paper ends within `Xuất sắc`; the shorter ranks stand clear of its edge."""
    cut = RIGHT - 22
    grid = grid_of(wiped(table_page(), cut, TOP - 5, RIGHT + 5, BOTTOM + 5))
    assert len(grid.cells) == 30
    doubted = {(cell.row, cell.column) for cell in grid.doubted}
    assert {(1, 5)} <= doubted <= {(0, 5), (1, 5)}


def test_lines_that_stick_out_over_nothing_make_no_column() -> None:
    image = table_page()
    draw = ImageDraw.Draw(image)
    for row in range(6):
        y = (TOP + row * ROW) * UNIT
        draw.line([RIGHT * UNIT, y, (RIGHT + 40) * UNIT, y], "black", 2)
    assert len(grid_of(image).xs) == 7
