"""The text of a page outside its tables, as paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.document import Line, Paragraph
from extract.scan import engine
from extract.scan.ink import Gray
from extract.scan.picture import Picture

Place = tuple[int, int, int, int]
"""A table's box on the upright picture: left, top, right, bottom."""

# A gap between lines wider than this share of a line's height ends a paragraph.
PARAGRAPH_GAP = 0.9
# Words that Tesseract itself doubts more than this are dirt, not text.
DIRT = 0.15
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
            found += _paragraphs(lines, top, picture, page)
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
    found: list[tuple[float, Paragraph]] = []
    block: list[tuple[engine.TextLine, Line]] = []
    last: engine.TextLine | None = None
    for line in _clean(lines):
        if block and last is not None and _apart(last, line):
            found.append(_paragraph(block, top))
            block = []
        block.append((line, _line(line, top, picture, page)))
        last = line
    return [*found, _paragraph(block, top)] if block else found


def _clean(lines: Sequence[engine.TextLine]) -> list[engine.TextLine]:
    kept = [tuple(w for w in line.words if w.confidence > DIRT) for line in lines]
    return [
        engine.TextLine(words) for words in kept if any(c.isalnum() for w in words for c in w.text)
    ]


def _apart(above: engine.TextLine, below: engine.TextLine) -> bool:
    high = max(w.bottom for w in above.words) - min(w.top for w in above.words)
    gap = min(w.top for w in below.words) - max(w.bottom for w in above.words)
    return gap > PARAGRAPH_GAP * high or gap < -2 * high


def _paragraph(block: Sequence[tuple[engine.TextLine, Line]], top: int) -> tuple[float, Paragraph]:
    begins = top + min(w.top for w in block[0][0].words)
    return float(begins), Paragraph(tuple(line for _, line in block), 0, "ocr")


def _line(line: engine.TextLine, top: int, picture: Picture, page: int) -> Line:
    words = line.words
    box = picture.frame.box(
        min(w.x0 for w in words),
        top + min(w.top for w in words),
        max(w.x1 for w in words),
        top + max(w.bottom for w in words),
    )
    return Line(line.text, page, box)
