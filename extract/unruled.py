"""Tables without (enough) ruling lines: header, rows and cells from where the words stand.

Level lines and bands of shading, where there are any, still part the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .build import Piece, rows_of
from .columns import FIGURES, Column, Word, borders, columns_of, figure_lines, words_of
from .document import Box, Table
from .fill import lines_of, printed_lines
from .glyphs import Run
from .headers import is_column_numbers, is_number, is_numeral
from .heads import empty_columns, headings_over, segments
from .stack import PITCH, SETTINGS, Sharing, StackedLine, share_out
from .strokes import Stroke

LEAST_COLUMNS = 4
"""Serial number, name and two figures: less is a list, not a table of scores."""
FAR = 9.0
"""Font sizes between two figure lines that part two tables: a row with a remark of six lines fits."""
HEADED = 0.4
"""Share of the columns over which a line of the header has text; wrapped names and remarks reach two
or three columns only."""
COVERED = 0.5
"""Share of the columns over which a header has text in all."""
HEADER_PITCH = 2.8
"""Font sizes between two lines of a header, or its last and the first row, with the room that cells
leave above and below their text."""
SAME_ROW = 0.35
"""Font sizes by which figures of one row may stand apart from each other."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the runs that went into it."""

    table: Table
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns of a table with the lines between them (points)."""

    columns: tuple[Column, ...]
    xs: tuple[float, ...]

    def at(self, x: float) -> int:
        return next((i for i, end in enumerate(self.xs[1:-1]) if x < end), len(self.columns) - 1)


Line = list[Word]


def unruled_tables(
    runs: Sequence[Run], dividers: Sequence[Stroke], page: int, earlier: Frame | None = None
) -> list[tuple[Found, Frame]]:
    """Tables among runs that no grid holds. `dividers` are level lines and edges of shading;
    `earlier` is the frame of a table that may go on at the top of this page."""
    lines = [words_of(line) for line in lines_of(run for run in runs if not run.turn)]
    found: list[tuple[Found, Frame]] = []
    for core in _cores(figure_lines(runs), lines):
        first = earlier if not found else None
        made = _table(core, lines, dividers, page, first)
        if made:
            found.append(made)
    return found


def _cores(figures: Sequence[Line], lines: Sequence[Line]) -> list[list[Line]]:
    """Figure lines grouped by table."""
    figures = [line for line in figures if not _is_numbering(line)]
    cores: list[list[Line]] = []
    for line in figures:
        if cores and not _parted(cores[-1], line, lines):
            cores[-1].append(line)
        else:
            cores.append([line])
    return [core for core in cores if len(columns_of(core)) >= LEAST_COLUMNS]


def _is_numbering(line: Line) -> bool:
    """Column numbers, `(1) (2) (3)=(2)/(1)`, or the second line of headings `Tiêu chí` / `1`."""
    texts = [_text(s) for s in segments(line)]
    figures = [text for text in texts if is_number(text)]
    rising = [str(i) for i in range(1, len(figures) + 1)]
    return is_column_numbers(texts) or (len(figures) > FIGURES and figures == rising)


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.run.text for word in words)


def _y(line: Sequence[Word]) -> float:
    return sum(w.y for w in line) / len(line)


def _parted(core: Sequence[Line], line: Line, lines: Sequence[Line]) -> bool:
    """Whether another table begins between a core's last line and `line`."""
    if _y(line) - _y(core[-1]) > FAR * line[0].size:
        return True
    columns = columns_of(core)
    between = [other for other in lines if _y(core[-1]) < _y(other) < _y(line)]
    return any(_is_title(other, columns) or _is_header_line(other, columns) for other in between)


def _is_title(line: Line, columns: Sequence[Column]) -> bool:
    """One text in the middle of the table, over several columns, that starts in none of the first."""
    parts = segments(line)
    x0, x1 = parts[0][0].x0, parts[-1][-1].x1
    middle = (columns[0].x0 + columns[-1].x1) / 2
    centred = abs((x0 + x1) / 2 - middle) < 1.5 * line[0].size
    over = sum(x0 < c.x1 and c.x0 < x1 for c in columns)
    return len(parts) == 1 and centred and over >= 2 and x0 > columns[1].x0 + line[0].size


def _is_header_line(line: Line, columns: Sequence[Column]) -> bool:
    texts = [s for s in segments(line) if not is_number(_text(s))]
    over = {i for s in texts for i, c in enumerate(columns) if s[0].x0 < c.x1 and c.x0 < s[-1].x1}
    return len(texts) >= 3 and len(over) >= max(3.0, HEADED * len(columns))


def _table(
    core: list[Line],
    lines: Sequence[Line],
    dividers: Sequence[Stroke],
    page: int,
    earlier: Frame | None,
) -> tuple[Found, Frame] | None:
    columns = columns_of(core)
    ys = _within(dividers, columns)
    header, body = _extent(core, lines, columns, ys)
    if not header and earlier and _fits(columns, earlier):
        frame = earlier
    else:
        columns = empty_columns(header, columns)
        frame = Frame(tuple(columns), tuple(borders(columns)))
    if len(core) < 2 and len(core[0]) < 2 * FIGURES and not header:
        return None
    pieces, rows = _pieces(body, frame, ys)
    box = _box([w for line in (*header, *body) for w in line], frame)
    table = Table(
        id="",
        order=0,
        page=page,
        reader="words",
        columns=len(frame.columns),
        header=headings_over(header, frame.columns, page),
        rows=rows_of(pieces, 0, rows, page, "text-layer"),
        box=box,
    )
    taken = tuple(w.source for line in (*header, *body) for w in line)
    return Found(table, taken), frame


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


def _extent(
    core: Sequence[Line], lines: Sequence[Line], columns: Sequence[Column], ys: Sequence[float]
) -> tuple[list[Line], list[Line]]:
    """(header lines, body lines) of the table about a core."""
    top, bottom = _y(core[0]), _y(core[-1])
    above = [line for line in lines if _y(line) < top - 0.1]
    below = [line for line in lines if _y(line) > bottom + 0.1]
    body = [line for line in lines if top - 0.1 <= _y(line) <= bottom + 0.1]
    body += _following(body[-1], below, columns)
    header, first_rows = _leading(body[0], above, columns, ys)
    return header, [*first_rows, *body]


def _following(last: Line, below: Sequence[Line], columns: Sequence[Column]) -> list[Line]:
    """Lines below the last figures that still belong: rows without figures, wrapped texts."""
    found: list[Line] = []
    for line in below:
        near = _y(line) - _y(last) < (2.6 if _is_bare_row(line, columns) else PITCH) * line[0].size
        if not near or not (_is_bare_row(line, columns) or _is_wrapped(line, columns)):
            break
        found.append(line)
        last = line
    return found


def _is_bare_row(line: Line, columns: Sequence[Column]) -> bool:
    """A serial number in the first column with a name after it."""
    words = sorted(line, key=lambda w: w.x0)
    serial = is_numeral(words[0].run.text) and words[0].x0 < columns[0].x1 + 1
    return (
        serial
        and len(words) > 1
        and words[0].x1 > columns[0].x0 - 1
        and words[1].x0 < columns[2].x0
    )


def _is_wrapped(line: Line, columns: Sequence[Column]) -> bool:
    """Every text within one column (which is known by its widest line, so a little over is allowed)."""
    frame = borders(columns)
    return all(
        any(a - 2 <= s[0].x0 and s[-1].x1 <= b + 2 for a, b in pairwise(frame))
        for s in segments(line)
    )


def _leading(
    first: Line, above: Sequence[Line], columns: Sequence[Column], ys: Sequence[float]
) -> tuple[list[Line], list[Line]]:
    """(header lines, body lines) above the first figures."""
    start = next(
        (i for i, line in enumerate(above) if _starts_rows(above[i:], columns)), len(above)
    )
    rows = [*above[start:], first]
    block = _header_block(above[:start], rows[0], columns)
    if len(_headed(block, columns)) < COVERED * len(columns):
        return [], _leading_rows(first, above, columns)
    cut = len(block) - _wrapped_above(block, rows[0], columns, ys)
    return block[:cut], [*block[cut:], *above[start:]]


def _starts_rows(lines: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether a row begins here and no line below is a header's."""
    return _is_bare_row(lines[0], columns) and not any(
        _is_header_line(line, columns) or _is_numbering(line) for line in lines
    )


def _header_block(above: Sequence[Line], below: Line, columns: Sequence[Column]) -> list[Line]:
    """The lines right above the rows that can be headings, from the top."""
    block: list[Line] = []
    for line in reversed(above):
        if not _is_header_above(line, block[0] if block else below, columns):
            break
        block.insert(0, line)
    return block


def _headed(lines: Iterable[Line], columns: Sequence[Column]) -> set[int]:
    """The columns over which the lines have words."""
    return {
        i
        for line in lines
        for s in segments(line)
        for i, c in enumerate(columns)
        if s[0].x0 < c.x1 and c.x0 < s[-1].x1 and not is_number(_text(s))
    }


def _wrapped_above(
    block: Sequence[Line], row: Line, columns: Sequence[Column], ys: Sequence[float]
) -> int:
    """How many of the block's lowest lines belong to the first row: the upper half of a wrapped name.

    They stand nearer to the row than to the header, in few columns, and on the row's side of a
    divider.
    """
    ruled = [y for y in ys if block and _y(block[0]) < y < _y(row)]
    if ruled and any(_y(line) > ruled[-1] for line in block):
        return sum(_y(line) > ruled[-1] for line in block)
    count = 0
    for line, below in zip(reversed(block), [row, *reversed(block)], strict=False):
        few = len(segments(line)) <= 3 and not _is_numbering(line)
        if not few or _y(below) - _y(line) > 1.3 * line[0].size or not _like_row(line, row, block):
            break
        count += 1
    return count


def _like_row(line: Line, row: Line, block: Sequence[Line]) -> bool:
    """Set in the row's weight where the header is in another."""
    header, body = block[0][0].run.bold, row[-1].run.bold
    return header != body and all(w.run.bold == body for w in line)


def _leading_rows(first: Line, above: Sequence[Line], columns: Sequence[Column]) -> list[Line]:
    found: list[Line] = []
    for line in reversed(above):
        bare = _is_bare_row(line, columns)
        near = _y(first) - _y(line) < (2.6 if bare else PITCH) * line[0].size
        if not near or not (bare or _is_wrapped(line, columns)) or _is_page_number(line):
            break
        found.insert(0, line)
        first = line
    return found


def _is_page_number(line: Line) -> bool:
    return len(line) == 1 and line[0].run.text.strip("-– ").isdigit()


def _is_header_above(line: Line, below: Line, columns: Sequence[Column]) -> bool:
    """Whether a line above the header's known lines is one of its: a heading over some columns."""
    size = below[0].size
    if _y(below) - _y(line) > 2.2 * size or _is_page_number(line):
        return False
    if (
        not columns[0].x0 - 3 * size <= line[0].x0
        or max(w.x1 for w in line) > columns[-1].x1 + 3 * size
    ):
        return False
    middle = (columns[0].x0 + columns[-1].x1) / 2
    parts = segments(line)
    own = (parts[0][0].x0 + parts[-1][-1].x1) / 2
    return len(parts) > 1 or abs(own - middle) > size


def _within(dividers: Iterable[Stroke], columns: Sequence[Column]) -> list[float]:
    """Heights of the level lines that run over most of the table."""
    x0, x1 = columns[0].x0, columns[-1].x1
    return sorted(s.at for s in dividers if min(s.end, x1) - max(s.start, x0) > 0.6 * (x1 - x0))


def _pieces(body: Sequence[Line], frame: Frame, ys: Sequence[float]) -> tuple[list[Piece], int]:
    """The body's cells and how many rows they make."""
    bands: dict[int, list[Line]] = defaultdict(list)
    for line in body:
        bands[sum(y < _y(line) for y in ys)].append(line)
    pieces: list[Piece] = []
    rows = 0
    for _, lines in sorted(bands.items()):
        made, count = _band(lines, frame)
        pieces += (replace(p, r0=p.r0 + rows, r1=p.r1 + rows) for p in made)
        rows += count
    return pieces, rows


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one line that stand in one cell."""

    words: tuple[Word, ...]
    first: int
    last: int

    @property
    def line(self) -> StackedLine:
        word = self.words[0]
        return StackedLine(_y(self.words), word.size, word.run.bold)


def _stretches(line: Line, frame: Frame) -> list[Stretch]:
    """The cells' parts of a line: words by column, but a section's title may run over columns."""
    found: list[Stretch] = []
    for part in segments(line):
        names = part[1:] if is_numeral(part[0].run.text) and frame.at(part[0].middle) == 0 else part
        spans = {frame.at(w.middle) for w in names}
        if len(spans) > 1 and not any(is_number(w.run.text) for w in names):
            found += [Stretch((part[0],), 0, 0)] if names is not part else []
            found.append(Stretch(tuple(names), min(spans), max(spans)))
            continue
        for column in sorted({frame.at(w.middle) for w in part}):
            inside = tuple(w for w in part if frame.at(w.middle) == column)
            found.append(Stretch(inside, column, column))
    return found


def _band(lines: Sequence[Line], frame: Frame) -> tuple[list[Piece], int]:
    stretches = [s for line in lines for s in _stretches(line, frame)]
    anchors = _anchors(stretches)
    placed: dict[tuple[float, int, int], list[Word]] = defaultdict(list)
    for column in range(len(frame.columns)):
        own = sorted((s for s in stretches if s.first == column), key=lambda s: s.line.y)
        for stretch, y in zip(own, _heights(own, anchors, stretches), strict=True):
            placed[y, stretch.first, stretch.last] += stretch.words
    heights = sorted({y for y, _, _ in placed})
    pieces = [
        _piece(words, heights.index(y), first, last, frame)
        for (y, first, last), words in placed.items()
    ]
    return _with_blanks(pieces, len(heights), frame), len(heights)


def _anchors(stretches: Sequence[Stretch]) -> list[float]:
    """Heights of the rows: their serial numbers, and figure lines that have none."""
    serials = [s.line.y for s in stretches if s.first == 0 and is_numeral(_text(s.words))]
    anchors = sorted(serials)
    figures: dict[float, int] = defaultdict(int)
    for stretch in stretches:
        if stretch.first > 0 and is_number(_text(stretch.words)):
            height = next((y for y in figures if abs(y - stretch.line.y) < 2), stretch.line.y)
            figures[height] += 1
    reach = PITCH * stretches[0].line.size if serials else SAME_ROW * stretches[0].line.size
    for y, count in sorted(figures.items()):
        least = FIGURES if serials else 2
        if count >= least and all(abs(y - a) > reach * 0.6 for a in anchors):
            anchors.append(y)
    return sorted(anchors)


def _heights(
    own: Sequence[Stretch], anchors: Sequence[float], stretches: Sequence[Stretch]
) -> list[float]:
    """The height of the row each stretch of one column belongs to."""
    if not anchors:
        return [stretches[0].line.y] * len(own)
    lines = [s.line for s in own]
    sharing = min((share_out(lines, anchors, setting) for setting in SETTINGS), key=_cost)
    return [
        line.y if anchor is None else anchors[anchor]
        for line, anchor in zip(lines, sharing.anchors, strict=True)
    ]


def _cost(sharing: Sharing) -> float:
    return sharing.cost


def _piece(words: Sequence[Word], row: int, first: int, last: int, frame: Frame) -> Piece:
    box = Box(
        frame.xs[first],
        min(w.run.box.top for w in words),
        frame.xs[last + 1],
        max(w.run.box.bottom for w in words),
    )
    return Piece(row, row, first, last, printed_lines([w.run for w in words]), box)


def _with_blanks(pieces: Sequence[Piece], rows: int, frame: Frame) -> list[Piece]:
    """The pieces and an empty one for each slot left."""
    found = list(pieces)
    for row in range(rows):
        own = [p for p in pieces if p.r0 == row]
        tops = [p.box.top for p in own if p.box]
        bottoms = [p.box.bottom for p in own if p.box]
        taken = {c for p in own for c in range(p.c0, p.c1 + 1)}
        for column in set(range(len(frame.columns))) - taken:
            box = Box(frame.xs[column], min(tops), frame.xs[column + 1], max(bottoms))
            found.append(Piece(row, row, column, column, (), box))
    return found
