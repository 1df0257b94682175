"""What the cells of a column look like, as evidence for what the column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import Cell, Row
from normalise.number import not_applicable, parse
from normalise.rank import rank_of

ROMAN = re.compile(r"^(?=[IVXLivxl])(X{0,3}(IX|IV|V?I{0,3}))[.)]?$")
SERIAL = re.compile(r"^\d{1,3}[.)]?$|^[A-H][.)]?$")

SCALED = re.compile(r"/\s*100?\s*$")


@dataclass(frozen=True, slots=True)
class Contents:
    """Shares (0..1) of a column's filled cells that are numbers, serials, ranks, words, or `x/85`.

    `of_maximum` are those of the fractions that are not out of 10 or 100, the scales of a converted score.
    """

    filled: int = 0
    numbers: float = 0.0
    serials: float = 0.0
    ranks: float = 0.0
    words: float = 0.0
    fractions: float = 0.0
    of_maximum: float = 0.0


def contents_of(rows: Sequence[Row], column: int) -> Contents:
    """What stands in one column, cells that span several columns and loose rows left out."""
    cells = [c for row in rows if not row.loose for c in row.cells]
    texts = [_whole(c) for c in cells if c.column == column and c.span == 1 and c.text]
    if not texts:
        return Contents()
    numbers = [t for t in texts if parse(t, ",") is not None or not_applicable(t)]
    serials = [t for t in texts if SERIAL.match(t) or ROMAN.match(t)]
    ranks = [t for t in texts if rank_of(t) is not None]
    words = [t for t in texts if len(re.findall(r"[^\W\d_]", t)) >= 3]
    fractions = [t for t in texts if "/" in t and parse(t, ",") is not None]
    of_maximum = [t for t in fractions if not SCALED.search(t)]
    kinds = (numbers, serials, ranks, words, fractions, of_maximum)
    return Contents(len(texts), *(len(kind) / len(texts) for kind in kinds))


def _whole(cell: Cell) -> str:
    """The text, a figure that a narrow column has broken over lines made whole."""
    joined = "".join(cell.lines)
    return joined if len(cell.lines) > 1 and parse(joined, ",") is not None else cell.text
