"""Tesseract in this process, with Vietnamese: one engine, kept between pages."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.document import Unreadable

LANGUAGE = "vie"
# Where distributions and installers put the data; TESSDATA_PREFIX comes before all of them.
PLACES = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)
NUMERALS = "0123456789,.-/%"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as read: confidence 0..1, box in pixels of the picture given."""

    text: str
    confidence: float
    x0: int
    top: int
    x1: int
    bottom: int


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line as read."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def confidence(self) -> float:
        """The weakest word's."""
        return min((w.confidence for w in self.words), default=0.0)


@cache
def data_folder() -> str:
    """Tesseract's data folder that has Vietnamese. Raises Unreadable("ocr-missing")."""
    for folder in _candidates():
        if (folder / f"{LANGUAGE}.traineddata").is_file():
            return str(folder)
    raise Unreadable("ocr-missing", missing=f"{LANGUAGE}.traineddata")


def _candidates() -> Iterable[Path]:
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        yield Path(prefix)
        yield Path(prefix) / "tessdata"
    for place in PLACES:
        path = Path(place)
        anchor = Path(path.anchor)
        yield from sorted(anchor.glob(str(path.relative_to(anchor))), reverse=True)


@cache
def _api(whitelist: str) -> tuple[Any, Any]:
    """An engine for an alphabet (empty: all) and the library's names. Raises Unreadable."""
    folder = data_folder()
    try:
        import tesserocr
    except ImportError:
        raise Unreadable("ocr-missing", missing="tesserocr") from None
    api = tesserocr.PyTessBaseAPI(path=folder, lang=LANGUAGE, psm=tesserocr.PSM.SINGLE_LINE)
    api.SetVariable("debug_file", os.devnull)
    if whitelist:
        api.SetVariable("tessedit_char_whitelist", whitelist)
        api.SetVariable("load_system_dawg", "0")
    return api, tesserocr


def _show(api: Any, picture: NDArray[np.uint8]) -> None:
    height, width = picture.shape
    api.SetImageBytes(np.ascontiguousarray(picture).tobytes(), width, height, 1, width)


def read_numeral(picture: NDArray[np.uint8]) -> tuple[str, float]:
    """One line of black on white as a numeral: text without spaces, confidence 0..1."""
    api, names = _api(NUMERALS)
    api.SetPageSegMode(names.PSM.SINGLE_LINE)
    _show(api, picture)
    text = "".join(api.GetUTF8Text().split())
    return text, api.MeanTextConf() / 100


def read_lines(picture: NDArray[np.uint8], mode: str) -> list[TextLine]:
    """Vietnamese text in a picture: `mode` is `line`, `block` or `page`."""
    api, names = _api("")
    modes = {"line": names.PSM.SINGLE_LINE, "block": names.PSM.SINGLE_BLOCK, "page": names.PSM.AUTO}
    api.SetPageSegMode(modes[mode])
    _show(api, picture)
    if not api.Recognize():
        return []
    lines: list[list[Word]] = []
    level = names.RIL.WORD
    for item in names.iterate_level(api.GetIterator() or (), level):
        if item.IsAtBeginningOf(names.RIL.TEXTLINE) or not lines:
            lines.append([])
        text = "" if item.Empty(level) else _text_of(item, level)
        if text:
            box = item.BoundingBox(level)
            lines[-1].append(Word(text, item.Confidence(level) / 100, *box))
    return [TextLine(tuple(words)) for words in lines if words]


def read_letter(picture: NDArray[np.uint8]) -> list[TextLine]:
    """A whole page of prose, by the Tesseract program; in this process where there is none."""
    import pytesseract

    page = Image.fromarray(picture)
    page.format = (
        "PPM"  # handed over without packing it, which takes a quarter as long as reading it
    )
    try:
        found = pytesseract.image_to_data(
            page,
            lang=LANGUAGE,
            config=f"--tessdata-dir {data_folder()}",
            output_type=pytesseract.Output.DICT,
        )
    except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError):
        return read_lines(picture, "page")
    lines: dict[tuple[int, ...], list[Word]] = {}
    for i, text in enumerate(found["text"]):
        if text.strip():
            x, y, w, h = (found[k][i] for k in ("left", "top", "width", "height"))
            place = tuple(found[k][i] for k in ("block_num", "par_num", "line_num"))
            word = Word(text.strip(), float(found["conf"][i]) / 100, x, y, x + w, y + h)
            lines.setdefault(place, []).append(word)
    return [TextLine(tuple(words)) for words in lines.values()]


def _text_of(item: Any, level: Any) -> str:
    try:
        return str(item.GetUTF8Text(level) or "").strip()
    except RuntimeError:  # the library's way to say that it read nothing there
        return ""
