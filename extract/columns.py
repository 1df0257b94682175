"""Tables without (enough) ruling lines: where they stand, and their columns.

A column is told from its neighbour by a corridor: a stretch that no word of the body's figure lines
enters, with more room in it than a space between words takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .fill import lines_of
from .glyphs import WORD_GAP, Glyph, Run
from .headers import is_number

_DECIMAL = re.compile(r"\d{1,3}[.,]\d{1,2}%?")
"""A figure that begins none and is no group of thousands of the one before it."""
_GLUED = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+)(?=\d+[.,]\d+%?(?!\S))")
FIGURES = 3
"""A line of a table holds at least so many figures; a line of prose seldom stands them apart."""
CELL_GAP = 0.45
"""Room, in font sizes, between two cells' texts; a space takes 0.25 (0.33 at most) unstretched."""

LEAST_COUNTED, COUNTED = 2, 0.7
"""So many times, and in so many of the lines, a serial number is one more than the line's before: sections begin
anew."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a line: its own run, and the whole one it was cut from."""

    run: Run
    source: Run
    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        return self.run.middle

    @property
    def size(self) -> float:
        return self.run.size


@dataclass(frozen=True, slots=True)
class Column:
    """What the words of a column cover, in points."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


def words_of(runs: Iterable[Run]) -> list[Word]:
    """The words of level runs."""
    return [word for run in runs if not run.turn for word in _words(run)]


def _words(run: Run) -> list[Word]:
    words: list[Word] = []
    start = 0
    glyphs = run.glyphs
    glued = _ends_of_glued(glyphs)
    for i in range(1, len(glyphs) + 1):
        ends = i == len(glyphs) or glyphs[i].text.isspace()
        gap = not ends and (glyphs[i].x0 - glyphs[i - 1].x1 > WORD_GAP * run.size or i in glued)
        if (ends or gap) and i > start:
            part = run.part(start, i)
            words.append(Word(part, run, part.box.x0, part.box.x1))
        if ends or gap:
            start = i + ends
    return words


def figure_lines(runs: Iterable[Run]) -> list[list[Word]]:
    """The lines that hold figures standing apart, from the top, as words from the left."""
    lines = (sorted(words_of(line), key=lambda w: w.x0) for line in lines_of(runs))
    return [line for line in lines if _figures_apart(line) >= FIGURES]


def _figures_apart(line: Sequence[Word]) -> int:
    found = 0
    for i, word in enumerate(line):
        left = i == 0 or word.x0 - line[i - 1].x1 > CELL_GAP * word.size
        right = i == len(line) - 1 or line[i + 1].x0 - word.x1 > CELL_GAP * word.size
        found += left and right and is_number(word.run.text)
    return found


def _ends_of_glued(glyphs: Sequence[Glyph]) -> set[int]:
    """Where one figure ends and the next begins without white between them: no group of thousands has more than three
    digits."""
    text = "".join(g.text if len(g.text) == 1 else "?" for g in glyphs)
    return {found.end() for found in _GLUED.finditer(text)}


def columns_of(lines: Sequence[Sequence[Word]]) -> list[Column]:
    """The columns of a body's figure lines, from the left."""
    covered: list[Column] = []
    for word in sorted((w for line in lines for w in line), key=lambda w: w.x0):
        if covered and word.x0 < covered[-1].x1:
            covered[-1] = Column(covered[-1].x0, max(covered[-1].x1, word.x1))
        else:
            covered.append(Column(word.x0, word.x1))
    columns = covered[:1]
    for column in covered[1:]:
        if _is_corridor(lines, columns[-1], column):
            columns.append(column)
        else:
            columns[-1] = Column(columns[-1].x0, column.x1)
    return columns


def _is_corridor(lines: Sequence[Sequence[Word]], left: Column, right: Column) -> bool:
    """Whether the words on both sides stand further apart than words of one cell do."""
    pairs = [
        (a, b)
        for line in lines
        for a, b in pairwise(line)
        if left.x0 <= a.x0 and a.x1 <= left.x1 and right.x0 <= b.x0 and b.x1 <= right.x1
    ]
    if not pairs:
        return right.x0 - left.x1 > CELL_GAP * lines[0][0].size
    apart = median((b.x0 - a.x1) / b.size for a, b in pairs) > CELL_GAP
    return apart or _are_figures(pairs) or _is_serial(lines, left)


def _are_figures(pairs: Sequence[tuple[Word, Word]]) -> bool:
    """Whether figures stand behind figures: no cell holds two, however close a squeezed table sets them."""
    return all(is_number(a.run.text) and _DECIMAL.fullmatch(b.run.text) for a, b in pairs)


def _is_serial(lines: Sequence[Sequence[Word]], column: Column) -> bool:
    """Whether a column's words count the lines: however close the names stand behind them, they are no part of
    those."""
    texts = [w.run.text for line in lines for w in line if column.x0 <= w.x0 and w.x1 <= column.x1]
    numbers = [int(text) for text in texts if text.isdecimal()]
    counted = sum(b == a + 1 for a, b in pairwise(numbers))
    return len(numbers) == len(texts) and counted >= max(
        LEAST_COUNTED, COUNTED * (len(numbers) - 1)
    )


def borders(columns: Sequence[Column]) -> list[float]:
    """The lines between columns: the middle of each corridor; the outer ones just outside."""
    inner = [(a.x1 + b.x0) / 2 for a, b in pairwise(columns)]
    return [columns[0].x0 - 2.0, *inner, columns[-1].x1 + 2.0]
