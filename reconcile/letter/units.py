"""Claims about named units: a rank or condition they have, files overdue, first and last place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalise.submission import Claim, UnitMatch
from reconcile.finding import Verdict
from reconcile.letter.view import Row, View
from reconcile.letter.weigh import Answer, Misfit, Weighed, holds, near_limit, reading

_KNOWN = frozenset({"excellent", "good", "fair", "average", "weak"})


def weigh_rank_list(view: View, claim: Claim) -> Weighed:
    """Each unit named under a rank, against its printed rank and the one its figures give."""
    ranks = frozenset((claim.get("ranks") or "").split(";"))
    if not ranks <= _KNOWN:
        return Weighed(claim, "undecided")
    answers: list[Answer] = []
    misfits: list[Misfit] = []
    follows: list[tuple[Row, str]] = []
    for unit in claim.units:
        rows = view.of_unit(unit, view.scores)
        answer, row = _has_rank(rows, ranks)
        by_figures = [r for r in rows if len(r.ranks) == 1 and r.ranks[0] in ranks]
        if answer is False and by_figures:
            follows.append((by_figures[0], "claims/agrees-with-parts"))
            answer = True
        elif answer is False and row is not None:
            misfits.append(_wrong_rank(claim, unit, row))
        elif answer and row is not None and len(row.ranks) == 1 and row.ranks[0] not in ranks:
            follows.append((row, "claims/repeats-table"))
        answers.append(answer)
    return Weighed(claim, verdict(answers), tuple(misfits), tuple(follows))


def verdict(answers: Sequence[Answer]) -> Verdict:
    if False in answers:
        return "contradicted"
    return "confirmed" if answers and all(answers) else "undecided"


def _has_rank(rows: Sequence[Row], ranks: frozenset[str]) -> tuple[Answer, Row | None]:
    known = [r for r in rows if r.rank is not None]
    for row in known:
        if row.rank in ranks:
            return True, row
    return (False, known[0]) if known and len(known) == len(rows) else (None, None)


def _wrong_rank(claim: Claim, unit: UnitMatch, row: Row) -> Misfit:
    entry = row.row.entry("rank")
    return Misfit(
        "list-mismatch", expected=row.rank, printed=claim.get("ranks"), unit=unit, row=row,
        field="rank", reading=reading(claim, [row], ("rank",)),
        facts=(
            ("text", claim.text), ("unit", unit.name), ("ranks", claim.get("ranks") or ""),
            ("in_table", entry.printed if entry else ""),
        ),
    )  # fmt: skip


def weigh_condition_list(view: View, claim: Claim) -> Weighed:
    """Each unit named under a condition; the first column meant decides, another may excuse."""
    answers: list[Answer] = []
    misfits: list[Misfit] = []
    for unit in claim.units:
        tried = list(_condition(view, claim, unit))
        found = [answer for answer, _, _ in tried]
        if found and found[0]:
            answers.append(True)
        elif not found or any(a is not False for a in found) or _unproven(claim, tried[0][2]):
            answers.append(None)
        else:
            answers.append(False)
            misfits.append(_unmet(claim, unit, tried[0][1], tried[0][2]))
    return Weighed(claim, verdict(answers), tuple(misfits))


def _condition(view: View, claim: Claim, unit: UnitMatch) -> Iterator[tuple[Answer, Row, str]]:
    for name in (claim.get("fields") or "").split(";"):
        for row in view.of_unit(unit, view.with_field(name)):
            answer = holds(view, claim, name)(row)
            if answer is False and near_limit(claim, row.row.entry(name), view.maximum(row, name)):
                answer = None
            yield answer, row, name


def _unproven(claim: Claim, name: str) -> bool:
    """A percentage read off a score is no proof: only `online_2` is known to follow from one."""
    return claim.get("percent") is not None and not name.endswith("_rate")


def _unmet(claim: Claim, unit: UnitMatch, row: Row, name: str) -> Misfit:
    entry = row.row.entry(name)
    return Misfit(
        "list-mismatch", expected=str(entry.value) if entry else None, variant="condition", unit=unit,
        row=row, field=name, reading=reading(claim, [row], (name,)),
        facts=(
            ("text", claim.text), ("unit", unit.name), ("field", name),
            ("in_table", entry.printed if entry else ""),
        ),
    )  # fmt: skip


def weigh_late(view: View, claim: Claim) -> Weighed:
    """Files overdue against the score for progress. A full score beside an overdue file is only odd:
    how the score is made is not known, so nothing here is an error."""
    rows = view.with_field("progress")
    if claim.get("what") == "never":
        below = [r for r in rows if _at_maximum(view, r) is False]
        unknown = any(_at_maximum(view, r) is None for r in rows)
        misfits = tuple(_odd(claim, r, "never-late") for r in below)
        sure: Verdict = "undecided" if below or unknown or not rows else "confirmed"
        return Weighed(claim, sure, misfits)
    found = [(unit, r) for unit in claim.units for r in view.of_unit(unit, rows)]
    odd = tuple(_odd(claim, r, "late") for _, r in found if _at_maximum(view, r))
    settled = len(found) == len(claim.units) and all(
        _at_maximum(view, r) is False for _, r in found
    )
    return Weighed(claim, "confirmed" if settled else "undecided", odd)


def _at_maximum(view: View, row: Row) -> Answer:
    entry, maximum = row.row.entry("progress"), view.maximum(row, "progress")
    if entry is None or not entry.known or entry.value is None or maximum is None:
        return None
    return entry.value == maximum


def _odd(claim: Claim, row: Row, variant: str) -> Misfit:
    entry = row.row.entry("progress")
    return Misfit(
        "list-mismatch", variant=variant, severity="warning", unit=row.row.unit, row=row, field="progress",
        reading=reading(claim, [row], ("progress",)),
        facts=(
            ("text", claim.text), ("unit", row.name), ("in_table", entry.printed if entry else ""),
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Whether units are in first place by a field, the best row of those not named, and the worst of those named."""

    answer: Answer
    best: Row
    wrong: Row
    field: str


def weigh_extreme(view: View, claim: Claim) -> Weighed:
    """`cao nhất là …`: among all units or among those of its kind, on the first column meant.

    Said of units of a rank (`trong đó thấp nhất là …`), it may hold among those only.
    """
    names = [f for f in (claim.get("fields") or "").split(";") if f] or ["converted"]
    if names == ["converted"] and not view.with_field("converted"):
        names = ["total"]
    tried = [p for name in names for p in _places(view, claim, name, claim.get("level"))]
    answers = [place.answer for place in tried]
    if not tried:
        answers = [place.answer for name in names for place in _places(view, claim, name, None)]
    if True in answers or True in _among_ranks(view, claim, names):
        return Weighed(claim, "confirmed")
    if not tried or claim.get("among") or any(a is None for a in answers):
        return Weighed(claim, "undecided")
    return Weighed(claim, "contradicted", (_not_first(claim, tried[0]),))


def _not_first(claim: Claim, place: Place) -> Misfit:
    unit, best = place.wrong.row.unit, place.best
    entry = best.row.entry(place.field)
    return Misfit(
        "list-mismatch", expected=best.name, printed=unit.name, variant="extreme",
        unit=unit, row=best, field=place.field, reading=reading(claim, [best], (place.field,)),
        facts=(
            ("text", claim.text), ("unit", unit.name), ("best", best.name),
            ("in_table", entry.printed if entry else ""),
        ),
    )  # fmt: skip


def _among_ranks(view: View, claim: Claim, names: Sequence[str]) -> Iterator[Answer]:
    """The same among the units of the ranks that the sentence speaks of before."""
    ranks = (claim.get("ranks") or "").split(";")
    for name in names:
        group = tuple(r for r in view.with_field(name) if r.rank in ranks)
        place = _place(claim, [r for u in claim.units for r in view.of_unit(u, group)], group, name)
        if place:
            yield place.answer


def _places(view: View, claim: Claim, name: str, level: str | None) -> Iterator[Place]:
    rows = view.with_field(name)
    own = [r for unit in claim.units for r in view.of_unit(unit, rows)]
    if len(own) != len(claim.units):
        return
    for group in view.scopes(rows, level):
        place = _place(claim, own, group, name)
        if place:
            yield place


def _place(claim: Claim, own: Sequence[Row], group: Sequence[Row], name: str) -> Place | None:
    """Whether so many units have no other before them; None: they are not of the group."""
    if not own or not set(own) <= set(group):
        return None
    sign = 1 if claim.get("what") == "highest" else -1
    known = {
        r: e.value * sign
        for r in group
        if (e := r.row.entry(name)) and e.known and e.value is not None
    }
    if not set(own) <= set(known):
        return Place(None, own[0], own[0], name)
    others = [r for r in known if r not in own]
    wrong = min(own, key=known.__getitem__)
    best = max(others, key=known.__getitem__, default=wrong)
    return Place(known[wrong] >= known[best], best, wrong, name)
