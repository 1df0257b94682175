"""The words of the letters, from `phrases.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def phrases() -> dict[str, Any]:
    """Regular expressions over folded prose, by what they are words for."""
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return tomllib.load(file)
