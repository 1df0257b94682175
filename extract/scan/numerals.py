"""Reads a strip of ink as a numeral: which pieces are characters, and which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.scan.digits import CLASSES, JUNK, Values, probabilities
from extract.scan.strokes import Atom, Strip, sample, union

# A character is at most so many atoms, and so wide (in digit heights: a wide % is 1.25).
MOST_ATOMS, WIDEST = 4, 1.35
# Blobs this high that make more than this width are characters of their own.
HIGH, WIDE = 0.8, 0.85
# Readings kept for each prefix of a strip, and classes tried for each piece.
BEAM, TRIED = 5, 3
# Dirt smaller than this (in digit heights) may be left out of a reading; larger, it is no numeral.
DIRT = 0.45
# A piece less likely than this is no character at all.
LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Guess:
    """A text, its probability by the pieces alone and its weakest piece's."""

    text: str
    probability: float
    weakest: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Atoms `first` to `last` (exclusive) of a strip taken as one character."""

    strip: int
    first: int
    last: int
    atom: Atom


def read_numerals(strips: Sequence[Strip]) -> list[tuple[Guess, ...]]:
    """For each strip the likeliest numerals, best first; none where it is no numeral."""
    pieces = [piece for index, strip in enumerate(strips) for piece in pieces_of(index, strip)]
    if not pieces:
        return [() for _ in strips]
    samples = np.stack([sample(strips[p.strip], p.atom) for p in pieces])
    chances = probabilities(samples)
    by_strip: list[list[tuple[Piece, Values]]] = [[] for _ in strips]
    for piece, chance in zip(pieces, chances, strict=True):
        by_strip[piece.strip].append((piece, chance))
    return [_best(strip, found) for strip, found in zip(strips, by_strip, strict=True)]


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


def _best(strip: Strip, found: list[tuple[Piece, Values]]) -> tuple[Guess, ...]:
    """The likeliest ways through the strip's pieces; a piece counts once for each of its atoms."""
    ways: list[list[tuple[float, float, float, str]]] = [[] for _ in range(len(strip.atoms) + 1)]
    ways[0] = [(0.0, 0.0, 1.0, "")]
    for piece, chance in sorted(found, key=lambda f: f[0].first):
        for cost, loss, weakest, text in ways[piece.first]:
            for char, p in _options(strip, piece, chance):
                log = float(np.log(p))
                step = (
                    cost + log * (piece.last - piece.first),
                    loss + log,
                    min(weakest, p),
                    text + char,
                )
                ways[piece.last].append(step)
        ways[piece.last] = _distinct(ways[piece.last])
    ends = ways[-1]
    total = sum(np.exp(e[0]) for e in ends)
    return tuple(
        Guess(text, float(np.exp(cost) / total * np.exp(max(e[1] for e in ends))), weakest)
        for cost, _, weakest, text in ends
        if text
    )


def _distinct(ways: list[tuple[float, float, float, str]]) -> list[tuple[float, float, float, str]]:
    best: dict[str, tuple[float, float, float, str]] = {}
    for way in ways:
        if way[3] not in best or way[0] > best[way[3]][0]:
            best[way[3]] = way
    return sorted(best.values(), reverse=True)[:BEAM]


def _options(strip: Strip, piece: Piece, chance: Values) -> list[tuple[str, float]]:
    """Characters the piece may be; nothing at all, when it is small enough for dirt."""
    order = np.argsort(chance)[::-1][: TRIED + 1]
    options = [(CLASSES[k], float(chance[k])) for k in order if k != JUNK and chance[k] > LEAST]
    small = max(piece.atom.width, piece.atom.height) < DIRT * strip.height
    if small and chance[JUNK] > LEAST:
        options.append(("", float(chance[JUNK])))
    return options
