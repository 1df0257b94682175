"""A grid and its read cells made a Table, the same record as a digital page's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from extract.document import Box, Cell, Row, Table
from extract.headers import Spot, header_rows, heading_tree, is_number, is_numeral
from extract.scan.mesh import Grid, GridCell
from extract.scan.upright import Frame
from extract.scan.votes import CellText

SERIAL = "STT"
# Texts in the row of a section at most: number, name, remark.
SECTION = 3
# Trust in a cell whose place is in doubt: below an even chance.
TRUST = 0.3
# Share of a row's cells that go on in the next from which a line between the two was only letters.
CUT = 0.5
# Share of a row's cells that are of one column from which a blank one over several has lost the line in it.
PARTED = 0.8
# Share of the full rows in which a line parts cells from which it is one of the table's: a seal's stroke is
# taken for a line in a row or two.
USUAL = 0.5


def table_of(
    grid: Grid, texts: Mapping[GridCell, CellText], frame: Frame, page: int, order: int
) -> Table:
    """The table with header, rows and boxes on the page as shown."""
    columns = len(grid.xs) - 1
    spots = _with_headings([_spot(cell, texts[cell], frame) for cell in grid.cells])
    depth = header_rows(spots, columns)
    parts = dict(part for cell in grid.cells for part in _cut(cell, texts[cell], depth))
    body = [_crossing(parts, row) for row in range(depth, len(grid.ys) - 1)]
    strange = _strange_lines(body)
    rows = tuple(
        _row(r, here, _doubtful(grid, here, parts, strange), parts, frame, page)
        for r, here in enumerate(body, depth)
    )
    box = frame.box(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
    doubts = ("broken-grid",) if grid.doubted else ()
    spots = [_spot(cell, text, frame) for cell, text in parts.items() if cell.row < depth]
    header = heading_tree(_with_headings(spots), depth, page)
    return Table(f"p{page}-{order}", order, page, "scan", columns, header, rows, box, doubts)


def in_doubt(table: Table) -> Table:
    """The table with little trust in any cell: its rows may hold other rows' figures."""
    rows = tuple(replace(row, cells=tuple(map(mistrusted, row.cells))) for row in table.rows)
    return replace(table, rows=rows, doubts=("broken-grid", *table.doubts))


def mistrusted(cell: Cell) -> Cell:
    """The cell with little trust in what it holds."""
    readings = tuple(replace(r, weight=r.weight * TRUST) for r in cell.readings)
    return replace(cell, confidence=min(cell.confidence, TRUST), readings=readings)


def _with_headings(spots: Sequence[Spot]) -> list[Spot]:
    """The spots, a number before words only in the top row made `STT`: it is often read as `811`,
    on one line or on three."""
    top = sorted((s for s in spots if s.r0 == 0 and s.text), key=lambda s: s.c0)
    texts = [s.text for s in top]
    if len(top) <= SECTION or not is_numeral(texts[0]) or any(map(is_number, texts[1:])):
        return list(spots)
    return [replace(s, text=SERIAL) if s is top[0] else s for s in spots]


def _spot(cell: GridCell, text: CellText, frame: Frame) -> Spot:
    last_row, last_column = cell.row + cell.rows - 1, cell.column + cell.columns - 1
    return Spot(
        " ".join(text.lines), cell.row, last_row, cell.column, last_column, _box(cell, frame)
    )


def _box(cell: GridCell, frame: Frame) -> Box:
    return frame.box(cell.x0, cell.top, cell.x1, cell.bottom)


def _cut(cell: GridCell, text: CellText, depth: int) -> list[tuple[GridCell, CellText]]:
    """The cell; a heading that reaches into the body has lost the line below it: what of it is the body's is in
    doubt, a figure at its end perhaps."""
    below = cell.row + cell.rows - depth
    if not cell.row < depth < cell.row + cell.rows:
        return [(cell, text)]
    figure = text.lines[-1:] if text.lines and is_number(text.lines[-1]) else ()
    head = replace(text, lines=text.lines[: len(text.lines) - len(figure)])
    return [
        (replace(cell, rows=cell.rows - below), head),
        (replace(cell, row=depth, rows=below), _doubted(replace(text, lines=figure, readings=()))),
    ]


def _crossing(cells: Iterable[GridCell], row: int) -> list[GridCell]:
    """The cells that a row of the grid goes through."""
    return [cell for cell in cells if cell.row <= row < cell.row + cell.rows]


def _strange_lines(body: Sequence[Sequence[GridCell]]) -> set[int]:
    """Upright lines, by the track on their right, that part cells in a few rows only."""
    full = [here for here in body if len(here) > SECTION]
    counts = Counter(cell.column for here in full for cell in here)
    return {line for line, count in counts.items() if count < USUAL * len(full)}


def _doubtful(
    grid: Grid, here: Sequence[GridCell], texts: Mapping[GridCell, CellText], strange: Set[int]
) -> frozenset[GridCell]:
    """The cells of a row that may be parts of others, or hold others' figures."""
    if sum(cell.rows > 1 for cell in here) > CUT * len(here) or _are_two_rows(here, texts):
        return frozenset(here)
    beside = {c for c in here if c.column in strange or c.column + c.columns in strange}
    return grid.doubted | beside


def _are_two_rows(here: Sequence[GridCell], texts: Mapping[GridCell, CellText]) -> bool:
    """Whether a row has the serial numbers of two, one below the other: the line between them was lost."""
    serials = texts[min(here, key=lambda c: c.column)].lines if here else ()
    if len(serials) < 2 or not all(text.isdecimal() for text in serials):
        return False
    return all(int(b) == int(a) + 1 for a, b in pairwise(serials))


def _row(
    row: int,
    here: Sequence[GridCell],
    doubtful: frozenset[GridCell],
    texts: Mapping[GridCell, CellText],
    frame: Frame,
    page: int,
) -> Row:
    """The cells that begin in a track of the grid, or that a figure over several tracks leaves there."""
    cells = [
        _cell(part, text, frame, page)
        for cell in here
        for part, text in _parts(cell, texts[cell], cell in doubtful, here)
        if part.row == row
    ]
    return Row(tuple(sorted(cells, key=lambda cell: cell.column)), page)


def _parts(
    cell: GridCell, text: CellText, doubted: bool, here: Sequence[GridCell]
) -> Iterator[tuple[GridCell, CellText]]:
    """The cell; no figure of a table is printed over several tracks, so there a line was missed: the
    figure stands in the first of them, and each of them is in doubt."""
    if cell.rows == cell.columns == 1 or not (_is_figure(text) or _is_noise(text, cell, here)):
        yield cell, _doubted(text) if doubted else text
        return
    for track in range(cell.rows * cell.columns):
        row, column = divmod(track, cell.columns)
        part = replace(cell, row=cell.row + row, rows=1, column=cell.column + column, columns=1)
        yield part, _doubted(replace(text, lines=()) if track else text)


def _is_figure(text: CellText) -> bool:
    return any(c.isdigit() for c in text.text) and not any(c.isalpha() for c in text.text)


def _is_noise(text: CellText, cell: GridCell, here: Sequence[GridCell]) -> bool:
    """Whether what stands over several tracks of a full row is hardly a text: figures under a seal. Where the row's
    other cells are parted, nothing at all is no text either, nor words with a figure behind them."""
    parted = sum(c.columns == 1 for c in here if c is not cell)
    if cell.columns > 1 and parted >= PARTED * len(here) > PARTED * SECTION:
        words = text.text.split()
        if not words or is_number(words[-1]):
            return True
    return len(here) > SECTION and any(text.lines) and text.confidence < TRUST


def _doubted(text: CellText) -> CellText:
    """The text with little trust: it may be another cell's, or a part of it."""
    readings = (
        tuple(replace(r, weight=r.weight * TRUST) for r in text.readings) if text.lines else ()
    )
    return replace(text, confidence=min(text.confidence, TRUST), readings=readings)


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
