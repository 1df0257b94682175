"""The text of a page outside its tables, as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extract.document import Box, Line, Paragraph
from extract.glyphs import Glyph, Run
from extract.prose import paragraphs_of
from extract.scan import engine
from extract.scan.ink import Gray
from extract.scan.picture import Picture

Place = tuple[int, int, int, int]
"""A table's box on the upright picture: left, top, right, bottom."""

# Height of a line's ink in font sizes: Vietnamese capitals with their accents, descenders.
LINE = 1.0
# White between words, in font sizes, that parts two runs: justified lines stretch spaces to about one.
APART = 1.2
# Words that Tesseract itself doubts more than this are dirt, not text.
DIRT = 0.15
# Letters that digits are read as, among digits and nowhere else in words; beside a 6 the letter may be
# that digit read twice.
_SPOILT = re.compile(r"(?<!\w)(?!\w*(?:6[óÓ]|[óÓ]6))(?=[óÓØøOIl]*\d)[\dóÓØøOIl]+(?![^\W\d_])")
_DIGITS = str.maketrans("óÓØøOIl", "6600011")
# Points of a table's surroundings that go with it.
FRINGE = 3.0


def prose_of(picture: Picture, tables: Sequence[Place], page: int) -> list[tuple[float, Paragraph]]:
    """Paragraphs with the height at which they begin, in upright pixels."""
    paper = _without_tables(picture, tables)
    found: list[tuple[float, Paragraph]] = []
    for top, bottom in _bands(picture, tables):
        part = paper[top:bottom]
        if (part < 128).sum() > 30 * picture.unit:
            lines = engine.read_lines(part, "page") if tables else engine.read_letter(part)
            found += _paragraphs(_clean(lines), top, picture, page)
    return found


def _without_tables(picture: Picture, tables: Sequence[Place]) -> Gray:
    paper = 255 - picture.ink.depth
    fringe = round(FRINGE * picture.unit)
    for x0, top, x1, bottom in tables:
        paper[max(0, top - fringe) : bottom + fringe, max(0, x0 - fringe) : x1 + fringe] = 255
    return np.asarray(paper, np.uint8)


def _bands(picture: Picture, tables: Sequence[Place]) -> list[tuple[int, int]]:
    """The page cut at its tables, so that text above and below them keeps its order."""
    edges = [0]
    for _, top, _, bottom in sorted(tables, key=lambda t: t[1]):
        edges += [max(edges[-1], top), max(edges[-1], bottom)]
    edges.append(picture.gray.shape[0])
    return [
        (a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 8 * picture.unit
    ]


def _paragraphs(
    lines: Sequence[engine.TextLine], top: int, picture: Picture, page: int
) -> list[tuple[float, Paragraph]]:
    """The digital reader's paragraphs over the lines as runs; boxes then go to the page as shown."""
    if not lines:
        return []
    high = [max(w.bottom for w in x.words) - min(w.top for w in x.words) for x in lines]
    size = float(np.median(high)) / LINE / picture.unit
    runs = [run for line in lines for run in _runs(line, top, size, picture.unit)]
    return [_shown(paragraph, picture) for paragraph in paragraphs_of(runs, page)]


def _runs(line: engine.TextLine, top: int, size: float, unit: float) -> list[Run]:
    """A line as runs of words that stand together, in points of the upright page."""
    groups: list[list[engine.Word]] = []
    for word in sorted(line.words, key=lambda w: w.x0):
        if groups and word.x0 - groups[-1][-1].x1 < APART * size * unit:
            groups[-1].append(word)
        else:
            groups.append([word])
    middle = top + (min(w.top for w in line.words) + max(w.bottom for w in line.words)) / 2
    return [_run(group, middle / unit, size, unit) for group in groups]


def _run(words: Sequence[engine.Word], middle: float, size: float, unit: float) -> Run:
    glyphs: list[Glyph] = []
    for word in words:
        if glyphs:
            glyphs.append(Glyph(" ", glyphs[-1].x1, word.x0 / unit))
        step = (word.x1 - word.x0) / len(word.text) / unit
        start = word.x0 / unit
        glyphs += (
            Glyph(c, start + i * step, start + (i + 1) * step) for i, c in enumerate(word.text)
        )
    box = Box(glyphs[0].x0, middle - size / 2, glyphs[-1].x1, middle + size / 2)
    return Run(tuple(glyphs), box, size, "scan")


def _shown(paragraph: Paragraph, picture: Picture) -> tuple[float, Paragraph]:
    lines = tuple(replace(line, box=_box(line, picture)) for line in paragraph.lines)
    first = paragraph.lines[0].box
    begins = first.top * picture.unit if first else 0.0
    return begins, replace(paragraph, lines=lines, origin="ocr")


def _box(line: Line, picture: Picture) -> Box | None:
    if line.box is None:
        return None
    sides = (line.box.x0, line.box.top, line.box.x1, line.box.bottom)
    return picture.frame.box(*(v * picture.unit for v in sides))


def _clean(lines: Sequence[engine.TextLine]) -> list[engine.TextLine]:
    kept = [
        tuple(replace(w, text=with_digits(w.text)) for w in line.words if w.confidence > DIRT)
        for line in lines
    ]
    return [
        engine.TextLine(words) for words in kept if any(c.isalnum() for w in words for c in w.text)
    ]


def with_digits(word: str) -> str:
    """A word with the digits that were read as letters: `0ó` is 06, `Ø7` is 07."""
    return _SPOILT.sub(lambda m: m.group().translate(_DIGITS), word)
