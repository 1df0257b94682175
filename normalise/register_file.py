"""Reading register files row by row; every error names the file and the line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from normalise.unit import Alias, RegisterError, Unit

DATA = Path(__file__).parent / "data"
UNIT_COLUMNS = (
    *("code", "official_name", "short_name", "kind", "level", "parent_code"),
    *("valid_from", "valid_to", "merged_into", "source"),
)
ALIAS_COLUMNS = ("code", "official_name", "alias", "note")
LEVELS = frozenset(
    {
        *("province", "district", "commune"),
        *("provincial_department", "district_division", "commune_division"),
    }
)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Placed(Generic[R]):
    """A record and where it stands: `file, line N`."""

    record: R
    where: str


def _refuse(fault: str | None, where: str) -> None:
    if fault:
        raise RegisterError(f"{where}: {fault}")


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with where it stands; the header must have the columns, in any order."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            _refuse(f"column missing: {', '.join(missing)}" if missing else None, f"{path}, line 1")
            for row in reader:
                where = f"{path}, line {reader.line_num}"
                whole = all(isinstance(row.get(c), str) for c in columns)
                _refuse(None if whole else "wrong number of fields", where)
                yield where, {c: row[c].strip() for c in columns}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegisterError(f"{path}: {error}") from error


def read_units(path: Path) -> tuple[Placed[Unit], ...]:
    """The units of a register file; the same code and first day twice is refused."""
    units: dict[tuple[str, date | None], Placed[Unit]] = {}
    for where, row in read_rows(path, UNIT_COLUMNS):
        unit = _unit(row, where)
        key = (unit.code, unit.valid_from)
        _refuse(f"unit {unit.code} stands twice" if key in units else None, where)
        units[key] = Placed(unit, where)
    return tuple(units.values())


def read_aliases(path: Path, office: bool) -> tuple[Placed[Alias], ...]:
    """The aliases of a file; `office` marks an office's own decisions."""
    return tuple(
        Placed(_alias(row, where, office), where) for where, row in read_rows(path, ALIAS_COLUMNS)
    )


def _alias(row: dict[str, str], where: str, office: bool) -> Alias:
    for column in ALIAS_COLUMNS[:3]:
        _refuse(None if row[column] else f"{column} is empty", where)
    return Alias(row["code"], row["official_name"], row["alias"], row["note"], office)


def _unit(row: dict[str, str], where: str) -> Unit:
    for column in ("code", "official_name", "short_name", "kind", "source"):
        _refuse(None if row[column] else f"{column} is empty", where)
    _refuse(None if row["level"] in LEVELS else f"unknown level {row['level']!r}", where)
    return Unit(
        code=row["code"],
        name=row["official_name"],
        short_name=row["short_name"],
        kind=row["kind"],
        level=row["level"],
        parent_code=row["parent_code"] or None,
        valid_from=_day(row["valid_from"], where),
        valid_to=_day(row["valid_to"], where),
        merged_into=row["merged_into"] or None,
        source=row["source"],
    )


def _day(text: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RegisterError(f"{where}: {text!r} is not a date (YYYY-MM-DD)") from None
