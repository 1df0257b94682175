"""Parts of a table that stand side by side, put together.

A long list may be set in two halves on one page. Of a wide spreadsheet, columns that do not fit a page go to the next
one, the rows at the very heights that they have on the first, with the names repeated or without any.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from .document import Cell, Heading, Paragraph, Row, Table
from .headers import is_number
from .join import continues, join, numbers_on

Block = Paragraph | Table

LEVEL = 1.0
"""Points by which the heights of one spreadsheet row on two pages may differ: they are printed from one grid."""
STEP = 2.0
"""The same for the steps from row to row of two scans, whose lines are found to a point."""
LEAST_ROWS = 3
"""Two rows have the same heights by chance."""
LAST = 3
"""So few further columns are the last of a table: any annex of its own has more."""
READ_ALIKE = 0.6
"""Share of a column's texts that two scans read alike where the same is printed: names lose a mark here and there."""
RANKS = 5
"""Different words in a column of ranks: excellent, good, fair, average, weak."""
CUT_END = 5
"""Words of a title's end on the next sheet."""
SAME_TITLE = 0.6
"""Share of the words above a further part that stand above the first one: a title that runs over both pages is cut
anywhere, of `... NẬM PỒ THÁNG 10 NĂM 2024` the last page had `Ồ THÁNG 10 NĂM 2024`, the first no year."""
READ_TITLE = 0.85
"""The same for scanned tables with names of their own, whose rows say less: titles of two annexes have `KẾT QUẢ`,
issuer and period alike, and of one title one word in ten is read otherwise."""


def side_by_side(blocks: Sequence[Block], widths: Mapping[int, float]) -> list[Block]:
    """The blocks with the parts of a table joined; `widths` are those of the pages, in points."""
    found: list[Block] = []
    for block in blocks:
        before = next((i for i in reversed(range(len(found))) if isinstance(found[i], Table)), None)
        first = found[before] if before is not None else None
        whole = None
        if before is not None and isinstance(first, Table) and isinstance(block, Table):
            alike = _title_share(found[:before], found[before + 1 :], first.page)
            whole = _joined(first, block, widths, alike) or _in_halves(first, block)
        if before is not None and whole:
            found[before] = whole
        else:
            found.append(block)
    return found


def _title_share(earlier: Sequence[Block], between: Sequence[Block], page: int) -> float:
    """How much of what stands between two tables is (a piece of) the title above the first. `(Kèm theo ...)` is the
    same over all annexes of a report; the few words of a title's cut end stand in its letter at least."""
    above = [*takewhile(lambda b: isinstance(b, Paragraph), reversed(earlier))]
    names = [b for b in between if isinstance(b, Paragraph) and not b.text.startswith("(")]
    words = [word for b in names for word in _words(b)]
    near = [b for b in above if b.page == page or len(words) <= CUT_END]
    title = {word for b in near if isinstance(b, Paragraph) for word in _words(b)}
    return sum(word in title for word in words) / len(words) if words else 1.0


def _words(paragraph: Paragraph) -> list[str]:
    return re.findall(r"\w+", paragraph.text.casefold())


def _in_halves(first: Table, second: Table) -> Table | None:
    """One table of two on a page, of which the right one has the same header and numbers the rows on."""
    if not (first.box and second.box and first.page == second.page):
        return None
    beside = first.box.x1 < second.box.x0 and abs(first.box.top - second.box.top) <= LEVEL
    whole = beside and numbers_on(first, second) and continues(first, second)
    return join(first, second) if whole else None


def _joined(first: Table, second: Table, widths: Mapping[int, float], alike: float) -> Table | None:
    """One table of two with the same rows, whose further columns had no room on the first page; so much of their
    titles is `alike`."""
    if alike < SAME_TITLE or first.reader != second.reader or not _level(first, second):
        return None
    again = _repeated(first, second)
    new = range(again, second.columns)
    if again and first.reader == "scan" and alike < READ_TITLE and len(new) > LAST:
        return None
    if not new or _other_rows(first, second, again) or not _is_full(first, second, again, widths):
        return None
    paths = {first.path(c) for c in range(first.columns)} - {()}
    if any(second.path(c) in paths for c in new):
        return None
    shift = first.columns - again
    rows = tuple(
        replace(a, cells=(*a.cells, *(_moved(c, shift) for c in b.cells if c.column >= again)))
        for a, b in zip(first.rows, second.rows, strict=True)
    )
    heads = (_shifted(h, shift) for h in second.header if h.first >= again)
    return replace(
        first,
        columns=first.columns + len(new),
        header=_merged(first.header, tuple(heads)),
        rows=rows,
        doubts=(*first.doubts, *second.doubts),
    )


def _level(first: Table, second: Table) -> bool:
    """Whether the rows stand at the same heights, on as many pages, the second's after the first's."""
    if not LEAST_ROWS <= len(first.rows) == len(second.rows):
        return False
    pages = [sorted({row.page for row in table.rows}) for table in (first, second)]
    later = dict(zip(*pages, strict=False))
    return (
        len(pages[0]) == len(pages[1])
        and pages[0][-1] < pages[1][0]
        and bool(first.header) == bool(second.header)
        and all(later[a.page] == b.page for a, b in zip(first.rows, second.rows, strict=True))
        and first.reader in LEVELS
        and LEVELS[first.reader](first.rows, second.rows)
    )


def _same_heights(rows: Sequence[Row], others: Sequence[Row]) -> bool:
    return all(_near(_span(a), _span(b)) for a, b in zip(rows, others, strict=True))


def _same_steps(rows: Sequence[Row], others: Sequence[Row]) -> bool:
    """Whether each row begins as far below the one before: two scans lie differently on their sheets, and askew."""
    steps = [[_step(a, b) for a, b in pairwise(some)] for some in (rows, others)]
    return all(
        a is not None and b is not None and abs(a - b) <= STEP for a, b in zip(*steps, strict=True)
    )


def _step(row: Row, below: Row) -> float | None:
    tops = [next((c.box.top for c in r.cells if c.box), None) for r in (row, below)]
    if tops[0] is None or tops[1] is None:
        return None
    return 0.0 if row.page != below.page else tops[1] - tops[0]


LEVELS = {"lines": _same_heights, "scan": _same_steps}
"""How rows of the same heights are told, by the reader; the columns of others are not sure enough."""


def _span(row: Row) -> tuple[float, float] | None:
    boxes = [cell.box for cell in row.cells if cell.box and cell.page == row.page]
    return (min(b.top for b in boxes), max(b.bottom for b in boxes)) if boxes else None


def _near(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    if one is None or other is None:
        return False
    return all(abs(a - b) <= LEVEL for a, b in zip(one, other, strict=True))


def _repeated(first: Table, second: Table) -> int:
    """How many of the first columns, names among them, are printed again."""
    rows = [(_texts(a), _texts(b)) for a, b in zip(first.rows, second.rows, strict=True)]
    least = len(rows) * (READ_ALIKE if first.reader == "scan" else 1)
    alike = (
        (first.reader == "scan" or first.path(c) == second.path(c))
        and sum(a.get(c) == b.get(c) for a, b in rows) >= least
        for c in range(min(first.columns, second.columns))
    )
    return sum(takewhile(bool, alike))


def _texts(row: Row) -> dict[int, str]:
    return {cell.column: cell.text for cell in row.cells if cell.lines}


def _other_rows(first: Table, second: Table, again: int) -> bool:
    """Whether the second tells rows of its own: of all that it names, or where after the same serial numbers both
    have words, and not the same."""
    if again == 0:
        return _named(second)
    return all(_worded(table, again) for table in (first, second))


def _worded(table: Table, column: int) -> bool:
    """Whether most texts of a column are words."""
    texts = [text for row in table.rows if (text := _texts(row).get(column))]
    return 2 * sum(is_number(text) for text in texts) < len(texts)


def _named(table: Table) -> bool:
    """Whether a table tells its own rows: by serial numbers, or by more different words than there are ranks."""
    columns = [
        [text for row in table.rows if (text := _texts(row).get(c))] for c in range(table.columns)
    ]
    words = [{t for t in texts if not is_number(t)} for texts in columns]
    numbers = [f"{n}" for n in range(1, len(table.rows) + 1)]
    counted = any(c == numbers[: len(c)] for c in columns if len(c) >= LEAST_ROWS)
    return counted or any(len(w) > max(RANKS, len(table.rows) / 2) for w in words)


def _is_full(first: Table, second: Table, again: int, widths: Mapping[int, float]) -> bool:
    """Whether the next column would not have fitted beside the first table."""
    cells = (cell for row in second.rows for cell in row.cells)
    boxes = [c.box for c in cells if c.box and c.column == again and c.span == 1]
    if first.box is None or not boxes:
        return False
    room = widths.get(first.page, 0.0) - first.box.x0 - first.box.x1
    return boxes[0].x1 - boxes[0].x0 > room


def _moved(cell: Cell, by: int) -> Cell:
    return replace(cell, column=cell.column + by)


def _shifted(heading: Heading, by: int) -> Heading:
    children = tuple(_shifted(child, by) for child in heading.children)
    return replace(heading, first=heading.first + by, last=heading.last + by, children=children)


def _merged(one: tuple[Heading, ...], other: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Two header trees side by side; a heading that the page end cut is one again."""
    if one and other and one[-1].text == other[0].text and one[-1].last + 1 == other[0].first:
        children = _merged(one[-1].children, other[0].children)
        return (*one[:-1], replace(one[-1], last=other[0].last, children=children), *other[1:])
    return (*one, *other)
