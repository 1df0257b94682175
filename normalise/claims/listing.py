"""Lists of names in prose: where one begins and ends, and what in it is no unit we know."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalise.claims.names import Found, key
from normalise.claims.passage import Passage
from normalise.submission import UnitMatch

_FILLER = re.compile(
    r"(?:\(\d{1,2}\)(?= ?[@a-z])"
    r"|[\s,;:()&+–\-\"“”_|]|\b(?:va|ubnd|cac|xa|phuong|thi tran|don vi|huyen|thi xa|thanh pho|gom|bao gom|la|cu the"
    r"|do la|trong do co|trong do|nhu sau|nhu|co(?= (?:cac )?(?:@|ubnd|xa|phuong|thi tran))|co ten sau|sau"
    r"|theo thu tu|cung|co quan"
    r"|chiem [\d.,/]+ ?%|(?:dat )?ty le [\d.,]+ ?%)\b)+"
)
_ITEM = re.compile(r"[^,;:().]+?(?= va |[,;:().]|$)")
_NO_NAME = re.compile(r"(?:chi so|chi tiet|nhom|tieu chi|bieu|phu luc|trong|tai|noi|co|con)\b")
_PREDICATE = re.compile(r"\s+(?P<verb>co|da|chua|khong|hien|can|phai|van|con|la|duoc|bi|de)\b")
_LEADING = re.compile(r"\s+(?P<verb>co|dat|dung|dan|la)\b")
_ASIDE = re.compile(
    r"\s*\((?:dat |voi |[\d.,/ ]|diem|%)+\)"
    r"|[\s,:–-]*(?:dat |voi )?(?:\d+[.,]\d+(?: ?diem| ?d| ?%)?|\d+ ?(?:diem|d\b|%))"
)
_AND_MORE = re.compile(
    r"\W*(?:\.\.|…|,? ?\bv\.? ?v\b|(?:va )?(?:mot so|cac) (?:don vi|xa|co quan) khac)"
)
_SOME_OF = re.compile(r"\btrong do\b|\bnhu\b(?! sau)")


@dataclass(frozen=True, slots=True)
class Listing:
    """The names after an announcement; `strange` counts items that are no unit we know."""

    units: tuple[UnitMatch, ...]
    strange: int
    end: int


@dataclass(frozen=True, slots=True)
class _Step:
    """The next item of a list: its unit, unless it is none we know (`strange`) or was named before; where it ends, and
    where the next one is looked for, None when the list is over."""

    unit: UnitMatch | None
    end: int
    after: int | None
    strange: bool = False


def names_listed(passage: Passage, start: int, stop: int) -> Listing:
    """The names that follow directly, up to the first words that are no name, or to a clause of its own."""
    border = passage.clause(start)[1]
    stop = min(stop, border)
    units: dict[str, UnitMatch] = {}
    strange, at, end = 0, start, start
    while at < stop and (step := _step(passage, (at, end, stop), bool(units))):
        if step.unit is not None:
            units.setdefault(key(step.unit), step.unit)
        strange, end = strange + step.strange, step.end
        if step.after is None:
            break
        at = step.after
    strange += bool(units) and (
        _may_go_on(passage, end, stop)
        or _figures_follow(passage, end, stop)
        or _partial(passage, start, end)
        or (end <= border == stop and _may_hold_more(passage, start, border))
    )
    return Listing(tuple(units.values()), strange, end)


def _step(passage: Passage, span: tuple[int, int, int], begun: bool) -> _Step | None:
    """What stands next in a list (`span`: where, the end of the last item, where the list stops at the latest); `begun`
    when units were named before."""
    at, end, stop = span
    filler = _FILLER.match(passage.plain, at, stop)
    at = filler.end() if filler else at
    name = _name_at(passage, filler, at)
    if name is not None and _speaks_on(passage, filler, name, not begun):
        return None
    if name is not None and begun and _unparted(passage, end, name.start):
        return _Step(None, end, None, strange=True)
    if name is not None and name.end > end:
        aside = _ASIDE.match(passage.plain, name.end, stop)
        after = aside.end() if aside else name.end
        return _Step(name.unit if name.known else None, name.end, after, strange=not name.known)
    if at >= stop or not _is_item(passage, at):
        return None
    if begun and _unparted(passage, end, at):
        return _Step(None, end, None, strange=True)
    return _item(passage, (at, end, stop), begun)


def _item(passage: Passage, span: tuple[int, int, int], begun: bool) -> _Step:
    """An item that was not found as a name: it may be one that recognition spoilt."""
    at, end, stop = span
    whole = _ITEM.match(passage.plain, at, stop)
    after = whole.end() if whole else stop
    if begun and passage.plain[after:stop].startswith(":"):
        # the end of a line is lost: words before a colon begin something else
        return _Step(None, end, None, strange=True)
    unit = passage.item(passage.block.prose.text(end, after))
    return _Step(unit, after, after, strange=unit is None)


def _name_at(passage: Passage, filler: re.Match[str] | None, at: int) -> Found | None:
    """The name that goes over this place, or begins in the words before it."""
    here = (f for f in passage.names if f.start <= at < f.end or f.start == at)
    before = (f for f in passage.names if filler and filler.start() <= f.start <= at)
    return next(here, None) or next(before, None)


def _is_item(passage: Passage, at: int) -> bool:
    """Whether something like a name stands here (a damaged or unknown one)."""
    return passage.block.prose.capital(at) and not _NO_NAME.match(passage.plain, at)


def _may_go_on(passage: Passage, end: int, stop: int) -> bool:
    """Whether a list reaches the end of a sentence that has no end."""
    return end >= stop and stop == passage.end and not passage.closed


def _figures_follow(passage: Passage, end: int, stop: int) -> bool:
    """Whether a figure stands right behind the last name, and more names behind it."""
    led = re.compile(r"[\s,:(–-]*\d").match(passage.plain, end, stop)
    return led is not None and bool(passage.between(end, stop))


def _partial(passage: Passage, start: int, end: int) -> bool:
    """Whether the names are some of those meant (`trong đó có UBND xã A`, `như UBND xã A`, `UBND xã A…`)."""
    lead = re.split("@", passage.plain[start:end])[0]
    more = _AND_MORE.match(passage.plain, end)
    return more is not None or _SOME_OF.search(lead) is not None


def _unparted(passage: Passage, end: int, start: int) -> bool:
    """Whether nothing parts a name from the one before: the list may have ended between them."""
    gap = passage.plain[end:start]
    return not passage.block.damaged and re.search(r"[^\w\s)]|\bva\b", gap) is None


def _speaks_on(passage: Passage, filler: re.Match[str] | None, name: Found, first: bool) -> bool:
    """Whether a name begins a clause of its own (`; UBND xã B có 02 hồ sơ`, or `, UBND xã A dẫn đầu` where
    no name stands before)."""
    if filler is None:
        return False
    said = _PREDICATE.match(passage.plain, name.end) if ";" in filler.group() else None
    if first and filler.group().strip() == ",":
        said = _LEADING.match(passage.plain, name.end)
    return said is not None and not passage.block.prose.capital(said.start("verb"))


def _may_hold_more(passage: Passage, start: int, border: int) -> bool:
    """`A; B; C đạt thấp nhất`: where nothing else parts the names, what is said of the last may be said in passing."""
    return passage.plain.startswith(";", border) and "," not in passage.plain[start:border]
