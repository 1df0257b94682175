"""Tables of text files whose cells follow one another with white space, over lines and pages.

Extractors of PDF text print a table cell by cell: a row begins on a new line with its serial number,
words and figures follow, a wrapped cell goes on after a line end, and a blank cell leaves nothing
but white space. Where a row has fewer figures than the table has columns, the row is handed on
loose, with the blank cells that the white space suggests.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .document import Cell, Heading, Origin, Row, Table
from .text_grid import Found
from .text_headings import Header, read_header
from .text_lines import SourceLine

_FIGURE = re.compile(r"[-−–+]?\d*[.,]?\d[\d.,]*%?(/\d+([.,]\d+)?)?$|[-−–'*]$")
_ROMAN = re.compile(r"[IVX]{1,5}[.)]?$")
_SERIAL = re.compile(r"\d{1,3}[.)]?$")
_HEADER_START = re.compile(r"\s*(STT|TT|Stt|Số TT)\b")
_TOKEN = re.compile(r"\S+")
MAX_HEADER_LINES = 160
"""Lines, empty ones included, that a header may take: the longest seen has 110."""
MIN_AGREEING = 0.9
"""Share of rows whose white space must add up to the table's columns before it counts as evidence."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `lead` is the white space before it, `fresh` says that it begins a line."""

    text: str
    line: int
    lead: str
    fresh: bool

    @property
    def figure(self) -> bool:
        return _FIGURE.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row being read. `marker` is its serial, the section's number, or empty in a totals row."""

    marker: str
    name: tuple[Token, ...]
    figures: tuple[Token, ...] = ()
    texts: tuple[Token, ...] = ()
    tail: str = ""

    @property
    def tokens(self) -> tuple[Token, ...]:
        return (*self.name, *self.figures, *self.texts)


def find_flows(lines: Sequence[SourceLine], taken: set[int], origin: Origin) -> list[Found]:
    """Every table whose header begins with the serial's heading; `taken` lines are left out."""
    found: list[Found] = []
    at = 0
    while at < len(lines):
        table = None
        if at not in taken and _HEADER_START.match(lines[at].text):
            table = _table(lines, at, taken, origin)
        if table:
            found.append(table)
        at = table.last + 1 if table else at + 1
    return found


def _table(
    lines: Sequence[SourceLine], start: int, taken: set[int], origin: Origin
) -> Found | None:
    tokens = _tokens(lines, start, taken)
    first = next((i for i in range(1, len(tokens)) if _starts_row(tokens, i, None)), None)
    if first is None or tokens[first].line - start > MAX_HEADER_LINES:
        return None
    words = " ".join(token.text for token in tokens[:first])
    drafts = _drafts(tokens, first)
    if not any(draft.figures for draft in drafts):
        return None
    header = read_header(words, lines[start].page) or _flat_header(words, drafts, lines[start].page)
    if not header.texts and any(draft.texts for draft in drafts if draft.figures):
        header = replace(header, texts=1)
    last = max(token.line for token in drafts[-1].tokens)
    return Found(start, last, _built(header, drafts, lines, origin))


def _tokens(lines: Sequence[SourceLine], start: int, taken: set[int]) -> list[Token]:
    tokens: list[Token] = []
    lead = ""
    for number in range(start, len(lines)):
        if number in taken:
            break
        text = lines[number].text.replace("\t", " ")
        end = 0
        for match in _TOKEN.finditer(text):
            lead += text[end : match.start()]
            tokens.append(Token(match.group(), number, lead, not text[: match.start()].strip()))
            lead, end = "", match.end()
        lead += text[end:] + "\n"
    return tokens


def _starts_row(tokens: Sequence[Token], at: int, row: _Draft | None) -> bool:
    """Whether a serial or section number stands here, at the start of a line and before a name.

    A last figure may be followed by a rank and so look like a serial before a name; but a name is
    followed by figures, a rank by the next row.
    """
    token = tokens[at]
    if not token.fresh or at + 1 >= len(tokens) or not _is_word(tokens[at + 1]):
        return False
    if _ROMAN.match(token.text):
        return True
    if not _SERIAL.match(token.text):
        return False
    end = _words_end(tokens, at + 1)
    if _figures_from(tokens, end) >= 2:
        return True
    done = row is None or not row.figures or bool(row.texts)
    return done and row is not None and _follows(row.marker, token.text)


def _is_word(token: Token) -> bool:
    return not token.figure and any(c.isalpha() for c in token.text)


def _words_end(tokens: Sequence[Token], at: int) -> int:
    """One past a run of words; a dash or a number with words on both sides belongs to it."""
    while at < len(tokens):
        lone = at + 1 < len(tokens) and _is_word(tokens[at + 1]) and not tokens[at].fresh
        if tokens[at].figure and not lone:
            break
        at += 1
    return at


def _figures_from(tokens: Sequence[Token], at: int) -> int:
    end = at
    while end < len(tokens) and tokens[end].figure:
        end += 1
    return end - at


def _follows(marker: str, serial: str) -> bool:
    before = int(marker.rstrip(".)")) if _SERIAL.match(marker) else 0
    return int(serial.rstrip(".)")) == before + 1


def _drafts(tokens: Sequence[Token], first: int) -> list[_Draft]:
    drafts: list[_Draft] = []
    at = first
    while at < len(tokens):
        draft, at = _draft(tokens, at)
        drafts.append(draft)
        skip = _repeated_header(tokens, at)
        at = at if skip is None else skip
        more = at < len(tokens) and _starts_row(tokens, at, draft)
        if not more and not (at < len(tokens) and _starts_total(tokens, at, draft)):
            break
    return _last_trimmed(drafts)


def _starts_total(tokens: Sequence[Token], at: int, row: _Draft) -> bool:
    """A totals row: words at the start of a line, as many figures behind them as above."""
    end = _words_end(tokens, at)
    full = end > at and _figures_from(tokens, end) >= max(2, len(row.figures))
    return tokens[at].fresh and _is_word(tokens[at]) and full


def _repeated_header(tokens: Sequence[Token], at: int) -> int | None:
    """Where the rows go on after a header printed again on a new page."""
    if at >= len(tokens) or not _HEADER_START.match(tokens[at].text) or not tokens[at].fresh:
        return None
    limit = tokens[at].line + MAX_HEADER_LINES
    for i in range(at + 1, len(tokens)):
        if tokens[i].line > limit:
            return None
        if _starts_row(tokens, i, None):
            return i
    return None


def _draft(tokens: Sequence[Token], at: int) -> tuple[_Draft, int]:
    """The row that begins here and where it ends."""
    marked = _SERIAL.match(tokens[at].text) or _ROMAN.match(tokens[at].text)
    start = at + 1 if marked else at
    section = _ROMAN.match(tokens[at].text) is not None
    names = _section_end(tokens, start) if section else _words_end(tokens, start)
    figures = names
    while figures < len(tokens) and tokens[figures].figure:
        if (figures > names or section) and _starts_row(tokens, figures, None):
            break
        figures += 1
    marker = tokens[at].text if marked else ""
    draft = _Draft(marker, tuple(tokens[start:names]), tuple(tokens[names:figures]))
    end = _texts_end(tokens, figures, draft)
    tail = tokens[end].lead if end < len(tokens) else ""
    return replace(draft, texts=tuple(tokens[figures:end]), tail=tail), end


def _section_end(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and not tokens[at].figure and not _starts_row(tokens, at, None):
        at += 1
    return at


def _texts_end(tokens: Sequence[Token], at: int, draft: _Draft) -> int:
    """One past the words after the figures: the next row or the next figure ends them."""
    if not draft.figures:
        return at
    end = at
    while end < len(tokens) and not tokens[end].figure:
        known = replace(draft, texts=tuple(tokens[at:end]))
        if _starts_row(tokens, end, known) or _starts_total(tokens, end, known):
            return end
        if _HEADER_START.match(tokens[end].text) and tokens[end].fresh:
            return end
        end += 1
    return end


def _last_trimmed(drafts: Sequence[_Draft]) -> list[_Draft]:
    """The last row without the prose behind it: what other rows end with, else the rest of its line.

    In a table whose other rows end with a figure, the last one does so too.
    """
    *above, last = drafts
    labels = {tuple(token.text for token in row.texts) for row in above if row.figures}
    words = [token.text for token in last.texts]
    known = [n for n in range(len(words), 0, -1) if tuple(words[:n]) in labels]
    near = [t for t in last.texts if t.line == last.texts[0].line]
    own = len(near) if near and near[0].line - last.tokens[-1 - len(words)].line <= 2 else 0
    plain = labels <= {()} and len(above) > 0
    length = known[0] if known else 0 if plain else own
    return [*above, replace(last, texts=last.texts[:length])]


def _flat_header(words: str, drafts: Sequence[_Draft], page: int) -> Header:
    """Words that tell no columns: as many as the rows have figures, all under the one heading."""
    counts = Counter(len(draft.figures) for draft in drafts if draft.figures)
    figures = counts.most_common(1)[0][0]
    texts = 1 if any(draft.texts for draft in drafts) else 0
    heading = Heading(words, 0, 1 + figures + texts, page)
    return Header((heading,), 2, figures, texts)


def _built(
    header: Header, drafts: Sequence[_Draft], lines: Sequence[SourceLine], origin: Origin
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


def _blank_width(drafts: Sequence[_Draft], figures: int) -> int:
    """Spaces that a blank cell leaves in this text (2 or 1), 0 when white space tells nothing."""
    rows = [draft for draft in drafts if draft.figures]
    for width in (2, 1):
        fits = sum(len(row.figures) + sum(_gaps(row, width)) == figures for row in rows)
        if fits >= MIN_AGREEING * len(rows):
            return width
    return 0


def _gaps(row: _Draft, width: int) -> tuple[int, ...]:
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
    draft: _Draft,
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
