"""Words of a cell are read level, or up or down the page where they run so."""

from __future__ import annotations

from itertools import product

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.scan.ink import ink_of
from extract.scan.lettering import read_words
from extract.scan.mesh import GridCell
from extract.scan.strokes import Window, window_of
from tests.extract.scan.drawn import UNIT, font, needs_engine

USUAL = 0.68 * 11 * UNIT
"""The height of a digit of the 11 pt type drawn here, in pixels."""


@pytest.fixture(scope="module", autouse=True)
def engine() -> None:
    needs_engine()


def cell(text: str, turn: int) -> Window:
    """The inside of a cell with a text, turned counter-clockwise by so many degrees."""
    drawn = Image.new("L", (320, 120), 255)
    ImageDraw.Draw(drawn).multiline_text((160, 60), text, 0, font(11), anchor="mm", align="center")
    gray = np.asarray(drawn.rotate(turn, expand=True), np.uint8)
    high, wide = gray.shape
    return window_of(ink_of(gray, UNIT), GridCell(0, 0, 1, 1, 0, 0, wide, high), UNIT)


@pytest.mark.parametrize(
    ("text", "turn"),
    [
        *product(["Xếp loại", "Tổng điểm sau\nquy đổi"], [0, 90, 270]),
        ("Chỉ số 2 (10đ)", 0),
        ("Chỉ số 2 (10đ)", 90),  # the other way up it may read as well: `(P01) Z 0S 112`
    ],
)
def test_words_are_read_whichever_way_they_run(text: str, turn: int) -> None:
    lines, _ = read_words(cell(text, turn), USUAL)
    assert [line.text for line in lines] == text.split("\n")


def test_what_reads_level_is_not_turned() -> None:
    lines, _ = read_words(cell("Tiến\nđộ\nkết\nquả", 0), USUAL)
    assert [line.text for line in lines] == ["Tiến", "độ", "kết", "quả"]


def test_a_large_letter_is_no_turned_word() -> None:
    """Parts of a seal read turned as a character or two."""
    drawn = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(drawn).text((100, 100), "KÀ", 0, font(44), anchor="mm")
    gray = np.asarray(drawn.rotate(90), np.uint8)
    window = window_of(ink_of(gray, UNIT), GridCell(0, 0, 1, 1, 0, 0, 200, 200), UNIT)
    lines, _ = read_words(window, USUAL)
    assert "KÀ" not in [line.text for line in lines]


@pytest.mark.parametrize("name", ["UBND xã Phình Giàng", "UBND xã Keo Lôm", "UBND xã Na Son"])
def test_small_print_in_black_and_white_is_read_wherever_its_dots_fall(name: str) -> None:
    """7 pt at 150 dpi: six pictures of it, the dots in each on other parts of the letters."""
    unit, finer = 150 / 72, 6
    drawn = Image.new("L", (1200, 200), 255)
    ImageDraw.Draw(drawn).text((40, 60), name, 0, font(7 * finer * unit / UNIT))
    read = 0
    for off in range(finer):
        part = np.asarray(drawn)[off:, off:]
        high, wide = (n // finer for n in part.shape)
        dots = cv2.resize(part, (wide, high), interpolation=cv2.INTER_AREA) >= 170
        gray = np.where(dots, 255, 0).astype(np.uint8)
        window = window_of(ink_of(gray, unit), GridCell(0, 0, 1, 1, 0, 0, wide, high), unit)
        lines, _ = read_words(window, 0.66 * 7 * unit)
        read += [line.text for line in lines] == [name]
    assert read >= finer - 1
