"""Two rows of one unit, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reconcile.digest import Digest, Figure, UnitRow
from reconcile.interval import plain

_RESULTS = ("total", "converted", "rank")
MANY = 3
"""More differing figures than this in one row are said in one finding: the rows as a whole are different."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs. `others` are further fields said with it, `follows` results that only follow."""

    mine: Figure
    other: Figure
    others: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()

    @property
    def reading(self) -> bool:
        return self.mine.doubtful or self.other.doubtful

    @property
    def amount(self) -> str | None:
        if self.mine.value is None or self.other.value is None:
            return None
        return plain(self.mine.value - self.other.value)

    @property
    def expected(self) -> str | None:
        return plain(self.other.value) if self.other.value is not None else self.other.rank


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two rows compare: fields that agree, that nobody can tell, and the differences to report."""

    agreed: int
    unknown: int
    differences: tuple[Difference, ...]


def compare(mine: UnitRow, other: UnitRow, same_scale: bool) -> Comparison:
    """Components first: when one differs, total, converted score and rank can only follow."""
    agreed, unknown = 0, 0
    parts: list[tuple[Figure, Figure]] = []
    results: list[tuple[Figure, Figure]] = []
    for figure in mine.figures:
        counterpart = other.figure(figure.field)
        if counterpart is None or (figure.field == "converted" and not same_scale):
            continue
        same = figure.same(counterpart)
        agreed += same is True
        unknown += same is None
        if same is False:
            (results if figure.field in _RESULTS else parts).append((figure, counterpart))
    return Comparison(agreed, unknown, _differences(parts, results))


def _differences(
    parts: Sequence[tuple[Figure, Figure]], results: Sequence[tuple[Figure, Figure]]
) -> tuple[Difference, ...]:
    ordered = sorted(results, key=lambda pair: _RESULTS.index(pair[0].field))
    if not parts:
        follows = tuple(m.field for m, _ in ordered[1:])
        return tuple(Difference(m, o, (), follows) for m, o in ordered[:1])
    follows = tuple(m.field for m, _ in ordered)
    if len(parts) > MANY:
        (first, other), *rest = parts
        return (Difference(first, other, tuple(m.field for m, _ in rest), follows),)
    return tuple(Difference(m, o, (), follows if i == 0 else ()) for i, (m, o) in enumerate(parts))


def same_scale(one: Digest, other: Digest) -> bool:
    return one.scale == other.scale
