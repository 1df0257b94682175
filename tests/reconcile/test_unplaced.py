"""What a column of figures without a field leaves in doubt, and that it is said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from normalise.register import Register
from normalise.submission import FieldTable, Submission
from normalise.table import column_name
from reconcile.check import run
from reconcile.checks import tables, unknown
from reconcile.unplaced import Doubt, doubt_of
from reconcile.witness import restore
from tests.reconcile.sheets import INDICATORS, METHODOLOGIES, ROWS_459, hidden, sheet


def report() -> Submission:
    return sheet(ROWS_459)


def mistaken(whole: FieldTable) -> FieldTable:
    """The first column, of dashes, taken for the second indicator, whose own column has no field."""
    table = hidden(whole, "openness_2")
    rows = tuple(
        replace(
            row,
            entries=tuple(
                replace(e, field="openness_2") if e.field == "openness_1" else e
                for e in row.entries
            ),
        )
        for row in table.rows
    )
    columns = tuple(
        replace(c, field="openness_2")
        if c.field == "openness_1"
        else replace(c, maximum=Decimal(5))
        if c.field is None
        else c
        for c in table.columns
    )
    return replace(table, rows=rows, columns=columns)


def findings(table: FieldTable) -> list[str]:
    submission = replace(report(), tables=(table,))
    areas = (tables, unknown)
    subjects = (s for a in areas for s in a.subjects(submission, INDICATORS, Register(())))
    return [f.message for f in run(subjects, "")[0] if f.severity != "info"]


def settled(table: FieldTable) -> FieldTable:
    return restore(replace(report(), tables=(table,)), METHODOLOGIES).tables[0]


def statuses(table: FieldTable, field: str) -> set[str]:
    return {e.status for row in table.rows if (e := row.entry(field))}


@pytest.mark.parametrize("ruled", [True, False])
def test_a_column_with_room_for_its_figures_elsewhere_is_not_said_to_be_blank(ruled: bool) -> None:
    table = settled(replace(mistaken(report().tables[0]), ruled=ruled))
    assert statuses(table, "openness_2") == {"uncertain"}
    assert statuses(table, "progress") == statuses(table, "total") == {"as-read"}
    assert findings(table) == ["unknown-column/part"]


def test_a_column_where_an_indicator_is_missing_leaves_the_others_sure() -> None:
    whole = report().tables[0]
    table = hidden(whole, "satisfaction_1", "satisfaction_2", dropped=("satisfaction_3",))
    table = _with_totals(table, Decimal(5))
    assert doubt_of(table, INDICATORS).adds
    assert not doubt_of(table, INDICATORS).parts
    assert statuses(settled(table), "progress") == {"as-read"}
    assert findings(settled(table)) == ["unknown-column/alone"]


def test_a_column_that_explains_no_total_leaves_all_indicators_in_doubt() -> None:
    table = _with_totals(mistaken(report().tables[0]), Decimal(17))
    found = settled(table)
    assert statuses(found, "progress") == {"uncertain"}
    assert statuses(found, "total") == {"as-read"}
    assert findings(found) == ["unknown-column/part"]


def test_a_further_column_harms_nothing_where_totals_add_up() -> None:
    whole = report().tables[0]
    at = len(whole.columns)
    total = next(i for i, c in enumerate(whole.columns) if c.field == "total")
    columns = list(whole.columns)
    columns[total:total] = [replace(columns[0], index=columns[total].index, field=None)]
    columns[total + 1 :] = [replace(c, index=at + n) for n, c in enumerate(columns[total + 1 :])]
    name = column_name(columns[total].index)
    rows = tuple(
        replace(row, entries=(*row.entries, replace(e, field=name)))
        for row in whole.rows
        if (e := row.entry("openness_2"))
    )
    assert doubt_of(replace(whole, rows=rows, columns=tuple(columns)), INDICATORS) == Doubt()


def _with_totals(table: FieldTable, less: Decimal) -> FieldTable:
    rows = tuple(
        replace(
            row,
            entries=tuple(
                replace(e, value=e.value - less) if e.field == "total" and e.value else e
                for e in row.entries
            ),
        )
        for row in table.rows
    )
    return replace(table, rows=rows)
