"""Every number on a page is accounted for: in a cell, in the prose, or unclaimed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .document import Heading, Line, Paragraph, Table
from .glyphs import Run

_DIGITS = re.compile(r"\d+")


def missing_numbers(
    runs: Iterable[Run], paragraphs: Iterable[Paragraph], tables: Sequence[Table], page: int
) -> tuple[Line, ...]:
    """The runs of a page whose digits stand in no cell, no heading and no paragraph."""
    claimed = Counter(
        digits for text in _texts(paragraphs, tables) for digits in _DIGITS.findall(text)
    )
    missing: list[Line] = []
    for run in runs:
        wanted = Counter(_DIGITS.findall(run.text))
        if all(claimed[digits] >= count for digits, count in wanted.items()):
            claimed.subtract(wanted)
        elif sum(map(len, wanted.elements())) > _split_digits(claimed, wanted):
            missing.append(Line(run.text, page, run.box))
    return tuple(missing)


def _split_digits(claimed: Counter[str], wanted: Counter[str]) -> int:
    """How many digits of `wanted` are claimed in pieces: a line may cut a run between two cells."""
    found = 0
    for digits in wanted.elements():
        ends = [i for i in range(1, len(digits)) if claimed[digits[:i]] and claimed[digits[i:]]]
        if claimed[digits]:
            claimed.subtract([digits])
            found += len(digits)
        elif ends:
            claimed.subtract([digits[: ends[0]], digits[ends[0] :]])
            found += len(digits)
    return found


def _texts(paragraphs: Iterable[Paragraph], tables: Iterable[Table]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from (line.text for line in paragraph.lines)
    for table in tables:
        yield from _headings(table.header)
        for row in table.rows:
            yield from (line for cell in row.cells for line in cell.lines)


def _headings(level: Iterable[Heading]) -> Iterator[str]:
    for heading in level:
        yield heading.text
        yield from _headings(heading.children)
