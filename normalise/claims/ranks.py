"""Claims about ranks: how many units have one, which they are, and how many were assessed at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from normalise.claims.labels import labels
from normalise.claims.listing import Listing, names_listed
from normalise.claims.passage import (
    COUNT,
    FIGURE,
    NOUN,
    NOUNS,
    Count,
    Passage,
    count_of,
)
from normalise.claims.rank_words import CHAIN, TRIGGER, is_adjective, list_claim, ranks_of
from normalise.submission import Claim

_LINK = (
    r"(?: (?:da |duoc |deu )*(?:cham diem|danh gia|tham dinh)(?:,| va)(?= xep| phan))?"
    r"(?:\s+(?:con lai|thuoc|bi|duoc|dat|co|ket qua|muc|diem|cham|danh gia|tu danh gia|da|deu|xep loai"
    r"|phan loai|xep|loai|hang|nhom|xl|o|vao|tu|tieu chuan|chat luong|phuc vu|tong|so))*"
)
_ANY_LINK = (
    r"(?: con lai)?(?: (?!chua\b|khong\b|duoi\b|tren (?:tong|so|muc)\b|ngoai\b|va\b|con\b)[a-z]+){0,5}? "
    + TRIGGER
)
_BETWEEN = (
    r"(?:[\s:(–-]|\b(?:co|la|gom|bao gom|voi|tong so|dat|duoc|so luong|don vi la|so don vi la)\b"
    r"|\b(?:chiem |dat )?(?:ty le )?\d{1,3}(?:[.,]\d+)? ?%){1,14}?"
)
_NOT_COUNTED = rf"(?!{_BETWEEN}\d{{1,3}}\s*(?:/\s*\d{{1,3}}\s*)?(?:{NOUN}|[,;)]|$))"
"""`12 đơn vị được đánh giá, xếp loại Tốt là 5 đơn vị`: the rank has its own number."""
_COUNT_RANK = re.compile(rf"{COUNT}\)?(?:{_LINK}|{_ANY_LINK})\s*:?\s*{CHAIN}{_NOT_COUNTED}")
_COUNT_STOP_RANK = re.compile(
    rf"{COUNT}\)?\s*[,–-]\s*(?:deu |duoc |cung )*{TRIGGER} {CHAIN}(?=\s*(?:[.;(]|$))"
)
"""`UBND xã A, B: 02 đơn vị, xếp loại Khá.`, where nothing else is said of the rank."""
_LESS = (
    r"(?P<less>\b(?:duoi|thap hon|(?:chua|khong) (?:dat|duoc)(?: (?:tu|den))?)"
    r"(?: (?:muc|loai|hang|xep loai|xep|xep o|nhom|tu))* )"
)
_COUNT_LESS = re.compile(
    rf"{COUNT}\)?(?:(?: [a-z]+){{0,3}}? {TRIGGER}| co| bi| con)? {_LESS}{CHAIN}"
)
"""`05 đơn vị xếp loại dưới mức Tốt`, `02 xã chưa đạt loại Khá`."""
_BARE_COUNT_RANK = re.compile(rf"{FIGURE}\s+(?:{TRIGGER}\s+)?{CHAIN}")
_RANK_COUNT = re.compile(
    rf"(?:(?P<trigger>{TRIGGER})\s*:?\s*)?{CHAIN}{_BETWEEN}{FIGURE}(?!\s*diem)(?:\s*(?P<noun>{NOUNS}))?"
)
_COUNT_BEHIND = re.compile(
    rf"\bso (?:luong )?(?:cac )?{NOUNS}(?:{_LINK}|{_ANY_LINK})\s*{CHAIN}\s*(?:chiem da so )?(?:la|:|co|gom|dat|voi)?\s*"
    rf"(?:la |co )?{FIGURE}(?!\s*(?:diem|ho so))(?:\s*(?P<noun>{NOUNS}))?"
)
"""`số đơn vị xuất sắc là 05`, `số đơn vị đạt từ loại Tốt trở lên là 07/15`."""
_HEAD_COUNT = re.compile(
    rf"(?:(?P<trigger>{TRIGGER})\s*:?\s*)?{CHAIN}, (?:co |gom )?{FIGURE}\s+(?P<noun>{NOUNS})"
)
"""`Loại Tốt, có 05 đơn vị:`, only where a sentence begins."""
_EXACT = r"(?<!gan )(?<!hon )(?<!tren )(?<!khoang )(?<!xap xi )"
_SHARE_RANK = re.compile(
    rf"{_EXACT}(?<![\w.,/])(?P<share>\d{{1,3}}(?:[.,]\d+)?) ?% (?:tong )?(?:so )?(?:cac )?{NOUNS}"
    rf"(?:{_LINK}|{_ANY_LINK})\s*:?\s*{CHAIN}"
)
"""`33,3% đơn vị xếp loại Tốt`, without their number."""
_RANK_SHARE = re.compile(
    rf"(?:(?P<trigger>{TRIGGER}|dat)\s*)?{CHAIN}\s*(?:la|chiem|dat|:)(?: ty le)?:? {_EXACT}"
    r"(?<![\w.,/])(?P<share>\d{1,3}(?:[.,]\d+)?) ?%"
)
"""`Tỷ lệ đơn vị đạt Xuất sắc là 15,8%, Tốt là 57,9%`."""
_NO_UNITS = re.compile(
    r"\b(?:hai long|ho so|nguoi dan|cong dan|to chuc|phieu|thu tuc|chi so|tieu chi)\b"
)
_ANY_NOUN = rf"(?: (?:{NOUN}|nao|so|cac|,))*"
_NONE = re.compile(
    rf"\bkhong(?: co| con| {NOUN} nao){_ANY_NOUN}(?:,| bi| phai)*{_LINK}\s*{_LESS}?{CHAIN}"
)
_NONE_BEHIND = re.compile(
    rf"\b{TRIGGER}\s*:?\s*{CHAIN}(?:\s*[:,–-])?(?: thi)? khong(?: co| con)?(?: {NOUN}(?: nao)?)?(?=\s*(?:[.;,)]|$))"
)
"""`Nhóm Yếu không có đơn vị nào`."""
_ALL = re.compile(
    rf"(?:\btat ca|\btoan bo|\b100 ?%)(?: so)?(?: cac)?(?: (?:{NOUNS}))?(?: [a-z]+){{0,4}}?{_LINK}\s*{CHAIN}"
)
_REST = re.compile(
    rf"\bcon lai(?:,? (?:la|cac|so|va|cung|{NOUN}))*{_LINK}\s*{CHAIN}(?=\s*(?:[.;,(]|$))"
)
"""`các đơn vị còn lại xếp loại Tốt`, without their number."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A count with its rank, `all`, `rest` and `none` among them (`n` as text; none where only a `share` is given)."""

    n: str
    count: Count | None
    ranks: tuple[str, ...]
    start: int
    end: int
    share: str | None = None


def rank_claims(passage: Passage, group: Claim | None) -> tuple[list[Claim], set[int]]:
    """Counts and lists by rank; `group` is the number assessed that was stated last: who they are is who is counted
    where nothing else is said. Also the starts of the counts that are used up."""
    pairs = _pairs(passage)
    claims: list[Claim] = []
    used = {p.count.start for p in pairs if p.count}
    leading = _names_lead(passage, pairs)
    for index, pair in enumerate(pairs):
        stop = pairs[index + 1].start if index + 1 < len(pairs) else passage.end
        edge = pairs[index - 1].end if index else passage.start
        listing = _listing(passage, pair, edge, pair.end if leading else stop)
        of = None if passage.of_all(pair.start) else group
        claims.append(_count_claim(passage, pair, listing, of))
        claims += _share_beside(passage, pair, of)
        if listing.units:
            start = pair.start if listing.end > pair.end else edge
            claims.append(list_claim(passage, pair.ranks, listing, start))
    taken = [(p.start, p.end) for p in pairs]
    return claims + list(labels(passage, taken)), used


def _pairs(passage: Passage) -> list[Pair]:
    found: list[Pair] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(passage.plain, passage.start):
            if all(match.end() <= p.start or p.end <= match.start() for p in found) and _sure(
                passage, pattern, match
            ):
                found.append(_pair(pattern, match))
    numbers = [p for p in found if p.count and not p.count.noun and p.count.of is None]
    bare = [p for p in numbers if not _announced(passage, p)]
    if len(bare) == 1 and len(found) == 1:
        found = []
    return sorted(found, key=lambda p: p.start)


def _announced(passage: Passage, pair: Pair) -> bool:
    """Whether words before, or names after, make a bare number the number of a rank (`- Tốt (02): A, B`)."""
    led = re.fullmatch(r"\W*", passage.plain[passage.start : pair.start]) is not None
    if led and re.match(r"[\s)]*:", passage.plain[pair.end :]):
        return bool(names_listed(passage, pair.end, passage.end).units)
    before = passage.plain[max(0, pair.start - 60) : pair.end]
    return re.search(r"xep loai|phan loai|\bloai\b", before) is not None


def _sure(passage: Passage, pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """A rank word is an ordinary adjective unless it is announced, counted or capitalised."""
    if passage.no_number_of_units(match.start()):
        return False
    if is_adjective(passage, match):
        return False
    if pattern is _HEAD_COUNT:
        led = re.fullmatch(r"\W*", passage.plain[passage.start : match.start()]) is not None
        return led and passage.block.prose.capital(match.start())
    if pattern is _RANK_SHARE and _NO_UNITS.search(passage.plain, passage.start, match.start()):
        return False
    if pattern is _RANK_SHARE and not match["trigger"]:
        return passage.block.prose.capital(match.start("ranks"))
    if pattern is _RANK_COUNT and not match["trigger"]:
        return passage.block.prose.capital(match.start("ranks")) or bool(match["noun"])
    return True


def _pair(pattern: re.Pattern[str], match: re.Match[str]) -> Pair:
    ranks = ranks_of(match)
    if pattern in (_NONE, _NONE_BEHIND):
        return Pair("0", None, ranks, match.start(), match.end())
    if pattern is _REST:
        return Pair("rest", None, ranks, match.start(), match.end())
    if pattern is _ALL:
        return Pair("all", None, ranks, match.start(), match.end())
    if pattern in (_SHARE_RANK, _RANK_SHARE):
        share = match["share"].replace(",", ".")
        return Pair("", None, ranks, match.start(), match.end(), share)
    count = count_of(match)
    return Pair(str(count.n), count, ranks, match.start(), match.end())


_PATTERNS = (
    _NONE, _NONE_BEHIND, _ALL, _COUNT_RANK, _COUNT_STOP_RANK, _COUNT_LESS, _BARE_COUNT_RANK, _COUNT_BEHIND,
    _HEAD_COUNT, _RANK_COUNT, _SHARE_RANK, _RANK_SHARE, _REST,
)  # fmt: skip
"""The surest first: what one has taken the next leaves alone."""


def _listing(passage: Passage, pair: Pair, edge: int, stop: int) -> Listing:
    if pair.count is None:
        return Listing((), 0, pair.end)
    closed = re.match(r"\s*\)?\s*;", passage.plain[pair.end :]) is not None
    after = Listing((), 0, pair.end) if closed else names_listed(passage, pair.end, stop)
    return after if after.units else _before(passage, pair, edge)


def _names_lead(passage: Passage, pairs: list[Pair]) -> bool:
    """`A, B (02 đơn vị) xếp loại Tốt; C (01 đơn vị) xếp loại Khá`: every list stands before its number."""
    if not pairs or names_listed(passage, pairs[-1].end, passage.end).units:
        return False
    return bool(_before(passage, pairs[0], passage.start).units)


def _before(passage: Passage, pair: Pair, edge: int) -> Listing:
    """`UBND xã A; UBND xã B: xếp loại Tốt (02 đơn vị)`: the names stand before a colon."""
    first = next((f for f in passage.between(edge, pair.start)), None)
    if first is None:
        return Listing((), 0, pair.end)
    listing = names_listed(passage, first.start, pair.start)
    led = re.fullmatch(
        r"\s*(?:(?::|-|–|,|\(|\b(?:deu|cung|duoc|da|dat|xep|thuoc|danh gia|phan loai|la|o)\b)\s*)*",
        passage.plain[listing.end : pair.start],
    )
    return replace(listing, end=pair.end) if led else Listing((), 0, pair.end)


def _level(passage: Passage, pair: Pair, group: Claim | None) -> str | None:
    noun = pair.count.noun if pair.count else passage.plain[pair.start : pair.end]
    return passage.level(pair.start, noun) or (group.get("level") if group else None)


def _count_claim(passage: Passage, pair: Pair, listing: Listing, group: Claim | None) -> Claim:
    count = pair.count
    spared = ";".join(passage.spared) if pair.n in ("all", "0") else None
    named = len(listing.units) if listing.units else None
    return passage.claim(
        "count", pair.start, pair.end, listing.units,
        what="rank", n=pair.n, of=count.of if count else None, ranks=";".join(pair.ranks),
        level=_level(passage, pair, group), assessed=group.get("n") if group else None,
        named=named, strange=listing.strange or None, spared=spared, share=pair.share,
    )  # fmt: skip


_SHARE_INSIDE = re.compile(
    r"(?<!gan )(?<!hon )(?<!tren )(?<!khoang )(?<!xap xi )(?<![\w.,])(?P<share>\d{1,3}(?:[.,]\d+)?) ?%"
)
_SHARE_BEHIND = re.compile(
    r"\s*,?\s*\(?(?:(?:chiem|dat|tuong ung|tuong duong|bang|ty le|la|voi)\b ?)*"
    + _SHARE_INSIDE.pattern
    + r"(?=\s*(?:[.;,)]|$|tong|so|va\b))"
)
"""`11 đơn vị xếp loại Tốt (chiếm 57,9%)`."""


def _share_beside(passage: Passage, pair: Pair, group: Claim | None) -> Iterator[Claim]:
    """The share that a number of units is said to be."""
    if pair.count is None:
        return
    inside = _SHARE_INSIDE.search(passage.plain, pair.count.start, pair.end)
    found = inside or _SHARE_BEHIND.match(passage.plain, pair.end)
    if found:
        yield passage.claim(
            "count", pair.start, found.end(), what="rank", share=found["share"].replace(",", "."),
            ranks=";".join(pair.ranks), stated=pair.n, out=pair.count.of,
            level=_level(passage, pair, group), assessed=group.get("n") if group else None,
        )  # fmt: skip
