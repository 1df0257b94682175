"""A row's figures as intervals with the relations between them, and what becomes of them if one changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, get_args

from reconcile.figures import Figures, outer
from reconcile.interval import Interval, total

Relation = Literal["range", "sum", "denominator", "ratio", "average"]
"""What must hold: parts within their maxima; parts add up to the total; the printed denominator is the
applicable maximum; the converted score follows from total and maximum; so does the officers' average
from its criteria."""


@dataclass(frozen=True, slots=True)
class State:
    """What each figure of a row stands for; None for what is not printed, not read or left out.

    `judged` are the relations that count.
    """

    figures: Figures
    parts: Mapping[str, Interval]
    total: Interval | None
    denominator: Decimal | None
    converted: Interval | None
    average: Interval | None
    judged: frozenset[Relation] = frozenset(get_args(Relation))

    @property
    def sum(self) -> Interval:
        return total(self.parts.values())

    @property
    def maximum(self) -> Decimal:
        return sum((self.most(field) for field in self.parts), Decimal(0))

    def most(self, field: str) -> Decimal:
        """The maximum of a part."""
        part = self.figures.methodology.part(field)
        assert part is not None
        return part.maximum

    def limits(self, field: str) -> Interval:
        return Interval(Decimal(0), self.most(field))

    def quotient(self, maximum: Decimal | None = None) -> Interval | None:
        """scale × total ÷ maximum, from the parts' sum where the total is not known."""
        over = self.maximum if maximum is None else maximum
        scale = self.figures.scale
        if scale is None or over <= 0:
            return None
        return (self.total or self.sum) * scale / over

    def with_part(self, field: str, span: Interval) -> State:
        """The row with one component put right."""
        return replace(self, parts={**self.parts, field: span})

    def without(self, field: str) -> State:
        """The row without one component."""
        return replace(self, parts={k: v for k, v in self.parts.items() if k != field})

    def averaged(self, besides: str | None = None) -> Interval | None:
        """The sum of the criteria of the officers' average, one of them left out if so wished."""
        average = self.figures.methodology.officer_average
        if average is None or not all(field in self.parts for field in average.parts):
            return None
        return total(self.parts[field] for field in average.parts if field != besides)

    def broken(self) -> frozenset[Relation]:
        """The relations that the figures do not allow."""
        quotient, averaged = self.quotient(), self.averaged()
        holds: dict[Relation, bool] = {
            "range": all(iv.meets(self.limits(field)) for field, iv in self.parts.items()),
            "sum": self.total is None or self.total.meets(self.sum),
            "denominator": self.denominator in (None, self.maximum),
            "ratio": None in (self.converted, quotient) or _meet(self.converted, quotient),
            "average": None in (self.average, averaged) or _meet(self.average, averaged),
        }
        return frozenset(r for r, held in holds.items() if not held and r in self.judged)

    def only(self, relations: Iterable[Relation]) -> State:
        """The row with only these relations, and only the figures that they need."""
        kept = frozenset(relations)
        return State(
            self.figures,
            self.parts,
            self.total if kept & {"sum", "ratio", "denominator"} else None,
            self.denominator if "denominator" in kept else None,
            self.converted if "ratio" in kept else None,
            self.average if "average" in kept else None,
            kept,
        )


def _meet(one: Interval | None, other: Interval | None) -> bool:
    return one is not None and other is not None and one.meets(other)


def state_of(figures: Figures) -> State:
    """A complete row as printed, its computed figures rounded or cut off."""
    converted = figures.converted
    average = figures.officer_average
    return State(
        figures=figures,
        parts={e.field: figures.span(e) for e in figures.parts},
        total=outer(figures.total) if figures.total else None,
        denominator=figures.denominator,
        converted=outer(converted) if converted else None,
        average=outer(average) if average else None,
    )
