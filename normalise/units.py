"""Which unit of the register a printed name means: a whole table at once, or names in prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import Reading
from normalise.names import spelling_key, tidy
from normalise.register import Register, Unit
from normalise.submission import UnitMatch


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name as it stands in a table. `section` is the heading text it stands under."""

    text: str
    section: str | None = None
    ocr: bool = False
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose report it is and of when: `when` is a period (`2023-07`) or an ISO date."""

    issuer: Unit | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A unit name found in prose: characters `start` to `end` (excluded) of the text.

    `match.match` is `unmatched` for an item that stands in a list of names but is none we know.
    """

    start: int
    end: int
    match: UnitMatch


def match_table(
    names: Sequence[PrintedName], scope: Scope, register: Register
) -> tuple[UnitMatch, ...]:
    """One match for each printed name, in order."""
    known = {spelling_key(u.name): u for u in register.on(scope.when).units}
    found = []
    for name in names:
        key = spelling_key(name.text).removeprefix("ubnd ")
        unit = known.get(key)
        if unit is None:
            found.append(UnitMatch(name.text, None, None, "unmatched", 0.0, ocr=name.ocr))
        else:
            exact = tidy(name.text) == unit.name
            kind = "exact" if exact else "variant"
            found.append(UnitMatch(name.text, unit.name, unit.code, kind, 1.0, ocr=name.ocr))
    return tuple(found)


def match_names(
    text: str, scope: Scope, register: Register, ocr: bool = False
) -> tuple[Named, ...]:
    """The unit names in a sentence, in order, lists with a shared `UBND xã` included."""
    return ()


def match_issuer(text: str, register: Register, when: str | None = None) -> UnitMatch:
    """The unit that issues a report, from its letterhead or title (`UBND HUYỆN TUẦN GIÁO`)."""
    return match_table([PrintedName(text)], Scope(when=when), register)[0]
