"""Tables of which lines part the columns but not the rows: the header from its closed cells, the body from where its
words stand between the lines.

Only where headings are written upwards; level ones are read as those of a table without lines are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .bands import Frame
from .build import rows_of
from .columns import Column, figure_lines, words_of
from .document import Table
from .fill import fill, lines_of
from .glyphs import Run
from .grid import Grid, parted
from .headers import Spot, heading_tree
from .unruled import pieces_of

LEAST_ROWS = 2
"""One line of figures may be the numbers of columns."""


def half_ruled(grid: Grid, inside: Sequence[Run], page: int) -> Table | None:
    """The table of a grid whose cells hold many rows each, if its headings are written upwards."""
    foot = _foot(inside)
    if foot is None or not grid.ys[0] < foot < grid.ys[-1]:
        return None
    whole = parted(grid, foot)
    first = whole.ys.index(foot)
    if not all(region.c0 == region.c1 for row in whole.slots[first:] for region in row):
        return None
    header = [run for run in inside if run.middle < foot]
    lines = [words_of(line) for line in lines_of(run for run in inside if run.middle >= foot)]
    columns = tuple(Column(a, b) for a, b in pairwise(grid.xs))
    pieces, rows = pieces_of(lines, Frame(columns, grid.xs), whole.ys[first + 1 : -1])
    return Table(
        id="",
        order=0,
        page=page,
        reader="lines",
        columns=grid.columns,
        header=heading_tree(_spots(whole, header, first), first, page),
        rows=rows_of(pieces, 0, rows, page, "text-layer"),
        box=grid.box,
    )


def _foot(inside: Sequence[Run]) -> float | None:
    """The height between the headings and the rows: below the headings written upwards there are rows of figures,
    above there are none."""
    turned = [run.box.bottom for run in inside if run.turn]
    figures = figure_lines([run for run in inside if not run.turn])
    if not turned or len(figures) < LEAST_ROWS or figures[0][0].y < max(turned):
        return None
    below = min(r.box.top for r in inside if not r.turn and r.middle > max(turned))
    return (max(turned) + below) / 2


def _spots(grid: Grid, header: Sequence[Run], rows: int) -> list[Spot]:
    """The cells of the header."""
    filled = fill(grid, header)
    regions = {region for row in grid.slots[:rows] for region in row}
    return [
        Spot(" ".join(filled.lines(r)), r.r0, r.r1, r.c0, r.c1, grid.box_of(r))
        for r in sorted(regions, key=lambda r: (r.r0, r.c0))
    ]
