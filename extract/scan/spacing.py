"""Where the characters of a figure stand: digits are set at one pitch, and a mark takes half of it.

A comma that touches the foot of a 2, or a speck beside a figure, looks right or wrong by a few pixels; the
room between the digits on either side of a mark does not. (In Times, Arial, Calibri and DejaVu alike a mark
is half as wide as a digit, and all digits are equally wide.)
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extract.scan.numerals import Glyph, Guess

# From digit to digit, with a mark between, and from a digit to the mark after it, in pitches; from I to I in
# a Roman numeral (0.46 to 0.67 in those fonts).
NEXT, MARKED, TO_MARK, UPRIGHT = 1.0, 1.5, 0.75, 0.57
# Departures, in pitches, that nothing speaks against, and how fast they become unlikely beyond: of 19 000
# distances in 48 generated scans 99.9 % were within 0.27; a mark too many or too few makes 0.5.
FREE, SLOPE = 0.25, 0.08
UNLIKELY = 1e-4
# ... and from where they speak against it.
FAR = 0.35
# No two characters stand so.
NEVER = 9.0
# A pitch is known from so many distances between characters at least this sure.
ENOUGH, SURE = 5, 0.9


def pitch_of(guesses: Sequence[Guess]) -> float | None:
    """The distance between the middles of neighbouring digits, in digit heights; None where too few tell."""
    rooms = [
        room / usual
        for guess in guesses
        if guess.weakest > SURE
        for usual, room in _rooms(guess)
        if usual in (NEXT, MARKED)
    ]
    return float(np.median(rooms)) if len(rooms) >= ENOUGH else None


def departure(guess: Guess, pitch: float) -> float:
    """How far the characters are from where they would be set, at worst, in pitches."""
    return max((abs(room / pitch - usual) for usual, room in _rooms(guess)), default=0.0)


def _rooms(guess: Guess) -> Iterator[tuple[float, float]]:
    """Distances that should be there, in pitches, and that are, in digit heights."""
    pairs = list(zip(guess.text, guess.glyphs, strict=True))
    for index, (char, glyph) in enumerate(pairs[:-1]):
        after, other = pairs[index + 1]
        if char.isdigit() and after.isdigit():
            yield NEXT, _room(glyph, other)
        elif (after in ",." and char.isdigit()) or (index == 0 and char in ",."):
            yield TO_MARK, _room(glyph, other)
        elif char + after == "II":
            yield UPRIGHT, _room(glyph, other)
        elif char in ",." and after in ",.":
            yield NEVER, 0.0
        if char.isdigit() and after in ",." and index + 2 < len(pairs):
            last, far = pairs[index + 2]
            if last.isdigit():
                yield MARKED, _room(glyph, far)


def _room(glyph: Glyph, other: Glyph) -> float:
    return other.middle - glyph.middle


def respaced(guesses: Sequence[Guess], pitch: float | None) -> tuple[Guess, ...]:
    """The guesses with the probability that they have where their characters stand counts too."""
    if pitch is None or not guesses:
        return tuple(guesses)
    fits = [_likely(departure(g, pitch)) for g in guesses]
    whole = sum(g.probability * fit for g, fit in zip(guesses, fits, strict=True))
    share = max(fits) * sum(g.probability for g in guesses) / whole if whole else 0.0
    return tuple(
        replace(g, probability=g.probability * fit * share, strict=g.strict * fit * share)
        for g, fit in zip(guesses, fits, strict=True)
    )


def _likely(off: float) -> float:
    return max(math.exp(-(((off - FREE) / SLOPE) ** 2) / 2), UNLIKELY) if off > FREE else 1.0


def well_set(guess: Guess | None, pitch: float | None) -> bool:
    """Whether several characters stand where they should."""
    rooms = guess is not None and any(True for _ in _rooms(guess))
    return bool(guess and rooms and pitch and departure(guess, pitch) <= FREE)


def min_fit(fit: int | None, guess: Guess | None, pitch: float | None) -> int | None:
    """How well a guess fits the page by its shapes and by where they stand: the worse of both."""
    if guess is None or pitch is None:
        return fit
    off = departure(guess, pitch)
    if off <= FREE:
        return fit
    return 0 if off > FAR or fit == 0 else None if fit is None else min(fit, 1)


def widest_room(guess: Guess) -> float:
    """The widest white between two neighbouring characters, in digit heights."""
    return max((b.x0 - a.x1 for a, b in pairwise(guess.glyphs)), default=0.0)
