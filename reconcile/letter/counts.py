"""Counts: how many units were assessed or have a rank."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from normalise.claims.names import key
from normalise.submission import Claim
from reconcile.letter.view import Row, View
from reconcile.letter.weigh import Answer, Misfit, Tally, Weighed, number, reading, tally

_KNOWN = frozenset({"excellent", "good", "fair", "average", "weak"})


def weigh_assessed(view: View, claim: Claim) -> Weighed:
    """`19/19 đơn vị`: units with a result, out of the units listed."""
    n, of = int(claim.get("n") or 0), number(claim.get("of"))
    tallies = [tally(g, lambda r: r.result) for g in view.scopes(view.scores, claim.get("level"))]
    sizes = [len(g) for g in view.scopes(view.scores, claim.get("level"))]
    if not tallies:
        return Weighed(claim, "undecided")
    listed = min(sizes) if claim.get("level") is None else sizes[0]
    fits = [t.fits(n) for t in tallies]
    if claim.get("listed") and n in sizes:
        return Weighed(claim, "confirmed")
    if not any(f is not False for f in fits):
        expected = str(tallies[0].least)
        return differing_count(
            view, claim, "assessed", expected, ("rank", "total", "converted"), view.scores
        )
    if of is not None and (of < n or of < listed):
        return differing_count(view, claim, "out-of", str(listed), ("rank",), view.scores)
    return Weighed(claim, "confirmed" if True in fits else "undecided")


def weigh_rank_count(view: View, claim: Claim) -> Weighed:
    """`03 đơn vị xếp loại xuất sắc`, against the printed ranks and those the figures give."""
    ranks = frozenset((claim.get("ranks") or "").split(";"))
    scopes = view.scopes(view.scores, claim.get("level"), number(claim.get("assessed")))
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
    meant = [r for r in scopes[0] if key(r.row.unit) not in spared(claim)]
    counted = tally(meant, lambda r: _printed(r, ranks))
    if claim.get("share"):
        if _follows_number(claim, scopes):
            return Weighed(claim, "contradicted")
        return _share(claim, counted.least, scopes[0])
    if counted.fits(int(claim.get("n") or "0") if claim.get("n") != "all" else -1):
        if claim.get("of") is None:
            return Weighed(claim, "undecided")
        listed = sum(r.assessed for r in scopes[0])
        return differing_count(view, claim, "out-of", str(listed), ("rank",), scopes[0])
    return differing_count(view, claim, None, str(counted.least), ("rank",), scopes[0])


def _best(answers: Sequence[Answer]) -> int:
    return answers.index(True) if True in answers else 0


def _fits(claim: Claim, rows: Sequence[Row], ask: Callable[[Row], Answer]) -> Answer:
    asked = [r for r in rows if r.assessed and key(r.row.unit) not in spared(claim)]
    found = tally(asked, lambda r: ask(r) if r.result else None)
    if claim.get("share"):
        return _share_fits(claim.get("share") or "", found, len(asked))
    n = claim.get("n") or "0"
    answer = found.fits(len(asked) if n == "all" else int(n))
    return answer if answer is False else _of_fits(claim, rows, answer)


def spared(claim: Claim) -> list[str]:
    """The units that a count does not speak of, by their key."""
    return [k for k in (claim.get("spared") or "").split(";") if k]


def _follows_number(claim: Claim, scopes: Sequence[Sequence[Row]]) -> bool:
    """Whether a share is right for the number stated beside it: what is wrong is the number then."""
    stated, out = number(claim.get("stated")), number(claim.get("out"))
    sizes = {len(rows) for rows in scopes} | {sum(r.assessed for r in rows) for rows in scopes}
    sizes |= {out or 0, number(claim.get("assessed")) or 0}
    said = Tally(stated or 0, stated or 0)
    return stated is not None and any(
        _share_fits(claim.get("share") or "", said, of) for of in sizes
    )


def _share_fits(share: str, found: Tally, of: int) -> Answer:
    """A stated share in percent of so many units; the last digit may be rounded or cut off."""
    last = Decimal(1).scaleb(int(Decimal(share).as_tuple().exponent))
    possible = range(found.least, found.most + 1)
    fits = [of > 0 and abs(Decimal(100 * n) / of - Decimal(share)) < last for n in possible]
    return fits[0] if len(fits) == 1 else (None if any(fits) else False)


def _of_fits(claim: Claim, rows: Sequence[Row], answer: Answer) -> Answer:
    """What a number is said to be out of: the units with a result, or all that are listed."""
    of = number(claim.get("of"))
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


def names_differ(
    claim: Claim, misplaced: frozenset[str], expected: frozenset[str]
) -> Misfit | None:
    """The stated number against the names listed after it, unless wrongly placed names explain it."""
    named, n = number(claim.get("named")), claim.get("n")
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
    scopes = view.scopes(view.scores, claim.get("level"), number(claim.get("assessed")))
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


def differing_count(
    view: View,
    claim: Claim,
    variant: str | None,
    expected: str,
    fields: tuple[str, ...],
    rows: Sequence[Row],
) -> Weighed:
    """A count that is wrong, of `rows`; with `out-of` it is what it is said to be out of."""
    stated = claim.get("of") if variant == "out-of" else claim.get("n")
    if stated == "all":
        stated = str(sum(r.assessed and key(r.row.unit) not in spared(claim) for r in rows))
    stated = stated or "0"
    misfit = Misfit(
        "count-mismatch", expected=expected, printed=stated, variant=variant,
        difference=str(int(stated) - int(expected)), reading=reading(claim, rows, fields),
        field=fields[0] if len(fields) == 1 else None,
        facts=(("text", claim.text), ("stated", stated), ("expected", expected)),
    )  # fmt: skip
    return Weighed(claim, "contradicted", (misfit,))
