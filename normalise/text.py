"""Vietnamese text made comparable: without marks, without spaces. (Spelling keys of names: `normalise.names`.)"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_STRAY = str.maketrans({"ƣ": "ư", "Ƣ": "Ư", "\u00ad": "", "\u200b": "", "\ufeff": ""})
_NOT_WORD = re.compile(r"[\W_]+")


def tidy(text: str) -> str:
    """NFC, every run of white space one space, soft hyphens and the like gone, `ƣ` set right."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text.translate(_STRAY))).strip()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without any mark: `Đội Tủa` becomes `doi tua`. White space as in `tidy`."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("ð", "d"))
    return tidy("".join(c for c in plain if not unicodedata.combining(c)))


@lru_cache(maxsize=65536)
def squeeze(text: str) -> str:
    """`fold` with only letters and digits left, for words that a narrow column has broken."""
    return _NOT_WORD.sub("", fold(text))


def has_marks(text: str) -> bool:
    """Whether a text carries Vietnamese marks at all (OCR without the language gives hardly any)."""
    return fold(text) != tidy(text).casefold()
