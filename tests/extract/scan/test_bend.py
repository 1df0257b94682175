"""Bent and leaning lines are made straight; straight ones and broken ones are left as they are."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest

from extract.scan.bend import Bend, bend_of
from extract.scan.ink import Gray, ink_of
from extract.scan.mesh import grids_of
from extract.scan.picture import Picture, straightened
from extract.scan.ruling import rules_of
from extract.scan.upright import Frame
from tests.extract.scan.drawn import BODY, HEADER, UNIT, table_page

SHAPE = (2339, 1654)
SCALED = np.array([[1, 0, 0], [0, 1, 0]], np.float64) * 72 / 200


@cache
def page() -> Gray:
    return np.array(table_page([HEADER, *BODY, *BODY, *BODY]).convert("L"))


def moved(right: float = 0.0, down: float = 0.0, lean: float = 0.0) -> Gray:
    """The page with waves of so many pixels, and a lean of so many at its top and bottom."""
    y, x = np.indices(SHAPE, np.float32)
    from_x = x + right * np.sin(y / 2339 * 9) + lean * (2 * y / 2339 - 1)
    from_y = y + down * np.sin(x / 1654 * 3)
    return np.array(
        cv2.remap(page(), from_x.astype(np.float32), from_y.astype(np.float32), cv2.INTER_CUBIC,
                  borderMode=cv2.BORDER_REPLICATE), np.uint8)  # fmt: skip


def picture(gray: Gray) -> Picture:
    return Picture(gray, ink_of(gray, UNIT), UNIT, Frame(SCALED, 0, 0.0))


def bend(gray: Gray) -> Bend | None:
    return bend_of(rules_of(picture(gray).ink, UNIT), UNIT)


WARPS = {
    "waves down": (0.0, 9.0, 0.0),
    "waves both ways": (6.0, 8.0, 0.0),
    "leaning": (0.0, 0.0, 30.0),
}


@pytest.mark.parametrize("name", WARPS)
def test_a_bent_table_has_its_cells_again(name: str) -> None:
    gray = moved(*WARPS[name])
    found = bend(gray)
    assert found
    flat = straightened(picture(gray), found)
    (grid,) = grids_of(flat.ink, rules_of(flat.ink, UNIT), UNIT)
    assert len(grid.cells) == 13 * 6
    assert not bend(flat.gray)


def test_what_is_left_of_a_skew_is_taken_away_and_boxes_stay_on_the_page_as_shown() -> None:
    around = cv2.getRotationMatrix2D((827, 1170), -0.6, 1.0)
    turned = np.asarray(cv2.warpAffine(page(), around, SHAPE[::-1], borderValue=255), np.uint8)
    found = bend(turned)
    assert found
    flat = straightened(picture(turned), found)
    (grid,) = grids_of(flat.ink, rules_of(flat.ink, UNIT), UNIT)
    assert len(grid.cells) == 13 * 6
    cell = max(grid.cells, key=lambda c: (c.row, c.column))
    box = flat.frame.box(cell.x0, cell.top, cell.x1, cell.bottom)
    # The last cell's middle: the column's and the row's on the paper, in points.
    x, y = around @ [(370 + 60 + 40) * UNIT, (120 + 18 * 12.5) * UNIT, 1] / UNIT
    assert ((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2) == pytest.approx((x, y), abs=1.5)


def test_straight_lines_are_left_as_they_are() -> None:
    assert bend(page()) is None


def test_lines_that_lie_each_in_their_own_way_tell_no_bend() -> None:
    sheet = np.full(SHAPE, 255, np.uint8)
    rng = np.random.default_rng(2)
    for y in range(400, 1400, 50):
        cv2.line(sheet, (200, y), (1400, y + int(rng.integers(-40, 41))), 0, 2)
    assert bend(sheet) is None


def test_pieces_of_lines_tell_no_bend() -> None:
    gray = moved(down=9.0)
    gray[:, 300::330] = gray[:, 301::330] = 255
    for x in range(300, 1654, 330):
        gray[:, x : x + 30] = 255
    found = bend(gray)
    assert found is None or found.across is None
