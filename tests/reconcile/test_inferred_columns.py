"""A column whose heading was not read gets its meaning from place, maximum and sums, or none."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from normalise.number import not_applicable, parse
from normalise.submission import CellStatus, Entry, FieldTable
from reconcile.inferred_columns import infer_columns
from reconcile.methodology import load_methodologies
from tests.reconcile.noise import honest_row, table_of
from tests.reconcile.sheets import hidden

METHOD = load_methodologies()["dien-bien-459-2023"]
FIELDS = [part.field for part in METHOD.parts]


def _entry(field: str, text: str) -> Entry:
    figure = None if not_applicable(text) else parse(text, ",")
    status: CellStatus = "as-read" if figure else "not-applicable"
    value, decimals = (figure.value, figure.decimals) if figure else (None, 0)
    return Entry(field, text, status, 1, None, "ocr", value, decimals, 2)


def table(seed: int = 1, rows: int = 10) -> FieldTable:
    rng = random.Random(seed)
    made = [honest_row(METHOD, rng) for _ in range(rows)]
    return table_of([[_entry(f, t) for f, t in row.items() if f != "rank"] for row in made])


@pytest.mark.parametrize(
    "fields",
    [
        ("digitisation_1",),
        ("progress",),
        ("openness_1",),
        ("online_2", "satisfaction_3"),
        ("total",),
        ("converted",),
        ("total", "converted"),
    ],
)
def test_a_column_is_told_by_place_and_sums(fields: tuple[str, ...]) -> None:
    whole = table()
    found = infer_columns(hidden(whole, *fields), METHOD)
    assert found.rows == whole.rows
    assert [c.field for c in found.columns] == [c.field for c in whole.columns]
    assert [c.field for c in found.columns if c.inferred] == list(fields)


def test_two_indicators_of_one_maximum_are_not_told_apart() -> None:
    whole = table()
    unread = hidden(whole, "satisfaction_1", dropped=("satisfaction_2",))
    parts = {"satisfaction_1", *FIELDS} - {"satisfaction_2"}
    rows = tuple(
        replace(row, entries=tuple(e for e in row.entries if e.field not in ("total", "converted")))
        for row in unread.rows
    )
    totals = [
        sum((e.value for e in row.entries if e.value is not None and e.field in parts), Decimal(0))
        for row in whole.rows
    ]
    summed = tuple(
        replace(row, entries=(*row.entries, _entry("total", str(total).replace(".", ","))))
        for row, total in zip(rows, totals, strict=True)
    )
    columns = tuple(c for c in unread.columns if c.field != "converted")
    ambiguous = replace(unread, columns=columns, rows=summed)
    assert infer_columns(ambiguous, METHOD) == ambiguous


@pytest.mark.parametrize("spoilt", ["sums", "rows"])
def test_without_agreement_a_column_stays_unplaced(spoilt: str) -> None:
    unread = hidden(table(rows=3 if spoilt == "rows" else 10), "digitisation_1")
    if spoilt == "sums":
        rows = tuple(
            replace(row, entries=tuple(_shifted(e) for e in row.entries)) for row in unread.rows
        )
        unread = replace(unread, rows=rows)
    assert infer_columns(unread, METHOD) == unread


def _shifted(entry: Entry) -> Entry:
    wrong = entry.field == "total" and entry.value is not None
    return replace(entry, value=(entry.value or Decimal(0)) + 1) if wrong else entry
