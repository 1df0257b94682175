"""Abbreviated names: `Lao động - TBXH`, `Tài chính - KH`, `VP HĐND&UBND`, `Sở NN&PTNT`.

No list is needed: a word in capitals stands for the first letters of the next words of the full name,
`và` and dashes counting for nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from normalise.names import spelling_key, trimmed
from normalise.text import fold

_WORDS = re.compile(r"[^\W_]+")
_KINDS = ("TT", "TX", "TP")
_VOWEL = re.compile(r"[aeiouy]")
_APART = re.compile(r"\s+-\s+|,\s+|\s+và\s+")
LONGEST = 8
"""Letters of an abbreviation; `LĐTBXH`, `NNPTNT` and `VHTTDL` have six."""


def has_initials(text: str) -> bool:
    """Whether a printed text holds a word that may be an abbreviation."""
    words = [w for w in _WORDS.findall(trimmed(text)) if w != "UBND"]
    if trimmed(text).isupper():  # then only what cannot be a word
        words = [w for w in words if w not in _KINDS and not _VOWEL.search(fold(w))]
    return any(_is_initials(w) for w in words)


def _is_initials(word: str) -> bool:
    return 2 <= len(word) <= LONGEST and word.isupper() and word.isalpha()


@lru_cache(maxsize=65536)
def _full_words(name: str) -> tuple[str, ...]:
    return tuple(w for w in _WORDS.findall(trimmed(name).casefold()) if w != "và")


@lru_cache(maxsize=4096)
def _printed_words(text: str) -> tuple[str, ...]:
    return tuple(w for w in _WORDS.findall(trimmed(text)) if w.casefold() != "và")


def abbreviates(printed: str, name: str) -> bool:
    """Whether `printed` is `name` with some of its words given by their first letters."""
    return _fits(_printed_words(printed), _full_words(name))


def shortened(name: str) -> Iterator[str]:
    """The usual abbreviations of `Phòng …` and `Sở …`: `Phòng LĐ-TB&XH`, `Phòng LĐTBXH`, `Lao động - TBXH`.

    For names read by OCR, which are compared letter by letter and need the whole name.
    """
    kind, _, rest = name.partition(" ")
    if kind not in ("Phòng", "Sở"):
        return
    parts = [_letters(p) for p in _APART.split(rest)]
    yield f"{kind} {''.join(parts)}"
    if len(parts) > 1:
        yield f"{kind} {' '.join(parts[:-1])}&{parts[-1]}"
        for start in ("", f"{kind} "):
            yield f"{start}{_APART.split(rest)[0]} {''.join(parts[1:])}"


def _letters(words: str) -> str:
    return "".join(_base(w) for w in words.split()).upper()


def _base(word: str) -> str:
    """The first letter without its marks, `đ` kept: `Ban QLDA` stands for `dự án`."""
    return unicodedata.normalize("NFD", word)[0]


def _fits(printed: tuple[str, ...], full: tuple[str, ...]) -> bool:
    if not printed or not full:
        return not printed and not full
    word = printed[0]
    if spelling_key(word) == spelling_key(full[0]) and _fits(printed[1:], full[1:]):
        return True
    size = len(word)
    if not _is_initials(word) or size > len(full):
        return False
    first = "".join(_base(w) for w in full[:size])
    return first == word.casefold() and _fits(printed[1:], full[size:])
