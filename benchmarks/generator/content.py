"""What a generated report says, before any layout: letter, tables, headings and printed cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

RowKind = Literal["section", "unit", "total"]
TableKind = Literal["scores", "fees", "digitisation"]

SERIAL, NAME, EMPTY = "serial", "name", "empty"
"""Columns that hold no figure: STT, the unit's name, and a column without heading or content."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the register: its official name, code and the names it may be printed under."""

    name: str
    code: str
    kind: str
    short: str
    printed: str


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row. `cells` maps a field to its printed text, "" for a blank cell.

    `values` are the figures behind the print before any rounding, None where not applicable.
    """

    kind: RowKind
    serial: str
    name: str
    unit: Unit | None = None
    section: str | None = None
    cells: dict[str, str] = field(default_factory=dict)
    values: dict[str, Decimal | None] = field(default_factory=dict)

    def with_cell(self, name: str, text: str) -> Row:
        return replace(self, cells={**self.cells, name: text})


@dataclass(frozen=True, slots=True)
class Head:
    """A heading: over its children, or, when `field` is set, over one column."""

    text: str
    field: str | None = None
    children: tuple[Head, ...] = ()

    def leaves(self) -> Iterator[Head]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    @property
    def depth(self) -> int:
        return 1 + max((child.depth for child in self.children), default=0)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an annex. `numbers` is the line of column numbers under the header, if any."""

    kind: TableKind
    title: tuple[str, ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields of the columns from left to right."""
        return tuple(leaf.field or EMPTY for head in self.heads for leaf in head.leaves())

    def units(self) -> list[Row]:
        return [row for row in self.rows if row.kind == "unit"]

    def text(self, row: Row, column: str) -> str:
        """What stands in a column of a row."""
        if column == SERIAL:
            return row.serial
        return row.name if column == NAME else row.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Style:
    """How one report prints its figures.

    `decimals` by field; `trimmed` fields drop trailing zeros; `parts_rounding` and `rounding` are
    names of the decimal module (components; total and converted score). `sums_printed`: the total
    is the sum of the printed parts instead of the figures behind them.
    """

    mark: str
    decimals: dict[str, int]
    trimmed: frozenset[str]
    mixed: frozenset[str]
    parts_rounding: str
    rounding: str
    sums_printed: bool
    scale: int
    absent: frozenset[str]
    blank: str
    denominator: bool
    ranks: dict[str, str]


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who sends the report: `name` as in the register, `kind` and `short` for the sentences."""

    name: str
    code: str
    kind: str
    short: str
    capital: str

    @property
    def office(self) -> str:
        return f"UBND {self.kind} {self.short}"


@dataclass(frozen=True, slots=True)
class Planted:
    """A known error: the rule that must name it, and the cell. `also` are rules that may follow.

    `fields`: every field that is a right place for the finding (the first is the changed one);
    empty where the finding has no field.
    """

    kind: str
    rule: str
    table: str | None = None
    unit: str | None = None
    units: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    printed: str | None = None
    right: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter's paragraphs, and the claims in them as (text, kind, verdict)."""

    title: str
    paragraphs: tuple[str, ...]
    claims: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `period` is `2023-07` or `2022`; `date` ISO; `stated` all units it owes."""

    issuer: Issuer
    period: str
    number: str
    date: str
    methodology: str
    style: Style
    tables: tuple[Table, ...]
    letter: Letter
    planted: tuple[Planted, ...] = ()

    @property
    def scores(self) -> Table:
        return next(table for table in self.tables if table.kind == "scores")

    def table(self, kind: str) -> Table | None:
        return next((table for table in self.tables if table.kind == kind), None)

    def with_table(self, table: Table) -> Report:
        """The report with its table of the same kind replaced."""
        kept = tuple(table if old.kind == table.kind else old for old in self.tables)
        return replace(self, tables=kept)
