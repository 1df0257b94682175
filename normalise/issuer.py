"""Who issues a report: the unit that letterhead, title, opening, closing and annexes agree on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalise.register import Register, Unit
from normalise.submission import Issuer
from normalise.text import fold
from normalise.zones import Passage

LEVELS = ("province", "district", "commune", "provincial_department")
"""Levels that issue reports of this kind."""

_BEFORE_VERB = re.compile(
    r"(?:^|[.;:]|\s)(?P<who>(?:ubnd|\wy ban nhan dan|v\w+n ph\wng|so|ban)\b[^.;:]{2,60}?)"
    r"\s*,?\s*(?:da\s+)?(?:t\wng h\wp|x\wy d\wng|b\wo c\wo)\b"
)
_OF_AT_END = re.compile(r"(?:c\wa|t\wnh)\s+(?P<who>[^();]{3,60}?)\s*[.\s/)]*$")
_OF_IN_NOTE = re.compile(r"c\wa\s+(?P<who>[^()]{3,60})\)")
LIKE = 80
"""Share (percent) of common letters for a name in text read without Vietnamese marks: `tinh dien bien` read
`tinh pi¢n bién` has 86."""


@dataclass(frozen=True, slots=True)
class _Quote:
    """Words that may name the issuer, and how much they count against others."""

    text: str
    folded: str
    weight: int
    letterhead: bool = False


def find_issuer(passages: Sequence[Passage], register: Register) -> Issuer | None:
    """The unit of the register that most of the telling places name; None when none does.

    The legal bases name other offices (`của Văn phòng UBND tỉnh`): of the opening only the subject of
    `tổng hợp báo cáo` is heard.
    """
    quotes = list(_quotes(passages))
    units = [u for u in register.units if u.level in LEVELS]
    for damaged in (False, True):
        votes: Counter[Unit] = Counter()
        shown: dict[Unit, str] = {}
        for quote in quotes:
            for unit, printed in _issuers(quote, units, damaged):
                votes[unit] += quote.weight
                shown.setdefault(unit, printed)
        if votes:
            best = max(votes, key=lambda unit: votes[unit])
            return Issuer(shown[best], best.name, best.code)
    return Issuer(quotes[0].text, None, None) if quotes else None


def _quotes(passages: Sequence[Passage]) -> Iterator[_Quote]:
    for passage in passages:
        if passage.zone == "head":
            yield _Quote(passage.text, passage.folded, 3, letterhead=True)
        elif passage.zone in ("title", "annex-title"):
            yield _Quote(passage.text, passage.folded, 2 if passage.zone == "title" else 1)
        elif passage.zone == "opening":
            yield from _found(_BEFORE_VERB, passage, 4)
        elif passage.zone == "closing":
            yield from _found(_OF_AT_END, passage, 4)
            yield from _found(_BEFORE_VERB, passage, 3)
        elif passage.zone == "annex-note":
            yield from _found(_OF_IN_NOTE, passage, 3)


def _found(pattern: re.Pattern[str], passage: Passage, weight: int) -> Iterator[_Quote]:
    for found in pattern.finditer(passage.folded):
        begin, end = found.span("who")
        whole = len(passage.folded) == len(passage.text)
        text = passage.text[begin:end] if whole else passage.folded[begin:end]
        yield _Quote(text.strip(), fold(text), weight)


def _issuers(quote: _Quote, units: Sequence[Unit], damaged: bool) -> list[tuple[Unit, str]]:
    """Units named in a quote without those that only stand over another one (`UBND tỉnh`, `Sở Y tế`)."""
    named = list(_named(quote, units, damaged))
    if quote.letterhead:
        named += _offices(quote, units)
    parents = {unit.parent_code for unit, _ in named}
    return [(unit, printed) for unit, printed in named if unit.code not in parents]


def _offices(quote: _Quote, units: Sequence[Unit]) -> Iterator[tuple[Unit, str]]:
    """`UBND TỈNH ĐIỆN BIÊN / VĂN PHÒNG` is the letterhead of `Văn phòng UBND tỉnh`."""
    words = set(quote.folded.split())
    for unit in units:
        name = fold(unit.name).split()
        if "ubnd" in name and words.issuperset(name):
            yield unit, unit.name


def _named(quote: _Quote, units: Sequence[Unit], damaged: bool) -> Iterator[tuple[Unit, str]]:
    """Units named in a quote; a longer name hides the shorter ones inside it (`Điện Biên Đông`)."""
    rest = quote.folded
    for unit in sorted(units, key=lambda u: -len(u.name)):
        place = _place(fold(unit.name), rest, damaged)
        if place is None:
            continue
        begin, end = place
        same = len(quote.text) == len(rest)
        yield unit, (quote.text if same else rest)[begin:end]
        rest = rest[:begin] + "#" * (end - begin) + rest[end:]


def _place(name: str, text: str, damaged: bool) -> tuple[int, int] | None:
    if not damaged:
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        return found.span() if found else None
    if len(text) < len(name):
        return None
    near = fuzz.partial_ratio_alignment(name, text, score_cutoff=LIKE)
    return (near.dest_start, near.dest_end) if near is not None else None
