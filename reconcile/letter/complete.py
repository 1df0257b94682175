"""Whether all rows of a scan's tables were read: what a row lost in reading had contradicts no letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from normalise.submission import Claim, FieldTable, ScoredRow
from reconcile.letter.view import View
from reconcile.letter.weigh import Weighed

Numbered = tuple[int, int]
"""A row's place among the units and its serial number."""
HALF = 2
"""A letter that counts more units than twice a scan's rows has not miscounted: wrong counts that were seen are off
by one to three."""
LEAST_ROWS = 3
"""A scanned table of unknown kind with so many rows may be the one that a claim speaks of."""


def decided(view: View, weighed: Weighed) -> Weighed:
    """A claim that counts more than the tables have is undecided where rows may be lost; so are shares."""
    short = [
        m
        for m in weighed.misfits
        if m.rule == "count-mismatch" and _too_few(m.difference, m.variant)
    ]
    if not short or weighed.claim.kind == "maxima" or not _doubtful(view):
        return weighed
    return Weighed(weighed.claim, "undecided", (), weighed.follows)


def _too_few(difference: str | None, variant: str | None) -> bool:
    return variant == "share" or (difference is not None and not difference.startswith("-"))


def _doubtful(view: View) -> bool:
    tables = [t for t in view.submission.tables if _read(t)]
    scored = sum(1 for t in tables if t.kind == "scores" for _ in t.units())
    most = max(map(_counted, view.submission.claims), default=0)
    return any(map(_lost, tables)) or (bool(tables) and most > HALF * scored)


def _read(table: FieldTable) -> bool:
    """Whether it is our reading of a picture."""
    return any(e.origin == "ocr" for row in table.rows for e in row.entries)


def _counted(claim: Claim) -> int:
    """The greatest number of units that a claim of this report counts under a rank, or as assessed."""
    if claim.kind != "count" or claim.get("mood"):
        return 0
    numbers = [claim.get(name) or "" for name in ("n", "of")]
    return max((int(n) for n in numbers if n.isdecimal()), default=0)


def _lost(table: FieldTable) -> bool:
    """Rows without a name, without a number between their neighbours', or of nobody knows what table."""
    units = list(table.units())
    if table.kind == "other":
        return len(units) >= LEAST_ROWS
    return any(not row.unit.printed.strip() for row in units) or bool(table.loose) or _skips(units)


def _skips(units: list[ScoredRow]) -> bool:
    """Whether serial numbers go up by more than the rows do; a section may begin with 1 again."""
    numbered = [
        (i, int(serial))
        for i, row in enumerate(units)
        if (serial := (row.serial or "").strip().rstrip(".)")).isdecimal()
    ]
    numbered = [n for n, near in zip(numbered, _around(numbered), strict=True) if _stands(n, *near)]
    first = any(n > i + 1 for i, n in numbered[:1])
    return first or any(n - m > j - i for (i, m), (j, n) in pairwise(numbered))


def _around(numbered: Sequence[Numbered]) -> Iterator[tuple[Numbered | None, Numbered | None]]:
    """What stands before and after each."""
    ringed = [None, *numbered, None]
    return zip(ringed[:-2], ringed[2:], strict=True)


def _stands(one: Numbered, before: Numbered | None, after: Numbered | None) -> bool:
    """Whether a number tells: not where its neighbours count on without it, nor before a lower one that begins no
    section, for there it was misread."""
    if before and after and after[1] - before[1] == after[0] - before[0]:
        return False
    return after is None or after[1] == 1 or one[1] <= after[1]
