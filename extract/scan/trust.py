"""How often a reading with given witnesses is right: the calibration, as data.

`trust.csv` counts, for each pattern of witnesses, right and wrong readings on generated scans of every
kind of damage. `benchmarks/calibrate.py` counts them.
A pattern never met there is trusted little.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

# Below this Tesseract's confidence in a word a text is read again (see the curve in trust.csv).
TEXT = 0.9
UNMET = 0.3
# Pseudo-counts: a pattern seen n times without error is trusted (n + 1 - ERROR) / (n + 1).
ERROR = 0.35
# What a figure's pattern is made of, the weaker before the stronger; what is in no common chain cannot
# be compared.
CHAINS = (
    (("0", "1", "2"),),
    (("other", "same"),),
    (("0", "1", "2"),),
    (("0", "1", "2"), ("0", "-", "2")),
    (("bare", "low", "ok"),),
)


@cache
def _table() -> dict[str, tuple[int, int]]:
    with (files("extract.scan") / "trust.csv").open(encoding="utf-8") as file:
        return {r["pattern"]: (int(r["right"]), int(r["wrong"])) for r in csv.DictReader(file)}


@cache
def trust_in(pattern: str) -> float:
    """The probability that a reading of this pattern is right.

    Where every witness is at least as sure as in another pattern, the reading is right at least as often:
    rare patterns are counted together with weaker ones.
    """
    weaker = [p for p in _table() if _weaker(p, pattern)]
    return max((_share(floor, weaker) for floor in (pattern, *weaker)), default=UNMET)


def _share(floor: str, weaker: list[str]) -> float:
    """The share of right ones among patterns not weaker than `floor`."""
    counts = [_table()[p] for p in weaker if _weaker(floor, p)]
    right, wrong = (sum(c[i] for c in counts) for i in (0, 1))
    return round(1 - (wrong + ERROR) / (right + wrong + 1), 6) if counts else UNMET


@cache
def _weaker(one: str, other: str) -> bool:
    """Whether no witness of one pattern is surer than in the other; so of a pattern and itself."""
    parts, others = one.split(" "), other.split(" ")
    if one == other or len(parts) != len(CHAINS) or len(others) != len(CHAINS):
        return one == other
    return all(map(_at_most, parts, others, CHAINS))


def _at_most(a: str, b: str, chains: tuple[tuple[str, ...], ...]) -> bool:
    return a == b or any(
        a in chain and b in chain and chain.index(a) < chain.index(b) for chain in chains
    )
