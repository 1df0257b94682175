"""Layouts: how a report is typeset. `layouts.toml` names them and says what each changes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Engine = Literal["drawn", "word", "excel", "docx", "text"]
Rules = Literal[
    "full",
    "none",
    "horizontal",
    "box",
    "heading-box",
    "rectangles",
    "double",
    "gapped",
    "hair",
    "dotted",
]


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to typeset a report; lengths in points.

    `engine`: drawn directly, exported by an office program from a text or spreadsheet document, or no
    PDF at all but that document, or plain text with its cells apart by `separator`.
    `turned_heads`: headings over one column, behind the name's, run upwards.
    `wrap_words`: a word or figure wider than its cell is broken inside (else the cell is widened).
    `sections`: the heading of a section spans the columns after STT, or the whole row.
    `spelling`: how the text layer encodes Vietnamese. `drawing`: one text object per line of a cell,
    per word, per glyph, or with the cells in random order. `page_height` shortens the pages of
    tables so that they break.
    """

    name: str
    engine: Engine = "drawn"
    rules: Rules = "full"
    shading: Literal["none", "zebra", "header"] = "none"
    orientation: Literal["landscape", "portrait"] = "landscape"
    rotate: int = 0
    font: Literal["serif", "sans", "carlito", "dejavu"] = "serif"
    size: float = 9.5
    leading: float = 1.15
    pad: float = 2.5
    figure_width: float = 0.0
    serial_width: float = 24.0
    name_width: float = 130.0
    turned_heads: bool = False
    wrap_words: bool = False
    align: Literal["center", "right", "accounting"] = "center"
    trailing: int = 0
    merged_sections: bool = True
    sections: Literal["name", "whole"] = "name"
    break_rows: bool = False
    repeat_header: bool = True
    page_height: float = 0.0
    same_page: bool = False
    after_letter: bool = False
    spelling: Literal["nfc", "nfd", "u-hook", "no-break", "soft-hyphen", "tcvn3", "vni"] = "nfc"
    drawing: Literal["lines", "words", "glyphs", "shuffled"] = "lines"
    separator: Literal["tabs", "bars"] = "tabs"

    @property
    def exported(self) -> bool:
        """Whether an office program has to make the file."""
        return self.engine in ("word", "excel")

    @property
    def suffix(self) -> str:
        return {"docx": ".docx", "text": ".txt"}.get(self.engine, ".pdf")


@cache
def layouts() -> dict[str, Layout]:
    """Every layout by name."""
    text = Path(__file__).with_name("layouts.toml").read_text(encoding="utf-8")
    return {name: Layout(name=name, **given) for name, given in tomllib.loads(text).items()}


def named(name: str) -> Layout:
    """Raises ValueError with the known names when there is none of this name."""
    if name not in layouts():
        raise ValueError(f"no layout {name!r}; known: {', '.join(layouts())}")
    return layouts()[name]
