"""Report against report: one period's reports, versions of a report, this month and the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalise.register import Register
from normalise.submission import Submission
from reconcile.finding import Finding, Judged, Tally


@dataclass(frozen=True, slots=True)
class Digest:
    """What comparing reports needs of one: small, so that a folder of a thousand fits in memory."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Across:
    """What comparing reports gives. `tallies` and `judged` by document path; `judged` replaces the
    verdicts that `judge` left undecided for claims about a change."""

    findings: tuple[Finding, ...] = ()
    tallies: tuple[tuple[str, tuple[Tally, ...]], ...] = ()
    judged: tuple[tuple[str, tuple[Judged, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which unit sent a report for which period: `cells[i][j]` is the path of unit i's report for
    period j, None where it owes one and sent none, and "" where it owes none."""

    units: tuple[str, ...]
    periods: tuple[str, ...]
    cells: tuple[tuple[str | None, ...], ...]


def digest(submission: Submission) -> Digest:
    """The part of a submission that other reports are compared with."""
    return Digest(submission.path, submission.sha256)


def across(
    digests: Sequence[Digest], register: Register, previous: Sequence[Digest] = ()
) -> Across:
    """Compare the reports of a folder with each other and with those of `previous`."""
    return Across()


def matrix(digests: Sequence[Digest], register: Register) -> Matrix:
    """Unit by month, for the units that owe reports."""
    return Matrix((), (), ())
