"""Names rendered as a report prints them and read by Tesseract: what OCR makes of each."""

from __future__ import annotations

import csv
import random
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path

import tesserocr
from PIL import Image, ImageDraw, ImageFilter, ImageFont

POINTS = 12
FONTS = {
    "serif": "LiberationSerif-Regular.ttf",
    "sans": "LiberationSans-Regular.ttf",
    "dejavu": "DejaVuSerif.ttf",
    "narrow": "LiberationSansNarrow-Regular.ttf",
    "plain": "DejaVuSans.ttf",
}
MODELS = ("vie", "eng")


@dataclass(frozen=True, slots=True)
class Read:
    """What was rendered and how, and what Tesseract read with one model at `dpi`."""

    truth: str
    font: str
    dpi: int
    model: str
    text: str


@lru_cache(maxsize=64)
def _font(name: str, dpi: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS[name], round(POINTS * dpi / 72))


@lru_cache(maxsize=1)
def _tessdata() -> str:
    """The folder of the installed models, as the tesseract command names it."""
    said = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True)
    return said.stdout.split('"')[1]


def render(text: str, font: str, dpi: int) -> Image.Image:
    """The text in 12 points, black on white, with a margin of half an em."""
    face = _font(font, dpi)
    left, top, right, bottom = face.getbbox(text)
    margin = face.size / 2
    size = (round(right - left + 2 * margin), round(bottom - top + 2 * margin))
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).text((margin - left, margin - top), text, 0, font=face)
    return image


def worn(image: Image.Image, rng: random.Random) -> Image.Image:
    """A photocopy of a photocopy: turned up to a degree, blurred, grainy."""
    image = image.rotate(rng.uniform(-1, 1), Image.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.0)))
    grain = Image.effect_noise(image.size, rng.uniform(20, 50))
    return Image.blend(image, grain, 0.2).point(lambda v: max(0, min(255, (v - 60) * 255 // 160)))


def read_all(
    truths: Iterable[str],
    fonts: Iterable[str],
    dpis: Iterable[int],
    wear: random.Random | None = None,
) -> Iterator[Read]:
    """Every text in every font and resolution with every model, as one line of print."""
    fonts, dpis = tuple(fonts), tuple(dpis)
    engines = {
        m: tesserocr.PyTessBaseAPI(path=_tessdata(), lang=m, psm=tesserocr.PSM.SINGLE_LINE)
        for m in MODELS
    }
    for truth in truths:
        for font in fonts:
            for dpi in dpis:
                image = render(truth, font, dpi)
                image = worn(image, wear) if wear else image
                for model, engine in engines.items():
                    engine.SetImage(image)
                    engine.SetSourceResolution(dpi)
                    yield Read(truth, font, dpi, model, " ".join(engine.GetUTF8Text().split()))


def kept(path: Path, reads: Iterable[Read]) -> tuple[Read, ...]:
    """The readings of a file, which is made when it is not there (some minutes)."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [f.name for f in fields(Read)])
            writer.writeheader()
            writer.writerows(asdict(r) for r in reads)
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple(
            Read(r["truth"], r["font"], int(r["dpi"]), r["model"], r["text"]) for r in rows
        )
