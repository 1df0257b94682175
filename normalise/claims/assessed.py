"""How many units were assessed at all, out of how many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from normalise.claims.passage import COUNT, NOUN, NOUNS, Count, Passage
from normalise.claims.rank_words import CHAIN, TRIGGER
from normalise.submission import Claim

_DONE = (
    r"(?:cham diem|duoc cham|da cham(?= ?(?:\d|$))|danh gia(?! (?:cao|tot|thap|noi bo|ngoai))"
    r"|tu cham|tham dinh|phat sinh diem so"
    r"|co diem(?: so)?(?= trong (?:ky|thang|nam|quy)|\s*[.;:,)])"
    r"|(?:xep|phan) loai(?! (?:duoi|tren|tu)))"
)
_OTHER = (
    r"\b(?:chua|khong|duoi|ty le|thanh toan|so hoa|truc tuyen|qua han|tre han|cham muon|ho so|tap huan"
    r"|chi tieu|ke hoach|kiem tra|hai long|nguoi dan|cong dan|khac phuc|phan anh|kien nghi|van ban)\b"
)
"""What makes a number near it the number of something else."""
_UNDONE = re.compile(
    rf"\b(?:chua|khong)(?: (?:duoc|du|co|thuc hien|tien hanh|tham gia|dieu kien|de|to chuc))* {_DONE}"
)
"""`số đơn vị chưa được chấm điểm: 2/19`."""
_RANK = re.compile(rf"\b{TRIGGER}\s*:?\s*{CHAIN}")
_GROUP = rf"(?:\s*(?:thuoc |cua |(?=ubnd |cac ))(?:(?!{_OTHER})[a-z, @]){{2,80}}?|\s*\([^);.]{{2,90}}\))?"
_STRICT = re.compile(
    rf"{_GROUP}\s*(?:(?:da|duoc|deu|du|dieu kien|du lieu|de|dua vao|thuc hien|tham gia) )*{_DONE}"
)
"""What follows a number of units that were assessed."""
_LOOSE = re.compile(
    rf"{_GROUP}\s*(?:(?:da|duoc|deu|du|co|dieu kien|thuc hien|tham gia|to chuc|hoan thanh|tien hanh|viec|du lieu"
    rf"|so lieu|ket qua|diem|van phong|tong hop|tren he thong|gui|nop|bao cao|trong ky|va|,)\s*)*{_DONE}"
)
"""The same with more words between, for a number said to be out of another."""
_OWN_NUMBER = re.compile(rf",[^.;:()\d]*\bloai\s*:?\s*{CHAIN}(?: la| co|:)* \d")
"""`19 đơn vị được đánh giá, số đơn vị xếp loại Tốt là 11`."""
_WHOLE = re.compile(
    rf"\btrong (?:tong )?(?:so )?(?P<of>\d{{1,3}}) {NOUNS}(?!{_GROUP} (?:da |duoc )*{_DONE})[^.;:\d]{{0,90}}\bco $"
)
"""`Trong 19 xã của khối UBND các xã có` 18 xã."""
_GROUP_ALONE = re.compile(
    r"\W*(?:[ivx]+\.|[a-z0-9]\))?\W*(?:(?:ubnd|khoi|cac|cap|xa|phuong|thi tran|huyen|thi xa|thanh pho|va"
    r"|co quan|chuyen mon|so|ban|nganh|phong|thuoc|tinh|don vi)\b[\s,]*)+\("
)
"""`UBND các xã, phường (12/12 đơn vị):`, a heading that only says who and how many."""


def assessed_claims(passage: Passage, used: set[int]) -> Iterator[Claim]:
    """`thực hiện chấm điểm đánh giá 19/19 đơn vị`: how many units were assessed, out of how many."""
    counts = ((count, count.start) for count in passage.counts())
    for count, begin in chain(counts, _shares(passage)):
        if count.start in used or not _is_assessed(passage, count):
            continue
        whole = _WHOLE.search(passage.plain, passage.start, count.start)
        yield passage.claim(
            "count", begin, count.end, what="assessed", n=count.n,
            of=count.of or (int(whole["of"]) if whole else None),
            level=passage.level_behind(count.end) or passage.level(count.start, count.noun),
            listed="1" if _is_listed(passage, count) else None,
        )  # fmt: skip


def _is_listed(passage: Passage, count: Count) -> bool:
    """`05 đơn vị trung bình trên tổng số 12 đơn vị`: those without a result may be among them."""
    led = re.search(r"\b(?:tren|trong) tong so $", passage.plain[: count.start]) is not None
    return led and not _STRICT.match(passage.plain, count.end)


_BARE_SHARE = re.compile(
    r"(?:(?:cham diem|danh gia)(?: (?:la|dat|duoc|doi voi|cho))?[: (]*"
    rf"|{NOUN} (?:da |duoc )*(?:cham diem|danh gia|xep loai|phan loai|cham)[a-z, @]{{0,90}}(?:: ?| la | dat |\()"
    rf"|{NOUN} \((?=\d{{1,3}}/\d{{1,3}}\) (?:da |duoc )*(?:cham diem|danh gia)))"
    r"(?P<n>\d{1,3})\s*/\s*(?P<of>\d{1,3})(?![\d.,]\d|/| ?%| *diem)"
)
_BARE_DONE = re.compile(
    rf"\bso (?:luong )?(?P<noun>(?:cac )?{NOUN} )?(?:da |duoc )+(?:cham|danh gia|tham dinh|xep loai)[a-z, ]{{0,60}}"
    r"(?:: ?| la )(?P<n>\d{1,3})(?P<of>)?"
    rf"(?=\s*(?:[.;,(]|$|{NOUN}))"
)
"""`số đã chấm điểm, xếp loại: 19`, `số đơn vị được chấm điểm là 19`."""


def _shares(passage: Passage) -> Iterator[tuple[Count, int]]:
    """`số đơn vị chấm điểm 19/19`: no noun after the number. With each where its claim begins: the noun that
    stands before the number is of it."""
    for pattern in (_BARE_SHARE, _BARE_DONE):
        for match in pattern.finditer(passage.plain, passage.start):
            if not re.match(rf"\s+{NOUN}", passage.plain[match.end() :]):
                of = int(match["of"]) if match["of"] else None
                count = Count(int(match["n"]), of, "", match.start("n"), match.end())
                yield count, match.start() if match.groupdict().get("noun") else count.start


_BACK = 160
"""Characters before a count in which the group assessed may be described; the longest in use has 120."""
_NEAR = 45
"""The same for a count that is not said to be out of another."""
_ASSESSED_GROUP = re.compile(
    r"\bduoc (?:cham diem|danh gia|xep loai|phan loai)"
    r"(?: (?:thuoc|cua|doi voi) [a-z, @]{2,90}?|\s*\([^)]{2,90}\))? ?(?:la|co|gom|dat)?[: ]*$"
)
_INTRODUCED = re.compile(
    rf"(?:{_DONE}|tham gia|tong so|tong hop (?:ket qua|so lieu|diem))(?P<between>[^.;]*)$"
)


def _is_assessed(passage: Passage, count: Count) -> bool:
    if _of_a_rank(passage, count.end) or _is_whole(passage, count) or _undone(passage, count):
        return False
    before = passage.whole[max(passage.start, count.start - _BACK) : count.start]
    if _ASSESSED_GROUP.search(before) or _heads(passage, count):
        return True
    if _RANK.search(passage.plain[passage.start : count.start]):
        return False
    if count.of is not None and _spoken_of(passage, count):
        return True
    if _is_introduced(passage, count, before) and not _of_another(passage, count.end):
        return True
    after = _STRICT if count.of is None else _LOOSE
    found = after.match(passage.plain, count.end)
    return found is not None and not re.match(rf"\s*:?\s*{CHAIN}", passage.plain[found.end() :])


_CLAUSE = re.compile(r"[.;:]")
_MATTER = re.compile(
    rf"\b(?:{_DONE}|xep loai|phan loai|theo tung (?:loai|muc|nhom)|thu bac|ket qua (?:cua|doi voi)$)"
)
_NO_MATTER = re.compile(
    rf"{_OTHER}|\b(?:trong do|bao cao|gui|nop|tham du|cu can bo|cu cong chuc|dung han|du hop|van ban|tu|duoi|tren"
    r"|hon|con|\d+ ?%)\b"
)


def _spoken_of(passage: Passage, count: Count) -> bool:
    """A fraction of units in a clause that speaks of assessing and of nothing else."""
    before = _CLAUSE.split(passage.plain[passage.start : count.start])[-1]
    behind = _CLAUSE.split(passage.plain[count.end :])[0]
    said = _MATTER.search(before.strip()) or _MATTER.search(behind)
    return said is not None and not _NO_MATTER.search(f"{before} # {behind}")


def _undone(passage: Passage, count: Count) -> bool:
    """Whether the count is of units that were not assessed."""
    before = _CLAUSE.split(passage.plain[passage.start : count.start])[-1]
    if before.strip() == "" or passage.plain[count.start - 2 : count.start] == ": ":
        before = passage.plain[passage.start : count.start]
    behind = _CLAUSE.split(passage.plain[count.end :])[0]
    return _UNDONE.search(before) is not None or _UNDONE.search(behind) is not None


def _of_another(passage: Passage, end: int) -> bool:
    """Whether the count's own clause goes on to another matter."""
    clause = re.split(r"[.;:]", passage.plain[end:])[0]
    return re.search(_OTHER, clause) is not None


_STANDS_ALONE = re.compile(
    r"\s*(?:[.,:;()]|$|(?:thuoc|cua|tren|trong|gom|bao gom|cap|khoi|theo|duoc|da|va|tai|ubnd|cac)\b)"
)
"""What may follow a number of units assessed; `02 đơn vị thấp nhất` are some of those."""


def _is_introduced(passage: Passage, count: Count, before: str) -> bool:
    if count.of is not None:
        return _introduced(before)
    alone = _STANDS_ALONE.match(passage.plain, count.end) is not None
    return alone and _introduced(before[-_NEAR:])


def _introduced(before: str) -> bool:
    """Whether words for assessing lead to the count, and none of a rank or of another matter between."""
    found = _INTRODUCED.search(before)
    if not found:
        return False
    between = found.group()
    return not (_RANK.search(between) or re.search(_OTHER, between) or re.search(COUNT, between))


def _heads(passage: Passage, count: Count) -> bool:
    before = passage.plain[passage.start : count.start]
    closed = re.match(r"\s*\)\s*:", passage.plain[count.end :]) is not None
    return count.of is not None and closed and _GROUP_ALONE.fullmatch(before) is not None


def _is_whole(passage: Passage, count: Count) -> bool:
    """`trong tổng số 14 cơ quan có 13 đơn vị được xếp loại`: the first number is only what the second is out of."""
    led = re.search(r"\btrong (?:tong )?(?:so )?$", passage.plain[: count.start])
    if led is None or _STRICT.match(passage.plain, count.end):
        return False
    return re.search(r"\bco \d{1,3} ", passage.plain[count.end :]) is not None


def _of_a_rank(passage: Passage, end: int) -> bool:
    """Whether a rank follows in the clause, before any other number: the count is that rank's."""
    clause = re.compile(r"[^.;:()\d]*").match(passage.plain, end)
    done = _STRICT.match(passage.plain, end)
    if done and _OWN_NUMBER.match(passage.plain, done.end()):
        return False
    return clause is not None and _RANK.search(clause.group()) is not None
