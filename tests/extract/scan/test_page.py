"""Whole pages: what is on the paper comes out, whichever way it lies."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image, ImageChops, ImageDraw

from benchmarks.generator.damage import Damage, blank_page, scan_page
from extract.scan.page import PageReading, read_page
from tests.extract.scan.drawn import BODY, DPI, HEADER, TITLE, UNIT, font, needs_engine, table_page

USUAL = Damage(dpi=DPI)


@pytest.fixture(scope="module", autouse=True)
def engine() -> None:
    needs_engine()


def read(image: Image.Image) -> PageReading:
    return read_page(image, 1, image.width / DPI * 72, image.height / DPI * 72)


def body(reading: PageReading) -> list[tuple[str, ...]]:
    return [tuple(c.text for c in row.cells) for row in reading.tables[0].rows]


SCANS = {
    "usual": USUAL,
    "skewed": replace(USUAL, skew=2.1),
    "upside down": replace(USUAL, turn=180),
    "sideways": replace(USUAL, turn=90),
    "sideways the other way, askew": replace(USUAL, turn=270, skew=-1.2),
    "broken lines": replace(USUAL, broken=0.6),
    "faded": replace(USUAL, fade=0.6),
    "in the shadow": replace(USUAL, shadow=0.7),
    "fax": replace(USUAL, mode="bilevel"),
    "dusty": replace(USUAL, specks=0.4),
    "askew in a straight frame": replace(USUAL, border=0.7, skew=1.4),
    "fax, askew in a frame": replace(USUAL, border=0.7, skew=-1.9, mode="bilevel"),
    "under streaks": replace(USUAL, streaks=3, skew=0.5),
}


@pytest.mark.parametrize("name", SCANS)
def test_figures_are_read_whatever_the_scanner_did(name: str) -> None:
    image, _ = scan_page(table_page(), SCANS[name], seed=3)
    found = body(read(image))
    assert [row[2:5] for row in found] == [row[2:5] for row in BODY]
    assert [row[0] for row in found] == ["1", "2", "3", "4"]


def test_figures_under_a_seal_scanned_in_gray_are_read() -> None:
    """Rings and their letters over the figures of all rows, paler than the print on them."""
    page = table_page()
    seal = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(seal)
    for x, y in ((375, 147), (410, 165), (385, 183)):
        box = [(v + way * 11) * UNIT for way in (-1, 1) for v in (x, y)]
        draw.ellipse(box, outline=(140, 140, 140), width=round(2.2 * UNIT))
        draw.text(((x - 4) * UNIT, (y - 8) * UNIT), "B", (140, 140, 140), font(14))
    image, _ = scan_page(ImageChops.multiply(page, seal), USUAL, seed=5)
    found = body(read(image))
    assert [row[2:5] for row in found] == [row[2:5] for row in BODY]


@pytest.mark.parametrize(("from_left", "gray"), [(20, 140), (20, 150), (26, 150)])
def test_the_paler_half_of_a_figure_is_not_lost_in_silence(from_left: float, gray: int) -> None:
    """`,54` of `8,54` where the toner ran out is neither a seal over an 8, nor paper beside it."""
    page = table_page()
    x, y = 60 + 30 + 150 + 60 + from_left, 120 + 2 * 18 + 2
    box = (round(x * UNIT), round(y * UNIT), round((x + 28) * UNIT), round((y + 14) * UNIT))
    page.paste(page.crop(box).point(lambda value: gray + value * (255 - gray) // 255), box[:2])
    cell = read(page).tables[0].rows[1].cells[3]
    assert cell.text == "8,54" or cell.confidence < 0.98


def test_a_blank_sheet_in_the_scanner_s_frame_is_blank() -> None:
    assert read(blank_page(595, 842, replace(USUAL, border=1.0), seed=4)).page.kind == "blank"


def test_turn_and_skew_are_told_and_boxes_stay_on_the_page_as_shown() -> None:
    image, matrix = scan_page(table_page(), replace(USUAL, turn=90, skew=1.0), seed=1)
    reading = read(image)
    assert reading.page.turned == 270
    assert reading.page.skew == pytest.approx(1.0, abs=0.1)
    cell = reading.tables[0].rows[0].cells[2]
    x, y = matrix @ [60 + 30 + 150 + 30, 120 + 18 * 1.5, 1]
    assert cell.box is not None
    assert cell.box.x0 < x < cell.box.x1 and cell.box.top < y < cell.box.bottom


def test_a_red_seal_over_figures_is_set_aside() -> None:
    image, _ = scan_page(table_page(), replace(USUAL, mode="colour", stamp=True, ink=True), seed=8)
    assert [row[2:5] for row in body(read(image))] == [row[2:5] for row in BODY]


def test_header_title_and_names_are_read_in_vietnamese() -> None:
    reading = read(table_page())
    assert [h.text for h in reading.tables[0].header] == list(HEADER)
    assert TITLE in reading.paragraphs[0].text
    assert [row[1] for row in body(reading)] == [row[1] for row in BODY]


def test_every_cell_keeps_its_readings_and_their_weights_are_probabilities() -> None:
    image, _ = scan_page(table_page(), replace(USUAL, mode="bilevel"), seed=5)
    for row in read(image).tables[0].rows:
        for cell in row.cells:
            assert cell.readings and cell.readings[0].text == cell.text
            assert cell.readings[0].weight == cell.confidence
            assert sum(r.weight for r in cell.readings) <= 1.0001


def test_a_figure_under_a_blot_is_never_sure() -> None:
    image = table_page()
    x, y = int((60 + 30 + 150 + 28) * DPI / 72), int((120 + 18 + 4) * DPI / 72)
    image.paste((20, 20, 20), (x, y, x + 22, y + 26))
    cell = read(image).tables[0].rows[0].cells[2]
    assert cell.text == "29,91" or cell.confidence < 0.999


def test_the_blank_back_of_a_sheet_is_blank() -> None:
    paper = Image.new("L", (1654, 2339), 250)
    image, _ = scan_page(paper, replace(USUAL, holes=True, noise=0.4), seed=2)
    reading = read(image)
    assert reading.page.kind == "blank"
    assert not reading.tables and not reading.paragraphs


def test_a_table_without_lines_is_read_from_its_columns() -> None:
    rows = [(str(i), *BODY[i % 4][1:]) for i in range(1, 9)]
    reading = read(table_page((HEADER, *rows), rules=False))
    figures = {c.text for t in reading.tables for row in t.rows for c in row.cells}
    assert {"29,91", "84,69/85", "78,37/85", "26,58"} <= figures
