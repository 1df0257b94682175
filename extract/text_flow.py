"""Tables of text files whose cells follow one another with white space, over lines and pages.

Extractors of PDF text print a table cell by cell: a row begins on a new line with its serial number,
words and figures follow, a wrapped cell goes on after a line end, and a blank cell leaves nothing
but white space. Where a row has fewer figures than the table has columns, the row is handed on
loose, with the blank cells that the white space suggests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from .document import Cell, Heading, Origin, Row, Table
from .text_grid import Found
from .text_headings import Header, read_header
from .text_lines import SourceLine
from .text_rows import (
    MAX_HEADER_LINES,
    Draft,
    drafts_from,
    header_words,
    starts_header,
    starts_row,
    tokens_from,
)

AHEAD = 1000
"""Lines looked at first for a table: the longest real one, of 20 rows, has 400."""
NEXT_LINE = 3
"""Lines in which the two parts of a broken `STT` follow each other, an empty one between them."""
MIN_AGREEING = 0.9
"""Share of rows whose white space must add up to the table's columns before it counts as evidence."""


def find_flows(lines: Sequence[SourceLine], taken: set[int], origin: Origin) -> list[Found]:
    """Every table whose header begins with the serial's heading; `taken` lines are left out."""
    found: list[Found] = []
    at = 0
    while at < len(lines):
        table = None
        if at not in taken and _starts_header(lines, at):
            table = _whole_table(lines, at, taken, origin)
        if table:
            found.append(table)
        at = table.last + 1 if table else at + 1
    return found


def _starts_header(lines: Sequence[SourceLine], at: int) -> bool:
    tokens = tokens_from(lines[at : at + NEXT_LINE], 0, set())
    return bool(tokens) and starts_header(tokens, 0)


def _whole_table(
    lines: Sequence[SourceLine], start: int, taken: set[int], origin: Origin
) -> Found | None:
    """The table that begins here, looking further ahead as long as it reaches the end of what is seen."""
    ahead = AHEAD
    while True:
        end = min(len(lines), start + ahead)
        table = _table(lines[:end], start, taken, origin)
        if end == len(lines) or table is None or table.last < end - MAX_HEADER_LINES:
            return table
        ahead *= 4


def _table(
    lines: Sequence[SourceLine], start: int, taken: set[int], origin: Origin
) -> Found | None:
    tokens = tokens_from(lines, start, taken)
    first = next((i for i in range(1, len(tokens)) if starts_row(tokens, i, None)), None)
    if first is None or tokens[first].line - start > MAX_HEADER_LINES:
        return None
    words = header_words(tokens[:first])
    drafts = drafts_from(tokens, first)
    if not any(draft.figures for draft in drafts):
        return None
    header = read_header(words, lines[start].page) or _flat_header(words, drafts, lines[start].page)
    if not header.texts and any(draft.texts for draft in drafts if draft.figures):
        header = replace(header, texts=1)
    last = max(token.line for token in drafts[-1].tokens)
    return Found(tuple(range(start, last + 1)), _built(header, drafts, lines, origin))


def _flat_header(words: str, drafts: Sequence[Draft], page: int) -> Header:
    """Words that tell no columns: as many as the rows have figures, all under the one heading."""
    counts = Counter(len(draft.figures) for draft in drafts if draft.figures)
    figures = counts.most_common(1)[0][0]
    texts = 1 if any(draft.texts for draft in drafts) else 0
    heading = Heading(words, 0, 1 + figures + texts, page)
    return Header((heading,), 2, figures, texts)


def _built(
    header: Header, drafts: Sequence[Draft], lines: Sequence[SourceLine], origin: Origin
) -> Table:
    blank_width = _blank_width(drafts, header.figures)
    doubts = () if all(len(d.figures) <= header.figures for d in drafts) else ("too-many-figures",)
    return Table(
        id="",
        order=0,
        page=header.headings[0].page,
        reader="text",
        columns=header.columns,
        header=header.headings,
        rows=tuple(_row(draft, header, blank_width, lines, origin) for draft in drafts),
        doubts=doubts,
    )


def _blank_width(drafts: Sequence[Draft], figures: int) -> int:
    """Spaces that a blank cell leaves in this text (2 or 1), 0 when white space tells nothing."""
    rows = [draft for draft in drafts if draft.figures]
    for width in (2, 1):
        fits = sum(len(row.figures) + sum(_gaps(row, width)) == figures for row in rows)
        if fits >= MIN_AGREEING * len(rows):
            return width
    return 0


def _gaps(row: Draft, width: int) -> tuple[int, ...]:
    """Blank cells before each figure, and after the last one."""
    leads = [token.lead for token in row.figures] + [row.texts[0].lead if row.texts else row.tail]
    return tuple(_blanks(lead, width) for lead in leads)


def _blanks(lead: str, width: int) -> int:
    """Spaces beyond the one that separates cells. Lines of nothing but space are a cell's padding."""
    pieces = lead.split("\n")
    if len(pieces) == 1:
        return max(0, len(lead) - 1) // width
    return max(0, len(pieces[0]) - 1) // width + len(pieces[-1]) // width


def _row(
    draft: Draft,
    header: Header,
    blank_width: int,
    lines: Sequence[SourceLine],
    origin: Origin,
) -> Row:
    page = lines[draft.name[0].line].page
    texts = {0: draft.marker, 1: " ".join(token.text for token in draft.name)}
    if header.texts:
        texts[header.columns - header.texts] = " ".join(token.text for token in draft.texts)
    named = {c: _cell(text, page, origin, c) for c, text in texts.items()}
    loose = draft.figures and len(draft.figures) != header.figures
    figures = [
        _cell(token.text, lines[token.line].page, origin, -1 if loose else header.names + i)
        for i, token in enumerate(draft.figures)
    ]
    if loose:
        gaps = _gaps(draft, blank_width) if blank_width else ()
        return Row((*_leading(named), *figures, *_trailing(named)), page, True, gaps)
    placed = named | {cell.column: cell for cell in figures}
    blank = [c for c in range(header.columns) if c not in placed]
    placed |= {c: _cell("", page, origin, c) for c in blank}
    return Row(tuple(placed[c] for c in sorted(placed)), page)


def _leading(named: dict[int, Cell]) -> list[Cell]:
    return [named[0], named[1]]


def _trailing(named: dict[int, Cell]) -> list[Cell]:
    return [cell for column, cell in named.items() if column > 1]


def _cell(text: str, page: int, origin: Origin, column: int) -> Cell:
    return Cell((text,) if text else (), page, None, origin, column)
