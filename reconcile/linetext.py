"""What a stretch of OCR text read as a whole line may stand for: commas lost, borders in, cells joined.

Weights are chances of the reading given the print (`confusions.toml`, part `line`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from normalise.number import parse
from reconcile.candidates import Candidate, Choice, merge
from reconcile.confusion import (
    MAX_DECIMALS,
    chance,
    is_dash,
    with_comma,
    with_digits,
    wrong_digits,
)

LONGEST = 12
"""Characters of a stretch that may be a figure: `100,00`, its border and a digit too many have eight."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a table prints: whether integers bear zeros (`5,0`), and the share of totals with `/85`."""

    zeros: bool
    denominators: float


def style_of(texts: Sequence[str], totals: Sequence[str]) -> Style:
    """The style of the figures and totals of a table as read."""
    zeros = any(re.fullmatch(r"\d+[.,]0+", text) for text in texts)
    slashed = sum("/" in text for text in totals) / max(1, len(totals))
    return Style(zeros, min(0.99, max(0.01, slashed / (1 - chance("slash-lost")))))


@lru_cache(maxsize=65536)
def right_digits(text: str, limit: Decimal, style: Style) -> tuple[Candidate, ...]:
    """The figures up to `limit` that a stretch may be with all its digits right, best first."""
    found = (c for bare, w in _bordered(text) for c in _forms(bare, w, text, style))
    return merge(c for c in found if c.value is not None and c.value <= limit)


@lru_cache(maxsize=65536)
def one_wrong(text: str, limit: Decimal, style: Style) -> tuple[Candidate, ...]:
    """The figures up to `limit` that a stretch may be with one digit wrong, best first."""
    found = (
        c
        for bare, w in _bordered(text)
        for wrong, share in wrong_digits(bare).items()
        for c in _forms(wrong, w * chance("wrong-digit") * share, text, style)
    )
    return merge(c for c in found if c.value is not None and c.value <= limit)


def dash(text: str) -> Candidate | None:
    """Not applicable, if the stretch may be a dash."""
    if not is_dash(text):
        return None
    weight = 1.0 - chance("dash-misread") if text == "-" else chance("dash-misread") / 10
    return Candidate("-", None, 0, weight, exact=text == "-")


def figure_choice(text: str, limit: Decimal, style: Style) -> Choice:
    """The converted score at the end of a line."""
    return Choice(_any_digits(text, limit, style), chance("unseen"))


def total_choice(text: str, limit: Decimal, style: Style) -> Choice:
    """The total at the end of a line, alone or with its denominator, the slash perhaps lost."""
    alone = 1.0 - style.denominators
    found = (
        [_weighted(c, alone) for c in _any_digits(text, limit, style)] if "/" not in text else []
    )
    for head, tail, weight in _cut_at_slash(text):
        denominator = parse(tail, ",")
        if denominator is not None and denominator.value <= limit:
            found += [
                _over(c, tail, denominator.value, weight * style.denominators, text)
                for c in _any_digits(head, denominator.value, style)
            ]
    return Choice(merge(found), chance("unseen"))


def _any_digits(text: str, limit: Decimal, style: Style) -> tuple[Candidate, ...]:
    return merge([*right_digits(text, limit, style), *one_wrong(text, limit, style)])


def _weighted(candidate: Candidate, factor: float) -> Candidate:
    return replace(candidate, weight=candidate.weight * factor)


def _over(
    candidate: Candidate, tail: str, denominator: Decimal, weight: float, read: str
) -> Candidate:
    text = f"{candidate.text}/{tail}"
    return replace(
        candidate,
        text=text,
        denominator=denominator,
        weight=candidate.weight * weight,
        exact=text == read,
    )


def _cut_at_slash(text: str) -> Iterator[tuple[str, str, float]]:
    head, slash, tail = text.partition("/")
    if slash:
        yield head, with_digits(tail), 1.0 - chance("slash-lost")
        return
    for size in (2, 3):
        if len(text) > size and text[-size:].isdigit() and text[-size] != "0":
            yield text[:-size], text[-size:], chance("slash-lost")


def _bordered(text: str) -> Iterator[tuple[str, float]]:
    """The stretch itself, and without a leading 1 that may be a border; nothing for what is too long to
    be a figure."""
    if len(text) > LONGEST:
        return
    plain = with_digits(text)
    yield plain, 1.0
    if len(plain) > 1 and plain[0] == "1":
        yield plain[1:], chance("border")


def _forms(text: str, weight: float, read: str, style: Style) -> Iterator[Candidate]:
    """The stretch as printed, or with its lost comma back."""
    lost = chance("comma-lost")
    if text.isdigit():
        if text == "0" or text[0] != "0":
            yield Candidate(text, Decimal(text), 0, weight, exact=text == read)
        for printed in with_comma(text):
            yield _decimal(printed, weight * lost, read, style)
    elif text.replace(".", ",").count(",") == 1 and parse(text, ",") is not None:
        printed = text.replace(".", ",")
        if len(printed) - printed.index(",") - 1 <= MAX_DECIMALS:
            yield _decimal(printed, weight * (1.0 - lost), read, style)


def _decimal(printed: str, weight: float, read: str, style: Style) -> Candidate:
    value = Decimal(printed.replace(",", "."))
    whole, _, fraction = printed.partition(",")
    odd = not style.zeros and not fraction.strip("0") and bool(whole)
    weight *= chance("zero-tail") if odd else 1.0
    return Candidate(printed, value, len(fraction), weight, exact=printed == read)
