"""Claims of who is first or last: `cao nhất là UBND xã A`, `hai xã thấp nhất là A, B`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalise.claims.indicators import OF_INDICATORS, Columns
from normalise.claims.names import Found
from normalise.claims.passage import NOUNS, Passage
from normalise.claims.rank_words import CHAIN, ranks_of
from normalise.claims.respective import in_a_row
from normalise.submission import Claim

_HIGHEST = (
    r"cao nhat|dan dau|dung dau|(?:dung|xep)(?: o)?(?: vi tri)?(?: thu)? nhat|vi tri thu nhat|ve nhat|lon nhat"
    r"|nhieu diem nhat|cao diem nhat"
)
_LOWEST = (
    r"thap nhat|(?:dung|xep)(?: o)?(?: vi tri)?(?: thu)? cuoi|vi tri cuoi(?: cung)?|cuoi bang|nho nhat"
    r"|thap diem nhat|it diem nhat"
)
_LEADS_TO = re.compile(
    rf"[\s:(]*(?:gom|la|co|thuoc ve)(?: cac)? \d{{1,2}} {NOUNS}(?: la| gom)?[\s:(]*(?:(?:xa|ubnd) )?|"
    r"[\s:(]*(?:(?:la|dat)\b[\s:]*)?\d[\d.,/]*(?: ?diem)?,? (?:thuoc ve|la cua|cua|do)(?: don vi)? "
    r"|[\s:(,]*(?:(?:co|don vi|bang)\b[\s:(,]*)*"
    r"|(?: [a-z]+){0,7}?(?: la| thuoc ve|:)[\s:(]*(?:(?:don vi|cac|ubnd|xa)\b[\s:(,]*)*"
)
EXTREME = re.compile(rf"\b(?:(?P<high>{_HIGHEST})|(?P<low>{_LOWEST}))\b")


def extreme_claims(passage: Passage, columns: Columns) -> Iterator[Claim]:
    """`cao nhất là UBND xã A`, `đơn vị dẫn đầu: A`, `hai xã thấp nhất là A, B`, perhaps of some units only."""
    for match in EXTREME.finditer(passage.plain, passage.start):
        names = _beside(passage, match)
        compared = _COMPARED.search(passage.plain, passage.start, match.start())
        if not names or compared or _of_amounts(passage, match):
            continue
        reach = max(match.end(), names[0].start) if names[0].start > match.end() else match.end()
        behind = _OF_RANK.match(passage.plain, match.end())
        among = behind or _AMONG.search(passage.plain, passage.start, match.start())
        spoken = [
            m
            for m in re.finditer(CHAIN, passage.plain[:reach])
            if among or m.start() >= passage.start
        ]
        ranked = [behind] if behind else spoken
        yield passage.claim(
            "extreme", min(names[0].start, match.start()), max(names[-1].end, match.end()),
            [f.unit for f in names], what="highest" if match["high"] else "lowest",
            fields=_extreme_fields(passage, columns, match, reach),
            level=passage.level(match.start(), ""), ranks=";".join(ranks_of(ranked[-1])) if ranked else None,
            among="1" if among else None,
        )  # fmt: skip


def _extreme_fields(passage: Passage, columns: Columns, match: re.Match[str], reach: int) -> str:
    """The result, or the indicator that the sentence speaks of: the result may be meant all the same then."""
    behind = re.split(r"[;.(]", passage.plain[match.end() : match.end() + 60])[0]
    own = passage.plain[passage.start : reach] + behind
    if re.search(rf"{OF_INDICATORS}|ty le", own):
        return ";".join(columns.named(passage, passage.start, match.end(), "rates"))
    about = columns.spoken_of(own, "rates")
    return ";".join((*about, "converted"))


_COMPARED = re.compile(r"\b(?:hon|kem|so voi|cach|giua|bang|sau)(?: (?:@|[a-z])+){0,4} ?$")
"""`kém đơn vị dẫn đầu 30,2 điểm`: the unit named is not the first."""
_OF_RANK = re.compile(
    rf"(?: (?:trong|cua|o|thuoc|cac|so|don vi|xa|co quan|nhom|loai|muc|dat|xep loai|xep))+ {CHAIN}"
)
"""`thấp nhất trong nhóm Xuất sắc`."""
_AMONG = re.compile(
    r"\btrong (?:do|so|nhom|cac|nhung)\b(?! (?:co quan|don vi|xa|phuong)(?:,| duoc| thuc| cua| tren)| toan)"
    r"|\b(?:thuoc|cua) nhom\b"
)
"""`trong đó UBND xã A thấp nhất`: among those just spoken of."""
_IS = re.compile(r"\s*(?:(?:la|dang|da|tiep tuc|co|dat|don vi|xa|diem|so|tong)\b\s*)*")
_AMOUNTS = re.compile(
    r"\b(?:ho so|luot|so luong|truy cap|thu tuc|kinh phi|trieu|dong|nguoi|thoi gian|so tien|phan anh|hai long)\b"
)


def _of_amounts(passage: Passage, match: re.Match[str]) -> bool:
    """`dẫn đầu về số lượng hồ sơ`: first in something that is no score and no rate."""
    begin = max(passage.plain.rfind(mark, passage.start, match.start()) for mark in ",;:")
    behind = re.split(r"[;.] ", passage.plain[match.end() :])[0]
    clause = passage.plain[max(begin, passage.start) : match.end()] + behind
    return _AMOUNTS.search(clause) is not None and not re.search(r"\b(?:diem|ty le)\b", clause)


def _beside(passage: Passage, match: re.Match[str]) -> tuple[Found, ...]:
    """The units in first or last place: those named behind, else those named before."""
    begin, end = passage.clause(match.start())
    after = passage.between(match.end(), end)
    before = passage.between(begin, match.start())
    said = before and _IS.fullmatch(passage.plain, before[-1].end, match.start())
    if said and re.match(r"\s*(?:[,;.)]|$)", passage.plain[match.end() :]):
        return in_a_row(passage, before)
    if after and _LEADS_TO.fullmatch(passage.plain[match.end() : after[0].start]):
        return _run(passage, after)
    if re.match(r"(?: [a-z]+){0,5}? ?(?:la|thuoc ve|gom|:)[ :]", passage.plain[match.end() :]):
        return ()
    if before and match.start() - before[-1].end <= 70:
        return in_a_row(passage, before)
    return ()


def _run(passage: Passage, names: Sequence[Found]) -> tuple[Found, ...]:
    """The names of one list, each perhaps with its figure."""
    run = list(names[:1])
    for name in names[1:]:
        if passage.parted(run[-1].end, name.start):
            break
        if not _NEXT_OF_LIST.fullmatch(passage.plain, run[-1].end, name.start):
            break
        run.append(name)
    return tuple(run)


_NEXT_OF_LIST = re.compile(
    r"(?:\s*[:–-]?\s*\(?(?:cung |dat |voi )*\d[\d.,/]*(?: ?(?:diem|d|%))?\)?)?\s*(?:[,;&]|,? ?\bva\b)\s*"
    r"(?:ubnd\s*)?(?:(?:xa|phuong|thi tran|huyen|thi xa|thanh pho) ?)?"
)
