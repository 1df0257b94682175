"""Tables of whose lines only specks are left are found, and none where there are no lines."""

from __future__ import annotations

import numpy as np
from PIL import ImageDraw

from extract.scan.faded import restored
from extract.scan.ink import Ink, Mask, ink_of
from extract.scan.mesh import grids_of
from extract.scan.ruling import rules_of
from tests.extract.scan.drawn import BODY, HEADER, UNIT, WIDTHS, font, table_page

LEFT, TOP, HEIGHT = 60.0, 120.0, 18.0
ROWS = [HEADER, *BODY, ("", "", "", "", "", ""), *BODY]
TITLED = 5


def faded(*, upright: bool = True) -> Ink:
    """A table of whose hair lines a sixth is left, with a row that a title takes."""
    page = table_page(ROWS, rules=False)
    draw = ImageDraw.Draw(page)
    draw.text((100 * UNIT, (TOP + TITLED * HEIGHT + 1.5) * UNIT), "II. CẤP XÃ", "black", font(11))
    lines = np.zeros((page.height, page.width), bool)
    lefts = [LEFT + sum(WIDTHS[:n]) for n in range(len(WIDTHS) + 1)]
    for n in range(len(ROWS) + 1):
        y = round((TOP + n * HEIGHT) * UNIT)
        lines[y, round(lefts[0] * UNIT) : round(lefts[-1] * UNIT)] = True
    for x in lefts if upright else ():
        for n in range(len(ROWS)):
            if n != TITLED:
                top, bottom = (round((TOP + k * HEIGHT) * UNIT) for k in (n, n + 1))
                lines[top:bottom, round(x * UNIT)] = True
    gray = np.array(page.convert("L"))
    gray[lines & _left(lines)] = 0
    return ink_of(gray, UNIT)


def _left(lines: Mask) -> Mask:
    """Specks of three pixels in the place of eighteen."""
    y, x = np.indices(lines.shape)
    return np.asarray((x + y) % 18 < 3)


def test_the_lines_of_a_faded_table_are_drawn_again() -> None:
    ink = faded()
    assert not grids_of(ink, rules_of(ink, UNIT), UNIT)
    found = restored(ink, UNIT)
    assert found is not None
    (grid,) = grids_of(*found, UNIT)
    assert (len(grid.ys), len(grid.xs)) == (len(ROWS) + 1, len(WIDTHS) + 1)
    assert not grid.doubted
    merged = [(c.row, c.columns) for c in grid.cells if c.columns > 1]
    assert merged == [(TITLED, len(WIDTHS))]


def test_letters_and_lines_one_way_make_no_table() -> None:
    ink = ink_of(np.array(table_page(ROWS, rules=False).convert("L")), UNIT)
    assert restored(ink, UNIT) is None
    assert restored(faded(upright=False), UNIT) is None
