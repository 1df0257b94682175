"""Figures quoted from the table, and how many of a unit's indicators are at their maximum."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from normalise.submission import Claim, Entry
from reconcile.letter.view import Row, View
from reconcile.letter.weigh import Answer, Misfit, Weighed, reading

_NO_PART = frozenset({"total", "converted", "officer_average"})


def weigh_figure(view: View, claim: Claim) -> Weighed:
    """A quoted score or percentage. A rounded quotation agrees with the longer figure in the table."""
    tried = list(_tried(view, claim))
    answers = [answer for answer, _, _ in tried]
    if True in answers:
        return Weighed(claim, "confirmed", (), _repeated(tried[answers.index(True)]))
    recomputed = [r for _, r, name in tried if _agrees_with_parts(claim, r, name)]
    if recomputed:
        return Weighed(claim, "confirmed", (), ((recomputed[0], "claims/agrees-with-parts"),))
    if not tried or None in answers or _is_a_part(view, claim):
        return Weighed(claim, "undecided")
    _, row, name = tried[0]
    if claim.get("percent") and not name.endswith("_rate"):
        return Weighed(claim, "undecided")
    return Weighed(claim, "contradicted", (_misfit(claim, row, name),))


def _is_a_part(view: View, claim: Claim) -> bool:
    """Whether a figure that may be an indicator's is, or may be, one of the unit's."""
    if not claim.get("parts"):
        return False
    rows = view.of_unit(claim.units[0], view.scores)
    parts = [(r, e) for r in rows for e, _ in _parts(view, r)]
    return any(not e.known or _agrees(view, claim, r, e) for r, e in parts)


def _tried(view: View, claim: Claim) -> Iterator[tuple[Answer, Row, str]]:
    for name in filter(None, (claim.get("fields") or "").split(";")):
        for row in view.of_unit(claim.units[0], view.with_field(name)):
            entry = row.row.entry(name)
            known = entry is not None and entry.known and entry.value is not None
            yield (_agrees(view, claim, row, entry) if known and entry else None), row, name


def _agrees(view: View, claim: Claim, row: Row, entry: Entry) -> bool:
    value = Decimal(claim.get("value") or 0)
    low, high, actual = entry.low, entry.high, entry.value
    assert actual is not None
    if claim.get("percent") and not entry.field.endswith("_rate"):
        maximum = view.maximum(row, entry.field)
        if not maximum:
            return False
        low, high, actual = (x * 100 / maximum for x in (low, high, actual))
    places = -int(value.as_tuple().exponent)
    half = Decimal(5).scaleb(-places - 1) if places < entry.precision else Decimal(0)
    if value - half <= high and low <= value + half:
        return True
    return (
        places < entry.precision
        and actual.quantize(Decimal(1).scaleb(-places), ROUND_DOWN) == value
    )


def _repeated(tried: tuple[Answer, Row, str]) -> tuple[tuple[Row, str], ...]:
    _, row, name = tried
    again = row.recomputed
    interval = getattr(again, name, None) if again and name in ("total", "converted") else None
    entry = row.row.entry(name)
    if interval is None or entry is None:
        return ()
    outside = entry.high < Decimal(interval[0]) or Decimal(interval[1]) < entry.low
    return ((row, "claims/repeats-table"),) if outside else ()


def _agrees_with_parts(claim: Claim, row: Row, name: str) -> bool:
    """Whether the quotation is what the printed parts give, though the table prints something else."""
    again = row.recomputed
    interval = getattr(again, name, None) if again and name in ("total", "converted") else None
    if interval is None:
        return False
    value = Decimal(claim.get("value") or 0)
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    return value - half <= Decimal(interval[1]) and Decimal(interval[0]) <= value + half


def _misfit(claim: Claim, row: Row, name: str) -> Misfit:
    entry = row.row.entry(name)
    assert entry is not None and entry.value is not None
    value = Decimal(claim.get("value") or 0)
    return Misfit(
        "quoted-figure-mismatch", expected=str(entry.value), printed=claim.get("printed"),
        difference=str(value - entry.value), unit=claim.units[0], row=row, field=name,
        reading=reading(claim, [row], (name,)),
        facts=(
            ("text", claim.text), ("unit", claim.units[0].name), ("field", name),
            ("quoted", claim.get("printed") or ""), ("in_table", entry.printed),
        ),
    )  # fmt: skip


_MOST_INDICATORS = 11
"""Decision 459 has the most indicators; more are those of something else."""


def weigh_maxima(view: View, claim: Claim) -> Weighed:
    """`7/8 chỉ số đạt điểm tối đa`: of the indicators that apply to the unit."""
    rows = view.of_unit(claim.units[0], view.scores)
    if len(rows) != 1:
        return Weighed(claim, "undecided")
    parts = [e.value == most if e.known else None for e, most in _parts(view, rows[0])]
    n, of = int(claim.get("n") or 0), claim.get("of")
    if not parts or None in parts or (of and int(of) > _MOST_INDICATORS):
        return Weighed(claim, "undecided")
    right = sum(at is True for at in parts)
    if n == right and (of is None or int(of) == len(parts)):
        return Weighed(claim, "confirmed")
    expected = f"{right}/{len(parts)}" if of else str(right)
    stated = f"{n}/{of}" if of else str(n)
    misfit = Misfit(
        "count-mismatch", expected=expected, printed=stated, variant="maxima", unit=claim.units[0],
        row=rows[0], reading=reading(claim, rows, [e.field for e in rows[0].row.entries]),
        facts=(
            ("text", claim.text), ("unit", claim.units[0].name), ("stated", stated),
            ("expected", expected),
        ),
    )  # fmt: skip
    return Weighed(claim, "contradicted", (misfit,))


def _parts(view: View, row: Row) -> Iterator[tuple[Entry, Decimal]]:
    """The indicators that apply to a unit, each with its maximum."""
    for entry in row.row.entries:
        maximum = view.maximum(row, entry.field)
        none = entry.field in _NO_PART or entry.status in ("blank", "not-applicable")
        if maximum is not None and not none:
            yield entry, maximum
