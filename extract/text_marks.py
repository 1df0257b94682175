"""Rows of text files whose cells a mark separates: tabs, bars, semicolons, commas.

A mark is evidence of place: two of them with nothing between are a blank cell. A line end inside a
cell breaks its row; the marks of the pieces then add up to those of a whole row, and only then are
the pieces put together.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .text_lines import SourceLine

Mark = Literal["\t", "|", ";", ","]
LEAST: dict[Mark, int] = {"\t": 3, "|": 2, ";": 3, ",": 3}
"""Marks in a line of a table; letterheads set in two columns have one tab or two."""
LISTED: tuple[Mark, ...] = (";", ",")
"""Marks that prose has too: only a line that begins with the serial's heading opens such a table."""
BROKEN = 12
"""Lines over which a row may be broken: every heading of a header once."""
GAP = 4
"""Lines without marks between two rows of a table, or inside one."""
TAIL_WORDS = 12
"""Words that a line end may have cut from a row's last cell: a remark's, where that is the last."""
SERIAL = re.compile(r"(\d{1,3}|[IVX]{1,5}|[A-H])[.)]?$")
HEADED = re.compile(r"\W*(S\s?TT|TT|Stt|Số TT|Số thứ tự)\b", re.IGNORECASE)
_RULE = re.compile(r"\s*[|+]?[\s:=+|─┼-]*[-=─]{2}[\s:=+|─┼-]*$")
_STROKES = str.maketrans("│┃¦", "|||")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NOTHING = re.compile(r"nan|None|NaN|Unnamed: \d+(_level_\d+)?")
"""What a data frame writes for a cell without text."""
_HALVES = {"xuất": "sắc", "trung": "bình"}
"""Ranks of two words, the first of which is none alone."""
_ESCAPED = "\x00"


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row as its marks part it: each cell's lines, the text lines it was read from.

    `whole` says that it has the table's number of marks, `ruled` that a rule stands above it.
    """

    cells: tuple[tuple[str, ...], ...]
    page: int
    numbers: tuple[int, ...]
    whole: bool = True
    ruled: bool = False

    def text(self, column: int) -> str:
        return " ".join(self.cells[column]) if column < len(self.cells) else ""

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(" ".join(cell) for cell in self.cells)


def marked_rows(lines: Sequence[SourceLine], drawn: bool) -> Iterator[list[MarkedRow]]:
    """Each run of lines that one mark parts, as rows; prose between two tables ends a run.

    Bars that are not `drawn` are what OCR has seen of ruling lines, and only a line of dashes under
    the first row makes a table of them.
    """
    at = 0
    while at < len(lines):
        mark = _mark_at(lines, at, drawn)
        rows = _run(lines, at, mark) if mark else []
        if len(rows) > 1:
            yield rows
            at = rows[-1].numbers[-1] + 1
        else:
            at += 1


def is_rule(text: str) -> bool:
    """A line of dashes that a table is ruled with."""
    return _RULE.match(text) is not None


def _mark_at(lines: Sequence[SourceLine], at: int, drawn: bool) -> Mark | None:
    """The mark of the table whose first line this may be."""
    text = lines[at].text
    near = [line.text for line in lines[at + 1 : at + BROKEN]]
    for mark in LEAST:
        headed = HEADED.match(text) is not None
        if _count(text, mark) < (1 if headed else LEAST[mark]) or (mark in LISTED and not headed):
            continue
        if mark == "|" and not drawn and not is_rule("".join(near[:1])):
            continue
        if any(_count(other, mark) >= LEAST[mark] or is_rule(other) for other in near):
            return mark
    return None


def _count(text: str, mark: Mark) -> int:
    """Marks between cells."""
    if is_rule(text):
        return 0
    return len(_parts(text, mark)) - 1


def _parts(text: str, mark: Mark) -> list[str]:
    if mark in LISTED and '"' in text:
        return next(csv.reader([text], delimiter=mark), [])
    if mark == "|":
        bare = text.translate(_STROKES).replace("\\|", _ESCAPED)
        return [part.replace(_ESCAPED, "|") for part in bare.split("|")]
    return text.split(mark)


def _run(lines: Sequence[SourceLine], start: int, mark: Mark) -> list[MarkedRow]:
    end = _run_end(lines, start, mark)
    full = _full(lines[start:end], mark)
    if not full:
        return []
    rows: list[MarkedRow] = []
    at = start
    while at < min(len(lines), end + GAP):
        if lines[at].blank or is_rule(lines[at].text):
            at += 1
            continue
        pieces = _pieces(lines, at, mark, full)
        row = _row(lines, at, pieces, mark, full)
        if row:
            rows.append(row)
        elif rows and _is_tail(lines, at, mark, rows):
            rows[-1] = _with_tail(rows[-1], lines[at].text.strip(), at)
        else:
            break
        at += pieces
    return _bared(rows) if mark == "|" else rows


def _run_end(lines: Sequence[SourceLine], start: int, mark: Mark) -> int:
    """One past the last line with marks that only a few lines part from those above."""
    last = start
    for i in range(start, len(lines)):
        if _count(lines[i].text, mark) > 0:
            last = i
        elif i - last > GAP:
            break
    return last + 1


def _full(lines: Sequence[SourceLine], mark: Mark) -> int:
    """The marks of a whole row: the most that two lines or more have, the first one counting twice; 0
    for lines without two alike."""
    counts = Counter(n for line in lines if (n := _count(line.text, mark)) >= LEAST[mark])
    counts[_count(lines[0].text, mark)] += 1
    return max((n for n, times in counts.items() if times > 1), default=0)


def _pieces(lines: Sequence[SourceLine], at: int, mark: Mark, full: int) -> int:
    """How many lines make the row that begins here: as many as complete its marks exactly."""
    count = _count(lines[at].text, mark)
    if not 0 < count < full:
        return 1
    for i, line in enumerate(lines[at + 1 : at + BROKEN], start=1):
        more = _count(line.text, mark)
        count += more
        if count > full or _starts_row(_parts(line.text, mark)) or is_rule(line.text):
            break
        if count == full and more:
            return i + 1
    return 1


def _starts_row(parts: Sequence[str]) -> bool:
    """A serial number and a name."""
    filled = [part.strip() for part in parts if part.strip()]
    named = len(filled) > 1 and sum(map(str.isalpha, filled[1])) > 1
    return bool(filled) and SERIAL.match(filled[0]) is not None and named


def _row(
    lines: Sequence[SourceLine], at: int, pieces: int, mark: Mark, full: int
) -> MarkedRow | None:
    """The row in these lines; None when they have too few marks to be one."""
    text = "\n".join(line.text for line in lines[at : at + pieces])
    found = _parts(text, mark) if pieces == 1 else _parts_over_lines(text, mark)
    count = len(found) - 1
    if count < LEAST[mark] and count != full and not (count and _starts_row(found)):
        return None
    return MarkedRow(
        tuple(map(_lines, found)),
        lines[at].page,
        tuple(range(at, at + pieces)),
        whole=count == full,
        ruled=at > 0 and is_rule(lines[at - 1].text),
    )


def _parts_over_lines(text: str, mark: Mark) -> list[str]:
    parts: list[str] = []
    for line in text.split("\n"):
        here = _parts(line, mark)
        parts = [*parts[:-1], f"{parts[-1]}\n{here[0]}", *here[1:]] if parts else here
    return parts


def _lines(cell: str) -> tuple[str, ...]:
    plain = _BREAK.sub("\n", cell).replace("**", "").replace("&nbsp;", " ")
    found = (" ".join(line.split()) for line in plain.split("\n"))
    return tuple(line for line in found if line and not _NOTHING.fullmatch(line))


def _is_tail(lines: Sequence[SourceLine], at: int, mark: Mark, rows: Sequence[MarkedRow]) -> bool:
    """Words without marks right under a row: the end of its last cell, if they go on a cell's words."""
    text = lines[at].text.strip()
    near = rows[-1].numbers[-1] == at - 1 and rows[-1].whole
    above = rows[-1].text(len(rows[-1].cells) - 1)
    if not near or _count(lines[at].text, mark) or not any(map(str.isalpha, above)):
        return False
    after = lines[at + 1].text if at + 1 < len(lines) else ""
    half = _HALVES.get(above.lower()) == text.lower()
    goes_on = half or text[0].islower() or _starts_row(_parts(after, mark))
    return goes_on and len(text.split()) <= TAIL_WORDS and not HEADED.match(text)


def _with_tail(row: MarkedRow, text: str, number: int) -> MarkedRow:
    cells = (*row.cells[:-1], (*row.cells[-1], *_lines(text)))
    return replace(row, cells=cells, numbers=(*row.numbers, number))


def _bared(rows: list[MarkedRow]) -> list[MarkedRow]:
    """Without the bars around a whole table, which part nothing."""
    whole = [row for row in rows if row.whole]
    left = all(not row.cells[0] for row in whole)
    right = all(not row.cells[-1] for row in whole)
    return [replace(row, cells=_within(row.cells, left, right)) for row in rows]


def _within(
    cells: tuple[tuple[str, ...], ...], left: bool, right: bool
) -> tuple[tuple[str, ...], ...]:
    """A row's cells without the blank ones outside its outer bars."""
    first = 1 if left and not cells[0] else 0
    last = len(cells) - 1 if right and not cells[-1] else len(cells)
    return cells[first:last]
