"""A grid and its read cells made a Table, the same record as a digital page's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.document import Box, Cell, Row, Table
from extract.headers import Spot, header_rows, heading_tree, is_number, is_numeral
from extract.scan.mesh import Grid, GridCell
from extract.scan.upright import Frame
from extract.scan.votes import CellText

# Texts in the row of a section at most: number, name, remark.
SECTION = 3


def table_of(
    grid: Grid, texts: Mapping[GridCell, CellText], frame: Frame, page: int, order: int
) -> Table:
    """The table with header, rows and boxes on the page as shown."""
    columns = len(grid.xs) - 1
    spots = [_spot(cell, texts[cell], frame) for cell in grid.cells]
    depth = header_rows(_with_headings(spots), columns)
    rows = tuple(_row(grid, texts, frame, page, r) for r in range(depth, len(grid.ys) - 1))
    box = frame.box(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
    doubts = ("broken-grid",) if grid.broken else ()
    header = heading_tree(spots, depth, page)
    return Table(f"p{page}-{order}", order, page, "scan", columns, header, rows, box, doubts)


def _with_headings(spots: Sequence[Spot]) -> list[Spot]:
    """The spots, a number before words only in the top row made one too: `STT` may be read as `811`."""
    top = sorted((s for s in spots if s.r0 == 0 and s.text), key=lambda s: s.c0)
    texts = [s.text for s in top]
    if len(top) <= SECTION or not is_numeral(texts[0]) or any(map(is_number, texts[1:])):
        return list(spots)
    return [replace(s, text="STT") if s is top[0] else s for s in spots]


def _spot(cell: GridCell, text: CellText, frame: Frame) -> Spot:
    last_row, last_column = cell.row + cell.rows - 1, cell.column + cell.columns - 1
    return Spot(
        " ".join(text.lines), cell.row, last_row, cell.column, last_column, _box(cell, frame)
    )


def _box(cell: GridCell, frame: Frame) -> Box:
    return frame.box(cell.x0, cell.top, cell.x1, cell.bottom)


def _row(grid: Grid, texts: Mapping[GridCell, CellText], frame: Frame, page: int, row: int) -> Row:
    """The cells that begin in a track of the grid."""
    here = [cell for cell in grid.cells if cell.row == row]
    return Row(tuple(_cell(cell, texts[cell], frame, page) for cell in here), page)


def _cell(cell: GridCell, text: CellText, frame: Frame, page: int) -> Cell:
    return Cell(
        tuple(line for line in text.lines if line),
        page,
        _box(cell, frame),
        "ocr",
        cell.column,
        cell.columns,
        text.confidence,
        text.readings,
    )
