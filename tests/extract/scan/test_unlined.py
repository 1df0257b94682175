"""Tables with little left of their lines are read by where their texts stand."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from PIL import Image

from extract.scan.page import read_page
from tests.extract.scan.drawn import (
    BODY,
    DPI,
    HEADER,
    UNIT,
    WIDTHS,
    needs_engine,
    table_page,
)

SURE, MOST = 0.5, 0.5
"""Confidence of a figure that is not in doubt, and the least share of those printed."""
LEFT, TOP, HIGH, PIECE = 60.0, 120.0, 18.0, 7.0
"""Where the table's lines stand, the height of its rows and the length of a piece, in points."""
ROWS = tuple((str(n), *BODY[n % 4][1:]) for n in range(1, 13))


def worn(image: Image.Image, left: float) -> Image.Image:
    """The page with so much of the length of its lines left, in pieces of some points."""
    gray = np.asarray(image.convert("L")).copy()
    rng = np.random.default_rng(5)
    levels = [TOP + HIGH * i for i in range(len(ROWS) + 2)]
    for lines, page in ((levels, gray), ([LEFT, *accumulate(WIDTHS, initial=LEFT)], gray.T)):
        for at in lines:
            place = round(at * UNIT)
            for x in range(0, page.shape[1], round(PIECE * UNIT)):
                if rng.random() > left:
                    page[place - 2 : place + 3, x : x + round(PIECE * UNIT)] = 255
    return Image.fromarray(gray).convert("RGB")


@pytest.mark.parametrize("left", [0.15, 0.3])
def test_the_cells_of_a_table_with_little_left_of_its_lines_are_read(left: float) -> None:
    needs_engine()
    image = worn(table_page((HEADER, *ROWS)), left)
    (table,) = read_page(image, 1, image.width / DPI * 72, image.height / DPI * 72).tables
    printed = {row[0]: {row[2], row[3], row[4]} for row in ROWS}
    found = [(row.cells[0].text, row.cells[1:]) for row in table.rows]
    sure = [
        (number, {c.text for c in cells if c.confidence > SURE and any(map(str.isdigit, c.text))})
        for number, cells in found
        if number in printed
    ]
    assert all(texts <= printed[number] for number, texts in sure)
    figures = sum(any(map(str.isdigit, text)) for row in printed.values() for text in row)
    assert sum(len(texts) for _, texts in sure) > MOST * figures
