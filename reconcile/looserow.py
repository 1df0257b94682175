"""Restores a loose row: the order of its figures is known, their columns are not."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from normalise.submission import Entry, LooseRow, ScoredRow
from reconcile.candidates import Candidate, Choice, choice_of
from reconcile.confusion import chance
from reconcile.lattice import Edge, Position, Stage
from reconcile.linetext import (
    Style,
    dash,
    figure_choice,
    one_wrong,
    right_digits,
    style_of,
    total_choice,
)
from reconcile.methodology import Methodology
from reconcile.posterior import MOST_ODD, Answer, Posterior, solve
from reconcile.scorerow import edge_of, half, rank_choice
from reconcile.scoretable import ScoreTable
from reconcile.tail import Tail, Witness
from reconcile.verdict import ACCEPT, judged_rank, placed

MISPLACED = 1e-3
"""Chance that white space shows another number of blank cells than there are, in a text where it adds
up in nine rows of ten or more (`extract.text_flow`); none of the 20 real rows is off."""
LONGEST = 8
"""Characters that a component's figure may have been read as: `100,00`, a border, a digit too many."""
JOINED = 40
"""Characters of a stretch that may be cells run together; the longest seen is of two cells, 8 characters."""
NOTHING = Candidate("", None, 0, 1.0)


def table_style(rows: Sequence[LooseRow], table: ScoreTable) -> Style:
    """The style of a table of loose rows; its totals stand before the other figures of the tail."""
    texts = [entry.printed for row in rows for entry in row.figures]
    place = len(table.tail) - table.tail.index("total")
    totals = [row.figures[-place].printed for row in rows if len(row.figures) >= place]
    return style_of(texts, totals)


def restore_loose(
    row: ScoredRow,
    loose: LooseRow,
    table: ScoreTable,
    style: Style,
    methodology: Methodology,
    glance: bool = False,
) -> ScoredRow:
    """The row with an entry for every score column; what arithmetic cannot place is uncertain.

    A `glance` takes all digits for right: enough to learn from many rows how the table rounds.
    """
    posterior = None
    parts = len(loose.figures) - len(table.tail)
    if 0 < parts <= len(table.components):
        witness = _witness(row, loose, table, style, methodology)
        posterior = _solved(loose, table, style, witness, (0,) if glance else (1, MOST_ODD))
    ranked = tuple(
        judged_rank(e, posterior.ranks)
        if e.field == "rank" and e.origin == "ocr" and posterior
        else e
        for e in row.entries
    )
    return replace(row, entries=(*_entries(loose, table, posterior), *ranked))


def _solved(
    loose: LooseRow, table: ScoreTable, style: Style, witness: Witness, odd: Sequence[int]
) -> Posterior | None:
    """One wrong digit is followed up, more only where the paper would else have slipped."""
    stages, finals = _lattice(loose, table, style, max(odd))
    posterior = None
    for most in odd:
        posterior = solve(stages, (0, 0), finals, witness, most)
        if posterior is not None and posterior.honest >= ACCEPT:
            break
    return posterior


def _lattice(
    loose: LooseRow, table: ScoreTable, style: Style, most_odd: int
) -> tuple[list[Stage], dict[Position, float]]:
    count = len(loose.figures) - len(table.tail)
    limits = {component.maximum for component in table.components}
    finals: dict[Position, float] = {(count, 0): 1.0}
    if loose.figures[0].origin == "ocr":
        texts = [entry.printed for entry in loose.figures[:count]]
        made = {limit: _line_stage(texts, limit, table, style, most_odd) for limit in limits}
    else:
        made = {limit: _typed_stage(loose, limit, table, count) for limit in limits}
        spare = len(table.components) - count
        finals = {(count, k): _gap_chance(loose, count, k) for k in range(spare + 1)}
    return [made[component.maximum] for component in table.components], finals


def _typed_stage(loose: LooseRow, limit: Decimal, table: ScoreTable, count: int) -> Stage:
    """Figures sure, columns not: position (i, k) is before figure i, k blank cells behind figure i-1."""
    maximum = int(limit * 10**table.digits)
    choices = [choice_of(entry, table.mark, None) for entry in loose.figures[:count]]
    stage: dict[Position, list[Edge]] = {}
    for i in range(count + 1):
        for k in range(len(table.components) - count + 1):
            stage[i, k] = [Edge((i, k + 1), NOTHING, 0, 0, 1.0)]
            if i < count:
                stage[i, k] += _typed_edges(loose, i, k, choices[i], limit, maximum, table)
    return stage


def _typed_edges(
    loose: LooseRow,
    i: int,
    k: int,
    choice: Choice,
    limit: Decimal,
    maximum: int,
    table: ScoreTable,
) -> list[Edge]:
    entry = loose.figures[i]
    weight = _gap_chance(loose, i, k)
    found: list[Edge] = []
    for c in choice.candidates:
        over = c.value is not None and c.value > limit
        share = weight * (MISPLACED**2 if over else 1.0)
        edge = edge_of(c, share, maximum, table, (i + 1, 0), entry.printed)
        found += [edge] if edge else []
    return found


def _gap_chance(loose: LooseRow, i: int, blanks: int) -> float:
    if not loose.gaps:
        return 1.0
    return 1.0 if loose.gaps[i] == blanks else MISPLACED


def _line_stage(
    texts: Sequence[str], limit: Decimal, table: ScoreTable, style: Style, most_odd: int
) -> Stage:
    """Position (i, o) is before character o of stretch i: joined cells end inside a stretch."""
    ways = (right_digits, one_wrong) if most_odd else (right_digits,)
    stage: dict[Position, list[Edge]] = {}
    for i, text in enumerate(texts):
        stage[i, 0] = list(_whole_edges(text, i, limit, table))
        for offset in range(len(text) if len(text) <= JOINED else 0):
            edges = stage.setdefault((i, offset), [])
            edges += _part_edges(text, i, offset, limit, table, style, ways)
    stage[len(texts), 0] = [Edge((len(texts), 0), NOTHING, 0, 0, chance("dash-lost"))]
    return stage


def _whole_edges(text: str, i: int, limit: Decimal, table: ScoreTable) -> Iterator[Edge]:
    """A dash that left no sign, a dash, or something never seen."""
    yield Edge((i, 0), NOTHING, 0, 0, chance("dash-lost"))
    stroke = dash(text)
    if stroke:
        yield Edge((i + 1, 0), stroke, 0, 0, stroke.weight, text)
    maximum = int(limit * 10**table.digits)
    yield Edge((i + 1, 0), None, 0, maximum, chance("unseen"), text, odd=1)


def _part_edges(
    text: str,
    i: int,
    offset: int,
    limit: Decimal,
    table: ScoreTable,
    style: Style,
    ways: Sequence[Callable[[str, Decimal, Style], Sequence[Candidate]]],
) -> Iterator[Edge]:
    """The figures that end at or inside the stretch."""
    maximum = int(limit * 10**table.digits)
    for end in range(offset + 1, min(len(text), offset + LONGEST) + 1):
        part = text[offset:end]
        last = end == len(text)
        target = (i + 1, 0) if last else (i, end)
        joined = 1.0 if last else chance("joined")
        for odd, found in enumerate(ways):
            for c in found(part, limit, style):
                edge = edge_of(c, c.weight * joined, maximum, table, target, part, odd)
                if edge:
                    yield edge


def _witness(
    row: ScoredRow, loose: LooseRow, table: ScoreTable, style: Style, methodology: Methodology
) -> Witness:
    behind = dict(zip(table.tail, loose.figures[-len(table.tail) :], strict=True))
    total, converted = behind["total"], behind.get("converted")
    tail = Tail(
        _total_choice(total, table, style),
        None
        if converted is None or table.scale is None
        else _score_choice(converted, table, style),
        rank_choice(row.entry("rank")),
        half(total.decimals or table.digits),
        half((converted.decimals if converted else 0) or table.digits),
    )
    return Witness(tail, table.habits(_spread(loose, table)), methodology)


def _total_choice(entry: Entry, table: ScoreTable, style: Style) -> Choice:
    if entry.origin != "ocr":
        return choice_of(entry, table.mark, None)
    limit = sum((c.maximum for c in table.components), Decimal(0))
    return total_choice(entry.printed, limit, style)


def _score_choice(entry: Entry, table: ScoreTable, style: Style) -> Choice:
    if entry.origin != "ocr":
        return choice_of(entry, table.mark, None)
    return figure_choice(entry.printed, table.scale or Decimal(0), style)


def _spread(loose: LooseRow, table: ScoreTable) -> float:
    """As `scoretable.spread_of`; an integer has lost the zeros of the table's usual decimals."""
    parts = [e for e in loose.figures[: -len(table.tail)] if e.value is not None]
    widths = [10.0 ** (table.digits - (e.decimals or table.digits)) for e in parts]
    return math.sqrt(sum(width**2 for width in widths) / 12)


def _entries(loose: LooseRow, table: ScoreTable, posterior: Posterior | None) -> Iterator[Entry]:
    near = loose.figures[0]
    behind = dict(zip(table.tail, loose.figures[-len(table.tail) :], strict=False))
    answers: dict[str, Sequence[Answer]] = {}
    if posterior is not None:
        answers = dict(zip((c.field for c in table.components), posterior.cells, strict=True))
        answers["total"] = posterior.total
        answers["converted"] = posterior.converted
    for component in table.components:
        yield placed(component.field, answers.get(component.field, ()), near, table.digits)
    for field, figure in behind.items():
        found = [replace(a, source=figure.printed) for a in answers.get(field, ())]
        yield placed(field, found, figure, table.digits)
