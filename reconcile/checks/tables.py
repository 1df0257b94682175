"""Checks of a score table as a whole: how it rounds, and on which scale it converts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

from normalise.register import Register
from normalise.submission import Submission
from reconcile.check import Failure, Place, Subject, check
from reconcile.checks.reading import as_read
from reconcile.diagnosis import JudgedRows, judged_tables
from reconcile.engine import quotient
from reconcile.figures import Figures, outer, rounded, unit_of
from reconcile.habits import ScoreRows
from reconcile.interval import Interval, plain
from reconcile.methodology import Methodology
from reconcile.state import Relation, state_of

LEAST_CUT = 3
"""From so many converted scores on that are cut off rather than rounded it is a habit. One or two come about
by computing from an unrounded total; the province's report of 2023-07 has seven."""

Ending = Literal["cut", "rounded", "either", "neither"]


@dataclass(frozen=True, slots=True)
class _Whole:
    judged: JudgedRows

    @property
    def rows(self) -> ScoreRows:
        return self.judged.rows

    @property
    def ready(self) -> bool:
        return any(f.complete and f.total for f in self.rows.figures)

    @property
    def place(self) -> Place:
        return Place(page=self.rows.table.page, table=self.rows.table.id)


class Components(_Whole):
    """A score table's components and totals."""


class Converting(_Whole):
    """A score table that converts its totals."""

    @property
    def place(self) -> Place:
        return Place(page=self.rows.table.page, table=self.rows.table.id, field="converted")


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterable[Subject]:
    """Every score table, once for its components and once for its converted scores."""
    if methodology is None:
        return
    settled = judged_tables(submission, methodology)
    for judged, read in zip(settled, judged_tables(as_read(submission), methodology), strict=True):
        yield Components(judged)
        yield from _systemic(judged if judged.rows.table.ruled else read)
        if any(f.converted for f in judged.rows.figures):
            yield Converting(judged)


@dataclass(frozen=True, slots=True)
class Systemic:
    """A relation that most rows of a score table break."""

    judged: JudgedRows
    field: str
    broken: int
    ready: bool = True

    @property
    def place(self) -> Place:
        table = self.judged.rows.table
        return Place(page=table.page, table=table.id, field=self.field)

    @property
    def perhaps_misread(self) -> bool:
        rows = self.judged.rows
        return not rows.table.ruled or any(f.row.unit.ocr for f in rows.figures)

    def failure(self) -> Failure:
        """Said once, for a person to find out what the table means."""
        methodology = self.judged.rows.methodology
        rows = str(len(self.judged.diagnoses))
        return Failure(
            severity="warning",
            facts=(("broken", str(self.broken)), ("rows", rows), ("number", methodology.number)),
            variant="table",
            cause="reading" if self.perhaps_misread else "report",
            basis=methodology.basis,
        )


class SystemicSum(Systemic):
    """Most totals do not follow from the components."""


class SystemicRatio(Systemic):
    """Most converted scores do not follow from the totals."""


class SystemicDenominator(Systemic):
    """Most printed denominators are not the applicable maximum."""


class SystemicAverage(Systemic):
    """Most officers' averages do not follow from the criteria."""


SYSTEMIC: dict[Relation, tuple[type[Systemic], str]] = {
    "sum": (SystemicSum, "total"),
    "ratio": (SystemicRatio, "converted"),
    "denominator": (SystemicDenominator, "total"),
    "average": (SystemicAverage, "officer_average"),
}


def _systemic(judged: JudgedRows) -> Iterator[Systemic]:
    for relation, (kind, field) in SYSTEMIC.items():
        if relation in judged.systemic:
            broken = sum(relation in d.broken for d in judged.diagnoses if d)
            yield kind(judged, field, broken)


@check("total-mismatch", over=SystemicSum)
def totals_do_not_follow(s: SystemicSum) -> Failure:
    """Most totals of a table do not follow from its components: the table means something else, or another
    methodology applies. No single row is accused."""
    return s.failure()


@check("converted-mismatch", over=SystemicRatio)
def converted_scores_do_not_follow(s: SystemicRatio) -> Failure:
    """Most converted scores of a table do not follow from its totals; no single row is accused."""
    return s.failure()


@check("denominator-mismatch", over=SystemicDenominator)
def denominators_are_others(s: SystemicDenominator) -> Failure:
    """Most denominators of a table are not the applicable maximum; no single row is accused."""
    return s.failure()


@check("officer-average-mismatch", over=SystemicAverage)
def averages_do_not_follow(s: SystemicAverage) -> Failure:
    """Most officers' averages of a table do not follow from its criteria; no single row is accused."""
    return s.failure()


@check("rounding", over=Components)
def components_are_cut_off(s: Components) -> Failure | None:
    """The table's totals only follow from its components if those were cut off instead of rounded."""
    if not s.rows.cut:
        return None
    rows = [f for f in s.rows.figures if f.complete and f.total]
    return Failure(severity="info", facts=(("rows", str(len(rows))),), variant="components")


@check("rounding", over=Components)
def totals_are_cut_off(s: Components) -> Failure | None:
    """Totals of the table only agree with components and converted score if they were cut off, not rounded."""
    rows = [f for f in s.rows.figures if f.complete and f.total]
    cut = sum(map(_total_only_if_cut, rows))
    if not cut:
        return None
    facts = (("rows", str(cut)), ("of", str(len(rows))))
    return Failure(severity="info", facts=facts, variant="totals", likely="cut-off")


@check("rounding", over=Converting)
def converted_scores_are_cut_off(s: Converting) -> Failure | None:
    """Converted scores of the table are right but for the last digit, which was cut off instead of rounded."""
    endings = [ending(f) for f in s.rows.figures]
    cut, right = endings.count("cut"), endings.count("rounded")
    impossible = sum(map(_only_if_cut, s.rows.figures))
    if not impossible and (cut < LEAST_CUT or cut < right):
        return None
    count = str(max(cut, impossible))
    return Failure(
        severity="info",
        facts=(("rows", count), ("of", str(len(endings)))),
        variant="converted",
        likely="cut-off",
    )


def ending(f: Figures) -> Ending:
    """How the last digit of a converted score came about, from the total as printed."""
    if not (f.complete and f.total and f.converted and f.total.value is not None):
        return "neither"
    exact = quotient(Interval(f.total.value, f.total.value), f)
    if exact is None:
        return "neither"
    unit = unit_of(f.converted)
    floor = (exact.low / unit).to_integral_value(ROUND_FLOOR) * unit
    nearest = (exact.low / unit).to_integral_value(ROUND_HALF_UP) * unit
    if f.converted.value not in (floor, nearest):
        return "neither"
    if floor == nearest:
        return "either"
    return "cut" if f.converted.value == floor else "rounded"


def _total_only_if_cut(f: Figures) -> bool:
    assert f.total is not None
    state = state_of(f)
    return not state.broken() and bool(replace(state, total=rounded(f.total)).broken())


def _only_if_cut(f: Figures) -> bool:
    """Whether rounding cannot have given the converted score, but cutting off can."""
    if not (f.complete and f.total and f.converted and f.converted.value is not None):
        return False
    exact = quotient(outer(f.total), f)
    near = Interval(f.converted.value, f.converted.value + unit_of(f.converted))
    return exact is not None and near.meets(exact) and not rounded(f.converted).meets(exact)


@check("unusual-scale", over=Converting)
def another_scale_than_usual(s: Converting) -> Failure | None:
    """The converted scores are on another scale than the methodology's usual one."""
    usual = s.rows.methodology.scales[0]
    if s.rows.scale in (usual, None):
        return None
    scale = s.rows.scale or Decimal(0)
    return Failure(severity="info", facts=(("scale", plain(scale)), ("usual", plain(usual))))
