"""Checks one submission by itself: every subject of every check module, findings ordered and named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from normalise.register import Register
from normalise.submission import FieldTable, Submission
from reconcile.check import Subject, add_tallies, run
from reconcile.checks import AREAS
from reconcile.checks.claims import judge
from reconcile.diagnosis import judged_tables
from reconcile.engine import recompute
from reconcile.finding import Examined, Finding, Recomputed
from reconcile.identity import identified
from reconcile.methodology import Methodology

SEVERITIES = ("error", "warning", "info")


def examine(
    submission: Submission, methodologies: Mapping[str, Methodology], register: Register
) -> Examined:
    """All findings, tallies, verdicts on claims and re-computed rows of one submission.

    Findings stand in the order of the document: by table, row and field, the gravest first at one place.
    """
    methodology = methodologies.get(submission.methodology or "")
    findings, tallies = run(_subjects(submission, methodology, register), submission.path)
    recomputed = _recomputed(submission, methodology)
    claims = judge(submission, methodology, register, recomputed, findings)
    ordered = sorted(claims.findings, key=lambda f: _order(f, submission.tables))
    return Examined(
        findings=identified(ordered, submission),
        tallies=add_tallies([tallies, claims.tallies]),
        judged=claims.judged,
        recomputed=recomputed,
    )


def _recomputed(submission: Submission, methodology: Methodology | None) -> tuple[Recomputed, ...]:
    """Every row of every score table, in printed order."""
    if methodology is None:
        return ()
    tables = judged_tables(submission, methodology)
    return tuple(recompute(figures) for table in tables for figures in table.rows.figures)


def _subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterator[Subject]:
    for area in AREAS:
        yield from area.subjects(submission, methodology, register)


def _order(finding: Finding, tables: tuple[FieldTable, ...]) -> tuple[int, int, int, int, str, str]:
    """Findings on no table first, by page; then table by table, row by row, column by column."""
    place = next((i for i, t in enumerate(tables) if t.id == finding.table), -1)
    columns = [c.field for c in tables[place].columns] if place >= 0 else []
    column = columns.index(finding.field) if finding.field in columns else -1
    at = finding.row if finding.row is not None else -1 if place >= 0 else finding.page or 0
    severity = SEVERITIES.index(finding.severity)
    return place, at, column, severity, finding.rule, finding.unit or ""
