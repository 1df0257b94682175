"""Tables of text files whose columns only blanks keep apart, as they stand on the page.

Programs that keep a page's layout (`pdftotext -layout`, a print-out) set each word about where it stands
on the paper. Such a text is read as a page is: every character takes a place, and the reader of tables
without ruling lines tells the columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, takewhile, zip_longest
from statistics import median

from .bands import Frame
from .columns import columns_of, figure_lines, words_of
from .document import Box, Cell, Heading, Origin, Row, Table
from .extent import TITLE_WORDS, cores
from .fill import lines_of
from .glyphs import Glyph, Run
from .headers import is_number
from .join import continues, join
from .text_grid import Found
from .text_headlines import Piece, Span, headlines
from .text_lines import SourceLine
from .unruled import unruled_tables

WIDTH = 5.0
"""Points given to a character."""
SIZE = 3.2 * WIDTH
"""Points given to the font: one blank (0.31 font sizes) parts words, two part cells (`CELL_GAP`)."""
PITCH = 0.78 * SIZE
"""Points from line to line. The lines of a cell set beside a line of figures come to stand one above and
one below it, so that two lines are no more than one and a half line of print."""
DOUBTFUL = 0.6
"""Confidence in figures under headings that stand nearer to another column: below the 0.9 from which a
cell counts as read."""
SELDOM = 0.1
"""Share of the rows in which a column has texts that are another's, drifted, or a heading's."""
LEAST_ROWS = 3
"""More rows than so many, of which one may be the drifted one."""
CLEAR = 0.6
"""Share of the room between columns that a column without figures has to itself: one of blanks stands a
whole one from its neighbours."""
HEADER = 24
"""Lines above the figures that may hold headings: squeezed ones run to eight lines on three levels."""
_SERIAL = re.compile(r"\s*(?:\d{1,3}|[IVX]{1,4})[.)]?(?= \S)")
_BETWEEN = re.compile(r"\W*\d{0,3}\W*")
"""What a page end may put between two parts of a table: nothing, or a page number."""


def find_layouts(lines: Sequence[SourceLine], taken: set[int], origin: Origin) -> list[Found]:
    """The tables among the lines that are not `taken`, those over page ends made whole."""
    found: list[Found] = []
    free = (i for i in range(len(lines)) if i not in taken)
    for page, numbers in groupby(free, key=lambda i: lines[i].page):
        for made in _on_page(lines, list(numbers), page, origin):
            last = found[-1] if found else None
            if last and _follows(last, made, lines):
                if continues(last.table, made.table):
                    found[-1] = _whole(last, made)
                    continue
                made = replace(made, table=_doubted(made.table))
            found.append(made)
    return found


def _on_page(
    lines: Sequence[SourceLine], numbers: Sequence[int], page: int, origin: Origin
) -> Iterator[Found]:
    texts = {i: lines[i].text.expandtabs() for i in numbers}
    runs = {i: list(_runs(text, i)) for i, text in texts.items()}
    drifted: set[int] = set()
    for header, columns in _headers(texts, [run for own in runs.values() for run in own]):
        for i, pieces in zip(header, headlines([texts[i] for i in header], columns), strict=True):
            runs[i] = [_run(texts[i], i, piece) for piece in pieces]
            drifted |= set() if all(piece.near for piece in pieces) else {i}
    for made, frame in unruled_tables([run for own in runs.values() for run in own], (), page):
        own = {round(run.box.top / PITCH) for run in made.runs}
        sure = own.isdisjoint(drifted) and not _is_askew(made.table, frame)
        table = _plain(made.table, origin)
        yield Found(tuple(sorted(own)), table if sure else _doubted(table))


def _runs(text: str, number: int) -> Iterator[Run]:
    """The stretches of a line that no two blanks part, cut behind a serial number and between figures."""
    words = list(re.finditer(r"\S+", text))
    serial = _SERIAL.match(text)
    start = 0
    for i, (word, after) in enumerate(zip_longest(words, words[1:])):
        cut = after is None or after.start() - word.end() > 1
        cut = cut or (is_number(word[0]) and is_number(after[0]))
        if cut or (serial and i == 0):
            yield _run(text, number, Piece(words[start].start(), word.end()))
            start = i + 1


def _run(text: str, number: int, piece: Piece) -> Run:
    """Characters of a line where they stand, or about their middle."""
    width, top = piece.end - piece.start, PITCH * number
    x0 = WIDTH * (piece.start if piece.middle is None else piece.middle - width / 2)
    letters = enumerate(text[piece.start : piece.end])
    glyphs = tuple(Glyph(c, x0 + WIDTH * i, x0 + WIDTH * (i + 1)) for i, c in letters)
    return Run(glyphs, Box(x0, top, x0 + WIDTH * width, top + SIZE), SIZE, "", whole=True)


def _headers(texts: dict[int, str], runs: Sequence[Run]) -> Iterator[tuple[list[int], list[Span]]]:
    """The lines right above each table's figures, up to its title, with the columns of the figures."""
    lines = [words_of(line) for line in lines_of(runs)]
    end = -1
    for core in cores(figure_lines(runs), lines):
        top = round(core[0][0].run.box.top / PITCH)
        columns = [(round(c.x0 / WIDTH), round(c.x1 / WIDTH)) for c in columns_of(core)]
        above = (i for i in range(top - 1, max(end, top - 1 - HEADER), -1) if i in texts)
        header = takewhile(lambda i: not TITLE_WORDS.search(texts[i]), above)
        yield sorted(i for i in header if texts[i].strip()), columns
        end = round(core[-1][0].run.box.top / PITCH)


def _follows(first: Found, second: Found, lines: Sequence[SourceLine]) -> bool:
    """Whether `second` stands where the rest of `first` does, at the top of the next page."""
    between = lines[first.last + 1 : second.first]
    near = all(_BETWEEN.fullmatch(line.text) for line in between)
    return near and first.table.page < second.table.page


def _is_askew(table: Table, frame: Frame) -> bool:
    """Whether figures or headings have drifted out of their columns: a column between others has hardly
    a text, and stands nearer to one of them than a column of its own would."""
    texts = Counter(cell.column for row in table.rows for cell in row.cells if cell.lines)
    seldom = max(SELDOM * len(table.rows), len(table.rows) > LEAST_ROWS)
    bare = {c for c in range(table.columns) if texts[c] <= seldom}
    middles = [c.middle for i, c in enumerate(frame.columns) if i > 1 and i not in bare]
    if len(middles) < 2:
        return True
    pitch = median(b - a for a, b in pairwise(middles))
    inner = [frame.columns[i].middle for i in bare if i > 1]
    return any(abs(x - m) < CLEAR * pitch for x in inner for m in middles if x < middles[-1])


def _doubted(table: Table) -> Table:
    """The table with every figure in doubt."""
    rows = (replace(r, cells=tuple(_doubtful(c) for c in r.cells)) for r in table.rows)
    return replace(table, rows=tuple(rows))


def _doubtful(cell: Cell) -> Cell:
    figure = cell.column > 1 and any(map(is_number, cell.lines))
    return replace(cell, confidence=DOUBTFUL) if figure else cell


def _whole(first: Found, second: Found) -> Found:
    return Found((*first.lines, *second.lines), join(first.table, second.table), first.again)


def _plain(table: Table, origin: Origin) -> Table:
    """The table without the places that only served to read it."""
    rows = (_row(row, origin) for row in table.rows)
    header = tuple(map(_unplaced, table.header))
    return replace(table, reader="text", box=None, header=header, rows=tuple(rows))


def _row(row: Row, origin: Origin) -> Row:
    """The row; all its figures are in doubt where one stands with the name: they have drifted."""
    cells = tuple(_cell(cell, origin) for cell in row.cells)
    names = " ".join(cell.text for cell in cells if cell.column == 1).split()
    drifted = any(is_number(word) for word in names[1:])
    return replace(row, cells=tuple(map(_doubtful, cells)) if drifted else cells)


def _cell(cell: Cell, origin: Origin) -> Cell:
    """The cell; a figure on two lines may be two."""
    plain = replace(cell, box=None, origin=origin, confidence=1.0)
    return _doubtful(plain) if len(cell.lines) > 1 else plain


def _unplaced(heading: Heading) -> Heading:
    return replace(heading, box=None, children=tuple(map(_unplaced, heading.children)))
