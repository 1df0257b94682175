"""A heading, or a line of one, on its way into the header of a table without ruling lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .columns import CELL_GAP, Column, Word
from .document import Box

_NUMBERED = re.compile(r"\(\d{1,2}\)=")
"""A column's number with its formula, `(4)=(1)-(2)`, begins a text however close the one before it ends."""


@dataclass(frozen=True, slots=True)
class Node:
    """A heading (or a line of one) over columns `first`..`last`."""

    words: tuple[Word, ...]
    first: int
    last: int

    @property
    def box(self) -> Box:
        return Box(
            min(w.x0 for w in self.words),
            min(w.run.box.top for w in self.words),
            max(w.x1 for w in self.words),
            max(w.run.box.bottom for w in self.words),
        )

    @property
    def middle(self) -> float:
        return (self.box.x0 + self.box.x1) / 2

    @property
    def y(self) -> float:
        return (self.box.top + self.box.bottom) / 2

    @property
    def top(self) -> float:
        return min(w.y for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.y for w in self.words)

    @property
    def size(self) -> float:
        return self.words[0].size

    @property
    def text(self) -> str:
        return text_of(self.words)

    def __add__(self, other: Node) -> Node:
        above, below = sorted((self, other), key=lambda n: n.top)
        return Node(
            (*above.words, *below.words), min(self.first, other.first), max(self.last, other.last)
        )


def text_of(words: Iterable[Word]) -> str:
    return " ".join(word.run.text for word in words)


def segments(line: Sequence[Word]) -> list[list[Word]]:
    """The words of a line grouped as they stand together."""
    found: list[list[Word]] = []
    for word in sorted(line, key=lambda w: w.x0):
        last = found[-1][-1] if found else word
        near = word.x0 - last.x1 <= CELL_GAP * word.size and not _NUMBERED.match(word.run.text)
        if found and near and (last.source is word.source or not word.source.whole):
            found[-1].append(word)
        else:
            found.append([word])
    return found


def pitch_of(columns: Sequence[Column]) -> float:
    """How far the middles of neighbouring columns stand apart, in points."""
    middles = [c.middle for c in columns]
    return median(b - a for a, b in pairwise(middles)) if middles[1:] else 50.0
