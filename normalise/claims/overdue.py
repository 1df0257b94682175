"""Units named for files overdue, and the statement that no file was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalise.claims.passage import SUBJECT, Passage
from normalise.claims.phrases import phrases
from normalise.submission import Claim, UnitMatch

_WORDS: str = phrases()["conditions"]["late"]
_LATE = re.compile(_WORDS)
_NEVER_LATE = re.compile(rf"\bkhong(?: [a-z]+){{0,9}}? (?:{_WORDS})")
_SPOKEN_OF_ALL = re.compile(r"[.;]|\btoan (?:huyen|tinh|xa|thanh pho|thi xa)\b|\btrong do\b")


def _named_before(passage: Passage, stop: int) -> dict[str, UnitMatch]:
    """`UBND xã A còn hồ sơ quá hạn`: the units said just before."""
    names = passage.between(passage.start, stop)
    words = passage.plain[names[-1].end : stop] if names else ""
    if len(words) > SUBJECT or _SPOKEN_OF_ALL.search(words):
        return {}
    return {f.unit.printed: f.unit for f in names}


def late_claims(passage: Passage) -> Iterator[Claim]:
    """Units named for files overdue, or the statement that no file was."""
    never = _NEVER_LATE.search(passage.plain, passage.start)
    if never:
        yield passage.claim("late", never.start(), never.end(), what="never")
        return
    late = _LATE.search(passage.plain, passage.start)
    if late:
        units = {f.unit.printed: f.unit for f in passage.between(late.end(), passage.end)}
        units = units or _named_before(passage, late.start())
        if units:
            yield passage.claim("late", late.start(), passage.end, units.values(), what="late")
