"""Rows of which some indicator cannot be read: whatever stands there, their total may still be out of reach."""

from __future__ import annotations

from collections.abc import Iterable

from normalise.register import Register
from normalise.submission import Submission
from reconcile.blamed import facts
from reconcile.check import Failure, Place, Subject, check
from reconcile.diagnosis import judged_tables
from reconcile.figures import rounded
from reconcile.interval import Interval
from reconcile.methodology import Methodology
from reconcile.score_subjects import RowSubject


class Reach(RowSubject):
    """A total, the indicators that were read and the maxima of the others."""

    @property
    def ready(self) -> bool:
        return True

    @property
    def place(self) -> Place:
        return self.at(self.figures.total)

    @property
    def bounds(self) -> Interval:
        """What the total may be."""
        return self.figures.reach


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterable[Subject]:
    """Every score row with a total and an indicator that holds no legible number; rows that are only doubtful
    are judged as read (`reconcile.checks.reading`)."""
    for judged in judged_tables(submission, methodology) if methodology else ():
        for figures, diagnosis in judged:
            illegible = any(e.status == "unreadable" for e in figures.unread)
            if illegible and figures.total and not figures.hidden and "sum" not in judged.systemic:
                yield Reach(judged.rows, figures, diagnosis)


@check("total-mismatch", over=Reach)
def total_out_of_reach(s: Reach) -> Failure | None:
    """Some components cannot be read, and no score between 0 and their maxima would give the total."""
    total, bounds = s.figures.total, s.bounds
    assert total is not None
    if rounded(total).meets(bounds):
        return None
    ours = any(e.origin == "ocr" for e in s.figures.row.entries)
    least, most = bounds.texts
    return Failure(
        severity="warning" if ours else "error",
        facts=(
            *facts(s),
            ("unread", ";".join(e.field for e in s.figures.unread)),
            ("least", least),
            ("most", most),
        ),
        variant="out-of-reach",
        cause="reading" if ours else "report",
        basis=s.figures.methodology.basis,
    )
