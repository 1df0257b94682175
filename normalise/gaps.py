"""Columns whose own headings are spoilt, or stand under another group's: the one field that is left for them between
their neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
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
    """The fields of a scan, with those for columns of figures between two neighbours that leave as many fields open."""
    order = [f for f in layout.fields if f.name]
    found = list(fields)
    for column, field in _left(order, heads, contents, fields):
        others = {f.number for f in order if f.group == field.group} - {field.number}
        if field not in found and _may_be(field, heads[column], others):
            found[column] = field
    return tuple(found)


def named(
    layout: Layout,
    heads: Sequence[Heads],
    contents: Sequence[Contents],
    fields: Sequence[Field | None],
) -> tuple[Field | None, ...]:
    """The fields of a page that is no scan, with those left open for columns over which their name stands in full:
    where no line parts the headings, the group above them may have been taken for its neighbour's."""
    order = [f for f in layout.fields if f.name]
    found = list(fields)
    for column, field in _left(order, heads, contents, fields):
        if field not in found and any(name in heads[column].all for name in field.names):
            found[column] = field
    return tuple(found)


def _left(
    order: Sequence[Field],
    heads: Sequence[Heads],
    contents: Sequence[Contents],
    fields: Sequence[Field | None],
) -> Iterator[tuple[int, Field]]:
    """Columns of figures without a field, each with the one that its neighbours leave open."""
    spoilt = [f is None and c.numbers > 0.5 for f, c in zip(fields, contents, strict=True)]
    for run in _runs(spoilt):
        yield from zip(run, _open(order, fields, run, heads), strict=False)


def _runs(spoilt: Sequence[bool]) -> Iterator[range]:
    """Stretches of neighbouring columns without a field, the first column left out."""
    column = 1
    while column < len(spoilt):
        end = next((c for c in range(column, len(spoilt)) if not spoilt[c]), len(spoilt))
        if end > column:
            yield range(column, end)
        column = end + 1


def _open(
    order: Sequence[Field], found: Sequence[Field | None], run: range, heads: Sequence[Heads]
) -> Sequence[Field]:
    """The fields that the neighbours of a stretch leave open, if they are as many as its columns; the next one for a
    table's last column."""
    left, right = found[run.start - 1], found[run.stop] if run.stop < len(found) else None
    places = {id(f): n for n, f in enumerate(order)}
    first = places.get(id(left), -1)
    last = places.get(id(right), -1) if run.stop < len(found) else len(order)
    if first >= 0 and last - first - 1 == len(run):
        return order[first + 1 : last]
    if len(run) > 1:
        return ()
    following = _after(order, left)
    if following and run.stop == len(found):
        return (following,)
    alone = _agreed(following, _before(order, right), run.start, heads)
    return (alone,) if alone else ()


def _after(order: Sequence[Field], field: Field | None) -> Field | None:
    return next((b for a, b in pairwise(order) if a is field), None)


def _before(order: Sequence[Field], field: Field | None) -> Field | None:
    return next((a for a, b in pairwise(order) if b is field), None)


def _agreed(
    left: Field | None, right: Field | None, column: int, heads: Sequence[Heads]
) -> Field | None:
    """The field left open by the one neighbour in whose group the column stands."""
    beside = {id(left): column - 1, id(right): column + 1}
    same = [
        f
        for f in (left, right)
        if f and f.number and heads[column].above == heads[beside[id(f)]].above != ""
    ]
    return same[0] if len(same) == 1 else None


def _may_be(field: Field, heads: Heads, others: Set[int | None]) -> bool:
    """Whether nothing is left of the heading that speaks against the field, such as the number of one of the
    `others` of its group."""
    letters = "".join(c for c in heads.own if c.isalpha())
    if field.holds not in NUMERIC:
        return False
    if heads.indicator is not None or len(letters) <= SHORT:
        return heads.indicator not in others - {None}
    names = COUNTED if field.number else (*field.names, *field.group)
    return any(fuzz.partial_ratio(heads.own, name) >= LIKE for name in names)
