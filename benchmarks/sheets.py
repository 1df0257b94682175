"""Sheets of numerals in many fonts, damaged like scans, to train and test the numeral reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks.generator.damage import Damage, draw_damage, scan_page

FONTS = Path("/usr/share/fonts/truetype")
# Word, Excel and LibreOffice set these reports in Times and Arial; the rest keeps the reader honest.
FAMILIES = (
    "LiberationSerif", "LiberationSerif", "LiberationSerif", "LiberationSans", "LiberationSans",
    "LiberationSansNarrow", "Carlito", "Caladea", "DejaVuSans", "DejaVuSerif", "DejaVuSansCondensed",
    "NotoSans", "NotoSerif", "FreeSerif", "FreeSans",
)  # fmt: skip
STYLES = ("Regular", "Regular", "Regular", "Bold", "Italic")
WORDS = (
    "Tốt",
    "Khá",
    "xã",
    "TB",
    "phường",
    "Yếu",
    "Xuất sắc",
    "và",
    "huyện",
    "Mường",
    "Nà Hỳ",
    "Điểm",
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "IX", "X", "XI")
FINE = 4
"""Sheets are drawn so many times finer than scanned, so that glyphs fall between pixels."""


Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Written:
    """A cell: its text, its middle, and each character's left and right ink, in points."""

    text: str
    middle: tuple[float, float]
    inks: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A scanned sheet; `matrix` takes clean points to scanned points."""

    image: Image.Image
    damage: Damage
    matrix: Numbers
    cells: tuple[Written, ...]


@cache
def font_file(family: str, style: str) -> Path | None:
    """A font's file by family and style, however the distribution names it; None when it is missing."""
    names = {f"{family}-{style}", f"{family}{style}"}
    names |= {family} if style == "Regular" else set()
    names |= {f"{family}-Oblique", f"{family}Oblique"} if style == "Italic" else set()
    found = (p for n in sorted(names) for e in ("ttf", "otf") for p in FONTS.rglob(f"{n}.{e}"))
    return next(found, None)


def numeral(rng: np.random.Generator) -> str:
    """A numeral as these tables have them, or now and then a word."""

    def digit(count: int) -> str:
        return "".join(str(d) for d in rng.integers(0, 10, count))

    mark = "," if rng.random() < 0.65 else "."
    kinds = (
        lambda: digit(1),
        lambda: digit(int(rng.integers(2, 4))),
        lambda: digit(1) + mark + digit(int(rng.integers(1, 3))),
        lambda: digit(2) + mark + digit(int(rng.integers(1, 3))),
        lambda: digit(2) + mark + digit(2) + "/" + digit(int(rng.integers(2, 4))),
        lambda: digit(int(rng.integers(1, 4))) + "." + digit(3),
        lambda: digit(int(rng.integers(1, 3))) + "." + digit(3) + "." + digit(3),
        lambda: digit(2) + mark + digit(int(rng.integers(1, 3))) + "%",
        lambda: digit(2) + "%",
        lambda: rng.choice(["-", "-", "–"]),
        lambda: str(rng.choice(WORDS)),
        lambda: str(rng.choice(ROMAN)),
    )
    odds = np.array([4, 3, 4, 4, 2, 1.5, 1, 0.8, 0.6, 1.3, 2, 1])
    return str(kinds[int(rng.choice(len(kinds), p=odds / odds.sum()))]())


def draw_sheet(rng: np.random.Generator, dpi: int | None = None) -> Sheet:
    """A landscape page of ruled cells, scanned."""
    damage = draw_damage(rng, dpi)
    fine = FINE * damage.dpi / 72
    path = None
    while path is None:
        path = font_file(str(rng.choice(FAMILIES)), str(rng.choice(STYLES)))
    size = float(rng.uniform(8.5, 14))
    font = ImageFont.truetype(str(path), round(size * fine))
    image = Image.new("L", (round(842 * fine), round(400 * fine)), 255)
    cells = _fill(ImageDraw.Draw(image), font, size, fine, rng)
    clean = image.resize((round(842 * fine / FINE), round(400 * fine / FINE)), Image.Resampling.BOX)
    scan, matrix = scan_page(clean, damage, int(rng.integers(1 << 30)))
    return Sheet(scan, damage, matrix, tuple(cells))


def _fill(
    draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, size: float, fine: float,
    rng: np.random.Generator,
) -> list[Written]:  # fmt: skip
    width, height = float(rng.uniform(5.2, 7)) * size, float(rng.uniform(1.2, 1.8)) * size
    line = max(1, round(float(rng.choice([0.5, 0.75, 1.0])) * fine))
    columns, rows = int(770 / width), int(340 / height)
    for c in range(columns + 1):
        draw.line(
            [
                ((30 + c * width) * fine, 30 * fine),
                ((30 + c * width) * fine, (30 + rows * height) * fine),
            ],
            0,
            line,
        )
    for r in range(rows + 1):
        draw.line(
            [
                (30 * fine, (30 + r * height) * fine),
                ((30 + columns * width) * fine, (30 + r * height) * fine),
            ],
            0,
            line,
        )
    lift = float(rng.uniform(0, max(0.0, height - 1.2 * size)))
    cells = []
    for r in range(rows):
        for c in range(columns):
            text = numeral(rng)
            x = 30 + (c + 0.5) * width - font.getlength(text) / fine / 2
            y = 30 + r * height + 0.08 * size + lift
            cells.append(
                _write(
                    draw, font, text, x, y, fine, (30 + (c + 0.5) * width, 30 + (r + 0.5) * height)
                )
            )
    return cells


def _write(
    draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, text: str, x: float, y: float,
    fine: float, middle: tuple[float, float],
) -> Written:  # fmt: skip
    draw.text((x * fine, y * fine), text, 0, font)
    inks = []
    for index, char in enumerate(text):
        left = x + font.getlength(text[:index]) / fine
        start, end = _ink(font, char)
        inks.append((left + start / fine, left + end / fine))
    return Written(text.replace("–", "-"), middle, tuple(inks))


@cache
def _ink(font: ImageFont.FreeTypeFont, char: str) -> tuple[int, int]:
    """Where a character's ink starts and ends from its origin; a font's own box includes its advance."""
    side = round(font.size * 2)
    canvas = Image.new("L", (side, side), 0)
    ImageDraw.Draw(canvas).text((side // 4, 0), char, 255, font)
    box = canvas.getbbox() or (side // 4, 0, side // 4, 0)
    return box[0] - side // 4, box[2] - side // 4
