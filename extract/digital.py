"""One digital page: characters and ruling lines to paragraphs and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from .build import Piece, build_table, title_rows
from .document import Box, Line, Page, Paragraph, Reading, Table
from .encoding import Legacy
from .fill import Filled, fill
from .glyphs import Run, runs_of
from .grid import Grid, Region, grids_of
from .ledger import missing_numbers
from .prose import paragraphs_of
from .strokes import strokes_of
from .visible import visible_chars

UNSETTLED = 0.6
"""Confidence of a cell whose figures a ruling line cuts between two glyphs that touch: below the 0.9
from which a cell counts as read, above an even chance."""


@dataclass(frozen=True, slots=True)
class PageReading:
    """What stands on one page; paragraphs and tables carry their `order` on the page."""

    page: Page
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    unclaimed: tuple[Line, ...] = ()


def read_digital(page: Any, number: int, legacies: dict[str, Legacy]) -> PageReading:
    """A pdfplumber page read by its text layer. `legacies` is remembered over a document's pages."""
    shapes = [*page.lines, *page.rects, *page.curves]
    runs = runs_of(visible_chars(page.chars, page.rects, page.bbox), legacies)
    grids = grids_of(strokes_of(shapes))
    tables: list[Table] = []
    rest = list(runs)
    for grid in grids:
        inside = [run for run in rest if _within(run, grid.box)]
        if not _is_table(grid, inside):
            continue
        filled = fill(grid, inside)
        table, titles = table_of(filled, number)
        taken = {id(run) for run in inside} - {id(run) for run in titles}
        rest = [run for run in rest if id(run) not in taken]
        tables.append(table)
    paragraphs = paragraphs_of(rest, number)
    placed, ordered = _in_order(paragraphs, tables)
    shown = Page(number, float(page.width), float(page.height), "digital")
    return PageReading(shown, placed, ordered, missing_numbers(runs, placed, ordered, number))


def _within(run: Run, box: Box) -> bool:
    """Most of the run lies in the box; what only reaches into it stands beside the table."""
    x = (max(run.box.x0, box.x0) + min(run.box.x1, box.x1)) / 2
    overlap = min(run.box.x1, box.x1) - max(run.box.x0, box.x0)
    inside = box.top <= run.middle <= box.bottom and box.x0 <= x <= box.x1
    return inside and overlap > 0.5 * (run.box.x1 - run.box.x0)


def _is_table(grid: Grid, runs: Sequence[Run]) -> bool:
    return grid.rows >= 2 and grid.columns >= 2 and bool(runs)


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
