"""Ids of findings: the same for the same finding through re-runs, re-scans and rows that move.

An id says who reported what for which period, and which figure of which unit breaks which rule; never a
page, a row number or a printed value, all of which a second scan or a corrected row may change.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from normalise.submission import Submission
from reconcile.finding import Finding

LENGTH = 16
"""Hexadecimal digits: 64 bits, so that even a million findings hardly ever share one."""


def identified(findings: Iterable[Finding], submission: Submission) -> tuple[Finding, ...]:
    """The findings with their ids. Those that nothing tells apart are counted in the order given."""
    seen: Counter[tuple[str, ...]] = Counter()
    kinds = {table.id: table.kind for table in submission.tables}
    found: list[Finding] = []
    for finding in findings:
        key = _key(finding, submission, kinds.get(finding.table or "", ""))
        found.append(replace(finding, id=_digest((*key, str(seen[key])))))
        seen[key] += 1
    return tuple(found)


def _key(finding: Finding, submission: Submission, kind: str) -> tuple[str, ...]:
    return (
        *_report(submission),
        finding.rule,
        kind,
        finding.unit_code or finding.unit or "",
        finding.field or "",
    )


def _report(submission: Submission) -> tuple[str, ...]:
    """Issuer, period and document number; where issuer or period is not known, the path as well.

    Many reports are sent before they are given a number: issuer and period know them under any file name.
    """
    issuer = submission.issuer
    who = (issuer.code or issuer.canonical or issuer.printed) if issuer else ""
    known = who and submission.period
    return who, submission.period or "", submission.number or ("" if known else submission.path)


def _digest(key: tuple[str, ...]) -> str:
    return hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:LENGTH]
