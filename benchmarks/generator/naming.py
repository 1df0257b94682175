"""How a letter names units: in full, by kind, with a shared kind word, or by the bare name."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.generator.content import Row

KINDS = ("xã", "phường", "thị trấn", "huyện", "thị xã", "thành phố")
"""Kinds of units that stand before the name, and that are led by a committee (UBND)."""


def one_stop(row: Row) -> bool:
    """Whether the row is the one-stop office of a district."""
    unit = row.unit
    own = ("Bộ phận", "UBND huyện", "UBND thị xã", "UBND thành phố")
    return unit is not None and unit.kind == "phòng/đơn vị" and row.name.startswith(own)


def name_of(rng: Random, row: Row, form: str) -> str:
    """One unit's name in a form: `full` (UBND xã A), `kind` (xã A) or `bare` (A)."""
    unit = row.unit
    assert unit is not None
    if unit.kind in KINDS:
        named = unit.short if form == "bare" else f"{unit.kind} {unit.short}"
        return named if form in ("kind", "bare") else f"UBND {named}"
    if one_stop(row) and row.name.startswith("UBND"):
        return row.name
    if one_stop(row):
        return rng.choice(
            [
                "Bộ phận Tiếp nhận và trả kết quả cấp huyện",
                "Bộ phận Tiếp nhận và Trả kết quả huyện",
            ]
        )
    return unit.name


def names_of(rng: Random, rows: Sequence[Row], form: str) -> str:
    """A list of units in a form: also `semicolon`, `shared` (UBND xã A, B) and `grouped` (các xã: A, B)."""
    if form == "grouped":
        return _grouped(rng, rows)
    if form == "shared":
        return _shared(rng, rows)
    return ("; " if form == "semicolon" else ", ").join(name_of(rng, r, form) for r in rows)


def _shared(rng: Random, rows: Sequence[Row]) -> str:
    parts, kind = [], ""
    for row in sorted(rows, key=_kind):
        own = _kind(row) in KINDS and _kind(row) == kind
        parts.append(name_of(rng, row, "bare" if own else "full"))
        kind = _kind(row)
    return _and(parts)


def _grouped(rng: Random, rows: Sequence[Row]) -> str:
    """Each kind once: `các xã: A, B và C; phường D`."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(_kind(row), []).append(row)
    colon = rng.choice([":", ""])
    said = []
    for kind, members in groups.items():
        names = _and([name_of(rng, r, "bare" if kind in KINDS else "full") for r in members])
        several = f"các {kind}{colon} {names}" if len(members) > 1 else f"{kind} {names}"
        said.append(several if kind in KINDS else names)
    return "; ".join(said)


def _and(parts: Sequence[str]) -> str:
    return ", ".join(parts[:-1]) + (" và " if len(parts) > 1 else "") + parts[-1]


def _kind(row: Row) -> str:
    return row.unit.kind if row.unit else ""
