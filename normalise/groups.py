"""Columns of one group whose own headings do not tell them apart: as many as the group has fields, with the maxima of
those, they are the group's fields in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from normalise.heading import Heads
from normalise.layout import Field, Layout

Fields = tuple[Field | None, ...]
Named = Mapping[int, frozenset[str]]
"""The fields whose full name stands over a column."""


def in_order(layout: Layout, heads: Sequence[Heads], fields: Fields, named: Named) -> Fields:
    """The fields with those of a whole group of which some column has none; `named` columns keep their own."""
    found = list(fields)
    for columns in _groups(heads):
        own = _fields_of(layout, heads[columns[0]].above)
        pairs = list(zip(columns, own, strict=False))
        whole = len(columns) == len(own) and any(fields[c] is None for c in columns)
        if whole and all(_fits(heads[c], f, named[c]) for c, f in pairs):
            for column, field in pairs:
                found[column] = field
    return tuple(found)


def _fields_of(layout: Layout, above: str) -> list[Field]:
    """The numbered fields of the group that the words above some columns name."""
    numbered = [f for f in layout.fields if f.number]
    group = next((f.group for f in numbered if any(g in above for g in f.group)), None)
    return [f for f in numbered if f.group == group]


def _groups(heads: Sequence[Heads]) -> Iterator[Sequence[int]]:
    """Neighbouring columns under one heading."""
    for above, own in groupby(heads, key=lambda h: h.above):
        columns = [h.column for h in own]
        if above and len(columns) > 1:
            yield columns


def _fits(heads: Heads, field: Field, named: frozenset[str]) -> bool:
    """Whether the heading prints the field's maximum, and neither another number nor another field's name."""
    return (
        heads.maximum == field.maximum is not None
        and heads.indicator in (None, field.number)
        and (not named or field.name in named)
    )
