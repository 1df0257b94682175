"""A finding is unworded: rule, place and facts. `report` puts it into Vietnamese or English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.document import Box

Severity = Literal["error", "warning", "info"]
Cause = Literal["report", "reading"]
Verdict = Literal["confirmed", "contradicted", "undecided"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or worth a look, at one place.

    `message` is the key of its wording, the rule name or `rule/variant`; `facts` fill the placeholders:
    numbers as decimal strings with a point, printed texts verbatim. `printed`, `expected` and `difference`
    are as in the contract. `consequences` are the messages of what only follows from this finding.
    `likely` is a key of a probable slip (`digits-swapped`, `comma-lost`, `blank-as-zero`, `cut-off`, ...).
    `id` is given by the runner.
    """

    rule: str
    severity: Severity
    document: str
    message: str
    facts: tuple[tuple[str, str], ...] = ()
    page: int | None = None
    box: Box | None = None
    table: str | None = None
    row: int | None = None
    unit: str | None = None
    unit_code: str | None = None
    field: str | None = None
    printed: str | None = None
    expected: str | None = None
    difference: str | None = None
    cause: Cause = "report"
    basis: str | None = None
    likely: str | None = None
    consequences: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a rule was decided: `no finding` always says out of how many."""

    rule: str
    passed: int = 0
    failed: int = 0
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on `Submission.claims[index]`."""

    index: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What a row's printed components allow: closed intervals as (low, high); None where not computable."""

    table: str
    row: int
    applicable_max: str | None
    total: tuple[str, str] | None
    converted: tuple[str, str] | None
    rank: str | None
    ranks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Examined:
    """All that checking one submission alone gives."""

    findings: tuple[Finding, ...] = ()
    tallies: tuple[Tally, ...] = ()
    judged: tuple[Judged, ...] = ()
    recomputed: tuple[Recomputed, ...] = ()
