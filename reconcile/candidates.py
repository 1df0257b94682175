"""What a cell may say: candidate values with weights, from its readings and the OCR channel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from normalise.number import Figure, Mark, not_applicable, parse
from normalise.submission import Entry
from reconcile.confusion import misreadings, other_share

LEAST = 1e-8
"""Candidates below this weight are left out: with the strictest acceptance they change nothing."""

MOST = 60
"""Candidates of one cell, best first, that are told apart; the others count as none of them. A reading and
its confusions give some 40."""
MOST_READINGS = 8
"""Readings of one cell, best first, whose confusions are considered; readers give three or four."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A printed text that a cell may hold and how probable it is before arithmetic is asked.

    `value` is None for not applicable. `exact` says that the text stands in the reading as it is.
    """

    text: str
    value: Decimal | None
    decimals: int
    weight: float
    denominator: Decimal | None = None
    exact: bool = False

    @property
    def key(self) -> tuple[Decimal | None, Decimal | None]:
        """What the cell means: candidates that mean the same are one answer."""
        return self.value, self.denominator


@dataclass(frozen=True, slots=True)
class Choice:
    """All that a cell may say. `other` is the chance that it says none of the candidates."""

    candidates: tuple[Candidate, ...]
    other: float


def choice_of(entry: Entry, mark: Mark, limit: Decimal | None, counted: bool = False) -> Choice:
    """The candidates of a cell; those over `limit` are impossible, the rest share it all. What stands in the first
    reading is always one: the paper itself may have it wrong. A reading that is no number stands for what it may be a
    misreading of, or for none of the candidates.

    In a column of counts or money (`counted`) marks part thousands and a dash is zero.

    A cell of a text layer or text file has one candidate, as printed: only OCR may be a misreading.
    """
    if entry.origin != "ocr":
        sure = _candidate(entry.printed, 1.0, mark, counted, exact=True)
        return Choice((sure,) if sure else (), 0.0 if sure else 1.0)
    read = [(r.text, r.weight) for r in entry.readings[:MOST_READINGS]]
    read = read or [(entry.printed, entry.confidence)]
    own = [
        _candidate(text, weight, mark, counted, exact=i == 0)
        for i, (text, weight) in enumerate(read)
    ]
    odd = [pair for pair, candidate in zip(read, own, strict=True) if candidate is None]
    missing = max(0.0, 1.0 - sum(weight for _, weight in read))
    strange = sum(weight for _, weight in odd)
    meant = [c for pair in odd for c in _misread([pair], pair[1], mark, counted) if c]
    found = [*own, *_misread(read, missing, mark, counted), *meant]
    every = merge(c for c in found if c and (c.exact or _is_possible(c, limit)))
    kept, rest = every[:MOST], every[MOST:]
    other = missing * _unexplained(read) + sum(c.weight for c in rest)
    other += strange - sum(c.weight for c in meant)
    whole = other + sum(c.weight for c in kept)
    if whole <= 0.0:
        return Choice((), 1.0)
    return Choice(tuple(replace(c, weight=c.weight / whole) for c in kept), other / whole)


def _misread(
    read: list[tuple[str, float]], missing: float, mark: Mark, counted: bool
) -> Iterable[Candidate | None]:
    """The missing weight spread over what the readings, in proportion, may be misreadings of."""
    whole = sum(weight for _, weight in read) or 1.0
    for text, weight in read:
        for printed, probability in misreadings(text).items():
            yield _candidate(printed, missing * weight / whole * probability, mark, counted)


def _unexplained(read: list[tuple[str, float]]) -> float:
    return min((other_share(text) for text, _ in read), default=1.0)


def _candidate(
    text: str, weight: float, mark: Mark, counted: bool, exact: bool = False
) -> Candidate | None:
    if weight < LEAST and not exact:
        return None
    if not text.strip() or not_applicable(text):
        zero = Decimal(0) if counted and text.strip() else None
        return Candidate(text, zero, 0, weight, None, exact)
    figure = parse(text, mark, counts=True) if counted else _figure(text, mark)
    if figure is None or (counted and figure.decimals):
        return None
    return Candidate(text, figure.value, figure.decimals, weight, figure.denominator, exact)


def _figure(text: str, mark: Mark) -> Figure | None:
    """The number a score cell prints; a score has no thousands, so either mark is a decimal mark."""
    return parse(text, "." if "." in text and "," not in text else mark)


def _is_possible(candidate: Candidate, limit: Decimal | None) -> bool:
    """Within its maximum, and before a denominator only where that is the maximum: in `2/11` and `2/00` the mark
    was misread."""
    value, denominator = candidate.value, candidate.denominator
    if value is None:
        return True
    if denominator is not None and (value > denominator or limit not in (None, denominator)):
        return False
    return limit is None or value <= limit


def merge(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Candidates that mean the same made one, the likeliest text standing for them; best first."""
    best: dict[tuple[Decimal | None, Decimal | None], Candidate] = {}
    weights: dict[tuple[Decimal | None, Decimal | None], float] = {}
    for one in candidates:
        weights[one.key] = weights.get(one.key, 0.0) + one.weight
        held = best.get(one.key)
        if held is None or (one.exact, one.weight) > (held.exact, held.weight):
            best[one.key] = one
    merged = [
        Candidate(c.text, c.value, c.decimals, weights[k], c.denominator, c.exact)
        for k, c in best.items()
    ]
    return tuple(sorted(merged, key=lambda c: -c.weight))
