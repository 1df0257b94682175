"""The offices that every district (since July 2025 every commune) and the province has, by pattern.

A register need not list them: `data/divisions.csv` gives their usual names and the decree behind them. Their
codes are local (`095-TP`), made of the district's code and a suffix. An office that the register does
list keeps its own entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from normalise.names import spelling_key
from normalise.register import Register, Unit
from normalise.register_file import DATA, read_rows

_COLUMNS = (
    *("suffix", "official_name", "short_name", "other_names"),
    *("of", "valid_from", "valid_to", "source"),
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """An office; `{kind}` in a name stands for the kind of the unit it belongs to."""

    suffix: str
    name: str
    short_name: str
    others: tuple[str, ...]
    of: str
    valid_from: date | None
    valid_to: date | None
    source: str

    def unit(self, parent: Unit) -> Unit:
        """The office of this pattern that belongs to `parent`."""
        return Unit(
            code=f"{parent.code}-{self.suffix}",
            name=self.name.format(kind=parent.kind),
            short_name=self.short_name,
            kind="phòng/đơn vị",
            level=f"{self.of}_division",
            parent_code=parent.code,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            merged_into=None,
            source=self.source,
        )


@lru_cache(maxsize=1)
def patterns() -> tuple[Pattern, ...]:
    """All patterns, in file order."""
    return tuple(
        Pattern(
            r["suffix"],
            r["official_name"],
            r["short_name"],
            tuple(n for n in r["other_names"].split("|") if n),
            r["of"],
            date.fromisoformat(r["valid_from"]) if r["valid_from"] else None,
            date.fromisoformat(r["valid_to"]) if r["valid_to"] else None,
            r["source"],
        )
        for _, r in read_rows(DATA / "divisions.csv", _COLUMNS)
    )


def divisions(parent: Unit, register: Register, day: date | None) -> tuple[Unit, ...]:
    """The offices of a province, district or commune on a day: the register's own, then those by pattern.

    An office whose name is an alias of the unit itself is the unit, not an office of it.
    """
    own = tuple(u for u in register.children(parent) if "division" in u.level and u.exists(day))
    taken = {u.code for u in own} | {p.unit(parent).code for p in _absorbed(parent, register)}
    made = (p.unit(parent) for p in patterns() if p.of == parent.level)
    return (*own, *(u for u in made if u.code not in taken and u.exists(day)))


def _absorbed(unit: Unit, register: Register) -> tuple[Pattern, ...]:
    """Offices that an alias says stand for the unit itself (Mường Lay's one-stop office)."""
    aliases = {spelling_key(a.alias) for a in register.aliases_of(unit)}
    of_level = (p for p in patterns() if p.of == unit.level)
    return tuple(p for p in of_level if spelling_key(p.unit(unit).name) in aliases)


def office_names(unit: Unit, register: Register) -> tuple[str, ...]:
    """All usual names of the offices that stand for the unit itself."""
    found = _absorbed(unit, register)
    return tuple(n.format(kind=unit.kind) for p in found for n in (p.short_name, *p.others))


def other_names(unit: Unit, parent: Unit) -> tuple[str, ...]:
    """Further usual names of an office, by its pattern."""
    suffix = unit.code.removeprefix(f"{parent.code}-")
    found = next((p for p in patterns() if p.suffix == suffix and p.of == parent.level), None)
    return tuple(n.format(kind=parent.kind) for n in found.others) if found else ()
