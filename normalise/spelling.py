"""How a printed name stands to the register's spelling, once it is clear which unit it means."""

from __future__ import annotations

from dataclasses import dataclass

from normalise.candidates import Candidates, Way
from normalise.channel import plain
from normalise.initials import abbreviates, has_initials
from normalise.names import parse, spelling_key, trimmed
from normalise.register import Unit
from normalise.submission import MatchKind
from normalise.text import has_marks


@dataclass(frozen=True, slots=True)
class Spelling:
    """The contract's match, with a note (`alias`, `office-alias`, `kind`, `no-marks`) and its facts."""

    match: MatchKind
    note: str | None = None
    facts: tuple[tuple[str, str], ...] = ()


def keys_of(text: str) -> tuple[str, ...]:
    """Spelling keys of a printed name: as it stands, then with its kind word written out."""
    whole = spelling_key(text)
    parsed = parse(text)
    if not parsed.short:
        return (whole,)
    return (whole, *(spelling_key(f"{kind} {parsed.core}") for kind in parsed.kinds))


def known_as(text: str, candidates: Candidates) -> tuple[tuple[int, Way], ...]:
    """The units whose accepted spellings include the text, only those of the surest way."""
    found = {hit for key in keys_of(text) for hit in candidates.keys.get(key, ())}
    if not found and has_initials(text):
        found = {(i, "short") for i, unit in enumerate(candidates.units) if _shortened(text, unit)}
    if not parse(text).office:
        # `UBND thị trấn` is the only one of its kind; `xã` alone is what is left of a broken name.
        found = {hit for hit in found if hit[1] != "kind"}
    sure = {hit for hit in found if hit[1] != "wrong-kind"}
    return tuple(sorted(sure or found))


def _shortened(text: str, unit: Unit) -> bool:
    office = "division" in unit.level or unit.level == "provincial_department"
    return office and (abbreviates(text, unit.name) or abbreviates(text, unit.short_name))


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
    if ways or ocr:
        return Spelling("variant")
    return (
        Spelling("variant", "no-marks") if _bare(text, index, candidates) else Spelling("misspelt")
    )


def _bare(text: str, index: int, candidates: Candidates) -> bool:
    """Whether a text without any mark agrees with the unit but for the marks."""
    folded = plain(text).removeprefix("ubnd ")
    forms = {f.folded for f in candidates.forms if f.unit == index}
    return not has_marks(text) and folded in forms
