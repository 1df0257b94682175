"""Rules between reports: one period's reports, versions of one report, this period and the last."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cmp_to_key

from reconcile.differences import Comparison, Difference, compare, same_scale
from reconcile.digest import Digest, UnitRow
from reconcile.editions import later
from reconcile.finding import Finding, Severity, Tally

CORROBORATED = 4
"""So many figures must agree (and more than differ) before a one-stop office is beyond doubt the unit that another
report calls by the district's name; of Tuần Giáo 2023-07 nine of ten agree with the province's report."""


@dataclass
class Record:
    """Findings and tallies as the comparisons go on."""

    findings: list[Finding] = field(default_factory=list)
    passed: Counter[tuple[str, str]] = field(default_factory=Counter)
    failed: Counter[tuple[str, str]] = field(default_factory=Counter)
    undecided: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        """Take a finding, with an id from what tells it apart."""
        facts = dict(finding.facts)
        parts = (
            finding.rule, finding.message, finding.document, finding.unit_code or finding.unit or "",
            finding.table or "", finding.field or "", facts.get("other", ""), facts.get("text", ""),
            facts.get("period", ""), finding.printed or "",
        )  # fmt: skip
        name = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
        self.findings.append(replace(finding, id=name))

    def compared(self, rule: str, path: str, comparison: Comparison) -> None:
        self.passed[path, rule] += comparison.agreed
        self.failed[path, rule] += len(comparison.differences)
        self.undecided[path, rule] += comparison.unknown

    def tallies(self) -> tuple[tuple[str, tuple[Tally, ...]], ...]:
        keys = {*self.passed, *self.failed, *self.undecided}
        found: dict[str, list[Tally]] = {}
        for path, rule in sorted(keys):
            counts = (self.passed[path, rule], self.failed[path, rule], self.undecided[path, rule])
            found.setdefault(path, []).append(Tally(rule, *counts))
        return tuple((path, tuple(t)) for path, t in found.items())


def cross_reports(reports: Sequence[Digest], record: Record) -> None:
    """Two reports of one period give the same unit the same figures, as far as both were rounded.

    Compared field by field; when a component differs, total, converted score and rank only follow. A district's
    one-stop office is what the province calls by the district's name; where the figures do not bear that out, a
    difference is only a warning.
    """
    places: dict[tuple[str, str, str], list[tuple[Digest, int]]] = {}
    for report in reports:
        for index, row in enumerate(report.rows):
            if report.period is not None:
                places.setdefault((report.period, row.kind, row.unit), []).append((report, index))
    for met in places.values():
        if len(met) > 1:
            for first, second in _pairs([(report, report.rows[index]) for report, index in met]):
                _cross(first, second, record)


Place = tuple[Digest, UnitRow]


def _pairs(met: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Rows of different issuers, the unit's own report first (else the one that stands first by name)."""
    for i, one in enumerate(met):
        for other in met[i + 1 :]:
            if one[0].issuer == other[0].issuer or one[0].methodology != other[0].methodology:
                continue
            first, second = sorted(
                (one, other), key=lambda p: (p[0].issuer != p[1].unit, p[0].path)
            )
            yield first, second


def _cross(mine: Place, other: Place, record: Record) -> None:
    rule = "cross-report-mismatch"
    comparison = compare(mine[1], other[1], same_scale(mine[0], other[0]))
    record.compared(rule, mine[0].path, comparison)
    alias = mine[1].alias != other[1].alias
    differing = sum(1 + len(d.others) for d in comparison.differences)
    sure = not alias or (comparison.agreed >= CORROBORATED and comparison.agreed > differing)
    for difference in comparison.differences:
        severity: Severity = "error" if sure and not difference.reading else "warning"
        record.add(_finding(rule, mine, other[0], difference, severity))


def _finding(
    rule: str, mine: Place, other: Digest, difference: Difference, severity: Severity
) -> Finding:
    report, row = mine
    figure = difference.mine
    variant = "/many" if difference.others else ""
    return Finding(
        rule,
        severity,
        report.path,
        rule + variant,
        (
            ("unit", row.name), ("field", figure.field), ("printed", figure.printed),
            ("other", other.path), ("other_printed", difference.other.printed),
            ("other_issuer", other.issuer_name or ""), ("fields", ";".join(difference.others)),
        ),
        page=figure.page, box=figure.box, table=row.table, row=row.index, unit=row.name,
        unit_code=row.code, field=figure.field, printed=figure.printed, expected=difference.expected,
        difference=difference.amount, cause="reading" if difference.reading else "report",
        consequences=("across/results-follow",) if difference.follows else (),
    )  # fmt: skip


def versions(reports: Sequence[Digest], record: Record) -> tuple[Digest, ...]:
    """Two versions of one report (same issuer, period and methodology) do not differ.

    The newer one, by date, number and file name, is used and handed back; where none of them tells, that is
    said, and the last by name is used. A copy byte for byte is said once, as a note.
    """
    kept: list[Digest] = []
    groups: dict[tuple[str | None, ...], list[Digest]] = {}
    for report in reports:
        known = report.issuer is not None and report.period is not None and report.shelved
        mark = (report.issuer, report.period, report.methodology) if known else (report.path,)
        groups.setdefault(mark, []).append(report)
    for group in groups.values():
        kept += _newest(group, record)
    return tuple(kept)


def copies(reports: Sequence[Digest], record: Record) -> tuple[Digest, ...]:
    """Say once that a file is byte for byte another one; the first by name is handed on."""
    first: dict[str, Digest] = {}
    for report in sorted(reports, key=lambda r: r.path):
        original = first.setdefault(report.sha256 or report.path, report)
        if original is not report:
            facts = (("other", original.path),)
            record.add(
                Finding(
                    "resubmission-conflict",
                    "info",
                    report.path,
                    "resubmission-conflict/copy",
                    facts,
                )
            )
    return tuple(first.values())


def _newest(group: Sequence[Digest], record: Record) -> list[Digest]:
    """Versions have rows of one kind of table in common; annexes sent apart are no versions."""
    ordered = sorted(sorted(group, key=lambda r: r.path), key=cmp_to_key(later))
    newest = ordered[-1]
    apart = [r for r in ordered[:-1] if not _kinds(r) & _kinds(newest)]
    for older in ordered[:-1]:
        if older not in apart:
            _conflict(newest, older, record)
    return [*apart, newest]


def _kinds(report: Digest) -> set[tuple[str, str]]:
    return {(row.kind, row.unit) for row in report.rows}


def _conflict(newest: Digest, older: Digest, record: Record) -> None:
    rule = "resubmission-conflict"
    message = rule if later(newest, older) > 0 else rule + "/unordered"
    before = {(row.kind, row.unit): row for row in older.rows}
    for row in newest.rows:
        counterpart = before.get((row.kind, row.unit))
        if counterpart is None:
            continue
        comparison = compare(row, counterpart, same_scale(newest, older))
        record.compared(rule, newest.path, comparison)
        for difference in comparison.differences:
            found = _finding(rule, (newest, row), older, difference, "warning")
            record.add(replace(found, message=found.message.replace(rule, message, 1)))
