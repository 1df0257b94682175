"""Which figure is wrong: the smallest set of figures whose change makes the whole row agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from normalise.submission import Entry, FieldTable, Rank, Submission
from normalise.table import column_name
from reconcile.engine import ranked_score, ranks_of
from reconcile.evidence import Derived, evidence
from reconcile.figures import Figures, rounded, score_tables
from reconcile.habits import DerivedValues, ScoreRows, read_habits
from reconcile.interval import Interval
from reconcile.methodology import Methodology
from reconcile.ordering import RowPlace, place, score_of, sorted_by
from reconcile.state import Relation, State, state_of
from reconcile.suspects import Suspect, suspects

CLEAR = 0.6
"""From this share of all weight on a component is named; below, the finding stands on the figure computed
from it and lists the components that may be wrong: an innocent one would send the officer to the wrong place.
In the mutation run a component named at this share is the changed one nine times in ten."""

WORTH_NAMING = 0.05
"""Components with a smaller share of the weight are not listed."""

RANK_KEPT, RANK_FOLLOWED, RANK_AGAINST = 1.0, 0.3, 0.05
"""What the printed rank says of a suspect: right for the row put right, right only for the row as printed,
right for neither. A wrong rank beside another error is rarer than a rank computed from a wrong figure."""

PLACE_KEPT, PLACE_FOLLOWED, PLACE_AGAINST = 1.0, 0.3, 0.01
"""What the row's place says of a suspect, in a table that stands in the order of its scores: right for the row put
right; right only for it as printed, so that it was sorted with the wrong figure (as with ranks); right for neither:
of the 92 rows of the five reports one was moved, and that to any of the places at hand."""

SYSTEMIC_ROWS, SYSTEMIC_SHARE = 4, Fraction(2, 3)
"""A relation broken in so many rows and in more than this share of them is not what the office means by its
columns, or the methodology is not the one it applied: said once, and no row is accused. The five reports break
none in more than two rows of 27."""

WITH_PARTS: tuple[Relation, ...] = ("sum", "average", "denominator")
"""What a part that is not known leaves open."""

GROUPS: tuple[tuple[Relation, ...], ...] = (
    ("range", "sum"),
    ("range",),
    ("sum",),
    ("ratio", "denominator"),
    ("average",),
)
"""When no single figure explains the row, each group of relations is explained by itself; a relation that an
earlier group explains is not explained again."""


@dataclass(frozen=True, slots=True)
class Blame:
    """The figure at fault and why. `relations` are those it explains; `others` are the fields that may be
    wrong instead, `named` whether this one is surely likelier than they are."""

    suspect: Suspect
    relations: frozenset[Relation]
    named: bool
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A complete row judged as a whole.

    `broken` are the relations that the printed figures do not allow; `blames` explain them. `ranks` are those
    that the row put right may have, `printed_ranks` those of the row as printed.
    """

    figures: Figures
    broken: frozenset[Relation]
    blames: tuple[Blame, ...]
    ranks: tuple[Rank, ...]
    printed_ranks: tuple[Rank, ...]


def follows_a_wrong_figure(diagnosis: Diagnosis) -> bool:
    """Whether the printed rank is right for the row as printed, and only the row is wrong."""
    entry = diagnosis.figures.rank
    if entry is None or not diagnosis.blames or entry.rank in diagnosis.ranks:
        return False
    return entry.rank in diagnosis.printed_ranks


@dataclass(frozen=True, slots=True)
class JudgedRows:
    """A score table with the diagnosis of each row, None while some indicator of the row is unread.

    `systemic` are the relations that most rows break, or that a column without a field leaves open: for them
    no row is blamed.
    """

    rows: ScoreRows
    diagnoses: tuple[Diagnosis | None, ...]
    systemic: frozenset[Relation] = frozenset()

    def __iter__(self) -> Iterator[tuple[Figures, Diagnosis | None]]:
        return zip(self.rows.figures, self.diagnoses, strict=True)


@lru_cache(maxsize=2)
def judged_tables(submission: Submission, methodology: Methodology) -> tuple[JudgedRows, ...]:
    """Every score table of a submission, judged; kept, since several areas of checks ask for it."""
    derived = [d for e in evidence(submission, methodology) if e.trusted for d in e.rows]
    return tuple(
        _judged_rows(read_habits(table, methodology, _derived(table, derived)))
        for table in score_tables(submission)
    )


def _derived(table: FieldTable, derived: Sequence[Derived]) -> DerivedValues:
    found = [d for d in derived if d.score.table.id == table.id]
    return tuple(((d.score.row.index, d.entry.field), d.value) for d in found if d.value)


def _judged_rows(rows: ScoreRows) -> JudgedRows:
    states = [state_of(f) for f in rows.figures if f.complete]
    common = systemic(states) | _unsure(rows, states)
    diagnoses = (diagnose(rows, f, common) if f.complete else None for f in rows.figures)
    return JudgedRows(rows, tuple(diagnoses), common)


def systemic(states: Sequence[State]) -> frozenset[Relation]:
    """The relations that most rows break."""
    broken = Counter(relation for state in states for relation in state.broken())
    return frozenset(
        relation
        for relation, count in broken.items()
        if relation != "range" and count >= SYSTEMIC_ROWS and count > SYSTEMIC_SHARE * len(states)
    )


def _unsure(rows: ScoreRows, states: Sequence[State]) -> frozenset[Relation]:
    """The relations that a column without a field may belong to: it stands before the total, some part has no
    column, and most rows where it holds a figure do not agree without it."""
    table, parts = rows.table, rows.methodology.parts
    if all(table.column(part.field) for part in parts):
        return frozenset()
    total = table.column("total")
    end = total.index if total else len(table.columns)
    hidden = [column_name(c.index) for c in table.columns if c.field is None and c.index < end]
    found: set[Relation] = set()
    for name in hidden:
        held = [state for state in states if _holds(state, name)]
        for relation in WITH_PARTS:
            broken = sum(relation in state.broken() for state in held)
            if 2 * broken > len(held):
                found.add(relation)
    return frozenset(found)


def _holds(state: State, field: str) -> bool:
    entry = state.figures.row.entry(field)
    return entry is not None and (bool(entry.value) or entry.status in ("uncertain", "unreadable"))


def diagnose(
    rows: ScoreRows, figures: Figures, systemic: frozenset[Relation] = frozenset()
) -> Diagnosis:
    """Judge a row; it must be complete. Relations that are `systemic` blame no figure of it."""
    state = state_of(figures)
    judged = state.only(state.judged - systemic) if systemic else state
    blames = _explain(rows, judged, judged.broken())
    ranks = _right_ranks(state, blames)
    return Diagnosis(figures, state.broken(), blames, ranks, ranks_of_state(state))


def _right_ranks(state: State, blames: Sequence[Blame]) -> tuple[Rank, ...]:
    """The ranks of the row put right. With several wrong figures any of them may have given the rank, and so
    may the components alone."""
    right = [b.suspect.state for b in blames] or [state]
    if len(blames) > 1:
        right.append(replace(state, total=None, converted=None))
    found = {rank for each in right for rank in ranks_of_state(each)}
    return tuple(b.rank for b in state.figures.methodology.bands if b.rank in found)


def _explain(rows: ScoreRows, state: State, broken: frozenset[Relation]) -> tuple[Blame, ...]:
    if not broken:
        return ()
    whole = _likeliest(rows, state, broken)
    if whole:
        return (whole,)
    found: list[Blame] = []
    for group in GROUPS:
        left = broken.difference(*(b.relations for b in found))
        part = left & set(group)
        blame = _likeliest(rows, state.only(group), part) if part else None
        if blame and blame.suspect.entry not in [b.suspect.entry for b in found]:
            found.append(blame)
    return tuple(found)


def _likeliest(rows: ScoreRows, state: State, broken: frozenset[Relation]) -> Blame | None:
    stands = place(rows.figures, state.figures)
    weighed = sorted(
        (
            (s.weight * _rank_evidence(state, s) * _place_evidence(rows, stands, state, s.state), s)
            for s in suspects(rows, state)
        ),
        key=lambda pair: -pair[0],
    )
    if not weighed:
        return None
    whole = sum(weight for weight, _ in weighed) or 1.0
    best = weighed[0][1]
    named = weighed[0][0] >= CLEAR * whole
    if not named and "sum" not in broken and _is_part(best):
        best = next((s for _, s in weighed if not _is_part(s)), best)
    others = [s.entry.field for w, s in weighed if w >= WORTH_NAMING * whole]
    return Blame(best, broken, named, _different(best.entry.field, others))


def _is_part(suspect: Suspect) -> bool:
    return suspect.state.figures.methodology.part(suspect.entry.field) is not None


def _different(field: str, others: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(o for o in others if o != field))


def _rank_evidence(state: State, suspect: Suspect) -> float:
    rank = state.figures.rank
    if rank is None or rank.rank in ranks_of_state(suspect.state):
        return RANK_KEPT
    return RANK_FOLLOWED if rank.rank in ranks_of_state(state) else RANK_AGAINST


def _place_evidence(rows: ScoreRows, stands: RowPlace | None, state: State, right: State) -> float:
    if stands is None:
        return PLACE_KEPT
    field = sorted_by(rows.figures)
    total = right.total or right.sum
    score = (right.converted or right.quotient()) if field == "converted" else total
    if score is None or score.meets(stands.span):
        return PLACE_KEPT
    printed = score_of(state.figures, field)
    if printed is not None and printed in stands.span:
        return PLACE_FOLLOWED
    return PLACE_AGAINST / stands.of


def ranks_of_state(state: State) -> tuple[Rank, ...]:
    """Every rank that the printed score or the exact quotient may have, the highest first."""
    figures = state.figures
    scores = _printed_score(state)
    exact = ranked_score(figures, state.total or state.sum, state.quotient())
    found = [ranks_of(figures, s) for s in (scores, exact) if s]
    order = [band.rank for band in figures.methodology.bands]
    return tuple(rank for rank in order if any(rank in ranks for ranks in found))


def _printed_score(state: State) -> Interval | None:
    """The score as printed, or as put right. A printed one counts as rounded: cut off to 89.9, 90 is not."""
    figures = state.figures
    total = _as_rounded(figures.total, state.total) or state.sum
    return ranked_score(figures, total, _as_rounded(figures.converted, state.converted))


def _as_rounded(printed: Entry | None, now: Interval | None) -> Interval | None:
    if printed is None or printed.value is None or now is None:
        return now
    return rounded(printed) if printed.value in now else now
