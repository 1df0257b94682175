"""Report against report: one period's reports, versions of a report, this month and the last.

Works on digests only. A tally of `undecided` below zero takes back what `judge` counted before the
report of the period before was at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalise.register import Register
from reconcile.crosswise import Record, copies, cross_reports, versions
from reconcile.digest import Digest, digest
from reconcile.due import Matrix, matrix, missing
from reconcile.finding import Finding, Judged, Tally
from reconcile.previous import changes

__all__ = ["Across", "Digest", "Matrix", "across", "digest", "matrix"]


@dataclass(frozen=True, slots=True)
class Across:
    """What comparing reports gives. `tallies` and `judged` by document path; `judged` replaces the
    verdicts that `judge` left undecided for claims about a change."""

    findings: tuple[Finding, ...] = ()
    tallies: tuple[tuple[str, tuple[Tally, ...]], ...] = ()
    judged: tuple[tuple[str, tuple[Judged, ...]], ...] = ()


def across(
    digests: Sequence[Digest], register: Register, previous: Sequence[Digest] = ()
) -> Across:
    """Compare the reports of a folder with each other and with those of `previous`.

    Of copies and versions of one report only the newest is compared with others.
    """
    record = Record()
    distinct = copies(digests, record)
    current = versions([d for d in distinct if d.readable], record)
    earlier = versions([d for d in previous if d.readable], Record())
    cross_reports(current, record)
    judged = changes(current, earlier, record)
    missing(current, register, record)
    return Across(
        tuple(record.findings),
        record.tallies(),
        tuple((path, tuple(verdicts)) for path, verdicts in judged.items()),
    )
