"""Counts: how many units were assessed, have a rank, meet a condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalise.claims.names import key
from normalise.submission import Claim
from reconcile.letter.view import Row, View
from reconcile.letter.weigh import (
    Answer,
    Misfit,
    Tally,
    Weighed,
    holds,
    near_limit,
    reading,
    tally,
)

_KNOWN = frozenset({"excellent", "good", "fair", "average", "weak"})


def weigh_assessed(view: View, claim: Claim) -> Weighed:
    """`19/19 đơn vị`: units with a result, out of the units listed."""
    n, of = int(claim.get("n") or 0), _int(claim.get("of"))
    tallies = [tally(g, lambda r: r.result) for g in view.scopes(view.scores, claim.get("level"))]
    sizes = [len(g) for g in view.scopes(view.scores, claim.get("level"))]
    if not tallies:
        return Weighed(claim, "undecided")
    listed = min(sizes) if claim.get("level") is None else sizes[0]
    fits = [t.fits(n) for t in tallies]
    if not any(f is not False for f in fits):
        expected = str(tallies[0].least)
        return _count(
            view, claim, "assessed", expected, ("rank", "total", "converted"), view.scores
        )
    if of is not None and (of < n or of < listed):
        return _count(view, claim, "out-of", str(listed), ("rank",), view.scores)
    return Weighed(claim, "confirmed" if True in fits else "undecided")


def weigh_rank_count(view: View, claim: Claim) -> Weighed:
    """`03 đơn vị xếp loại xuất sắc`, against the printed ranks and those the figures give."""
    ranks = frozenset((claim.get("ranks") or "").split(";"))
    scopes = view.scopes(view.scores, claim.get("level"), _int(claim.get("assessed")))
    if not ranks <= _KNOWN or not scopes:
        return Weighed(claim, "undecided")
    answers = [_fits(claim, g, lambda r: _printed(r, ranks)) for g in scopes]
    again = [_fits(claim, g, lambda r: _by_figures(r, ranks)) for g in scopes]
    chosen = _best(answers)
    rows = _differing(scopes[chosen], ranks)
    if answers[chosen]:
        follows = tuple((r, "claims/repeats-table") for r in rows) if again[chosen] is False else ()
        return Weighed(claim, "confirmed", (), follows)
    if rows and again[chosen]:
        return Weighed(claim, "confirmed", (), tuple((r, "claims/agrees-with-parts") for r in rows))
    if None in answers or claim.get("rest"):
        return Weighed(claim, "undecided")
    counted = tally(scopes[0], lambda r: _printed(r, ranks))
    if claim.get("share"):
        if _follows_number(claim, scopes):
            return Weighed(claim, "contradicted")
        return _share(claim, counted.least, scopes[0])
    if counted.fits(int(claim.get("n") or "0") if claim.get("n") != "all" else -1):
        if claim.get("of") is None:
            return Weighed(claim, "undecided")
        listed = sum(r.assessed for r in scopes[0])
        return _count(view, claim, "out-of", str(listed), ("rank",), scopes[0])
    return _count(view, claim, None, str(counted.least), ("rank",), scopes[0])


def _best(answers: Sequence[Answer]) -> int:
    return answers.index(True) if True in answers else 0


def _fits(claim: Claim, rows: Sequence[Row], ask: object) -> Answer:
    assert callable(ask)
    asked = [r for r in rows if r.assessed and key(r.row.unit) not in _spared(claim)]
    found = tally(asked, lambda r: ask(r) if r.result else None)
    if claim.get("share"):
        return _share_fits(claim.get("share") or "", found, len(asked))
    n = claim.get("n") or "0"
    answer = found.fits(len(asked) if n == "all" else int(n))
    return answer if answer is False else _of_fits(claim, rows, answer)


def _spared(claim: Claim) -> list[str]:
    return (claim.get("spared") or "").split(";")


def _follows_number(claim: Claim, scopes: Sequence[Sequence[Row]]) -> bool:
    """Whether a share is right for the number stated beside it: what is wrong is the number then."""
    stated, out = _int(claim.get("stated")), _int(claim.get("out"))
    sizes = {len(rows) for rows in scopes} | {sum(r.assessed for r in rows) for rows in scopes}
    sizes |= {out or 0, _int(claim.get("assessed")) or 0}
    number = Tally(stated or 0, stated or 0)
    return stated is not None and any(
        _share_fits(claim.get("share") or "", number, of) for of in sizes
    )


def _share_fits(share: str, found: Tally, of: int) -> Answer:
    """A stated share in percent of so many units; the last digit may be rounded or cut off."""
    last = Decimal(1).scaleb(int(Decimal(share).as_tuple().exponent))
    possible = range(found.least, found.most + 1)
    fits = [of > 0 and abs(Decimal(100 * n) / of - Decimal(share)) < last for n in possible]
    return fits[0] if len(fits) == 1 else (None if any(fits) else False)


def _of_fits(claim: Claim, rows: Sequence[Row], answer: Answer) -> Answer:
    """What a number is said to be out of: the units with a result, or all that are listed."""
    of = _int(claim.get("of"))
    if of is None or of == len(rows):
        return answer
    fits = tally(rows, lambda r: r.result).fits(of)
    return answer if fits else fits


def _printed(row: Row, ranks: frozenset[str]) -> Answer:
    return None if row.rank is None else row.rank in ranks


def _by_figures(row: Row, ranks: frozenset[str]) -> Answer:
    """By the rank that the row's figures give; by the printed one where they leave it open."""
    if len(row.ranks) == 1:
        return row.ranks[0] in ranks
    return _printed(row, ranks)


def _differing(rows: Sequence[Row], ranks: frozenset[str]) -> list[Row]:
    return [r for r in rows if _printed(r, ranks) is not _by_figures(r, ranks)]


def weigh_threshold(view: View, claim: Claim) -> Weighed:
    """`5/20 đơn vị có kết quả số hoá dưới 50%`: the first field meant decides, others may excuse."""
    answers: list[Answer] = []
    first: tuple[Tally, Sequence[Row], str] | None = None
    for name in (f for f in _fields(claim) if _reachable(view, claim, f)):
        of = _int(claim.get("assessed"))
        for rows in _of_size(claim, view, name, of):
            found = tally(rows, holds(view, claim, name))
            answers.append(_threshold_fits(view, claim, rows, name, found))
            first = first or (found, rows, name)
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
    return _count(view, claim, "condition", str(found.least), (name,), counted)


def _reachable(view: View, claim: Claim, name: str) -> bool:
    """Whether a limit in points is one that the field can have; a group's sum may be meant otherwise."""
    rows = view.with_field(name)
    maximum = view.maximum(rows[0], name) if rows else None
    points = claim.get("limit") if not claim.get("percent") else None
    return points is None or maximum is None or Decimal(points) <= maximum


def _of_size(claim: Claim, view: View, name: str, assessed: int | None) -> Sequence[Sequence[Row]]:
    """The rows that a count may be out of; those that are as many as it says, where there are such."""
    rows, of = view.with_field(name), _int(claim.get("of"))
    scopes = view.scopes(rows, claim.get("level"), assessed)
    return [g for g in (*scopes, *view.scopes(rows, None)) if len(g) == of] or scopes


def _threshold_fits(
    view: View, claim: Claim, rows: Sequence[Row], name: str, found: Tally
) -> Answer:
    if claim.get("n") == "all":
        return _all_meet(view, claim, rows, name)
    of = _int(claim.get("of"))
    if of is not None and of > len(rows):
        return None  # rows of the table may have been lost in reading
    if of is not None and of != len(rows):
        return False
    wanted = int(claim.get("n") or "0")
    answer = found.fits(wanted)
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
        near = near_limit(claim, entry, view.maximum(row, name)) or key(row.row.unit) in _spared(
            claim
        )
        answers.append(True if near else ask(row))
    if not answers or None in answers:
        return None
    return all(answers)


def names_differ(
    claim: Claim, misplaced: frozenset[str], expected: frozenset[str]
) -> Misfit | None:
    """The stated number against the names listed after it, unless wrongly placed names explain it."""
    named, n = _int(claim.get("named")), claim.get("n")
    if (
        named is None
        or n in (None, "all")
        or claim.get("strange") is not None
        or named == int(n or 0)
    ):
        return None
    said = frozenset(key(u) for u in claim.units)
    if expected and (expected ^ said) <= misplaced:
        return None
    return Misfit(
        "count-mismatch", expected=str(named), printed=n, variant="names",
        difference=str(int(n or 0) - named), reading=claim.origin == "ocr",
        facts=(("text", claim.text), ("stated", n or ""), ("named", str(named))),
    )  # fmt: skip


def expected_units(view: View, claim: Claim) -> frozenset[str]:
    """The units that the table puts under a claim's rank."""
    ranks = frozenset((claim.get("ranks") or "").split(";"))
    scopes = view.scopes(view.scores, claim.get("level"), _int(claim.get("assessed")))
    rows: Iterator[Row] = iter(scopes[0] if scopes else ())
    return frozenset(key(r.row.unit) for r in rows if r.rank in ranks)


def _share(claim: Claim, n: int, rows: Sequence[Row]) -> Weighed:
    stated = Decimal(claim.get("share") or "0")
    of = sum(r.assessed for r in rows)
    expected = (Decimal(100 * n) / of).quantize(stated)
    misfit = Misfit(
        "count-mismatch", expected=str(expected), printed=str(stated), variant="share",
        difference=str(stated - expected), reading=reading(claim, rows, ("rank",)),
        facts=(
            ("text", claim.text), ("stated", str(stated)), ("expected", str(expected)),
            ("n", str(n)), ("of", str(of)),
        ),
    )  # fmt: skip
    return Weighed(claim, "contradicted", (misfit,))


def _count(
    view: View,
    claim: Claim,
    variant: str | None,
    expected: str,
    fields: tuple[str, ...],
    rows: Sequence[Row],
) -> Weighed:
    stated = claim.get("of") if variant == "out-of" else claim.get("n")
    if stated == "all":
        stated = str(sum(r.assessed and key(r.row.unit) not in _spared(claim) for r in rows))
    stated = stated or "0"
    misfit = Misfit(
        "count-mismatch", expected=expected, printed=stated, variant=variant,
        difference=str(int(stated) - int(expected)), reading=reading(claim, rows, fields),
        field=fields[0] if len(fields) == 1 else None,
        facts=(("text", claim.text), ("stated", stated), ("expected", expected)),
    )  # fmt: skip
    return Weighed(claim, "contradicted", (misfit,))


def _fields(claim: Claim) -> list[str]:
    return [f for f in (claim.get("fields") or "").split(";") if f]


def _int(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None
