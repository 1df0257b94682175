"""Tables made to explode the search for what they say: it ends, and what it leaves open is uncertain."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from extract.document import Reading
from normalise.submission import (
    Column,
    Entry,
    FieldTable,
    LooseRow,
    ScoredRow,
    Submission,
    UnitMatch,
)
from reconcile import lattice, statistics_witness
from reconcile.methodology import load_methodologies
from reconcile.witness import restore
from tests.reconcile.noise import honest_row, table_of

METHODS = load_methodologies()
METHOD = METHODS["dien-bien-459-2023"]


def restored(table: FieldTable) -> FieldTable:
    found = restore(
        Submission("x", "0", "ok", "scan", 1, tables=(table,), methodology=METHOD.id), METHODS
    )
    return found.tables[0]


def doubtful(field: str, texts: Sequence[str]) -> Entry:
    """A cell of which each reading is as likely as any other."""
    weight = 0.9 / len(texts)
    return Entry(
        field,
        texts[0],
        "uncertain",
        1,
        None,
        "ocr",
        Decimal(texts[0].replace(",", ".")),
        len(texts[0].partition(",")[2]),
        2,
        confidence=weight,
        readings=tuple(Reading(text, weight, "ocr") for text in texts),
    )


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pairs of sum and edge that each step of the search takes at once."""
    taken: list[int] = []
    moved = lattice._moved

    def counted(before: lattice.Spread, bundle: lattice._Bundle) -> lattice.Spread:
        taken.append(before.sums.size * bundle.units.size)
        return moved(before, bundle)

    monkeypatch.setattr(lattice, "_moved", counted)
    return taken


def bounded(work: Sequence[int], searches: int) -> bool:
    return max(work) <= lattice.MOST_AT_ONCE and sum(work) <= searches * lattice.MOST_WORK


@pytest.mark.parametrize(("readings", "decimals"), [(20, 2), (200, 3)])
def test_a_row_of_cells_that_may_say_anything(
    readings: int, decimals: int, work: list[int]
) -> None:
    rng = random.Random(readings)
    row = [
        doubtful(
            f, [f"{rng.uniform(0, 5):.{decimals}f}".replace(".", ",") for _ in range(readings)]
        )
        for f in honest_row(METHOD, rng)
        if f != "rank"
    ]
    (found,) = restored(table_of([row])).rows
    assert {e.status for e in found.entries} <= {"uncertain", "as-read"}
    assert sum(e.status == "uncertain" for e in found.entries) > len(row) / 2
    assert bounded(work, 1)


def test_a_column_of_money_that_may_say_anything(work: list[int]) -> None:
    rng = random.Random(1)
    unit = UnitMatch("UBND xã Pú Xi", "Xã Pú Xi", None, "exact", 1.0)
    rows = tuple(
        ScoredRow(
            i,
            "unit" if i < 12 else "total",
            1,
            None,
            str(i),
            unit,
            tuple(
                doubtful(f, [str(rng.randrange(10**8)) for _ in range(50)])
                for f in ("received", "received_pending")
            ),
        )
        for i in range(13)
    )
    columns = tuple(Column(i, e.field, (e.field,)) for i, e in enumerate(rows[0].entries))
    found = restored(FieldTable("t1", "digitisation", 1, "", columns, rows))
    assert {e.status for row in found.rows for e in row.entries} == {"uncertain"}
    assert bounded(work, len(columns))


def test_joint_readings_of_a_row_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics_witness, "MOST", 10)
    columns = tuple(
        Column(i, f, (f,)) for i, f in enumerate(("total_cases", "online_cases", "unpaid_cases"))
    )
    entries = tuple(doubtful(c.field or "", ["1", "2", "3"]) for c in columns)
    unit = UnitMatch("UBND xã Pú Xi", "Xã Pú Xi", None, "exact", 1.0)
    rows = (ScoredRow(0, "unit", 1, None, "1", unit, entries),)
    found = restored(FieldTable("t1", "fees", 1, "", columns, rows))
    assert {e.status for e in found.rows[0].entries} == {"uncertain"}


@pytest.mark.parametrize("texts", [["1" * 5000] * 9, ["12345678"] * 13, ["5"] * 300])
def test_a_line_of_endless_figures(texts: list[str], work: list[int]) -> None:
    fields = [*(p.field for p in METHOD.parts), "total", "converted"]
    columns = tuple(Column(i, f, (f,)) for i, f in enumerate(fields))
    unit = UnitMatch("UBND xã Pú Xi", "Xã Pú Xi", None, "exact", 1.0)
    figures = tuple(
        replace(doubtful("loose", ["5"]), printed=text, value=None, readings=()) for text in texts
    )
    loose = LooseRow(0, figures, ())
    row = ScoredRow(0, "unit", 1, None, "1", unit, ())
    table = FieldTable("t1", "scores", 1, "", columns, (row,), loose=(loose,))
    (found,) = restored(table).rows
    assert {e.status for e in found.entries} == {"uncertain"}
    assert not work or bounded(work, 3)
