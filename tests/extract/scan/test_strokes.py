"""A cell's inside begins where its line ends, and letters beside the line stay whole."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.ink import Ink, ink_of
from extract.scan.mesh import GridCell
from extract.scan.strokes import window_of
from tests.extract.scan.drawn import UNIT

HIGH, WIDE = 40, 60
# What the left columns of a cell's ink hold from the middle of its line on, as shares of the height; where the
# inside begins.
LEFT = {
    "line": ((1, 1), 3),
    "double line": ((1, 1, 0, 0.9), 5),
    "line that drifts": ((0.7, 1, 0.7), 4),
    "letters beside a line": ((1, 1, 0, 0.65, 0.65), 3),
    "letters on a line's edge": ((1, 1, 0.55, 0.65, 0.65), 3),
    "no line": ((), 1),
}


@pytest.mark.parametrize(("columns", "begins"), LEFT.values(), ids=LEFT)
def test_a_cell_begins_beside_its_line(columns: tuple[float, ...], begins: int) -> None:
    ink = np.zeros((HIGH, WIDE), bool)
    for column, share in enumerate(columns):
        ink[: round(share * HIGH), column] = True
    page = Ink(ink.astype(np.uint8) * 255, ink, ink)
    assert window_of(page, GridCell(0, 0, 1, 1, 0, 0, WIDE, HIGH), UNIT).x == begins


ROW, STEM = 20, 14
"""Pixels from line to line of rows as low as their digits, and the height of these."""


@pytest.mark.parametrize("room", [2, 3, 5])
def test_stems_in_rows_close_above_each_other_are_no_border(room: int) -> None:
    """A figure's last digit `room` pixels from the line on its right, in each of three rows."""
    gray = np.full((100, 160), 255, np.uint8)
    for y in range(10, 10 + 4 * ROW, ROW):
        gray[y - 1 : y + 2, 10:151] = 0
        gray[y + 3 : y + 3 + STEM, 149 - room - 6 : 149 - room] = 0
    gray[9:, 9:12] = gray[9:, 149:152] = 0
    cell = GridCell(1, 0, 1, 1, 10, 10 + ROW, 150, 10 + 2 * ROW)
    (digit,) = window_of(ink_of(gray, UNIT), cell, UNIT).blobs
    assert (digit.width, digit.height) == (6, STEM)
