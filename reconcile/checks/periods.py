"""Period, number and date: wherever a report prints them, they are the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalise.register import Register, day_of
from normalise.submission import Mention, Submission
from normalise.text import fold, has_marks
from reconcile.check import Failure, Place, Subject, check
from reconcile.finding import Cause, Severity
from reconcile.methodology import Methodology

_HEAD = ("title", "opening", "closing")
"""Where a report says what it is about. Other sentences may speak of other periods (`so với tháng 6`)."""
_COMPARED = {
    "period": (*_HEAD, "annex-title", "file"),
    "number": ("date-line", "annex-note"),
    "date": ("date-line", "annex-note"),
}
_SCANNED = frozenset({"scan", "ocr-layer", "image", "mixed"})
_WORDED = re.compile(r"\b(?:thang|nam|quy|ngay)\b")


@dataclass(frozen=True, slots=True)
class Stated:
    """One mention against what most of the others say. `places` are where that stands; `misread`: the text
    may not be what the paper says."""

    mention: Mention
    expected: str
    places: tuple[str, ...]
    misread: bool
    ready: bool = True

    @property
    def place(self) -> Place:
        return Place(page=self.mention.page, box=self.mention.box, printed=self.mention.text)


@dataclass(frozen=True, slots=True)
class Signed:
    """The date of a report and the last day of its period."""

    date: str
    period: str
    ready: bool = True

    @property
    def place(self) -> Place:
        return Place(printed=self.date)


@check("period-mismatch", over=Stated)
def stated_differently(s: Stated) -> Failure | None:
    """Title, opening, closing sentence and annexes name one period; letter and annex one number and date.

    What most places say is taken for right. A year that contains the month is no contradiction, nor is an annex
    of a month in a quarter's report; a file's name that differs is a warning, because the name is not part of
    the report.
    """
    if s.mention.value == s.expected or _contains(s.mention.value, s.expected):
        return None
    if _annex_of_part(s.mention, s.expected):
        return None
    if s.misread and fold(s.mention.value) == fold(s.expected):
        return None  # `BC-UBNĐ`: a scan shows a mark more or less
    cause: Cause = "reading" if s.misread and s.mention.place != "file" else "report"
    facts = (
        ("kind", s.mention.kind), ("printed", s.mention.text), ("place", s.mention.place),
        ("expected", s.expected), ("places", ";".join(s.places)),
    )  # fmt: skip
    severity: Severity = "warning" if s.mention.place == "file" or _overlap(s) else "error"
    variant = None if s.mention.kind == "period" else s.mention.kind
    return Failure(severity, facts, expected=s.expected, variant=variant, cause=cause)


@check("period-mismatch", over=Signed)
def signed_before_the_end(s: Signed) -> Failure | None:
    """A report signed before its period ended cannot hold the whole period's figures: worth knowing."""
    end, day = day_of(s.period), day_of(s.date)
    if end is None or day is None or day >= end:
        return None
    facts = (("date", s.date), ("period", s.period), ("end", end.isoformat()))
    return Failure("info", facts, variant="signed-early")


def _contains(one: str, other: str) -> bool:
    """Whether one is the year of the other."""
    return (len(one) == 4 and other.startswith(one)) or (len(other) == 4 and one.startswith(other))


def _annex_of_part(mention: Mention, whole: str) -> bool:
    """`THÁNG 4 NĂM 2024` over an annex of the report of `quý II năm 2024`: the whole period has several such."""
    if mention.kind != "period" or mention.place != "annex-title":
        return False
    return set(_months(mention.value)) < set(_months(whole))


def _overlap(s: Stated) -> bool:
    """A quarter or half year that holds the month, or a shorter one that it holds."""
    if s.mention.kind != "period":
        return False
    months, expected = set(_months(s.mention.value)), set(_months(s.expected))
    return months < expected or expected < months


def _months(period: str) -> Sequence[str]:
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        first = int(part[1:]) * 3 - 2
        return [f"{year}-{m:02}" for m in range(first, first + 3)]
    if part.startswith("H"):
        first = int(part[1:]) * 6 - 5
        return [f"{year}-{m:02}" for m in range(first, first + 6)]
    return [period] if part else [f"{year}-{m:02}" for m in range(1, 13)]


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterator[Subject]:
    """Every mention that is to agree with others of its kind; the date against the period."""
    misread = submission.source in _SCANNED or _unmarked(submission.mentions)
    for kind, places in _COMPARED.items():
        mentions = [m for m in submission.mentions if m.kind == kind and m.place in places]
        yield from _stated(mentions, misread)
    if submission.date and submission.period:
        yield Signed(submission.date, submission.period)


def _unmarked(mentions: Sequence[Mention]) -> bool:
    """Whether the text has lost its Vietnamese marks, as that of an OCR made without the language has."""
    worded = [m.text for m in mentions if m.place != "file" and _WORDED.search(fold(m.text))]
    return 2 * sum(not has_marks(text) for text in worded) > len(worded)


def _stated(mentions: Sequence[Mention], misread: bool) -> Iterator[Stated]:
    if len({m.place for m in mentions}) < 2:
        return
    expected = _usual(mentions)
    misread = misread or any(m.origin == "ocr" for m in mentions)
    places = tuple(dict.fromkeys(m.place for m in mentions if m.value == expected))
    for mention in mentions:
        others = tuple(p for p in places if p != mention.place) or places
        yield Stated(mention, expected, others, misread)


def _usual(mentions: Sequence[Mention]) -> str:
    """What most places say; among equals the title, then what is printed first. Annexes of parts of the period
    that the report names at its head say nothing of the whole."""
    heads = [m.value for m in mentions if m.place in _HEAD]
    told = [m for m in mentions if not any(_annex_of_part(m, head) for head in heads)]
    votes = Counter(m.value for m in told if m.place != "file") or Counter(m.value for m in told)
    order = [m.value for m in sorted(mentions, key=lambda m: m.place != "title")]
    return max(votes, key=lambda v: (votes[v], -order.index(v)))
