"""Rows below a heading box that alone is ruled: lines are drawn between them, none through a text."""

from __future__ import annotations

from extract.boxhead import with_lines
from extract.document import Box, Cell, Heading, Row, Table
from extract.strokes import Stroke, Strokes
from tests.extract.test_pieces import run

BOX = Strokes(
    (Stroke(100, 30, 230), Stroke(130, 30, 230)),
    tuple(Stroke(x, 100, 130) for x in (30, 60, 160, 230)),
)
HEADS = tuple(
    Heading(text, c, c, 1, Box(x0, 100, x1, 130))
    for c, (text, x0, x1) in enumerate([("STT", 30, 60), ("Đơn vị", 60, 160), ("Điểm", 160, 230)])
)
ROWS = [
    ["1", "Xã Na Son", "4,5"],
    ["", "Các phòng chuyên môn trực thuộc", ""],
    ["2", "Xã Pú Hồng", "4"],
]
LEFT = (40, 65, 190)


def head(bottom: float = 130) -> Table:
    return Table("", 0, 1, "lines", 3, HEADS, (), Box(30, 100, 230, bottom))


def body() -> Table:
    rows = tuple(
        Row(
            tuple(
                Cell(
                    (text,) * bool(text),
                    1,
                    Box(LEFT[c], 140 + 20 * r, LEFT[c] + 20, 150 + 20 * r),
                    "text-layer",
                    c,
                )
                for c, text in enumerate(texts)
            ),
            1,
        )
        for r, texts in enumerate(ROWS)
    )
    return Table("", 0, 1, "words", 3, (), rows, Box(40, 140, 225, 190))


def test_rows_below_a_heading_box_are_parted_but_for_texts_over_the_borders() -> None:
    runs = [
        run(text, LEFT[c], 140 + 20 * r)
        for r, texts in enumerate(ROWS)
        for c, text in enumerate(texts)
        if text
    ]
    longer = with_lines(BOX, [head()], [body()], runs)
    assert longer is not None
    assert [s.at for s in longer.level[2:]] == [155, 175, 190.5]
    down = {(s.at, s.start) for s in longer.upright[4:]}
    assert (
        {x for x, top in down if top == 130}
        == {x for x, top in down if top == 175}
        == {30, 60, 160, 230}
    )
    assert (160, 155) not in down


def test_rows_far_below_a_box_are_another_tables() -> None:
    assert with_lines(BOX, [head(bottom=90)], [body()], []) is None
