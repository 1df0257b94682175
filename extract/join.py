"""Tables over page ends made whole, whatever they were read from.

A table goes on when it stands first on the next page, under the same header or none, with the same
columns. A repeated header is dropped; a row broken over the page end becomes one row again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from .document import Cell, Heading, Row, Table
from .headers import is_number, is_numeral, leaves

TOTAL = re.compile(r"(t[ổo]ng|c[ộo]ng|b[ìi]nh qu[âa]n|to[àa]n )", re.IGNORECASE)
"""How the name of a totals row begins."""
REPEATED = 0.8
"""Share of a header's words that its repetition has: office programs lose the lines of a heading
that do not fit."""

HEARD = 0.9
"""Likeness of the letters over a column in two readings of one scanned header: 0.97 and more on three
scans of several pages; over different columns of one table at most 0.82."""

TELLING = 3
"""Numbers at a page's end that tell how its rows go on: recognition may read one otherwise (`4I1`)."""

SPOILT = 0.7
"""Share of the letters over all columns that stand in both headers, where the rows are numbered on from the page
before: spoilt headings of scans over two pages had 0.97 and more, those of different tables 0.55 at most."""


def continues(first: Table, second: Table) -> bool:
    """Whether `second`, first on its page, is the rest of `first`, the last on the page before."""
    if first.columns != second.columns:
        return False
    if not second.header or _same_header(first, second) or _under_header(first, second):
        return True
    return counts_on(first, second) and _headed(first, second) > 0


def join(first: Table, second: Table) -> Table:
    """One table of two, without the repeated header; a broken row is mended."""
    head, tail = list(first.rows), [*_under_header(first, second), *_body(first, second)]
    if head and tail and _is_broken(first, head[-1], tail[0]):
        head[-1] = _mended(head[-1], tail.pop(0))
    return replace(first, rows=(*head, *tail), doubts=(*first.doubts, *second.doubts))


def _body(first: Table, second: Table) -> tuple[Row, ...]:
    """The rows of `second`, without a first one that holds but the ends of repeated headings: what does not fit the
    height that an office program gives them stands below their line. In a scan all of them may stand there."""
    headed = _headed(first, second) if counts_on(first, second) else 0
    if headed:
        return second.rows[headed:]
    row = next(iter(second.rows), None)
    texts = _texts(row) if row and second.header else {}
    ends = [
        _letters(first.path(c)) == _letters((*second.path(c), text)) for c, text in texts.items()
    ]
    return second.rows[1:] if ends and all(ends) else second.rows


def _headed(first: Table, second: Table) -> int:
    """How many rows of a scanned table repeat the headings of another, where dirt above them was taken for its
    header: those before the first number, without figures, of which most words are headings."""
    numbered = next((i for i, row in enumerate(second.rows) if _number(row) is not None), 0)
    whole = _words(first.header)
    again = [_texts(row) for row in second.rows[:numbered]]
    return numbered if all(not _figures(t) and _repeats(t, whole) for t in again) else 0


def _repeats(texts: dict[int, str], headings: Counter[str]) -> bool:
    words = Counter(re.findall(r"\w+", " ".join(texts.values()).lower()))
    return 2 * (words & headings).total() > words.total()


def _letters(path: Sequence[str]) -> str:
    return "".join(re.findall(r"\w", " ".join(path)))


def _same_header(first: Table, second: Table) -> bool:
    """(Nearly) the same headings, or only the deepest line of them repeated."""
    if first.reader == second.reader == "scan" and (
        _reads_alike(first, second) or (counts_on(first, second) and _heads_alike(first, second))
    ):
        return True
    whole, again = _words(first.header), _words(second.header)
    alike = not again - whole and again.total() >= REPEATED * whole.total()
    return alike or again == _words(leaves(first.header))


def _reads_alike(first: Table, second: Table) -> bool:
    """Whether recognition may have read one header twice: most columns have like headings."""
    pairs = [(_heard(first, c), _heard(second, c)) for c in range(first.columns)]
    return sum(_may_be_same(a, b) for a, b in pairs) >= REPEATED * first.columns


def _heads_alike(first: Table, second: Table) -> bool:
    """Whether two headers, of which recognition spoilt much, are like each other all in all."""
    pairs = [(_heard(first, c), _heard(second, c)) for c in range(first.columns)]
    return sum(_shared(a, b) for a, b in pairs) >= SPOILT * len(pairs)


def _shared(a: str, b: str) -> float:
    """The share of the shorter text that stands in the other: one of two readings may lack the heading above."""
    if not a or not b:
        return float(a == b)
    blocks = SequenceMatcher(None, a, b).get_matching_blocks()
    return sum(block.size for block in blocks) / min(len(a), len(b))


def counts_on(first: Table, second: Table) -> bool:
    """Whether the rows of a scanned table are numbered on from those of another."""
    return first.reader == second.reader == "scan" and numbers_on(first, second)


def numbers_on(first: Table, second: Table) -> bool:
    """Whether the rows of a table are numbered on from those of another."""
    before = [n for row in first.rows if (n := _number(row)) is not None][-TELLING:]
    after = [n for row in second.rows if (n := _number(row)) is not None][:TELLING]
    last = {n + i for i, n in enumerate(reversed(before))}
    return len(before) > 1 and bool(last & {n - i - 1 for i, n in enumerate(after)})


def _number(row: Row) -> int | None:
    """The row's serial number, strokes read for ones."""
    digits = re.sub(r"[Il|!]", "1", _texts(row).get(0, "").replace(" ", ""))
    return int(digits) if re.fullmatch(r"\d{1,3}", digits) else None


def _heard(table: Table, column: int) -> str:
    return "".join(re.findall(r"\w", "".join(table.path(column)).lower()))


def _may_be_same(a: str, b: str) -> bool:
    """Like letters, and no other numbers, though one reading may lack some."""
    digits, others = re.findall(r"\d", a), re.findall(r"\d", b)
    told_apart = len(digits) == len(others) and digits != others
    return not told_apart and SequenceMatcher(None, a, b).ratio() >= HEARD


def _under_header(first: Table, second: Table) -> tuple[Row, ...]:
    """The rest of a broken row that was taken for the deepest level of the repeated header, if that
    is all in which it differs from the first one."""
    rest: list[Cell] = []
    for column in range(second.columns):
        whole, again = first.path(column), second.path(column)
        if _cut_short(whole, again):
            continue
        if again[: len(whole)] != whole or len(again) > len(whole) + 1:
            return ()
        if len(again) > len(whole):
            rest.append(_cell_of(second, column))
    return (Row(tuple(rest), second.page),) if rest else ()


def _cut_short(whole: Sequence[str], again: Sequence[str]) -> bool:
    """Whether a repeated heading only lost its end, its last line taken for a level of its own."""
    return _letters(whole).startswith(_letters(again)) and len(again) != len(whole)


def _cell_of(table: Table, column: int) -> Cell:
    """The deepest heading over a column as a cell."""
    level, found = table.header, None
    while under := [h for h in level if h.first <= column <= h.last]:
        found, level = under[0], under[0].children
    lines = (found.text,) if found else ()
    return Cell(lines, table.page, found.box if found else None, "text-layer", column)


def _words(headings: Sequence[Heading]) -> Counter[str]:
    """The words of all headings; how they are nested may differ where no lines tell."""
    found: Counter[str] = Counter()
    for heading in headings:
        found.update(re.findall(r"\w+", heading.text.lower()))
        found += _words(heading.children)
    return found


def _is_broken(table: Table, last: Row, first: Row) -> bool:
    """Whether `first` is the lower half of `last`."""
    if last.loose or first.loose:
        return False
    upper, lower = _texts(last), _texts(first)
    serial = _serial_column(table)
    if serial is None or serial in lower or serial not in upper:
        return False
    if any(TOTAL.match(text) for text in lower.values()):
        return False
    if table.reader == "scan" and 2 * _figures(lower) >= _figures(upper):
        return False  # a row whose number was not read: recognition may lose it
    both = [c for c in upper.keys() & lower.keys() if is_number(lower[c])]
    if sum(re.fullmatch(r"\d", upper[c]) is not None for c in both) > 1:
        return False  # lone digits are whole figures: no column holds less
    if serial + 1 not in lower and serial + 1 in upper:
        return (
            True  # neither number nor name: squeezed figures broken over the page end with the row
        )
    if any(is_number(upper[c]) or is_number(lower[c]) for c in upper.keys() & lower.keys()):
        return 2 * _figures(lower) < _figures(upper)  # last digits of squeezed figures
    return _any_number(upper) != _any_number(lower) or (
        not _any_number(lower) and _is_rest(table, first, lower)
    )


def _is_rest(table: Table, first: Row, lower: dict[int, str]) -> bool:
    """A half row without figures is told from a section's title, which the table may leave unnumbered."""
    if any(cell.span > 1 and cell.lines for cell in first.cells):
        return False
    serial = _serial_column(table)
    unnumbered = any(
        serial not in texts and not _any_number(texts) for texts in map(_texts, table.rows)
    )
    return not unnumbered or next(iter(lower.values()))[:1].islower() or len(lower) > 1


def _texts(row: Row) -> dict[int, str]:
    return {cell.column: cell.text for cell in row.cells if cell.lines}


def _any_number(texts: dict[int, str]) -> bool:
    """A figure anywhere but in the first column, where serial numbers stand."""
    return any(is_number(text) for column, text in texts.items() if column > 0)


def _figures(texts: dict[int, str]) -> int:
    return sum(map(is_number, texts.values()))


def _serial_column(table: Table) -> int | None:
    """The first column, if most of its cells hold serial numbers."""
    texts = [_texts(row).get(0, "") for row in table.rows]
    return 0 if texts and 2 * sum(map(is_numeral, texts)) > len(texts) else None


def _mended(upper: Row, lower: Row) -> Row:
    rest = {cell.column: cell for cell in lower.cells}
    return replace(upper, cells=tuple(_whole(cell, rest.get(cell.column)) for cell in upper.cells))


def _whole(upper: Cell, lower: Cell | None) -> Cell:
    if lower is None or not lower.lines:
        return upper
    if not upper.lines:
        return lower
    return replace(
        upper,
        lines=(*upper.lines, *lower.lines),
        confidence=min(upper.confidence, lower.confidence),
        readings=(),
    )
