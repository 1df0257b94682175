"""What a claim finds in the tables: three answers, with the facts for the wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from normalise.submission import Claim, Entry, UnitMatch
from reconcile.finding import Severity, Verdict
from reconcile.letter.view import Row, View, doubtful

Answer = bool | None
"""Whether something holds; None where a figure it needs is unread or in doubt."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """One thing that a claim says otherwise than the table. `row` is the table row concerned.

    `recount` is what the printed parts give instead of the printed result, when that is what the claim says.
    """

    rule: str
    expected: str | None = None
    printed: str | None = None
    difference: str | None = None
    variant: str | None = None
    severity: Severity = "error"
    unit: UnitMatch | None = None
    row: Row | None = None
    field: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    reading: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether it expects what is printed, as a number or as a text."""
        if self.printed is None or self.expected is None:
            return False
        try:
            return Decimal(self.printed.replace(",", ".")) == Decimal(self.expected)
        except InvalidOperation:
            return self.printed == self.expected


@dataclass(frozen=True, slots=True)
class Weighed:
    """The verdict on one claim. `follows` are rows whose own finding explains what does not fit, each with
    the key of how it does; `misfits` what is to be said."""

    claim: Claim
    verdict: Verdict
    misfits: tuple[Misfit, ...] = ()
    follows: tuple[tuple[Row, str], ...] = ()


@dataclass
class Tally:
    """How many rows meet a condition: certainly, and at most."""

    least: int = 0
    most: int = 0
    printed: int = 0
    reading: bool = False
    rows: list[Row] = field(default_factory=list)

    def add(self, row: Row, answer: Answer) -> None:
        self.least += answer is True
        self.most += answer is not False
        self.printed += answer is True
        if answer is True:
            self.rows.append(row)

    def fits(self, n: int) -> Answer:
        if self.least == self.most:
            return n == self.least
        return None if self.least <= n <= self.most else False


def tally(rows: Iterable[Row], holds: Callable[[Row], Answer]) -> Tally:
    found = Tally()
    for row in rows:
        found.add(row, holds(row))
    return found


def limit_holds(claim: Claim, entry: Entry | None, maximum: Decimal | None) -> Answer:
    """Whether a figure lies where the claim says; a score is compared as a share of its maximum.

    The printed figure is compared as it stands: a printed 50 is not below 50.
    """
    if entry is None or not entry.known or entry.value is None:
        return None
    value = _in_percent(claim, entry, maximum)
    if value is None:
        return None
    limit = Decimal(claim.get("limit") or 0)
    what = claim.get("what")
    if claim.get("upper"):
        return _within(what or "", value, limit, Decimal(claim.get("upper") or 0))
    return {
        "below": value < limit,
        "above": value > limit,
        "at-least": value >= limit,
        "at-most": value <= limit,
        "equal": value == limit,
    }.get(what or "")


def _within(what: str, value: Decimal, limit: Decimal, upper: Decimal) -> Answer:
    """Whether a figure lies in a range; whether `đến 90 điểm` holds 90 itself is not said."""
    if value == upper and not what.endswith("-below"):
        return None
    above = value > limit if what.startswith("above") else value >= limit
    return above and value < upper


def near_limit(claim: Claim, entry: Entry | None, maximum: Decimal | None) -> bool:
    """Whether rounding alone decides on which side of the limit a figure lies."""
    if entry is None or entry.value is None or claim.get("limit") is None:
        return False
    value = _in_percent(claim, entry, maximum)
    if value is None:
        return False
    half = entry.high - entry.value
    if claim.get("percent") and not _is_rate(entry.field) and maximum:
        half = half * 100 / maximum
    limits = [Decimal(at) for k in ("limit", "upper") if (at := claim.get(k))]
    return any(abs(value - at) <= half for at in limits)


def _in_percent(claim: Claim, entry: Entry, maximum: Decimal | None) -> Decimal | None:
    value = entry.value
    if value is None or not claim.get("percent") or _is_rate(entry.field):
        return value
    return value * 100 / maximum if maximum else None


def _is_rate(name: str) -> bool:
    return name.endswith("_rate")


def holds(view: View, claim: Claim, name: str) -> Callable[[Row], Answer]:
    """The claim's condition on one field, as a question to a row."""

    def ask(row: Row) -> Answer:
        entry = row.row.entry(name)
        what = claim.get("what")
        if entry is None or not entry.known or entry.value is None:
            return None
        if what in ("none", "some"):
            return (entry.value == 0) is (what == "none")
        maximum = view.maximum(row, name)
        if what in ("full", "short"):
            return None if maximum is None else (entry.value == maximum) is (what == "full")
        return limit_holds(claim, entry, maximum)

    return ask


def reading(claim: Claim, rows: Sequence[Row], fields: Iterable[str]) -> bool:
    """Whether the claim or a figure it is held against may be our misreading."""
    names = tuple(fields)
    return claim.origin == "ocr" or any(doubtful(r.row.entry(f)) for r in rows for f in names)


def fields_of(claim: Claim) -> list[str]:
    """The fields that a claim may mean, the likeliest first."""
    return [f for f in (claim.get("fields") or "").split(";") if f]


def number(text: str | None) -> int | None:
    """A whole number of a claim's detail; None where it has none (or says `all`)."""
    return int(text) if text and text.isdigit() else None
