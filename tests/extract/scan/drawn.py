"""Pages drawn for the tests: a ruled table under a title, as a clean scan at 200 dpi."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from extract.document import Unreadable

DPI = 200
UNIT = DPI / 72
WIDTHS = (30.0, 150.0, 60.0, 60.0, 70.0, 80.0)
HEADER = ("STT", "Tên đơn vị", "Tiến độ", "Số hóa", "Tổng điểm", "Xếp loại")
BODY = (
    ("1", "UBND xã Mường Mùn", "29,91", "-", "84,69/85", "Xuất sắc"),
    ("2", "UBND xã Quài Nưa", "30", "8,54", "78,37/85", "Tốt"),
    ("3", "UBND thị trấn Tuần Giáo", "27,7", "", "66,67/75", "Khá"),
    ("4", "UBND xã Chiềng Sinh", "26,58", "0", "50,02/55", "Yếu"),
)
TITLE = "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG PHỤC VỤ NGƯỜI DÂN"


@cache
def font(size: float) -> ImageFont.FreeTypeFont:
    """A font with Vietnamese, in points; skips the test where there is none."""
    for name in ("FreeSerif.ttf", "DejaVuSerif.ttf", "DejaVuSans.ttf"):
        for path in Path("/usr/share/fonts").rglob(name):
            return ImageFont.truetype(str(path), round(size * UNIT))
    pytest.skip("no font with Vietnamese letters is installed")


def needs_engine() -> None:
    """Skips the test without Tesseract's Vietnamese data."""
    from extract.scan.engine import data_folder

    try:
        data_folder()
    except Unreadable:
        pytest.skip("Tesseract's Vietnamese data is not installed")


def table_page(
    rows: Sequence[Sequence[str]] = (HEADER, *BODY),
    *,
    rules: bool = True,
    title: str = TITLE,
    gaps: int = 0,
    height: float = 18.0,
) -> Image.Image:
    """An A4 page (portrait, 200 dpi); `gaps`: points between breaks in the lines, 0 for whole lines;
    `height` of the rows, in points."""
    image = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(image)
    draw.text((60 * UNIT, 60 * UNIT), title, "black", font(12))
    lefts = [60.0]
    for width in WIDTHS:
        lefts.append(lefts[-1] + width)
    top = 120.0
    for index, row in enumerate(rows):
        for left, width, text in zip(lefts, WIDTHS, row, strict=False):
            room = width - max(map(font(11).getlength, text.split("\n"))) / UNIT
            x = left + (room / 2 if text not in [r[1] for r in rows] else 4)
            draw.text((x * UNIT, (top + index * height + 1.5) * UNIT), text, "black", font(11))
    if rules:
        _rule(draw, lefts, [top + i * height for i in range(len(rows) + 1)], gaps)
    return image


def _rule(draw: ImageDraw.ImageDraw, xs: Sequence[float], ys: Sequence[float], gaps: int) -> None:
    for y in ys:
        _line(draw, (xs[0], y), (xs[-1], y), gaps)
    for x in xs:
        _line(draw, (x, ys[0]), (x, ys[-1]), gaps)


def _line(
    draw: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], gaps: int
) -> None:
    steps = [(0.0, 1.0)]
    if gaps:
        length = max(end[0] - start[0], end[1] - start[1])
        share = gaps / length
        steps = [(i * share, (i + 0.8) * share) for i in range(int(1 / share))]
    for a, b in steps:
        at = [(start[k] + (end[k] - start[k]) * s) * UNIT for s in (a, b) for k in (0, 1)]
        draw.line(at, "black", 2)
