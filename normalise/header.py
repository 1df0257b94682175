"""Headings to fields: every column of a table gets the field its words, maximum and number name.

All columns are placed together, so that `TỔNG ĐIỂM` is the total when it stands alone and the converted
score when another column holds the total. A column that no field fits, or two fit equally, stays unplaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile

import numpy as np
from rapidfuzz import fuzz

from extract.document import Table
from normalise.alignment import Scores, assign, is_tied
from normalise.column_numbers import number_row
from normalise.contents import Contents, contents_of
from normalise.gaps import filled, named
from normalise.groups import in_order
from normalise.heading import Heads, heads_of
from normalise.layout import NUMERIC, Field, Layout, common_fields, layouts
from normalise.maxima import maxima_row
from normalise.text import squeeze

LEAST = 1.0
"""A column needs at least one full sign (its words, or number and maximum of a group) for a field."""
LEAST_DAMAGED = 0.3
"""In damaged headings the order of the columns may place what nothing contradicts."""
STRANGE = 1.5
"""A group heading that names no group we know outweighs a fitting number or maximum, not both and order."""
LEAST_LIKENESS = 0.6
"""Share of common letters from which words count as the same word damaged; see `_likeness`."""
GROUP_NAMED = 0.9
"""Share of its letters from which words are surely a group's: other groups' have half and less."""
NAMED = 0.7
"""Indicators of a group measure much the same things in the same words: from so much on a name is one's own."""
UNKNOWN = 1.1
"""What words that are no name of the indicator take away: its group and maximum together are no full sign then."""
MISREAD = 0.34
"""Share of a scan's printed maxima that may be misread; where more are strange the table is of another kind."""
LEAST_FIELDS = 3
"""A table is of a kind when at least three of the kind's own numeric fields are found in it."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Which field every column has. `layout` is None for a table of another kind."""

    layout: Layout | None
    heads: tuple[Heads, ...]
    fields: tuple[Field | None, ...]
    contents: tuple[Contents, ...]


def place(table: Table) -> Placement:
    """The best layout for a table and the field of each of its columns."""
    numbers = next(filter(None, map(number_row, table.rows)), {})
    maxima = next(filter(None, map(maxima_row, table.rows)), {})
    heads = heads_of(table, numbers, maxima)
    rows = [row for row in table.rows if number_row(row) is None and maxima_row(row) is None]
    contents = tuple(contents_of(rows, column) for column in range(table.columns))
    heads = _without_phantoms(heads, contents)
    best = Placement(None, heads, _placed(heads, contents, common_fields()), contents)
    most = 0.0
    for layout in layouts():
        own = _without_misread(heads, layout) if table.reader == "scan" else heads
        fields = _placed(own, contents, layout.fields)
        fields = in_order(layout, own, fields, _named(layout, own))
        weight = _weight(layout, own, contents, fields)
        if weight > most:
            best, most = Placement(layout, heads, fields, contents), weight
    fields = _moved(best)
    if best.layout is not None:
        fill = filled if table.reader == "scan" else named
        fields = fill(best.layout, heads, contents, fields)
    return replace(best, fields=fields)


def _without_phantoms(heads: tuple[Heads, ...], contents: Sequence[Contents]) -> tuple[Heads, ...]:
    """A doubled line cuts a column in two, of which one is empty: it has no heading of its own."""
    doubled = {
        column
        for column, other in _neighbours(len(heads))
        if heads[column].path == heads[other].path
        and not contents[column].filled
        and (contents[other].filled or column > other)
    }
    return tuple(Heads(h.column, (), "", "") if h.column in doubled else h for h in heads)


def _without_misread(heads: tuple[Heads, ...], layout: Layout) -> tuple[Heads, ...]:
    """The headings without maxima that no field of the layout has, where most of the others are its: one is a `[10]`
    read as `[9]`, and its words tell."""
    maxima = {f.maximum for f in layout.fields}
    strange = {h.column for h in heads if h.maximum not in maxima | {None}}
    printed = sum(h.maximum is not None for h in heads)
    if len(strange) > MISREAD * printed:
        return heads
    return tuple(replace(h, maximum=None) if h.column in strange else h for h in heads)


def _moved(placement: Placement) -> tuple[Field | None, ...]:
    """The only field of a group whose column is empty belongs to the column beside it under the same heading, if
    that one holds figures and has no field: the heading was cut from them."""
    fields = list(placement.fields)
    for column, other in _neighbours(len(fields)):
        field, empty = fields[column], not placement.contents[column].filled
        if (
            field is not None
            and field.number is None
            and empty
            and fields[other] is None
            and placement.contents[other].numbers > 0.5
            and _named_over_both(field, placement.heads[column], placement.heads[other])
        ):
            fields[column], fields[other] = None, field
    return tuple(fields)


def _named(layout: Layout, heads: Sequence[Heads]) -> dict[int, frozenset[str]]:
    """The fields of which a name stands over each column, letter by letter or nearly so."""
    return {
        h.column: frozenset(
            f.name
            for f in layout.fields
            if f.name and any(_likeness(name, h.own) > GROUP_NAMED for name in f.names)
        )
        for h in heads
    }


def _named_over_both(field: Field, one: Heads, other: Heads) -> bool:
    """Whether the headings that two columns share name the group of a field."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one.path, other.path, strict=False))
    shared = squeeze(" ".join(heading for heading, _ in same))
    return any(_within(group, shared) > GROUP_NAMED for group in field.group)


def _neighbours(columns: int) -> Iterator[tuple[int, int]]:
    """Every column with the one after it and the one before it."""
    for column in range(columns - 1):
        yield column, column + 1
        yield column + 1, column


def _weight(
    layout: Layout,
    heads: Sequence[Heads],
    contents: Sequence[Contents],
    fields: Sequence[Field | None],
) -> float:
    """How much speaks for a layout; 0 when too few of its own fields are there."""
    own = [f for f in fields if f is not None and f.group]
    if len(own) < LEAST_FIELDS:
        return 0.0
    pairs = zip(heads, contents, fields, strict=True)
    return sum(_score(h, c, f) for h, c, f in pairs if f is not None)


def _placed(
    heads: Sequence[Heads], contents: Sequence[Contents], fields: Sequence[Field]
) -> tuple[Field | None, ...]:
    scores = np.array(
        [
            [_score(h, c, f) - _strange(h, fields, f) for f in fields]
            for h, c in zip(heads, contents, strict=True)
        ]
    ).reshape(len(heads), len(fields))
    scores += _anywhere(heads, contents, fields)
    least = np.array([[LEAST if h.legible else LEAST_DAMAGED] for h in heads]).reshape(-1, 1)
    scores[scores < least] = 0.0
    pairs, total = assign(scores)
    sure = [(c, f) for c, f in pairs if not is_tied(scores, c, f, total)]
    found: list[Field | None] = [None] * len(heads)
    for column, field in sure:
        found[column] = fields[field] if fields[field].name else None
    return tuple(found)


def _anywhere(
    heads: Sequence[Heads], contents: Sequence[Contents], fields: Sequence[Field]
) -> Scores:
    """What a damaged heading gains for every field that its column's contents fit."""
    fits = [
        [not h.legible and f.holds in NUMERIC and c.numbers > 0.5 for f in fields]
        for h, c in zip(heads, contents, strict=True)
    ]
    return np.array(fits, dtype=np.float64).reshape(len(heads), len(fields)) * LEAST_DAMAGED


def _score(heads: Heads, contents: Contents, field: Field) -> float:
    """The signs for a field, about 1 each; what contradicts counts double."""
    if not heads.path and field.holds not in ("serial", "unit", "rank"):
        return 0.0
    return _words(heads, field) + _figures(heads, field) + _held(contents, field)


def _words(heads: Heads, field: Field) -> float:
    named = max((_likeness(n, heads.own) for n in field.names), default=0.0)
    whole = max((_likeness(n, heads.all) for n in field.names), default=0.0)
    perhaps = max((_likeness(n, heads.all) for n in field.perhaps), default=0.0)
    if not field.group:
        within = 2.0 if any(word in heads.all for word in field.within) else 0.0
        return max(2.0 * named, 2.0 * whole, within, field.perhaps_weight * perhaps)
    group = _group(heads, field)
    numbered = field.number is not None and (not heads.own or heads.indicator is not None)
    if not field.names or numbered:
        return group + (0.0 if field.number is None else -_stray(heads))
    if field.is_alone:
        return group + named
    named = named if field.number is None or named >= NAMED else 0.0
    return group + named if named > 0 else group - UNKNOWN


def _group(heads: Heads, field: Field) -> float:
    """How well the words above a column, or where it has none its own, name the field's group."""
    if not field.group:
        return 0.0
    text = (heads.above or heads.own) if field.number is None and field.names else heads.printed
    return max(_within(g, text) for g in field.group)


def _strange(heads: Heads, fields: Sequence[Field], field: Field) -> float:
    """What words that name another group, or none we know, speak against a field's group."""
    if not field.group or not heads.legible or not heads.above:
        return 0.0
    own = _group(heads, field)
    best = max(_group(heads, f) for f in fields)
    return 2.0 * (best - own) + STRANGE * (1.0 - best)


def _stray(heads: Heads) -> float:
    """What words beside `Chỉ số k` take away: they may name something else."""
    return 0.5 if heads.above and len(heads.own) > 5 else 0.0


def _figures(heads: Heads, field: Field) -> float:
    score = 0.0
    if field.number is not None and heads.indicator is not None:
        score += 1.0 if heads.indicator == field.number else -2.0
    if heads.maximum is not None:
        score += _maximum(heads.maximum, field)
    return score


def _maximum(printed: Decimal, field: Field) -> float:
    if field.maximum is None:
        return 0.0 if field.adds else -0.5
    return 1.0 if printed == field.maximum else -2.0


def _held(contents: Contents, field: Field) -> float:
    if not contents.filled:
        return 0.0
    if field.holds == "rank":
        return contents.ranks - 2.0 * contents.numbers
    if field.holds == "unit":
        return contents.words - contents.ranks - contents.numbers
    if field.holds == "serial":
        return 0.5 * contents.serials - contents.words
    if field.holds == "text":
        return -contents.ranks
    out_of = contents.fractions if field.name == "total" else -2.0 * contents.of_maximum
    return out_of - 2.0 * contents.ranks


def _likeness(phrase: str, text: str) -> float:
    """0..1: from `LEAST_LIKENESS` (different words of one table stay below it) to the same letters."""
    share = fuzz.ratio(phrase, text) / 100
    return max(0.0, (share - LEAST_LIKENESS) / (1 - LEAST_LIKENESS))


def _within(phrase: str, text: str) -> float:
    """`_likeness` of a phrase to the part of a longer text that is most like it."""
    if len(text) <= len(phrase):
        return _likeness(phrase, text)
    share = fuzz.partial_ratio(phrase, text) / 100
    return max(0.0, (share - LEAST_LIKENESS) / (1 - LEAST_LIKENESS))
