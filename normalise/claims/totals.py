"""Totals of the statistics quoted in prose: `tiếp nhận 4.042 hồ sơ, đã số hóa 2.775 hồ sơ, đạt 68,65%`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from normalise.claims.indicators import Columns
from normalise.claims.passage import Passage
from normalise.claims.phrases import phrases
from normalise.submission import Claim

_NUMBER = r"(?<![\w.,/])(?P<n>\d{1,3}(?:[.,]\d{3})+|\d{1,9})(?![.,]?\d| ?%)"
_WHOLE_NUMBER = r"(?P<m>\d{1,3}(?:[.,]\d{3})+|\d{1,9})(?![.,]?\d| ?%)"
_ALL_OF_THEM = (
    r"(?! (?:(?:nop |dang |tiep nhan )?truc tuyen|truc tiep|qua han|dung han|truoc han|som han|tre han|qua buu|ton|moi"
    r"|lien thong|dang|chua|ky truoc|thang truoc|tu|thuoc|cua|linh vuc|muc|toan trinh|mot phan))"
)
_RATES = {
    "received_digitised": "received_rate", "results_digitised": "results_rate", "online_cases": "online_rate",
}  # fmt: skip
_RATE = re.compile(
    r"[\s,]*\(?(?:(?:chiem|dat|ty le|tuong ung|tuong duong)\b[ :]*(?:la )?)*(?P<n>\d{1,3}(?:[.,]\d{1,2})?) ?%"
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A figure, the columns it may be the total of, and where it stands."""

    fields: tuple[str, ...]
    printed: str
    start: int
    end: int
    percent: bool = False
    vague: bool = False
    """Whether the tables lack the column that is named first, or have lost it."""

    @property
    def value(self) -> str:
        return self.printed.replace(",", ".") if self.percent else re.sub(r"\D", "", self.printed)


def total_claims(passage: Passage, columns: Columns) -> Iterator[Claim]:
    """Totals of no unit's own; each knows what stands `beside` it, by which the table meant may be told."""
    found = list(_quoted(passage, columns))
    for one in found:
        beside = [f"{o.fields[0]}={o.value}" for o in found if o != one and not o.percent]
        yield passage.claim(
            "figure", one.start, one.end, what="sum", printed=one.printed, value=one.value,
            fields=";".join(one.fields), beside=";".join(beside),
            level=passage.level(one.start, ""), vague="1" if one.vague else None, percent="1" if one.percent else None,
        )  # fmt: skip


def _quoted(passage: Passage, columns: Columns) -> Iterator[Quoted]:
    last: Quoted | None = None
    for match, entry in _matches(passage):
        if passage.between(passage.start, match.start()):
            return
        named = _named(entry, last)
        fields = tuple(f for f in named if f in columns.fields)
        if not fields:
            continue
        vague = named[0] != fields[0]
        last = Quoted(fields, match["n"], match.start(), match.end(), vague=vague)
        yield last
        out = match.groupdict().get("m")
        if out and entry["of"] in columns.fields:
            yield Quoted((entry["of"],), out, match.start(), match.end())
        yield from _rate(passage, last, columns)


def _matches(passage: Passage) -> list[tuple[re.Match[str], dict[str, Any]]]:
    found: list[tuple[re.Match[str], dict[str, Any]]] = []
    for pattern, entry in _patterns():
        topic = entry.get("topic")
        if topic and not re.search(topic, passage.plain[passage.start :]):
            continue
        for match in pattern.finditer(passage.plain, passage.start):
            if all(
                m.end("n") <= match.start("n") or match.end("n") <= m.start("n") for m, _ in found
            ):
                found.append((match, entry))
    return sorted(found, key=lambda f: f[0].start("n"))


@cache
def _patterns() -> Sequence[tuple[re.Pattern[str], dict[str, Any]]]:
    made = []
    for entry in phrases()["totals"]:
        words = entry["words"].replace("{n}", _NUMBER).replace("{m}", _WHOLE_NUMBER)
        made.append((re.compile(rf"(?<!\w){words.replace('{whole}', _ALL_OF_THEM)}"), entry))
    return made


def _named(entry: dict[str, Any], last: Quoted | None) -> Sequence[str]:
    """The columns that the words name, or that the figure before makes them name."""
    if "behind" not in entry:
        return tuple(entry["fields"])
    behind = entry["behind"].get(last.fields[0]) if last else None
    return (behind,) if behind else ()


def _rate(passage: Passage, one: Quoted, columns: Columns) -> Iterator[Quoted]:
    """The share right behind a number."""
    found = _RATE.match(passage.plain, one.end)
    rates = [r for f in one.fields if (r := _RATES.get(f)) in columns.fields and r]
    if found and rates:
        yield Quoted(tuple(rates), found["n"], one.start, found.end(), percent=True)
