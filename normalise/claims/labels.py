"""Ranks without a count: `UBND xã A đạt 90,8 điểm, xếp loại Tốt`, `loại Tốt gồm: A, B`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalise.claims.listing import names_listed
from normalise.claims.names import Found
from normalise.claims.passage import FIGURE, NOUN, NOUNS, Passage, count_of
from normalise.claims.rank_words import CHAIN, NOT, TRIGGER, is_adjective, list_claim, ranks_of
from normalise.submission import Claim

_LABEL = re.compile(rf"(?:\b{TRIGGER}(?: (?:cua |doi voi )@+)?\s*:?\s*|\bdat (?:muc )?|\(){CHAIN}")
_AFTER_SCORE = re.compile(
    rf"(?:\bdiem\)?|\d[.,]\d{{1,2}}(?: ?d)?)\s*[:,/–-]\s*{CHAIN}(?=\s*(?:[.;,)]|$))"
)
_NAMED = re.compile(rf"@\s*[:–-]\s*{CHAIN}(?=\s*(?:[.;,()–-]|$))")
"""`UBND huyện A: Tốt, 8,40 điểm`."""
_APPRAISED = re.compile(rf"\bduoc danh gia (?:la |o muc )?{CHAIN}(?=\s*(?:[.;,)]|$))")
_HEADS_LIST = re.compile(rf"\W*{CHAIN}(?=\s*:)")
"""`- Xuất sắc: UBND xã A; UBND xã B`."""
_NUMBERED_BEHIND = re.compile(
    rf"\s*\((?:tong so |tong cong |gom |cong )?{FIGURE}\s+(?P<noun>{NOUNS})\)"
)
"""`Xếp loại Khá là UBND xã A, UBND xã B (tổng số 02 đơn vị)`."""


def labels(passage: Passage, taken: list[tuple[int, int]]) -> Iterator[Claim]:
    """Ranks without a count: the names before (`A đạt 90,8 điểm, xếp loại Tốt`) or after (`loại Tốt gồm: A, B`)."""
    edge = passage.start
    for match in _label_matches(passage):
        if any(a < match.end() and match.start() < b for a, b in taken):
            edge = max(edge, *(b for a, b in taken if a < match.end()))
            continue
        if _not_its_own(passage, match) or is_adjective(passage, match):
            continue
        claim = _label_claim(
            passage, match, max([edge, *(b for _, b in taken if b <= match.start())])
        )
        edge = match.end()
        if claim:
            yield claim
            yield from _numbered_behind(passage, match, claim)


_ANOTHER = re.compile(
    r"\b(?:thieu|de|gan|sat|tiem can|so voi|cua|nguong|len|xuong|hon|toi thieu|diem san)"
    r"(?: (?:dat|duoc|muc|loai|hang|nhom|xep loai|xep|len|toi thieu|cua))*\s*$"
)
_CAME_FROM = re.compile(r"\s*(?:len|xuong|sang|thanh|vuon len|tut xuong)\b")


def _not_its_own(passage: Passage, match: re.Match[str]) -> bool:
    """`thiếu 0,2 điểm để đạt loại Tốt`, `từ loại Khá lên loại Tốt`, `chưa đạt loại Khá`."""
    before = passage.plain[: match.start()]
    if NOT.search(before) or _ANOTHER.search(before):
        return True
    return _CAME_FROM.match(passage.plain, match.end()) is not None


def _numbered_behind(passage: Passage, label: re.Match[str], claim: Claim) -> Iterator[Claim]:
    """The number of units in brackets behind a list."""
    listing = names_listed(passage, label.end(), passage.end)
    found = _NUMBERED_BEHIND.match(passage.plain, listing.end) if listing.units else None
    if found and listing.units == claim.units:
        count = count_of(found)
        yield passage.claim(
            "count", count.start, found.end() - 1, listing.units, what="rank", n=count.n, of=count.of,
            ranks=claim.get("ranks"), level=passage.level(label.start(), count.noun),
            named=len(listing.units), strange=listing.strange or None,
        )  # fmt: skip


def _label_matches(passage: Passage) -> list[re.Match[str]]:
    head = _HEADS_LIST.match(passage.plain, passage.start)
    scored = [
        m
        for m in (
            *_AFTER_SCORE.finditer(passage.plain, passage.start),
            *_APPRAISED.finditer(passage.plain, passage.start),
            *_NAMED.finditer(passage.plain, passage.start),
            *((head,) if head else ()),
        )
        if passage.block.prose.capital(m.start("ranks"))
    ]
    found = [*_LABEL.finditer(passage.plain, passage.start), *scored]
    return sorted(found, key=lambda m: m.start("ranks"))


def _label_claim(passage: Passage, match: re.Match[str], edge: int) -> Claim | None:
    ranks = ranks_of(match)
    announced = re.compile(r"\s*(?:[:(]|\b(?:gom|la|co|bao gom)\b)").match(
        passage.plain, match.end()
    )
    if announced:
        listing = names_listed(passage, match.end(), passage.end)
        if listing.units:
            return list_claim(passage, ranks, listing, match.start())
    edge = max(edge, passage.clause(match.start())[0])
    semicolon = passage.plain.rfind(";", edge, match.start())
    names = (
        passage.between(max(edge, semicolon), match.start("ranks"))
        or _clause_before(passage, match, edge, semicolon)
        or _sentence_before(passage, match)
    )
    if not names or _OTHERS.search(passage.plain[names[-1].end : match.start("ranks")]):
        return None
    units = {f.unit.printed: f.unit for f in names}
    start = min(f.start for f in names)
    return passage.claim(
        "list", start, match.end(), units.values(), what="rank", ranks=";".join(ranks)
    )


_OTHERS = re.compile(
    rf"(?<!\bla )\b(?:cac|nhung|mot so|nhieu|so) {NOUN}(?! (?:deu|cung|cung deu|nay|tren)\b)"
    r"|\b(?:tung|nguy co|truoc day|truoc kia)\b"
)
"""`UBND xã A giúp các xã xếp loại Khá`, `từng xếp loại Khá`: the rank is not, or no longer, that of the unit."""


def _clause_before(
    passage: Passage, match: re.Match[str], edge: int, semicolon: int
) -> tuple[Found, ...]:
    """`UBND xã A: 91,2 điểm; xếp loại Tốt`: the one unit scored before a semicolon."""
    if semicolon < 0 or passage.plain[semicolon + 1 : match.start()].strip():
        return ()
    begin = max(edge, passage.plain.rfind(";", edge, semicolon))
    names = passage.between(begin, semicolon)
    scored = re.search(r"\d ?(?:diem|d)\b", passage.plain[begin:semicolon]) is not None
    return names if len(names) == 1 and scored else ()


def _sentence_before(passage: Passage, match: re.Match[str]) -> tuple[Found, ...]:
    """`UBND xã A: 79,5 điểm. Xếp loại: Khá.`: the one unit of the sentence before."""
    if passage.plain[passage.start : match.start()].strip():
        return ()
    stops = [m.end() for m in re.finditer(r"[.!?]\s", passage.plain[: passage.start].rstrip(". "))]
    before = passage.between(stops[-1] if stops else 0, passage.start)
    return before if len(before) == 1 else ()
