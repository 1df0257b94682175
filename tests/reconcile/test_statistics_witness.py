"""Sums, rates and totals rows as witnesses for figures of the statistics tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from extract.document import Reading
from normalise.number import parse
from normalise.submission import Column, Entry, FieldTable, RowKind, ScoredRow, UnitMatch
from reconcile.statistics_witness import restore_statistics

FIELDS = ("received", "received_digitised", "received_rate", "received_pending")
ROWS = ("48 48 100 0", "153 152 99,35 1", "40 39 97,5 1", "209 51 24,4 158", "450 290 64,44 160")
"""The last row is the totals row."""
Changes = Mapping[tuple[int, str], tuple[tuple[str, float], ...]]


def _entry(field: str, readings: tuple[tuple[str, float], ...]) -> Entry:
    text, confidence = readings[0]
    looks = tuple(Reading(t.replace(" ", ""), w, "ocr") for t, w in readings)
    figure = parse(text, ",", counts=field != "received_rate")
    if figure is None:
        blank = Entry(field, text, "unreadable", 1, None, "ocr", confidence=confidence)
        return replace(blank, readings=tuple(Reading(t, w, "ocr") for t, w in readings))
    return Entry(
        field,
        text,
        "as-read" if confidence >= 0.999 else "uncertain",
        1,
        None,
        "ocr",
        figure.value,
        figure.decimals,
        figure.decimals or (2 if field == "received_rate" else 0),
        confidence=confidence,
        readings=looks,
    )


def statistics(changes: Changes, lines: tuple[str, ...] = ROWS) -> FieldTable:
    columns = tuple(Column(i, field, (field,)) for i, field in enumerate(FIELDS))
    rows = []
    for i, line in enumerate(lines):
        kind: RowKind = "total" if i == len(ROWS) - 1 else "unit"
        cells = dict(zip(FIELDS, line.split(), strict=True))
        entries = tuple(_entry(f, changes.get((i, f), ((t, 1 - 1e-6),))) for f, t in cells.items())
        unit = UnitMatch("UBND xã Pú Xi", None, None, "unmatched", 0.0)
        rows.append(ScoredRow(i, kind, 1, None, str(i + 1), unit, entries))
    return FieldTable("t1", "digitisation", 1, "", columns, tuple(rows))


def _restored(changes: Changes, row: int, field: str) -> Entry:
    entry = restore_statistics(statistics(changes)).rows[row].entry(field)
    assert entry is not None
    return entry


@pytest.mark.parametrize(
    ("row", "field", "readings", "value"),
    [
        (1, "received", (("153", 0.7),), "153"),
        (1, "received", (("158", 0.6), ("153", 0.3)), "153"),
        (3, "received_rate", (("244", 0.6),), "24.4"),
        (4, "received_digitised", (("299", 0.6), ("290", 0.3)), "290"),
        (3, "received_rate", (("24, 4", 0.996), ("24,14", 0.003)), "24.4"),
        (3, "received", (("\\ 209", 0.6),), "209"),
    ],
)
def test_a_doubtful_figure_is_settled(
    row: int, field: str, readings: tuple[tuple[str, float], ...], value: str
) -> None:
    entry = _restored({(row, field): readings}, row, field)
    assert entry.known
    assert entry.value == Decimal(value)
    as_read = readings[0][0].replace(" ", "").replace(",", ".") == value
    assert entry.repaired_from == (None if as_read else readings[0][0])


@pytest.mark.parametrize(("other", "known"), [("1001%", True), ("100o%", False)])
def test_a_percent_sign_read_with_a_digit_leaves_no_doubt_and_a_letter_does(
    other: str, known: bool
) -> None:
    entry = _restored({(0, "received_rate"): (("100%", 0.38), (other, 0.54))}, 0, "received_rate")
    assert entry.known is known


def test_a_sure_figure_that_breaks_its_sums_is_the_papers() -> None:
    entry = _restored({(3, "received_pending"): (("185", 1 - 1e-7),)}, 3, "received_pending")
    assert (entry.status, entry.printed) == ("as-read", "185")


def test_an_unread_figure_confirms_no_other() -> None:
    """Of `48 - 48 = 0` two figures are under a pen's strokes, and of the totals row two."""
    strokes = (("`)", 0.2),)
    changes = {(0, "received"): (("z9}", 0.2), ("9 |", 0.4)), (0, "received_digitised"): strokes}
    changes |= {(4, "received"): strokes, (4, "received_digitised"): strokes}
    entry = _restored(changes, 0, "received")
    assert (entry.status, entry.printed) == ("uncertain", "z9}")


def test_a_figure_that_no_sum_confirms_stays_uncertain() -> None:
    changes = {(1, f): ((t, 0.5),) for f, t in zip(FIELDS, ROWS[1].split(), strict=True)}
    table = statistics(changes)
    unsummed = replace(table, rows=table.rows[:-1], columns=table.columns[:1])
    entry = restore_statistics(unsummed).rows[1].entry("received")
    assert entry is not None
    assert entry.status == "uncertain"


def test_figures_of_a_text_layer_are_left_alone() -> None:
    table = statistics({(1, "received"): (("158", 0.6),)})
    rows = tuple(
        replace(r, entries=tuple(replace(e, origin="text-layer") for e in r.entries))
        for r in table.rows
    )
    typed = replace(table, rows=rows)
    assert restore_statistics(typed) == typed
