"""Lines of which dashes are left make tables once they are straight and drawn whole."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from PIL import Image, ImageDraw

from extract.scan.dashed import dashes_of, redrawn
from extract.scan.ink import ink_of
from extract.scan.mesh import grids_of
from extract.scan.picture import Picture
from extract.scan.ruled import Ruled, ruled_of
from extract.scan.ruling import rules_of
from extract.scan.upright import Frame
from tests.extract.scan.drawn import BODY, HEADER, UNIT, WIDTHS, font, table_page

LEFT, TOP, HEIGHT = 60.0, 120.0, 18.0
ROWS = [("", "", "", "", "", ""), HEADER, *BODY, *BODY, *BODY]
LEFTS = [LEFT + sum(WIDTHS[:n]) for n in range(len(WIDTHS) + 1)]
# A heading over these columns stands above its own.
GROUP = (2, 4)


def dashes(
    rng: np.random.Generator, length: float, ink: float = 15.0, white: float = 11.0
) -> Iterator[tuple[float, float]]:
    """From where to where pieces of a line are left, in points: without a period, a half of it."""
    at = float(rng.uniform(0, white))
    while at < length:
        end = min(length, at + float(rng.uniform(0.5, 1.5)) * ink)
        yield at, end
        at = end + float(rng.uniform(0.4, 1.6)) * white


def page(*, broken: bool = True, rises: float = 0.0, leans: float = 0.0) -> Picture:
    """A table with a heading over two columns, in dashes or whole; it rises and leans by so many points over a page."""
    image = lettering()
    draw = ImageDraw.Draw(image)
    rng = np.random.default_rng(7)
    for start, end in lines():
        way = np.subtract(end, start)
        long = float(np.abs(way).sum())
        for a, b in dashes(rng, long) if broken else [(0.0, long)]:
            corners = [tuple(np.add(start, way * k / long) * UNIT) for k in (a, b)]
            draw.line(corners, "black", 3)
    return bent(image, rises, leans)


def lettering() -> Image.Image:
    image = table_page(ROWS, rules=False)
    place = (LEFTS[GROUP[0]] + 6) * UNIT, (TOP + 1.5) * UNIT
    ImageDraw.Draw(image).text(place, "Nhóm chỉ tiêu", "black", font(11))
    return image


def lines() -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    bottom = TOP + HEIGHT * len(ROWS)
    for n in range(len(ROWS) + 1):
        a, b = GROUP if n == 1 else (0, len(LEFTS) - 1)
        yield (LEFTS[a], TOP + n * HEIGHT), (LEFTS[b], TOP + n * HEIGHT)
    for n, x in enumerate(LEFTS):
        yield (x, TOP + (HEIGHT if GROUP[0] < n < GROUP[1] else 0)), (x, bottom)


def bent(image: Image.Image, rises: float, leans: float) -> Picture:
    gray = np.array(image.convert("L"))
    high, wide = gray.shape
    x, y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
    from_y = y + np.float32(rises * UNIT) * (x / wide) ** 2
    from_x = x + np.float32(leans * UNIT) * y / high
    bent = cv2.remap(
        gray, from_x, from_y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    gray = np.asarray(bent, np.uint8)
    frame = Frame(np.array([[1.0, 0, 0], [0, 1, 0]]), 0, 0.0)
    return Picture(gray, ink_of(gray, UNIT), UNIT, frame)


def read(picture: Picture) -> Ruled:
    return ruled_of(picture, rules_of(picture.ink, UNIT))


def assert_right(ruled: Ruled) -> None:
    (grid,) = ruled.grids
    assert (len(grid.ys), len(grid.xs)) == (len(ROWS) + 1, len(WIDTHS) + 1)
    assert not grid.doubted
    over = {(c.row, c.column, c.rows, c.columns) for c in grid.cells if c.rows * c.columns > 1}
    assert over == {(0, 2, 1, 2), *((0, c, 2, 1) for c in (0, 1, 4, 5))}


def test_lines_in_dashes_are_drawn_whole() -> None:
    picture = page()
    usual = grids_of(picture.ink, rules_of(picture.ink, UNIT), UNIT)
    assert [len(g.cells) for g in usual if not g.doubted] != [len(ROWS) * len(WIDTHS) - 5]
    assert_right(read(picture))


def test_dashes_tell_how_the_page_bends() -> None:
    ruled = read(page(rises=7.0, leans=9.0))
    assert ruled.picture.frame.bend is not None
    assert_right(ruled)


def test_dashes_go_and_no_letter_with_them() -> None:
    picture = page()
    found = redrawn(picture.ink, dashes_of(picture.ink, UNIT), UNIT)
    assert found is not None
    ink, rules = found.bare, found.rules
    text = bent(lettering(), 0, 0).ink.dark & picture.ink.dark
    assert not (text & ~ink.dark).any()
    lines = rules.across | rules.down
    around = (cv2.dilate(lines.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0) & ~lines & ~text
    assert (ink.dark & around).sum() < 0.1 * (picture.ink.dark & around).sum()


def test_whole_lines_need_no_help() -> None:
    whole = page(broken=False)
    assert not dashes_of(whole.ink, UNIT).broken
    assert_right(read(whole))


def test_columns_of_ones_are_no_lines() -> None:
    text = table_page([("1", "UBND xã Mường Mùn", "1", "1", "1", "1")] * 20, rules=False)
    ink = bent(text, 0, 0).ink
    assert redrawn(ink, dashes_of(ink, UNIT), UNIT) is None
