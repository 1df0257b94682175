"""What the readers of claims share: numbers, nouns, who is counted, lists of names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from extract.document import Origin
from normalise.claims.mood import mood
from normalise.claims.names import Found, key
from normalise.claims.prose import Block
from normalise.submission import Claim, UnitMatch


@cache
def phrases() -> dict[str, Any]:
    """The words of the letters, from `phrases.toml`."""
    with (Path(__file__).parent / "phrases.toml").open("rb") as file:
        return tomllib.load(file)


_ONES = "mot hai ba bon nam sau bay tam chin".split()  # noqa: SIM905
_NUMBER_WORDS = [*_ONES, "muoi", *(f"muoi {w}" for w in _ONES), "hai muoi"]
_NUMBER_WORDS[14] = "muoi lam"
NOUN = "(?:" + "|".join(n for names in phrases()["nouns"].values() for n in names) + r")\b"
NOUNS = rf"{NOUN}(?:(?:, | va |, va | )(?:cac )?{NOUN})*(?: truc thuoc)?"
_OUT_OF = (
    r"(?:\s*/\s*|, tren tong so |\s+(?:tren|tren tong so|trong tong so|trong so|trong(?= \d))\s+)"
)
FIGURE = (
    rf"(?<![\w.,/%])(?P<n>\d{{1,3}})(?:{_OUT_OF}(?P<of>\d{{1,3}}))?"
    r"(?!\d|[.,/]\d|\s?%|\) ?@)(?:\s*\([a-z ]{2,20}\))?"
)
WORD = r"\b(?<!muoi )(?P<word>" + "|".join(reversed(_NUMBER_WORDS)) + ")"
SHARE = r"(?:,? ?\(?(?:chiem|dat|tuong ung|tuong duong)?(?: ty le)? ?[\d.,]+ ?%\)?,?)?"
"""`(19,0%)`, `, chiếm 19,0%,` between a number and what is said of it."""
COUNT = (
    rf"(?:{FIGURE}\s+(?:tong so )?|{WORD} (?!so\b))(?P<noun>{NOUNS})"
    r"(?: \((?:\d{1,3}/(?P<out>\d{1,3})|(?:tren|trong)(?: tong)?(?: so)? (?P<among>\d{1,3})|\d{1,3})"
    rf"(?: {NOUN})?\))?"
    rf"(?: (?:tren|trong)(?: tong)?(?: so)? (?P<whole>\d{{1,3}})\b(?! ?(?:[%.,/]|diem|ho so)))?{SHARE}"
)
"""`19/19 đơn vị`, `03 (ba) xã, phường`, `ba đơn vị (03/19)`."""

_FILLER = re.compile(
    r"(?:\(\d{1,2}\)(?= ?[@a-z])"
    r"|[\s,;:()&+–\-\"“”]|\b(?:va|ubnd|cac|xa|phuong|thi tran|don vi|huyen|thi xa|thanh pho|gom|bao gom|la|cu the"
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
_NO_COUNT = re.compile(
    r"\b(?:thu|hang thu|vi tri|thang|quy|nam|ngay|khoan|dieu|gan|khoang|xap xi|tren"
    r"|(?:tang|giam|them|bot|chenh lech|hon)(?: them)?) *$"
)


@dataclass(frozen=True, slots=True)
class Count:
    """A printed number of units. `of` is what it is said to be out of."""

    n: int
    of: int | None
    noun: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The names after an announcement; `strange` counts items that are no unit we know."""

    units: tuple[UnitMatch, ...]
    strange: int
    end: int


@dataclass(frozen=True)
class Passage:
    """One sentence of a block with the names in it.

    Positions are those of the block's plain text. `whole` is that text with every name blanked out by `@`, so that
    no name is taken for a word (`Tủa Chùa đạt` for `chưa đạt`). `spared` are the units that a statement does
    not hold for (`trừ UBND xã A`), by their key; they are not among `names`.
    """

    block: Block
    whole: str
    start: int
    end: int
    names: tuple[Found, ...]
    item: Callable[[str], UnitMatch | None]
    spared: tuple[str, ...] = ()

    @cached_property
    def plain(self) -> str:
        """The blanked text up to the end of the sentence."""
        return self.whole[: self.end]

    @property
    def closed(self) -> bool:
        """Whether the sentence ends with a stop; if not, more of it may stand elsewhere."""
        return re.search(r"[.;)/]\W*$", self.plain) is not None

    def _is_item(self, at: int) -> bool:
        """Whether something like a name stands here (a damaged or unknown one)."""
        return self.block.prose.capital(at) and not _NO_NAME.match(self.plain, at)

    def counts(self) -> tuple[Count, ...]:
        found = (m for m in re.finditer(COUNT, self.plain) if m.start() >= self.start)
        return tuple(count_of(m) for m in found if not self.no_number_of_units(m.start()))

    def no_number_of_units(self, start: int) -> bool:
        """Whether the number is a place (`thứ 3/10 huyện`) or a difference (`tăng 02 đơn vị`)."""
        return _NO_COUNT.search(self.plain, self.start, start) is not None

    def between(self, start: int, end: int) -> tuple[Found, ...]:
        return tuple(f for f in self.names if start <= f.start < end)

    def claim(
        self,
        kind: str,
        start: int,
        end: int,
        units: Iterable[UnitMatch] = (),
        **detail: str | int | None,
    ) -> Claim:
        page, box = self.block.place(start)
        detail["mood"] = mood(self.plain, self.start, (start, end), self.block.when)
        parts = tuple((k, str(v)) for k, v in detail.items() if v is not None and v != "")
        text = self.block.prose.text(start, end)
        origin: Origin = "ocr" if self.block.damaged else self.block.origin
        return Claim(text, page, box, kind, parts, tuple(units), origin)

    def level(self, count_at: int, noun: str) -> str | None:
        """Who is counted: by the noun, else by the nearest words before, else by the headings."""
        own = _level_of_noun(noun)
        if own:
            return own
        for text in (self.whole[:count_at], *reversed(self.block.context)):
            said = _last_level(text)
            if said:
                return None if said == "every" else said
        return None

    def of_all(self, at: int) -> bool:
        """Whether the sentence says that what follows is counted over everyone (`tính chung`)."""
        every = "|".join(phrases()["levels"]["every"])
        return re.search(every, self.plain[self.start : at + 1]) is not None

    def level_behind(self, end: int) -> str | None:
        """Who is counted, where it is said just after: `10/10 đơn vị (UBND các huyện)`."""
        said = re.compile(
            r"\s*(?:\(|(?:thuoc|cua|tai|khoi|nhom)\b|(?=(?:ubnd|cac|cap)\b))([a-z, ]{2,80})"
        ).match(self.plain, end)
        level = _last_level(said.group(1)) if said else None
        return None if level == "every" else level

    def _may_go_on(self, end: int, stop: int) -> bool:
        """Whether a list reaches the end of a sentence that has no end."""
        return end >= stop and stop == self.end and not self.closed

    def _figures_follow(self, end: int, stop: int) -> bool:
        """Whether a figure stands right behind the last name, and more names behind it."""
        led = re.compile(r"[\s,:(–-]*\d").match(self.plain, end, stop)
        return led is not None and bool(self.between(end, stop))

    def _partial(self, start: int, end: int) -> bool:
        """Whether the names are some of those meant (`trong đó có UBND xã A`, `như UBND xã A`, `UBND xã A…`)."""
        lead = re.split("@", self.plain[start:end])[0]
        more = _AND_MORE.match(self.plain, end)
        return more is not None or _SOME_OF.search(lead) is not None

    def _unparted(self, end: int, start: int) -> bool:
        """Whether nothing parts a name from the one before: the list may have ended between them."""
        gap = self.plain[end:start]
        return not self.block.damaged and re.search(r"[^\w\s)]|\bva\b", gap) is None

    def _speaks_on(self, filler: re.Match[str] | None, name: Found, first: bool) -> bool:
        """Whether a name begins a clause of its own (`; UBND xã B có 02 hồ sơ`, or `, UBND xã A dẫn đầu` where
        no name stands before)."""
        if filler is None:
            return False
        said = _PREDICATE.match(self.plain, name.end) if ";" in filler.group() else None
        if first and filler.group().strip() == ",":
            said = _LEADING.match(self.plain, name.end)
        return said is not None and not self.block.prose.capital(said.start("verb"))

    def listing(self, start: int, stop: int) -> Listing:
        """The names that follow directly, up to the first words that are no name."""
        units: dict[str, UnitMatch] = {}
        strange, at, end = 0, start, start
        while at < stop:
            filler = _FILLER.match(self.plain, at, stop)
            at = filler.end() if filler else at
            name = next((f for f in self.names if f.start <= at < f.end or f.start == at), None)
            name = name or next(
                (f for f in self.names if filler and filler.start() <= f.start <= at), None
            )
            if name is not None and self._speaks_on(filler, name, not units):
                break
            if name is not None and units and self._unparted(end, name.start):
                return Listing(tuple(units.values()), strange + 1, end)
            if name is not None and name.end > end:
                if name.known:
                    units.setdefault(key(name.unit), name.unit)
                strange += not name.known
                at = end = name.end
                aside = _ASIDE.match(self.plain, at, stop)
                at = aside.end() if aside else at
            elif units and at < stop and self._is_item(at) and self._unparted(end, at):
                strange += 1
                break
            elif at < stop and self._is_item(at):
                whole = _ITEM.match(self.plain, at, stop)
                at = whole.end() if whole else stop
                if units and self.plain[at:stop].startswith(":"):
                    # the end of a line is lost: words before a colon begin something else
                    strange += 1
                    break
                unit = self.item(self.block.prose.text(end, at))
                if unit is None:
                    strange += 1
                else:
                    units.setdefault(key(unit), unit)
                end = at
            else:
                break
        if units and (
            self._may_go_on(end, stop)
            or self._figures_follow(end, stop)
            or self._partial(start, end)
        ):
            strange += 1
        return Listing(tuple(units.values()), strange, end)


_LOST_STOP = re.compile(
    r"(?:(?<=[@)])|(?<=[–-] tot)|(?<=[–-] kha)|(?<=[–-] yeu)|(?<=[–-] xuat sac)|(?<=[–-] trung binh)) "
    r"(?=(?:cac|con|co|trong|theo|tren|ket qua|ty le|tong|ngoai ra|nhin chung|qua|viec|don vi|de nghi|yeu cau"
    r"|so voi|thang|ky|quy|nam|da|dang|tai|hien|bieu duong|toan|he thong|luy ke|binh quan)\b)"
    r"|(?<=@) (?=(?!ubnd|xa|phuong|thi|huyen|thanh|so|ban|phong|xuat|tot|kha|trung|yeu|va)[a-z]+ (?P<next>[a-z]))"
)
"""A capital word that opens sentences, right behind a name, a bracket or a row's rank: the line before had no stop."""


def _sentence_begins(block: Block, stop: re.Match[str]) -> bool:
    """Whether a capital word, and after a name one with a small word behind it, stands there."""
    small = stop["next"] is None or not block.prose.capital(stop.start("next"))
    return block.prose.capital(stop.end()) and small and not (block.damaged and stop["next"])


def passages(
    block: Block, names: tuple[Found, ...], item: Callable[[str], UnitMatch | None]
) -> Iterable[Passage]:
    """The sentences of a block. A full stop ends one only before a capital letter."""
    whole = _blanked(block.plain, names)
    spared = _excepted(whole, names)
    names = tuple(f for f in names if f not in spared)
    start = 0
    lost = [m for m in _LOST_STOP.finditer(whole) if _sentence_begins(block, m)]
    stops = [*re.finditer(r"[.!?](?=\s)|\./\.|[.!?]$", block.plain), *lost]
    for match in sorted(stops, key=lambda m: m.end()):
        if match in lost:
            yield _passage(block, whole, (start, match.end()), names, item, spared)
            start = match.end()
            continue
        after = re.compile(r"\s+[(\"“]?").match(block.plain, match.end())
        if after and not block.prose.capital(after.end()) and block.plain[after.end() - 1] != "(":
            continue
        if re.search(r"\b(?:tp|tt|tx|[a-z])\.$", block.plain[start : match.end()]):
            continue
        yield _passage(block, whole, (start, match.end()), names, item, spared)
        start = match.end()
    if block.plain[start:].strip():
        yield _passage(block, whole, (start, len(block.plain)), names, item, spared)


def _passage(
    block: Block,
    whole: str,
    span: tuple[int, int],
    names: tuple[Found, ...],
    item: Callable[[str], UnitMatch | None],
    spared: Sequence[Found],
) -> Passage:
    here = tuple(key(f.unit) for f in spared if span[0] <= f.start < span[1])
    return Passage(block, whole, *span, names, item, here)


_EXCEPT = re.compile(r"\b(?:tru|ngoai)\b")
_NEXT_NAME = re.compile(
    r"(?:[\s,:(]|\b(?:va|cac|ubnd|xa|phuong|thi tran|huyen|thi xa|don vi|truong hop)\b)*"
)


def _excepted(whole: str, names: Sequence[Found]) -> list[Found]:
    """The units after `trừ`, `ngoài`: what the sentence says does not hold for them."""
    spared: list[Found] = []
    for match in _EXCEPT.finditer(whole):
        at = match.end()
        for name in (f for f in names if f.start >= match.end()):
            if not _NEXT_NAME.fullmatch(whole, at, name.start):
                break
            spared.append(name)
            at = name.end
    return spared


def _blanked(plain: str, names: tuple[Found, ...]) -> str:
    for name in names:
        plain = plain[: name.start] + "@" * (name.end - name.start) + plain[name.end :]
    return plain


def count_of(match: re.Match[str]) -> Count:
    groups = match.groupdict()
    word = groups.get("word")
    n = _NUMBER_WORDS.index(word) + 1 if word else int(match["n"])
    of = groups.get("of") or groups.get("out") or groups.get("among") or groups.get("whole")
    start = match.start("word" if word else "n")
    return Count(n, int(of) if of else None, groups.get("noun") or "", start, match.end())


def _level_of_noun(noun: str) -> str | None:
    noun = noun.replace("thi xa", "thanh pho")  # which has no `xa` in it
    for level, names in phrases()["nouns"].items():
        if level and noun and re.search(rf"\b(?:{'|'.join(names)})\b", noun):
            return str(level)
    return None


def _last_level(text: str) -> str | None:
    best: tuple[int, str | None] = (-1, None)
    for level, patterns in phrases()["levels"].items():
        for match in re.finditer("|".join(patterns), text):
            best = max(best, (match.start(), str(level)), key=lambda b: b[0])
    return best[1]
