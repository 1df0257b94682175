"""The rules with their meaning and their cases, for the rule reference and for the tests.

`cases/<rule>.toml` holds examples in both directions: reports so small that they can be read at a glance.
A case is examined like any report, so that an example that no longer fires fails a test.
"""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import reconcile.checks  # noqa: F401  (fills CHECKS)
from extract.document import Cell, Document, Line, Paragraph
from normalise.claims import find_claims
from normalise.entry import Kind, entry_of, most_decimals, with_precision
from normalise.register import Register
from normalise.submission import (
    Column,
    Entry,
    FieldTable,
    Issuer,
    Mention,
    ScoredRow,
    Submission,
    UnitMatch,
)
from normalise.table import column_name
from normalise.units import PrintedName, Scope, match_table
from reconcile.across import across, digest
from reconcile.check import CHECKS
from reconcile.crosswise import cross_reports, versions
from reconcile.due import missing
from reconcile.examine import examine
from reconcile.finding import Finding
from reconcile.methodology import load_methodologies
from reconcile.previous import changes, copied
from reconcile.shelf import Shelf

FOLDER = Path(__file__).parent / "cases"
BETWEEN: dict[str, Callable[..., object]] = {
    "cross-report-mismatch": cross_reports,
    "resubmission-conflict": versions,
    "missing-submission": missing,
    "copied-table": copied,
    "previous-period-mismatch": changes,
}
"""The rules between reports, and the function whose docstring says what each means."""
HOLDS = {"rank": "rank", "note": "text"}
_HEAD = re.compile(r"(\w+)(?:\s+\((\d+)\)(?:=(.+))?)?$")


@dataclass(frozen=True, slots=True)
class Example:
    """One case: what it shows in words, whether the rule fires, and the reports."""

    says: str
    fires: bool
    reports: tuple[Submission, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what its checks say they do, its legal basis, its cases."""

    name: str
    decided: tuple[str, ...]
    why: str
    basis: str
    examples: tuple[Example, ...]


def names() -> tuple[str, ...]:
    """Every rule of the program, in alphabetical order."""
    return tuple(sorted({c.rule for c in CHECKS} | BETWEEN.keys()))


def rule(name: str, register: Register) -> Rule:
    """The reference of one rule; KeyError when there is no such rule."""
    if name not in names():
        raise KeyError(name)
    said: list[Callable[..., object]] = [c.decide for c in CHECKS if c.rule == name]
    said += [BETWEEN[name]] if name in BETWEEN else []
    decided = tuple(dict.fromkeys(_prose(f) for f in said if f.__doc__))
    data = _file(name)
    examples = tuple(example(case, register) for case in data["case"])
    return Rule(name, decided, data["why"], data["basis"], examples)


def _prose(function: Callable[..., object]) -> str:
    paragraphs = (inspect.getdoc(function) or "").split("\n\n")
    return "\n\n".join(" ".join(p.split()) for p in paragraphs)


@cache
def _file(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def findings(example: Example, register: Register) -> tuple[Finding, ...]:
    """What the program says of a case: of each report, and of all of them together."""
    methodologies = load_methodologies()
    examined = [examine(r, methodologies, register).findings for r in example.reports]
    shelf = Shelf()
    together = across([digest(r, shelf) for r in example.reports], register).findings
    return (*(f for group in examined for f in group), *together)


def example(case: dict[str, Any], register: Register) -> Example:
    """A case from its data, as the files under `cases` have it."""
    made = tuple(
        _report(r, i, register) for i, r in enumerate(case.get("report") or [case], start=1)
    )
    return Example(case["says"], case["fires"], made)


def _report(data: dict[str, Any], number: int, register: Register) -> Submission:
    period = data.get("period")
    unit = next((u for u in register.on(period).units if u.name == data.get("issuer")), None)
    scope = Scope(unit, period)
    printed = [data["table"]] if isinstance(data.get("table"), str) else data.get("table", [])
    tables = tuple(_table(text, f"t{i}", scope, register) for i, text in enumerate(printed, 1))
    path = data.get("path", f"report-{number}.pdf")
    paragraphs = tuple(
        Paragraph((Line(text, 1, None),), i, "text-layer")
        for i, text in enumerate(data.get("letter", "").strip().splitlines())
    )
    document = Document(path, data.get("sha256", path), "ok", "digital", (), paragraphs)
    issuer = Issuer(unit.name, unit.name, unit.code) if unit else None
    mentions = tuple(Mention(page=1, box=None, **m) for m in data.get("mentions", []))
    return Submission(
        path,
        document.sha256,
        "ok",
        "digital",
        1,
        issuer,
        period,
        data.get("number"),
        data.get("date"),
        methodology=data.get("methodology", "dien-bien-459-2023"),
        tables=tables,
        claims=find_claims(document, tables, scope, register),
        mentions=mentions,
    )


def _table(text: str, name: str, scope: Scope, register: Register) -> FieldTable:
    """A table from lines of cells between bars; the first line names the fields, `received_rate (3)=(2)/(1)`."""
    lines = [[c.strip() for c in line.split("|")] for line in text.strip().splitlines()]
    columns = tuple(_column(i, head) for i, head in enumerate(lines[0]))
    body = lines[1:]
    units = _units(body, columns, scope, register)
    rows = [_row(i, line, columns, units[i]) for i, line in enumerate(body)]
    kind, precise = _kind(columns), _precise(rows, columns)
    return FieldTable(name, kind, 1, "", _placed(columns, kind), precise)


def _placed(columns: Sequence[Column], kind: str) -> tuple[Column, ...]:
    """As in a table read: columns without a meaning have a field only where no column has one."""
    return tuple(
        replace(c, field=None) if kind != "other" and c.field == column_name(c.index) else c
        for c in columns
    )


def _column(index: int, head: str) -> Column:
    found = _HEAD.match(head)
    assert found, head
    return Column(index, found[1], (head,), None, found[2], found[3])


def _kind(columns: Sequence[Column]) -> Any:
    fields = {c.field for c in columns}
    if fields & {"online_cases", "total_cases"}:
        return "fees"
    if fields & {"received", "resolved"}:
        return "digitisation"
    return "scores" if "total" in fields or "rank" in fields else "other"


def _units(
    body: Sequence[Sequence[str]], columns: Sequence[Column], scope: Scope, register: Register
) -> list[UnitMatch]:
    at = next(c.index for c in columns if c.field == "unit")
    printed = [PrintedName(line[at]) for line in body]
    return list(match_table(printed, scope, register))


def _row(index: int, line: Sequence[str], columns: Sequence[Column], unit: UnitMatch) -> ScoredRow:
    cells = {c.field or "": line[c.index] for c in columns}
    kind: Any = "total" if cells["unit"].casefold().startswith("tổng") else "unit"
    entries = [
        _entry(c, line[c.index]) for c in columns if c.field not in ("unit", "serial", "section")
    ]
    return ScoredRow(
        index, kind, 1, cells.get("section") or None, cells.get("serial"), unit, tuple(entries)
    )


def _entry(column: Column, text: str) -> Entry:
    field = column.field or column_name(column.index)
    cell = Cell((text,) if text else (), 1, None, "text-layer", column.index)
    return entry_of(cell, Kind(field, _holds(field), ","))


def _holds(field: str) -> Any:
    if field in HOLDS:
        return HOLDS[field]
    if field.endswith("_rate"):
        return "rate"
    if field.endswith("_fees"):
        return "money"
    counted = field.startswith(("received", "resolved", "results")) or field.endswith(
        ("_cases", "_procedures")
    )
    return "count" if counted else "score"


def _precise(rows: Sequence[ScoredRow], columns: Sequence[Column]) -> tuple[ScoredRow, ...]:
    names = [c.field or column_name(c.index) for c in columns]
    most = {name: most_decimals([e for r in rows if (e := r.entry(name))]) for name in names}
    widest = max(most.values(), default=0)
    return tuple(
        replace(r, entries=tuple(with_precision(e, most[e.field] or widest) for e in r.entries))
        for r in rows
    )


def reference(register: Register) -> Iterator[Rule]:
    """All rules in order."""
    return (rule(name, register) for name in names())
