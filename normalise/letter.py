"""What a report says of itself: issuer, period, number, date, legal bases, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from normalise.issuer import find_issuer
from normalise.periods import (
    LEGAL_KINDS,
    Found,
    find_bases,
    find_dates,
    find_numbers,
    find_periods,
    period_of_file,
)
from normalise.register import Register
from normalise.submission import Issuer, Mention
from normalise.text import fold
from normalise.zones import Passage, Zone

PERIOD_ZONES: tuple[Zone, ...] = ("title", "opening", "closing", "annex-title")
"""Where the report's period is looked for, the title before all others."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A report's own particulars; `period`, `number` and `date` are None when not (wholly) filled in."""

    issuer: Issuer | None
    period: str | None
    number: str | None
    date: str | None
    legal_bases: tuple[str, ...]
    mentions: tuple[Mention, ...]


def read_letter(passages: Sequence[Passage], path: str, register: Register) -> Letter:
    """The particulars of a report from its passages (see `normalise.zones`) and its file's name."""
    mentions = (*_mentions(passages), *_of_file(path))
    period = _period(mentions)
    return Letter(
        issuer=find_issuer(passages, register.on(period)),
        period=period,
        number=_first(mentions, "number", ("date-line", "annex-note")),
        date=_first(mentions, "date", ("date-line", "annex-note")),
        legal_bases=_bases(passages),
        mentions=tuple(m for m in mentions if _telling(m, period)),
    )


def _period(mentions: Sequence[Mention]) -> str | None:
    """What the first place that names a period says, unless it stands alone against all the others.

    A bare year beside a month of that year is no other period.
    """
    first: dict[str, str] = {}
    for mention in mentions:
        if mention.kind == "period" and mention.place in PERIOD_ZONES:
            first.setdefault(mention.place, mention.value)
    said = [first[place] for place in PERIOD_ZONES if place in first]
    others = [value for value in said[1:] if not said[0].startswith(value)]
    if len(others) >= OUTVOTED and len(set(others)) == 1:
        return others[0]
    return said[0] if said else None


_SIGNED = re.compile(r"\bky ?(?:boi|ngay|so)? ?:|\d{1,2}:\d{2}:\d{2}")
"""The mark that a digital signature leaves on the first page: `Ngày ký: 10.09.2024 15:42:07`."""

OUTVOTED = 2
"""So many other places, all of one voice, outvote the title: its month is then the slip."""


def _first(mentions: Sequence[Mention], kind: str, places: Sequence[str]) -> str | None:
    for place in places:
        for mention in mentions:
            if (mention.kind, mention.place) == (kind, place):
                return mention.value
    return None


def _telling(mention: Mention, period: str | None) -> bool:
    """A bare year in the prose of a month's report is another subject (`kế hoạch năm 2023`)."""
    year_only = mention.kind == "period" and mention.value.isdigit()
    return not (year_only and mention.place == "prose" and "-" in (period or ""))


def _mentions(passages: Sequence[Passage]) -> Iterator[Mention]:
    for passage in passages:
        if passage.zone == "head":
            for found in find_numbers(passage.text):
                yield _mention("number", "date-line", passage, found)
            for found in find_dates(passage.text):
                if not _SIGNED.search(fold(passage.line_at(found.start).text)):
                    yield _mention("date", "date-line", passage, found)
        elif passage.zone == "annex-note":
            for found in find_numbers(passage.text):
                yield _mention("number", "annex-note", passage, found)
            for found in find_dates(passage.text):
                yield _mention("date", "annex-note", passage, found)
        if passage.zone not in ("head", "recipients"):
            for found in find_periods(passage.text):
                yield _mention("period", passage.zone, passage, found)


def _mention(
    kind: Literal["period", "number", "date"], place: str, passage: Passage, found: Found
) -> Mention:
    line = passage.line_at(found.start)
    whole = len(passage.folded) == len(passage.text)
    text = (passage.text if whole else passage.folded)[found.start : found.end]
    return Mention(kind, found.value, place, text, line.page, line.box, passage.origin)


def _of_file(path: str) -> Iterator[Mention]:
    period = period_of_file(path)
    if period is not None:
        yield Mention("period", period, "file", path, None, None)


def _bases(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Documents cited in the opening, and decisions, decrees and the like cited anywhere after it."""
    found: dict[str, None] = {}
    for passage in passages:
        if passage.zone in ("head", "recipients", "annex-note"):
            continue
        for basis in find_bases(passage.text):
            kind = basis.rsplit("/", 1)[1]
            if passage.zone == "opening" or kind.startswith(LEGAL_KINDS):
                found.setdefault(basis)
    return tuple(found)
