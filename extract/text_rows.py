"""The rows of a table whose cells follow one another with white space: where each begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .text_lines import SourceLine

_FIGURE = re.compile(r"[-−–+]?\d*[.,]?\d[\d.,]*%?(/\d+([.,]\d+)?)?$|[-−–'*]$")
_ROMAN = re.compile(r"[IVX]{1,5}[.)]?$")
_SERIAL = re.compile(r"\d{1,3}[.)]?$")
HEADER_START = re.compile(r"\s*(STT|TT|Stt|Số TT)\b")
_BROKEN_START = ("ST", "T")
"""`STT` in a column too narrow for it: the second part begins the next line."""
_TOKEN = re.compile(r"\S+")
SKIPPED = 3
"""Serial numbers from one row to the next in a table with rows left out: none of the reports has any."""
MAX_HEADER_LINES = 160
"""Lines, empty ones included, that a header may take: the longest seen has 110."""


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
class Draft:
    """A row being read. `marker` is its serial, the section's number, or empty in a totals row."""

    marker: str
    name: tuple[Token, ...]
    figures: tuple[Token, ...] = ()
    texts: tuple[Token, ...] = ()
    tail: str = ""

    @property
    def tokens(self) -> tuple[Token, ...]:
        return (*self.name, *self.figures, *self.texts)


def tokens_from(lines: Sequence[SourceLine], start: int, taken: set[int]) -> list[Token]:
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


def starts_header(tokens: Sequence[Token], at: int) -> bool:
    """Whether the heading of the serial numbers stands here, whole or broken over two lines."""
    return tokens[at].fresh and (
        HEADER_START.match(tokens[at].text) is not None or _broken_start(tokens, at) is not None
    )


def _broken_start(tokens: Sequence[Token], at: int) -> int | None:
    """Where the second part of a broken `STT` stands, if it is one."""
    first, second = _BROKEN_START
    if tokens[at].text != first:
        return None
    after = next((i for i in range(at + 1, len(tokens)) if tokens[i].fresh), None)
    return after if after is not None and tokens[after].text == second else None


def header_words(tokens: Sequence[Token]) -> str:
    """The words of a header that begins with the first token, a broken `STT` whole."""
    words = [token.text for token in tokens]
    if (second := _broken_start(tokens, 0)) is not None:
        words[0] += words.pop(second)
    return " ".join(words)


def starts_row(tokens: Sequence[Token], at: int, row: Draft | None) -> bool:
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
        return row is None or _may_follow(row.marker, token.text)
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


def _may_follow(marker: str, serial: str) -> bool:
    """Whether a number may be the next row's serial: one skipped or repeated is a fault to be told, one
    far off is the figure of a last column."""
    if not _SERIAL.match(marker):
        return True
    before, number = int(marker.rstrip(".)")), int(serial.rstrip(".)"))
    return number == 1 or before <= number <= before + SKIPPED


def _follows(marker: str, serial: str) -> bool:
    before = int(marker.rstrip(".)")) if _SERIAL.match(marker) else 0
    return int(serial.rstrip(".)")) == before + 1


def drafts_from(tokens: Sequence[Token], first: int) -> list[Draft]:
    drafts: list[Draft] = []
    at = first
    while at < len(tokens):
        draft, at = _draft(tokens, at)
        drafts.append(draft)
        skip = _repeated_header(tokens, at)
        at = at if skip is None else skip
        more = at < len(tokens) and starts_row(tokens, at, draft)
        if not more and not (at < len(tokens) and _starts_total(tokens, at, draft)):
            break
    return _last_trimmed(drafts)


def _starts_total(tokens: Sequence[Token], at: int, row: Draft) -> bool:
    """A totals row: words at the start of a line, as many figures behind them as above."""
    end = _words_end(tokens, at)
    full = end > at and _figures_from(tokens, end) >= max(2, len(row.figures))
    return tokens[at].fresh and _is_word(tokens[at]) and full


def _repeated_header(tokens: Sequence[Token], at: int) -> int | None:
    """Where the rows go on after a header printed again on a new page."""
    if at >= len(tokens) or not starts_header(tokens, at):
        return None
    limit = tokens[at].line + MAX_HEADER_LINES
    for i in range(at + 1, len(tokens)):
        if tokens[i].line > limit:
            return None
        if starts_row(tokens, i, None):
            return i
    return None


def _draft(tokens: Sequence[Token], at: int) -> tuple[Draft, int]:
    """The row that begins here and where it ends."""
    marked = _SERIAL.match(tokens[at].text) or _ROMAN.match(tokens[at].text)
    start = at + 1 if marked else at
    marker = tokens[at].text if marked else ""
    section = _ROMAN.match(tokens[at].text) is not None
    names = _section_end(tokens, start) if section else _words_end(tokens, start)
    figures = names
    while figures < len(tokens) and tokens[figures].figure:
        if (figures > names or section) and starts_row(tokens, figures, Draft(marker, ())):
            break
        figures += 1
    draft = Draft(marker, tuple(tokens[start:names]), tuple(tokens[names:figures]))
    end = _texts_end(tokens, figures, draft)
    tail = tokens[end].lead if end < len(tokens) else ""
    return replace(draft, texts=tuple(tokens[figures:end]), tail=tail), end


def _section_end(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and not tokens[at].figure and not starts_row(tokens, at, None):
        at += 1
    return at


def _texts_end(tokens: Sequence[Token], at: int, draft: Draft) -> int:
    """One past the words after the figures: the next row or the next figure ends them."""
    if not draft.figures:
        return at
    end = at
    while end < len(tokens) and not tokens[end].figure:
        known = replace(draft, texts=tuple(tokens[at:end]))
        if starts_row(tokens, end, known) or _starts_total(tokens, end, known):
            return end
        if starts_header(tokens, end):
            return end
        end += 1
    return end


def _last_trimmed(drafts: Sequence[Draft]) -> list[Draft]:
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
