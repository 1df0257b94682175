"""A unit of the register, an accepted second spelling, and the day a period stands for."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})(?:-(\d{2}))?))?$")


class RegisterError(ValueError):
    """A register or alias file contradicts itself; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and the days on which it exists (both ends included, None = open).

    `name` is the official name with its kind word. `level` is `province`, `district`, `commune`,
    `provincial_department`, `district_division` or `commune_division`. `merged_into` is the code of its successor.
    """

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    parent_code: str | None
    valid_from: date | None
    valid_to: date | None
    merged_into: str | None
    source: str

    def exists(self, day: date | None) -> bool:
        """Whether the unit exists on `day`; every unit does when the day is unknown."""
        if day is None:
            return True
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def overlaps(self, other: Unit) -> bool:
        """Whether both exist on some common day."""
        begin = max(self.valid_from or date.min, other.valid_from or date.min)
        return begin <= min(self.valid_to or date.max, other.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class Alias:
    """An accepted second spelling of the unit `code` whose official name is `name`."""

    code: str
    name: str
    alias: str
    note: str
    office: bool = False


def day_of(when: date | str | None) -> date | None:
    """The last day of a period (`2023-07`, `2022`, `2023-Q1`, `2025-H1`) or an ISO date.

    The last day, because a report is written after its period by the offices that then exist.
    An unreadable period counts as unknown.
    """
    if when is None or isinstance(when, date):
        return when
    found = _PERIOD.match(when.strip())
    if not found:
        return None
    year, quarter, half, month, day = found.groups()
    last = int(month or 0) or int(quarter or 0) * 3 or int(half or 0) * 6 or 12
    try:
        return date(int(year), last, int(day or 0) or calendar.monthrange(int(year), last)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
