"""Headings in white on a dark fill are read; dark edges of the sheet and bold print are no fills."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.scan.fills import without_fills
from extract.scan.page import read_page
from normalise.text import fold
from tests.extract.scan.drawn import BODY, DPI, HEADER, TITLE, UNIT, font, needs_engine, table_page

HEADINGS = (round(60 * UNIT), round(120 * UNIT), round(510 * UNIT), round(138 * UNIT))
"""The row of headings of the drawn page: left, top, right, bottom."""


def filled(colour: tuple[int, int, int], letters: str) -> Image.Image:
    """A table whose row of headings has a fill of this colour."""
    image = table_page([HEADER, *BODY, *BODY])
    part = np.array(image.crop(HEADINGS))
    ink = (part < 128).all(axis=2)
    part[~ink] = colour
    part[ink] = 255 if letters == "white" else 0
    image.paste(Image.fromarray(part), (HEADINGS[0], HEADINGS[1]))
    return image


@pytest.mark.parametrize(
    ("colour", "letters"),
    [
        ((68, 114, 196), "white"),
        ((47, 84, 150), "white"),
        ((64, 64, 64), "white"),
        ((191, 191, 191), "black"),
    ],
    ids=["blue", "dark blue", "gray", "light gray"],
)
def test_headings_on_a_fill_are_read(colour: tuple[int, int, int], letters: str) -> None:
    needs_engine()
    image = filled(colour, letters)
    (table,) = read_page(image, 1, image.width / DPI * 72, image.height / DPI * 72).tables
    assert [fold(h.text) for h in table.header] == [fold(text) for text in HEADER]
    assert [[c.text for c in row.cells] for row in table.rows] == [
        list(row) for row in (*BODY, *BODY)
    ]


def test_a_letter_that_stands_alone_in_a_fill_stays_whole() -> None:
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle([v * UNIT for v in (60, 120, 510, 150)], 80)
    draw.text((150 * UNIT, 135 * UNIT), "TÊN ĐƠN VỊ", 255, font(12), anchor="mm")
    draw.text((300 * UNIT, 135 * UNIT), "1", 255, font(12), anchor="mm")
    gray = np.asarray(image)
    x0, top, x1, bottom = (round(v * UNIT) for v in (290, 126, 310, 144))
    lettered = gray[top:bottom, x0:x1] > 200
    assert (without_fills(gray, gray, DPI)[top:bottom, x0:x1] < 100)[lettered].mean() > 0.95


def test_what_is_no_fill_stays_as_it_is() -> None:
    """A bold title, a dark strip at the sheet's edge and a plain black box."""
    image = table_page([HEADER, *BODY])
    draw = ImageDraw.Draw(image)
    for off in range(4):
        draw.text((60 * UNIT + off, 30 * UNIT), TITLE, "black", font(16))
    draw.rectangle((0, 0, 40, image.height), "black")
    draw.rectangle([v * UNIT for v in (100, 400, 300, 420)], "black")
    gray = np.asarray(image.convert("L"))
    assert without_fills(gray, gray, DPI) is gray or (without_fills(gray, gray, DPI) == gray).all()


def test_a_long_heading_near_the_edge_of_a_fill_keeps_its_letters() -> None:
    """No block of fill stands over or under the heading of a group, which is wider than one of a column."""
    image = Image.new("RGB", (1654, 600), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle([v * UNIT for v in (60, 60, 540, 76)], (47, 84, 150))
    place = (150, 62, 450, 76)
    text = "Nhóm chỉ số công khai, minh bạch của các cơ quan, đơn vị"
    draw.text((place[0] * UNIT, place[1] * UNIT), text, "white", font(11))
    gray = np.asarray(image.convert("L"))
    x0, top, x1, bottom = (round(v * UNIT) for v in place)
    letters = gray[top:bottom, x0:x1] > 230
    kept = without_fills(gray, gray, DPI)[top:bottom, x0:x1] < 100
    assert kept[letters].mean() > 0.8


@pytest.mark.parametrize(("share", "left"), [(0.15, 0.5), (0.36, 0.0)], ids=["letters", "drowned"])
def test_the_dots_of_a_faxed_fill_are_taken_from_its_letters(share: float, left: float) -> None:
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    place = tuple(round(v * UNIT) for v in (60, 120, 510, 150))
    draw.rectangle(place, 0)
    draw.text((285 * UNIT, 135 * UNIT), "NHÓM MỨC ĐỘ HÀI LÒNG", 255, font(12), anchor="mm")
    gray = np.array(image)
    part = gray[place[1] : place[3], place[0] : place[2]]
    letters = part > 200
    part[np.random.default_rng(7).random(part.shape) < share] = 255
    inked = without_fills(gray, gray, DPI)[place[1] : place[3], place[0] : place[2]] < 128
    beside = ~np.asarray(cv2.dilate(letters.astype(np.uint8), np.ones((9, 9), np.uint8)), bool)
    inner = np.s_[8:-8, 8:-8]
    assert inked[inner][beside[inner]].mean() < 0.01
    assert (inked[letters].mean() > left) == (left > 0)
