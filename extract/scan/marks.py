"""Point or comma, 1 or I: they differ by a pixel at 150 dpi, but a column holds to one of them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extract.scan.numerals import Guess

MARK = re.compile(r"[.,]")
ROMAN = re.compile(r"[IVX]+")
# A figure with thousands and decimals has both marks; in all others they are the same.
BOTH = re.compile(r"\d{1,3}([.,]\d{3})+[.,]\d{1,2}%?")
GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+")
# The last column that may number sections.
NUMBERING = 1
# Share of a column's figures that must have its mark.
HELD = 0.8
# Chance that a figure has the other mark than its column: mixed columns are printed, but are rare.
MIXED = 0.02
# Figures that a column must have before it counts alone, and for how many those of other columns count.
ENOUGH = 3
# Rounds in which a column's share of points and its figures' marks settle each other.
ROUNDS = 6


def with_marks_weighed(
    columns: Sequence[int], guesses: Sequence[tuple[Guess, ...]]
) -> list[tuple[Guess, ...]]:
    """The guesses at each cell, with the mark that their own shape and their column make likeliest."""
    leaning = _leanings([(c, g[0]) for c, g in zip(columns, guesses, strict=True) if g])
    figures = Counter(c for c, g in zip(columns, guesses, strict=True) if g and _is_figure(g[0]))
    return [
        tuple(
            _marked(g, leaning.get(column, 0.0))
            for g in (
                found
                if column > NUMBERING and figures[column] >= ENOUGH
                else _perhaps_numbering(found)
            )
        )
        for column, found in zip(columns, guesses, strict=True)
    ]


def _leanings(found: Sequence[tuple[int, Guess]]) -> dict[int, float]:
    """For each column the logarithm of point against comma that its figures hold to.

    Columns of decimals lean on each other, and so do those of thousands.
    """
    odds: dict[bool, list[float]] = defaultdict(list)
    by_column: dict[int, dict[bool, list[float]]] = defaultdict(lambda: defaultdict(list))
    for column, guess in found:
        if _one_kind(guess):
            grouped = bool(GROUPED.fullmatch(guess.text))
            odds[grouped].append(sum(guess.odds))
            by_column[column][grouped].append(sum(guess.odds))
    usual = {grouped: _leaning(own, 0.5) for grouped, own in odds.items()}
    leanings = {}
    for column, kinds in by_column.items():
        grouped = max(kinds, key=lambda kind: len(kinds[kind]))
        leanings[column] = _leaning([o for k in kinds.values() for o in k], _share(usual[grouped]))
    return leanings


def _is_figure(guess: Guess) -> bool:
    """Beyond what a Roman numeral may be taken for."""
    return bool(set(guess.text) & set("023456789"))


def _one_kind(guess: Guess) -> bool:
    return bool(guess.odds) and not BOTH.fullmatch(guess.text)


def _leaning(odds: Sequence[float], usual: float) -> float:
    """Logarithm of point against comma that figures with these own odds hold to, `usual` the share of points
    in columns like theirs."""
    leaning = 0.0
    for _ in range(ROUNDS):
        points = sum(_share(leaning + own) for own in odds)
        share = (points + ENOUGH * usual) / (len(odds) + ENOUGH)
        share = MIXED + (1 - 2 * MIXED) * share
        leaning = math.log(share / (1 - share))
    return leaning


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _marked(guess: Guess, leaning: float) -> Guess:
    if not _one_kind(guess):
        return guess
    mark = "." if leaning + sum(guess.odds) > 0 else ","
    return replace(guess, text=MARK.sub(mark, guess.text))


def _perhaps_numbering(found: tuple[Guess, ...]) -> tuple[Guess, ...]:
    """Where Roman numerals may stand, a 1 must be told from an I."""
    roman = max((g.probability for g in found if ROMAN.fullmatch(g.text)), default=0.0)
    if not found or roman < MIXED * found[0].probability:
        return found
    return tuple(replace(g, probability=g.strict, weakest=min(g.weakest, g.strict)) for g in found)


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


def mark_of(text: str) -> str | None:
    """The one kind of mark in a numeral; None when there is none or both."""
    marks = set(MARK.findall(text))
    return marks.pop() if len(marks) == 1 else None


def folded(text: str) -> str:
    """The text with every mark a comma: what it says apart from how its marks are shaped."""
    return text.replace(".", ",")


def in_style(text: str, mark: str | None) -> str:
    """A text of one kind of mark with that of its column."""
    return MARK.sub(mark, text) if mark in (".", ",") and mark_of(text) else text
