"""The grid: merged cells stay merged, broken lines stay lines, letters are no lines."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks.generator.damage import Damage, scan_page
from extract.scan import mesh
from extract.scan.ink import Ink, ink_of
from extract.scan.mesh import Grid, GridCell, grids_of
from extract.scan.picture import level
from extract.scan.ruling import Rules, rules_of
from extract.scan.upright import lies_sideways
from tests.extract.scan.drawn import BODY, HEADER, UNIT, WIDTHS, font, table_page


def grids(image: Image.Image) -> list[Grid]:
    ink = ink_of(np.asarray(image.convert("L")), UNIT)
    return grids_of(ink, rules_of(ink, UNIT), UNIT)


def test_a_plain_table_is_its_rows_and_columns() -> None:
    (grid,) = grids(table_page())
    assert (len(grid.ys), len(grid.xs), len(grid.cells)) == (6, 7, 30)


def test_lines_of_dashes_hold() -> None:
    (grid,) = grids(table_page(gaps=9))
    assert (len(grid.ys), len(grid.xs), len(grid.cells)) == (6, 7, 30)


@pytest.mark.parametrize("skew", [0.0, 0.8])
def test_dotted_rows_between_solid_columns_hold(skew: float) -> None:
    image = table_page(rules=False)
    draw = ImageDraw.Draw(image)
    lefts = [60, *(60 + sum(WIDTHS[: n + 1]) for n in range(len(WIDTHS)))]
    for x in lefts:
        draw.line([(x * UNIT, 120 * UNIT), (x * UNIT, 210 * UNIT)], "black", 2)
    for y in range(120, 211, 18):
        for x in range(round(60 * UNIT), round(lefts[-1] * UNIT), 5):
            draw.line([(x, y * UNIT), (x + 1, y * UNIT)], "black", 2)
    scan, _ = scan_page(image, Damage(dpi=200, skew=skew), seed=1)
    flat = level(np.asarray(scan), 200)
    (grid,) = grids_of(flat.ink, rules_of(flat.ink, UNIT), UNIT)
    assert (len(grid.ys), len(grid.xs), len(grid.cells)) == (6, 7, 30)


def test_a_cell_without_inner_lines_is_one_cell_even_with_text_across() -> None:
    image = table_page()
    draw = ImageDraw.Draw(image)
    box = [
        (60 + 30 + 150) * UNIT + 3,
        120 * UNIT + 3,
        (60 + 30 + 150 + 190) * UNIT - 3,
        138 * UNIT - 3,
    ]
    draw.rectangle(box, "white")
    draw.text((box[0] + 20, box[1]), "ĐIỂM CÁC CHỈ SỐ HỢP LỆ", "black", font(11))
    (grid,) = grids(image)
    merged = [c for c in grid.cells if c.columns == 3]
    assert [(c.row, c.column) for c in merged] == [(0, 2)]
    assert len(grid.cells) == 28


def test_prose_is_no_table() -> None:
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    for line in range(30):
        draw.text((150, 200 + line * 45), "THỰC HIỆN THỦ TỤC HÀNH CHÍNH NĂM 2023", 0, font(14))
    assert grids(image) == []


def test_a_stroke_in_one_row_of_many_is_no_column() -> None:
    image = table_page([*BODY, *BODY, ("9", "", "", "", "", "")])
    draw = ImageDraw.Draw(image)
    x, bottom = (60 + 30 + 75) * UNIT, grids(image)[0].ys[-1]
    draw.line([(x, bottom - 18 * UNIT), (x, bottom)], "black", round(UNIT))
    (grid,) = grids(image)
    assert len(grid.xs) == 7


def test_words_lie_as_the_page_does_although_figures_stand() -> None:
    dark = np.zeros((600, 400), bool)
    for n in range(40):
        dark[20 + 14 * n : 32 + 14 * n, 20:26] = True
    dark[20:32, 100:130] = True
    assert not lies_sideways(dark, 1.39)
    assert lies_sideways(dark.T, 1.39)


def test_a_table_whose_columns_are_lost_for_most_of_a_row_is_one() -> None:
    image = table_page([HEADER, *BODY, *BODY])
    top = (120 + 3 * 18 + 5) * UNIT
    ImageDraw.Draw(image).rectangle((0, top, image.width, top + 8 * UNIT), "white")
    (grid,) = grids(image)
    assert (len(grid.ys), len(grid.xs)) == (10, 7)


def test_a_table_right_below_another_of_other_columns_is_a_table_of_its_own() -> None:
    image = table_page([HEADER, *BODY])
    draw = ImageDraw.Draw(image)
    right = 60 + sum(WIDTHS)
    for y in (220, 240, 260):
        draw.line([(60 * UNIT, y * UNIT), (right * UNIT, y * UNIT)], "black", 2)
    for x in (60, 200, right):
        draw.line([(x * UNIT, 220 * UNIT), (x * UNIT, 260 * UNIT)], "black", 2)
    assert [(len(g.ys), len(g.xs)) for g in grids(image)] == [(6, 7), (3, 3)]


def test_pieces_of_a_table_beside_each_other_are_one() -> None:
    """Broken lines: a strip down the table is lost, and most of the line above its left part."""
    image = table_page([HEADER, *BODY, *BODY])
    draw = ImageDraw.Draw(image)
    strip = 60 + sum(WIDTHS[:3]) - 20
    draw.rectangle(((strip - 4) * UNIT, 0, (strip + 4) * UNIT, image.height), "white")
    draw.rectangle((0, 116 * UNIT, (strip + 4) * UNIT, 130 * UNIT), "white")
    for left in range(64, round(strip), 10):
        draw.rectangle((left * UNIT, 118 * UNIT, (left + 6) * UNIT, 122 * UNIT), "white")
    (grid,) = grids(image)
    assert (len(grid.ys), len(grid.xs)) == (10, 7)


@pytest.mark.parametrize("height", [6.5, 6.9, 8.0])
def test_rows_of_the_smallest_print_are_told_apart(height: float) -> None:
    """Every other line is worn a little."""
    image = table_page([("",) * 6] * 12, height=height)
    draw = ImageDraw.Draw(image)
    for row in range(1, 12, 2):
        y = (120 + row * height) * UNIT
        draw.rectangle((400 * UNIT, y - 3, 420 * UNIT, y + 3), "white")
    for row in range(12):
        for x, text in ((64, str(row)), (94, "UBND xã Mường Mùn"), (260, "29,91"), (320, "10")):
            draw.text((x * UNIT, (119.6 + row * height) * UNIT), text, "black", font(height / 1.3))
    (grid,) = grids(image)
    assert (len(grid.ys), len(grid.xs), len(grid.cells)) == (13, 7, 72)


@pytest.mark.parametrize(("columns", "whole"), [(2, False), (6, True)])
def test_a_grid_with_level_lines_beside_it_is_looked_for_over_wider_breaks(
    columns: int, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many columns of ten stand left of it, of whose upright lines nothing is left."""

    def grid(first: int) -> Grid:
        xs, ys = tuple(range(20 * first, 201, 20)), tuple(range(0, 101, 20))
        cells = [(r, c) for r in range(5) for c in range(len(xs) - 1)]
        return Grid(ys, xs, tuple(GridCell(r, c, 1, 1, 0, 0, 0, 0) for r, c in cells))

    def found(ink: Ink, rules: Rules, unit: float, near: float) -> list[Grid]:
        return [grid(columns if near == mesh.NEAR else 0)]

    monkeypatch.setattr(mesh, "_found", found)
    lines = np.zeros((120, 220), bool)
    lines[0:101:20, 0:201] = True
    upright = np.zeros((120, 220), bool)
    upright[0:101, 20 * columns : 201 : 20] = True
    blank = Ink(lines.astype(np.uint8), lines, lines)
    (chosen,) = grids_of(blank, Rules(lines, upright), UNIT)
    assert (len(chosen.xs) == 11) is whole
