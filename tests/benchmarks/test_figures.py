"""Composed reports are right in every figure; each planted error is one that the print proves."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from benchmarks.generator.annexes import RATES
from benchmarks.generator.compose import S459, S1187, Setting, compose
from benchmarks.generator.content import Report, Row
from benchmarks.generator.figures import LIMITS_18, LIMITS_100, rank_of
from benchmarks.generator.make import KINDS, Order, composed
from benchmarks.generator.printed import (
    converted_gap,
    maximum,
    parse,
    parts,
    printed_sum,
    scored,
    sum_gap,
)

SEEDS = range(40)
CUT = "ROUND_DOWN"


def reports(**setting: object) -> list[Report]:
    return [compose(Random(seed), Setting(**setting)) for seed in SEEDS]  # type: ignore[arg-type]


def rank_key(report: Report, row: Row) -> str:
    return next(key for key, label in report.style.ranks.items() if label == row.cells["rank"])


def test_totals_follow_from_the_printed_parts() -> None:
    for report in reports():
        cut = Decimal("0.01") if report.style.rounding == CUT else Decimal(0)
        for row in scored(report):
            assert sum_gap(report.scores, row, report.style) <= cut


def test_converted_scores_follow_from_the_printed_totals() -> None:
    for report in reports(methodology=S459):
        look = report.style
        unit = Decimal(1).scaleb(-look.decimals["converted"])
        cut = unit if look.rounding == CUT else Decimal(0)
        for row in scored(report):
            assert converted_gap(report.scores, row, look) <= cut


def test_ranks_follow_from_the_printed_scores() -> None:
    for report in reports(methodology=S459):
        mark, factor = report.style.mark, Decimal(100) / report.style.scale
        for row in scored(report):
            score = parse(row.cells["converted"], mark) * factor
            assert rank_of(score, LIMITS_100) == rank_key(report, row)


def test_criteria_make_total_average_and_rank() -> None:
    for report in reports(methodology=S1187):
        mark = report.style.mark
        for row in scored(report):
            first = sum(parse(row.cells[name], mark) for name in parts(row)[:5])
            assert parse(row.cells["total"], mark) == printed_sum(row, report.style)
            assert parse(row.cells["officer_average"], mark) == first
            assert rank_of(parse(row.cells["total"], mark), LIMITS_18) == rank_key(report, row)


def test_denominators_are_the_applicable_maxima() -> None:
    shown = [r for r in reports(methodology=S459) if r.style.denominator]
    assert shown
    for report in shown:
        for row in scored(report):
            assert row.cells["total"].partition("/")[2] == str(maximum(row))


def test_statistics_fit_each_other_and_the_scores() -> None:
    for report in reports(methodology=S459, level="district", statistics=True):
        fees = report.table("fees")
        assert fees is not None
        shares = {}
        for row in fees.rows:
            value = {name: row.values[name] or Decimal(0) for name in fees.columns[2:]}
            cases = value["unpaid_cases"] + value["direct_cases"] + value["online_cases"]
            assert cases == value["total_cases"]
            shares[row.name] = 10 * value["online_cases"] / value["total_cases"]
        for row in scored(report):
            assert row.values["online_2"] == shares[row.name]


def test_rates_of_the_digitisation_table() -> None:
    for report in reports(methodology=S459, level="district", statistics=True):
        table = report.table("digitisation")
        assert table is not None
        for row in table.rows:
            for rate, (part, whole) in RATES.items():
                if rate in row.values:
                    due = 100 * (row.values[part] or 0) / (row.values[whole] or 1)
                    assert row.values[rate] == due


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_planted_error_changes_what_it_says(kind: str) -> None:
    report = composed(Random(kind), Order(0, "ruled", kind))
    assert [planted.kind for planted in report.planted] == [kind]
    planted = report.planted[0]
    same = ("unit-duplicate", "unit-missing", "borderline", "order")
    assert (planted.printed == planted.right) <= (kind in same or kind.startswith("letter-"))


NUMERIC = ("total-changed", "total-swapped", "component-changed", "component-swapped")


@pytest.mark.parametrize("kind", NUMERIC)
def test_a_planted_figure_breaks_the_sum(kind: str) -> None:
    report = composed(Random(kind), Order(0, "ruled", kind))
    gaps = [sum_gap(report.scores, row, report.style) for row in scored(report)]
    assert sum(gap > Decimal("0.01") for gap in gaps) == 1


@pytest.mark.parametrize("kind", ["converted", "blank-as-zero"])
def test_a_planted_converted_score_breaks_the_conversion(kind: str) -> None:
    report = composed(Random(kind), Order(0, "ruled", kind))
    broken = report.planted[0].unit
    gaps = {
        row.unit.name: converted_gap(report.scores, row, report.style)
        for row in scored(report)
        if row.unit
    }
    assert max(gaps, key=lambda name: gaps[name]) == broken
    assert gaps[broken] > 0


def test_an_improbable_total_lies_inside_its_interval() -> None:
    report = composed(Random(1), Order(0, "ruled", "improbable"))
    assert all(sum_gap(report.scores, row, report.style) < 0 for row in scored(report))
