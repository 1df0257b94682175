"""Serial numbers of a scan: `I` and `II` where the rows are counted 1 and 11, `li` where a section begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.document import Row

_STROKES = re.compile(r"(?P<ones>[Iil|!1]{1,3})[.)]?")


class _Serial(NamedTuple):
    place: int
    text: str


def counted(rows: Sequence[Row], column: int | None) -> list[Row]:
    """The rows, strokes in the column of serial numbers made the number that the rows before and after count."""
    found = list(rows)
    serials = [_Serial(n, text) for n, row in enumerate(rows) if (text := _text(row, column))]
    around = zip(
        ["", *(s.text for s in serials)],
        serials,
        [*(s.text for s in serials[1:]), ""],
        strict=False,
    )
    for before, (place, text), after in around:
        ones = _STROKES.fullmatch(text)
        if ones and _counts_on(number := len(ones["ones"]) * "1", before, after):
            found[place] = _with(rows[place], column, number)
        elif ones and not text.isdigit() and _is_heading(rows[place]):
            found[place] = _with(rows[place], column, len(ones["ones"]) * "I")
    return found


def _counts_on(number: str, before: str, after: str) -> bool:
    """Whether a row of this number stands between its neighbours: the first of a section would go before `1`."""
    own = int(number)
    return after == str(own + 1) or (own > 1 and before == str(own - 1) and after != "1")


def _is_heading(row: Row) -> bool:
    """Whether a row has nothing but its number and a name: a section's."""
    return sum(bool(cell.text) for cell in row.cells) == 2


def _text(row: Row, column: int | None) -> str:
    cell = next((c for c in row.cells if c.column == column and c.origin == "ocr"), None)
    return cell.text.strip() if cell else ""


def _with(row: Row, column: int | None, number: str) -> Row:
    cells = (replace(c, lines=(number,)) if c.column == column else c for c in row.cells)
    return replace(row, cells=tuple(cells))
