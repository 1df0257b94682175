"""How often a reading with given witnesses is right: the calibration, as data.

`trust.csv` counts, for each pattern of witnesses, right and wrong readings on generated scans;
`benchmarks/calibrate.py` made it. A pattern never met there is trusted little.
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


@cache
def _table() -> dict[str, tuple[int, int]]:
    with (files("extract.scan") / "trust.csv").open(encoding="utf-8") as file:
        return {r["pattern"]: (int(r["right"]), int(r["wrong"])) for r in csv.DictReader(file)}


@cache
def trust_in(pattern: str) -> float:
    """The probability that a reading of this pattern is right."""
    right, wrong = _table().get(pattern, (0, 0))
    if not right + wrong:
        return UNMET
    return round(1 - (wrong + ERROR) / (right + wrong + 1), 6)
