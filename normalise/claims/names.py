"""Units' names in prose: the units of the report's own tables first, then those the issuer has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalise.claims.prose import BULLET, Folded, folded
from normalise.names import parse
from normalise.register import Register
from normalise.submission import FieldTable, UnitMatch
from normalise.text import fold
from normalise.units import Scope

_KINDS = {
    "xa": "xa", "x": "xa", "phuong": "phuong", "p": "phuong", "thi tran": "thi tran", "tt": "thi tran",
    "huyen": "huyen", "thi xa": "thi xa", "tx": "thi xa", "thanh pho": "thanh pho", "tp": "thanh pho",
    "phong": "phong", "so": "so", "ban": "ban", "trung tam": "trung tam", "van phong": "van phong",
    "thanh tra": "thanh tra",
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
CERTAIN, APART = 78.0, 8.0
"""A damaged name is taken for a unit when their letters agree to 78 of 100 and the next best unit is 8
behind. In the province's OCR prose the worst right pair has 80, the best wrong one 74."""


@dataclass(frozen=True, slots=True)
class Known:
    """A unit with the folded forms of its name. `inside`: it stands in a table of this report."""

    unit: UnitMatch
    kinds: frozenset[str]
    cores: tuple[str, ...]
    whole: tuple[str, ...]
    inside: bool
    one_stop: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A name in folded prose: plain characters `start` to `end`; no unit when nobody bears it."""

    start: int
    end: int
    unit: UnitMatch


def key(unit: UnitMatch) -> str:
    """What makes two matches the same unit within one report."""
    return unit.code or fold(unit.name)


def roster(tables: Sequence[FieldTable], scope: Scope, register: Register) -> tuple[Known, ...]:
    """Every unit that the prose may speak of."""
    units: dict[str, UnitMatch] = {}
    for table in sorted(tables, key=lambda t: t.kind != "scores"):
        for row in table.units():
            if row.unit.printed.strip():
                units.setdefault(key(row.unit), row.unit)
    inside = [_known(unit, True) for unit in units.values()]
    return (*inside, *(_known(u, False) for u in _others(units, scope, register)))


def _others(units: dict[str, UnitMatch], scope: Scope, register: Register) -> Iterable[UnitMatch]:
    if scope.issuer is None:
        return
    for unit in register.on(scope.when).children(scope.issuer):
        if unit.code not in units and fold(unit.name) not in units:
            yield UnitMatch(unit.name, unit.name, unit.code, "exact", 1.0)


def _known(unit: UnitMatch, inside: bool) -> Known:
    cores, whole, kinds = [], [], set()
    for name in dict.fromkeys((unit.printed, unit.canonical or unit.printed)):
        parsed = parse(name)
        plain = " ".join(re.findall(r"[a-z0-9]+", fold(name)))
        whole.append(re.sub(r"^(?:ubnd|uy ban nhan dan) ", "", plain))
        kinds |= {fold(k) for k in parsed.kinds}
        core = " ".join(re.findall(r"[a-z0-9]+", fold(parsed.core)))
        if core and (len(core) > 2) and core not in ("tinh", "huyen", "ubnd tinh"):
            cores.append(core)
    return Known(
        unit, frozenset(kinds), tuple(dict.fromkeys(cores)), tuple(dict.fromkeys(whole)), inside,
        any(ONE_STOP.match(w) for w in whole),
    )  # fmt: skip


_FIGURE_ONLY = re.compile(
    r"[\s:,(–-]*(?:(?:dat|voi|duoc|co|tong|so|diem)\b[\s:]*)*(?:\d[\d.,/]*\s*(?:diem|%)?)?[\s).;,]*(?:va)?"
)


class Names:
    """Finds the units of one report in its prose."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.known = known
        forms: dict[str, list[Known]] = {}
        for one in known:
            for form in () if one.one_stop else one.cores or one.whole:
                forms.setdefault(form, []).append(one)
        self.forms = forms
        longest = sorted((f for f in forms if f), key=len, reverse=True)
        gap = r"[^\w;:.()]+(?:va[^\w]+)?"
        parts = [gap.join(w for w in f.split() if w != "va") for f in longest]
        self.pattern = re.compile(r"\b(?:" + "|".join(parts) + r")\b") if parts else None
        self.words = frozenset(w for f in forms for w in f.split())
        self.prefixes = {f for f in forms for g in forms if g.startswith(f + " ")}
        self.by_squeezed = {_squeezed(f): f for f in reversed(longest)}

    def find(self, prose: Folded, fuzzy: bool) -> tuple[Found, ...]:
        """All names in order; `fuzzy` also takes damaged ones between separators (OCR prose)."""
        found = [f for f in self._exact(prose) if not (fuzzy and self._runs_on(prose, f))]
        for match in ONE_STOP.finditer(prose.plain):
            stop = next((k for k in self.known if k.one_stop and k.inside), None)
            if stop and not any(f.start < match.end() and match.start() < f.end for f in found):
                found.append(Found(match.start(), match.end(), stop.unit))
        if fuzzy:
            found += self._damaged(prose, found)
        return tuple(sorted(found, key=lambda f: f.start))

    def alone(self, line: str) -> bool:
        """Whether a line only names a unit, perhaps with a figure."""
        prose = folded(BULLET.sub("", line).strip())
        found = self.find(prose, False)
        whole = len(found) == 1 and not prose.plain[: found[0].start].strip()
        return whole and _FIGURE_ONLY.fullmatch(prose.plain, found[0].end) is not None

    def _exact(self, prose: Folded) -> Iterable[Found]:
        if self.pattern is None:
            return
        shared: str | None = None
        end = -1
        for match in self.pattern.finditer(prose.plain):
            before = prose.plain[: match.start()]
            form = self.by_squeezed[_squeezed(match.group())]
            kind = _KIND.search(before)
            said = _KINDS[kind.group(1).rstrip(".")] if kind else None
            start = kind.start() if kind else match.start()
            office = _OFFICE.search(prose.plain[:start])
            start = office.start() if office else start
            if not said and not office and not self._stands_alone(prose, match, form):
                continue
            near = end >= 0 and not re.search(r"[.:]", prose.plain[end : match.start()])
            said = said or (shared if near else None)
            unit = self._choose(form, said)
            if unit is not None:
                shared, end = said, match.end()
                yield Found(start, match.end(), unit)

    def _runs_on(self, prose: Folded, found: Found) -> bool:
        """In damaged prose `Dién Bién Déng` may be Điện Biên Đông: leave it to the comparison of letters."""
        form = next((f for f in self.prefixes if prose.plain[: found.end].endswith(f)), None)
        return (
            form is not None
            and re.match(r" (?!va\b|dat\b)\w{2}", prose.plain[found.end :]) is not None
        )

    def _stands_alone(self, prose: Folded, match: re.Match[str], form: str) -> bool:
        """A name without its kind word is one only with a capital, and after a separator."""
        if not prose.capital(match.start()):
            return False
        whole = any(form in k.whole for k in self.forms[form])
        return whole or _BEFORE.search(prose.plain[: match.start()]) is not None

    def _choose(self, form: str, kind: str | None) -> UnitMatch | None:
        candidates = self.forms[form]
        if kind is not None:
            fitting = [k for k in candidates if not k.kinds or kind in k.kinds or form in k.whole]
            candidates = [k for k in fitting if kind in k.kinds] or fitting
        inside = [k for k in candidates if k.inside] or candidates
        return inside[0].unit if len(inside) == 1 else None

    def _damaged(self, prose: Folded, found: Sequence[Found]) -> Iterable[Found]:
        for piece in re.finditer(r"[^;:.]{5,70}", prose.plain):
            parts = (
                [piece]
                if ";" in prose.plain
                else list(re.finditer(r"[^,;:.()]{4,70}", piece.group()))
            )
            for part in parts:
                base = piece.start() if part is not piece else 0
                start, end = part.start() + base, part.end() + base
                if any(f.start < end and start < f.end for f in found):
                    continue
                unit = self.nearest(part.group())
                if unit is not None:
                    lead = len(part.group()) - len(part.group().lstrip())
                    yield Found(start + lead, end, unit)

    def nearest(self, text: str) -> UnitMatch | None:
        """The one unit whose name a damaged text comes near to."""
        plain = re.sub(r"^\W*(?:ubnd|u[yi] ban nhan dan)\W+", "", text.strip())
        plain = " ".join(re.findall(r"[a-z0-9&]+", plain))
        best: dict[str, tuple[float, UnitMatch]] = {}
        for one in self.known:
            score = max((fuzz.ratio(plain, form) for form in one.whole), default=0.0)
            if score > best.get(key(one.unit), (0.0, one.unit))[0]:
                best[key(one.unit)] = (score, one.unit)
        ordered = sorted(best.values(), key=lambda b: -b[0])
        if not ordered or ordered[0][0] < CERTAIN:
            return None
        if len(ordered) > 1 and ordered[0][0] - ordered[1][0] < APART:
            return None
        return ordered[0][1]


def _squeezed(form: str) -> str:
    return "".join(w for w in re.findall(r"[a-z0-9]+", form) if w != "va")
