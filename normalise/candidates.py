"""The units that a report may name, the ways in which each may be written, and how likely each is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from normalise.channel import plain
from normalise.divisions import divisions, office_names, other_names
from normalise.initials import shortened
from normalise.names import parse, spelling_key, trimmed
from normalise.register import Register, Unit
from normalise.submission import UnitMatch
from normalise.text import fold

Way = Literal["name", "alias", "office-alias", "short", "kind", "wrong-kind"]
WAYS: tuple[Way, ...] = ("name", "alias", "office-alias", "short", "kind", "wrong-kind")
"""From the surest to the least: a key that several units share goes to the surest way."""

LIVING_KINDS = {
    "commune": ("xã", "phường", "thị trấn"),
    "district": ("huyện", "thị xã", "thành phố"),
}
# Weights before the text is seen, against 1 for a unit that reports to the issuer. The issuer itself stands in
# 4 of the 92 rows of the five reports; a province listing communes of its districts is in none.
OWN_WEIGHT = 0.5
BELOW_WEIGHT = 0.001
# A unit of the issuer that the report's tables do not list, in its letter: none of the 130 names in the prose of
# the five reports is one.
UNLISTED_WEIGHT = 0.005


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing `units[unit]`, as `channel.plain` gives it and folded."""

    text: str
    folded: str
    unit: int
    way: Way


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Units with weights, their forms, and the units that a spelling key may mean, best way first."""

    units: tuple[Unit, ...]
    weights: tuple[float, ...]
    forms: tuple[Form, ...]
    keys: dict[str, tuple[tuple[int, Way], ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Whom a report may name (`inside`) and all other units of the register (`outside`)."""

    inside: Candidates
    outside: Candidates
    day: date | None


@lru_cache(maxsize=256)
def field_of(register: Register, issuer: Unit | None, day: date | None) -> Field:
    """The candidates of a report; made once for each register, issuer and day."""
    weights = _weights(register, issuer, day)
    outside = [u for u in register.units if u not in weights]
    return Field(
        _candidates(weights, register),
        _candidates(dict.fromkeys(outside, 1.0), register),
        day,
    )


def field_of_letter(
    rows: Mapping[str, UnitMatch], register: Register, issuer: Unit | None, day: date | None
) -> Field:
    """The candidates of a letter: the units of its report's tables (by key), then the issuer's others.

    A row that is no unit of the register is a unit of this report all the same, with its key as code.
    """
    whole = field_of(register, issuer, day)
    known = {(u.code, u.name): u for u in (*register.units, *whole.inside.units)}
    weights = {
        known.get((row.code or "", row.canonical or "")) or _as_printed(key, row): 1.0
        for key, row in rows.items()
    }
    if issuer is not None:
        inside = zip(whole.inside.units, whole.inside.weights, strict=True)
        weights |= {u: w * UNLISTED_WEIGHT for u, w in inside if u not in weights}
        return Field(_candidates(weights, register), whole.outside, day)
    outside = dict.fromkeys((u for u in register.units if u not in weights), 1.0)
    return Field(_candidates(weights, register), _candidates(outside, register), day)


def _as_printed(key: str, row: UnitMatch) -> Unit:
    """A unit made of what stands in a row."""
    parsed = parse(row.name)
    kind = parsed.kinds[0] if len(parsed.kinds) == 1 else ""
    level = next((level for level, kinds in LIVING_KINDS.items() if kind in kinds), "office")
    name = f"{kind} {parsed.core}" if parsed.core and kind else trimmed(row.name)
    return Unit(
        key, name, parsed.core or name, kind, level, None, None, None, None, "the report itself"
    )


def reporting_to(issuer: Unit, register: Register) -> Unit:
    """Whose units an issuer reports on: a department or office reports for the unit above it."""
    parent = register.parent(issuer)
    above = issuer.level == "provincial_department" or "division" in issuer.level
    return parent if above and parent else issuer


def _weights(register: Register, issuer: Unit | None, day: date | None) -> dict[Unit, float]:
    """Who may be named and how likely, the codes of two eras kept apart."""
    if issuer is None:
        living = [u for u in register.units if u.exists(day)]
        return dict.fromkeys(_latest(living), 1.0)
    head = reporting_to(issuer, register)
    children = [u for u in register.children(head) if u.exists(day)]
    weights = dict.fromkeys(_latest(children), 1.0)
    weights |= dict.fromkeys(divisions(head, register, day), 1.0)
    weights[head] = OWN_WEIGHT
    for child in children:
        below = (u for u in register.children(child) if u.level == "commune" and u.exists(day))
        weights |= {u: BELOW_WEIGHT for u in _latest(below) if u not in weights}
    return weights


def _latest(units: Iterable[Unit]) -> list[Unit]:
    """One unit of each code and name: one that lived on under both is one and the same."""
    latest: dict[tuple[str, str], Unit] = {}
    for unit in units:
        latest[(unit.code, unit.name)] = unit
    return list(latest.values())


def _candidates(weights: dict[Unit, float], register: Register) -> Candidates:
    units = tuple(weights)
    forms: list[Form] = []
    keys: dict[str, dict[int, Way]] = defaultdict(dict)
    for i, unit in enumerate(units):
        for text, way in _written(unit, register):
            keys[spelling_key(text)].setdefault(i, way)
            if way != "wrong-kind":
                forms.append(Form(plain(text), fold(plain(text)), i, way))
        for text in shortened(unit.name) if unit.level not in LIVING_KINDS else ():
            forms.append(Form(plain(text), fold(plain(text)), i, "short"))
    _add_kind_alone(units, weights, keys)
    ordered = {
        key: tuple(sorted(found.items(), key=lambda f: WAYS.index(f[1])))
        for key, found in keys.items()
    }
    return Candidates(units, tuple(weights.values()), tuple(dict.fromkeys(forms)), ordered)


def _written(unit: Unit, register: Register) -> Iterable[tuple[str, Way]]:
    """The ways of writing a unit, surest first."""
    yield unit.name, "name"
    for alias in register.aliases_of(unit):
        way: Way = "office-alias" if alias.office else "alias"
        yield alias.alias, way
        if unit.level in LIVING_KINDS and fold(alias.alias) != fold(unit.kind):
            yield f"{unit.kind} {alias.alias}", way
    yield from ((name, "alias") for name in office_names(unit, register))
    parent = register.parent(unit)
    if parent is not None and "division" in unit.level:
        yield from ((name, "alias") for name in other_names(unit, parent))
        yield from ((f"{unit.name} {parent.kind}{end}", "name") for end in _tails(parent))
    elif parent is not None:
        yield f"{unit.name} {parent.kind} {parent.short_name}", "name"
        if unit.level == "provincial_department":
            yield f"{unit.name} {parent.kind}", "name"
    yield unit.short_name, "short"
    for kind in LIVING_KINDS.get(unit.level, ()):
        if kind != unit.kind:
            yield f"{kind} {unit.short_name}", "wrong-kind"


def _tails(parent: Unit) -> tuple[str, str]:
    return "", f" {parent.short_name}"


def _add_kind_alone(
    units: tuple[Unit, ...], weights: dict[Unit, float], keys: dict[str, dict[int, Way]]
) -> None:
    """`UBND thị trấn` is the only one of its kind."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        if unit.level in LIVING_KINDS and weights[unit] > BELOW_WEIGHT:
            by_kind[unit.kind].append(i)
    for kind, found in by_kind.items():
        if len(found) == 1:
            keys[spelling_key(kind)].setdefault(found[0], "kind")
