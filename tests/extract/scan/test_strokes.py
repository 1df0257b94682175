"""A cell's inside begins where its line ends, and letters beside the line stay whole."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.ink import Ink
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
