"""Headings that run up the page above a table that has level rules only."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from extract.scan.mesh import GridCell
from extract.scan.page import read_page
from extract.scan.turned import Turned, _chains, level_runs, standing
from extract.strokes import Stroke
from normalise.text import fold
from tests.extract.scan.drawn import BODY, DPI, UNIT, WIDTHS, font, needs_engine, table_page

UP, LEVEL = (
    ("", "", "Chỉ số 1 (30đ)", "Chỉ số 2 (10đ)", "", ""),
    ("TT", "Tên đơn vị", "", "", "Tổng", "Xếp loại"),
)
LEFT, TOP, ROW, HEIGHT = 60.0, 200.0, 18.0, 70.0
"""The left end of the table, its first row's top, the height of its rows and of its header, in points."""


def box(x0: float, top: float, x1: float, bottom: float) -> GridCell:
    return GridCell(0, 0, 1, 1, *(round(v * UNIT) for v in (x0, top, x1, bottom)))


def test_letters_one_above_another_may_be_a_turned_heading() -> None:
    letters = [box(10, y, 20, y + high) for y, high in ((10, 18), (31, 5), (40, 14))]
    small = [box(120, y, 129, y + 4) for y in range(10, 60, 6)]
    wide = [box(160, y, 200, y + 9) for y in (10, 22, 34, 46, 58)]
    figures = [box(80, y, 85, y + 7) for y in (10, 28, 46)]
    boxes = [*letters, *small, *wide, *figures]
    assert sorted(map(len, _chains(boxes, [], UNIT))) == [1, 1, 1, 3, 9]
    assert standing(boxes, [], UNIT) == [letters, small]


def test_lines_of_one_heading_beside_each_other_are_one_and_those_of_two_columns_two() -> None:
    first = [box(10, y, 20, y + 9) for y in range(10, 70, 12)]
    shorter = [box(22, y, 31, y + 9) for y in range(25, 60, 12)]
    another = [box(37, y, 47, y + 9) for y in range(10, 70, 12)]
    assert standing([*first, *shorter, *another], [], UNIT) == [[*first, *shorter], another]


@pytest.mark.parametrize(
    ("figure", "rules"),
    [((2, 57, 30, 65), []), ((12, 57, 18, 65), [Stroke(56.0, 0.0, 90.0)])],
)
def test_a_figure_under_a_turned_heading_is_none_of_it(
    figure: tuple[float, float, float, float], rules: list[Stroke]
) -> None:
    letters = [box(10, 10, 20, 31), box(10, 33, 20, 54)]
    assert _chains([*letters, box(*figure)], rules, UNIT) == [letters, [box(*figure)]]


def test_the_lines_of_a_turned_heading_reach_from_its_top_to_its_foot() -> None:
    class Line:
        text = "Chỉ số 1 (10đ)"

    heading = Turned((box(50, 100, 60, 200),), [Line()])  # type: ignore[list-item]
    runs = list(level_runs(heading, 10.0, UNIT))
    assert [run.text for run in runs] == ["Chỉ", "số 1", "(10đ)"]
    assert round(runs[0].box.top) == 100
    assert round(runs[-1].box.bottom) == 200
    assert [round(run.middle) for run in runs] == [137, 150, 163]


def test_a_table_with_turned_headings_and_level_rules_only() -> None:
    needs_engine()
    rows = (*BODY, *[(str(i + 5), *row[1:]) for i, row in enumerate(BODY)])
    image = _page(rows)
    (table,) = read_page(image, 1, image.width / DPI * 72, image.height / DPI * 72).tables
    assert [fold(h.text) for h in table.header[2:4]] == ["chi so 1 (30d)", "chi so 2 (10d)"]
    assert [fold(h.text) for h in (*table.header[:2], table.header[5])] == [
        "tt",
        "ten don vi",
        "xep loai",
    ]
    assert [row.cells[2].text for row in table.rows] == [row[2] for row in rows]


def _page(rows: tuple[tuple[str, ...], ...]) -> Image.Image:
    image = table_page((), rules=False)
    draw = ImageDraw.Draw(image)
    lefts = [LEFT + sum(WIDTHS[:i]) for i in range(len(WIDTHS) + 1)]
    for i, row in enumerate(rows):
        for left, text in zip(lefts, row, strict=False):
            draw.text(((left + 6) * UNIT, (TOP + ROW * i + 2) * UNIT), text, "black", font(11))
    for left, up, level in zip(lefts, UP, LEVEL, strict=False):
        draw.text(((left + 6) * UNIT, (TOP - HEIGHT / 2 - 6) * UNIT), level, "black", font(11))
        strip = Image.new("RGB", (round((HEIGHT - 4) * UNIT), round(15 * UNIT)), "white")
        ImageDraw.Draw(strip).text((0, 0), up, "black", font(11))
        if up:
            image.paste(
                strip.rotate(90, expand=True),
                (round((left + 8) * UNIT), round((TOP - HEIGHT + 2) * UNIT)),
            )
    for y in (TOP - HEIGHT, *(TOP + ROW * i for i in range(len(rows) + 1))):
        draw.line([lefts[0] * UNIT, y * UNIT, lefts[-1] * UNIT, y * UNIT], "black", 2)
    return image
