"""Methodologies: which indicators a score has, what they may reach, and how ranks follow.

A methodology is a TOML file under `methodologies/`, each figure with the source it rests on. A new
year or province is a new file. `reconcile.methodology_file` refuses a file that contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from normalise.submission import Rank, TableKind

Label = Literal["printed", "derived", "secondary", "unknown"]
"""What a figure rests on: a report prints it, its arithmetic gives it, a secondary source, nothing."""


@dataclass(frozen=True, slots=True)
class Part:
    """An indicator or criterion that the total adds up, and the most it may reach."""

    field: str
    maximum: Decimal
    label: Label
    source: str


@dataclass(frozen=True, slots=True)
class Band:
    """A rank and its scores `low`..`high` on the ranking's scale.

    `low_included`: a score of exactly `low` has this rank. `boundary_proven`: whether that is known;
    where it is not, a score of exactly `low` may have this rank or the next lower one.
    """

    rank: Rank
    low: Decimal
    high: Decimal
    low_included: bool
    boundary_proven: bool
    label: Label
    source: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """A part that follows from the statistics: `factor` × `numerator` ÷ `denominator` of `table`."""

    field: str
    factor: Decimal
    numerator: str
    denominator: str
    table: TableKind
    established: bool
    label: Label
    source: str


@dataclass(frozen=True, slots=True)
class OfficerAverage:
    """The officers' average is the sum of `parts`.

    Those of `parts` that are not `certain` may in truth be some of `instead`.
    """

    parts: tuple[str, ...]
    certain: tuple[str, ...]
    instead: tuple[str, ...]
    label: Label
    source: str


@dataclass(frozen=True, slots=True)
class Methodology:
    """A decision on how units are scored.

    `scales` are those on which the converted score may be printed, the usual one first; none where
    totals are not converted. Ranks are those of `ranked`, with thresholds on `rank_scale`; `bands` stand
    from the highest to the lowest. `unproven` says in sentences what is not known for sure.
    """

    id: str
    title: str
    number: str
    date: str
    related: tuple[str, ...]
    valid_from: str
    valid_to: str | None
    maximum: Decimal
    parts: tuple[Part, ...]
    scales: tuple[Decimal, ...]
    ranked: Literal["total", "converted"]
    rank_scale: Decimal
    bands: tuple[Band, ...]
    derivations: tuple[Derivation, ...]
    officer_average: OfficerAverage | None
    unproven: tuple[str, ...]

    @property
    def basis(self) -> str:
        """The decision as a finding cites it."""
        year, month, day = self.date.split("-")
        return f"{self.number} ({int(day)}/{int(month)}/{year})"

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(p.field for p in self.parts)

    def part(self, field: str) -> Part | None:
        return next((p for p in self.parts if p.field == field), None)

    def derivation(self, field: str) -> Derivation | None:
        return next((d for d in self.derivations if d.field == field), None)

    def in_force(self, period: str) -> bool:
        """Whether any day of a period (`2023-07`, `2022`, `2023-Q1`) lies in its validity."""
        first, last = _days(period)
        return self.valid_from <= last and (self.valid_to is None or first <= self.valid_to)


def load_methodologies(folder: Path | None = None) -> Mapping[str, Methodology]:
    """All methodologies of a folder (the built-in one by default), by id.

    Raises `reconcile.methodology_file.Refused` for a file that contradicts itself, naming the line.
    """
    from reconcile.methodology_file import load_folder  # it builds the records of this module

    return load_folder(folder) if folder else _built_in()


@cache
def _built_in() -> Mapping[str, Methodology]:
    from reconcile.methodology_file import FOLDER, load_folder

    return load_folder(FOLDER)


def choose(
    methodologies: Mapping[str, Methodology],
    legal_bases: Iterable[str],
    period: str | None,
    *,
    override: str | None = None,
    fields: Iterable[str] = (),
) -> Methodology | None:
    """The methodology of a report: by the decision it cites, then by what it cites too, then by period.

    `fields` are the score fields its tables have, if known: a methodology that has none of them is out.
    `override` is an id given by the user; an unknown one raises KeyError. None when nothing decides.
    """
    if override is not None:
        return methodologies[override]
    cited = {_key(basis) for basis in legal_bases}
    present = frozenset(fields)
    possible = [m for m in methodologies.values() if not present or present & m.fields]
    in_force = [m for m in possible if period is None or m.in_force(period)]
    for pool, numbers in (
        (in_force, lambda m: (m.number,)),
        (possible, lambda m: (m.number,)),
        (in_force, lambda m: m.related),
    ):
        found = [m for m in pool if any(_key(n) in cited for n in numbers(m))]
        if found:
            return max(found, key=lambda m: m.valid_from)
    return in_force[0] if len(in_force) == 1 and (period or present) else None


def _key(basis: str) -> str:
    """A document number without case, spaces and leading zeros: `0459/qđ-ubnd` cites `459/QĐ-UBND`."""
    return basis.upper().replace(" ", "").replace("Đ", "D").lstrip("0")


def _days(period: str) -> tuple[str, str]:
    """First and last day of a period as ISO dates; a last day that does not exist still compares right."""
    year, _, rest = period.partition("-")
    if not rest:
        return f"{year}-01-01", f"{year}-12-31"
    if rest.startswith("Q"):
        last = int(rest[1:]) * 3
        return f"{year}-{last - 2:02}-01", f"{year}-{last:02}-31"
    return f"{year}-{rest}-01", f"{year}-{rest}-31"
