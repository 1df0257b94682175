"""Tables whose rows are not those of the page are in doubt as a whole."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from extract.scan import loose, picture, ruled
from extract.scan.fit import checked, lies_askew
from extract.scan.ink import ink_of
from extract.scan.mesh import Grid, GridCell, grids_of
from extract.scan.page import read_page
from extract.scan.ruling import rules_of
from tests.extract.scan.drawn import BODY, HEADER, UNIT, needs_engine, table_page


@cache
def whole() -> tuple[Image.Image, Grid]:
    image = table_page([HEADER, *BODY, *BODY]).convert("L")
    ink = ink_of(np.array(image), UNIT)
    (grid,) = grids_of(ink, rules_of(ink, UNIT), UNIT)
    return image, grid


def doubted(image: Image.Image, grid: Grid) -> int:
    ink = ink_of(np.array(image), UNIT)
    return len(checked(grid, ink, rules_of(ink, UNIT), UNIT).doubted)


def test_a_grid_on_its_lines_keeps_its_trust() -> None:
    assert doubted(*whole()) == 0


def test_a_grid_whose_lines_rise_out_of_its_rows_is_in_doubt() -> None:
    image, grid = whole()
    turned = image.rotate(0.7, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert doubted(turned, grid) == len(grid.cells)


def test_double_lines_that_blur_has_made_bars_cut_no_text() -> None:
    image, grid = whole()
    bars = image.copy()
    draw = ImageDraw.Draw(bars)
    for y in grid.ys:
        draw.rectangle((grid.xs[0], y - 4, grid.xs[-1], y + 4), 90)
    assert doubted(bars.filter(ImageFilter.GaussianBlur(1)), grid) == 0


def test_a_grid_that_cuts_the_text_is_in_doubt_although_no_line_tells() -> None:
    _, grid = whole()
    plain = table_page([HEADER, *BODY, *BODY], rules=False).convert("L")
    assert doubted(plain, grid) == 0
    assert doubted(plain, _lower(grid, round(6 * UNIT))) == len(grid.cells)


@pytest.mark.parametrize(("seals", "trusted"), [([300.0], True), ([120.0, 420.0], False)])
def test_the_strokes_of_one_seal_over_the_rows_cut_no_text(
    seals: list[float], trusted: bool
) -> None:
    image, grid = whole()
    sealed = image.copy()
    for x in seals:
        _seal(ImageDraw.Draw(sealed), x, 160.0)
    assert doubted(sealed, grid) == (0 if trusted else len(grid.cells))


def test_pieces_of_double_lines_at_the_sides_of_cells_cut_no_text() -> None:
    image, grid = whole()
    worn = image.copy()
    draw = ImageDraw.Draw(worn)
    for x in grid.xs:
        for y in grid.ys:
            for side in (-1.8, 1.8):
                at = x + side * UNIT
                draw.line((at, y - 4 * UNIT, at, y + 4 * UNIT), "black", 1)
    assert doubted(worn, grid) == 0


def _seal(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """Rings and rays of a seal of 36 mm, in points around its middle."""
    for radius in (51.0, 48.0, 34.0):
        box = [(v + d * radius) * UNIT for d in (-1, 1) for v in (x, y)]
        draw.ellipse(box, outline="black", width=4)
    for ray in range(0, 360, 15):
        draw.arc([(v + d) * UNIT for d in (-42, 42) for v in (x, y)], ray, ray + 8, "black", 20)
        out = complex(np.cos(np.radians(ray)), np.sin(np.radians(ray)))
        ends = [
            (x + out.real * r) * UNIT if k == 0 else (y + out.imag * r) * UNIT
            for r in (6, 30)
            for k in (0, 1)
        ]
        draw.line(ends, "black", 4)


def _lower(grid: Grid, by: int) -> Grid:
    cells = tuple(replace(c, top=c.top + by, bottom=c.bottom + by) for c in grid.cells)
    return Grid(tuple(y + by for y in grid.ys), grid.xs, cells)


def bases(rise: float) -> dict[GridCell, float]:
    """Ten rows of six runs that rise by so many pixels from the one to the next."""
    found: dict[GridCell, float] = {}
    for row in range(10):
        for column in range(6):
            x, base = 100 + 200 * column, 300 + 45 * row + rise * column
            top = round(base) - 24
            found[GridCell(row, column, 1, 1, x, top, x + 80, round(base))] = base
    return found


@pytest.mark.parametrize(("rise", "askew"), [(0.0, False), (1.0, False), (4.0, True), (-6.0, True)])
def test_lines_of_runs_that_rise_by_half_a_letter_over_the_table_lie_askew(
    rise: float, askew: bool
) -> None:
    assert lies_askew(bases(rise)) is askew


def test_a_few_runs_do_not_tell() -> None:
    assert not lies_askew(dict(list(bases(9.0).items())[:7]))


@pytest.mark.parametrize("rules", [True, False])
def test_a_page_set_upright_by_the_wrong_thing_is_not_read_in_silence(
    rules: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_engine()
    image = table_page([HEADER, *BODY, *BODY], rules=rules).rotate(
        -0.9, fillcolor="white", resample=Image.Resampling.BICUBIC
    )
    monkeypatch.setattr(picture, "skew_of", lambda dark: 0.0)
    monkeypatch.setattr(ruled, "bend_of", lambda rules, unit, broken=False: None)
    reading = read_page(image, 1, 595, 842)
    cells = [c for t in reading.tables for row in t.rows for c in row.cells]
    assert all(c.confidence < 0.5 for c in cells)
    if not rules:
        assert cells
        monkeypatch.setattr(loose, "lies_askew", lambda bases: False)
        assert read_page(image, 1, 595, 842).tables[0].rows[0].cells[0].confidence > 0.5
