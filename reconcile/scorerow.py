"""Restores a row of a score table whose columns are known but whose figures may be misread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from normalise.rank import LABELS, rank_of
from normalise.submission import Entry, ScoredRow
from reconcile.average import average_answers
from reconcile.candidates import LEAST, Candidate, Choice, choice_of
from reconcile.lattice import Edge, Stage
from reconcile.methodology import Methodology
from reconcile.posterior import Posterior, solve
from reconcile.scoretable import Component, ScoreTable, spread_of
from reconcile.tail import RankChoice, Tail, Witness
from reconcile.verdict import SURE, judged, judged_rank

OVER = 0.1
"""One of the some ten components that a slip may befall."""
ABSENT, MUCH = 0.5, 1e-3
"""Share of cells of which nothing is known that are blank or a dash (a seal lies on either), and the chance that a
cell says something else from which that matters."""
UNKNOWN_LABEL = 5e-4
"""Share of misread labels like a rank that are none of the five: none of the 92 real labels is, and
labels of other provinces are unlike these."""


def restore_row(row: ScoredRow, table: ScoreTable, methodology: Methodology) -> ScoredRow:
    """The row with its doubtful figures confirmed, repaired, or left uncertain with their rivals.

    Figures of a text layer or text file are never touched.
    """
    if not _needs_witness(row, table):
        return row
    witness = _witness(row, table, methodology)
    if _sure(row, table) and _agrees(row, table, witness):
        return row
    posterior = solve(_stages(row, table), 0, {0: 1.0}, witness)
    if posterior is None:
        return row
    return replace(row, entries=tuple(_restored(row, table, methodology, posterior)))


def _needs_witness(row: ScoredRow, table: ScoreTable) -> bool:
    """Rows of our own reading that have a total to go by."""
    names = {c.field for c in table.components} | set(table.tail)
    read = [e for e in row.entries if e.field in names and e.origin == "ocr"]
    total = row.entry("total")
    return bool(read) and total is not None and (total.value is not None or bool(total.readings))


def _sure(row: ScoredRow, table: ScoreTable) -> bool:
    """Whether every figure is sure by itself."""
    fields = {*(c.field for c in table.components), *table.tail, "officer_average", "rank"}
    return all(
        e.status in ("as-read", "not-applicable", "blank") and e.confidence >= SURE
        for e in row.entries
        if e.field in fields
    )


def _agrees(row: ScoredRow, table: ScoreTable, witness: Witness) -> bool:
    """Whether the figures as read add up and give converted score and rank: no misreading would."""
    parts = [(e, c.maximum) for c in table.components if (e := row.entry(c.field))]
    values = [(e.value, maximum) for e, maximum in parts if e.value is not None]
    maximum = int(sum((m for _, m in values), Decimal(0)) * 10**table.digits)
    total = next((c for c in witness.tail.total.candidates if c.exact), None)
    if total is None or total.value is None:
        return False
    off = abs(sum((v for v, _ in values), Decimal(0)) - total.value) * 10**table.digits
    if off > max(0.5, 2 * witness.habits.spread):
        return False
    return witness.agrees(total, maximum)


def _stages(row: ScoredRow, table: ScoreTable) -> list[Stage]:
    return [_stage(row.entry(c.field), c, table) for c in table.components]


def _stage(entry: Entry | None, component: Component, table: ScoreTable) -> Stage:
    maximum = int(component.maximum * 10**table.digits)
    if entry is None:
        return {0: [Edge(0, Candidate("", None, 0, 1.0), 0, 0, 1.0)]}
    choice = choice_of(entry, table.mark, component.maximum)
    edges = [
        edge
        for c in choice.candidates
        if (edge := edge_of(c, c.weight * _possible(c, component), maximum, table))
    ]
    blank = any(edge.candidate and edge.candidate.value is None for edge in edges)
    return {0: [*edges, *_unread(max(choice.other, LEAST), maximum, blank)]}


def _unread(weight: float, maximum: int, blank: bool) -> Iterator[Edge]:
    """A cell that says none of its candidates: a score, or, where little of it was read and it has not been taken for
    `blank` already, that none applies."""
    absent = weight * ABSENT if weight > MUCH and not blank else 0.0
    yield Edge(0, None, 0, maximum, weight - absent)
    if absent:
        yield Edge(0, None, 0, 0, absent)


def _possible(candidate: Candidate, component: Component) -> float:
    """A figure over its maximum takes a slip of the paper's in this very cell."""
    over = candidate.value is not None and candidate.value > component.maximum
    return OVER if over else 1.0


def edge_of(
    candidate: Candidate,
    weight: float,
    maximum: int,
    table: ScoreTable,
    target: object = 0,
    source: str = "",
    odd: int = 0,
) -> Edge | None:
    """The edge of a candidate; None for one finer than the table's units."""
    if candidate.value is None:
        return Edge(target, candidate, 0, 0, weight, source, odd)
    units = candidate.value.scaleb(table.digits)
    whole = int(units)
    if units != whole or whole < 0:
        return None
    return Edge(target, candidate, whole, maximum, weight, source, odd)


def _witness(row: ScoredRow, table: ScoreTable, methodology: Methodology) -> Witness:
    total, converted = row.entry("total"), row.entry("converted")
    assert total is not None
    parts = [e for c in table.components if (e := row.entry(c.field))]
    tail = Tail(
        choice_of(total, table.mark, None),
        _converted_choice(converted, table),
        rank_choice(row.entry("rank")),
        half(total.precision or table.digits),
        half((converted.precision if converted else 0) or table.digits),
    )
    return Witness(tail, table.habits(spread_of(parts, 10**table.digits)), methodology)


def _converted_choice(entry: Entry | None, table: ScoreTable) -> Choice | None:
    if entry is None or table.scale is None:
        return None
    return choice_of(entry, table.mark, table.scale)


def half(precision: int) -> Decimal:
    """Half a last digit of so many decimals."""
    return Decimal(5).scaleb(-precision - 1)


def rank_choice(entry: Entry | None) -> RankChoice | None:
    """The ranks that a label may mean; what its readings leave open may be any of the five.

    A label that is like no rank says nothing.
    """
    if entry is None or entry.rank is None:
        return None
    found = [(rank, r.weight) for r in entry.readings if (rank := rank_of(r.text))]
    if not entry.readings:
        found = [(entry.rank, entry.confidence)]
    left = max(0.0, 1.0 - sum(weight for _, weight in found))
    weights = dict.fromkeys(LABELS, left / len(LABELS))
    for rank, weight in found:
        weights[rank] += weight
    return RankChoice(tuple(weights.items()), left * UNKNOWN_LABEL)


def _restored(
    row: ScoredRow, table: ScoreTable, methodology: Methodology, posterior: Posterior
) -> Iterable[Entry]:
    answers = dict(zip((c.field for c in table.components), posterior.cells, strict=True))
    answers["total"] = posterior.total
    if table.scale is not None:
        answers["converted"] = posterior.converted
    average = row.entry("officer_average")
    if average is not None:
        answers["officer_average"] = average_answers(average, answers, table, methodology)
    most = {"total": sum((part.maximum for part in methodology.parts), Decimal(0))}
    most |= {"converted": table.scale} if table.scale is not None else {}
    for entry in row.entries:
        if entry.origin != "ocr":
            yield entry
        elif entry.field in answers:
            found = judged(entry, answers[entry.field], table.digits)
            yield _within_reach(found, entry, most.get(entry.field))
        elif entry.field == "rank":
            yield judged_rank(entry, posterior.ranks)
        else:
            yield entry


def _within_reach(found: Entry, read: Entry, most: Decimal | None) -> Entry:
    """The entry, uncertain when a doubtful reading is more than can be reached: `53` has lost the head of `17,53`.
    So is a share, which no score is: the sign is another one misread."""
    beyond = most is not None and found.value is not None and found.value > most
    strange = (beyond and read.confidence < SURE) or "%" in found.printed
    return replace(found, status="uncertain") if strange and found.known else found
