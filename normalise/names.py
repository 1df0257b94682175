"""A unit's name taken apart: office word, kind word and core; and the keys by which names agree.

Two names have one spelling key when they differ only in what Vietnamese spelling leaves open: the
place of a tone mark (`toả`, `tỏa`), i for y after a consonant (`kỹ`, `kĩ`), case, dashes, `&` or nothing
for `và`, `UBND`, and how the letters are stored (NFC or NFD, `ƣ` for `ư`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from normalise.register_file import DATA, read_rows
from normalise.text import tidy

_TONES = {"\u0300": "1", "\u0301": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_DASHES = re.compile(r"\s*[-–—−‐‑]\s*")
_FINAL_Y = re.compile(r"^((?:[bcdđghklmnpqrstvx]|qu)*)y$")
_NUMBERED = re.compile(r"^\W*(?:\d{1,3}\s*[.)]|[a-zđ]\))\s*(?=[^\W\d])")
_WORDS = re.compile(r"[^\W_]+", re.UNICODE)
_OFFICE_KEY = "uy3 ban nhân dân"
OFFICE = re.compile(
    r"^(?:ubnd|u\s*[ỷỳ]\s*ban nhân dân|[uủ]y ban nhân dân|uỷ ban nhân dân)\b[\s.:]*"
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A printed name in parts. `kinds` are the kinds its kind word may mean (`P.` two of them)."""

    office: bool
    kinds: tuple[str, ...]
    short: bool
    core: str


@lru_cache(maxsize=65536)
def trimmed(text: str) -> str:
    """A name tidied, without bullets, a number before it or full stops at its ends; case is kept."""
    return _NUMBERED.sub("", tidy(text)).strip(" \t-–+*•·;:,.")


@lru_cache(maxsize=65536)
def _syllable_key(word: str) -> str:
    letters, tone = [], ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone += _TONES[char]
        else:
            letters.append(char)
    plain = unicodedata.normalize("NFC", "".join(letters))
    return _FINAL_Y.sub(r"\1i", plain) + tone


@lru_cache(maxsize=65536)
def spelling_key(text: str) -> str:
    """The same for all accepted spellings of one name; see the module."""
    words = _WORDS.findall(trimmed(text).casefold())
    key = " ".join(_syllable_key(w) for w in words if w not in ("và", "ubnd"))
    return " ".join(key.replace(_OFFICE_KEY, "").split())


_TAIL = re.compile(r"(?:\s*[,(–-]\s*|\s)(?:(?P<tp>tp\b\.?)|(?P<tx>tx\b\.?)|h\.)\s*", re.I)


@lru_cache(maxsize=65536)
def written_out(text: str) -> tuple[str, ...]:
    """A name with the short kind words in it written out (`UBND xã Nà Tấu - TP Điện Biên Phủ`, `P. Tư pháp`):
    one text for each kind that its own may mean, none when nothing in it is short. Case is kept."""
    whole = trimmed(text)
    long = trimmed(whole[:1] + _TAIL.sub(_tail_in_full, whole[1:]).replace(")", " "))
    parsed = parse(long)
    if parsed.short:
        core = long[len(long) - len(parsed.core) :] if parsed.core else ""
        return tuple(f"{kind} {core}".strip() for kind in parsed.kinds)
    return (long,) if long != whole else ()


def _tail_in_full(found: re.Match[str]) -> str:
    kind = "thành phố" if found["tp"] else "thị xã" if found["tx"] else "huyện"
    return f" {kind} "


@lru_cache(maxsize=1)
def _kind_words() -> tuple[tuple[str, str, bool], ...]:
    rows = [(r["written"], r["kind"], r["stands_in"] == "short") for _, r in _kind_rows()]
    return tuple(sorted(rows, key=lambda r: -len(r[0])))


def _kind_rows() -> list[tuple[str, dict[str, str]]]:
    return list(read_rows(DATA / "kinds.csv", ("kind", "written", "stands_in")))


@lru_cache(maxsize=65536)
def parse(text: str) -> Parsed:
    """Take a name apart; the core is tidied and in small letters, empty when only a kind stands."""
    rest = trimmed(text).casefold()
    found = OFFICE.match(rest)
    if found:
        rest = rest[found.end() :]
    for written, _, short in _kind_words():
        if not rest.startswith(written):
            continue
        after = rest[len(written) :]
        if after[:1].isalnum():
            continue
        kinds = tuple(k for w, k, _ in _kind_words() if w == written)
        return Parsed(bool(found), kinds, short, after.strip(" .,:-"))
    return Parsed(bool(found), (), False, rest)
