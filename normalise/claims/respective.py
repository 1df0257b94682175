"""Several figures behind several names: `UBND xã A và UBND xã B lần lượt đạt 68,7 và 64,8 điểm`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalise.claims.names import Found
from normalise.claims.passage import Passage

_VALUE = re.compile(
    r"(?<![\w.,/])(?P<value>\d{1,3}(?:[.,]\d{1,3})?)(?![\d]|[.,]\d)(?:\s*/\s*(?P<of>\d{1,3})(?![\d.,/]))?"
    r"(?: ?(?P<unit>diem|%))?"
)
_NEXT = re.compile(r"\s*(?:[;,]|,? ?\bva\b)\s*")
_PARTED = re.compile(
    r"(?:[\s,;&]|\b(?:va|ubnd|cac|xa|phuong|thi tran|huyen|thi xa|thanh pho|don vi)\b)*"
)


@dataclass(frozen=True, slots=True)
class Row:
    """Figures in a row, and the units they belong to one by one; none where that is not plain."""

    figures: tuple[re.Match[str], ...]
    names: tuple[Found, ...]

    @property
    def unit(self) -> str:
        return str(self.figures[-1]["unit"] or "")

    def holds(self, at: int) -> bool:
        return self.figures[0].start() <= at < self.figures[-1].end()


def rows(passage: Passage) -> Iterator[Row]:
    """Figures of one kind in a row behind several names: as many names, or nobody's."""
    at = passage.start
    while first := _VALUE.search(passage.plain, at):
        figures = [first]
        while (gap := _NEXT.match(passage.plain, figures[-1].end())) and (
            following := _VALUE.match(passage.plain, gap.end())
        ):
            figures.append(following)
        at = figures[-1].end()
        names = in_a_row(passage, passage.between(passage.start, first.start()))
        if len(figures) > 1 and len(names) > 1 and _of_one_kind(figures):
            yield Row(tuple(figures), names if len(names) == len(figures) else ())


def _of_one_kind(figures: Sequence[re.Match[str]]) -> bool:
    return {f["unit"] for f in figures} <= {figures[-1]["unit"], None}


def in_a_row(passage: Passage, names: Sequence[Found]) -> tuple[Found, ...]:
    """The last names, as far back as nothing but list words parts them and they share a clause."""
    row = list(names[-1:])
    for name in reversed(names[:-1]):
        if passage.parted(name.end, row[0].start):
            break
        if not _PARTED.fullmatch(passage.plain, name.end, row[0].start):
            break
        row.insert(0, name)
    return tuple(row)
