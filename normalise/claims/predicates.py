"""What a condition says: a limit, a range, nothing at all, the maximum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from normalise.claims.maxima import MAXIMA
from normalise.claims.passage import NOUN, Passage
from normalise.claims.phrases import phrases

_WORDS = phrases()["conditions"]
_LIMIT = r"(?P<limit>\d{1,3}(?:[.,]\d+)?)\s*(?P<unit>%|diem)"
_BELOW = "|".join(_WORDS["below"])
_ABOVE = "|".join(_WORDS["above"])
_REACHING = "|".join(_WORDS["reaching"])
_BOUND = re.compile(
    rf"(?:(?P<below>\b(?:{_BELOW}))|(?P<above>\b(?:{_ABOVE}))|(?P<reach>\b(?:{_REACHING})))"
    rf"(?: muc| ty le)?[\s(]*(?:tu )?{_LIMIT}(?P<tail> tr\w (?:len|xuong))?"
)
_RANGE = re.compile(
    r"\b(?:(?P<over>tren|lon hon)|tu)(?: muc)? (?P<limit>\d{1,3}(?:[.,]\d+)?)\s*(?:%|diem)?,?"
    r" (?:den|toi|va)(?P<under> can| duoi| nho hon| it hon)?(?: muc)? (?P<upper>\d{1,3}(?:[.,]\d+)?)"
    r"\s*(?P<unit>%|diem)"
)
"""`từ 70 đến dưới 80 điểm`: neither end alone is what is counted."""
_WHOLLY = re.compile(r"\b(?:dat|co) (?:ty le )?(?:[a-z]+,? ){2,10}?(?P<limit>100|0) ?%")
"""`đạt tỷ lệ số hóa kết quả 100%`."""
_NOTHING = re.compile(rf"\b(?:{'|'.join(_WORDS['none'])})\b")
_SOME = re.compile(rf"\b(?:{'|'.join(_WORDS['some'])})\b")
_FULL = re.compile(
    r"\bdat (?:muc )?(?:diem|ty le|so diem)? ?(?:diem )?toi da\b"
    r"(?: \(?(?P<of>\d{1,3})\s*/\s*(?P=of)\b(?: ?diem)?\)?)?"
)
_ZERO = re.compile(rf"(?:{NOUN}|\b(?:dat|duoc|bi|co|voi|chi))\)? (?P<limit>0(?:[.,]0+)?) diem\b")
"""`02 đơn vị 0 điểm`."""
_SHORT = re.compile(rf"\b(?:chua|khong)(?: the)? {_FULL.pattern[2:]}")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A condition found in a sentence: what it says, and its limit in percent or points."""

    what: str
    start: int
    end: int
    sort: str
    limit: str | None = None
    percent: bool = False
    upper: str | None = None


def predicates_of(passage: Passage) -> Iterator[Predicate]:
    found = [_range(m) for m in _RANGE.finditer(passage.plain, passage.start)]
    ranges = [(p.start, p.end) for p in found]
    for match in _BOUND.finditer(passage.plain, passage.start):
        bound = _bound(match)
        if any(a < match.end() and match.start() < b for a, b in ranges):
            continue
        if bound.what != "equal" or bound.percent:
            found.append(bound)
    for match in _WHOLLY.finditer(passage.plain, passage.start):
        found.append(Predicate("equal", match.start(), match.end(), "rates", match["limit"], True))
    for match in _ZERO.finditer(passage.plain, passage.start):
        found.append(Predicate("equal", match.start("limit"), match.end(), "scores", "0"))
    for what, pattern in (("none", _NOTHING), ("some", _SOME), ("short", _SHORT), ("full", _FULL)):
        for match in pattern.finditer(passage.plain, passage.start):
            if not any(match.start() < p.end and p.start < match.end() for p in found):
                sort = "scores" if what in ("full", "short") else "counts"
                found.append(Predicate(what, match.start(), match.end(), sort))
    maxima = [m.span() for m in MAXIMA.finditer(passage.plain, passage.start)]
    changes = [
        m.span()
        for m in re.finditer(
            r"\b(?:tang|giam)(?: them| manh)?(?: tu)? \S+ ?(?:diem|%)", passage.plain
        )
    ]
    names = [(f.start, f.end) for f in passage.names]
    taken = [*maxima, *changes, *names]
    return iter(
        sorted(
            (p for p in found if not any(a < p.end and p.start < b for a, b in taken)),
            key=lambda p: p.start,
        )
    )


def _range(match: re.Match[str]) -> Predicate:
    """From a limit, or above it, up to another, or below that."""
    limit, upper = (match[k].replace(",", ".") for k in ("limit", "upper"))
    what = ("above" if match["over"] else "from") + ("-below" if match["under"] else "-to")
    percent = match["unit"] == "%"
    sort = "rates" if percent else "scores"
    return Predicate(what, match.start(), match.end(), sort, limit, percent, upper)


def _bound(match: re.Match[str]) -> Predicate:
    limit = match["limit"].replace(",", ".")
    percent = match["unit"] == "%"
    tail = match["tail"] or ""
    negated = match["below"] and re.match(r"(?:chua|khong)", match["below"])
    if match["below"]:
        what = "below"
    elif "xuong" in tail:
        what = "at-most"
    elif "len" in tail or (match["reach"] and match["reach"] not in ("dat", "bang")):
        what = "at-least"
    else:
        what = "above" if match["above"] else "equal"
    if negated and "xuong" in tail:
        what = "above"
    return Predicate(
        what, match.start(), match.end(), "rates" if percent else "scores", limit, percent
    )
