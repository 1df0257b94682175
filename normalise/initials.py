"""Abbreviated names: `Lao động - TBXH`, `Tài chính - KH`, `VP HĐND&UBND`, `Sở NN&PTNT`.

No list is needed: a word in capitals stands for the first letters of the next words of the full name,
`và` and dashes counting for nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from normalise.names import spelling_key, trimmed

_WORDS = re.compile(r"[^\W_]+")
LONGEST = 8
"""Letters of an abbreviation; `LĐTBXH`, `NNPTNT` and `VHTTDL` have six."""


def has_initials(text: str) -> bool:
    """Whether a printed text holds a word that may be an abbreviation."""
    words = [w for w in _WORDS.findall(trimmed(text)) if w != "UBND"]
    return any(_is_initials(w) for w in words) and not trimmed(text).isupper()


def _is_initials(word: str) -> bool:
    return 2 <= len(word) <= LONGEST and word.isupper() and word.isalpha()


@lru_cache(maxsize=4096)
def _full_words(name: str) -> tuple[str, ...]:
    return tuple(w for w in _WORDS.findall(trimmed(name).casefold()) if w != "và")


@lru_cache(maxsize=4096)
def _printed_words(text: str) -> tuple[str, ...]:
    return tuple(w for w in _WORDS.findall(trimmed(text)) if w.casefold() != "và")


def abbreviates(printed: str, name: str) -> bool:
    """Whether `printed` is `name` with some of its words given by their first letters."""
    return _fits(_printed_words(printed), _full_words(name))


def _fits(printed: tuple[str, ...], full: tuple[str, ...]) -> bool:
    if not printed or not full:
        return not printed and not full
    word = printed[0]
    if spelling_key(word) == spelling_key(full[0]) and _fits(printed[1:], full[1:]):
        return True
    size = len(word)
    if not _is_initials(word) or size > len(full):
        return False
    first = "".join(w[0] for w in full[:size])
    return first == word.casefold() and _fits(printed[1:], full[size:])
