"""The manners of writing that letters are made in: `wordings*.toml`, one file for each author."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HELD_OUT = ("wordings_fifth.toml", "wordings_sixth.toml", "wordings_seventh.toml")
"""The files that no rule was written from when they were measured. The seventh (240 letters, seed 300700): 91.3 % of
claims found, 95.8 % of verdicts right, 70 of 87 planted errors found (56 under the right rule), 55 of 240 clean letters
with a false alarm. The sixth (96 letters, seed 71): 84.3 % of claims
found, 99.8 % of verdicts right, 17 of 25 planted errors found (all under the right rule), none of 96 clean letters with
a false alarm. The fifth (180 letters, seed 61): 89.8 %, 96.5 %, 46 of 57 (41), 23 of 180. The fourth: 75.5 %, 93.1 %,
55 of 67 (51), 57 of 210. After each measurement some causes were mended, so later figures are no longer of unseen
wordings."""


@cache
def _files() -> tuple[tuple[str, dict[str, Any]], ...]:
    files = sorted(Path(__file__).parent.glob("wordings*.toml"))
    return tuple((file.name, tomllib.loads(file.read_text("utf-8"))) for file in files)


@cache
def wordings() -> tuple[dict[str, Any], ...]:
    """Every manner of writing, those of the held-out files marked `held_out`."""
    return tuple(
        {**wording, "held_out": name in HELD_OUT}
        for name, data in _files()
        for wording in data["wording"]
    )


@cache
def asides(name: str) -> tuple[str, ...]:
    """Sentences whose numbers are no claims about the units of a table."""
    return next(tuple(d["asides"][name]) for _, d in _files() if name in d.get("asides", {}))
