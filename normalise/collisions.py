"""Units whose names coincide, or come within one letter of each other, once the marks are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from normalise.register import Unit
from normalise.text import fold

TERRITORIES = ("district", "commune")


@dataclass(frozen=True, slots=True)
class Collision:
    """Two units that live on a common day; `letters` (0 or 1) is how far their folded names are apart."""

    first: Unit
    second: Unit
    letters: int


def collisions(units: Iterable[Unit]) -> Iterator[Collision]:
    """Every pair, the coinciding ones first.

    A district and a commune that bear one name tell apart by kind only.
    """
    named = [(fold(u.short_name), u) for u in units if u.level in TERRITORIES]
    pairs = (
        Collision(one, two, Levenshtein.distance(a, b, score_cutoff=1))
        for (a, one), (b, two) in combinations(named, 2)
        if one.overlaps(two)
    )
    yield from sorted((p for p in pairs if p.letters <= 1), key=lambda p: p.letters)
