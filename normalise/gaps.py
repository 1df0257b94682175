"""Columns of a scan whose own headings are spoilt: the one field that is left for them between their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from normalise.contents import Contents
from normalise.heading import COUNTED, Heads
from normalise.layout import NUMERIC, Field, Layout

LIKE = 80.0
"""Likeness, of 100, of what is left of a heading (`quả hồ sơ`) to a part of a name (`Tỷ lệ số hóa kết quả hồ sơ`)."""
SHORT = 3
"""A heading of so few letters names nothing."""


def filled(
    layout: Layout,
    heads: Sequence[Heads],
    contents: Sequence[Contents],
    fields: Sequence[Field | None],
) -> tuple[Field | None, ...]:
    """The fields, with those for columns of figures between two neighbours that leave one field open."""
    order = [f for f in layout.fields if f.name]
    found = list(fields)
    for column in range(1, len(found)):
        if found[column] is None and contents[column].numbers > 0.5:
            left = _after(order, found[column - 1])
            right = _before(order, found[column + 1]) if column + 1 < len(found) else order[-1]
            field = _agreed(left, right, column, heads)
            if field and field not in found and _may_be(field, heads[column]):
                found[column] = field
    return tuple(found)


def _after(order: Sequence[Field], field: Field | None) -> Field | None:
    return next((b for a, b in pairwise(order) if a is field), None)


def _before(order: Sequence[Field], field: Field | None) -> Field | None:
    return next((a for a, b in pairwise(order) if b is field), None)


def _agreed(
    left: Field | None, right: Field | None, column: int, heads: Sequence[Heads]
) -> Field | None:
    """The field that both neighbours leave open, or the one in whose group the column stands."""
    if left is right:
        return left
    beside = {id(left): column - 1, id(right): column + 1}
    same = [
        f
        for f in (left, right)
        if f and f.number and heads[column].above == heads[beside[id(f)]].above != ""
    ]
    return same[0] if len(same) == 1 else None


def _may_be(field: Field, heads: Heads) -> bool:
    """Whether nothing is left of the heading that speaks against the field."""
    letters = "".join(c for c in heads.own if c.isalpha())
    if field.holds not in NUMERIC:
        return False
    if heads.indicator is not None or len(letters) <= SHORT:
        return heads.indicator in (None, field.number)
    names = COUNTED if field.number else field.names
    return any(fuzz.partial_ratio(heads.own, name) >= LIKE for name in names)
