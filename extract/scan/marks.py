"""Point or comma, 1 or I: they differ by a pixel at 150 dpi, but a column holds to one of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extract.scan.numerals import Guess

MARK = re.compile(r"[.,]")
DECIMAL = re.compile(r"\d+[.,]\d{1,2}(/.*)?%?")
ROMAN = re.compile(r"[IVX]+")
# The last column that may number sections.
NUMBERING = 1
# Share of a column's figures that must have its mark.
HELD = 0.8
# Chance that a figure has the other mark than its column: mixed columns are printed, but are rare.
MIXED = 0.02
# Marks that a column must show before it counts; with fewer the whole table's decimals do.
ENOUGH = 3


def with_marks_weighed(
    columns: Sequence[int], guesses: Sequence[tuple[Guess, ...]]
) -> list[tuple[Guess, ...]]:
    """The guesses at each cell, those with the column's usual mark made likelier, best first."""
    by_column: dict[int, Counter[str]] = defaultdict(Counter)
    overall: Counter[str] = Counter()
    for column, found in zip(columns, guesses, strict=True):
        if found and (mark := mark_of(found[0].text)):
            by_column[column][mark] += 1
            overall[mark] += bool(DECIMAL.fullmatch(found[0].text))
    figures = Counter(
        c for c, g in zip(columns, guesses, strict=True) if g and g[0].text.isdecimal()
    )
    return [
        _weighed(
            _arabic(found) if column > NUMBERING and figures[column] >= ENOUGH else found,
            by_column[column] if by_column[column].total() >= ENOUGH else overall,
        )
        for column, found in zip(columns, guesses, strict=True)
    ]


def usual_marks(columns: Sequence[int], guesses: Sequence[tuple[Guess, ...]]) -> list[str | None]:
    """For each cell the mark that its column holds to; "?" where it holds to none, None without any."""
    by_column: dict[int, Counter[str]] = defaultdict(Counter)
    for column, found in zip(columns, guesses, strict=True):
        if found and (mark := mark_of(found[0].text)):
            by_column[column][mark] += 1
    return [_usual(by_column[column]) if column in by_column else None for column in columns]


def _usual(counts: Counter[str]) -> str:
    mark, count = counts.most_common(1)[0]
    return mark if count >= ENOUGH and count >= HELD * counts.total() else "?"


def _arabic(found: tuple[Guess, ...]) -> tuple[Guess, ...]:
    """Roman numerals number sections; among figures such a reading is nearly always a 1."""
    lowered = (
        replace(g, probability=g.probability * MIXED) if ROMAN.fullmatch(g.text) else g
        for g in found
    )
    return tuple(sorted(lowered, key=lambda g: -g.probability))


def mark_of(text: str) -> str | None:
    """The one kind of mark in a numeral; None when there is none or both."""
    marks = set(MARK.findall(text))
    return marks.pop() if len(marks) == 1 else None


def _weighed(found: tuple[Guess, ...], counts: Counter[str]) -> tuple[Guess, ...]:
    if counts.total() < ENOUGH or not any(mark_of(g.text) for g in found):
        return found
    share = {m: MIXED + (1 - 2 * MIXED) * counts[m] / counts.total() for m in ".,"}
    raised = [(g, g.probability * share.get(mark_of(g.text) or "", 0.5)) for g in found]
    whole = sum(w for _, w in raised) / max(sum(g.probability for g in found), 1e-9)
    return tuple(
        sorted(
            (replace(g, probability=min(w / whole, 1.0)) for g, w in raised),
            key=lambda g: -g.probability,
        )
    )
