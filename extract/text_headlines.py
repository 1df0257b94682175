"""The headings on one line of a text whose columns only blanks keep apart.

Headings of neighbouring columns may stand one blank apart, as words of one heading do, and a line that is
too full is set with its later words further to the right, or further left, than the figures below. The
order of headings and columns is the same, so all pieces of a line are given to columns together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

FARTHEST = 9.0
"""Characters by which a heading may stand off its column: more than a column of scores is wide."""
NOWHERE = 12.0
"""Cost, in characters off its place, of a piece that is given to no column, which may hold no figure: a
line drifts by as much before a column is passed over."""
SPLIT_WORD, SPLIT_CAPITAL = 1.5, -3.0
"""Cost of parting two words, in characters off a place: headings begin with a capital, most other blanks
stand inside one."""
STEADY = 0.6
"""Cost of a character off the place where the heading to the left is as far off: a line drifts bit by bit."""
NAMES = 2
"""Columns of serial numbers and names, which need not stand in the middle below their headings."""
MOST_WORDS = 8
"""Words of one line of a heading."""
Span = tuple[int, int]
"""First and one past the last character, or column."""


Zone = tuple[float, float, float]
"""Start, middle and end of a column, in characters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` (exclusive) of a line, the columns over which they stand (none if not
    known) and the middle at which they belong (where they are, if not known)."""

    start: int
    end: int
    over: Span | None = None
    middle: float | None = None
    near: bool = True
    """Whether no other column of figures is nearer, or the order of pieces and columns leaves no choice."""

    @property
    def drift(self) -> float:
        """Characters from where it stands to where it belongs, to the right."""
        return 0.0 if self.middle is None else self.middle - (self.start + self.end) / 2


def headlines(lines: Sequence[str], columns: Sequence[Span]) -> list[list[Piece]]:
    """The headings on each line of a header, from the top; `columns` are the characters that each
    column's figures take. Headings only part from the top down, and never join."""
    zones = _zones(columns)
    parted: set[int] = set()
    found: list[list[Piece]] = []
    for line in lines:
        pieces = _with_order(_pieces(line, zones, frozenset(parted)))
        spans = [piece.over for piece in pieces if piece.over]
        parted |= {b[0] for a, b in pairwise(spans) if a[1] == b[0]}
        found.append(pieces)
    return [[_told(p, found[:i], found) for p in pieces] for i, pieces in enumerate(found)]


def _told(
    piece: Piece, upper: Sequence[Sequence[Piece]], whole: Sequence[Sequence[Piece]]
) -> Piece:
    """The piece, not sure if it stands over a column with a heading of its own above and another that
    has none at all: it may be the other's, drifted."""
    over = set(range(max(NAMES, piece.over[0]), piece.over[1])) if piece.over else set()
    drifted = over & _single(upper) and over - _single(whole)
    return replace(piece, near=False) if drifted else piece


def _single(lines: Sequence[Sequence[Piece]]) -> set[int]:
    """The columns with a heading that stands over no other."""
    spans = [piece.over for line in lines for piece in line if piece.over]
    return {span[0] for span in spans if span[1] == span[0] + 1}


def _pieces(line: str, zones: Sequence[Zone], parted: frozenset[int]) -> list[Piece]:
    """The headings on one line; none stands over two columns that are `parted` (before the second)."""
    words = [found.span() for found in re.finditer(r"\S+", line)]

    @cache
    def best(word: int, column: int, drift: float) -> tuple[float, tuple[Piece, ...]]:
        """(cost, pieces) of the words from `word` on over the columns from `column` on, behind a piece
        that has drifted so far."""
        if word == len(words):
            return 0.0, ()
        found = []
        for end, parting in _ends(line, words, word):
            span = words[word][0], words[end - 1][1]
            for cost, piece in _places(span, zones, column, parted, drift):
                after = piece.over[1] if piece.over else column
                more, rest = best(end, after, drift if piece.middle is None else piece.drift)
                found.append((parting + cost + more, (piece, *rest)))
        return min(found, key=lambda choice: choice[0])

    return list(best(0, 0, 0.0)[1])


def _with_order(pieces: list[Piece]) -> list[Piece]:
    """The pieces, those placed by their order that stand, one to each column without a gap, between
    pieces that are near their own."""
    fixed = [i for i, piece in enumerate(pieces) if piece.near and piece.middle is not None]
    found = list(pieces)
    for start, end in pairwise(fixed):
        spans = [piece.over for piece in pieces[start : end + 1] if piece.middle is not None]
        gapless = len(spans) == end + 1 - start
        if gapless and all(a and b and a[1] == b[0] for a, b in pairwise(spans)):
            found[start:end] = [replace(piece, near=True) for piece in pieces[start:end]]
    return found


def _zones(columns: Sequence[Span]) -> list[Zone]:
    """Each column with the middle of its figures and half the room to the next ones."""
    edges = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    starts, ends = [columns[0][0] - 1.0, *edges], [*edges, columns[-1][1] + 1.0]
    middles = [(a + b) / 2 for a, b in columns]
    return list(zip(starts, middles, ends, strict=True))


def _ends(line: str, words: Sequence[Span], start: int) -> Iterator[tuple[int, float]]:
    """One past the last word of each piece that may begin here, and what parting it there costs; no
    heading begins twice, `Chỉ số 2 (5 Chỉ số 3`."""
    own = [line[slice(*word)] for word in words[start:]]
    for end in range(start + 1, len(words) + 1):
        last = end == len(words) or _surely(line, words[end - 1], words[end])
        last = last or (own[end - start].istitle() and own[end - start] in own[: end - start])
        if last or end - start < MOST_WORDS:
            yield end, 0.0 if last else _parting(line[slice(*words[end])])
        if last:
            return


def _surely(line: str, left: Span, right: Span) -> bool:
    """Whether two words are of two headings: two blanks apart, or behind what ends a heading's line, a
    bracket or the number of an indicator."""
    ends = line[left[1] - 1] == ")" or (line[slice(*left)].isdigit() and line[right[0]] != "(")
    return right[0] - left[1] > 1 or ends


def _parting(after: str) -> float:
    return SPLIT_CAPITAL if after[:1].isupper() and not after.isupper() else SPLIT_WORD


def _places(
    span: Span, zones: Sequence[Zone], column: int, parted: frozenset[int], drift: float
) -> Iterator[tuple[float, Piece]]:
    """Every place a piece may have, with its cost; over several columns it stays where it is."""
    yield NOWHERE, Piece(*span)
    middle, width = sum(span) / 2, span[1] - span[0]
    nearest = min(range(len(zones)), key=lambda i: abs(zones[i][1] - middle))
    for first in range(column, len(zones)):
        if zones[first][1] > middle + FARTHEST:
            return
        for last in range(first, len(zones)):
            own = (zones[first][1] + zones[last][1]) / 2
            if own > middle + FARTHEST or (last > first and last in parted):
                break
            room = zones[last][2] - zones[first][0]
            wide = max(0.0, width - room)
            if last > first:
                yield abs(own - middle) + wide, Piece(*span, (first, last + 1))
            else:
                near = first == nearest or first < NAMES
                cost = STEADY * abs(own - middle) + abs(own - middle - drift) + wide
                yield cost, Piece(*span, (first, first + 1), own, near)
