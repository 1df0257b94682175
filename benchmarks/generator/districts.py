"""Who reports and about whom: random issuers and units of the register, as reports name them."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.generator.content import Issuer, Unit

DATA = Path(__file__).parents[2] / "normalise" / "data"
TOWN_OFFICES = {"099": "huyện", "095": "thị xã"}
"""Districts whose one-stop office the register knows under its own name."""


@cache
def register() -> tuple[dict[str, str], ...]:
    with (DATA / "register.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def aliases() -> dict[str, str]:
    """Accepted second spellings of communes by official name (codes were used again in 2025)."""
    with (DATA / "aliases.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        row["official_name"]: row["alias"]
        for row in rows
        if row["note"].startswith("NQ") and not row["alias"].startswith(row["official_name"])
    }


def _unit(row: dict[str, str]) -> Unit:
    name = row["official_name"]
    return Unit(
        name=name, code=row["code"], kind=row["kind"], short=row["short_name"], printed=name
    )


def _of(level: str, parent: str, period: str) -> list[Unit]:
    """The units of a level that existed when the period ended (`2023-07`, `2022`)."""
    day = f"{period}-28" if "-" in period else f"{period}-12-28"
    return [
        _unit(row)
        for row in register()
        if row["level"] == level
        and row["parent_code"] == parent
        and row["valid_from"] <= day <= (row["valid_to"] or "9999")
    ]


def issuer(rng: Random, level: str) -> Issuer:
    """The province, or a district drawn at random."""
    return _issuer(rng.choice([row for row in register() if row["level"] == level]))


def of_code(code: str) -> Issuer:
    """The province or the district of this code."""
    senders = [row for row in register() if row["level"] in ("province", "district")]
    return next(_issuer(row) for row in senders if row["code"] == code)


def _issuer(row: dict[str, str]) -> Issuer:
    kind, short = row["kind"], row["short_name"]
    capital = "Điện Biên Phủ" if kind == "tỉnh" else short
    return Issuer(row["official_name"], row["code"], kind, short, capital)


def one_stop(sender: Issuer) -> Unit:
    """The district's own row: its one-stop office where known, else `UBND huyện ...`."""
    kind = TOWN_OFFICES.get(sender.code)
    name = f"Bộ phận Tiếp nhận và trả kết quả {kind}" if kind else sender.office
    official = name if sender.code == "099" else sender.name
    code = "099-BPMC" if sender.code == "099" else sender.code
    return Unit(official, code, "phòng/đơn vị", name, name)


def divisions(sender: Issuer, period: str) -> list[Unit]:
    found = _of("district_division", sender.code, period)
    return [unit for unit in found if unit.code != "099-BPMC"]


def communes(sender: Issuer, period: str) -> list[Unit]:
    """Those of a district, or of the province since the merger of 1 July 2025."""
    return _of("commune", sender.code, period)


def departments(sender: Issuer, period: str) -> list[Unit]:
    return _of("provincial_department", sender.code, period)


def districts(sender: Issuer, period: str) -> list[Unit]:
    return _of("district", sender.code, period)


def printed(rng: Random, units: list[Unit]) -> list[Unit]:
    """The units under one report's manner of naming them."""
    manner = rng.choice(["ubnd"] * 5 + ["kind", "lower", "capital"])
    return [replace(unit, printed=_name(rng, unit, manner)) for unit in units]


def _name(rng: Random, unit: Unit, manner: str) -> str:
    name = unit.printed
    if unit.kind not in ("xã", "phường", "thị trấn", "huyện", "thị xã", "thành phố"):
        return name
    short = unit.short
    if unit.name in aliases() and rng.random() < 0.3:
        short = aliases()[unit.name]
    lower = f"{unit.kind} {short}"
    capital = lower[0].upper() + lower[1:]
    forms = {"ubnd": f"UBND {lower}", "kind": capital, "lower": lower, "capital": f"UBND {capital}"}
    return forms[manner]
