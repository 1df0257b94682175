"""The register of units over time: which units exist on a day, whose they are, what became of them.

The key of a unit is its code *and* its validity: after the merger of 1 July 2025 every new commune
of Điện Biên took over an old code, most of them with another name. Data: `normalise/data/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from normalise.register_file import DATA, Placed, read_aliases, read_units
from normalise.unit import Alias, RegisterError, Unit, day_of

__all__ = ["Alias", "Register", "RegisterError", "Unit", "day_of", "load_register"]


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Units and accepted second spellings, in file order; compared by identity."""

    units: tuple[Unit, ...]
    aliases: tuple[Alias, ...] = ()
    _by_code: dict[str, tuple[Unit, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_code: dict[str, tuple[Unit, ...]] = {}
        for unit in self.units:
            by_code[unit.code] = (*by_code.get(unit.code, ()), unit)
        object.__setattr__(self, "_by_code", by_code)

    def on(self, when: date | str | None) -> Register:
        """The register as it stands on a day or at the end of a period."""
        day = day_of(when)
        return Register(tuple(u for u in self.units if u.exists(day)), self.aliases)

    def of_code(self, code: str) -> tuple[Unit, ...]:
        """Every unit that ever bore the code, in file order."""
        return self._by_code.get(code, ())

    def find(self, code: str, when: date | str | None = None) -> Unit | None:
        """The unit that bears the code on a day; the latest one when the day is unknown."""
        day = day_of(when)
        found = [u for u in self.of_code(code) if u.exists(day)]
        return max(found, key=lambda u: u.valid_from or date.min, default=None)

    def children(self, parent: Unit) -> tuple[Unit, ...]:
        """Units directly under `parent` that exist at some time together with it."""
        return tuple(u for u in self.units if u.parent_code == parent.code and u.overlaps(parent))

    def parent(self, unit: Unit) -> Unit | None:
        """The unit that `unit` reports to."""
        return next((p for p in self.of_code(unit.parent_code or "") if p.overlaps(unit)), None)

    def aliases_of(self, unit: Unit) -> tuple[Alias, ...]:
        """Accepted second spellings; those of a reused code apply to the unit they name."""
        return tuple(a for a in self.aliases if a.code == unit.code and a.name == unit.name)

    def successor(self, unit: Unit) -> Unit | None:
        """The unit it was merged into, None while it lives or when its level was abolished."""
        if unit.merged_into is None or unit.valid_to is None:
            return None
        return next((u for u in self.of_code(unit.merged_into) if _follows(u, unit)), None)

    def predecessors(self, unit: Unit) -> tuple[Unit, ...]:
        """The units that were merged into it."""
        return tuple(u for u in self.units if u.merged_into == unit.code and _follows(unit, u))

    def extended(self, units: Iterable[Unit] = (), aliases: Iterable[Alias] = ()) -> Register:
        """The register with more units and aliases; a unit of the same code and start is replaced."""
        new = {(u.code, u.valid_from): u for u in units}
        kept = tuple(u for u in self.units if (u.code, u.valid_from) not in new)
        return Register((*kept, *new.values()), (*self.aliases, *aliases))


def _follows(later: Unit, earlier: Unit) -> bool:
    """Whether `later` begins on the day after `earlier` ends."""
    if later.valid_from is None or earlier.valid_to is None:
        return False
    return (later.valid_from - earlier.valid_to).days == 1


def load_register(path: Path | None = None, aliases: Path | None = None) -> Register:
    """The built-in register; `path` extends it or replaces units, `aliases` adds an office's own.

    Raises RegisterError with file and line when a file contradicts itself or the rest.
    """
    return _load(path, _changed(path), aliases, _changed(aliases))


def _changed(path: Path | None) -> int:
    """When a file was last changed, in nanoseconds: a changed file is read anew."""
    try:
        return path.stat().st_mtime_ns if path else 0
    except OSError:
        return 0


@lru_cache(maxsize=8)
def _load(path: Path | None, _: int, aliases: Path | None, __: int) -> Register:
    units = read_units(DATA / "register.csv")
    register = Register(tuple(p.record for p in units))
    if path is not None:
        own = read_units(path)
        register = register.extended(p.record for p in own)
        units = (*own, *units)  # a contradiction is shown where the user can mend it
    _refuse_units(units, register)
    for file, office in ((DATA / "aliases.csv", False), (aliases, True)):
        if file is not None:
            register = register.extended(aliases=_checked_aliases(file, register, office))
    return register


def _refuse_units(units: Iterable[Placed[Unit]], register: Register) -> None:
    living = set(register.units)
    for placed in units:
        fault = _fault(placed.record, register) if placed.record in living else None
        if fault:
            raise RegisterError(f"{placed.where}: {fault}")


def _checked_aliases(path: Path, register: Register, office: bool) -> tuple[Alias, ...]:
    aliases = read_aliases(path, office)
    for placed in aliases:
        code, name = placed.record.code, placed.record.name
        if all(u.name != name for u in register.of_code(code)):
            raise RegisterError(f"{placed.where}: no unit {code} {name}")
    return tuple(p.record for p in aliases)


def _fault(unit: Unit, register: Register) -> str | None:
    """The first thing about a unit that cannot be, seen with the whole register."""
    if (unit.valid_from or date.min) > (unit.valid_to or date.max):
        return f"unit {unit.code} ends before it begins"
    twins = [u for u in register.of_code(unit.code) if u is not unit and u.overlaps(unit)]
    if twins:
        return f"code {unit.code} belongs to {unit.name} and {twins[0].name} at the same time"
    return _parent_fault(unit, register) or _merger_fault(unit, register)


def _parent_fault(unit: Unit, register: Register) -> str | None:
    if unit.parent_code is None:
        return None if unit.level == "province" else f"unit {unit.code} has no parent"
    parents = register.of_code(unit.parent_code)
    if not parents:
        return f"unit {unit.code}: no parent {unit.parent_code}"
    covered = any(
        (p.valid_from or date.min) <= (unit.valid_from or date.min)
        and (p.valid_to or date.max) >= (unit.valid_to or date.max)
        for p in parents
    )
    return None if covered else f"unit {unit.code} outlives its parent {unit.parent_code}"


def _merger_fault(unit: Unit, register: Register) -> str | None:
    if unit.merged_into is None:
        return None
    if unit.valid_to is None:
        return f"unit {unit.code} is merged but has no last day"
    if register.successor(unit) is None:
        return f"unit {unit.code}: no unit {unit.merged_into} begins the day after its end"
    return None
