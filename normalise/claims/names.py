"""Where units' names stand in prose. Which unit one means the matcher of the tables decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from normalise.candidates import reporting_to
from normalise.claims.called import offices, territories
from normalise.claims.prose import BULLET, Folded, folded
from normalise.claims.units import Units
from normalise.names import parse
from normalise.register import Register
from normalise.scope import Scope
from normalise.submission import FieldTable, UnitMatch
from normalise.text import fold

_KINDS = {
    "xa": "xa", "x": "xa", "phuong": "phuong", "p": "phuong", "thi tran": "thi tran", "tt": "thi tran",
    "huyen": "huyen", "thi xa": "thi xa", "tx": "thi xa", "thanh pho": "thanh pho", "tp": "thanh pho",
    "phong": "phong", "so": "so", "ban": "ban", "trung tam": "trung tam", "van phong": "van phong",
    "thanh tra": "thanh tra",
}  # fmt: skip
_WRITTEN = {
    "xa": "xã", "phuong": "phường", "thi tran": "thị trấn", "huyen": "huyện", "thi xa": "thị xã",
    "thanh pho": "thành phố", "phong": "phòng", "so": "sở", "ban": "ban", "trung tam": "trung tâm",
    "van phong": "văn phòng", "thanh tra": "thanh tra",
}  # fmt: skip
_KIND = re.compile(
    r"\b(xa|phuong|thi tran|tt\.?|huyen|thi xa|tx\.?|thanh pho|tp\.?|phong|so|ban|trung tam|x\.|p\.)\s*$"
)
_OFFICE = re.compile(r"\b(?:ubnd|u[yi] ban nhan dan)\s*(?:cac\s*)?$")
_BEFORE = re.compile(
    r"(?:^|[,;:(“\"/+–-]|\bva|\bla|\bgom|\bcua|\bo|\btai|\bco|\bgiua|\bvoi|\bdo|\bubnd|[.)])\s*$"
)
ONE_STOP = re.compile(
    r"\bbo phan (?:tiep nhan|tn|mot cua|1 cua)(?: ?(?:va|&)? ?(?:tra ket qua|tkq))?"
    r"(?:[ a-z]{0,30}?\b(?:cap huyen|huyen|thi xa|thanh pho)\b(?: [a-z]+ [a-z]+(?= dat\b| duoc\b))?)?"
)
"""The one-stop office of a district, which the statistics tables call `UBND huyện`."""
_ITS_FIGURE = re.compile(r"(?: (?:voi|dat|duoc|co|la))* \d")
_AND = re.compile(r"^\W*(?:v[àa]\s+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """A name in folded prose: plain characters `start` to `end`. `known`: there is such a unit."""

    start: int
    end: int
    unit: UnitMatch
    known: bool = True


def key(unit: UnitMatch) -> str:
    """What makes two matches the same unit within one report."""
    return unit.code or fold(unit.name)


def names_of(tables: Sequence[FieldTable], scope: Scope, register: Register) -> Names:
    """The finder of one report's names: the units of its tables, and all that report to its issuer."""
    rows: dict[str, UnitMatch] = {}
    for table in sorted(tables, key=lambda t: t.kind != "scores"):
        for row in table.units():
            if row.unit.printed.strip():
                rows.setdefault(key(row.unit), row.unit)
    head = scope.issuer
    others = register.on(scope.when).children(head) if head is not None else ()
    spoken: list[tuple[str, ...]] = [(unit.printed, unit.name) for unit in rows.values()]
    spoken += [(u.name,) for u in others]
    stop = next((u for u in rows.values() if _is_one_stop(u)), None)
    heads = {head.code, reporting_to(head, register).code} if head is not None else set()
    listed = {u.code for u in rows.values() if not _is_one_stop(u)}
    return Names(spoken, Units(rows, scope, register), stop, frozenset(heads - listed))


def _is_one_stop(unit: UnitMatch) -> bool:
    return any(ONE_STOP.match(_words(name)) for name in (unit.printed, unit.name))


def _words(name: str) -> str:
    plain = " ".join(re.findall(r"[a-z0-9]+", fold(name)))
    return re.sub(r"^(?:ubnd|uy ban nhan dan) ", "", plain)


def _forms(names: Iterable[str]) -> list[str]:
    """What to look for: one unit's names without their kind words, if anything else is left of them."""
    cores = [" ".join(re.findall(r"[a-z0-9]+", fold(parse(n).core))) for n in names]
    telling = [c for c in cores if len(c) > 2 and c not in ("tinh", "huyen", "ubnd tinh")]
    return telling or [_words(n) for n in names]


_FIGURE_ONLY = re.compile(
    r"[\s:,(–-]*(?:(?:dat|voi|duoc|co|tong|so|diem)\b[\s:]*)*(?:\d[\d.,/]*\s*(?:diem|%)?)?[\s).;,]*(?:va)?"
)


class Names:
    """Finds the units of one report in its prose.

    `spoken` are the names to look for, those of one unit together, `one_stop` the one-stop office's row, `heads`
    the codes of the report's own unit where no row has its name: letters name it without speaking of its scores.
    """

    def __init__(
        self,
        spoken: Iterable[tuple[str, ...]],
        units: Units,
        one_stop: UnitMatch | None,
        heads: frozenset[str],
    ) -> None:
        self.units, self.one_stop, self.heads = units, one_stop, heads
        told = [names for names in spoken if not any(ONE_STOP.match(_words(n)) for n in names)]
        self.whole = frozenset(_words(n) for names in told for n in names)
        self.forms = frozenset(form for names in told for form in _forms(names)) - {""}
        self.prefixes = {f for f in self.forms for g in self.forms if g.startswith(f + " ")}

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(w for f in self.forms for w in f.split())

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Any of the names, the longest first."""
        gap = r"[^\w;:.()]+(?:va[^\w]+)?"
        longest = sorted(self.forms, key=lambda f: (-len(f), f))
        parts = [gap.join(w for w in f.split() if w != "va") for f in longest]
        return re.compile(r"\b(?:" + "|".join(parts) + r")\b") if parts else None

    def find(self, prose: Folded, damaged: bool) -> tuple[Found, ...]:
        """All names in order; `damaged` also takes misread ones between separators (OCR prose)."""
        spelt = self._spelt(prose, damaged)
        found = [f for f in spelt if not (damaged and self._runs_on(prose, f))]
        found += self._damaged(prose, found) if damaged else self._called(prose, found)
        found = [f for f in found if f.unit.code not in self.heads]
        for match in ONE_STOP.finditer(prose.plain):
            if self.one_stop and not _taken(found, match.start(), match.end()):
                found.append(Found(match.start(), match.end(), self.one_stop))
        return tuple(sorted(found, key=lambda f: f.start))

    def alone(self, line: str) -> bool:
        """Whether a line only names a unit, perhaps with a figure."""
        prose = folded(BULLET.sub("", line).strip())
        found = self.find(prose, False)
        whole = len(found) == 1 and found[0].known and not prose.plain[: found[0].start].strip()
        return whole and _FIGURE_ONLY.fullmatch(prose.plain, found[0].end) is not None

    def item(self, printed: str, damaged: bool) -> UnitMatch | None:
        """The unit that an item of a list means, whatever is damaged or misspelt in it."""
        return self.units.meant(_AND.sub("", printed), damaged)

    def _spelt(self, prose: Folded, damaged: bool) -> Iterator[Found]:
        """Names whose letters agree but for the marks, their kind word shared by those before it."""
        shared: str | None = None
        end = -1
        for match in self.pattern.finditer(prose.plain) if self.pattern else ():
            before = prose.plain[: match.start()]
            kind = _KIND.search(before)
            office = _OFFICE.search(prose.plain[: kind.start() if kind else match.start()])
            if not kind and not office and not self._stands_alone(prose, match):
                continue
            near = end >= 0 and not re.search(r"[.:]", prose.plain[end : match.start()])
            said = _KINDS[kind.group(1).rstrip(".")] if kind else shared if near else None
            start = kind.start() if kind else match.start()
            name = prose.text(start, match.end())
            tried = (name,) if kind or not said else (f"{_WRITTEN[said]} {name}", name)
            unit = next((u for t in tried if (u := self.units.meant(t, damaged))), None)
            if unit is not None:
                shared, end = said, match.end()
                yield Found(office.start() if office else start, match.end(), unit)

    def _runs_on(self, prose: Folded, found: Found) -> bool:
        """In damaged prose `Dién Bién Déng` may be Điện Biên Đông: leave it to the comparison of letters."""
        form = next((f for f in self.prefixes if prose.plain[: found.end].endswith(f)), None)
        return (
            form is not None
            and re.match(r" (?!(?:va|voi|dat|duoc|co|xep|la)\b)\w{2}", prose.plain[found.end :])
            is not None
        )

    def _stands_alone(self, prose: Folded, match: re.Match[str]) -> bool:
        """A name without its kind word is one only with a capital, and after a separator."""
        if not prose.capital(match.start()):
            return False
        whole = " ".join(re.findall(r"[a-z0-9]+", match.group())) in self.whole
        return whole or _BEFORE.search(prose.plain[: match.start()]) is not None

    def _called(self, prose: Folded, found: Sequence[Found]) -> Iterator[Found]:
        """What is called a commune, district or office in so many words: a name misspelt or abbreviated, or one
        of no known unit."""
        for start, end, telling in (*territories(prose), *offices(prose)):
            if _taken(found, start, end):
                continue
            text = prose.text(start, end)
            unit = self.units.meant(text, False)
            if unit is not None:
                yield Found(start, end, unit)
            elif telling:
                yield Found(start, end, UnitMatch(text, None, None, "unmatched", 0.0), False)

    def _damaged(self, prose: Folded, found: Sequence[Found]) -> Iterator[Found]:
        for piece in re.finditer(r"[^;:.]{5,70}", prose.plain):
            parts = (
                [piece]
                if ";" in prose.plain
                else list(re.finditer(r"[^,;:.()]{4,70}", piece.group()))
            )
            for part in parts:
                base = piece.start() if part is not piece else 0
                figure = _ITS_FIGURE.search(part.group())
                start = part.start() + base
                end = start + (figure.start() if figure else len(part.group()))
                text = prose.text(start, end)
                if _taken(found, start, end) or not self.units.may_mean(text):
                    continue
                unit = self.item(text, True)
                if unit is not None:
                    lead = len(part.group()) - len(part.group().lstrip())
                    yield Found(start + lead, end, unit)


def _taken(found: Iterable[Found], start: int, end: int) -> bool:
    return any(f.start < end and start < f.end for f in found)
