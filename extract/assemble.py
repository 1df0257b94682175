"""Pages to one document: tables and paragraphs over page ends, order, ids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Protocol

from .beside import side_by_side
from .document import Line, Page, Paragraph, Table
from .join import continues, counts_on, join

_PAGE_NUMBER = re.compile(r"[-–—]?\s*(trang\s*)?\d{1,3}(\s*/\s*\d{1,3})?\s*[-–—]?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.:;!?…/]['\"”)]*$")


class PageContent(Protocol):
    """What a page reader hands on, digital or scanned."""

    @property
    def page(self) -> Page: ...
    @property
    def paragraphs(self) -> tuple[Paragraph, ...]: ...
    @property
    def tables(self) -> tuple[Table, ...]: ...
    @property
    def unclaimed(self) -> tuple[Line, ...]: ...


FOOTER, FOOTERS = 80, 2
"""Letters of a page's footer, of which there are so many at most below a table that goes on."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """The blocks of a whole document in reading order."""

    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    unclaimed: tuple[Line, ...]


Block = Paragraph | Table


def assemble(pages: Sequence[PageContent]) -> Assembled:
    """Joins what runs over page ends and numbers the blocks; tables get ids `t1`, `t2`, …"""
    running = _running_texts(pages)
    blocks: list[Block] = []
    for content in pages:
        _append_page(blocks, _blocks(content), running)
    widths = {content.page.number: content.page.width for content in pages}
    whole = side_by_side(blocks, widths)
    whole = _rejoined(whole) if len(whole) < len(blocks) else whole
    ordered = [replace(block, order=i) for i, block in enumerate(whole)]
    tables = [block for block in ordered if isinstance(block, Table)]
    return Assembled(
        tuple(block for block in ordered if isinstance(block, Paragraph)),
        tuple(replace(table, id=f"t{i}") for i, table in enumerate(tables, 1)),
        tuple(line for content in pages for line in content.unclaimed),
    )


def _rejoined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with tables that go on joined, whose parts stood side by side."""
    found: list[Block] = []
    for block in blocks:
        whole = _whole(found[-1], block) if found and isinstance(block, Table) else None
        found[-1:] = [whole] if whole else [*found[-1:], block]
    return found


def _blocks(content: PageContent) -> list[Block]:
    return sorted((*content.paragraphs, *content.tables), key=lambda block: block.order)


def _append_page(blocks: list[Block], page: list[Block], running: frozenset[str]) -> None:
    """Adds a page's blocks; the first one that is not running may go on from the page before."""
    before = next((i for i in reversed(range(len(blocks))) if not _runs(blocks[i], running)), None)
    titles = _above(blocks, before)
    first = next((i for i, block in enumerate(page) if not _runs(block, running, titles)), None)
    if first is not None:
        before = _numbered_before(blocks, page[first], before)
    if before is not None and first is not None:
        whole = _whole(blocks[before], page[first])
        if whole:
            blocks[before] = whole
            page.pop(first)
    blocks += page


def _numbered_before(blocks: Sequence[Block], first: Block, before: int | None) -> int | None:
    """The scanned table whose rows `first` numbers on, although what is read below it is no known footer."""
    last = next((i for i in reversed(range(len(blocks))) if isinstance(blocks[i], Table)), None)
    table = blocks[last] if last is not None else None
    if last is None or not isinstance(first, Table) or not isinstance(table, Table):
        return before
    below = blocks[last + 1 :]
    short = all(isinstance(b, Paragraph) and len(b.text) <= FOOTER for b in below)
    return last if short and len(below) <= FOOTERS and counts_on(table, first) else before


def _above(blocks: Sequence[Block], at: int | None) -> frozenset[str]:
    """The texts right above a table: spreadsheets print titles again on each page. With another number, of the
    month say, it is another table's title."""
    if at is None or not isinstance(blocks[at], Table):
        return frozenset()
    titles = takewhile(lambda block: isinstance(block, Paragraph), reversed(blocks[:at]))
    page = blocks[at].page
    return frozenset(t.text for t in titles if isinstance(t, Paragraph) and t.page == page)


def _whole(before: Block, after: Block) -> Block | None:
    if isinstance(before, Table) and isinstance(after, Table):
        return join(before, after) if continues(before, after) else None
    if isinstance(before, Paragraph) and isinstance(after, Paragraph):
        goes_on = not _SENTENCE_END.search(before.text) and after.text[:1].islower()
        return replace(before, lines=(*before.lines, *after.lines)) if goes_on else None
    return None


def _runs(block: Block, running: frozenset[str], titles: frozenset[str] = frozenset()) -> bool:
    """Whether a block is a page number, a running header or footer, or one of the titles printed again."""
    if isinstance(block, Table):
        return False
    known = _pattern(block) in running or block.text in titles
    return known or _PAGE_NUMBER.fullmatch(block.text) is not None


def _running_texts(pages: Sequence[PageContent]) -> frozenset[str]:
    """Texts that stand first or last on two pages or more, but for their digits."""
    found: Counter[str] = Counter()
    for content in pages:
        found.update({_pattern(p) for p in _outer(_blocks(content)) if isinstance(p, Paragraph)})
    return frozenset(text for text, count in found.items() if count >= 2)


def _outer(blocks: Sequence[Block]) -> Iterable[Block]:
    return (blocks[0], blocks[-1]) if blocks else ()


def _pattern(paragraph: Paragraph) -> str:
    return re.sub(r"\d+", "#", paragraph.text)
