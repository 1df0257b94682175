"""Compares the cells of an audit with the truth: right, wrong and unmarked, doubtful, missing."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from benchmarks.generator.annexes import DIGITISATION, FEES, RATES
from benchmarks.generator.figures import LABELS

Outcome = Literal["right", "wrong", "doubtful", "missing"]
Row = dict[str, Any]
ANNEX = frozenset((*FEES, *DIGITISATION)) - frozenset(RATES)
"""Fields of whole numbers, in which points and commas only group."""
OTHER_KEYS = frozenset({"name", "code", "unit", "serial", "section", "note"})
"""Keys of a truth row that are no cells to compare."""
SURE = ("as-read", "repaired")


@dataclass
class Cells:
    """What became of the cells, unit names and rows of some documents; `faults` names each fault."""

    outcomes: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Cells) -> None:
        self.outcomes += other.outcomes
        self.names += other.names
        self.faults += other.faults


def plain(text: str) -> str:
    """A printed text for comparison: composed, lower case, without white space."""
    return "".join(unicodedata.normalize("NFC", text or "").lower().split())


RANKS = {plain(label): rank for labels in LABELS for rank, label in labels.items()}
"""The rank of each label, by its text for comparison."""


def number(text: str, name: str) -> Decimal | None:
    """The value of a printed figure of a truth file, None when it is not a number."""
    bare = text.partition("/")[0].strip().rstrip("%")
    bare = bare.replace(".", "").replace(",", "") if name in ANNEX else bare.replace(",", ".")
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def compare(truth: dict[str, Any], document: dict[str, Any] | None) -> Cells:
    """All cells of a report's truth against its entry in `audit.json`."""
    found = Cells()
    for cells in by_kind(truth, document).values():
        found.add(cells)
    return found


def by_kind(truth: dict[str, Any], document: dict[str, Any] | None) -> dict[str, Cells]:
    """The same for each kind of table that the report has."""
    wanted = {"scores": truth["rows"], **truth.get("statistics", {})}
    return {kind: _compared(kind, rows, document) for kind, rows in wanted.items()}


def _compared(kind: str, rows: list[Row], document: dict[str, Any] | None) -> Cells:
    found = Cells()
    tables = document["tables"] if document else []
    have = [row for table in tables if table["kind"] == kind for row in table["rows"]]
    paired = aligned(rows, have)
    for row, read in zip(rows, paired, strict=True):
        _row(found, kind, row, read)
    extra = len(have) - sum(read is not None for read in paired)
    if extra > 0:
        found.outcomes["extra rows"] += extra
        found.faults.append(f"{kind}: {extra} rows that the paper does not have")
    return found


def aligned(rows: list[Row], have: list[Row]) -> list[Row | None]:
    """For each row of the truth the audit's row of that name, the nearest in place first."""
    free = dict(enumerate(have))
    paired: list[Row | None] = []
    for place, row in enumerate(rows):
        same = [
            n for n, read in free.items() if plain(read["unit"]["printed"]) == plain(row["unit"])
        ]
        if not same and len(rows) == len(have) and place in free:
            same = [place]
        best = min(same, key=lambda n: abs(n - place), default=None)
        paired.append(None if best is None else free.pop(best))
    return paired


def _row(found: Cells, kind: str, row: Row, read: Row | None) -> None:
    fields = [name for name in row if name not in OTHER_KEYS]
    if read is None:
        found.outcomes["missing"] += len(fields)
        found.names["missing"] += 1
        found.faults.append(f"{kind}: row of {row['unit']} is missing")
        return
    if row["name"]:
        _name(found, row, read)
    for name in fields:
        cell = read["cells"].get(name)
        outcome = judge(row[name], name, cell)
        found.outcomes[outcome] += 1
        if outcome != "right":
            shown = {k: cell[k] for k in ("printed", "value", "status")} if cell else None
            found.faults.append(f"{kind} {row['unit']} {name}: {row[name]!r} {outcome}: {shown}")


def _name(found: Cells, row: Row, read: Row) -> None:
    canonical = read["unit"]["canonical"]
    if canonical is None:
        found.names["unmatched"] += 1
    elif plain(canonical) == plain(row["name"]) or read["unit"]["code"] == row.get("code"):
        found.names["right"] += 1
    else:
        found.names["wrong"] += 1
        found.faults.append(f"unit {row['unit']} taken for {canonical}")


def judge(text: str, name: str, cell: dict[str, Any] | None) -> Outcome:
    """The outcome of one cell. A dash among money may be read as none or as nothing due."""
    value = None if cell is None else cell["value"]
    status = "blank" if cell is None else cell["status"]
    if text in ("", "-"):
        empty = value is None and status in ("blank", "not-applicable")
        nothing = name in ANNEX and value is not None and Decimal(value) == 0
        return "right" if empty or nothing else _else(status)
    if name == "rank":
        same = value is not None and value == RANKS.get(plain(text))
        return "right" if same and status in SURE else _else(status)
    figure = number(text, name)
    if figure is None:
        return "right" if value is None and status == "unreadable" else _else(status)
    if status in SURE and value is not None and Decimal(value) == figure:
        return "right"
    return _else(status)


def _else(status: str) -> Outcome:
    if status in SURE:
        return "wrong"
    return "doubtful" if status in ("uncertain", "unreadable") else "missing"
