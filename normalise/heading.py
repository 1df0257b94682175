"""What stands over one column: its words, maximum, indicator number, column number and formula."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from extract.document import Table
from normalise.column_numbers import ONLY_NUMBER, are_numbers, split_number, without_numbers
from normalise.layout import generic_words
from normalise.legible import (
    are_marked,
    are_several,
    damaged_indicator,
    damaged_maximum,
    is_garbled,
    is_legible,
    mended,
)
from normalise.maxima import maximum_of, with_maxima, without_maximum
from normalise.text import squeeze, tidy

_INDICATOR = re.compile(
    r"(?:chiso|tieuchi|chitieu|^cs|^tc|(?:cs|tc)(?=\d{1,2}$))(?:so)?(\d{1,2})(?!\d)"
)
_WORDLESS = re.compile(r"(?:nhom(?:chiso|tieuchi|chitieu)?\d{1,2})?")
"""Headings that only number a group, `Nhóm chỉ số 2`: the maxima and the order of the columns must tell."""
_NUMBERED = re.compile(r"(?:chỉ\s*số|tiêu\s*chí|chỉ\s*tiêu|cs|tc)\s*(\d{1,2})", re.IGNORECASE)
_SQUARE = re.compile(r"\[([^\[\]]*)\]")
"""Maxima in square brackets are maxima all the same."""
_COUNTED = re.compile(r"(?P<stem>.*[^\W\d_])\s(?P<k>[1-9])(?P<rest>(?:\s?\(.*)?)")
_WORDED = re.compile(r"[^\W\d_]{2}")
COUNTED = ("chiso", "tieuchi", "chitieu")


@dataclass(frozen=True, slots=True)
class Heads:
    """The headings over a column. `words` are squeezed: those above, and the column's own.

    `printed` are all words, those of `Chỉ số k` included.
    `legible` is False for words that are no Vietnamese, or in a table whose headings have lost their marks.
    `maximum` is in points; `number` and `formula` are the printed column number and the formula
    without it; `indicator` is the k of `Chỉ số k`.
    """

    column: int
    path: tuple[str, ...]
    above: str
    own: str
    maximum: Decimal | None = None
    indicator: int | None = None
    number: str | None = None
    formula: str | None = None
    legible: bool = True
    printed: str = ""

    @property
    def all(self) -> str:
        """All words, those of `Chỉ số k` left out."""
        return self.above + self.own


def heads_of(table: Table, numbers: dict[int, str], maxima: dict[int, str]) -> tuple[Heads, ...]:
    """The headings over every column of a table; `numbers` come from a `number_row` in its body, `maxima`
    from a `maxima_row`."""
    printed = [
        tuple(tidy(text) for text in table.path(column) if text.strip())
        for column in range(table.columns)
    ]
    seen: Sequence[tuple[str, ...]] = [
        tuple(_SQUARE.sub(r"(\1)", text) for text in path) for path in printed
    ]
    if table.reader == "scan":
        seen, below = without_numbers(mended(seen))
        numbers = {**below, **numbers}
    paths, numbered = _with_maxima(grouped(shared_out(seen)), maxima)
    groups = Counter(path[:-1] for path in paths)
    found = [
        _heads(column, path, numbers.get(column), numbered, groups[path[:-1]] > 1)
        for column, path in enumerate(paths)
    ]
    marked = are_marked(paths)
    read = [
        h if h.legible and marked and is_legible(" ".join(h.path)) else _spoilt(h) for h in found
    ]
    return tuple(replace(h, path=path) for h, path in zip(read, printed, strict=True))


def shared_out(paths: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The headings, one over two columns that ends in `Chỉ số 1 Chỉ số 2` given to each: the line between them was
    lost. What stands below it, such as a maximum, stays."""
    found = list(paths)
    for depth in range(max(map(len, paths), default=0)):
        for above, group in groupby(range(len(paths)), key=lambda c: paths[c][: depth + 1]):
            columns = list(group)
            parts = _numbered_parts(above[depth], len(columns)) if len(above) > depth else None
            if parts:
                stem, labels = parts
                for column, label in zip(columns, labels, strict=True):
                    rest = paths[column][depth + 1 :]
                    found[column] = (*above[:depth], *filter(None, (stem,)), label, *rest)
    return found


def grouped(paths: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The headings, those of one line that count a group's indicators (`Hài lòng 1`, `Hài lòng 2`) parted into the
    group and the indicator."""
    found = {c: m for c, path in enumerate(paths) if (m := _counted(path))}
    stems = Counter(squeeze(m["stem"]) for m in found.values())
    return [
        (found[c]["stem"], f"Chỉ số {found[c]['k']} {found[c]['rest']}", *path[1:])
        if c in found and stems[squeeze(found[c]["stem"])] > 1
        else path
        for c, path in enumerate(paths)
    ]


def _counted(path: tuple[str, ...]) -> re.Match[str] | None:
    """The group and number that a column's only heading, beside a column number, consists of."""
    if not path or any(_WORDED.search(text) for text in path[1:]) or _NUMBERED.search(path[0]):
        return None
    return _COUNTED.fullmatch(path[0])


def _numbered_parts(heading: str, columns: int) -> tuple[str, list[str]] | None:
    """What a heading over so many columns begins with, and the numbered headings of each that it ends in."""
    labels = list(_NUMBERED.finditer(heading))[-columns:]
    numbers = [int(label[1]) for label in labels]
    if columns < 2 or numbers != list(range(1, columns + 1)) or labels[-1].end() != len(heading):
        return None
    return heading[: labels[0].start()].strip(), [label[0] for label in labels]


def _with_maxima(
    paths: Sequence[tuple[str, ...]], below: dict[int, str]
) -> tuple[list[tuple[str, ...]], bool]:
    """The headings with the maxima that stand in a row of their own, and whether column numbers end them."""
    numbered = are_numbers(paths)
    feet = {c: p[-1] for c, p in enumerate(paths) if numbered and p and ONLY_NUMBER.match(p[-1])}
    worded = with_maxima([p[:-1] if c in feet else p for c, p in enumerate(paths)], below)
    return [(*p, feet[c]) if c in feet else p for c, p in enumerate(worded)], numbered


def _heads(
    column: int, path: tuple[str, ...], below: str | None, numbered: bool, grouped: bool
) -> Heads:
    """`grouped`: other columns stand under the same headings, of which none is this column's own."""
    printed = [*path, *([below] if below else [])]
    number, formula, pieces = split_number(printed, numbered or below is not None)
    clear = [p for n, p in enumerate(pieces) if not is_garbled(p, last=n == len(pieces) - 1)]
    lost = grouped and len(pieces) > 1 and clear[-1:] != pieces[-1:]
    legible, pieces = len(clear) == len(pieces), clear
    worded = [p for p in pieces if not _WORDLESS.fullmatch(squeeze(without_maximum(p)))]
    worded += [""] * lost
    own = worded[-1] if worded else ""
    heads = Heads(
        column,
        path,
        "".join(
            squeeze(without_maximum(p)) for p in worded[:-1] if squeeze(p) not in generic_words()
        ),
        squeeze(without_maximum(own)),
        number=number,
        formula=formula,
        legible=legible,
    )
    feet = pieces[len(worded) - 1 :] if worded else pieces
    indicator, own_words = _indicator(heads)
    return replace(
        heads,
        maximum=maximum_of(feet),
        indicator=indicator,
        own=own_words,
        printed=heads.all,
    )


def _spoilt(heads: Heads) -> Heads:
    """The number and maximum of a heading whose letters recognition has spoilt: `Chi s6 3 (10a)`."""
    own = next((text for text in reversed(heads.path) if squeeze(text)), "")
    if are_several(own):
        return replace(heads, legible=False)
    return replace(
        heads,
        maximum=heads.maximum or damaged_maximum(own),
        indicator=heads.indicator or damaged_indicator(own),
        legible=False,
    )


def _indicator(heads: Heads) -> tuple[int | None, str]:
    """The k of `Chỉ số k` and what the column's own words are without it."""
    found = _INDICATOR.search(heads.own)
    if found:
        return int(found[1]), heads.own.replace(found[0], "")
    if heads.own.isdigit() and any(word in heads.above for word in COUNTED):
        return int(heads.own), ""
    return None, heads.own
