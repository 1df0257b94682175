"""Reads a cell's words: names and headings in Vietnamese, also headings that run up or down the page."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan import engine
from extract.scan.figures import BEST_DIGIT, for_engine
from extract.scan.ink import Gray, without_grain
from extract.scan.strokes import Atom, Window
from extract.scan.trust import TEXT

Lines = Sequence[engine.TextLine]

# Blobs all lower and narrower than this, in digit heights, make no character: a dash is wider, a lone 1 higher.
DUST = 0.25
# A speck so far from every letter, in digit heights, belongs to none: dots stand over and under letters within
# 0.3, stops beside them within 0.2.
APART = 0.45
# Letters enlarged by more than this show their dots as steps; pixels by which these are smoothed. (Of 144 names in
# black and white at 150 dpi, 6 to 8 pt, 73 read right as they are, 91 smoothed.)
COARSE, SMOOTH = 2.0, 1.5
# How much larger letters are read again.
LARGER = 1.4
# Pixels around a cell's letters that go along.
EDGE = 2
# Turned text is higher than this (digit heights; two level lines are 2.8 to 3.1), has as many letters and
# digits at least, and read level the engine doubts some word so far (on 8 generated scans at most 0.52).
TURNED, WORD, POOR = 3.2, 3, 0.6
# Text that runs down, which is rare, reads so much better down than up, or without a doubt: short texts of
# digits and brackets may read a little better on their head (0.85 against 0.69 on the same scans).
CLEAR = 0.25


def read_words(window: Window, usual: float) -> tuple[Lines, list[str]]:
    """A name or heading in Vietnamese, read again larger where the engine doubts; the other reading. Where it
    reads nothing at all, the paper's grain is taken away.

    `usual` is the height of the page's digits in pixels.
    """
    letters, scale = _letters(window, usual), BEST_DIGIT / usual
    lines = _lines(letters, scale)
    if len(letters) > TURNED * usual and (least(lines) < POOR or not _has_word(lines)):
        letters, lines = _turned(letters, lines, scale)
    if least(lines) >= TEXT:
        return lines, []
    larger = _lines(letters, scale, LARGER)
    if not lines and not larger:
        lines = _lines(without_grain(letters), scale)
    if least(larger) > least(lines):
        lines, larger = larger, lines
    return lines, [" ".join(line.text for line in larger)]


def read_turned(window: Window, usual: float) -> Lines:
    """What runs up or down the page; nothing where it reads as well level, or hardly turned."""
    if not window.blobs:
        return []
    letters, scale = _letters(window, usual), BEST_DIGIT / usual
    level = _lines(letters, scale)
    if least(level) >= POOR and _has_word(level):
        return []
    turned, lines = _turned(letters, level, scale)
    return lines if turned is not letters and _mean(lines) > POOR else []


def read_level(window: Window, usual: float) -> Lines:
    """A short text, read once."""
    return _lines(_letters(window, usual), BEST_DIGIT / usual)


def least(lines: Lines) -> float:
    """The confidence in the weakest word."""
    return min((line.confidence for line in lines), default=0.0)


def _turned(letters: Gray, level: Lines, scale: float) -> tuple[Gray, Lines]:
    """The letters as they read best, level, up or down the page, and that reading."""
    up, down = (np.ascontiguousarray(np.rot90(letters, k)) for k in (3, 1))
    best = up, _lines(up, scale)
    if least(best[1]) < TEXT:
        other = _lines(down, scale)
        clear = least(other) >= TEXT or _mean(other) > _mean(best[1]) + CLEAR
        best = (down, other) if clear else best
    better = _has_word(best[1]) and _mean(best[1]) > _mean(level)
    return best if better else (letters, level)


def _has_word(lines: Lines) -> bool:
    """Whether some line of it is more than a character or two, as turned letters are read level."""
    return any(sum(c.isalnum() for c in line.text) >= WORD for line in lines)


def _mean(lines: Lines) -> float:
    """The confidence in a character."""
    words = [(len(w.text), w.confidence) for line in lines for w in line.words]
    return sum(n * sure for n, sure in words) / max(1, sum(n for n, _ in words))


def _letters(window: Window, usual: float) -> Gray:
    """The ink of a cell around its letters, without the specks beside them."""
    kept, dust = _parted_from_dust(window.blobs, usual)
    x0, x1 = min(b.x0 for b in kept), max(b.x1 for b in kept)
    top, bottom = min(b.top for b in kept), max(b.bottom for b in kept)
    labels = [label for b in dust for label in b.labels]
    clean = np.where(np.isin(window.labels, labels), 0, window.depth) if labels else window.depth
    beside = slice(max(0, x0 - EDGE), x1 + EDGE)
    return np.asarray(clean[max(0, top - EDGE) : bottom + EDGE, beside], np.uint8)


def _lines(letters: Gray, scale: float, times: float = 1.0) -> Lines:
    """What is read in letters, `scale` times as large, and another few times."""
    tall = (len(letters) - 2 * EDGE) * scale * times > 2.0 * BEST_DIGIT
    shown = for_engine(letters, scale * times)
    if scale > COARSE:
        shown = np.asarray(cv2.GaussianBlur(shown, (0, 0), SMOOTH), np.uint8)
    return engine.read_lines(shown, "block" if tall else "line")


def _parted_from_dust(blobs: Sequence[Atom], usual: float) -> tuple[list[Atom], list[Atom]]:
    """What may belong to letters, and specks apart from them all; everything where nothing is larger."""
    letters = [b for b in blobs if max(b.width, b.height) >= DUST * usual]
    edges = np.array([(b.x0, b.x1, b.top, b.bottom) for b in letters])
    kept, dust = list(letters), list[Atom]()
    for speck in blobs:
        if max(speck.width, speck.height) < DUST * usual:
            apart = letters and _away(speck, edges) > APART * usual
            (dust if apart else kept).append(speck)
    return kept, dust


def _away(speck: Atom, edges: NDArray[np.int_]) -> float:
    """How far a speck is from the nearest of these boxes, across or down, in pixels."""
    x0, x1, top, bottom = edges.T
    across = np.maximum(x0 - speck.x1, speck.x0 - x1)
    down = np.maximum(top - speck.bottom, speck.top - bottom)
    return float(np.maximum(across, down).min())
