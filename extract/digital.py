"""One digital page: characters and ruling lines to paragraphs and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from .bands import Frame
from .boxes import moved
from .boxhead import with_lines
from .build import Piece, build_table, title_rows
from .columns import FIGURES
from .document import Box, Line, Page, Paragraph, Reading, Table
from .encoding import Legacy
from .fill import Filled, fill, lines_of
from .glyphs import Run, runs_of
from .grid import Grid, Region, grids_of
from .half_ruled import half_ruled
from .headers import is_number
from .ledger import missing_numbers
from .prose import paragraphs_of
from .second import is_doubtful, second_rows, settle
from .standing import standing
from .strokes import THIN, Stroke, joined, strokes_of
from .sunk import raised
from .unruled import unruled_tables
from .upright import Sheet, lies, put_back, upright
from .visible import visible_chars, without_marks

UNSETTLED = 0.6
"""Confidence of a cell whose figures a ruling line cuts between two glyphs that touch: below the 0.9
from which a cell counts as read, above an even chance."""


LEAST_CELLS = 4
"""Two by two, or one row of four at the top of a page; less is a frame about a text."""
CROWDED = 4
"""So many lines of figures in one cell are rows that no line parts; a squeezed figure breaks over
three."""
GUTTER = 1.0
"""Room between figures, in font sizes, that one cell's text does not have."""


@dataclass(frozen=True, slots=True)
class PageReading:
    """What stands on one page; paragraphs and tables carry their `order` on the page."""

    page: Page
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    unclaimed: tuple[Line, ...] = ()


@dataclass(slots=True)
class Memory:
    """What is known of the file and remembered from page to page: legacy fonts, and the frame of the
    last loose table."""

    path: Path
    legacies: dict[str, Legacy] = field(default_factory=dict)
    frame: Frame | None = None


def read_digital(page: Any, number: int, memory: Memory) -> PageReading:
    """A pdfplumber page read by its text layer, set upright if it lies on its side."""
    turn = lies(page)
    width, height = float(page.width), float(page.height)
    reading = _read(upright(page, turn), Page(number, width, height, "digital"), memory)
    if not turn:
        return reading
    shown = replace(reading.page, turned=360 - turn)
    return replace(moved(reading, put_back(turn, width, height)), page=shown)


def _read(page: Sheet, shown: Page, memory: Memory) -> PageReading:
    number = shown.number
    strokes = strokes_of([*page.lines, *page.rects, *page.curves])
    chars, marks = without_marks(visible_chars(page.chars, page.rects, page.bbox), number)
    runs = raised(runs_of(chars, memory.legacies))
    ruled, rest = _ruled(runs, grids_of(strokes), number)
    rest = standing(rest)
    dividers = [*strokes.level, *_shading(page.rects)]
    loose = unruled_tables(rest, dividers, number, memory.frame)
    longer = with_lines(strokes, ruled, [found.table for found, _ in loose], rest)
    if longer:
        ruled, rest = _ruled(runs, grids_of(longer), number)
        rest = standing(rest)
        loose = unruled_tables(rest, dividers, number, memory.frame)
    memory.frame = loose[-1][1] if loose else None
    tables = [*ruled, *_checked([found.table for found, _ in loose], memory.path, number)]
    taken = {id(run) for found, _ in loose for run in found.runs}
    paragraphs = paragraphs_of([run for run in rest if id(run) not in taken], number)
    placed, ordered = _in_order(paragraphs, tables)
    lost = missing_numbers(runs, placed, ordered, number)
    return PageReading(shown, placed, ordered, (*lost, *marks))


def _checked(tables: list[Table], path: Path, number: int) -> list[Table]:
    """The tables, with the second reader's opinion where one is in doubt."""
    if not any(map(is_doubtful, tables)):
        return tables
    others = second_rows(path, number)
    return [settle(table, others) for table in tables]


def _ruled(
    runs: Sequence[Run], grids: Sequence[Grid], number: int
) -> tuple[list[Table], list[Run]]:
    """The tables that ruling lines close, and the runs outside them."""
    tables: list[Table] = []
    rest = list(runs)
    for grid in grids:
        inside = [run for run in rest if _within(run, grid.box)]
        if _is_table(grid, inside, rest):
            table, titles = table_of(fill(grid, inside), number)
        elif half := half_ruled(grid, inside, number):
            table, titles = half, []
        else:
            continue
        taken = {id(run) for run in inside} - {id(run) for run in titles}
        rest = [run for run in rest if id(run) not in taken]
        tables.append(table)
    return tables, rest


def _shading(rects: Sequence[dict[str, Any]]) -> list[Stroke]:
    """The level edges of filled boxes: bands of shading part rows as lines do."""
    return joined(
        Stroke(float(rect[edge]), float(rect["x0"]), float(rect["x1"]))
        for rect in rects
        if rect.get("fill") and rect["bottom"] - rect["top"] > THIN
        for edge in ("top", "bottom")
    )


def _within(run: Run, box: Box) -> bool:
    """Most of the run lies in the box; what only reaches into it stands beside the table."""
    x = (max(run.box.x0, box.x0) + min(run.box.x1, box.x1)) / 2
    overlap = min(run.box.x1, box.x1) - max(run.box.x0, box.x0)
    inside = box.top <= run.middle <= box.bottom and box.x0 <= x <= box.x1
    return inside and overlap > 0.5 * (run.box.x1 - run.box.x0)


def _is_table(grid: Grid, inside: Sequence[Run], around: Sequence[Run]) -> bool:
    """Whether the lines close the cells: no two figures that stand apart share one."""
    if grid.columns < 2 or grid.rows * grid.columns < LEAST_CELLS or not inside:
        return False
    figures: dict[Region, list[Run]] = {}
    for run in inside:
        if is_number(run.text):
            middle = (run.box.x0 + run.box.x1) / 2
            figures.setdefault(grid.region_at(middle, run.middle), []).append(run)
    if not figures:
        return not _figures_below(grid.box, around)
    crowded = sum(len(runs) for runs in figures.values() if _is_crowded(runs))
    return crowded <= 0.1 * sum(map(len, figures.values()))


def _is_crowded(figures: Sequence[Run]) -> bool:
    lines = lines_of(figures)
    apart = any(b.box.x0 - a.box.x1 > GUTTER * a.size for line in lines for a, b in pairwise(line))
    return apart or len(lines) >= CROWDED


def _figures_below(box: Box, runs: Sequence[Run]) -> bool:
    """Whether figures follow under a grid that holds none: only the header is ruled."""
    under = [
        run
        for run in runs
        if is_number(run.text)
        and 0 < run.box.top - box.bottom < 6 * run.size
        and box.x0 <= run.box.x0
        and run.box.x1 <= box.x1
    ]
    return len(under) >= FIGURES


def table_of(filled: Filled, page: int) -> tuple[Table, list[Run]]:
    """The table of a filled grid, and the runs of title rows that stand in its frame."""
    grid = filled.grid
    pieces = [_piece(filled, region) for region in _regions(grid)]
    titles = title_rows(pieces, grid.columns)
    runs = [
        run
        for region in _regions(grid)
        if region.r0 < titles
        for run in filled.content.get(region, ())
    ]
    body = [_lowered(p, titles) for p in pieces if p.r0 >= titles]
    box = replace(grid.box, top=grid.ys[titles])
    return build_table(body, grid.columns, page, "lines", box=box), runs


def _regions(grid: Grid) -> list[Region]:
    return sorted({region for row in grid.slots for region in row}, key=lambda r: (r.r0, r.c0))


def _piece(filled: Filled, region: Region) -> Piece:
    lines, text = filled.lines(region), " ".join(filled.lines(region))
    sure = region not in filled.doubtful
    return Piece(
        region.r0,
        region.r1,
        region.c0,
        region.c1,
        lines,
        filled.grid.box_of(region),
        1.0 if sure else UNSETTLED,
        () if sure else (Reading(text, UNSETTLED, "text-layer"),),
    )


def _lowered(piece: Piece, rows: int) -> Piece:
    return replace(piece, r0=piece.r0 - rows, r1=piece.r1 - rows)


def _in_order(
    paragraphs: Sequence[Paragraph], tables: Sequence[Table]
) -> tuple[tuple[Paragraph, ...], tuple[Table, ...]]:
    """Numbers the blocks of the page: prose in its own order, each table where its top stands."""
    placed: list[Paragraph] = []
    ordered: list[Table] = []
    waiting = sorted(tables, key=lambda t: t.box.top if t.box else 0.0)
    for paragraph in paragraphs:
        box = paragraph.lines[0].box
        while waiting and box and waiting[0].box and waiting[0].box.top < box.top:
            ordered.append(replace(waiting.pop(0), order=len(placed) + len(ordered)))
        placed.append(replace(paragraph, order=len(placed) + len(ordered)))
    for table in waiting:
        ordered.append(replace(table, order=len(placed) + len(ordered)))
    return tuple(placed), tuple(ordered)
