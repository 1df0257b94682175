"""Upright lines of which dots are left are found between the texts of rows, letters and fills are none."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.scan.ink import Mask, ink_of
from extract.scan.mesh import grids_of
from extract.scan.ruling import rules_of
from extract.scan.worn import worn
from tests.extract.scan.drawn import BODY, HEADER, UNIT, font, table_page

ROWS = (HEADER, *(row for _ in range(3) for row in BODY))
LEFT, TOP, ROW, MIDDLE = 60.0, 120.0, 18.0, 240.0
"""Where the table begins, how high its rows are and where its second column of figures does, in points."""


def dotted(ink: float, white: float, x: float = MIDDLE + 60) -> Image.Image:
    """The page of `ROWS` in which of one upright line only dots are left, so many points long and apart."""
    image = table_page(ROWS)
    draw = ImageDraw.Draw(image)
    ends = TOP, TOP + ROW * len(ROWS)
    for row in range(len(ROWS)):
        y = TOP + row * ROW
        draw.rectangle([v * UNIT for v in (x - 1, y + 1.5, x + 1, y + ROW - 1.5)], "white")
    for y in np.arange(*ends, ink + white):
        draw.line([v * UNIT for v in (x, y, x, y + ink)], "black", 2)
    return image


def columns(image: Image.Image) -> int:
    ink = ink_of(np.asarray(image.convert("L")), UNIT)
    (grid,) = grids_of(ink, rules_of(ink, UNIT), UNIT)
    return len(grid.xs) - 1


@pytest.mark.parametrize(("ink", "white"), [(2.0, 4.0), (1.5, 3.5), (3.0, 5.0)])
def test_a_line_of_which_dots_are_left_parts_its_columns(ink: float, white: float) -> None:
    image = dotted(ink, white)
    assert columns(image) == 6


def rows(*marks: tuple[float, float, float]) -> tuple[Mask, Mask]:
    """Thin ink and letters of twelve rows of figures, with the same `marks` in each: place across, from and to in
    the row, in points. Figures stand left and right of the middle, 100 points."""
    image = Image.new("L", (round(200 * UNIT), round(12 * ROW * UNIT)), 255)
    draw = ImageDraw.Draw(image)
    for top in (ROW * row for row in range(12)):
        for start in (40, 130):
            draw.text((start * UNIT, (top + 3) * UNIT), "10,00", 0, font(11))
        for x, y0, y1 in marks:
            draw.line([v * UNIT for v in (x, top + y0, x, top + y1)], 0, 2)
    dark = np.asarray(image) < 128
    return dark, dark


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ([(100, 2, 4), (100, 14, 16)], [100]),
        ([(100, 6, 11)], []),
        ([(100, 14, 17)], []),
        ([(x, 14, 16) for x in range(70, 120, 3)], []),
    ],
    ids=["pieces between the texts", "a stem beside them", "commas' tails", "a fill of dots"],
)
def test_pieces_are_looked_for_where_rows_have_no_text(
    marks: list[tuple[float, float, float]], found: list[int]
) -> None:
    thin, letters = rows(*marks)
    ys = [round(row * ROW * UNIT) for row in range(13)]
    places, _ = worn(thin.astype(np.uint8), letters, ys, [0, round(199 * UNIT)], UNIT)
    assert [x / UNIT for x in places] == pytest.approx(found, abs=1)


def test_a_worn_line_is_closed_in_the_rows_that_show_pieces() -> None:
    thin, letters = rows((100, 2, 4), (100, 14, 16))
    ys = [round(row * ROW * UNIT) for row in range(13)]
    thin[ys[5] : ys[6], round(95 * UNIT) : round(105 * UNIT)] = False
    (x,), closed = worn(thin.astype(np.uint8), letters, ys, [0, round(199 * UNIT)], UNIT)
    assert closed[ys[4] : ys[5], x].all() and not closed[ys[5] : ys[6]].any()
