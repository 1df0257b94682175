"""Vietnamese text made comparable: without marks, without spaces, or with the tone at one place."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""The five tone marks, as combining characters: huyền, sắc, ngã, hỏi, nặng."""

_LETTER_RUN = re.compile(r"[^\W\d_]+")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")


def tidy(text: str) -> str:
    """NFC, every run of white space one space, soft hyphens gone."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).replace("\u00ad", "")).strip()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without any mark: `Đội Tủa` becomes `doi tua`. White space as in `tidy`."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("ð", "d"))
    return tidy("".join(c for c in plain if not unicodedata.combining(c)))


@lru_cache(maxsize=65536)
def squeeze(text: str) -> str:
    """`fold` with only letters and digits left, for words that a narrow column has broken."""
    return _NOT_WORD.sub("", fold(text))


def _settle(word: str) -> str:
    marks = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in marks if c in TONES)
    return "".join(c for c in marks if c not in TONES) + tones


@lru_cache(maxsize=65536)
def spelling(text: str) -> str:
    """A key that keeps every mark but not its place: `hoá` and `hóa` are spelt alike, `Phong` and
    `Phông` are not. Case and white space do not count."""
    return _LETTER_RUN.sub(lambda m: _settle(m.group()), tidy(text).casefold())


def has_marks(text: str) -> bool:
    """Whether a text carries Vietnamese marks at all (OCR without the language gives hardly any)."""
    return fold(text) != tidy(text).casefold()
