"""Tables without (enough) ruling lines: header, rows and cells from where the words stand.

Level lines and bands of shading, where there are any, still part the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .bands import Frame, askew, band_pieces, with_setting
from .build import Piece, rows_of
from .columns import FIGURES, Column, Word, borders, columns_of, figure_lines, words_of
from .document import Box, Table
from .extent import ROW_TEXTS, Line, cores, extent, height, wrapped_columns
from .fill import lines_of
from .glyphs import Run
from .heads import empty_columns, headings_over, parted_by_headings
from .node import segments
from .stack import PITCH
from .strokes import Stroke

ALIKE = 0.8
"""Share of a repeated header's words that are the first one's; wrapping may differ."""


OTHER = 0.6
"""Share of a header's words that are those of the table before: the headers of the three kinds of table
have a third of their words in common, a repeated one with the rest of a row below it three quarters."""

FIRST_LINES = 24
"""Lines of the body that show how its rows are set: six rows of names on four lines."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the runs that went into it."""

    table: Table
    runs: tuple[Run, ...]


def unruled_tables(
    runs: Sequence[Run], dividers: Sequence[Stroke], page: int, earlier: Frame | None = None
) -> list[tuple[Found, Frame]]:
    """Tables among runs that no grid holds. `dividers` are level lines and edges of shading;
    `earlier` is the frame of a table that may go on at the top of this page."""
    lines = [words_of(line) for line in lines_of(run for run in runs if not run.turn)]
    found: list[tuple[Found, Frame]] = []
    for core in cores(figure_lines(runs), lines):
        first = earlier if not found else None
        end = found[-1][0].table.box if found else None
        below = [line for line in lines if end is None or height(line) > end.bottom]
        rest = [line for line in core if end is None or height(line) > end.bottom]
        made = _table(rest, below, dividers, page, first) if rest else None
        if made:
            found.append(made)
    return found


def _table(
    core: list[Line],
    lines: Sequence[Line],
    dividers: Sequence[Stroke],
    page: int,
    earlier: Frame | None,
) -> tuple[Found, Frame] | None:
    ys = _within(dividers, columns_of(core))
    header, body, frame = _framed(core, lines, ys, earlier)
    header, body = _with_first_row(header, body, frame, ys)
    if len(core) < 2 and len(core[0]) < 2 * FIGURES and not header:
        return None
    pieces, rows = pieces_of(body, frame, ys)
    box = _box([w for line in (*header, *body) for w in line], frame)
    table = Table(
        id="",
        order=0,
        page=page,
        reader="words",
        columns=len(frame.columns),
        header=headings_over(header, frame.columns, page, dividers),
        rows=rows_of(pieces, 0, rows, page, "text-layer"),
        box=box,
    )
    taken = tuple(w.source for line in (*header, *body) for w in line)
    return Found(table, taken), with_setting(frame, body)


def _framed(
    core: list[Line], lines: Sequence[Line], ys: Sequence[float], earlier: Frame | None
) -> tuple[list[Line], list[Line], Frame]:
    """(header, body, frame): the frame of the table that goes on, or the one found here."""
    columns = columns_of(core)
    header, _ = extent(core, lines, columns, ys)
    columns = parted_by_headings(header, core, columns)
    if earlier and _fits(columns, earlier) and not _is_other(_header_words(header), earlier.header):
        header, body = extent(core, lines, earlier.columns, ys, goes_on=True)
        while header and not _header_words(header[-1:]) <= earlier.header:
            body.insert(0, header.pop())
        if _alike(_header_words(header), earlier.header):
            return *_with_last_words(header, body, height(core[0]), earlier), earlier
    columns = wrapped_columns(core, lines, columns)
    header, body = extent(core, lines, columns, ys)
    columns = empty_columns(header, columns)
    return header, body, Frame(tuple(columns), tuple(borders(columns)), _header_words(header))


def _is_other(header: frozenset[str], first: frozenset[str]) -> bool:
    """Whether a header is another table's, not the first page's with the rest of a row below it."""
    return len(header & first) < OTHER * len(header)


def _with_last_words(
    header: list[Line], body: list[Line], rows: float, earlier: Frame
) -> tuple[list[Line], list[Line]]:
    """Header and body of a page that repeats the header, the header given its last words, `(30đ)` or
    those it lacks, that stand level with the rest of a row broken over the page end, above the `rows`."""
    heads, rest, again = list(header), [], _header_words(header)
    for line in body:
        upper = header and height(line) < rows - 0.1
        own = [w for w in line if upper and _is_heads(w, again, earlier)]
        heads += [own] if own else []
        rest += [kept] if (kept := [w for w in line if w not in own]) else []
    return heads, rest


def _is_heads(word: Word, again: frozenset[str], earlier: Frame) -> bool:
    """Whether a word below a repeated header is that header's: a maximum, or one it lacks so far."""
    text = word.run.text
    return text in earlier.header and (text.endswith(")") or text not in again)


def _with_first_row(
    header: list[Line], body: list[Line], frame: Frame, ys: Sequence[float]
) -> tuple[list[Line], list[Line]]:
    """Header and body, those lines taken for the header's lowest given to the first row that it lacks:
    the upper ones of a name or rank that stands about the middle of its row, as in the rows below."""
    head, rows = list(header), list(body)
    parted = any(header and height(header[-1]) < y < height(body[0]) for y in ys)
    while len(head) > 1 and not parted and _may_be_row(head[-1], rows[0], frame):
        if askew([head[-1], *rows[:FIRST_LINES]], frame) >= askew(rows[:FIRST_LINES], frame):
            break
        rows.insert(0, head.pop())
    return head, rows


def _may_be_row(line: Line, below: Line, frame: Frame) -> bool:
    """Words right above a row, each in one column behind the serial number's."""
    parts = segments(line)
    homes = [{frame.at(s[0].middle), frame.at(s[-1].middle)} for s in parts]
    near = height(below) - height(line) <= PITCH * line[0].size
    return near and len(parts) <= ROW_TEXTS and all(len(h) == 1 and h != {0} for h in homes)


def _header_words(header: Sequence[Line]) -> frozenset[str]:
    return frozenset(word.run.text for line in header for word in line)


def _alike(again: frozenset[str], first: frozenset[str]) -> bool:
    """Whether a header is the first page's repeated, or there is none."""
    return not again or len(again & first) >= ALIKE * len(again)


def _fits(columns: Sequence[Column], frame: Frame) -> bool:
    """Whether each column lies within one of the frame's, no two in one."""
    homes = [frame.at(c.middle) for c in columns]
    inside = all(
        frame.xs[h] - 3 <= c.x0 and c.x1 <= frame.xs[h + 1] + 3
        for h, c in zip(homes, columns, strict=True)
    )
    return inside and len(set(homes)) == len(homes)


def _box(words: Sequence[Word], frame: Frame) -> Box:
    return Box(
        min(frame.xs[0], *(w.x0 for w in words)),
        min(w.run.box.top for w in words),
        max(frame.xs[-1], *(w.x1 for w in words)),
        max(w.run.box.bottom for w in words),
    )


def _within(dividers: Iterable[Stroke], columns: Sequence[Column]) -> list[float]:
    """Heights of the level lines that run over most of the table."""
    x0, x1 = columns[0].x0, columns[-1].x1
    return sorted(s.at for s in dividers if min(s.end, x1) - max(s.start, x0) > 0.6 * (x1 - x0))


def pieces_of(body: Sequence[Line], frame: Frame, ys: Sequence[float]) -> tuple[list[Piece], int]:
    """The body's cells and how many rows they make."""
    bands: dict[int, list[Line]] = defaultdict(list)
    for line in body:
        bands[sum(y < height(line) for y in ys)].append(line)
    pieces: list[Piece] = []
    rows = 0
    for _, lines in sorted(bands.items()):
        made, count = band_pieces(lines, frame, bool(ys))
        pieces += (replace(p, r0=p.r0 + rows, r1=p.r1 + rows) for p in made)
        rows += count
    return pieces, rows
