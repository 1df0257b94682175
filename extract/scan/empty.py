"""The blank cells of a table without lines of which the paper tells that they are blank.

Such a cell is one that no text was put into, and that may be a text's fault that was put into another. Where no
ink stands between the sides of its column's texts, on its row's own lines, no text can have been there: a table's
texts are set one above another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extract.document import Box, Table
from extract.scan.cells import read_cells
from extract.scan.mesh import GridCell
from extract.scan.picture import Picture
from extract.scan.strokes import open_window_of
from extract.scan.votes import CellText

Spot = tuple[int, int]


def empty_cells(table: Table, picture: Picture) -> dict[Spot, CellText]:
    """What is known of them, by the number of the row and the column. Boxes are in points of the upright page."""
    sides = _sides(table)
    spots: dict[GridCell, Spot] = {}
    for number, row in enumerate(table.rows):
        band = [c.box for c in row.cells if c.box and c.lines]
        for cell in row.cells:
            if band and not cell.lines and cell.span == 1 and sides[cell.column]:
                place = _place(number, cell.column, sides[cell.column], band, picture.unit)
                spots[place] = number, cell.column
    bare = [place for place in spots if not _inked(place, picture)]
    read = read_cells(picture, bare, open_window_of) if bare else {}
    return {spots[place]: text for place, text in read.items()}


def _sides(table: Table) -> dict[int, list[Box]]:
    """The boxes of each column's texts."""
    found: dict[int, list[Box]] = defaultdict(list)
    for cell in (c for row in table.rows for c in row.cells):
        if cell.box and cell.lines and cell.span == 1:
            found[cell.column].append(cell.box)
    return found


def _place(
    row: int, column: int, across: Sequence[Box], down: Sequence[Box], unit: float
) -> GridCell:
    """From side to side of a column's texts, and from the top to the bottom of a row's."""
    sides = min(b.x0 for b in across), max(b.x1 for b in across)
    ends = min(b.top for b in down), max(b.bottom for b in down)
    (x0, x1), (top, bottom) = ((round(v * unit) for v in pair) for pair in (sides, ends))
    return GridCell(row, column, 1, 1, x0, top, x1, bottom)


def _inked(place: GridCell, picture: Picture) -> bool:
    return bool(picture.ink.dark[place.top : place.bottom, place.x0 : place.x1].any())
