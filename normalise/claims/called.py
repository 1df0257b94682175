"""What prose calls a commune, district or office in so many words, whether or not such a unit is known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalise.claims.prose import Folded

_TERRITORY = re.compile(r"\b(?:xa|phuong|thi tran|huyen|thi xa|thanh pho)\s+(?=\w)")
_OFFICE_WORDS = ("phòng", "p.", "sở", "trung tâm", "văn phòng")
_OFFICE_KIND = re.compile(r"\b(?:phong|p\.|so|trung tam|van phong)\s+(?=\w)")
_INITIALS = re.compile(r"[A-ZĐ]{2,8}(?:\s?(?:[-–&,]|và)\s?[A-ZĐ]{2,8})*(?!\w)")
_SAID = re.compile(
    r"\s*(?:[,;:.(]|\b(?:dat|xep|co|duoc|voi|la|chua|khong|da|xuat sac|tot|kha|yeu)\b|$)"
)
_RANK = re.compile(r"(?:xuat sac|tot|kha|trung binh|yeu)\b")
_WORD = re.compile(r"[a-z]+")
_LONGEST = 4
"""Syllables of a commune's or district's name; the register's longest have three."""

Span = tuple[int, int, bool]
"""Start, end, and whether what stands there is a name even if no unit bears it."""


def territories(prose: Folded) -> Iterator[Span]:
    """`xã`, `huyện` and capitalised words; headings in capitals are left out."""
    for kind in _TERRITORY.finditer(prose.plain):
        end = None if prose.capital(kind.start() + 1) else _capitals(prose, kind.end())
        if end is not None:
            yield kind.start(), end, " " in prose.plain[kind.end() : end]


def offices(prose: Folded) -> Iterator[Span]:
    """`Phòng TC-KH`, `Sở Lao động - TBXH`: up to what is said of the office, or to the end of its initials."""
    for kind in _OFFICE_KIND.finditer(prose.plain):
        begin, name = prose.source(kind.start(), kind.end())
        if prose.printed[begin:name].strip().casefold() not in _OFFICE_WORDS:
            continue
        initials = _INITIALS.match(prose.printed, name)
        end = kind.end() + len(initials.group()) if initials else 0
        if initials and _SAID.match(prose.plain, end):
            yield kind.start(), end, True
        elif prose.capital(kind.end()):
            stop = _SAID.search(prose.plain, kind.end())
            yield kind.start(), stop.start() if stop else len(prose.plain), False


def _capitals(prose: Folded, start: int) -> int | None:
    """Where the capitalised words that begin here end; None when there is none, or they are a rank."""
    end = None
    for _ in range(0 if _RANK.match(prose.plain, start) else _LONGEST):
        word = _WORD.match(prose.plain, start)
        if word is None or not prose.capital(start):
            break
        end = word.end()
        if prose.plain[end : end + 1] != " ":
            break
        start = end + 1
    return end
