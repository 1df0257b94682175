"""Header layouts: the fields that a kind of table has, and the words and maxima that stand over them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from normalise.submission import TableKind
from normalise.text import squeeze

Holds = Literal["score", "count", "money", "rate", "rank", "text", "serial", "unit"]
NUMERIC: frozenset[Holds] = frozenset({"score", "count", "money", "rate"})


@dataclass(frozen=True, slots=True)
class Field:
    """What tells a column: squeezed words (see `normalise.text.squeeze`), number and maximum.

    `name` is None for a column that is known to look similar and to be no field. `perhaps` are names
    that fit unless another column has a better claim; `perhaps_weight` (names have 2) is how well.
    `within` are words that name the field wherever they stand in the heading. A field that `adds` others up
    may have any maximum.
    """

    name: str | None
    holds: Holds
    number: int | None = None
    maximum: Decimal | None = None
    group: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    perhaps_weight: float = 0.0
    within: tuple[str, ...] = ()
    adds: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether it is the only indicator of its group."""
        return self.maximum is not None and self.number is None


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields of one kind of table in their usual order, serial number and unit first."""

    id: str
    kind: TableKind
    fields: tuple[Field, ...]
    methodology: str | None = None
    basis: str | None = None
    in_force: date | None = None


@cache
def _data() -> dict[str, Any]:
    with (Path(__file__).parent / "headers.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def generic_words() -> frozenset[str]:
    """Headings over all columns alike (`ĐIỂM CÁC CHỈ SỐ`), squeezed: they tell no column."""
    return frozenset(map(squeeze, _data()["common"]["generic"]))


@cache
def layouts() -> tuple[Layout, ...]:
    """The layouts of `headers.toml`, refused when a field stands twice in one."""
    data = _data()
    found = tuple(_layout(entry, _plain_fields(data["common"])) for entry in data["layout"])
    for layout in found:
        names = [f.name for f in layout.fields if f.name]
        if len(set(names)) != len(names):
            raise ValueError(f"headers.toml: layout {layout.id!r} has a field twice")
    return found


@cache
def common_fields() -> tuple[Field, ...]:
    """Serial number and unit, the fields of every table."""
    return layouts()[0].fields[:2]


def _plain_fields(common: dict[str, list[str]]) -> tuple[Field, Field]:
    serial, unit = (tuple(map(squeeze, common[name])) for name in ("serial", "unit"))
    return Field("serial", "serial", names=serial), Field("unit", "unit", names=unit)


def _layout(entry: dict[str, Any], first: tuple[Field, Field]) -> Layout:
    return Layout(
        entry["id"],
        entry["kind"],
        (*first, *(_field(f) for f in entry["field"])),
        entry.get("methodology"),
        entry.get("basis"),
        entry.get("in_force"),
    )


def _field(entry: dict[str, Any]) -> Field:
    maximum = entry.get("maximum")

    def words(key: str) -> tuple[str, ...]:
        return tuple(map(squeeze, entry.get(key, ())))

    return Field(
        entry.get("name"),
        entry["holds"],
        entry.get("number"),
        None if maximum is None else Decimal(maximum),
        words("group"),
        words("names"),
        words("perhaps"),
        entry.get("perhaps_weight", 0.0),
        words("within"),
        entry.get("adds", False),
    )
