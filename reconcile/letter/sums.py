"""Totals quoted from the statistics, against the totals row, the column's sum and those of its groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from normalise.submission import Claim, FieldTable
from reconcile.letter.view import Row, View
from reconcile.letter.weigh import Misfit, Weighed, fields_of, reading

_PARTS = {
    "received_rate": ("received_digitised", "received"),
    "results_rate": ("results_digitised", "resolved"),
    "online_rate": ("online_cases", "total_cases"),
}
_MANY = 100
"""A total this large is hardly that of a column by chance."""
_WIDER = frozenset({"received", "resolved", "total_cases"})
"""Files at all, of which a letter may count more than the statistics hold: two other totals must fit then."""


def weigh_sum(view: View, claim: Claim) -> Weighed:
    """`đã số hóa 2.775 hồ sơ`: a total of the column, whichever group of units is meant.

    One that is the total of no column at all is wrong only where the other figures of its sentence are totals of
    that very table and no kind of units is named: else another matter, or other units, may be spoken of.
    """
    if claim.get("percent"):
        fits = any(_rate_fits(view, claim, name) for name in fields_of(claim))
        return Weighed(claim, "confirmed" if fits else "undecided")
    value = Decimal(claim.get("value") or 0)
    if any(value in totals(view, t, name) for name in fields_of(claim) for t in _with(view, name)):
        return Weighed(claim, "confirmed")
    name = fields_of(claim)[0]
    tables = _with(view, name)
    doubtful = any(claim.get(k) for k in ("mood", "level", "vague")) or len(tables) != 1
    if doubtful or not _told(view, claim, tables[0]):
        return Weighed(claim, "undecided")
    whole = _whole(view, tables[0], name)
    columns = [c.field for c in tables[0].columns if c.field]
    if whole is None or any(value in totals(view, tables[0], c) for c in columns):
        return Weighed(claim, "undecided")
    return Weighed(claim, "contradicted", (_misfit(view, claim, tables[0], whole),))


def _with(view: View, name: str) -> list[FieldTable]:
    return [t for t in view.submission.tables if t.kind != "other" and t.column(name) is not None]


def totals(view: View, table: FieldTable, name: str) -> set[Decimal]:
    """What a column comes to: its totals rows, its sum, the sums of sections and of kinds of units."""
    rows = [r for r in view.rows if r.table is table]
    groups = [tuple(rows), *view.scopes(rows, None)]
    sums = {_sum(group, name) for group in groups}
    return {total for total in (*_printed(table, name), *sums) if total is not None}


def _printed(table: FieldTable, name: str) -> Iterator[Decimal]:
    for row in table.rows:
        entry = row.entry(name) if row.kind == "total" else None
        if entry is not None and entry.known and entry.value is not None:
            yield entry.value


def _sum(rows: Sequence[Row], name: str) -> Decimal | None:
    """None where a figure is unread."""
    total = Decimal(0)
    for entry in (r.row.entry(name) for r in rows):
        if entry is None or entry.status in ("blank", "not-applicable"):
            continue
        if not entry.known or entry.value is None:
            return None
        total += entry.value
    return total


def _whole(view: View, table: FieldTable, name: str) -> Decimal | None:
    """The total of a column beyond doubt: its sum, and every printed total agrees."""
    total = _sum([r for r in view.rows if r.table is table], name)
    return total if all(p == total for p in _printed(table, name)) else None


def _told(view: View, claim: Claim, table: FieldTable) -> bool:
    """Whether the other figures of the sentence are totals of the whole table, each of its own column, and no
    column of it is unknown."""
    if not all(c.field for c in table.columns):
        return False
    parts = [part.partition("=") for part in (claim.get("beside") or "").split(";") if part]
    fits = [Decimal(value) == _whole(view, table, name) for name, _, value in parts]
    many = any(int(value) >= _MANY for _, _, value in parts)
    needed = 2 if fields_of(claim)[0] in _WIDER else 1
    return all(fits) and many and len(fits) >= needed


def _rate_fits(view: View, claim: Claim, name: str) -> bool:
    value = Decimal(claim.get("value") or 0)
    last = Decimal(1).scaleb(int(value.as_tuple().exponent))
    for table in _with(view, name):
        shares = [*_printed(table, name), *_shares(view, table, name)]
        if any(
            s.quantize(last, how) == value for s in shares for how in (ROUND_HALF_UP, ROUND_DOWN)
        ):
            return True
    return False


def _shares(view: View, table: FieldTable, name: str) -> Iterator[Decimal]:
    part, whole = (_whole(view, table, n) for n in _PARTS[name])
    if part is not None and whole:
        yield 100 * part / whole


def _misfit(view: View, claim: Claim, table: FieldTable, total: Decimal) -> Misfit:
    name, printed = fields_of(claim)[0], claim.get("printed") or ""
    rows = [r for r in view.rows if r.table is table]
    return Misfit(
        "quoted-figure-mismatch", expected=str(total), printed=printed, variant="total",
        difference=str(Decimal(claim.get("value") or 0) - total), field=name,
        reading=reading(claim, rows, (name,)),
        facts=(
            ("text", claim.text), ("field", name), ("quoted", printed), ("expected", str(total)),
        ),
    )  # fmt: skip
