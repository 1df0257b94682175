"""Runs of letters on a page without lines, and the tables they make."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from extract.document import Box, Cell, Row
from extract.glyphs import Glyph, Run
from extract.scan.loose import _counted, _home, _is_speck, _run, _touching, _without_strays
from extract.scan.mesh import GridCell
from extract.scan.page import read_page
from extract.scan.votes import CellText
from normalise.text import fold
from tests.extract.scan.drawn import BODY, DPI, HEADER, UNIT, WIDTHS, needs_engine, table_page

SEVEN, NEAR, SHAPE = (10, 10, 30, 40), 4, (200, 200)
LEFT, TOP, ROW = 60.0, 120.0, 18.0
"""Where the drawn table begins, and the height of its rows, in points."""


@pytest.mark.parametrize(
    ("other", "one"),
    [
        ((33, 12, 60, 46), True),  # `,22` behind `27`
        ((40, 12, 60, 40), False),  # the next column's
        ((10, 46, 40, 76), False),  # the next line's
    ],
)
def test_parts_of_one_figure_are_one_run(other: tuple[int, int, int, int], one: bool) -> None:
    found = _touching([SEVEN, other], SHAPE, NEAR)
    assert found == ([(10, 10, 60, 46)] if one else [SEVEN, other])


def test_an_accent_is_the_nearest_lines() -> None:
    """Below the letters of one line by 5 pixels, above those of the next by 1."""
    lines = [(10, 10, 90, 30), (10, 42, 90, 62)]
    assert _home((40, 35, 46, 41), lines, 8.0) == 1
    assert _home((40, 32, 46, 36), lines, 8.0) == 0
    assert _home((140, 32, 146, 36), lines, 8.0) is None


@pytest.mark.parametrize(
    ("mark", "speck"), [((0, 0, 4, 4), True), ((0, 0, 7, 3), False), ((0, 0, 10, 10), False)]
)
def test_a_dash_or_a_cross_is_no_speck(mark: tuple[int, int, int, int], speck: bool) -> None:
    assert _is_speck(mark, UNIT) is speck


def test_spaces_of_a_title_part_no_cells() -> None:
    """A title of letters twice as large as the figures: its words stand as far apart as cells of these would."""
    text = "KẾT QUẢ ĐÁNH GIÁ"
    run = _run(GridCell(0, 0, 1, 1, 0, 0, 400, 40), 36.0, text, 8.0, 16.0, 2.0)
    spaces = [g.x1 - g.x0 for g in run.glyphs if g.text == " "]
    assert max(spaces) < 0.45 * 8.0
    assert run.box.x1 == pytest.approx(199.0)


def _word(text: str, x0: float, line: int, sure: bool = True) -> tuple[Run, CellText]:
    x1, base = x0 + 5.0 * len(text), 100.0 + 20 * line
    step = (x1 - x0) / len(text)
    glyphs = tuple(Glyph(c, x0 + i * step, x0 + (i + 1) * step) for i, c in enumerate(text))
    run = Run(glyphs, Box(x0, base - 8, x1, base + 2), 10.0, "scan")
    return run, CellText((text,), 1.0 if sure else 0.2, ())


def test_what_a_stamp_leaves_makes_no_column() -> None:
    rows = range(6)
    figures = [_word(f"{i}5", x, i) for i in rows for x in (50.0, 100.0, 150.0, 250.0)]
    stamp = [_word("lu", 200.0, 2, sure=False), _word("+", 222.0, 4)]
    dashes = [_word("-", 300.0, i) for i in rows]
    unsure = [_word("4Ị", 350.0, i, sure=False) for i in rows]
    kept = _without_strays(dict([*figures, *stamp, *dashes, *unsure]))
    assert set(kept) == set(dict([*figures, *dashes, *unsure]))


def test_specks_bridged_to_a_column_by_a_heading_make_none() -> None:
    """Specks beside a line of the heading make it one of figures; once they are gone it joins no columns."""
    rows = range(9)
    figures = [_word(f"{i}5", x, i) for i in rows for x in (50.0, 100.0, 150.0, 250.0)]
    heading = [_word("(5)=(6)+(8)", 145.0, -1), _word("(6)", 250.0, -1)]
    beside = [_word("-", x, -1) for x in (300.0, 330.0, 360.0)]
    specks = [_word("-", 180.0, 5), _word("-", 182.0, 7)]
    kept = _without_strays(dict([*figures, *heading, *beside, *specks]))
    assert set(kept) == set(dict([*figures, *heading]))


def test_a_dash_before_a_headings_words_takes_none_of_them_away() -> None:
    figures = [_word(f"{i}5", x, i) for i in range(6) for x in (50.0, 100.0, 150.0)]
    heading = [_word("- Chỉ số", 90.0, -1)]
    assert set(_without_strays(dict([*figures, *heading]))) == set(dict([*figures, *heading]))


def test_a_pen_across_two_columns_joins_none() -> None:
    rows = range(6)
    figures = [_word(f"{i}5", x, i) for i in rows for x in (50.0, 100.0, 150.0, 250.0)]
    dashes = [_word("-", 300.0, i) for i in rows if i != 3]
    ones = [_word("1", 342.0, i) for i in rows]
    last = [_word("75", 340.0, 6), *(_word("5", x, 6) for x in (50.0, 100.0, 150.0))]
    pen = [
        _word("_NN", 288.0, 3, sure=False),
        _word('"=4%z', 304.0, 3, sure=False),
        _word("1", 328.0, 3),
    ]
    pen.append(_word("zzz", 330.0, 4, sure=False))
    kept = _without_strays(dict([*figures, *dashes, *ones, *last, *pen]))
    assert set(kept) == set(dict([*figures, *dashes, *ones, *last]))


def test_texts_without_a_line_of_figures_stay_as_they_are() -> None:
    run = _run(GridCell(0, 0, 1, 1, 20, 20, 220, 50), 46.0, "Ghi chú", 10.0, 10.0, UNIT)
    texts = {run: CellText(("Ghi chú",), 0.9, ())}
    assert _without_strays(texts) == texts


def test_the_row_before_the_second_is_the_first() -> None:
    def row(serial: str) -> Row:
        return Row((Cell((serial,), 1, None, "ocr", 0), Cell(("95",), 1, None, "ocr", 1)), 1)

    numbered = [r.cells[0].text for r in _counted(tuple(map(row, ("I", "2", "II", "1", "l", "3"))))]
    assert numbered == ["1", "2", "II", "1", "l", "3"]


@pytest.mark.parametrize("worn", [False, True])
def test_a_table_with_level_rules_only(worn: bool) -> None:
    """Each row between two rules, whole or worn to pieces of 5 to 100 points; dust beside the figures."""
    needs_engine()
    rows = (*BODY, *[(str(i + 5), *row[1:]) for i, row in enumerate(BODY)])
    image = table_page((HEADER, *rows), rules=False)
    _rules(image, len(rows) + 2, worn)
    (table,) = read_page(image, 1, image.width / DPI * 72, image.height / DPI * 72).tables
    read = [[fold(c.text) for c in row.cells] for row in table.rows]
    assert read == [[fold(text) for text in row] for row in rows]


def _rules(image: Image.Image, count: int, worn: bool) -> None:
    draw = ImageDraw.Draw(image)
    width = sum(WIDTHS)
    for i in range(count):
        y = (TOP + i * ROW) * UNIT
        pieces = [(0.0, 100.0), (106.0, 111.0), (118.0, 230.0), (240.0, 252.0), (262.0, width - 20)]
        for start, end in [*pieces, (width - 12, width)] if worn else [(0.0, width)]:
            draw.line([(LEFT + start) * UNIT, y, (LEFT + end) * UNIT, y], "black", 2)
    for x, row in ((247, 2), (247, 5), (370, 3)):
        at = (x * UNIT, (TOP + row * ROW + 9) * UNIT)
        draw.rectangle([*at, at[0] + 3, at[1] + 3], "black")
