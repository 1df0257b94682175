"""Words in two fonts put together, pages set upright, headings of one level sharing their columns."""

from typing import Any

import pytest

from extract.columns import Column, Word
from extract.document import Box, Cell, Heading, Row, Table
from extract.glyphs import Glyph, Run, runs_of
from extract.heads import headings_over
from extract.join import continues, join
from extract.stack import StackedLine, share_out
from extract.upright import lies, put_back, upright
from extract.visible import visible_chars

WIDE, HIGH = 600.0, 800.0


def char(
    text: Any, x: Any, font: Any = "Times", y: Any = 100.0, size: Any = 10.0, width: Any = 5.0
) -> Any:
    return {
        "text": text,
        "x0": x,
        "x1": x + width,
        "top": y,
        "bottom": y + size,
        "size": size,
        "fontname": font,
        "upright": True,
        "matrix": (size, 0, 0, size, x, HIGH - y),
    }


def written(text: Any, x: Any = 0.0, font: Any = "Times", skip: Any = "", y: Any = 100.0) -> Any:
    """The characters of a text, five points each; those of `skip` are left out, their room stays."""
    return [char(c, x + 5 * i, font, y) for i, c in enumerate(text) if c not in skip]


def borrowed(text: Any, letters: Any, x: Any = 0.0) -> Any:
    return [char(c, x + 5 * i, "Other", 97.0) for i, c in enumerate(text) if c in letters]


def texts(chars: Any) -> Any:
    return [run.text for run in runs_of(chars, {})]


def based(chars: Any, y: Any = 100.0) -> Any:
    """Letters of another font: their boxes reach higher, the base line is the same."""
    return [{**c, "matrix": (*c["matrix"][:5], HIGH - y)} for c in chars]


def test_letters_left_for_later_come_back_into_their_words() -> None:
    line = "Chỉ số hồ sơ"
    chars = written(line, skip="ỉốồơ") + based(borrowed(line, "ỉốồơ"))
    assert texts(chars) == [line]


def test_letters_of_another_font_in_their_place_cut_no_word() -> None:
    line = "Tổng số"
    chars = sorted(written(line, skip="ổố") + based(borrowed(line, "ổố")), key=lambda c: c["x0"])
    assert texts(chars) == [line]


def test_a_raised_note_is_no_letter_of_the_figure() -> None:
    note = char("1", 20.0, "Other", 98.0, 6.0)
    assert texts([*written("4,50"), note]) == ["4,50", "1"]


def test_figures_of_two_fonts_that_touch_are_not_woven() -> None:
    other = based([char("7", 20.0, "Other", 97.0)])
    assert texts([*written("4,50"), *written("xã", y=300.0), *other]) == ["4,50", "xã", "7"]


@pytest.mark.parametrize("spaces", [True, False])
def test_room_parts_cells_only_where_spaces_are_written(spaces: Any) -> None:
    prose = written("mot hai ba bon nam sau bay", y=300.0, skip="" if spaces else " ")
    cells = written("Tong diem") + written("Diem quy doi", x=48.0)
    cells = cells if spaces else [c for c in cells if c["text"] != " "]
    found = [run.text for run in runs_of([*prose, *cells], {}) if run.middle < 200]
    assert found == (["Tong diem", "Diem quy doi"] if spaces else ["Tong diem Diem quy doi"])


class Page:
    """As much of a pdfplumber page as is turned."""

    lines = rects = curves = ()
    bbox = (0.0, 0.0, WIDE, HIGH)

    def __init__(self, chars: Any) -> None:
        self.chars = chars


def turned(chars: Any, turn: Any) -> Any:
    """Level characters written in another direction on a page of WIDE by HIGH."""
    ways = {90: (0, -1, 1, 0), 180: (-1, 0, 0, -1), 270: (0, 1, -1, 0)}
    place = put_back(turn, WIDE, HIGH)
    found = []
    for c in chars:
        box = place(Box(c["x0"], c["top"], c["x1"], c["bottom"]))
        matrix = (*(10 * way for way in ways[turn]), box.x0, HIGH - box.bottom)
        size = box.bottom - box.top
        edges = {"x0": box.x0, "x1": box.x1, "top": box.top, "bottom": box.bottom}
        found.append({**c, **edges, "matrix": matrix, "upright": turn == 180, "size": size})
    return found


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_read_level_and_its_boxes_put_back(turn: Any) -> None:
    level = written("Điểm 4,50", x=30.0, y=60.0)
    page = Page(turned(level, turn))
    assert lies(page) == turn
    (run,) = runs_of(upright(page, turn).chars, {})
    assert (run.text, run.turn) == ("Điểm 4,50", 0)
    assert (run.box.x0, run.box.top) == pytest.approx((30.0, 60.0))
    first, box = page.chars[0], put_back(turn, WIDE, HIGH)(run.box)
    assert box.x0 - 0.01 <= first["x0"] and first["x1"] <= box.x1 + 0.01
    assert box.top - 0.01 <= first["top"] and first["bottom"] <= box.bottom + 0.01


def test_turned_headings_do_not_turn_a_page() -> None:
    assert lies(Page(written("một hai ba bốn năm") + turned(written("Điểm"), 270))) == 0


def test_more_turned_headings_than_rows_do_not_turn_a_page() -> None:
    """On a last page with one row most of the writing may be headings that run up it."""
    heads = [
        c
        for i in range(8)
        for c in turned(written("Chỉ số 1 (5 điểm)", x=50.0, y=60.0 + 50 * i), 270)
    ]
    row = [c for i in range(10) for c in written("29,91", x=30.0 + 50 * i, y=90.0)]
    assert len(heads) > 0.6 * len(heads + row)
    assert lies(Page(heads + row)) == 0
    assert lies(Page(heads)) == 270


def heading(text: Any, middle: Any, y: Any) -> Any:
    x0 = middle - 2.5 * len(text)
    glyphs = tuple(Glyph(c, x0 + 5 * i, x0 + 5 * i + 5) for i, c in enumerate(text))
    run = Run(glyphs, Box(x0, y - 5, x0 + 5 * len(text), y + 5), 10.0, "Times")
    return Word(run, run, run.box.x0, run.box.x1)


def test_headings_of_one_level_share_out_their_columns() -> None:
    columns = [Column(x - 8, x + 8) for x in (20, 70, 120, 170, 220, 270, 320)]
    lines = [
        [heading("nhóm", 145, 89)],
        [heading("công", 245, 95)],
        [heading("một", 145, 101)],
        [heading("TT", 20, 108), heading("tên", 70, 108)],
        [heading(str(i), x, 125) for i, x in enumerate((120, 170, 220, 270), 1)],
        [heading("hạng", 320, 108)],
    ]
    found = headings_over(sorted(lines, key=lambda line: line[0].y), columns, 1)
    assert [(h.text, h.first, h.last) for h in found if h.children] == [
        ("nhóm một", 2, 3),
        ("công", 4, 5),
    ]


def table(rows: Any, header: Any, page: Any = 1) -> Any:
    cells = [
        tuple(Cell((t,) if t else (), page, None, "text-layer", c) for c, t in enumerate(row))
        for row in rows
    ]
    made = tuple(Row(row, page) for row in cells)
    return Table("", 0, page, "lines", len(header), tuple(header), made)


def test_the_rest_of_a_row_under_a_repeated_header_is_no_heading() -> None:
    first = [Heading(t, c, c, 1) for c, t in enumerate(("STT", "Tên", "Điểm"))]
    again = [
        first[0],
        Heading("Tên", 1, 1, 2, None, (Heading("Nưa", 1, 1, 2),)),
        first[2],
    ]
    upper = table([["1", "xã A", "4"], ["2", "xã Quài", "5"]], first)
    lower = table([["3", "xã C", "3"]], again, 2)
    assert continues(upper, lower)
    rows = [[cell.text for cell in row.cells] for row in join(upper, lower).rows]
    assert rows == [["1", "xã A", "4"], ["2", "xã Quài Nưa", "5"], ["3", "xã C", "3"]]


def test_a_line_level_with_a_row_goes_to_no_other() -> None:
    lines = [StackedLine(y, 10.0, False) for y in (101.0, 117.0)]
    assert share_out(lines, [100.0, 116.0, 132.0], "middle").anchors == (0, 1)


def test_a_figure_over_the_edge_of_the_page_is_read_whole_and_what_stands_beyond_is_not() -> None:
    chars = [*written("84,69", x=580.0), *written("9,9", x=620.0)]
    kept = "".join(c["text"] for c in visible_chars(chars, [], (0.0, 0.0, WIDE, HIGH)))
    assert kept == "84,69"
