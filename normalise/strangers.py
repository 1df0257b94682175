"""How probable a text is as the name of a unit that we do not know.

Without this picture the nearest known name would always win. A stranger's name is a kind word and
syllables drawn as often as they occur in the names of communes of half the country's provinces
(`data/syllables.csv`), written or read through the same channel as ours.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalise.channel import Channel, plain
from normalise.divisions import patterns
from normalise.register_file import DATA, read_rows
from normalise.text import fold

KIND_WORDS = (
    *("xã", "phường", "thị trấn", "huyện", "thị xã", "thành phố", "quận"),
    *("sở", "phòng", "ban", "văn phòng", "trung tâm", "ubnd"),
)
# The share of a stranger's syllables that the list lacks: 0.9 % of the syllables in the other half of the
# provinces, spread over the some 6,000 syllables of the language.
UNLISTED = 0.01
SYLLABLES = 6000
# A letter that fits no syllable at all: one of 30, and rare to begin with.
LETTER = math.log(30)
# An office's word, roughly evenly among the some hundred that occur.
OFFICE_WORD = 0.005
NEAREST = 10
"""Syllables compared with a word read by OCR; the tenth is always far behind the first."""


@lru_cache(maxsize=1)
def _syllables() -> tuple[dict[str, float], list[str]]:
    """Log frequency by syllable, and the syllables folded in the same order."""
    rows = [(r["syllable"], int(r["count"])) for _, r in _rows()]
    whole = sum(n for _, n in rows)
    known = {s: math.log((1 - UNLISTED) * n / whole) for s, n in rows}
    for word in (w for kind in KIND_WORDS for w in kind.split()):
        known[word] = max(known.get(word, -math.inf), math.log(0.1))
    for word in _office_words():
        known[word] = max(known.get(word, -math.inf), math.log(OFFICE_WORD))
    return known, [fold(s) for s in known]


def _office_words() -> set[str]:
    """The words that offices' names are made of, from those we know."""
    return {w for p in patterns() for w in plain(p.name).split() if w.isalpha()}


def _rows() -> list[tuple[str, dict[str, str]]]:
    return list(read_rows(DATA / "syllables.csv", ("syllable", "count")))


def log_chance(text: str, channel: Channel) -> float:
    """The log probability of a text, as `channel.plain` gives it, under the picture of a stranger."""
    words = text.split()
    if not words:
        return 0.0
    rate = _RATES[channel.name]
    return sum(rate(word, channel) for word in words)


def _unlisted(word: str) -> float:
    return math.log(UNLISTED / SYLLABLES) - LETTER * max(0, len(word) - 4)


@lru_cache(maxsize=65536)
def _typed_word(word: str, channel: Channel) -> float:
    return _syllables()[0].get(word, _unlisted(word))


@lru_cache(maxsize=1)
def _bare() -> dict[str, float]:
    """Log frequency of syllables written without marks."""
    known, folded = _syllables()
    sums: dict[str, float] = {}
    for plain_word, chance in zip(folded, known.values(), strict=True):
        sums[plain_word] = float(np.logaddexp(sums.get(plain_word, -math.inf), chance))
    return sums


def _bare_word(word: str, channel: Channel) -> float:
    return _bare().get(word, _unlisted(word))


@lru_cache(maxsize=65536)
def _read_word(word: str, channel: Channel) -> float:
    known, folded = _syllables()
    near = process.extract(
        fold(word), folded, scorer=Levenshtein.normalized_similarity, limit=NEAREST
    )
    names = list(known)
    trues = [names[i] for _, _, i in near]
    costs = channel.costs(trues, [word] * len(trues))
    chances = [known[t] - c for t, c in zip(trues, costs, strict=True)]
    return float(np.logaddexp.reduce([*chances, _unlisted(word)]))


_RATES: dict[str, Callable[[str, Channel], float]] = {
    "typed": _typed_word,
    "bare": _bare_word,
    "vie": _read_word,
    "eng": _read_word,
}
