"""The ink inside of a cell."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.ink import ink_of
from extract.scan.mesh import GridCell
from extract.scan.strokes import window_of
from tests.extract.scan.drawn import UNIT

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
