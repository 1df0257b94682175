"""How a printed name stands to the register's spelling, once it is clear which unit it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from normalise.candidates import Candidates, Way
from normalise.channel import plain
from normalise.initials import abbreviates, has_initials
from normalise.names import parse, spelling_key, trimmed, written_out
from normalise.register import Unit
from normalise.submission import MatchKind
from normalise.text import has_marks

_OFFICE = re.compile(r"^\s*UBND\s+")
_REMARK = re.compile(r"(?<=\w)\s*(?:\(([^()]*)\)|[,–-]\s*tỉnh\s[^,]+)\s*$", re.I)
"""`UBND xã Pú Xi (khu vực III)`, `…, huyện Tuần Giáo, tỉnh Điện Biên`; another place in brackets is no remark."""
FEWEST_LETTERS = 3
"""`Sở CT` and `Sở TC` are both offices, and two letters are easily misread."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """The contract's match, with a note (`alias`, `office-alias`, `kind`, `no-marks`) and its facts."""

    match: MatchKind
    note: str | None = None
    facts: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=65536)
def keys_of(text: str) -> tuple[str, ...]:
    """Spelling keys of a printed name: as it stands, with its kind words written out, without a remark."""
    remark = _REMARK.search(text)
    plainly = (text[: remark.start()],) if remark and not parse(remark[1] or "").kinds else ()
    return tuple(spelling_key(t) for t in (text, *written_out(text), *plainly))


def known_as(text: str, candidates: Candidates) -> tuple[tuple[int, Way], ...]:
    """The units whose accepted spellings include the text, only those of the surest way."""
    found = {hit for key in keys_of(text) for hit in candidates.keys.get(key, ())}
    if not found and has_initials(text):
        texts = (_OFFICE.sub("", t) for t in (text, *written_out(text)))
        found = {(i, "short") for i in _shortened(tuple(texts), candidates)}
    if not parse(text).office:
        # `UBND thị trấn` is the only one of its kind; `xã` alone is what is left of a broken name.
        found = {hit for hit in found if hit[1] != "kind"}
    sure = {hit for hit in found if hit[1] != "wrong-kind"}
    return tuple(sorted(sure or found))


def briefly_known_as(text: str, candidates: Candidates) -> tuple[tuple[int, Way], ...]:
    """As `known_as`, for what OCR hardly makes of another name: initials with at least a third letter, and
    `UBND thị trấn`. Full names are weighed letter by letter instead."""
    hits = known_as(text, candidates)
    if hits and all(way == "kind" for _, way in hits):
        return hits
    letters = sum(c.isalpha() for c in parse(text).core)
    return hits if has_initials(text) and letters >= FEWEST_LETTERS else ()


def _shortened(texts: tuple[str, ...], candidates: Candidates) -> set[int]:
    """The units with a name that one of the texts gives by first letters (`TP ĐBP`)."""
    return {
        form.unit
        for form in candidates.forms
        if any(abbreviates(text, form.text) for text in texts)
    }


def spelt(text: str, index: int, candidates: Candidates, ocr: bool) -> Spelling:
    """Compare with all marks. What OCR read is never called misspelt: the paper may be right."""
    unit = candidates.units[index]
    if trimmed(text) == unit.name:
        return Spelling("exact")
    ways = [way for i, way in known_as(text, candidates) if i == index]
    if ways and ways[0] in ("alias", "office-alias"):
        return Spelling("variant", ways[0], (("alias", trimmed(text)),))
    if ways and ways[0] == "wrong-kind" and not ocr:
        printed = parse(text).kinds
        facts = (("printed_kind", " / ".join(printed)), ("kind", unit.kind))
        return Spelling("misspelt", "kind", facts)
    if ways or ocr or _holds_name(text, unit):
        return Spelling("variant")
    return (
        Spelling("variant", "no-marks") if _bare(text, index, candidates) else Spelling("misspelt")
    )


def _holds_name(text: str, unit: Unit) -> bool:
    """Whether the name itself is spelt right, with other words around it or a space lost (`UBNDxã Pú Xi`)."""
    name, printed = spelling_key(f"{unit.kind} {unit.short_name}"), spelling_key(text)
    close = printed.replace(" ", "").removeprefix("ubnd")
    return f" {name} " in f" {printed} " or close == name.replace(" ", "")


def _bare(text: str, index: int, candidates: Candidates) -> bool:
    """Whether a text without any mark agrees with the unit but for the marks."""
    folded = plain(text).removeprefix("ubnd ")
    forms = {f.folded for f in candidates.forms if f.unit == index}
    return not has_marks(text) and folded in forms
