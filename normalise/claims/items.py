"""Lists with one unit to a line: the lines below a heading such as `- Xếp loại Tốt: 04 đơn vị, gồm:`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from extract.document import Line
from normalise.claims.prose import BULLET, Raw

_LONGEST = 80
"""Characters; a name with its score has at most 70 in the register."""
_HEADING = 60
"""Characters; a longer line that ends with a full stop is a sentence, not the heading of a list."""
_TAIL = re.compile(r"[\s.;:,]*$")


def with_items(raws: Iterable[Raw], is_item: Callable[[str], bool]) -> Iterator[Raw]:
    """The same blocks, each run of lines that only name a unit joined to the block above it."""
    header: Raw | None = None
    items: list[Raw] = []
    for raw in (part for whole in raws for part in _parted(whole, is_item)):
        if header is not None and _goes_on(header, items, raw, is_item):
            items.append(raw)
            continue
        if header is not None:
            yield _joined(header, items)
        header, items = raw, []
    if header is not None:
        yield _joined(header, items)


def _parted(raw: Raw, is_item: Callable[[str], bool]) -> Iterator[Raw]:
    """The first lines that only name a unit, each apart, and the sentence that the reader has put to them."""
    begins = [line.text.strip()[:1].isupper() for line in raw.lines[1:]] + [True]
    alone = takewhile(
        lambda pair: pair[1] and is_item(pair[0].text), zip(raw.lines, begins, strict=True)
    )
    items = len(list(alone))
    yield from (Raw((line,), raw.origin) for line in raw.lines[:items])
    if rest := raw.lines[items:]:
        yield Raw(rest, raw.origin)


def _goes_on(header: Raw, items: list[Raw], raw: Raw, is_item: Callable[[str], bool]) -> bool:
    """A line is an item when it only names a unit; or, below one, when it is short and begins alike."""
    finished = header.text.rstrip().endswith(".") and len(header.text) > _HEADING
    if finished or len(raw.text) > _LONGEST or is_item(header.text):
        return False
    if is_item(raw.text):
        return True
    alike = bool(items) and _mark(raw) == _mark(items[0]) != _mark(header)
    return alike and bool(_mark(raw)) and re.search(r"\d", raw.text) is None


def _mark(raw: Raw) -> str:
    match = BULLET.match(raw.text)
    return match.group(1) if match else ""


def _joined(header: Raw, items: list[Raw]) -> Raw:
    if not items:
        return header
    parts = [(header, ":"), *((item, ";") for item in items[:-1]), (items[-1], ".")]
    lines = [line for raw, end in parts for line in _ended(raw, end)]
    return Raw(tuple(lines), header.origin)


def _ended(raw: Raw, end: str) -> Iterator[Line]:
    yield from raw.lines[:-1]
    last = raw.lines[-1]
    yield replace(last, text=_TAIL.sub("", last.text) + end)
