"""Counts under a condition: how many units lie below a limit, at nothing, at the maximum."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from normalise.claims.names import key
from normalise.submission import Claim
from reconcile.letter.counts import differing_count, spared
from reconcile.letter.view import Row, View
from reconcile.letter.weigh import (
    Answer,
    Tally,
    Weighed,
    fields_of,
    holds,
    near_limit,
    number,
    tally,
)


def weigh_threshold(view: View, claim: Claim) -> Weighed:
    """`5/20 đơn vị có kết quả số hoá dưới 50%`: the first field meant decides, others may excuse."""
    answers: list[Answer] = []
    first: tuple[Tally, Sequence[Row], str] | None = None
    for name in (f for f in fields_of(claim) if _reachable(view, claim, f)):
        of = number(claim.get("assessed"))
        for rows in _of_size(claim, view, name, of):
            answers.append(_threshold_fits(view, claim, rows, name))
            first = first or (tally(_scored(rows), holds(view, claim, name)), rows, name)
    if first is None:
        return Weighed(claim, "undecided")
    if answers[0]:
        return Weighed(claim, "confirmed")
    if any(a is not False for a in answers):
        return Weighed(claim, "undecided")
    found, counted, name = first
    unproven = claim.get("percent") is not None and not name.endswith("_rate")
    if unproven:
        return Weighed(claim, "undecided")
    if found.fits(number(claim.get("n")) or 0):
        return differing_count(view, claim, "out-of", str(len(counted)), (name,), counted)
    return differing_count(view, claim, "condition", str(found.least), (name,), counted)


def _scored(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without the units that are listed without a result: those meet no condition, or are not asked."""
    return tuple(r for r in rows if r.assessed or r.table.kind != "scores")


def _reachable(view: View, claim: Claim, name: str) -> bool:
    """Whether a limit in points is one that the field can have; a group's sum may be meant otherwise."""
    rows = view.with_field(name)
    maximum = view.maximum(rows[0], name) if rows else None
    points = claim.get("limit") if not claim.get("percent") else None
    return points is None or maximum is None or Decimal(points) <= maximum


def _of_size(claim: Claim, view: View, name: str, assessed: int | None) -> Sequence[Sequence[Row]]:
    """The rows that a count may be out of; those that are as many as it says, where there are such."""
    rows, of = view.with_field(name), number(claim.get("of"))
    scopes = view.scopes(rows, claim.get("level"), assessed)
    fitting = [g for g in (*scopes, *view.scopes(rows, None)) if of in (len(g), len(_scored(g)))]
    return fitting or scopes


def _threshold_fits(view: View, claim: Claim, rows: Sequence[Row], name: str) -> Answer:
    if claim.get("n") == "all":
        return _all_meet(view, claim, rows, name)
    of, scored = number(claim.get("of")), _scored(rows)
    if of is not None and of > len(rows):
        return None  # rows of the table may have been lost in reading
    if of is not None and of not in (len(rows), len(scored)):
        return False
    ask, wanted = holds(view, claim, name), number(claim.get("n")) or 0
    found = tally(rows, ask)
    answer = tally(scored, ask).fits(wanted) or found.fits(wanted)
    if claim.get("vague") and answer is False and wanted <= found.most:
        return None
    unsure = [r for r in rows if near_limit(claim, r.row.entry(name), view.maximum(r, name))]
    return (
        None if answer is False and unsure and abs(found.least - wanted) <= len(unsure) else answer
    )


def _all_meet(view: View, claim: Claim, rows: Sequence[Row], name: str) -> Answer:
    """Every unit that has the figure at all meets the condition, as far as rounding goes."""
    ask = holds(view, claim, name)
    answers: list[Answer] = []
    for row in rows:
        entry = row.row.entry(name)
        if entry is None or entry.status in ("blank", "not-applicable"):
            continue
        near = near_limit(claim, entry, view.maximum(row, name)) or key(row.row.unit) in spared(
            claim
        )
        answers.append(True if near else ask(row))
    if not answers or None in answers:
        return None
    return all(answers)
