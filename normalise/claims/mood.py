"""Sentences that state nothing about this report's tables: targets, requests, other periods, other matters.

The words stand in `phrases.toml`, under `moods`.
"""

from __future__ import annotations

import re
from functools import cache

from normalise.claims.phrases import phrases

_NOW = re.compile(
    r"\b(?:thang|ky|nam|quy|lan) nay\b|\btrong (?:thang|ky|nam|quy)\b(?! (?:truoc|toi|i|[1-4]))|\bden nay\b"
)
_COMPARED = re.compile(r"\b(?:so|sanh|hon|bang) (?:voi |sanh voi )?(?:cung )?(?:ky )?(?:cua )?$")
_DAY = re.compile(r"\bngay \d{0,2} ?thang \d{1,2}(?: nam \d{4})?")
_PERIOD = re.compile(
    r"\bthang (?P<month>0?[1-9]|1[0-2])\b(?:(?: nam |/|-)(?P<month_year>20\d\d))?"
    r"|\bquy (?P<quarter>iv|i{1,3}|[1-4])\b|\b(?P<half>6|sau|9|chin|3|ba) thang (?:dau|cuoi) nam\b"
    r"|\bnam (?P<year>20\d\d)\b"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


_OF_PERIOD = re.compile(
    r"\s*(?:\((?=[^)]{0,25}\))|(?:cua|trong|o|tai|vao) )"
    r"(?P<period>(?:thang|ky|quy|nam) (?:truoc|\d+(?: nam \d+|/\d+)?|i{1,3}|iv))\b(?! (?:co|dat|la|duoc|chi)\b|:)"
)
"""`06 xã xếp loại Xuất sắc của tháng 6`."""


@cache
def _words(sort: str) -> re.Pattern[str]:
    listed: list[str] = phrases()["moods"][sort]
    return re.compile(rf"\b(?:{'|'.join(listed)})")


def mood(plain: str, start: int, span: tuple[int, int], when: str | None) -> str | None:
    """`wish`, `before` (another period), `other` (another matter) or `ask`, by the words of the sentence that
    begins at `start`; the claim spans `span`. `when` is the report's period."""
    words = plain[start : span[1]]
    if _words("wish").search(words):
        return "wish"
    if _before(plain[start : span[0]], when) or _before(plain[slice(*span)], when):
        return "before"
    behind = re.split(r"[;.] ", plain[span[1] :])[0]
    of = _OF_PERIOD.match(behind)
    if of and _before(of["period"], when):
        return "before"
    if _words("other").search(words + behind):
        return "other"
    return "ask" if _words("ask").search(words) else None


def _before(words: str, when: str | None) -> bool:
    """Whether the period named last before the claim is another one, and not just compared with."""
    then = [m.start() for m in _words("before").finditer(words)]
    now = [m.start() for m in _NOW.finditer(words)]
    for match in _PERIOD.finditer(_DAY.sub(lambda m: " " * len(m.group()), words)):
        same = _is_report(match, when)
        if same is not None:
            (now if same else then).append(match.start())
    then = [at for at in then if not _COMPARED.search(words[:at])]
    return bool(then) and max(then) > max(now, default=-1)


def _is_report(match: re.Match[str], when: str | None) -> bool | None:
    """Whether a period that is named is the report's (`2023-07`, `2023-Q1`, `2023-H1`, `2022`); None: unknown."""
    if when is None:
        return None
    year, _, part = when.partition("-")
    if match["year"]:
        return match["year"] == year
    if match["month"]:
        return match["month_year"] in (None, year) and part == f"{int(match['month']):02d}"
    if match["quarter"]:
        number = _QUARTERS.get(match["quarter"]) or int(match["quarter"])
        return part == f"Q{number}"
    return part.startswith("H")
