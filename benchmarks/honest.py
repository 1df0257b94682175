"""Score tables that are right in every figure, rounded in all the ways that honest sheets round.

No PDF: the tables are made as `normalise` would hand them on, for measuring the arithmetic alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from random import Random

from normalise.number import parse
from normalise.rank import LABELS, rank_of
from normalise.submission import (
    Column,
    Entry,
    FieldTable,
    Rank,
    ScoredRow,
    Submission,
    UnitMatch,
)
from reconcile.engine import ranks_in
from reconcile.interval import Interval
from reconcile.methodology import Methodology

ROUNDINGS = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "cut-off": ROUND_FLOOR}
DIGITS = 6
"""Decimals of true values: far more than are printed."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one table writes its figures. `rounding` of components, `cut_results` cuts off totals and what
    follows from them all the same; `decimals` by field; `trimmed` drops zeros at the end, as Excel's
    General format does. `added` says whether totals add up true or printed components, `from_print` that
    the total is converted as printed."""

    rounding: str
    cut_results: bool
    decimals: dict[str, int]
    trimmed: bool
    scale: Decimal
    denominators: bool
    added: str
    from_print: bool
    absent: str

    def mode(self, field: str) -> str:
        """How a field's last digit is made."""
        results = ("total", "converted", "officer_average")
        return "cut-off" if self.cut_results and field in results else self.rounding

    def text(self, field: str, value: Decimal) -> str:
        """A true value as the table prints it."""
        places = self.decimals[field]
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUNDINGS[self.mode(field)])
        text = f"{rounded:f}"
        if self.trimmed and "." in text:
            text = text.rstrip("0").rstrip(".")
        return text.replace(".", ",")


Cells = dict[str, str]
"""A row's figures as printed, by field."""


def style(random: Random, methodology: Methodology, rounding: str) -> Style:
    """A style as mixed as the real reports': components of one or two decimals, totals of two."""
    places = {p.field: random.choice((1, 1, 2, 2)) for p in methodology.parts}
    if random.random() < 0.3:
        places = dict.fromkeys(places, random.choice((1, 2)))
    return Style(
        rounding=rounding,
        cut_results=random.random() < 0.25,
        decimals={**places, "total": 2, "converted": random.choice((1, 2)), "officer_average": 2},
        trimmed=random.random() < 0.4,
        scale=random.choice((*methodology.scales, methodology.scales[0]))
        if methodology.scales
        else Decimal(0),
        denominators=bool(methodology.scales) and random.random() < 0.3,
        added=random.choice(("true", "true", "printed")),
        from_print=random.random() < 0.5,
        absent=random.choice(("", "-")),
    )


def honest_table(random: Random, methodology: Methodology, style: Style, rows: int) -> list[Cells]:
    """The rows of one table, the best first."""
    usual = _applicable(random, methodology)
    found = [_row(random, methodology, style, usual) for _ in range(rows)]
    return [cells for _, cells in sorted(found, key=lambda pair: -pair[0])]


def _applicable(random: Random, methodology: Methodology) -> frozenset[str]:
    """Which indicators apply to most units of the table; all of a methodology that does not convert."""
    fields = [p.field for p in methodology.parts]
    if not methodology.scales:
        return frozenset(fields)
    return frozenset(fields) - set(
        random.sample(fields[:3] + fields[4:6], random.choice((0, 1, 2, 2)))
    )


def _row(
    random: Random, methodology: Methodology, style: Style, usual: frozenset[str]
) -> tuple[Decimal, Cells]:
    applies = set(usual)
    if methodology.scales and random.random() < 0.15:
        applies ^= {random.choice([p.field for p in methodology.parts])}
    true = {p.field: _score(random, p.maximum) for p in methodology.parts if p.field in applies}
    maximum = sum((p.maximum for p in methodology.parts if p.field in applies), Decimal(0))
    total = sum(true.values(), Decimal(0))
    cells = {
        p.field: style.text(p.field, true[p.field]) if p.field in true else style.absent
        for p in methodology.parts
    }
    shown = sum((_shown(cells[field]) for field in true), Decimal(0))
    total = shown if style.added == "printed" else total
    cells["total"] = style.text("total", total)
    score = total
    if methodology.scales:
        base = _shown(cells["total"]) if style.from_print else total
        score = base * style.scale / maximum
        cells["converted"] = style.text("converted", score)
    average = methodology.officer_average
    if average and random.random() < 0.9:
        of = {f: _shown(cells[f]) if style.added == "printed" else true[f] for f in average.parts}
        cells["officer_average"] = style.text("officer_average", sum(of.values(), Decimal(0)))
    if style.denominators:
        cells["total"] += f"/{maximum}"
    cells["rank"] = LABELS[_rank(random, methodology, style, score, cells)]
    return score, cells


def _shown(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _rank(
    random: Random, methodology: Methodology, style: Style, score: Decimal, cells: Cells
) -> Rank:
    """The rank of the exact score, or, as some officers do, of the printed one."""
    printed = cells["converted" if methodology.scales else "total"].partition("/")[0]
    basis = Decimal(printed.replace(",", ".")) if random.random() < 0.3 else score
    scale = style.scale if methodology.scales else None
    return ranks_in(Interval(basis, basis), methodology, scale)[0]


def _score(random: Random, maximum: Decimal) -> Decimal:
    """A component's true score: often full, at times nothing, else anything between."""
    kind = random.random()
    if kind < 0.35:
        return maximum
    if kind < 0.42:
        return Decimal(0)
    share = Decimal(str(round(random.betavariate(4, 1.5), DIGITS)))
    return maximum * share


# Tables as `normalise` hands them on.


def submission_of(methodology: Methodology, rows: Sequence[Cells], path: str = "m") -> Submission:
    """A submission with one score table of these rows."""
    fields = list(dict.fromkeys(f for cells in rows for f in cells))
    scored = tuple(_scored_row(i, cells) for i, cells in enumerate(rows))
    most = {f: _most(e for row in scored for e in row.entries if e.field == f) for f in fields}
    whole = max(most.values(), default=0)
    precise = tuple(
        replace(row, entries=tuple(_precise(e, most[e.field] or whole) for e in row.entries))
        for row in scored
    )
    table = FieldTable(
        "t1", "scores", 1, "", tuple(Column(i, f, (f,)) for i, f in enumerate(fields)), precise
    )
    return Submission(path, "", "ok", "text", 1, methodology=methodology.id, tables=(table,))


def _scored_row(index: int, cells: Cells) -> ScoredRow:
    unit = UnitMatch(f"Xã {index + 1}", f"Xã {index + 1}", f"c{index + 1}", "exact", 1.0)
    entries = tuple(entry(field, text) for field, text in cells.items())
    return ScoredRow(index, "unit", 1, None, str(index + 1), unit, entries)


def entry(field: str, text: str) -> Entry:
    """A cell as read from a text layer."""
    blank = Entry(field, text, "blank", 1, None, "text-layer")
    if text in ("", "-"):
        return replace(blank, status="blank" if not text else "not-applicable")
    if field == "rank":
        return replace(blank, status="as-read", rank=rank_of(text))
    figure = parse(text, ",")
    if figure is None:
        return replace(blank, status="unreadable")
    return replace(
        blank,
        status="as-read",
        value=figure.value,
        decimals=figure.decimals,
        precision=figure.decimals,
        denominator=figure.denominator,
    )


def _most(entries: Iterable[Entry]) -> int:
    return max((e.decimals for e in entries if e.value is not None), default=0)


def _precise(e: Entry, decimals: int) -> Entry:
    return replace(e, precision=decimals) if e.value is not None and not e.decimals else e
