"""Plants known errors: each function makes one wrong figure, and says which rule must name it where.

A function returns None where the report gives it no chance (no denominators, say); the maker then
composes another report. An error is planted only where the printed figures prove it, by the domain's
intervals, so that a program that misses it has missed something.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random

from benchmarks.generator.content import Planted, Report, Row, Style, Table
from benchmarks.generator.figures import LIMITS_100, MAXIMA, rank_of, rounded, show
from benchmarks.generator.printed import (
    NOTHING,
    converted_gap,
    half,
    maximum,
    parse,
    parts,
    scored,
    sum_gap,
)

D = Decimal
Planter = Callable[[Random, Report], Report | None]
CLEAR = D("0.02")
"""How far outside honest rounding, in points, a planted figure lies at least."""
PROSE = ("count-mismatch", "list-mismatch", "quoted-figure-mismatch")
"""What a letter written from the right figures may say about the wrong one."""


def put(report: Report, table: Table, row: Row, changed: Row, planted: Planted) -> Report:
    """The report with one row replaced and the error noted."""
    rows = tuple(changed if old is row else old for old in table.rows)
    made = report.with_table(replace(table, rows=rows))
    return replace(made, planted=(*report.planted, planted))


def noted(
    kind: str, rule: str, row: Row, changed: Row, *fields: str, also: tuple[str, ...] = ()
) -> Planted:
    """The note for a changed cell of a unit's row; the first of `fields` is the changed one."""
    name = row.unit.name if row.unit else row.name
    return Planted(
        kind, rule, "scores", name, (name,), fields,
        changed.cells[fields[0]], row.cells[fields[0]], (*also, *PROSE),
    )  # fmt: skip


def other_digit(rng: Random, text: str) -> str:
    """One digit changed, not the last after the mark, so that the change is seen."""
    head, slash, tail = text.partition("/")
    places = [n for n, letter in enumerate(head) if letter.isdigit()]
    at = rng.choice(places[:-1] or places)
    digit = rng.choice([d for d in "0123456789" if d != head[at]])
    return head[:at] + digit + head[at + 1 :] + slash + tail


def swapped_digits(rng: Random, text: str) -> str:
    """Two neighbouring digits exchanged; the mark between them stays."""
    head, slash, tail = text.partition("/")
    places = [n for n, letter in enumerate(head) if letter.isdigit()]
    pairs = [(a, b) for a, b in pairwise(places) if head[a] != head[b]]
    if not pairs:
        return text
    a, b = rng.choice(pairs)
    letters = list(head)
    letters[a], letters[b] = letters[b], letters[a]
    return "".join(letters) + slash + tail


Edit = Callable[[Random, str], str]


def _wrong_total(kind: str, edit: Edit) -> Planter:
    def planter(rng: Random, report: Report) -> Report | None:
        table, look, row = report.scores, report.style, rng.choice(scored(report))
        changed = row.with_cell("total", edit(rng, row.cells["total"]))
        seen = sum_gap(table, changed, look) > CLEAR
        if "converted" in row.cells:
            seen = seen and converted_gap(table, changed, look) > CLEAR
        if not seen or parse(changed.cells["total"], look.mark) > maximum(row) > 0:
            return None
        return put(
            report, table, row, changed, noted(kind, "total-mismatch", row, changed, "total")
        )

    return planter


def _wrong_component(kind: str, edit: Edit) -> Planter:
    def planter(rng: Random, report: Report) -> Report | None:
        table, look, row = report.scores, report.style, rng.choice(scored(report))
        name = rng.choice(parts(row))
        changed = row.with_cell(name, edit(rng, row.cells[name]))
        most = MAXIMA.get(name, D(2))
        if parse(changed.cells[name], look.mark) > most or sum_gap(table, changed, look) <= CLEAR:
            return None
        also = ("officer-average-mismatch", "evidence-mismatch")
        note = noted(kind, "total-mismatch", row, changed, name, also=also)
        return put(report, table, row, changed, note)

    return planter


def wrong_converted(rng: Random, report: Report) -> Report | None:
    table, look, row = report.scores, report.style, rng.choice(scored(report))
    if "converted" not in row.cells:
        return None
    edit = rng.choice([other_digit, swapped_digits])
    changed = row.with_cell("converted", edit(rng, row.cells["converted"]))
    value = parse(changed.cells["converted"], look.mark)
    if value > look.scale or converted_gap(table, changed, look) <= CLEAR:
        return None
    note = noted(
        "converted", "converted-mismatch", row, changed, "converted", also=("order-broken",)
    )
    return put(report, table, row, changed, note)


def wrong_rank(rng: Random, report: Report) -> Report | None:
    row = rng.choice(scored(report))
    labels = [label for label in report.style.ranks.values() if label != row.cells["rank"]]
    changed = row.with_cell("rank", rng.choice(labels))
    note = noted("rank", "rank-mismatch", row, changed, "rank")
    return put(report, report.scores, row, changed, note)


def over_maximum(rng: Random, report: Report) -> Report | None:
    """A component over its maximum, its comma lost or simply too high; the total is the right one."""
    look, row = report.style, rng.choice(scored(report))
    name = rng.choice(parts(row))
    text = row.cells[name]
    high = show(MAXIMA.get(name, D(2)) + rng.randint(1, 4), look.mark, True)
    wrong = text.replace(look.mark, "") if look.mark in text and text[0] != "0" else high
    changed = row.with_cell(name, wrong)
    if parse(wrong, look.mark) <= MAXIMA.get(name, D(2)):
        return None
    also = ("total-mismatch", "officer-average-mismatch", "evidence-mismatch")
    note = noted("over-maximum", "score-out-of-range", row, changed, name, also=also)
    return put(report, report.scores, row, changed, note)


def wrong_denominator(rng: Random, report: Report) -> Report | None:
    row = rng.choice(scored(report))
    head, slash, tail = row.cells["total"].partition("/")
    if not slash:
        return None
    wrong = int(tail) + rng.choice([-10, -5, 5, 10])
    if wrong > 100 or parse(head, report.style.mark) > wrong:
        return None
    changed = row.with_cell("total", f"{head}/{wrong}")
    note = noted("denominator", "denominator-mismatch", row, changed, "total")
    return put(report, report.scores, row, changed, note)


def wrong_officer_average(rng: Random, report: Report) -> Report | None:
    table, look, row = report.scores, report.style, rng.choice(scored(report))
    if "officer_average" not in row.cells:
        return None
    changed = row.with_cell("officer_average", other_digit(rng, row.cells["officer_average"]))
    first = sum((parse(row.cells[name], look.mark) for name in parts(row)[:5]), D(0))
    slack = sum((half(table, row, name, look) for name in parts(row)[:5]), D("0.005"))
    value = parse(changed.cells["officer_average"], look.mark)
    if value > 10 or abs(value - first) <= slack + CLEAR:
        return None
    note = noted("officer-average", "officer-average-mismatch", row, changed, "officer_average")
    return put(report, table, row, changed, note)


def unreadable(rng: Random, report: Report) -> Report | None:
    row = rng.choice(scored(report))
    name = rng.choice([*parts(row), "total", *(["converted"] if "converted" in row.cells else [])])
    text = row.cells[name]
    wrong = rng.choice(
        ["#REF!", "#DIV/0!", "#VALUE!", f"{text[:-1]}A", f"{text}x", f"{text[0]}o{text[1:]}"]
    )
    changed = row.with_cell(name, wrong)
    note = noted("unreadable", "unreadable-number", row, changed, name)
    return put(report, report.scores, row, changed, note)


def blank_as_zero(rng: Random, report: Report) -> Report | None:
    """The converted score (and the rank after it) counts an indicator that does not apply as 0."""
    table, look, row = report.scores, report.style, rng.choice(scored(report))
    idle = [name for name in MAXIMA if row.cells.get(name) in NOTHING]
    if not idle:
        return None
    total, whole = parse(row.cells["total"], look.mark), maximum(row) + MAXIMA[rng.choice(idle)]
    score = rounded(look.scale * total / whole, look.decimals["converted"], look.rounding)
    changed = row.with_cell("converted", show(score, look.mark, "converted" in look.trimmed))
    rank = look.ranks[rank_of(score * 100 / look.scale, LIMITS_100)]
    changed = changed.with_cell("rank", rank)
    if converted_gap(table, changed, look) <= CLEAR:
        return None
    also = ("rank-mismatch", "order-broken", "borderline-rank")
    note = noted("blank-as-zero", "converted-mismatch", row, changed, "converted", also=also)
    return put(report, table, row, changed, note)


def refigured(row: Row, total: Decimal, look: Style) -> Row:
    """The row with this total printed and all that follows from it."""
    whole = maximum(row)
    score = look.scale * total / whole
    shown = show(rounded(total, 2, "ROUND_HALF_EVEN"), look.mark, "total" in look.trimmed)
    made = row.with_cell("total", shown + (f"/{whole}" if look.denominator else ""))
    digits = rounded(score, look.decimals["converted"], "ROUND_HALF_UP")
    made = made.with_cell("converted", show(digits, look.mark, "converted" in look.trimmed))
    return made.with_cell("rank", look.ranks[rank_of(score * 100 / look.scale, LIMITS_100)])


NUMBERS: dict[str, Planter] = {
    "total-changed": _wrong_total("total-changed", other_digit),
    "total-swapped": _wrong_total("total-swapped", swapped_digits),
    "component-changed": _wrong_component("component-changed", other_digit),
    "component-swapped": _wrong_component("component-swapped", swapped_digits),
    "converted": wrong_converted,
    "rank": wrong_rank,
    "over-maximum": over_maximum,
    "denominator": wrong_denominator,
    "officer-average": wrong_officer_average,
    "unreadable": unreadable,
    "blank-as-zero": blank_as_zero,
}
