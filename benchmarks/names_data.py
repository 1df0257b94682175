"""The names that the accuracy measure puts to the matcher: the register's and the whole country's."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from benchmarks.readings import Read, kept, read_all
from normalise.register import Unit, load_register

CACHE = Path(__file__).parent.parent / "build" / "names"
LEARN_DPI = (130, 240)
FONTS = ("serif", "sans", "dejavu")
WORN_FONTS = ("narrow", "plain")
"""Fonts that nothing was learned from."""
TEST_DPI = (110, 150, 200, 300)
FOREIGN_SAMPLE = 400
"""Names of other provinces rendered for learning: the register alone lacks many letters."""


def printed_form(unit: Unit) -> str:
    """A unit's name as score tables print it: offices of territories with `UBND`."""
    if unit.level in ("commune", "district", "province"):
        return f"UBND {unit.kind} {unit.short_name}"
    return unit.name


def country() -> tuple[tuple[int, str], ...]:
    """Code of the province and name of every commune of the country (data of 2025-01)."""
    file = resources.files("vietnam_provinces") / "data" / "flat-divisions.json"
    rows = json.loads(file.read_text(encoding="utf-8"))
    return tuple((r["province_code"], r["ward_name"]) for r in rows if r["ward_name"])


def is_learned(province: int) -> bool:
    """Half of the provinces teach (even codes), the other half are the strangers of the test."""
    return province % 2 == 0


def _cache(kind: str, names: Sequence[str]) -> Path:
    """A file for readings of just these names."""
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()[:12]
    return CACHE / f"{kind}-{digest}.csv"


def learning_reads() -> tuple[Read, ...]:
    """Readings to count confusions in: other resolutions than the test's."""
    own = [printed_form(u) for u in load_register().units]
    names = sorted({name for code, name in country() if is_learned(code)})
    foreign = random.Random(5).sample(names, FOREIGN_SAMPLE)
    names = [*own, *foreign]
    return kept(_cache("learning", names), read_all(names, FONTS, LEARN_DPI))


def test_reads() -> tuple[Read, ...]:
    """Readings of all register names to measure on."""
    own = sorted({printed_form(u) for u in load_register().units})
    return kept(_cache("test", own), read_all(own, FONTS, TEST_DPI))


def worn_reads() -> tuple[Read, ...]:
    """Readings of all register names from worn pictures in other fonts than were learned from."""
    own = sorted({printed_form(u) for u in load_register().units})
    reads = read_all(own, WORN_FONTS, (150, 200), random.Random(8))
    return kept(_cache("worn", own), reads)


def stranger_reads() -> tuple[Read, ...]:
    """Readings of names of the other half of the provinces, as tables print them."""
    names = sorted({name for code, name in country() if not is_learned(code)})
    chosen = [f"UBND {_lowered(n)}" for n in random.Random(6).sample(names, FOREIGN_SAMPLE)]
    return kept(_cache("strangers", chosen), read_all(chosen, ("serif",), (150, 200)))


def _lowered(name: str) -> str:
    return name[0].lower() + name[1:]


if __name__ == "__main__":
    print(len(learning_reads()), len(test_reads()))
