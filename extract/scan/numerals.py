"""Reads a strip of ink as a numeral: which pieces are characters, and which."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from extract.scan.digits import CLASSES, JUNK, Values, probabilities
from extract.scan.ink import Gray
from extract.scan.strokes import Atom, Strip, sample, union
from extract.scan.touching import parted

# A character is at most so many atoms, and so wide (in digit heights: a wide % is 1.25).
MOST_ATOMS, WIDEST = 4, 1.35
# Blobs this high that make more than this width are characters of their own.
HIGH, WIDE = 0.8, 0.85
# Readings kept for each prefix of a strip, and classes tried for each piece.
BEAM, TRIED = 5, 3
# Dirt smaller than this (in digit heights) may be left out of a reading; larger, it is no numeral.
DIRT = 0.45
# ... and is dirt at least so often, however much it looks like a mark: where it stands tells.
DUSTY = 0.025
# A numeral whose weakest character is above this needs no parting.
WELL = 0.8
# A piece less likely than this is no character at all; beside another that it may be, one so much likelier.
LEAST, BESIDE = 1e-4, 4e-3
# ... and one this unlike a Roman numeral's letters is none.
UNLIKE = 0.01
# Shapes that only the column can tell apart where a few pixels must do: each second one counts as the first.
ALIKE = (CLASSES.index(","), CLASSES.index(".")), (CLASSES.index("1"), CLASSES.index("I"))
COMMA, POINT = ALIKE[0]
ROMAN = np.array([char in "IVX" for char in CLASSES])
# No mark's odds count for more: log of a hundred to one.
CLEAR = 4.6


@dataclass(frozen=True, slots=True)
class Guess:
    """A text, its probability by the pieces alone and its weakest piece's.

    A comma and a point, a 1 and an I count as one shape: `strict` is the probability with each 1 told from
    an I, `odds` the logarithm of point against comma for each mark of the text. `glyphs` are its characters
    as they stand on the page, `dirt` the pieces left out.
    """

    text: str
    probability: float
    weakest: float
    strict: float = 1.0
    odds: tuple[float, ...] = ()
    glyphs: tuple[Glyph, ...] = field(default=(), compare=False)
    dirt: tuple[Glyph, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A piece as it stands on the page: its sample, and where its ink begins and ends, in digit heights."""

    shape: Gray
    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Atoms `first` to `last` (exclusive) of a strip taken as one character."""

    strip: int
    first: int
    last: int
    atom: Atom


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece, how it stands on the page and the chances of each class."""

    piece: Piece
    glyph: Glyph
    chance: Values


def read_numerals(strips: Sequence[Strip]) -> list[tuple[Guess, ...]]:
    """For each strip the likeliest numerals, best first; none where it is no numeral."""
    pieces = [piece for index, strip in enumerate(strips) for piece in pieces_of(index, strip)]
    if not pieces:
        return [() for _ in strips]
    samples = np.stack([sample(strips[p.strip], p.atom) for p in pieces])
    chances = probabilities(samples)
    by_strip: list[list[Seen]] = [[] for _ in strips]
    for piece, shape, chance in zip(pieces, samples, chances, strict=True):
        height, atom = strips[piece.strip].height, piece.atom
        glyph = Glyph(shape, atom.x0 / height, atom.x1 / height)
        by_strip[piece.strip].append(Seen(piece, glyph, chance))
    return [_best(strip, found) for strip, found in zip(strips, by_strip, strict=True)]


def read_touching(
    strips: Sequence[Strip], found: Sequence[tuple[Guess, ...]]
) -> list[tuple[Guess, ...]]:
    """What was `found` in strips known to be figures; what does not read well, with digits parted.

    Words parted so would read as figures.
    """
    better = list(found)
    poor = [i for i, guesses in enumerate(found) if not guesses or guesses[0].weakest < WELL]
    finer = [(i, parted(strips[i])) for i in poor]
    finer = [(i, strip) for i, strip in finer if len(strip.atoms) > len(strips[i].atoms)]
    for (i, _), guesses in zip(finer, read_numerals([s for _, s in finer]), strict=True):
        better[i] = max(better[i], guesses, key=lambda g: g[0].weakest if g else 0.0)
    return better


def pieces_of(index: int, strip: Strip) -> list[Piece]:
    """All runs of atoms that may be one character."""
    found = []
    for first in range(len(strip.atoms)):
        for last in range(first + 1, min(first + MOST_ATOMS, len(strip.atoms)) + 1):
            atom = union(list(strip.atoms[first:last]))
            if last - first == 1 or _may_be_one(strip.atoms[first:last], atom, strip.height):
                found.append(Piece(index, first, last, atom))
    return found


def _may_be_one(parts: Sequence[Atom], whole: Atom, height: float) -> bool:
    """Whether several atoms may be one character: two blobs as high as digits and apart are two."""
    if whole.width > WIDEST * height:
        return False
    high = all(part.height > HIGH * height for part in parts)
    apart = len(frozenset().union(*(part.labels for part in parts))) >= len(parts)
    return not (high and apart and whole.width > WIDE * height)


@dataclass(frozen=True, slots=True)
class _Way:
    """A reading of a strip's first atoms: logarithms of its probability, each piece counted once for each of
    its atoms (`cost`) and once (`loss`)."""

    cost: float = 0.0
    loss: float = 0.0
    weakest: float = 1.0
    text: str = ""
    strict: float = 0.0
    odds: tuple[float, ...] = ()
    pieces: tuple[tuple[bool, Glyph], ...] = ()

    def on(self, step: _Step, atoms: int, glyph: Glyph) -> _Way:
        return _Way(
            self.cost + step.log * atoms,
            self.loss + step.log,
            min(self.weakest, step.chance),
            self.text + step.char,
            self.strict + step.strict,
            self.odds + step.odds,
            (*self.pieces, (bool(step.char), glyph)),
        )


@dataclass(frozen=True, slots=True)
class _Step:
    """What a piece may be; nothing at all, when it is small enough for dirt. `log` and `strict` are
    logarithms."""

    char: str
    chance: float
    log: float
    strict: float
    odds: tuple[float, ...] = ()

    @classmethod
    def of(cls, char: str, chance: float, strict: float, odds: tuple[float, ...] = ()) -> _Step:
        return cls(char, chance, math.log(chance), math.log(strict), odds)


def _best(strip: Strip, found: list[Seen]) -> tuple[Guess, ...]:
    """The likeliest ways through the strip's pieces, as figures and as Roman numerals."""
    order = sorted(found, key=lambda f: f.piece.first)
    ends = _ends(strip, [(s, _arabic(strip, s.piece, s.chance)) for s in order])
    ends += [w for w in _ends(strip, [(s, _roman(s.chance)) for s in order]) if w.text]
    total = sum(math.exp(way.cost) for way in ends)
    most = math.exp(max((way.loss for way in ends), default=0.0))
    return tuple(
        Guess(
            way.text,
            math.exp(way.cost) / total * most,
            way.weakest,
            math.exp(way.cost) / total * most * math.exp(way.strict - way.loss),
            way.odds,
            tuple(glyph for kept, glyph in way.pieces if kept),
            tuple(glyph for kept, glyph in way.pieces if not kept),
        )
        for way in ends
        if way.text
    )


def _ends(strip: Strip, steps: Sequence[tuple[Seen, list[_Step]]]) -> list[_Way]:
    ways: list[list[_Way]] = [[] for _ in range(len(strip.atoms) + 1)]
    ways[0] = [_Way()]
    for seen, options in steps:
        piece = seen.piece
        atoms = piece.last - piece.first
        ways[piece.last] += [
            w.on(step, atoms, seen.glyph) for w in ways[piece.first] for step in options
        ]
        ways[piece.last] = _distinct(ways[piece.last])
    return ways[-1]


def _distinct(ways: list[_Way]) -> list[_Way]:
    best: dict[str, _Way] = {}
    for way in ways:
        key = way.text.replace(".", ",")
        if key not in best or way.cost > best[key].cost:
            best[key] = way
    return sorted(best.values(), key=lambda way: -way.cost)[:BEAM]


def _arabic(strip: Strip, piece: Piece, chance: Values) -> list[_Step]:
    whole = np.where(ROMAN, 0.0, chance)
    for kept, other in ALIKE:
        whole[kept] = chance[kept] + chance[other]
    whole[POINT] = 0.0
    whole[JUNK] = 0.0
    order = np.argsort(whole)[::-1][:TRIED]
    least = max(LEAST, BESIDE * float(whole[order[0]]))
    steps = [_step(k, whole, chance) for k in order.tolist() if whole[k] > least]
    small = max(piece.atom.width, piece.atom.height) < DIRT * strip.height
    if small:
        dirty = max(float(chance[JUNK]), DUSTY)
        steps.append(_Step.of("", dirty, dirty))
    return steps


def _step(k: int, whole: Values, chance: Values) -> _Step:
    if k != COMMA:
        return _Step.of(CLASSES[k], float(whole[k]), max(float(chance[k]), LEAST**2))
    odds = math.log(max(chance[POINT], LEAST**2) / max(chance[COMMA], LEAST**2))
    mark = "." if odds > 0 else ","
    return _Step.of(mark, float(whole[k]), float(whole[k]), (min(max(odds, -CLEAR), CLEAR),))


def _roman(chance: Values) -> list[_Step]:
    found = [k for k in np.nonzero(ROMAN)[0].tolist() if chance[k] > UNLIKE]
    return [_Step.of(CLASSES[k], float(chance[k]), float(chance[k])) for k in found]
