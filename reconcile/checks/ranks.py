"""Checks of ranks: the printed rank against every rank that the row's figures may have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from normalise.register import Register
from normalise.submission import Entry, Rank, Submission
from reconcile.check import Failure, Place, Subject, check, place_of
from reconcile.diagnosis import Diagnosis, follows_a_wrong_figure, judged_tables
from reconcile.engine import ranked_score, ranks_of
from reconcile.figures import Figures, certain, rounded
from reconcile.finding import Cause, Severity
from reconcile.interval import Interval, plain
from reconcile.methodology import Methodology


@dataclass(frozen=True, slots=True)
class Ranking:
    """A printed rank and the ranks that are possible; none while the score is unread."""

    figures: Figures
    diagnosis: Diagnosis | None
    possible: tuple[Rank, ...]

    @property
    def ready(self) -> bool:
        if self.figures.rank is None or not self.possible:
            return False
        return self.diagnosis is None or not follows_a_wrong_figure(self.diagnosis)

    @property
    def place(self) -> Place:
        return place_of(self.figures.table, self.figures.row, self.figures.row.entry("rank"))

    @property
    def score(self) -> Entry:
        """The figure that the rank follows from."""
        figures = self.figures
        entry = figures.total if figures.methodology.ranked == "total" else figures.converted
        assert entry is not None
        return entry


@dataclass(frozen=True, slots=True)
class RankLabel:
    """The rank cell of a unit that has scores, with no rank in it that the methodology knows."""

    figures: Figures
    entry: Entry

    @property
    def ready(self) -> bool:
        return self.entry.status != "uncertain"

    @property
    def place(self) -> Place:
        return place_of(self.figures.table, self.figures.row, self.entry)


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterable[Subject]:
    """The rank cells of all rows that have scores."""
    if methodology is None:
        return
    for judged in judged_tables(submission, methodology):
        for figures, diagnosis in judged:
            entry = figures.row.entry("rank")
            if entry is not None and figures.scored:
                yield _subject(figures, diagnosis, entry)


def _subject(figures: Figures, diagnosis: Diagnosis | None, entry: Entry) -> Subject:
    if entry.rank is None:
        return RankLabel(figures, entry)
    return Ranking(figures, diagnosis, _possible(figures, diagnosis))


def _possible(figures: Figures, diagnosis: Diagnosis | None) -> tuple[Rank, ...]:
    """All ranks that the row allows; where an indicator is unread, those of the printed score."""
    score = figures.total if figures.methodology.ranked == "total" else figures.converted
    if score is None:
        return ()
    return diagnosis.ranks if diagnosis else ranks_of(figures, rounded(score))


@check("rank-mismatch", over=RankLabel)
def label_names_no_rank(s: RankLabel) -> Failure | None:
    """A unit with scores has no rank, or one whose label is none of the methodology's."""
    blank = s.entry.status in ("blank", "not-applicable")
    return Failure(
        severity="warning",
        facts=(("printed", s.entry.printed),),
        variant="missing" if blank else "unknown-label",
        cause="reading" if blank and s.entry.origin == "ocr" else _cause(s.entry),
        basis=s.figures.methodology.basis,
    )


@check("rank-mismatch", over=Ranking)
def rank_is_not_that_of_the_score(s: Ranking) -> Failure | None:
    """The rank is not the rank of the score, whichever values the score and its exact quotient stand for."""
    rank = s.figures.row.entry("rank")
    assert rank is not None
    if rank.rank in s.possible:
        return None
    return Failure(
        severity="error",
        facts=(*_facts(s), ("expected", ";".join(s.possible))),
        expected=s.possible[0] if len(s.possible) == 1 else None,
        cause="report" if s.figures.certain else "reading",
        basis=s.figures.methodology.basis,
    )


@check("borderline-rank", over=Ranking)
def rounding_alone_decides_the_rank(s: Ranking) -> Failure | None:
    """The score lies so near a threshold that rounding, or who the threshold itself belongs to, decides the
    rank. A warning when neither the printed score nor its exact quotient, taken at face value, gives it."""
    rank = s.figures.row.entry("rank")
    assert rank is not None
    wrong = s.diagnosis is not None and s.diagnosis.blames
    if wrong or rank.rank not in s.possible or len(s.possible) == 1:
        return None
    plainly = rank.rank in _at_face_value(s.figures)
    severity: Severity = "info" if plainly else "warning"
    return Failure(
        severity=severity,
        facts=(*_facts(s), ("possible", ";".join(s.possible))),
        variant=None if plainly else "against-print",
        cause="report" if s.figures.certain else "reading",
        basis=s.figures.methodology.basis,
    )


def _at_face_value(figures: Figures) -> set[Rank]:
    """The ranks of the score and of the exact quotient as printed, without their intervals."""
    found: set[Rank] = set()
    for total, converted in _points(figures):
        scores = ranked_score(figures, total, converted)
        found |= set(ranks_of(figures, scores)) if scores else set()
    return found


def _points(figures: Figures) -> Iterable[tuple[Interval, Interval | None]]:
    total, converted = figures.total, figures.converted
    base = total.value if total and total.value is not None else figures.printed_sum
    point = Interval(base, base)
    if converted is not None and converted.value is not None:
        yield point, Interval(converted.value, converted.value)
    if figures.complete and figures.scale and figures.maximum:
        yield point, point * figures.scale / figures.maximum
    elif figures.methodology.ranked == "total":
        yield point, None


def _facts(s: Ranking) -> tuple[tuple[str, str], ...]:
    rank = s.figures.row.entry("rank")
    assert rank is not None and s.score.value is not None
    return (
        ("printed", rank.printed),
        ("rank", rank.rank or ""),
        ("score", plain(s.score.value)),
        ("scored", s.score.field),
    )


def _cause(entry: Entry) -> Cause:
    return "report" if certain(entry) or entry.origin != "ocr" else "reading"
