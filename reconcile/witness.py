"""The arithmetic as a witness: doubtful figures confirmed, repaired, or shown with their rivals.

Every figure of a score row takes part in several relations: components up to their maxima add up to
the total, total and applicable maxima give the converted score, that gives the rank. Of all that the
cells of a row may say, each reading is weighed by how probable OCR makes it and by how many slips of
the paper's own it needs; a figure is certain only when nearly all the weight agrees on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from normalise.entry import most_decimals, with_precision
from normalise.submission import CellStatus, FieldTable, ScoredRow, Submission
from reconcile.diagnosis import systemic
from reconcile.figures import Figures, rounded
from reconcile.habits import read_habits
from reconcile.inferred_columns import infer_columns
from reconcile.looserow import restore_loose, table_style
from reconcile.methodology import Methodology, choose
from reconcile.scorerow import restore_row
from reconcile.scoretable import ScoreTable, score_table
from reconcile.state import state_of
from reconcile.statistics_witness import restore_statistics
from reconcile.strange import at_odds, misplaced, with_doubts
from reconcile.unplaced import doubt_of

TOLD: frozenset[CellStatus] = frozenset({"as-read", "blank", "not-applicable", "repaired"})
"""Entries that say what stands in their column."""


def restore(submission: Submission, methodologies: Mapping[str, Methodology]) -> Submission:
    """The submission with its doubtful figures settled as far as arithmetic can settle them.

    Figures of a text layer are never changed. Loose rows become ordinary ones.
    """
    methodology = _methodology(submission, methodologies)
    if methodology is None:
        return _with(submission, _settled_statistics)
    return _with(submission, lambda table: _settled(table, methodology))


def _with(submission: Submission, change: Callable[[FieldTable], FieldTable]) -> Submission:
    return replace(submission, tables=tuple(map(change, submission.tables)))


def _settled(table: FieldTable, methodology: Methodology) -> FieldTable:
    """The table restored. No figure is sure of one whose columns only white space told, or whose headings were
    recognised, when most of its totals contradict the components, of the recognised one even restored: its columns
    were told wrongly, or it means something else. Where a column without a field explains that, only those
    indicators are unsure that it may be."""
    if table.kind != "scores":
        return _settled_statistics(table)
    read = infer_columns(table, methodology)
    restored = with_doubts(_restored(read, methodology), methodology)
    doubt = doubt_of(read, methodology)
    doubted = not (read.ruled or doubt.adds) and _contradicted(read, methodology)
    doubted = doubted or (_is_read(restored) and _cannot_be(restored, methodology))
    return _unsure(restored) if doubted else _unsure(restored, doubt.parts)


def _cannot_be(table: FieldTable, methodology: Methodology) -> bool:
    return _contradicted(table, methodology) or misplaced(table, methodology)


def _contradicted(table: FieldTable, methodology: Methodology) -> bool:
    figures = read_habits(table, methodology).figures
    return "sum" in systemic([state_of(f) for f in figures if f.scored and _tells(f)])


def _tells(figures: Figures) -> bool:
    """Whether a row's total says anything of its components: not where those that cannot be read may make it up."""
    if figures.total is None:
        return False
    return not (figures.unread and rounded(figures.total).meets(figures.reach))


def _is_read(table: FieldTable) -> bool:
    return any(e.origin == "ocr" for row in table.rows for e in row.entries)


def _unsure(table: FieldTable, fields: frozenset[str] | None = None) -> FieldTable:
    """The table with these fields, or all, in doubt."""
    rows = tuple(
        replace(
            row,
            entries=tuple(
                replace(e, status="uncertain")
                if e.status in TOLD and (fields is None or e.field in fields)
                else e
                for e in row.entries
            ),
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _methodology(
    submission: Submission, methodologies: Mapping[str, Methodology]
) -> Methodology | None:
    if submission.methodology is not None:
        return methodologies.get(submission.methodology)
    return choose(methodologies, submission.legal_bases, submission.period)


def _restored(table: FieldTable, methodology: Methodology) -> FieldTable:
    shape = score_table(table, methodology)
    if shape is None:
        return table
    if table.loose:
        return _tightened(table, shape, methodology)
    rows = tuple(restore_row(row, shape, methodology) for row in table.rows)
    return replace(table, rows=rows)


def _settled_statistics(table: FieldTable) -> FieldTable:
    """A table of statistics restored, in doubt what it cannot mean; scores wait for their methodology."""
    if table.kind == "scores":
        return table
    restored = restore_statistics(table)
    if not _is_read(table):
        return restored
    return with_doubts(_unsure(restored, None if misplaced(restored) else at_odds(restored)))


def _tightened(table: FieldTable, shape: ScoreTable, methodology: Methodology) -> FieldTable:
    """Loose rows placed twice: the second time it is known how the table rounds."""
    first = _placed(table, shape, methodology, glance=True)
    again = score_table(first, methodology)
    known = replace(shape, exact=again.exact, cut=again.cut) if again else shape
    placed = _placed(table, known, methodology)
    return replace(placed, rows=_precise(placed.rows, shape), loose=())


def _placed(
    table: FieldTable, shape: ScoreTable, methodology: Methodology, glance: bool = False
) -> FieldTable:
    loose = {row.index: row for row in table.loose}
    style = table_style(table.loose, shape)
    rows = tuple(
        restore_loose(row, loose[row.index], shape, style, methodology, glance)
        if row.index in loose
        else restore_row(row, shape, methodology)
        for row in table.rows
    )
    return replace(table, rows=rows)


def _precise(rows: tuple[ScoredRow, ...], shape: ScoreTable) -> tuple[ScoredRow, ...]:
    """Integers with the precision of their column or, where that has no decimals, of the table."""
    fields = [*(c.field for c in shape.components), *shape.tail]
    by_field = {f: most_decimals([e for row in rows if (e := row.entry(f))]) for f in fields}
    table = max(by_field.values(), default=0)
    return tuple(
        replace(
            row,
            entries=tuple(
                with_precision(e, by_field[e.field] or table) if e.field in by_field else e
                for e in row.entries
            ),
        )
        for row in rows
    )
