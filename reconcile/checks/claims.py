"""The letter against the tables: a verdict for every claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalise.register import Register
from normalise.submission import Submission
from reconcile.finding import Finding, Judged, Recomputed, Tally


@dataclass(frozen=True, slots=True)
class Judgement:
    """Verdicts by claim; all findings of the submission, the given ones with what follows from them."""

    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]


def judge(
    submission: Submission,
    recomputed: Sequence[Recomputed],
    findings: tuple[Finding, ...],
    register: Register,
) -> Judgement:
    """Judge every claim of a submission, after the checks of its tables.

    `findings` are those of the tables. They come back with `consequences` where a claim only follows from
    one of them, followed by the claims' own findings.
    """
    return Judgement((), findings, ())
