"""Periods, dates and document numbers in running text, with or without Vietnamese marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from normalise.text import fold

_MONTH_WORD = r"th\w{1,3}ng"
_YEAR_WORD = r"n\wm"
_DATE = re.compile(
    rf"ng\w?y\s*(?P<day>\d{{0,2}})[\s.…]*{_MONTH_WORD}\s*(?P<month>\d{{0,2}})[\s.…]*{_YEAR_WORD}\s*(?P<year>\d{{4}})"
    r"|(?:ng\w?y\s*)?(?<![\d/])(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>(?:19|20)\d{2})(?!\d)"
)
_PERIOD = re.compile(
    rf"(?P<half>\b6|\bs\wu) {_MONTH_WORD} (?P<end>d\wu|cu\wi) {_YEAR_WORD}\s*(?P<half_year>20\d\d)"
    rf"|(?P<months>\b\d{{1,2}}) {_MONTH_WORD} d\wu {_YEAR_WORD}\s*20\d\d"
    rf"|\b{_MONTH_WORD}\s*(?P<month>\d{{1,2}})\s*(?:{_YEAR_WORD}|[/-])\s*(?P<month_year>20\d\d)"
    rf"|\bqu\w\s*(?P<quarter>iv|i{{1,3}}|[1-4])\s*(?:/|-|,?\s*{_YEAR_WORD})?\s*(?P<quarter_year>20\d\d)"
    rf"|\b{_YEAR_WORD}\s*(?P<year>20\d\d)\b"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_NUMBER = re.compile(
    r"\bs\S{0,2}\s*[:.]?\s*(?P<number>\d{0,5})\s*/\s*(?P<kind>[a-zd]{2,5}\s?-\s?[a-z&]+)"
)
_FILE = re.compile(
    r"(?<!\d)(?P<y1>20\d\d)[-_. ](?P<m1>0[1-9]|1[0-2])(?![-_.]?\d)"
    r"|(?:thang|(?<![a-z])t)[-_. ]?(?P<m2>0?[1-9]|1[0-2])[-_. ]*(?:nam)?[-_. ]*(?P<y2>20\d\d)(?!\d)"
    r"|(?<!\d)(?<!\d[-_.])(?P<m3>0?[1-9]|1[0-2])[-_.](?P<y3>20\d\d)(?!\d)"
    r"|(?:quy|(?<![a-z])q)[-_. ]?(?P<q>iv|i{1,3}|[1-4])[-_. ]*(?:nam)?[-_. ]*(?P<y4>20\d\d)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A value (`2023-07`, an ISO date, `1004/BC-UBND`) at characters `start` to `end` of a text."""

    value: str
    start: int
    end: int


def find_dates(text: str) -> tuple[Found, ...]:
    """Complete dates, as ISO dates; one without its day, or that is no day of the calendar, is none."""
    return tuple(
        Found(value, m.start(), m.end())
        for m in _DATE.finditer(fold(text))
        if (value := _iso(m)) is not None
    )


def _iso(found: re.Match[str]) -> str | None:
    parts = found["year"] or found["y"], found["month"] or found["m"], found["day"] or found["d"]
    if not all(parts):
        return None
    try:
        return date(*(int(part) for part in parts if part)).isoformat()
    except ValueError:
        return None


def find_periods(text: str) -> tuple[Found, ...]:
    """Months, quarters, half-years (`2023-H1`) and years; those inside a date are no periods."""
    masked = _DATE.sub(lambda m: " " * len(m.group()), fold(text))
    return tuple(
        Found(value, m.start(), m.end())
        for m in _PERIOD.finditer(masked)
        if (value := _period(m)) is not None
    )


def _period(found: re.Match[str]) -> str | None:
    if found["half_year"]:
        return f"{found['half_year']}-H{1 if found['end'].startswith('d') else 2}"
    if found["month_year"]:
        month = int(found["month"])
        return f"{found['month_year']}-{month:02}" if 1 <= month <= 12 else None
    if found["quarter_year"]:
        return f"{found['quarter_year']}-Q{_QUARTERS[found['quarter']]}"
    return found["year"]


def find_numbers(text: str) -> tuple[Found, ...]:
    """Document numbers that are filled in: `Số: 1004/BC-UBND`. Kinds keep the case of the text."""
    folded = fold(text)
    if len(folded) != len(text):
        text = folded.upper()
    return tuple(
        Found(f"{m['number']}/{''.join(text[m.start('kind') : m.end('kind')].split())}", *m.span())
        for m in _NUMBER.finditer(folded)
        if m["number"]
    )


def period_of_file(path: str) -> str | None:
    """The month or quarter that a file's name gives."""
    found = _FILE.search(fold(PurePath(path).stem))
    if not found:
        return None
    if found["q"]:
        return f"{found['y4']}-Q{_QUARTERS[found['q']]}"
    year = found["y1"] or found["y2"] or found["y3"]
    month = found["m1"] or found["m2"] or found["m3"]
    return f"{year}-{int(month):02}"


_BASIS = re.compile(
    r"(?<![\d/])(?P<number>\d{1,5})\s?/\s?(?:(?P<year>(?:19|20)\d{2})\s?/\s?)?"
    r"(?P<kind>[A-ZĐ]{2,5}\d{0,2}(?:\s?-\s?[A-ZĐ&]{2,}[a-z]?)*)"
)
_PLAIN_KINDS = {"QD": "QĐ", "ND": "NĐ"}
LEGAL_KINDS = ("QĐ", "NĐ", "TT", "NQ", "QH", "CT")
"""Decisions, decrees, circulars, resolutions, laws and directives, which are legal bases wherever cited."""


def find_bases(text: str) -> Iterator[str]:
    """Numbers of cited documents in their usual form, the report's own kind (BC) left out."""
    for found in _BASIS.finditer(text):
        head, *rest = "".join(found["kind"].split()).split("-")
        kind = "-".join([_PLAIN_KINDS.get(head, head), *rest])
        if not kind.startswith("BC"):
            year = f"/{found['year']}" if found["year"] else ""
            yield f"{found['number']}{year}/{kind}"
