"""Rows below a ruled heading box are its table's, prose below it is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from extract.scan.boxhead import with_body
from extract.scan.mesh import Grid, grids_of
from extract.scan.picture import level, working_gray
from extract.scan.ruling import rules_of
from tests.extract.scan.drawn import BODY, DPI, HEADER, UNIT, WIDTHS, font, table_page

TOP, HEIGHT, ROWS = 120.0, 18.0, 8
RIGHT = 60.0 + sum(WIDTHS)


def boxed(rows: Sequence[Sequence[str]] = (*BODY, *BODY), *, closed: bool = True) -> Image.Image:
    """A page whose table has lines around its headings and their numbers, and below its last row if `closed`."""
    numbers = [f"({n})" for n in range(1, len(HEADER) + 1)]
    page = table_page([HEADER, numbers, *rows], rules=False)
    draw = ImageDraw.Draw(page)
    lefts = [60.0 + sum(WIDTHS[:n]) for n in range(len(WIDTHS) + 1)]
    ys = [TOP + HEIGHT * n for n in range(3)]
    for y in [*ys, TOP + HEIGHT * (2 + len(rows))] if closed else ys:
        draw.line((60 * UNIT, y * UNIT, RIGHT * UNIT, y * UNIT), "black", 2)
    for x in lefts:
        draw.line((x * UNIT, ys[0] * UNIT, x * UNIT, ys[-1] * UNIT), "black", 2)
    return page


def read(page: Image.Image) -> tuple[Grid, Grid]:
    """The grid of the headings, and with what is below."""
    picture = level(*working_gray(page.convert("L"), DPI))
    rules = rules_of(picture.ink, picture.unit)
    (grid,) = grids_of(picture.ink, rules, picture.unit)
    return grid, with_body(grid, picture.gray.shape[0], picture, rules)


def test_the_rows_below_a_heading_box_are_its_table_s() -> None:
    grid, whole = read(boxed())
    assert len(grid.ys) == 3
    assert len(whole.ys) == len(grid.ys) + ROWS
    assert whole.xs == grid.xs and not whole.doubted


def test_rows_that_no_line_closes_are_found_too() -> None:
    assert len(read(boxed(closed=False))[1].ys) == 3 + ROWS


def test_a_seal_and_a_pen_over_several_rows_do_not_end_the_table() -> None:
    page = boxed()
    draw = ImageDraw.Draw(page)
    x, y = (60 + 185) * UNIT, (TOP + 110) * UNIT
    for radius in (48 * UNIT, 44 * UNIT):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline="gray", width=3)
    strokes = np.array([(310, 176), (340, 226), (360, 186), (390, 222)])
    draw.line([float(v) for v in (strokes * UNIT).ravel()], "black", 3)
    assert len(read(page)[1].ys) == 3 + ROWS


def test_prose_below_a_small_table_is_none_of_its_rows() -> None:
    page = boxed((), closed=False)
    draw = ImageDraw.Draw(page)
    for line in range(ROWS):
        text = "Các cơ quan, đơn vị căn cứ kết quả trên để khắc phục hạn chế, tồn tại đã nêu."
        draw.text((60 * UNIT, (TOP + (2 + line) * HEIGHT) * UNIT), text, "black", font(11))
    grid, whole = read(page)
    assert whole is grid


def test_a_table_with_lines_stays_as_it_is() -> None:
    grid, whole = read(table_page())
    assert whole is grid


def test_signatures_below_a_table_are_none_of_its_rows() -> None:
    page = boxed((), closed=False)
    draw = ImageDraw.Draw(page)
    for x, text in ((90, "NGƯỜI LẬP BIỂU"), (330, "CHỦ TỊCH")):
        draw.text((x * UNIT, (TOP + 3 * HEIGHT) * UNIT), text, "black", font(11))
    grid, whole = read(page)
    assert whole is grid
