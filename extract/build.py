"""A filled grid to a table: title rows set aside, header tree, body rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .document import Box, Cell, Origin, Reader, Reading, Row, Table
from .headers import Spot, header_rows, heading_tree


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell on its way into a table: extent, printed lines, box; `readings` where two differ."""

    r0: int
    r1: int
    c0: int
    c1: int
    lines: tuple[str, ...]
    box: Box | None = None
    confidence: float = 1.0
    readings: tuple[Reading, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def build_table(
    pieces: Sequence[Piece],
    columns: int,
    page: int,
    reader: Reader,
    origin: Origin = "text-layer",
    box: Box | None = None,
    doubts: tuple[str, ...] = (),
) -> Table:
    """The table of the pieces; ids and order are given later, when all pages are joined.

    A cell merged over rows stands in the first of them.
    """
    spots = [Spot(p.text, p.r0, p.r1, p.c0, p.c1, p.box) for p in pieces]
    depth = header_rows(spots, columns)
    rows = 1 + max((p.r1 for p in pieces), default=-1)
    return Table(
        id="",
        order=0,
        page=page,
        reader=reader,
        columns=columns,
        header=heading_tree(spots, depth, page),
        rows=rows_of(pieces, depth, rows, page, origin),
        box=box,
        doubts=doubts,
    )


def rows_of(
    pieces: Sequence[Piece], first: int, end: int, page: int, origin: Origin
) -> tuple[Row, ...]:
    """Body rows `first`..`end` (exclusive) of the pieces; wholly blank ones are left out."""
    rows = (_row(pieces, r, page, origin) for r in range(first, end))
    return tuple(row for row in rows if any(cell.lines for cell in row.cells))


def _row(pieces: Sequence[Piece], row: int, page: int, origin: Origin) -> Row:
    here = sorted((p for p in pieces if p.r0 <= row <= p.r1), key=lambda p: p.c0)
    return Row(tuple(_cell(p, p.r0 == row, page, origin) for p in here), page)


def _cell(piece: Piece, starts: bool, page: int, origin: Origin) -> Cell:
    return Cell(
        lines=piece.lines if starts else (),
        page=page,
        box=piece.box,
        origin=origin,
        column=piece.c0,
        span=piece.c1 - piece.c0 + 1,
        confidence=piece.confidence,
        readings=piece.readings if starts else (),
    )


def title_rows(pieces: Sequence[Piece], columns: int) -> int:
    """How many rows at the top hold one text over the whole width: titles, not headings."""
    rows = 1 + max((p.r1 for p in pieces), default=-1)
    for row in range(rows):
        here = [p for p in pieces if p.r0 <= row <= p.r1]
        if len(here) != 1 or here[0].c0 > 0 or here[0].c1 < columns - 1:
            return row
    return 0
