"""Compares the findings of an audit with the planted errors: found, rule, cell, false alarms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.cells import plain

ACROSS = frozenset(
    {
        "cross-report-mismatch",
        "resubmission-conflict",
        "missing-submission",
        "previous-period-mismatch",
    }
)
"""Rules that compare reports: not counted where unrelated random reports share a folder."""
QUIET = frozenset({"borderline-rank", "total-improbable", "order-broken", "period-mismatch"})
"""Rules whose finding may be of severity `info` and is still what was looked for."""
Finding = dict[str, Any]


@dataclass
class Alarms:
    """How planted errors and clean reports fared. `accusations`: findings of severity error in a
    report with a planted error that neither name it nor follow from it."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    rule: Counter[str] = field(default_factory=Counter)
    cell: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    false_alarms: int = 0
    accusations: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: Alarms) -> None:
        for name in ("planted", "found", "rule", "cell"):
            getattr(self, name).update(getattr(other, name))
        for name in ("clean", "false_alarms", "accusations"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.faults += other.faults


def assess(errors: list[dict[str, Any]], findings: list[Finding], across: bool = False) -> Alarms:
    """The findings of one document against what was planted in it."""
    result = Alarms()
    counted = [f for f in findings if across or f["rule"] not in ACROSS]
    if not errors:
        result.clean = 1
        wrong = [f for f in counted if f["severity"] in ("error", "warning")]
        result.false_alarms = len(wrong)
        result.faults = [f"false alarm: {brief(f)}" for f in wrong]
        return result
    for error in errors:
        _planted(result, error, counted)
    strange = [
        f for f in counted if f["severity"] == "error" and not any(follows(f, e) for e in errors)
    ]
    result.accusations = len(strange)
    result.faults += [f"accused besides {errors[0]['kind']}: {brief(f)}" for f in strange]
    return result


def _planted(result: Alarms, error: dict[str, Any], findings: list[Finding]) -> None:
    kind = error["kind"]
    result.planted[kind] += 1
    near = [
        f
        for f in findings
        if about(f, error) and (f["severity"] != "info" or error["rule"] in QUIET)
    ]
    under = [f for f in near if f["rule"] == error["rule"]]
    at = [f for f in under if not error["fields"] or f["field"] in error["fields"]]
    related = [f for f in near if f["rule"] in (error["rule"], *error["also"]) or error["unit"]]
    result.found[kind] += bool(related)
    result.rule[kind] += bool(under)
    result.cell[kind] += bool(at)
    if not at:
        where = f"{error['rule']} {error['unit']} {error['fields']} {error['right']!r}->{error['printed']!r}"
        result.faults.append(f"{kind} ({where}): {[brief(f) for f in near] or 'not found'}")


def about(finding: Finding, error: dict[str, Any]) -> bool:
    """Whether a finding is on the unit of an error; an error of the whole report is on none."""
    if not error["unit"]:
        return bool(finding["rule"] == error["rule"])
    return plain(finding["unit"] or "") in {plain(unit) for unit in error["units"]}


def follows(finding: Finding, error: dict[str, Any]) -> bool:
    """Whether a finding names an error or only follows from it."""
    if finding["rule"] == error["rule"]:
        return about(finding, error)
    return finding["rule"] in error["also"]


def brief(finding: Finding) -> str:
    keys = ("severity", "rule", "unit", "field", "printed", "expected", "cause")
    return " ".join(str(finding[key]) for key in keys)
