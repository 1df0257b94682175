"""Which units owe a report for a period, and which sent one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalise.register import Register, Unit, day_of
from reconcile.crosswise import Record
from reconcile.digest import Digest
from reconcile.finding import Finding

_MONTH = re.compile(r"\d{4}-\d{2}$")
_LAST_DISTRICT_DAY = "2025-06-30"
"""Districts reported until they were abolished; from 1 July 2025 the communes report (NQ 203/2025/QH15)."""
REGULAR = 2
"""A unit that sent reports for the months before and after, while so many others sent theirs, is expected too."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which unit sent a report for which period: `cells[i][j]` is the path of unit i's report for
    period j, None where it owes one and sent none, and "" where it owes none."""

    units: tuple[str, ...]
    periods: tuple[str, ...]
    cells: tuple[tuple[str | None, ...], ...]


def owing(register: Register, period: str) -> tuple[Unit, ...]:
    """The units that report for a month."""
    day, last = day_of(period), day_of(_LAST_DISTRICT_DAY)
    level = "district" if day is None or last is None or day <= last else "commune"
    return tuple(u for u in register.on(period).units if u.level == level)


def missing(reports: Sequence[Digest], register: Register, record: Record) -> None:
    """Units without a report for a month that the folder is about: one for which most units sent theirs,
    or that lies between two months of the same unit while others sent theirs."""
    sent: dict[str, set[str]] = {}
    for report in reports:
        if report.period and report.issuer and _MONTH.match(report.period) and report.readable:
            sent.setdefault(report.period, set()).add(report.issuer)
    for period in sorted(sent):
        units = owing(register, period)
        here = [u for u in units if u.code in sent[period]]
        if not here:
            continue
        most = len(here) * 2 > len(units)
        for unit in units:
            if unit.code in sent[period]:
                continue
            if most or (len(here) >= REGULAR and _between(sent, unit.code, period)):
                record.add(_missing(unit, period, len(here), len(units), most))


def _between(sent: dict[str, set[str]], code: str, period: str) -> bool:
    months = sorted(p for p, codes in sent.items() if code in codes)
    return bool(months) and months[0] < period < months[-1]


def _missing(unit: Unit, period: str, here: int, units: int, most: bool) -> Finding:
    facts = (
        ("unit", unit.name), ("period", period), ("sent", str(here)), ("units", str(units)),
    )  # fmt: skip
    return Finding(
        "missing-submission", "warning" if most else "info", "", "missing-submission", facts,
        unit=unit.name, unit_code=unit.code,
    )  # fmt: skip


def matrix(digests: Sequence[Digest], register: Register) -> Matrix:
    """Unit by month, for the units that owe reports; of versions the newest stands here."""
    months = sorted({d.period for d in digests if d.period and _MONTH.match(d.period)})
    owed = {month: {u.code: u.name for u in owing(register, month)} for month in months}
    sent: dict[tuple[str, str], str] = {}
    for report in sorted(digests, key=lambda d: (d.date or "", d.path)):
        if report.issuer and report.period in owed and report.issuer in owed[report.period]:
            sent[owed[report.period][report.issuer], report.period] = report.path
    units = tuple(dict.fromkeys(name for month in months for name in owed[month].values()))
    cells = tuple(
        tuple(sent.get((unit, month)) if unit in owed[month].values() else "" for month in months)
        for unit in units
    )
    return Matrix(units, tuple(months), cells)
