"""A check: one small function over one subject, and the runner that counts every outcome.

    @check("formula-mismatch", over=FormulaRow)
    def formula_not_kept(s: FormulaRow) -> Failure | None:
        \"\"\"What the rule means, in a sentence; the rule reference prints it.\"\"\"

A check returns None when satisfied, else a `Failure`. It never sees a subject that is not `ready`: the
runner counts that as undecided. One rule may have several checks over different subjects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from extract.document import Box
from normalise.submission import Entry, ScoredRow
from reconcile.finding import Cause, Finding, Severity, Tally


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding points: as much as is known of page, box, table, row, unit and field."""

    page: int | None = None
    box: Box | None = None
    table: str | None = None
    row: int | None = None
    unit: str | None = None
    unit_code: str | None = None
    field: str | None = None
    printed: str | None = None


def place_of(table: str, row: ScoredRow, entry: Entry | None) -> Place:
    """The place of one cell of a row, or of the row itself when `entry` is None."""
    return Place(
        page=entry.page if entry else row.page,
        box=entry.box if entry else row.box,
        table=table,
        row=row.index,
        unit=row.unit.name or None,
        unit_code=row.unit.code,
        field=entry.field if entry else None,
        printed=entry.printed if entry else None,
    )


class Subject(Protocol):
    """What a check looks at. `ready` is False while a value it needs is unread or in doubt."""

    @property
    def ready(self) -> bool: ...

    @property
    def place(self) -> Place: ...


@dataclass(frozen=True, slots=True)
class Failure:
    """What a check found wrong. `place` overrides the subject's; `variant` picks another wording."""

    severity: Severity
    facts: tuple[tuple[str, str], ...] = ()
    expected: str | None = None
    difference: str | None = None
    variant: str | None = None
    place: Place | None = None
    cause: Cause = "report"
    basis: str | None = None
    likely: str | None = None
    consequences: tuple[str, ...] = ()


S = TypeVar("S", bound=Subject)


@dataclass(frozen=True, slots=True)
class Check:
    rule: str
    over: type[Any]
    decide: Callable[[Any], Failure | None]


CHECKS: list[Check] = []
"""Every check of the program, filled by the decorator when `reconcile.checks` is imported."""


def check(
    rule: str, over: type[S]
) -> Callable[[Callable[[S], Failure | None]], Callable[[S], Failure | None]]:
    """Register a function as a check of `rule` over subjects of one type."""

    def register(decide: Callable[[S], Failure | None]) -> Callable[[S], Failure | None]:
        CHECKS.append(Check(rule, over, decide))
        return decide

    return register


def run(
    subjects: Iterable[Subject], document: str
) -> tuple[tuple[Finding, ...], tuple[Tally, ...]]:
    """Put every check to every subject of its type; count passed, failed and undecided."""
    findings: list[Finding] = []
    passed: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    undecided: Counter[str] = Counter()
    for subject in subjects:
        for rule in CHECKS:
            if not isinstance(subject, rule.over):
                continue
            if not subject.ready:
                undecided[rule.rule] += 1
                continue
            failure = rule.decide(subject)
            if failure is None:
                passed[rule.rule] += 1
            else:
                failed[rule.rule] += 1
                findings.append(finding_of(rule.rule, failure, subject.place, document))
    rules = sorted({*passed, *failed, *undecided})
    tallies = tuple(Tally(r, passed[r], failed[r], undecided[r]) for r in rules)
    return tuple(findings), tallies


def finding_of(rule: str, failure: Failure, place: Place, document: str) -> Finding:
    """A failure at its place. `cause: reading` lowers the severity to a warning at most (contract)."""
    at = failure.place or place
    severity = failure.severity
    if failure.cause == "reading" and severity == "error":
        severity = "warning"
    return Finding(
        rule=rule,
        severity=severity,
        document=document,
        message=f"{rule}/{failure.variant}" if failure.variant else rule,
        facts=failure.facts,
        page=at.page,
        box=at.box,
        table=at.table,
        row=at.row,
        unit=at.unit,
        unit_code=at.unit_code,
        field=at.field,
        printed=at.printed,
        expected=failure.expected,
        difference=failure.difference,
        cause=failure.cause,
        basis=failure.basis,
        likely=failure.likely,
        consequences=failure.consequences,
    )


def add_tallies(groups: Iterable[Iterable[Tally]]) -> tuple[Tally, ...]:
    """The sum of several runs' tallies, by rule."""
    total: dict[str, Tally] = {}
    for group in groups:
        for t in group:
            old = total.get(t.rule, Tally(t.rule))
            total[t.rule] = replace(
                old,
                passed=old.passed + t.passed,
                failed=old.failed + t.failed,
                undecided=old.undecided + t.undecided,
            )
    return tuple(total[rule] for rule in sorted(total))
