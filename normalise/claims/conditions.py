"""Claims about a condition: so many units, or these units, below a limit, at nothing, at the maximum, late."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from normalise.claims.indicators import MOST, Columns
from normalise.claims.passage import FIGURE, NOUN, NOUNS, Count, Listing, Passage, count_of, phrases
from normalise.submission import Claim, UnitMatch

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
    r"\bdat (?:muc )?(?:diem|ty le|so diem)? ?(?:diem )?toi da\b(?: (?P<of>\d{1,3})\s*/\s*(?P=of))?"
)
_SHORT = re.compile(rf"\b(?:chua|khong)(?: the)? {_FULL.pattern[2:]}")
_MAXIMA = re.compile(
    rf"{FIGURE}\s+(?:chi so|tieu chi|chi so thanh phan)(?: [a-z]+){{0,3}} (?:toi da|tuyet doi)"
    r"|toi da (?:(?:o|tai|voi|cho|doi voi) )?"
    rf"{FIGURE.replace('P<n>', 'P<m>').replace('P<of>', 'P<mof>')} (?:chi so|tieu chi)"
)
_LATE = re.compile(_WORDS["late"])
_NEVER_LATE = re.compile(rf"\bkhong(?: [a-z]+){{0,9}}? (?:{_WORDS['late']})")
_SUBJECT = 60
"""Characters between a unit's name and what is said of it; farther off, the name belongs to other words."""
_ALL_OF = re.compile(
    r"\b(?:doi v\w\w|cua|tai) (?:cac )?(?:cap so|cap xa|cap huyen|cac so|cac xa|cac huyen)\b"
    rf"|\btat ca\b|\b100 ?% (?:so )?(?:cac )?{NOUN}|(?P<none>\bkhong (?:co |con )?{NOUN}(?: nao)?(?: bi| dat| co)*\b)"
)
_REACH = 140
"""Characters back from a condition within which its count stands; the longest in the reports are 75."""


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


def condition_claims(
    passage: Passage, columns: Columns, used: set[int], group: str | None
) -> Iterator[Claim]:
    """Counts and lists under a condition; `used` are the starts of counts that ranks have taken, `group` is
    the number of units assessed that was stated last."""
    predicates = list(_predicates(passage))
    counts = [c for c in (*passage.counts(), *_bare(passage)) if c.start not in used]
    counts.sort(key=lambda c: c.start)
    edge = passage.start
    for index, predicate in enumerate(predicates):
        behind = _count_behind(passage, counts, predicate)
        count = _count_of(passage, counts, edge, predicate) or behind
        later = [p.start for p in predicates[index + 1 :]]
        later += [c.start for c in counts if c.start > predicate.end and c is not count]
        stop = min([passage.end, *later])
        for claim in _claims(passage, columns, predicate, count, edge, stop):
            yield _of_group(claim, group)
        edge = max(predicate.end, count.end if count else 0)


_BARE = re.compile(
    rf"\bso (?:luong )?(?:cac )?(?P<noun>{NOUNS}) [^.;:]{{4,140}}?[\w%](?::| la) {FIGURE}"
    r"(?=\s*(?:[.;,(]|$))"
)
"""`Số đơn vị số hóa chưa đạt 50%: 05/20`: the noun stands before the number."""


def _bare(passage: Passage) -> Iterator[Count]:
    for match in _BARE.finditer(passage.plain, passage.start):
        yield count_of(match)


def _of_group(claim: Claim, group: str | None) -> Claim:
    """A count that does not say who is counted is of those assessed."""
    if claim.kind != "threshold" or group is None:
        return claim
    return replace(claim, detail=(*claim.detail, ("assessed", group)))


def _predicates(passage: Passage) -> Iterator[Predicate]:
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
    for what, pattern in (("none", _NOTHING), ("some", _SOME), ("short", _SHORT), ("full", _FULL)):
        for match in pattern.finditer(passage.plain, passage.start):
            if not any(match.start() < p.end and p.start < match.end() for p in found):
                sort = "scores" if what in ("full", "short") else "counts"
                found.append(Predicate(what, match.start(), match.end(), sort))
    maxima = [m.span() for m in _MAXIMA.finditer(passage.plain, passage.start)]
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


def _count_of(
    passage: Passage, counts: list[Count], edge: int, predicate: Predicate
) -> Count | None:
    near = [c for c in counts if edge <= c.start < predicate.start]
    if not near or predicate.start - near[-1].end > _REACH:
        return None
    return None if ";" in passage.plain[near[-1].end : predicate.start] else near[-1]


_TO_COUNT = re.compile(
    r"[\s:,()]*(?:(?:o|tai|co|gom|la|voi|thuoc|con|bao gom|tong so)\b[\s:(]*)*|[^;:.(]{0,70}\("
    r"|[^;:.(\d]{0,70}:\s*(?:(?:co|gom|la)\s+)*"
    r"|(?:[\s,:;@]|\b(?:la|gom|va|ubnd|cac|xa|phuong|thi tran|huyen|thi xa|thanh pho)\b)*\("
)


def _count_behind(passage: Passage, counts: list[Count], predicate: Predicate) -> Count | None:
    """`không đạt 60% ở 2 đơn vị`, `dưới 40% gồm 07 đơn vị`."""
    return next(
        (c for c in counts if _TO_COUNT.fullmatch(passage.plain, predicate.end, c.start)), None
    )


def _claims(
    passage: Passage, columns: Columns, p: Predicate, count: Count | None, edge: int, stop: int
) -> Iterator[Claim]:
    start = min(count.start, p.start) if count else max(edge, _clause_start(passage, edge, p.start))
    after = _after(passage, max(p.end, count.end if count else 0), stop)
    if not after.units and count is not None and count.start > p.end:
        after = _after(passage, p.end, count.start)
    before = passage.between(start, p.start) if count is None else ()
    close = bool(before) and p.start - before[-1].end <= _SUBJECT
    units = after.units or (tuple(dict.fromkeys(f.unit for f in before)) if close else ())
    fields = _fields(passage, columns, p, start, stop if p.what in ("none", "some") else p.end)
    if not fields or (p.what == "equal" and count is None and len(units) < 2):
        return
    if count is None and not units:
        yield from _of_all(passage, p, fields)
        return
    detail = {
        "what": p.what, "fields": ";".join(fields), "limit": p.limit, "upper": p.upper,
        "percent": "1" if p.percent else None, "vague": _vague(passage, p, stop),
    }  # fmt: skip
    if count is not None:
        named = len(after.units) if after.units else None
        yield passage.claim(
            "threshold", start, max(p.end, count.end), after.units, n=count.n, of=count.of,
            level=passage.level(count.start, count.noun), named=named,
            strange=after.strange or None, **detail,
        )  # fmt: skip
    if units:
        end = max(after.end, p.end)
        yield passage.claim("list", start, end, units, **detail)


def _of_all(passage: Passage, p: Predicate, fields: tuple[str, ...]) -> Iterator[Claim]:
    """`đối với cấp sở (đạt từ 33,3% trở xuống)`: a condition on every unit of a kind."""
    said = _ALL_OF.search(passage.plain[: p.start], passage.start)
    if said and p.limit is not None:
        yield passage.claim(
            "threshold", said.start(), p.end, what=p.what, n="0" if said["none"] else "all", fields=";".join(fields),
            limit=p.limit, upper=p.upper, percent="1" if p.percent else None,
            level=passage.level(p.start, ""), spared=";".join(passage.spared),
        )  # fmt: skip


def _fields(
    passage: Passage, columns: Columns, p: Predicate, start: int, stop: int
) -> tuple[str, ...]:
    near = columns.named(passage, start, p.end, p.sort) if p.what not in ("none", "some") else ()
    found = near or columns.named(passage, start, stop, p.sort)
    return found or (columns.results if _of_results(p) else ())


def _of_results(p: Predicate) -> bool:
    return p.sort == "scores" and p.limit is not None and Decimal(p.limit) > MOST


def _vague(passage: Passage, p: Predicate, stop: int) -> str | None:
    """`tỷ lệ còn thấp` sets no limit: such a number can only be held against the names."""
    words = passage.plain[p.start : stop]
    return "1" if re.search(r"\b(?:con|rat|qua) (?:con )?(?:rat )?thap\b|chua cao", words) else None


def _clause_start(passage: Passage, edge: int, stop: int) -> int:
    found = [m.end() for m in re.finditer(r"[;:(]", passage.plain[edge:stop])]
    return edge + found[-1] if found else edge


def _after(passage: Passage, begin: int, stop: int) -> Listing:
    """The names after a condition, if an opening (`:`, `(`, `gồm`) leads to them."""
    lead = re.compile(r"[^;:(.]{0,110}?(?:[:(]|\b(?:gom|la|tai|o)\b)(?=\s*[a-z@])")
    match = lead.match(passage.plain, begin, stop)
    if not match:
        return Listing((), 0, begin)
    first = next((f for f in passage.names if f.start >= match.end()), None)
    if first is None or first.start - match.end() > 30:
        return Listing((), 0, begin)
    return passage.listing(match.end(), stop)


def maxima_claims(passage: Passage) -> Iterator[Claim]:
    """`UBND xã A … 7/8 chỉ số đạt điểm tối đa`."""
    for match in _MAXIMA.finditer(passage.plain, passage.start):
        names = passage.between(passage.start, match.start()) or passage.between(
            match.end(), passage.end
        )
        if names:
            yield passage.claim(
                "maxima",
                match.start(),
                match.end(),
                [names[-1].unit],
                n=match["n"] or match["m"],
                of=match["of"] or match["mof"],
            )


_SPOKEN_OF_ALL = re.compile(r"[.;]|\btoan (?:huyen|tinh|xa|thanh pho|thi xa)\b|\btrong do\b")


def _named_before(passage: Passage, stop: int) -> dict[str, UnitMatch]:
    """`UBND xã A còn hồ sơ quá hạn`: the units said just before."""
    names = passage.between(passage.start, stop)
    words = passage.plain[names[-1].end : stop] if names else ""
    if len(words) > _SUBJECT or _SPOKEN_OF_ALL.search(words):
        return {}
    return {f.unit.printed: f.unit for f in names}


def late_claims(passage: Passage) -> Iterator[Claim]:
    """Units named for files overdue, or the statement that no file was."""
    never = _NEVER_LATE.search(passage.plain, passage.start)
    if never:
        yield passage.claim("late", never.start(), never.end(), what="never")
        return
    late = _LATE.search(passage.plain, passage.start)
    if late:
        units = {f.unit.printed: f.unit for f in passage.between(late.end(), passage.end)}
        units = units or _named_before(passage, late.start())
        if units:
            yield passage.claim("late", late.start(), passage.end, units.values(), what="late")
