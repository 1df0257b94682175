"""Which side is up: a few words are read both ways; where that does not tell, Tesseract's OSD does."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from extract.scan import engine
from extract.scan.ink import Gray, grown
from extract.scan.picture import Picture, overturned
from extract.scan.ruling import Rules, rules_of

# Text on its head never reads so well (at most 0.5 on generated pages): all the words, or half of them.
PLAIN, SURE = 0.8, 0.9
# Words tried, spread over so many of the longest, their height and length in points, the paper around
# them that goes along, and by how much one side must read better than the other.
TRIED, SAMPLED = 8, 48
LOWEST, HIGHEST, LONGEST, EDGE = 6.0, 20.0, 300.0, 2.5
CLEAR = 0.25


def right_side_up(picture: Picture) -> tuple[Picture, Rules]:
    """The picture, turned by 180 degrees when its text stands on its head, and the lines on it."""
    rules = rules_of(picture.ink, picture.unit)
    if not _is_overturned(picture, rules):
        return picture, rules
    turned = overturned(picture)
    return turned, rules_of(turned.ink, turned.unit)


def _is_overturned(picture: Picture, rules: Rules) -> bool:
    words = _words(picture, rules)
    half = _confidences(words[::2])
    if _legible(half, TRIED // 2) >= SURE:
        return False
    upright = _legible(half + _confidences(words[1::2]))
    if upright >= PLAIN:
        return False
    flipped = _legible(_confidences([np.ascontiguousarray(w[::-1, ::-1]) for w in words]))
    if abs(upright - flipped) >= CLEAR:
        return upright < flipped
    told = _osd_says_overturned(picture)
    return upright < flipped if told is None else told


def _words(picture: Picture, rules: Rules) -> list[Gray]:
    """The longest groups of letters on the page, black on white, without a table's lines."""
    unit = picture.unit
    lines = grown(rules.across | rules.down)
    letters = picture.ink.dark & ~lines
    bridge = np.ones((1, round(4 * unit)), np.uint8)
    near = cv2.morphologyEx(letters.astype(np.uint8), cv2.MORPH_CLOSE, bridge)
    stats = cv2.connectedComponentsWithStats(near)[2][1:]
    high, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    sized = stats[(high > LOWEST * unit) & (high < HIGHEST * unit) & (wide < LONGEST * unit)]
    longest = sized[np.argsort(-sized[:, cv2.CC_STAT_WIDTH])][:SAMPLED]
    chosen = longest[np.linspace(0, len(longest) - 1, min(TRIED, len(longest))).astype(int)]
    paper = np.where(lines, 255, 255 - picture.ink.depth).astype(np.uint8)
    edge = round(EDGE * unit)
    return [
        _framed(paper[max(0, y - edge) : y + h + edge, max(0, x - edge) : x + w + edge])
        for x, y, w, h, _ in chosen.tolist()
    ]


def _framed(gray: Gray) -> Gray:
    return np.asarray(
        cv2.copyMakeBorder(gray, *(10,) * 4, cv2.BORDER_CONSTANT, value=255), np.uint8
    )


def _confidences(words: list[Gray]) -> list[float]:
    """The confidence, 0..1, of each word that is read; single letters tell nothing."""
    read = [engine.read_lines(w, "line") for w in words]
    return [w.confidence for lines in read for line in lines for w in line.words if len(w.text) > 1]


def _legible(found: list[float], fewest: int = TRIED) -> float:
    """Mean confidence, 0..1; what is missing to the fewest words counts as unread."""
    return sum(found) / max(len(found), fewest)


def _osd_says_overturned(picture: Picture) -> bool | None:
    """Tesseract's orientation detection, in a process of its own; None on pages of few words."""
    import pytesseract

    try:
        told = pytesseract.image_to_osd(
            Image.fromarray(picture.gray),
            config=f"--tessdata-dir {engine.data_folder()}",
            output_type=pytesseract.Output.DICT,
        )
    except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError):
        return None
    return int(told["rotate"]) == 180
