"""Lost stretches of lines between texts are walls; where a table has none, none is made."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.scan.ink import ink_of
from extract.scan.mesh import GridCell, grids_of
from extract.scan.ruling import rules_of
from tests.extract.scan.drawn import BODY, HEADER, UNIT, font, table_page

LEFT, TOP, ROW = 60.0, 120.0, 18.0
SECOND, THIRD, FOURTH = LEFT + 180, LEFT + 240, LEFT + 300
"""Where the columns of figures begin, in points."""
ROWS = (HEADER, *((n, name, "29,91", "8,54", "84,69", rank) for n, name, *_, rank in BODY))


def cells(image: Image.Image) -> set[GridCell]:
    ink = ink_of(np.asarray(image.convert("L")), UNIT)
    (grid,) = grids_of(ink, rules_of(ink, UNIT), UNIT)
    assert (len(grid.ys), len(grid.xs)) == (6, 7)
    return set(grid.cells)


def wiped(image: Image.Image, x0: float, top: float, x1: float, bottom: float) -> Image.Image:
    ImageDraw.Draw(image).rectangle([v * UNIT for v in (x0, top, x1, bottom)], "white")
    return image


def test_an_upright_line_lost_between_two_figures_is_a_wall() -> None:
    top = TOP + 2 * ROW
    image = wiped(table_page(ROWS), THIRD - 1, top + 1, THIRD + 1, top + 2 * ROW - 1)
    assert len(cells(image)) == 30


def test_no_wall_is_made_through_a_text() -> None:
    top = TOP + 2 * ROW
    image = wiped(table_page(ROWS), SECOND + 2, top + 1.5, FOURTH - 2, top + ROW - 1.5)
    draw = ImageDraw.Draw(image)
    draw.text(((SECOND + 8) * UNIT, (top + 2) * UNIT), "chưa đủ hồ sơ để chấm", 0, font(11))
    assert len(cells(image)) == 29


@pytest.mark.parametrize(("pieces", "found"), [(True, 30), (False, 29)])
def test_a_level_line_between_two_figures_is_a_wall_where_pieces_are_left(
    pieces: bool, found: int
) -> None:
    """Without any the cell goes over two rows."""
    y = TOP + 3 * ROW
    image = wiped(table_page(ROWS), SECOND + 2, y - 1, THIRD - 2, y + 1)
    if pieces:
        at = [v * UNIT for v in (SECOND + 25, y, SECOND + 36, y)]
        ImageDraw.Draw(image).line(at, "black", 2)
    assert len(cells(image)) == found


def test_a_column_that_only_broken_lines_join_to_its_table_is_the_tables() -> None:
    """No name is long enough for its letters' base line to join what is left of the lines."""
    image = table_page([(n, "Sở", *rest) for n, _, *rest in ROWS])
    for row in range(6):
        wiped(image, LEFT + 60, TOP + row * ROW - 1, LEFT + 140, TOP + row * ROW + 1)
    assert len(cells(image)) == 30
