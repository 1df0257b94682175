"""The words for ranks in prose, and where they are none."""

from __future__ import annotations

import re

from normalise.claims.listing import Listing
from normalise.claims.passage import FIGURE, NOUN, Passage
from normalise.claims.phrases import phrases
from normalise.submission import Claim

_RANKS: dict[str, str] = phrases()["ranks"]
_ONE = r"\b(?:trung binh kha|" + "|".join(_RANKS) + r"|kem)\b(?! (?:hon|cao|thap|nhieu))"
_QUOTE = r"[\"“”']?"
CHAIN = (
    rf"(?P<ranks>{_QUOTE}{_ONE}{_QUOTE}(?:(?:, | va | hoac | hay |/)(?:loai )?{_QUOTE}{_ONE}{_QUOTE})*)"
    r"(?P<more> tro len| tro xuong| hoac (?:cao|tot) hon| hoac thap hon)?"
)
_UPWARD = (" tro len", " hoac cao hon", " hoac tot hon")
TRIGGER = r"(?:xep loai|danh gia loai|phan loai|xep hang|nhom|loai|xep|hang|muc|xl)"
NOT = re.compile(r"\b(?:khong|chua|duoi|thap hon|can ke|suyt)(?: [a-z]+){0,2} ?$")
_STRONG = re.compile(r"\b(?:xep|loai|hang|nhom|xl|dat)\b")
_LEAD = 12
"""Characters before a rank word in which the word that makes it one may stand (`đạt ở mức`, `xếp mức`)."""
_ASSESSING = re.compile(r"\b(?:xep loai|phan loai|xep hang|cham diem|danh gia)\b")


_COUNTED = re.compile(
    rf"{FIGURE}\s+{NOUN} (?P<rank>{_ONE})(?=\s*(?:[.,;()]|$|va\b|(?:tren|trong)(?: tong)? so\b))"
)
_RESULT = re.compile(r"\bket qua\b[^.;:]{0,60}:")


def only_counted(passage: Passage, match: re.Match[str]) -> bool:
    """`Kết quả chung: 07 đơn vị xuất sắc, 05 đơn vị tốt`: nothing is said of these units but a rank, and of others
    another one, or it is called the result."""
    begin = max(passage.start, passage.plain.rfind(";", passage.start, match.start()))
    counted = list(_COUNTED.finditer(passage.plain, passage.start))
    if not any(m.start("rank") == match.start("ranks") for m in counted):
        return False
    led = _RESULT.search(passage.plain, begin, match.start()) is not None
    return led or len({m["rank"] for m in counted}) > 1


def is_adjective(passage: Passage, match: re.Match[str]) -> bool:
    """`đường truyền ở mức trung bình`, `03 xã yếu`: a small rank word where nothing speaks of ranking."""
    begin = max(passage.start, match.start() - _LEAD)
    strong = _STRONG.search(passage.plain, begin, match.end())
    if strong or passage.block.prose.capital(match.start("ranks")) or only_counted(passage, match):
        return False
    clause = re.split(";", passage.plain[passage.start : match.start()])[-1]
    said = match.groupdict()
    if said.get("trigger") and said.get("noun") and not clause.strip(" -–+*"):
        return False  # `Mức khá có 02 đơn vị`
    point = re.match(r"\s*[-–+•*]", passage.plain) is not None
    leads = (passage.plain[: match.end()], *(passage.block.context[-1:] if point else ()))
    return not any(_ASSESSING.search(text) for text in leads)


def ranks_of(match: re.Match[str]) -> tuple[str, ...]:
    """The ranks that a `CHAIN` names: `Khá, Trung bình`, `Tốt trở lên`, `dưới loại Tốt`."""
    words = re.findall(r"trung binh kha|xuat sac|trung binh|tot|kha|yeu|kem", match["ranks"])
    named = [_RANKS.get(w, w) for w in words]
    order = list(_RANKS.values())
    if match.groupdict().get("less") and named[-1] in order:
        return tuple(order[order.index(named[-1]) + 1 :])
    if match["more"] and named[-1] in order:
        place = order.index(named[-1])
        return tuple(order[: place + 1] if match["more"] in _UPWARD else order[place:])
    return tuple(dict.fromkeys(named))


def list_claim(passage: Passage, ranks: tuple[str, ...], listing: Listing, start: int) -> Claim:
    """The claim that these units have one of the ranks."""
    return passage.claim(
        "list", start, listing.end, listing.units, what="rank", ranks=";".join(ranks)
    )
