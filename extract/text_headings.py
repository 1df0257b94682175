"""The tree of headings out of the words of a header that a text file has run together."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import ratio

from .document import Heading

LIKE = 88.0
"""Similarity (0-100) from which a header's words are those of a known layout: a wrong or missing
word in ten still passes, the fees and digitisation headers are only 45 alike."""
SAME_WORDS = 0.95
"""Share of its words that a header has in common with a known one whose lines are mixed: the headers of 459 with and
without openness share 0.8."""
_LEAF = re.compile(r"\b(\d{1,2}) \((\d{1,3})[đd]\)")
_NUMBER_LINE = re.compile(r"(\(\d{1,2}\)(?:=[()\d+*/:x-]+)?(?:\s+|$)){3,}$")


@dataclass(frozen=True, slots=True)
class Header:
    """`names`: columns before the figures; `figures`: columns of figures, 0 when not known."""

    headings: tuple[Heading, ...]
    names: int
    figures: int
    texts: int

    @property
    def columns(self) -> int:
        return self.names + self.figures + self.texts


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading before it has its place: `number` is that of a numbered leaf."""

    kind: str
    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class _Node:
    text: str
    below: tuple[_Node, ...] = ()


def read_header(words: str, page: int) -> Header | None:
    """The header as a tree, or None when its words tell no number of columns."""
    numbers = _NUMBER_LINE.search(words)
    plain = words[: numbers.start()] if numbers else words
    header = _by_layout(plain, page) or _by_parts(plain, page) or _by_words(plain, page)
    return header and _with_numbers(header, numbers.group().split() if numbers else [], page)


def fold(text: str) -> str:
    """Lower case without marks, single spaces."""
    marks = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in marks if not unicodedata.combining(c)).split())


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "headings.toml").read_text("utf-8"))


def _by_layout(words: str, page: int) -> Header | None:
    for layout in _data()["layout"]:
        paths = [tuple(column.split(" > ")) for column in layout["columns"]]
        nodes = _nest(paths)
        if ratio(fold(words), fold(" ".join(_row_by_row(nodes)))) >= LIKE:
            return Header(_placed(nodes, 0, page), 2, len(paths) - 2, 0)
    return None


def by_pattern(leaves: str, page: int) -> Header | None:
    """The known header with this order of numbered (`N`) and other (`o`) leaves."""
    for pattern in _data()["pattern"]:
        if leaves == pattern["leaves"]:
            paths = [tuple(column.split(" > ")) for column in pattern["columns"]]
            return Header(_placed(_nest(paths), 0, page), 2, len(paths) - 3, 1)
    return None


def _by_words(words: str, page: int) -> Header | None:
    """The known header with these words, in whatever order the lines of its cells are mixed, and with these numbers
    and maxima of indicators in this order."""
    for pattern in _data()["pattern"]:
        paths = [tuple(column.split(" > ")) for column in pattern["columns"]]
        known = " ".join(_row_by_row(_nest(paths)))
        same = (Counter(fold(words).split()) & Counter(fold(known).split())).total()
        most = max(len(words.split()), len(known.split()))
        if same >= SAME_WORDS * most and _LEAF.findall(words) == _LEAF.findall(known):
            return Header(_placed(_nest(paths), 0, page), 2, len(paths) - 3, 1)
    return None


def _nest(paths: Sequence[tuple[str, ...]]) -> tuple[_Node, ...]:
    nodes: list[_Node] = []
    for text in dict.fromkeys(path[0] for path in paths):
        below = [path[1:] for path in paths if path[0] == text and len(path) > 1]
        nodes.append(_Node(text, _nest(below)))
    return tuple(nodes)


def _row_by_row(nodes: Sequence[_Node]) -> Iterator[str]:
    """The headings as extractors print them: each level from left to right, then the next."""
    if nodes:
        yield from (node.text for node in nodes)
        yield from _row_by_row([child for node in nodes for child in node.below])


def _placed(nodes: Sequence[_Node], first: int, page: int) -> tuple[Heading, ...]:
    placed: list[Heading] = []
    for node in nodes:
        below = _placed(node.below, first, page)
        last = below[-1].last if below else first
        placed.append(Heading(node.text, first, last, page, children=below))
        first = last + 1
    return tuple(placed)


def _by_parts(words: str, page: int) -> Header | None:
    parts = _parts(words)
    if sum(part.number is not None for part in parts) < 2:
        return None
    if not _is_plain(parts):
        return None
    nodes = _tree(parts)
    headings = _placed(nodes, 0, page)
    names = sum(part.kind in ("serial", "name") for part in parts)
    texts = sum(part.kind == "text" for part in parts)
    return Header(headings, names, headings[-1].last + 1 - names - texts, texts)


def _parts(words: str) -> list[_Part]:
    """The words cut at every opener; words before the first opener are no heading."""
    tokens = words.split()
    folded = [fold(token) for token in tokens]
    cuts: list[tuple[int, str, int | None]] = []
    at = 0
    while at < len(tokens):
        opened = _opener(folded, at, {kind for _, kind, _ in cuts})
        if opened:
            cuts.append((at, opened[0], opened[2]))
        at += opened[1] if opened else 1
    ends = [cut[0] for cut in cuts[1:]] + [len(tokens)]
    return [
        _Part(kind, " ".join(tokens[start:end]), number)
        for (start, kind, number), end in zip(cuts, ends, strict=True)
    ]


def _opener(folded: Sequence[str], at: int, seen: set[str]) -> tuple[str, int, int | None] | None:
    """Kind, length in words and leaf number of the opener at a word, if there is one."""
    for entry in _data()["opener"]:
        if entry["kind"] in ("serial", "name") and entry["kind"] in seen:
            continue
        for opening in entry["words"]:
            length = len(opening.split())
            if " ".join(folded[at : at + length]) != opening:
                continue
            if not entry.get("numbered"):
                return entry["kind"], length, None
            number = folded[at + length] if at + length < len(folded) else ""
            if re.fullmatch(r"\d{1,2}", number):
                return entry["kind"], length + 1, int(number)
    return None


def _is_plain(parts: Sequence[_Part]) -> bool:
    """Whether the order of the columns can be told: each group has its run of leaves, or there is but
    one run of leaves and nothing that might stand before, behind or among them."""
    groups = sum(part.kind == "group" for part in parts)
    runs = _runs([part for part in parts if part.number is not None])
    singles = any(part.kind == "leaf" and part.number is None for part in parts)
    return groups == len(runs) or (len(runs) == 1 and not groups and not singles)


def _tree(parts: Sequence[_Part]) -> tuple[_Node, ...]:
    """Top row as printed; groups and their neighbours below the span; numbered leaves in groups."""
    spanned = any(part.kind == "span" for part in parts)
    inside = ("group", "leaf") if spanned else ("group",)
    depth = next((i for i, p in enumerate(parts) if p.kind in inside), None)
    if depth is None:
        depth = next(i for i, p in enumerate(parts) if p.number is not None)
    top = [p for p in parts[:depth] if p.number is None]
    inner = [p for p in parts[depth:] if p.kind in ("group", "leaf") and p.number is None]
    late = [p for p in parts[depth:] if p.kind in ("figure", "text")]
    below = _inner(inner, _runs([p for p in parts if p.number is not None]))
    return _under_span([*top, *late], below)


def _runs(leaves: Sequence[_Part]) -> list[tuple[_Node, ...]]:
    """Numbered leaves cut where the numbers begin again."""
    runs: list[list[_Node]] = []
    for leaf in leaves:
        if leaf.number == 1 or not runs:
            runs.append([])
        runs[-1].append(_Node(leaf.text))
    return [tuple(run) for run in runs]


def _inner(parts: Sequence[_Part], runs: list[tuple[_Node, ...]]) -> tuple[_Node, ...]:
    """Groups with their leaves; without groups the one run of leaves."""
    if not any(part.kind == "group" for part in parts):
        return runs[0]
    left = iter(runs)
    return tuple(_Node(p.text, next(left) if p.kind == "group" else ()) for p in parts)


def _under_span(top: Sequence[_Part], below: tuple[_Node, ...]) -> tuple[_Node, ...]:
    spans = [i for i, part in enumerate(top) if part.kind == "span"]
    if spans:
        nodes = [_Node(p.text, below if i == spans[0] else ()) for i, p in enumerate(top)]
        return tuple(nodes)
    named = sum(part.kind in ("serial", "name", "leaf") for part in top)
    singles = [_Node(part.text) for part in top]
    return (*singles[:named], *below, *singles[named:])


def _with_numbers(header: Header, numbers: Sequence[str], page: int) -> Header:
    """A printed line of column numbers such as `(3)=(2)/(1)`, put below the figures' headings."""
    if len(numbers) != header.figures:
        return header
    texts = {header.names + i: number for i, number in enumerate(numbers)}
    headings = tuple(_numbered(heading, texts, page) for heading in header.headings)
    return Header(headings, header.names, header.figures, header.texts)


def _numbered(heading: Heading, texts: dict[int, str], page: int) -> Heading:
    below = tuple(_numbered(child, texts, page) for child in heading.children)
    if not below and heading.first in texts:
        below = (Heading(texts[heading.first], heading.first, heading.last, page),)
    return Heading(heading.text, heading.first, heading.last, page, heading.box, below)
