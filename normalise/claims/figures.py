"""Claims that quote a figure of one unit: a score, a percentage, a change, first and last place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalise.claims.changes import CHANGE
from normalise.claims.extremes import EXTREME
from normalise.claims.indicators import MOST, OF_INDICATORS, Columns
from normalise.claims.names import Found
from normalise.claims.passage import NOUN, Passage
from normalise.claims.respective import Row, rows
from normalise.submission import Claim

_SCORE = re.compile(
    r"(?<![\w.,/])(?P<value>\d{1,3}(?:[.,]\d{1,3})?)(?:\s*/\s*(?P<of>\d{1,3}))?"
    r"(?:\s*(?:diem\b(?! phan tram)|(?<![.,]\d{3})d\b)|(?=\s*(?:\)|[;.]?\s*$|;|[.;]\s|\s[–-]\s)))"
)
_TOTALLED = re.compile(
    r"(?<!cham )(?<!thang )\b(?:(?:tong |tong so )?diem(?: so| quy doi| danh gia| cham)?|so diem)(?: cua @+)?"
    r"(?: (?:dat duoc|dat|la|quy doi|duoc|bang))*:? "
    r"(?P<value>\d{1,3}(?:[.,]\d{1,3})?)(?:\s*/\s*(?P<of>\d{1,3}))?(?!\d|[.,]\d|\s*/| ?%| diem)"
    rf"(?!\s*{NOUN})"
)
_PART = re.compile(
    r"\bdiem (?:so )?(?P<part>(?!dat\b|tong\b|quy doi\b|danh gia\b|so\b)[a-z]+(?: [a-z]+){1,8}?) cua @+ "
    r"(?:(?:chi|moi|la|dat|duoc|dat duoc|bang) )+(?P<value>\d{1,3}(?:[.,]\d{1,3})?)(?P<of>)?(?!\d|[.,]\d|\s*[/%])"
)
"""`điểm tiến độ giải quyết của UBND xã A là 25,5`: the figure is a part's."""
_PERCENT = re.compile(r"(?<![\w.,/])(?P<value>\d{1,3}(?:[.,]\d{1,3})?)\s?%")
_LIMITS = re.compile(
    r"\b(?:duoi|tren|tu|thap hon|cao hon|toi thieu|it nhat|hon|vuot|chua dat|khong dat|toi da(?: la)?)\s*$"
)
_DIFFERENCE = re.compile(
    r"\b(?:tang|giam|chenh lech|chenh|hon|kem|thieu|cach|mat|bot|them|vuot|chi con|thang(?: diem)?)\b"
    r"(?:[^;:()@,]|,(?=\d))*$"
)
"""`cao hơn mức tối thiểu 0,1 điểm`, `trên thang điểm 85`: no result."""
_LINK = re.compile(
    r"^[\s,:(–-]*(?:(?:chi |moi |da |deu |cung )*(?:dat|duoc|voi|la|co|ty le|so diem|diem|tong diem|tong so diem"
    r"|diem so|quy doi|diem quy doi|tong|sau quy doi|so|muc|ket qua|dat duoc|cham)\b[\s:,]*)*$"
)
_HAS_RATE = re.compile(
    r"[ :,–-]{1,3}(?:co |dat )?ty le (?:(?!tang|giam|con\b)[a-z]+,? ){1,12}?"
    r"(?:(?:chi |moi )*(?:dat|la):? ?)?"
    r"|(?: (?!chi tieu|ke hoach|giao|yeu cau|toi thieu|muc|tang|giam|con\b)[a-z]+){0,3}?"
    r" (?:so hoa|thanh toan)(?: (?!chi tieu|toi thieu|tang|giam|con\b)[a-z]+){0,8} (?:dat|duoc|la) "
)


def figure_claims(passage: Passage, columns: Columns) -> Iterator[Claim]:
    """Scores and percentages that stand with a unit's name (changes are other claims)."""
    changes = [m.span() for m in CHANGE.finditer(passage.plain, passage.start)]
    in_rows = list(rows(passage))
    for row in in_rows:
        yield from _of_row(passage, columns, row)
    if passage.names:
        for match in _scores(passage):
            taken = any(row.holds(match.start("value")) for row in in_rows)
            if not taken and not any(a <= match.start() < b for a, b in changes):
                yield from _score(passage, columns, match)
    yield from _percentages(passage, columns, in_rows)


def _percentages(passage: Passage, columns: Columns, in_rows: Sequence[Row]) -> Iterator[Claim]:
    """Percentages of the unit named last, several of them where each says what it is of."""
    said = -1
    for match in _PERCENT.finditer(passage.plain, passage.start):
        before = passage.between(passage.start, match.start())
        if not before or any(row.holds(match.start()) for row in in_rows):
            continue
        name = before[-1]
        words = passage.plain[name.end : match.start()]
        again = said > name.end and _NEXT_RATE.fullmatch(passage.plain, said, match.start())
        if _LINK.match(words) or _HAS_RATE.fullmatch(words) or again:
            begin = said if again else name.start
            fields = columns.named(passage, begin, match.end(), "rates")
            yield _figure(passage, name, match, fields, percent="1")
            said = match.end()


_NEXT_RATE = re.compile(
    r"(?:,|;|,? va)(?: co)? (?=(?:ty le|so hoa|thanh toan)\b)"
    r"(?:(?!chi tieu|ke hoach|toi thieu|muc\b|tang|giam|con\b)[a-z]+,? ){2,14}?"
    r"(?:(?:chi|moi|dat|la) )*"
)
"""`, tỷ lệ thanh toán trực tuyến đạt` 19,1%: of the same unit."""


def _of_row(passage: Passage, columns: Columns, row: Row) -> Iterator[Claim]:
    """One figure to each of the names before them."""
    for name, match in zip(row.names, row.figures, strict=False):
        if row.unit == "%":
            fields = columns.named(passage, row.names[0].start, match.end(), "rates")
            yield _figure(passage, name, match, fields, percent="1")
        elif row.unit or (_DECIMALS.search(match["value"]) and _of_scores(passage, match)):
            fields = _score_fields(passage, columns, row.names[-1], row.figures[0])
            if fields:
                yield _figure(passage, name, match, fields, of=match["of"])


def _scores(passage: Passage) -> list[re.Match[str]]:
    found: dict[int, re.Match[str]] = {}
    for pattern in (_PART, _TOTALLED, _SCORE):
        for match in pattern.finditer(passage.plain, passage.start):
            found.setdefault(match.start("value"), match)
    return sorted(found.values(), key=lambda m: m.start("value"))


def _score(passage: Passage, columns: Columns, match: re.Match[str]) -> Iterator[Claim]:
    names = passage.between(passage.start, match.start("value"))
    before = passage.plain[names[-1].end if names else passage.start : match.start("value")]
    bare = match.re is _SCORE and re.search(r"(?:diem|d)$", match.group()) is None
    if _DIFFERENCE.search(before) or _LIMITS.search(before):
        return
    if bare and not (_like_scores(passage, match) and _of_scores(passage, match)):
        return
    name = _owner(passage, match)
    if name is None:
        return
    words = passage.plain[name.end : match.start("value")]
    if _of_more(passage, name, match.start("value")):
        return
    if (
        (";" in words and not (_AFTER_RANK.fullmatch(words) or _AFTER_SCORE.search(words)))
        or _NO_RESULT.search(words)
        or (bare and not _LINK.match(words))
    ):
        return
    fields = _score_fields(passage, columns, name, match)
    placed = None if fields else _placed(passage, columns, name, match)
    if fields or placed:
        parts = "1" if placed else None
        yield _figure(passage, name, match, fields or columns.results, of=match["of"], parts=parts)


def _placed(passage: Passage, columns: Columns, name: Found, match: re.Match[str]) -> bool:
    """`UBND xã A giữ vị trí thứ nhất với 29,15 điểm`: the place is that by the result where nothing named is
    another, however small the figure is."""
    begin = passage.clause(match.start("value"))[0]
    if passage.between(begin, name.start) or not match["value"].count(",") + match["value"].count(
        "."
    ):
        return False
    said = EXTREME.search(passage.plain[begin : match.start("value")])
    return said is not None and not columns.named(passage, begin, match.end(), "scores")


_AFTER_RANK = re.compile(
    r"[\s:,–-]*xep loai:? [a-z]+(?: [a-z]+)?; ?(?:tong diem|so diem|diem|dat):? ?(?:la |dat )?"
)
"""`UBND xã A: xếp loại Tốt; tổng điểm 80,88`."""
_CLOSED_FIGURE = re.compile(r"\d(?: ?diem| ?d)?(?P<end>\)|,? va\b|,)\s*(?P<next>)")


def _of_more(passage: Passage, name: Found, at: int) -> bool:
    """Whether another figure has closed what is said of the name (`xã A (64,8 điểm) là 30,2 điểm`), or a name
    follows that nobody knows (`xã A (93,9 điểm) và Xyz (90,1 điểm)`)."""
    for closed in _CLOSED_FIGURE.finditer(passage.plain, name.end, at):
        if passage.block.prose.capital(closed.start("next")):
            return True
        if closed["end"] == ")" and "diem" not in passage.plain[closed.end() : at]:
            return True
    return False


_AFTER_SCORE = re.compile(
    r"\d(?: ?diem)?;\s*(?:(?:tong|diem|so|quy doi|sau|dat|la|duoc)\b[ :]*)*\b(?:diem|quy doi)[a-z :]{0,20}$"
)
"""`UBND xã A: tổng điểm 80,77; điểm quy đổi 95,0`."""
_ABOUT_PART = re.compile(r"\W*(?:ve|o|doi voi|rieng ve) (?P<part>[a-z ]+),\s*(?:@+)?\W*")
"""`Về tiến độ giải quyết, UBND xã A đạt 25,5 điểm`."""
_NO_RESULT = re.compile(
    r"\b(?:tu cham(?! va)|tu danh gia(?! va)|thuong|bi tru|tru|cong them|duoc cong(?! nhan| bo)|noi bo"
    r"|yeu cau|can|phai)\b"
)
"""Points that are no result: a unit's own scoring, points added or taken off."""
_DECIMALS = re.compile(r"[.,]\d{1,2}$")
_OF_OTHERS = re.compile(
    r"%|\b(?:ty le|so hoa|thanh toan|truc tuyen|chi so|tieu chi|tien do|qua han|dung han|hai long|trieu|ty dong)\b"
)


def _like_scores(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a bare number has decimals, or stands in a list whose other numbers have them."""
    among = r"@ ?[–-] \d{1,3}[.,]\d{1,2}(?!\d)"
    listed = re.search(r"@ ?[–-] ?$", passage.plain[: match.start()]) is not None
    return _DECIMALS.search(match["value"]) is not None or (
        listed and re.search(among, passage.plain[passage.start :]) is not None
    )


def _of_scores(passage: Passage, match: re.Match[str]) -> bool:
    """Whether nothing said before a bare number makes it another figure than a score."""
    return _OF_OTHERS.search(passage.plain[passage.start : match.end() + 20]) is None


_DIEM_OF = re.compile(
    r"\bdiem (?:so )?(?:ve )?(?:so hoa|tien do|thanh toan|truc tuyen|hai long|cong khai|muc do)"
)
"""`Điểm số hóa của UBND xã A`."""
_OF_INDICATOR = re.compile(rf"\b{OF_INDICATORS}\b(?!.*toi da)")
_OF_PART = re.compile(
    r"\s*\(?(?:(?:o|ve|tai|doi voi|cho|trong|cua|thuoc) (?:[a-z]+ ){0,2}?)?(?:nhom|chi so|tieu chi|tien do|noi dung)\b"
)
"""`đạt 25,5 điểm ở nhóm chỉ số tiến độ`: the figure is a part's."""


def _score_fields(
    passage: Passage, columns: Columns, name: Found, match: re.Match[str]
) -> tuple[str, ...]:
    words = passage.plain[min(name.end, match.start()) : match.start()]
    clause = words[-60:]
    opening = passage.plain[
        max(passage.start, passage.plain.rfind(";", 0, name.start)) : match.start()
    ]
    about = _ABOUT_PART.fullmatch(passage.plain, passage.start, name.start)
    if about and _OF_OTHERS.search(about["part"]):
        return columns.named(passage, about.start("part"), about.end("part"), "scores")
    if match.re is _PART:
        return columns.named(passage, match.start("part"), match.end("part"), "scores")
    if _OF_PART.match(passage.plain, match.end()):
        return columns.named(passage, match.end(), passage.end, "scores")
    if _OF_INDICATOR.search(opening):
        return columns.named(passage, passage.start, match.start(), "scores")
    wanted: tuple[str, ...] = ("converted", "total")
    spoken = passage.plain[passage.start : name.start]
    small = Decimal(match["value"].replace(",", ".")) <= MOST
    if small and _DIEM_OF.search(spoken):
        return columns.named(passage, passage.start, name.start, "scores")
    if small and _DIEM_OF.search(words):
        return columns.named(passage, name.end, match.start(), "scores")
    if match["value"] == match["of"] and "toi da" in spoken and columns.spoken_of(spoken, "scores"):
        return columns.spoken_of(spoken, "scores")
    if small and columns.of_hundred and "diem" in match.group():
        behind = re.split(r"[;,.)]", passage.plain[match.end() :])[0]
        part = columns.spoken_of(behind, "scores") or columns.spoken_of(spoken, "scores")
        return part or columns.spoken_of(passage.plain[passage.start : match.start()], "scores")
    if "quy doi" in clause and not re.search(r"(?:truoc|chua) quy doi", clause):
        wanted = ("converted",)
    elif re.search(r"(?:truoc|chua) quy doi", clause):
        wanted = ("total",)
    return tuple(f for f in wanted if f in columns.fields) or ("converted", "total")


def _owner(passage: Passage, match: re.Match[str]) -> Found | None:
    """The unit a figure belongs to: the last name before it, else the name just after it."""
    before = passage.between(passage.start, match.start("value"))
    if before:
        return before[-1]
    after = passage.between(match.end(), passage.end)
    between = passage.plain[match.end() : after[0].start] if after else ";"
    of_a_count = Decimal(match["value"].replace(",", ".")) == 0  # `02 đơn vị 0 điểm (UBND xã A, …)`
    if len(between) <= 25 and ";" not in between and not of_a_count:
        return after[0]
    return None


def _figure(
    passage: Passage, name: Found, match: re.Match[str], fields: tuple[str, ...], **more: str | None
) -> Claim:
    start, end = min(name.start, match.start()), max(name.end, match.end())
    return passage.claim(
        "figure", start, end, [name.unit], fields=";".join(fields), printed=match["value"],
        value=match["value"].replace(",", "."), **more,
    )  # fmt: skip
