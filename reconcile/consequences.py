"""One cause, one finding: what another finding of the same row already explains is said beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from reconcile.finding import Finding

_SLACK = Decimal("0.05")
"""Two differences of one cause agree to what rounding of a part and its total can shift them: five hundredths."""


def settled(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings without components that the statistics contradict only because of an error already found."""
    kept = [f for f in findings if f.rule != "evidence-mismatch" or f.severity != "error"]
    for evidence in findings:
        if evidence in kept:
            continue
        cause = next((i for i, f in enumerate(kept) if _explains(f, evidence)), None)
        if cause is None:
            kept.append(evidence)
        else:
            said = (*kept[cause].consequences, "statistics/evidence-follows")
            kept[cause] = replace(kept[cause], consequences=said)
    return tuple(kept)


def _explains(finding: Finding, evidence: Finding) -> bool:
    """The same cell, or a total that is off by just what the component is off by."""
    if finding.severity != "error" or (finding.table, finding.row) != (
        evidence.table,
        evidence.row,
    ):
        return False
    if finding.field == evidence.field:
        return True
    if finding.rule != "total-mismatch" or not finding.difference or not evidence.difference:
        return False
    return abs(Decimal(finding.difference) + Decimal(evidence.difference)) <= _SLACK
