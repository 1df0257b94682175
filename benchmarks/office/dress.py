"""Dresses: how a report is set in HTML and which program prints it; `dresses.toml` names them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Change = Literal["nfd", "spans", "nbsp", "hyphens", "breaks", "vertical"]


@dataclass(frozen=True, slots=True)
class Dress:
    """One way to set and print a report.

    `css` and `attributes` (of the tables) say what it looks like; `changes` what happens to the texts;
    `sideways` turns the annexes by a quarter without the page saying so; `furniture` adds running
    texts and page numbers. `scale`, `mark`, `denominator`: as in the generator's `Style`.
    """

    name: str
    producer: Literal["chromium", "cairo", "writer-web", "writer"] = "chromium"
    css: str = ""
    attributes: str = ""
    page: Literal["landscape", "portrait", "a3"] = "landscape"
    repeat: bool = True
    break_rows: bool = False
    sections: Literal["name", "whole", "split"] = "name"
    changes: tuple[Change, ...] = ()
    trailing: int = 0
    zebra: bool = False
    same_page: bool = False
    statistics: bool | None = None
    sideways: bool = False
    furniture: bool = False
    scale: int | None = None
    mark: str | None = None
    denominator: bool | None = None


@cache
def dresses() -> dict[str, Dress]:
    """All dresses by name."""
    text = (Path(__file__).parent / "dresses.toml").read_text(encoding="utf-8")
    return {name: Dress(name, **_hashable(keys)) for name, keys in tomllib.loads(text).items()}


def _hashable(keys: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in keys.items()}
