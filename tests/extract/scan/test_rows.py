"""A body without lines between its rows is parted into them, and only such a body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks.generator.damage import Damage, scan_page
from extract.scan.fit import checked
from extract.scan.mesh import Grid, GridCell, grids_of
from extract.scan.page import read_page
from extract.scan.picture import Picture, level
from extract.scan.rows import parted
from extract.scan.ruling import rules_of
from extract.scan.settle import Body, settled
from tests.extract.scan.drawn import BODY, DPI, HEADER, UNIT, WIDTHS, font, needs_engine, table_page

LEFTS = [60.0, *accumulate(WIDTHS, initial=60.0)][1:]
TOP, OVER, HEAD, LEAD = 120.0, 16.0, 30.0, 13.0
ROWS = tuple((str(n), *BODY[n % 4][1:]) for n in range(1, 9))
LONG = ("UBND thị trấn", "Tuần Giáo")


def page(
    rows: Sequence[Sequence[str]] = ROWS,
    *,
    uprights: bool = False,
    under_headings: bool = True,
    stand: float = 0.5,
    pad: float = 4.0,
) -> Image.Image:
    """Headings in lines over rows with none; a text's lines stand around the middle of the row (`stand` 0.5),
    from its top (0) or down to its bottom (1), `pad` points of white between two rows. Without a line under
    the headings three of them are below another in lines."""
    image = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(image)
    y = TOP
    for index, row in enumerate((HEADER, *rows)):
        height = HEAD if index == 0 else LEAD * max(t.count("\n") + 1 for t in row) + pad
        for left, text in zip(LEFTS, row, strict=False):
            lines = text.split("\n")
            first = y + pad / 2 + (height - pad - LEAD * len(lines)) * (stand if index else 0.5)
            for n, line in enumerate(lines):
                draw.text(
                    ((left + 4) * UNIT, (first + n * LEAD) * UNIT), line, "black", font(11), "la"
                )
        y += height
    top = TOP if under_headings else TOP - OVER
    draw.rectangle([v * UNIT for v in (LEFTS[0], top, LEFTS[-1], y)], outline="black", width=2)
    level_line = (LEFTS[0], TOP + HEAD, LEFTS[-1]) if under_headings else (LEFTS[2], TOP, LEFTS[5])
    left, at, right = (v * UNIT for v in level_line)
    draw.line((left, at, right, at), "black", 2)
    for x in LEFTS[1:-1]:
        start = TOP if LEFTS[2] < x < LEFTS[5] else top
        end = y if uprights else TOP + HEAD
        draw.line((x * UNIT, start * UNIT, x * UNIT, end * UNIT), "black", 2)
    return image


def found(image: Image.Image) -> tuple[Grid, Picture]:
    picture = level(np.asarray(image.convert("L")), DPI)
    (grid,) = grids_of(picture.ink, rules_of(picture.ink, UNIT), UNIT)
    return grid, picture


def rows_of(image: Image.Image) -> Grid:
    return parted(*found(image))


def ends(rows: Sequence[Sequence[str]], pad: float = 4.0) -> list[float]:
    """Where the rows of a page end, in pixels."""
    heights = [LEAD * max(t.count("\n") + 1 for t in row) + pad for row in rows]
    return [y * UNIT for y in accumulate(heights, initial=TOP + HEAD)]


def wrapped(row: Sequence[str], *lines: str) -> tuple[str, ...]:
    return (row[0], "\n".join(lines), *row[2:5], "Xuất\nsắc")


@pytest.mark.parametrize("uprights", [False, True])
def test_rows_in_a_frame_are_told_by_their_figures(uprights: bool) -> None:
    grid = rows_of(page(uprights=uprights))
    body = [c for c in grid.cells if c.row > 0]
    assert (len(grid.ys), len(grid.xs)) == (10, 7)
    assert [(c.row, c.column) for c in body] == [(r, c) for r in range(1, 9) for c in range(6)]
    assert grid.ys[1:] == pytest.approx(ends(ROWS), abs=2.5 * UNIT)
    assert not grid.doubted


def test_headings_without_a_line_below_are_parted_from_the_rows() -> None:
    grid = rows_of(page(uprights=True, under_headings=False))
    headings = [(c.row, c.column, c.rows, c.columns) for c in grid.cells if c.row < 2]
    assert headings == [
        (0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 3), (0, 5, 2, 1),
        (1, 2, 1, 1), (1, 3, 1, 1), (1, 4, 1, 1),
    ]  # fmt: skip
    assert grid.ys[3:] == pytest.approx(ends(ROWS)[1:], abs=2.5 * UNIT)
    assert TOP + 20 < grid.ys[2] / UNIT < TOP + HEAD + 4
    assert len(grid.cells) == len(headings) + 6 * len(ROWS)


@pytest.mark.parametrize("stand", [0.0, 0.5])
@pytest.mark.parametrize("pad", [1.0, 5.0])
def test_names_of_several_lines_stay_with_their_figures(stand: float, pad: float) -> None:
    rows: list[tuple[str, ...]] = list(ROWS)
    rows[0] = wrapped(rows[0], *LONG)
    rows[2] = wrapped(rows[2], *LONG)
    rows[3] = wrapped(rows[3], "UBND thị trấn", "huyện lỵ", "Tuần Giáo")
    rows[7] = wrapped(rows[7], *LONG)
    grid = rows_of(page(rows, stand=stand, pad=pad))
    assert grid.ys[1:] == pytest.approx(ends(rows, pad), abs=3.5 * UNIT)
    assert not grid.doubted


def test_a_row_of_a_number_and_a_name_is_a_row() -> None:
    rows = [*ROWS[:4], ("5", "UBND xã Mùn Chung", "", "", "", ""), *ROWS[5:]]
    assert rows_of(page(rows)).ys[1:] == pytest.approx(ends(rows), abs=2.5 * UNIT)


def test_dashes_make_rows_as_figures_do() -> None:
    rows = [*ROWS[:4], ("5", "UBND xã Mùn Chung", "-", "-", "-", "-"), *ROWS[5:]]
    assert rows_of(page(rows)).ys[1:] == pytest.approx(ends(rows), abs=2.5 * UNIT)


def test_cells_of_a_few_lines_in_lines_are_left() -> None:
    rows = [wrapped(row, *LONG) for row in BODY]
    rows[1] = (*rows[1][:2], "29,91\n28,54\n27", "1\n2\n3", "84,69\n66,67\n55", "Tốt\nKhá\nYếu")
    image = table_page([HEADER, *rows], height=3 * LEAD + 10)
    grid, picture = found(image)
    assert parted(grid, picture) is grid


def test_words_on_common_lines_are_no_rows() -> None:
    words = [("của", "UBND xã Quài Nưa", "tiến độ", "số hóa", "tổng số", "hạng") for _ in range(9)]
    grid, picture = found(page(words))
    assert parted(grid, picture) is grid


def test_three_rows_are_too_few_to_tell() -> None:
    grid, picture = found(page(ROWS[:3]))
    assert parted(grid, picture) is grid


def test_two_rows_whose_line_was_lost_are_parted_by_their_serial_numbers() -> None:
    image = table_page([HEADER, *((str(n), *BODY[n % 4][1:]) for n in range(1, 7))])
    whole = found(image)[0]
    y = whole.ys[4]
    edges = whole.xs[0] + 3, y - 3, whole.xs[-1] - 3, y + 3
    ImageDraw.Draw(image).rectangle(edges, fill="white")
    grid, picture = found(image)
    assert len(grid.ys) == len(whole.ys) - 1
    assert parted(grid, picture).ys == pytest.approx(whole.ys, abs=4 * UNIT)


def test_a_text_across_a_line_that_the_body_lacks_is_in_doubt_with_its_neighbour() -> None:
    rows = list(ROWS)
    rows[4] = (rows[4][0], "UBND thị trấn Tuần Giáo, bản Đồng", "", *rows[4][3:])
    grid = rows_of(page(rows))
    assert {(c.row, c.column) for c in grid.doubted} == {(5, 1), (5, 2)}


def test_texts_across_it_in_most_rows_leave_the_grid() -> None:
    rows = [(r[0], "UBND thị trấn Tuần Giáo, bản Đồng", "", *r[3:]) for r in ROWS]
    grid, picture = found(page(rows))
    assert parted(grid, picture) is grid


def test_what_was_doubted_stays_so() -> None:
    grid, picture = found(page())
    tall = grid.cells[-1]
    doubted = parted(replace(grid, doubted=frozenset({tall})), picture).doubted
    assert {c.row for c in doubted} == set(range(1, 9))


def test_a_cell_over_the_tall_row_and_the_next_leaves_the_grid() -> None:
    grid, picture = found(page())
    last = len(grid.ys) - 1
    below = GridCell(last, 0, 1, 6, grid.xs[0], grid.ys[-1], grid.xs[-1], grid.ys[-1] + 30)
    cells = (*grid.cells[:-1], replace(grid.cells[-1], rows=2), below)
    longer = Grid((*grid.ys, grid.ys[-1] + 30), grid.xs, cells)
    assert parted(longer, picture) is longer


def test_rows_below_the_tall_one_move_down() -> None:
    grid, picture = found(page())
    last, end = len(grid.ys) - 1, grid.ys[-1] + 40
    below = GridCell(last, 0, 1, 6, grid.xs[0], grid.ys[-1], grid.xs[-1], end)
    longer = Grid((*grid.ys, end), grid.xs, (*grid.cells, below))
    moved = parted(longer, picture)
    assert moved.cells[-1] == replace(below, row=len(moved.ys) - 2)
    assert moved.ys[-1] == end


def test_bars_of_letters_between_rows_without_lines_are_no_lines_astray() -> None:
    grid, picture = found(page())
    rules = rules_of(picture.ink, UNIT)
    across = rules.across.copy()
    rows = parted(grid, picture)
    for top in rows.ys[1:-1]:
        across[top + 20 : top + 22, 300:900] = True
    barred = replace(rules, across=across)
    assert not checked(rows, picture.ink, barred, UNIT).doubted
    assert checked(replace(rows, bare=()), picture.ink, barred, UNIT).doubted


def test_a_text_against_no_row_is_told() -> None:
    rows = (100.0, 160.0, 220.0, 280.0)
    columns = (*[rows] * 5, (80.0, *rows, 300.0))
    cuts = settled(Body(columns, rows, np.zeros(261, np.int64), 60, 320, 14.0), headed=False)
    assert cuts is not None
    assert cuts.ys[0] == 60 and cuts.ys[-1] == 320
    assert cuts.astray and cuts.astray <= {(0, 5), (3, 5)}


def test_a_row_next_to_the_frame_is_one_of_figures() -> None:
    grid = rows_of(page(pad=-2.0))
    assert grid.ys[1:] == pytest.approx(ends(ROWS, -2.0), abs=3 * UNIT)


def test_a_serial_number_and_a_figure_tell_the_first_row_under_headings() -> None:
    rows = [("1", "UBND xã Mường Mùn", "29,91", "nhòe", "nhòe", "Tốt"), *ROWS[1:]]
    grid = rows_of(page(rows, uprights=True, under_headings=False))
    assert grid.ys[3:] == pytest.approx(ends(rows)[1:], abs=2.5 * UNIT)


def test_the_first_of_two_lines_down_to_the_bottom_is_in_the_first_row() -> None:
    rows = [wrapped(row, *LONG) if n in (0, 2, 5) else row for n, row in enumerate(ROWS)]
    grid = rows_of(page(rows, stand=1.0, pad=6.0))
    assert grid.ys[1:] == pytest.approx(ends(rows, 6.0), abs=3.5 * UNIT)
    assert not grid.doubted


@pytest.mark.parametrize("uprights", [False, True])
@pytest.mark.parametrize(
    "damage", [Damage(dpi=DPI), Damage(dpi=DPI, skew=1.1), Damage(dpi=150, mode="bilevel")]
)
def test_the_figures_of_rows_without_lines_are_read(uprights: bool, damage: Damage) -> None:
    needs_engine()
    image, _ = scan_page(page(uprights=uprights), damage, seed=2)
    (table,) = read_page(image, 1, 595.4, 842).tables
    texts = [tuple(c.text for c in row.cells) for row in table.rows]
    assert [t[2:5] for t in texts] == [r[2:5] for r in ROWS]
    assert [t[0] for t in texts] == [r[0] for r in ROWS]
