"""Where a table's header ends, and the tree of its headings.

Works on `Spot`s, cells with their rows and columns, so that ruled tables, tables without rules and
word-processor tables share it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .document import Box, Heading

_NUMBER = re.compile(r"[-–−]|[-–−]?[\d.,]*\d%?(\s?/\s?[\d.,]+)?|#{2,}")
_NUMERAL = re.compile(r"\d{1,3}[.)]?|[IVXLC]+[.)]?|[A-ZĐ][.)]?|[IVX]+\.\d+\.?|\d+(\.\d+)+\.?")
_COLUMN_NUMBER = re.compile(r"\(?\s*(\d{1,2})\s*\)?(\s*=.*)?")
_COLUMN_LETTER = re.compile(r"\(?[A-ZĐa-e]\)?|STT|TT")
_MAXIMA = re.compile(r"tối đa|điểm chuẩn|thang điểm|số điểm quy định", re.IGNORECASE)
_MAXIMA_ROW = re.compile(r"((mức |thang |số )?điểm )?(tối đa|chuẩn)|thang điểm", re.IGNORECASE)

LOST = 2
"""So many headings may reach into the first row of the body, where a scan has lost the line below them."""
COVERED = 0.5
"""Share of the columns that the header must name: a half row at the top of a page is no header."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell's text and extent: rows `r0`..`r1`, columns `c0`..`c1`, inclusive."""

    text: str
    r0: int
    r1: int
    c0: int
    c1: int
    box: Box | None = None


def header_rows(spots: Sequence[Spot], columns: int) -> int:
    """How many rows from the top are header."""
    rows = 1 + max((s.r1 for s in spots), default=-1)
    depth = next((r for r in range(rows) if _is_body(spots, r)), rows)
    while depth > 1 and _is_section(spots, depth - 1):
        depth -= 1
    named = {c for s in spots if s.r0 < depth and s.text for c in range(s.c0, s.c1 + 1)}
    return depth if depth and len(named) >= COVERED * columns else 0


def _is_body(spots: Sequence[Spot], row: int) -> bool:
    here = [s for s in spots if s.r0 <= row <= s.r1 and s.text]
    texts = [s.text for s in here if s.r0 == row]
    reaching = len(here) - len(texts)
    if reaching and (reaching > LOST or not _counts(here, row)):
        return False
    if not texts or is_column_numbers(texts) or any(_MAXIMA.search(t) for t in texts):
        return False
    numbers = sum(_NUMBER.fullmatch(_unbroken(t)) is not None for t in texts)
    if numbers >= 2 and numbers >= len(texts) / 2:
        return True
    return _starts_row(here, row)


def _counts(here: Sequence[Spot], row: int) -> bool:
    """Whether a serial number begins here, and figures nearly all along: a heading that reaches into the row has lost
    the line below it."""
    ordered = sorted(here, key=lambda s: s.c0)
    own = [s.text for s in ordered if s.r0 == row]
    numbers = sum(is_number(text) for text in own)
    return _starts_row(ordered, row) and numbers > len(own) / 2 and not is_column_numbers(own)


def _is_section(spots: Sequence[Spot], row: int) -> bool:
    """A row with one text only, behind its serial number at most, through which no heading reaches: it heads the
    rows below."""
    here = sorted((s for s in spots if s.r0 <= row <= s.r1 and s.text), key=lambda s: s.c0)
    single = all(s.r0 == s.r1 for s in here)
    if len(here) == 2 and here[0].c0 == here[0].c1 == 0:
        return single and here[1].c0 == 1 and here[1].c1 == max(s.c1 for s in spots)
    return single and len(here) == 1


def _starts_row(here: Sequence[Spot], row: int) -> bool:
    """A serial number with a name beside it, and nothing that needs more columns: a section or unit."""
    ordered = sorted(here, key=lambda s: s.c0)
    first = ordered[0]
    return (
        len(ordered) >= 2
        and first.r0 == row
        and first.c0 <= 1
        and first.c0 == first.c1
        and _NUMERAL.fullmatch(_unbroken(first.text)) is not None
    )


def _unbroken(text: str) -> str:
    """A text without blanks: figures too long for their column are broken over two lines, `25,5 8`."""
    return "".join(text.split())


def is_column_numbers(texts: Sequence[str]) -> bool:
    """Whether the texts are a line that numbers the columns: `(1) (2) (3)=(2)/(1)`, `A B 1 2`."""
    found = [int(m[1]) for t in texts if (m := _COLUMN_NUMBER.fullmatch(t))]
    letters = [t for t in texts if _COLUMN_LETTER.fullmatch(t)]
    if len(found) < 3 or len(found) + len(letters) < len(texts):
        return False
    rising = all(a < b <= a + 2 for a, b in pairwise(found))
    return rising and found[0] <= 3


def says_maxima(texts: Sequence[str]) -> bool:
    """Whether the texts are a line of maxima below the headings, which says so: `Điểm tối đa`, then 5, 5, 10."""
    return any(map(_MAXIMA_ROW.fullmatch, texts))


def heading_tree(spots: Iterable[Spot], depth: int, page: int) -> tuple[Heading, ...]:
    """The headings of the first `depth` rows, outermost first."""
    header = [s for s in spots if s.r0 < depth]
    last = max((s.c1 for s in header), default=-1)
    return tuple(_level(header, 0, depth, 0, last, page))


def _level(
    spots: Sequence[Spot], row: int, depth: int, first: int, last: int, page: int
) -> list[Heading]:
    found: list[Heading] = []
    column = first
    while row < depth and column <= last:
        spot = next((s for s in spots if s.r0 <= row <= s.r1 and s.c0 <= column <= s.c1), None)
        if spot is None:
            found += _level(spots, row + 1, depth, column, column, page)
            column += 1
            continue
        end = min(spot.c1, last)
        below = _level(spots, spot.r1 + 1, depth, column, end, page)
        found += (
            [Heading(spot.text, column, end, page, spot.box, tuple(below))] if spot.text else below
        )
        column = end + 1
    return found


def leaves(headings: Sequence[Heading]) -> list[Heading]:
    """The lowest headings of a tree, from the left."""
    found: list[Heading] = []
    for heading in headings:
        found += leaves(heading.children) if heading.children else [heading]
    return found


def is_numeral(text: str) -> bool:
    """Whether `text` can be a row's serial number: `1`, `12.`, `IV`, `A`, `1.2`."""
    return _NUMERAL.fullmatch(_unbroken(text)) is not None


def is_number(text: str) -> bool:
    """Whether `text` is a printed figure, a dash for none, or a spreadsheet's `###`."""
    return _NUMBER.fullmatch(text) is not None
