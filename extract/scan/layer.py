"""A scanner's own text under the picture, as a second witness for figures in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import combining, normalize

from extract.document import Box, Cell, Line, Reading, Table

# Cells read more surely than this need no second witness.
SURE = 0.999
# The layer's share of the chance that our reading is wrong: such layers read two figures in three.
SHARE = 0.5
MARKED = re.compile(r"\d+(?P<mark>[.,])(?P<after>\d{1,2})")
STROKES = str.maketrans("đĐ", "dD")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the layer and where its middle is, in points of the page as shown."""

    text: str
    x: float
    y: float


def tokens_of(layer: Sequence[Line]) -> list[Token]:
    """The words of the layer."""
    return [
        Token(word.text, (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2)
        for word in layer
        if word.box and word.text
    ]


def said_in(box: Box, tokens: Sequence[Token]) -> str | None:
    """The layer's word in a cell; None when it has none or several there."""
    inside = [t.text for t in tokens if box.x0 < t.x < box.x1 and box.top < t.y < box.bottom]
    return inside[0] if len(inside) == 1 else None


def heard(table: Table, tokens: Sequence[Token]) -> Table:
    """The table with the layer's words among the readings of the cells in doubt."""
    return replace(
        table,
        rows=tuple(replace(r, cells=tuple(_heard(c, tokens) for c in r.cells)) for r in table.rows),
    )


def _heard(cell: Cell, tokens: Sequence[Token]) -> Cell:
    said = said_in(cell.box, tokens) if cell.box and cell.confidence < SURE else None
    said = _with_mark(said, cell.text) if said else None
    if said is None or _bare(said) == _bare(cell.text) or not cell.readings:
        return cell
    share = SHARE * (1 - cell.confidence)
    rest = [replace(r, weight=r.weight * (1 - SHARE)) for r in cell.readings[1:]]
    known = next((r for r in rest if r.text == said), Reading(said, 0.0, "ocr-layer"))
    others = [r for r in rest if r.text != said]
    ranked = sorted([*others, replace(known, weight=known.weight + share)], key=lambda r: -r.weight)
    return replace(cell, readings=(cell.readings[0], *ranked))


def _with_mark(said: str, read: str) -> str:
    """The layer's digits with the mark that our reading has: such layers lose every second one."""
    found = MARKED.fullmatch(read)
    if found is None or not said.isdigit() or len(said) <= len(found["after"]):
        return said
    return f"{said[: -len(found['after'])]}{found['mark']}{said[-len(found['after']) :]}"


def _bare(text: str) -> str:
    """Without diacritics, which such layers lack."""
    return "".join(c for c in normalize("NFD", text) if not combining(c)).translate(STROKES)
