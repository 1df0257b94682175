"""Tables with little left of their lines are read by where their texts stand."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from extract.scan.page import read_page
from extract.scan.picture import level
from extract.scan.ruling import rules_of
from tests.extract.scan.drawn import BODY, DPI, HEADER, UNIT, needs_engine, table_page

STROKES = ("I", "|", "l", "-", "—", "_")
ROWS = tuple((str(n), *BODY[n % 4][1:]) for n in range(1, 13))


def worn(image: Image.Image, left: float) -> Image.Image:
    """The page with so much of the length of its lines left, in pieces of 3 to 12 points."""
    gray = np.asarray(image.convert("L")).copy()
    rules = rules_of(level(gray, DPI).ink, UNIT)
    rng = np.random.default_rng(5)
    for mask, page in ((rules.across, gray), (rules.down.T, gray.T)):
        lines = np.flatnonzero(mask.sum(axis=1) > 40 * UNIT)
        for group in np.split(lines, np.flatnonzero(np.diff(lines) > 2) + 1):
            x = 0
            while x < page.shape[1]:
                wide = int(rng.uniform(3, 12) * UNIT)
                if rng.random() > left:
                    page[group[0] - 1 : group[-1] + 2, x : x + wide] = 255
                x += wide
    return Image.fromarray(gray).convert("RGB")


@pytest.mark.parametrize("left", [0.15, 0.3])
def test_the_cells_of_a_table_with_little_left_of_its_lines_are_read(left: float) -> None:
    needs_engine()
    image = worn(table_page((HEADER, *ROWS)), left)
    (table,) = read_page(image, 1, image.width / DPI * 72, image.height / DPI * 72).tables
    found = [[c.text for c in row.cells if c.text] for row in table.rows]
    figures = [[t for t in row if t not in STROKES] for row in found]
    for row in ROWS:
        assert [t for t in (row[0], *row[2:]) if t] in [
            [r[0], *r[2:]] for r in figures if len(r) > 2
        ], row
