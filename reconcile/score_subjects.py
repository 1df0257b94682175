"""What the checks of score rows look at: one relation of one row each, with the diagnosis of the row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from normalise.submission import Entry, ScoredRow
from reconcile.check import Place, Subject, place_of
from reconcile.diagnosis import Blame, Diagnosis
from reconcile.figures import Figures
from reconcile.habits import ScoreRows


@dataclass(frozen=True, slots=True)
class RowSubject:
    """A row of a score table; `diagnosis` is None while some indicator of it is unread."""

    rows: ScoreRows
    figures: Figures
    diagnosis: Diagnosis | None

    def blame(self, rule: str) -> Blame | None:
        blames = self.diagnosis.blames if self.diagnosis else ()
        return next((b for b in blames if rule_of(b) == rule), None)

    def at(self, entry: Entry | None) -> Place:
        return place_of(self.figures.table, self.figures.row, entry)

    def spoiled(self, relation: str, rule: str) -> bool:
        """Whether the relation is broken by a figure that another rule names."""
        broken = self.diagnosis is not None and relation in self.diagnosis.broken
        return broken and self.blame(rule) is None


class Sum(RowSubject):
    """A total and its parts."""

    @property
    def ready(self) -> bool:
        known = self.diagnosis is not None and self.figures.total is not None
        return known and not self.spoiled("sum", "total-mismatch")

    @property
    def place(self) -> Place:
        return self.at(self.figures.total or self.figures.row.entry("total"))


class Ratio(RowSubject):
    """A converted score, its total and the applicable maximum."""

    @property
    def ready(self) -> bool:
        known = self.diagnosis is not None and self.figures.converted is not None
        return known and not self.spoiled("ratio", "converted-mismatch")

    @property
    def place(self) -> Place:
        return self.at(self.figures.converted or self.figures.row.entry("converted"))


class Denominator(RowSubject):
    """A denominator printed behind the total."""

    @property
    def ready(self) -> bool:
        return self.diagnosis is not None and not self.spoiled(
            "denominator", "denominator-mismatch"
        )

    @property
    def place(self) -> Place:
        return self.at(self.figures.total)


class OfficerAverage(RowSubject):
    """An officers' average and its criteria."""

    @property
    def ready(self) -> bool:
        known = self.diagnosis is not None and self.figures.officer_average is not None
        return known and not self.spoiled("average", "officer-average-mismatch")

    @property
    def place(self) -> Place:
        return self.at(self.figures.row.entry("officer_average"))


@dataclass(frozen=True, slots=True)
class Component:
    """One printed indicator and its maximum."""

    row: RowSubject
    entry: Entry

    @property
    def ready(self) -> bool:
        return self.entry.known

    @property
    def place(self) -> Place:
        return self.row.at(self.entry)


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A row of scores under no known methodology: nothing says which of its figures add up."""

    table: str
    row: ScoredRow
    ready: bool = False

    @property
    def place(self) -> Place:
        return place_of(self.table, self.row, None)


def subjects_of_row(
    rows: ScoreRows, figures: Figures, diagnosis: Diagnosis | None
) -> Iterator[Subject]:
    row = figures.row
    if row.entry("total"):
        yield Sum(rows, figures, diagnosis)
    if row.entry("converted") and figures.methodology.scales:
        yield Ratio(rows, figures, diagnosis)
    if figures.denominator is not None:
        yield Denominator(rows, figures, diagnosis)
    if row.entry("officer_average") and figures.methodology.officer_average:
        yield OfficerAverage(rows, figures, diagnosis)
    whole = RowSubject(rows, figures, diagnosis)
    yield from (Component(whole, e) for e in (*figures.parts, *figures.unread))


def rule_of(blame: Blame) -> str:
    """The rule under which a wrong figure is reported."""
    kind, relations = blame.suspect.kind, blame.relations
    field = blame.suspect.entry.field
    if kind.startswith("denominator"):
        return "denominator-mismatch"
    if field == "converted":
        return "converted-mismatch"
    if field == "officer_average" or relations == {"average"}:
        return "officer-average-mismatch"
    if "range" in relations and field not in ("total", "converted"):
        return "score-out-of-range"
    if field == "total" or "sum" in relations:
        return "total-mismatch"
    return "denominator-mismatch" if "denominator" in relations else "converted-mismatch"
