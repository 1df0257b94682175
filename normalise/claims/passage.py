"""What the readers of claims share: a sentence with its names, numbers, nouns, who is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from extract.document import Origin
from normalise.claims.clauses import borders
from normalise.claims.mood import mood
from normalise.claims.names import Found
from normalise.claims.phrases import phrases
from normalise.claims.prose import Block
from normalise.submission import Claim, UnitMatch

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

_NO_COUNT = re.compile(
    r"\b(?:thu|hang thu|vi tri|thang|quy|nam|ngay|khoan|dieu|gan|khoang|xap xi|tren"
    r"|(?:tang|giam|them|bot|chenh lech|hon)(?: them)?) *$"
)


SUBJECT = 60
"""Characters between a unit's name and what is said of it; farther off, the name belongs to other words."""


@dataclass(frozen=True, slots=True)
class Count:
    """A printed number of units. `of` is what it is said to be out of."""

    n: int
    of: int | None
    noun: str
    start: int
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

    @cached_property
    def borders(self) -> tuple[int, ...]:
        """Where clauses with a subject of their own begin: no list of names reaches across."""
        return borders(self.plain, self.start, self.block.prose.capital)

    def parted(self, start: int, end: int) -> bool:
        """Whether a clause of its own begins between two places."""
        return any(start <= at < end for at in self.borders)

    def clause(self, at: int) -> tuple[int, int]:
        """From the border before a place to the one behind it."""
        before = [b for b in self.borders if b < at]
        behind = [b for b in self.borders if b >= at]
        return max([self.start, *before]), min([self.end, *behind])

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
