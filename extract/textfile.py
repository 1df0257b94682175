"""A report's text as extracted by someone else (`.txt`, `.md`): prose and tables.

Three shapes of tables are read: cells separated by tabs, bars or semicolons (`text_grid`), cells that
follow one another with white space (`text_flow`), and OCR text with bars here and there (`text_bars`).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from .document import Document, Heading, Line, Origin, Page, Paragraph, Table
from .syllables import is_syllable
from .text_bars import find_bars
from .text_flow import find_flows
from .text_grid import Found, find_grids
from .text_layout import find_layouts
from .text_lines import SourceLine, load_lines
from .text_prose import paragraphs_of

A4 = (595.0, 842.0)
"""Width and height in points told for the pages of a text, which has none."""
OCR_SYLLABLES = 0.8
"""Share of the words with marks that are Vietnamese syllables, below which a text is called OCR:
five reports have 0.99, OCR without the language has 0.45."""
MARKED_WORDS = 0.4
"""Share of words with marks below which a text is called OCR: reports 0.82 and more, OCR 0.19."""
_NUMBER = re.compile(r"\d[\d.,]*")
_LONE_NUMBER = re.compile(r"\W*\d[\d.,]*\W*")


def read_text(path: Path, shown: str) -> Document:
    """The document of a UTF-8 text file; raises `Unreadable` when it is no text of a report's size."""
    data, lines = load_lines(path)
    origin = _origin(" ".join(line.text for line in lines))
    found = _find_tables(lines, origin)
    taken = {i for table in found for i in table.lines}
    free = [(i, line) for i, line in enumerate(lines) if i not in taken]
    numbers = [(i, line) for i, line in free if _LONE_NUMBER.fullmatch(line.text)]
    prose = paragraphs_of([(i, line) for i, line in free if (i, line) not in numbers], origin)
    paragraphs, tables = _ordered(prose, found)
    return Document(
        path=shown,
        sha256=hashlib.sha256(data).hexdigest(),
        status="ok",
        source="text",
        pages=tuple(Page(n, *A4, "digital") for n in range(1, lines[-1].page + 1)),
        paragraphs=paragraphs,
        tables=tables,
        unclaimed=(*(_bare(line) for _, line in numbers), *_left_over(lines, found)),
    )


def _origin(text: str) -> Origin:
    """`ocr` for text that an engine without Vietnamese has read: none of it is sure."""
    words = re.findall(r"[^\W\d_]+", text)
    marked = [word for word in words if not word.isascii()]
    if not words or len(marked) < MARKED_WORDS * len(words):
        return "ocr"
    right = sum(map(is_syllable, marked))
    return "text-file" if right >= OCR_SYLLABLES * len(marked) else "ocr"


def _find_tables(lines: Sequence[SourceLine], origin: Origin) -> list[Found]:
    found = find_grids(lines, origin)
    if origin == "ocr":
        found += find_bars(lines, _taken(found))
    else:
        found += _laid_out(lines, _taken(found), origin)
    return sorted([*found, *find_flows(lines, _taken(found), origin)], key=lambda t: t.first)


def _laid_out(lines: Sequence[SourceLine], taken: set[int], origin: Origin) -> list[Found]:
    """The tables kept apart by blanks. A few such lines amid a table whose cells follow one another are its own."""
    laid = find_layouts(lines, taken, origin)
    strewn: set[int] = set()
    for flow in find_flows(lines, taken, origin):
        inside = [t for t in laid if flow.first <= t.first <= flow.last]
        if 2 * sum(len(t.lines) for t in inside) < len(flow.lines):
            strewn |= {t.first for t in inside}
    return [t for t in laid if t.first not in strewn]


def _taken(found: Sequence[Found]) -> set[int]:
    return {i for table in found for i in table.lines}


def _ordered(
    prose: Sequence[tuple[int, Paragraph]], found: Sequence[Found]
) -> tuple[tuple[Paragraph, ...], tuple[Table, ...]]:
    """Paragraphs and tables numbered in one reading order."""
    starts = sorted([*(at for at, _ in prose), *(table.first for table in found)])
    order = {at: number for number, at in enumerate(starts)}
    paragraphs = tuple(replace(paragraph, order=order[at]) for at, paragraph in prose)
    tables = tuple(
        replace(one.table, id=f"t{number}", order=order[one.first])
        for number, one in enumerate(found, start=1)
    )
    return paragraphs, tables


def _left_over(lines: Sequence[SourceLine], found: Sequence[Found]) -> Iterator[Line]:
    """Numbers in a table's lines that neither its cells nor its headings hold."""
    for one in found:
        held = Counter(_NUMBER.findall(" ".join(_texts(one.table))))
        for line in (lines[i] for i in one.lines if i not in one.again):
            for number in _NUMBER.findall(line.text):
                held[number] -= 1
                if held[number] < 0:
                    yield Line(number, line.page, None)


def _texts(table: Table) -> Iterator[str]:
    yield from (text for heading in table.header for text in _heading_texts(heading))
    yield from (cell.text for row in table.rows for cell in row.cells)


def _heading_texts(heading: Heading) -> Iterator[str]:
    yield heading.text
    for child in heading.children:
        yield from _heading_texts(child)


def _bare(line: SourceLine) -> Line:
    return Line(line.text.strip(), line.page, None)
