"""Restores the figures of a statistics table by its equations and its totals row.

Columns are asked first: a column's figures add up to its total. What that makes probable is then put
to the equations of each row. Each relation is used once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from normalise.number import Mark
from normalise.submission import Entry, FieldTable, ScoredRow
from reconcile.candidates import Candidate, Choice, choice_of
from reconcile.equations import Cells, Equation, equations, right_side, whole_fields
from reconcile.interval import Interval
from reconcile.lattice import Edge, Spread, Stage, State, backward, forward
from reconcile.posterior import Answer
from reconcile.tail import SLIP, TWO_SLIPS
from reconcile.term import ANY_VALUE
from reconcile.verdict import SURE, judged

NOT_ADDITIVE = frozenset({"online_procedures", "total_procedures"})
"""Kinds of procedure occur in many units at once (`reconcile.totals`)."""
FEW = 1e-8
"""Joint readings of a row this much weaker than its likeliest are left out."""
MOST = 5_000
"""Joint readings of a row that are weighed, half a second; where there are more, the equations tell
nothing. Rows of real scans have a few hundred."""
RATE_DIGITS = 1
"""Decimals that a rate printed as a whole number is taken to have: its zeros are not printed."""
Choices = dict[tuple[int, str], Choice]


def restore_statistics(table: FieldTable) -> FieldTable:
    """The table with the doubtful figures of our own reading settled as far as its sums can."""
    if not any(_doubtful(e) for row in table.rows for e in row.entries):
        return table
    rules = equations(table)
    rates = frozenset(e.target for e in rules if e.node.ratio)
    choices = _choices(table, rates)
    for field in sorted(whole_fields(table) - NOT_ADDITIVE - rates):
        choices |= _by_column(table, field, choices)
    rows = tuple(_restored(row, rules, rates, choices) for row in table.rows)
    return replace(table, rows=rows)


def _doubtful(entry: Entry) -> bool:
    return entry.origin == "ocr" and (entry.status == "uncertain" or entry.confidence < SURE)


def _choices(table: FieldTable, rates: frozenset[str]) -> Choices:
    mark: Mark = "." if table.decimal_mark == "." else ","
    return {
        (row.index, e.field): choice_of(e, mark, None, counted=e.field not in rates)
        for row in table.rows
        for e in row.entries
    }


def _by_column(table: FieldTable, field: str, choices: Choices) -> Choices:
    """A column's choices, weighted by whether they add up to the one totals row, if there is one."""
    totals = [row.index for row in table.rows if row.kind == "total"]
    parts = [row.index for row in table.rows if row.kind == "unit"]
    keys = [(i, field) for i in [*parts, *totals]]
    if len(totals) != 1 or not all(key in choices for key in keys):
        return {}
    stages = [_column_stage(choices[key]) for key in keys[:-1]]
    run = forward(stages, 0, 0, [0])
    if run is None:
        return {}
    total = choices[keys[-1]]
    ends = {s: _column_end(spread, total, len(parts), s[3]) for s, spread in run.final.items()}
    found = backward(run, ends)
    weighed = {k: _weighed(choices[k], w) for k, w in zip(keys[:-1], found, strict=True)}
    return weighed | {keys[-1]: _total_weighed(total, run.final, len(parts))}


def _column_stage(choice: Choice) -> Stage:
    edges = [
        Edge(0, c, int(c.value or 0), 0, c.weight)
        for c in choice.candidates
        if c.value is None or c.value >= 0
    ]
    return {0: [*edges, Edge(0, None, 0, 0, choice.other or FEW)]}


def _column_end(spread: Spread, total: Choice, parts: int, unread: bool) -> Spread:
    weights = np.full(spread.sums.size, SLIP * ANY_VALUE * parts + total.other * ANY_VALUE)
    for c in total.candidates:
        if unread:
            weights += c.weight * ANY_VALUE
        elif c.value is not None:
            weights += c.weight * (spread.sums == int(c.value))
    return Spread(spread.sums, weights)


def _weighed(choice: Choice, weights: Mapping[tuple[object, int], float]) -> Choice:
    whole = sum(weights.values())
    if whole <= 0:
        return choice
    kept = [c for c in choice.candidates if c.value is None or c.value >= 0]
    found = [replace(c, weight=weights.get((0, i), 0.0) / whole) for i, c in enumerate(kept)]
    return Choice(tuple(found), weights.get((0, len(kept)), 0.0) / whole)


def _total_weighed(total: Choice, final: Mapping[State, Spread], parts: int) -> Choice:
    """The total's candidates, each with the weight of the parts adding up to it or not."""
    slip = SLIP * ANY_VALUE * parts
    every = sum(float(spread.weights.sum()) for spread in final.values())
    weights = []
    for c in total.candidates:
        same = sum(
            float(spread.at(np.array([int(c.value or 0)]))[0])
            for state, spread in final.items()
            if not state[3]
        )
        weights.append(c.weight * (same + slip * every))
    other = total.other * ANY_VALUE * every
    whole = sum(weights) + other
    found = [replace(c, weight=w / whole) for c, w in zip(total.candidates, weights, strict=True)]
    return Choice(tuple(sorted(found, key=lambda c: -c.weight)), other / whole)


def _restored(
    row: ScoredRow, rules: Sequence[Equation], rates: frozenset[str], choices: Choices
) -> ScoredRow:
    answers = {e.field: _alone(choices[row.index, e.field]) for e in row.entries}
    for group in _groups(rules):
        fields = sorted({f for e in group for f in e.fields})
        if all((row.index, f) in choices for f in fields):
            own = {f: choices[row.index, f] for f in fields}
            answers |= _by_equations(own, group, rates)
    return replace(row, entries=tuple(_settled(e, answers[e.field]) for e in row.entries))


def _settled(entry: Entry, answers: Sequence[Answer]) -> Entry:
    """Figures of a text layer, and those sure by themselves that nothing speaks against, stay."""
    if entry.origin != "ocr" or entry.rank is not None or not answers:
        return entry
    return judged(entry, answers, entry.precision)


def _alone(choice: Choice) -> tuple[Answer, ...]:
    found = [Answer(c, c.weight) for c in choice.candidates] + [Answer(None, choice.other)]
    return tuple(sorted(found, key=lambda answer: -answer.probability))


def _groups(rules: Sequence[Equation]) -> list[list[Equation]]:
    """Equations that share figures, directly or through others."""
    groups: list[list[Equation]] = []
    for rule in rules:
        joined = [g for g in groups if any(rule.fields & e.fields for e in g)]
        groups = [g for g in groups if g not in joined]
        groups.append([rule, *(e for g in joined for e in g)])
    return groups


def _by_equations(
    choices: Mapping[str, Choice], group: Sequence[Equation], rates: frozenset[str]
) -> dict[str, tuple[Answer, ...]]:
    """Each cell's answers over all joint readings of the group, weighted by the equations they keep; none
    where the readings are too many."""
    weights: dict[str, dict[Candidate | None, float]] = {f: {} for f in choices}
    for number, (reading, weight) in enumerate(_joint(choices)):
        if number == MOST:
            return {}
        joint = weight * _kept(reading, group, rates)
        for field, candidate in reading.items():
            weights[field][candidate] = weights[field].get(candidate, 0.0) + joint
    whole = sum(next(iter(weights.values())).values())
    if whole <= 0:
        return {}
    return {
        field: tuple(
            Answer(c, w / whole) for c, w in sorted(found.items(), key=lambda pair: -pair[1])
        )
        for field, found in weights.items()
    }


def _joint(
    choices: Mapping[str, Choice],
) -> Iterator[tuple[dict[str, Candidate | None], float]]:
    """Joint readings with their weights, without those much weaker than the likeliest."""
    fields = list(choices)
    options = [
        sorted([*((c, c.weight) for c in ch.candidates), (None, ch.other)], key=lambda o: -o[1])
        for ch in choices.values()
    ]
    best = [1.0]
    for option in reversed(options):
        best.append(best[-1] * option[0][1])
    best.reverse()
    least = FEW * best[0]

    def go(
        i: int, weight: float, chosen: tuple[Candidate | None, ...]
    ) -> Iterator[tuple[dict[str, Candidate | None], float]]:
        if i == len(options):
            yield dict(zip(fields, chosen, strict=True)), weight
            return
        for candidate, share in options[i]:
            if weight * share * best[i + 1] < least or share <= 0:
                break
            yield from go(i + 1, weight * share, (*chosen, candidate))

    return go(0, 1.0, ())


def _kept(
    reading: Mapping[str, Candidate | None], group: Sequence[Equation], rates: frozenset[str]
) -> float:
    """How well a joint reading goes with the equations: all kept, one slip, or more than one.

    Equations with unread cells hold for one of all the values that these may have together: how many of the cells
    follow from the others is not asked, so that an unread cell never speaks for its neighbour's reading.
    """
    cells = Cells(
        {f: _interval(c, f in rates) for f, c in reading.items() if c and c.value is not None}, {}
    )
    open_ = _sets([f for f, c in reading.items() if c is None], group)
    broken = [e for e in group if cells.known(e) and not _holds(e, cells)]
    weight = ANY_VALUE**open_ if open_ else 1.0
    if not broken:
        return weight
    common = frozenset.intersection(*(e.fields for e in broken))
    return weight * (SLIP * ANY_VALUE * len(common) if common else TWO_SLIPS)


def _sets(unread: Sequence[str], group: Sequence[Equation]) -> int:
    """How many sets of unread cells there are that no equation links."""
    sets = [{field} for field in unread]
    for rule in group:
        linked = [s for s in sets if s & rule.fields]
        if len(linked) > 1:
            sets = [s for s in sets if s not in linked] + [set().union(*linked)]
    return len(sets)


def _interval(candidate: Candidate, rate: bool) -> Interval:
    """What a figure stands for; a rate may be cut off instead of rounded."""
    assert candidate.value is not None
    if not rate:
        return Interval(candidate.value, candidate.value)
    unit = Decimal(1).scaleb(-max(candidate.decimals, RATE_DIGITS))
    return Interval(candidate.value - unit / 2, candidate.value + unit)


def _holds(equation: Equation, cells: Cells) -> bool:
    right = right_side(equation, cells)
    if right is None:
        return cells.values[equation.target].low <= 0
    return any(cells.values[equation.target].meets(r) for r in right)
