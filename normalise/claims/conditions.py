"""Claims about a condition: so many units, or these units, below a limit, at nothing, at the maximum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from normalise.claims.indicators import MOST, Columns
from normalise.claims.listing import Listing, names_listed
from normalise.claims.passage import FIGURE, NOUN, NOUNS, SUBJECT, Count, Passage, count_of
from normalise.claims.predicates import Predicate, predicates_of
from normalise.submission import Claim

_ALL_OF = re.compile(
    r"\b(?:doi v\w\w|cua|tai) (?:cac )?(?:cap so|cap xa|cap huyen|cac so|cac xa|cac huyen)\b"
    rf"|\btat ca\b|\b100 ?% (?:so )?(?:cac )?{NOUN}|(?P<none>\bkhong (?:co |con )?{NOUN}(?: nao)?(?: bi| dat| co)*\b)"
)
_REACH = 140
"""Characters back from a condition within which its count stands; the longest in the reports are 75."""


def condition_claims(
    passage: Passage, columns: Columns, used: set[int], group: str | None
) -> Iterator[Claim]:
    """Counts and lists under a condition; `used` are the starts of counts that ranks have taken, `group` is
    the number of units assessed that was stated last."""
    predicates = list(predicates_of(passage))
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
    close = bool(before) and p.start - before[-1].end <= SUBJECT
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
    begin = max(edge, passage.clause(stop)[0])
    found = [m.end() for m in re.finditer(r"[;:(]", passage.plain[begin:stop])]
    return begin + found[-1] if found else begin


def _after(passage: Passage, begin: int, stop: int) -> Listing:
    """The names after a condition, if an opening (`:`, `(`, `gồm`) leads to them."""
    lead = re.compile(r"[^;:(.]{0,110}?(?:[:(]|\b(?:gom|la|tai|o)\b)(?=\s*[a-z@])")
    stop = min(stop, passage.clause(begin)[1])
    match = lead.match(passage.plain, begin, stop)
    if not match:
        return Listing((), 0, begin)
    first = next((f for f in passage.names if f.start >= match.end()), None)
    if first is None or first.start - match.end() > 30:
        return Listing((), 0, begin)
    return names_listed(passage, match.end(), stop)
