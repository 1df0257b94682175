"""Tables as read to tables with meaning: columns named, rows sorted out, every cell an entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.document import Box, Cell, Document, Reader, Table
from normalise.entry import Kind, blank_entry, entry_of, most_decimals, with_precision
from normalise.header import Placement, place
from normalise.layout import NUMERIC, Field, Holds
from normalise.lone_total import settled
from normalise.number import Mark, decimal_mark, evidence, not_applicable
from normalise.rows import Body, Line, body_of
from normalise.submission import Column, Entry, FieldTable, LooseRow, ScoredRow, UnitMatch
from normalise.text import tidy
from normalise.units import PrintedName

Matcher = Callable[[Sequence[PrintedName]], Sequence[UnitMatch]]
HUNDRED = Decimal(100)
RULED: frozenset[Reader] = frozenset({"lines", "docx", "scan"})
LOOSE_FIELD = ""
"""The field of a loose row's figure, until arithmetic tells it."""


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table whose columns are named and whose rows are sorted out, before units and figures."""

    table: Table
    placement: Placement
    body: Body

    @property
    def names(self) -> tuple[PrintedName, ...]:
        """The unit names as printed, for those rows that are a unit's."""
        headings = dict(self.body.sections)
        return tuple(
            PrintedName(
                tidy(line.name.text),
                headings.get(line.section or ""),
                line.name.origin == "ocr",
                line.name.readings,
            )
            for line in self.body.lines
            if line.kind == "unit"
        )


def placed_tables(document: Document) -> tuple[PlacedTable, ...]:
    """The tables with figures in them; letterheads and signatures set as tables are left out."""
    found = []
    for table in document.tables:
        placement = place(table)
        body = body_of(table, placement)
        if body.lines and (placement.layout is not None or _has_figures(placement)):
            found.append(PlacedTable(table, placement, body))
    return tuple(found)


def _has_figures(placement: Placement) -> bool:
    pairs = zip(placement.fields, placement.contents, strict=True)
    return any(
        c.numbers > 0.5 and c.filled > 1 for f, c in pairs if f is None or f.holds in NUMERIC
    )


def document_mark(tables: Sequence[PlacedTable]) -> Mark | None:
    """The decimal mark that the figures of all tables speak for; None when they tell nothing."""
    texts = [c.text for t in tables for line in t.body.lines for c in line.row.cells]
    return decimal_mark(evidence(texts))


def field_table(
    placed: PlacedTable, title: str, mark: Mark | None, units: Sequence[UnitMatch]
) -> FieldTable:
    """The table with its meaning; `units` are the matches of `placed.names`, in their order.

    An unplaced column has the field None and its entries the field `column_k` (k counts from 1), as has every
    column of a table of kind `other`. Serial number and unit columns bear the fields `serial` and `unit`.
    """
    columns = _columns(placed.placement)
    kinds = _kinds(placed, columns, mark)
    rest = iter(units)
    rows = [
        _row(index, line, kinds, next(rest) if line.kind == "unit" else _no_unit(line))
        for index, line in enumerate(placed.body.lines)
    ]
    loose = [_loose(i, line, mark) for i, line in enumerate(placed.body.lines) if line.row.loose]
    layout = placed.placement.layout
    table = FieldTable(
        placed.table.id,
        layout.kind if layout else "other",
        placed.table.page,
        title,
        columns,
        _precise(rows, kinds),
        placed.body.sections,
        mark or ",",
        tuple(loose),
        placed.table.reader in RULED,
    )
    return settled(table, layout)


def _columns(placement: Placement) -> tuple[Column, ...]:
    """Every column that has a heading or holds something."""
    known = placement.layout is not None
    return tuple(
        Column(
            heads.column,
            field.name if field else None if known else column_name(heads.column),
            heads.path,
            heads.maximum,
            heads.number,
            heads.formula,
        )
        for heads, field, held in zip(
            placement.heads, placement.fields, placement.contents, strict=True
        )
        if heads.path or held.filled
    )


def column_name(column: int) -> str:
    """The field of entries in a column without a meaning; `column` counts from 0."""
    return f"column_{column + 1}"


def _kinds(placed: PlacedTable, columns: Sequence[Column], mark: Mark | None) -> dict[int, Kind]:
    """What each column holds, serial number and unit left out, and its decimal mark."""
    kinds: dict[int, Kind] = {}
    for column in columns:
        if column.field in ("serial", "unit"):
            continue
        cells = [line.cells.get(column.index) for line in placed.body.lines]
        texts = [cell.text for cell in cells if cell is not None]
        field = placed.placement.fields[column.index]
        own = decimal_mark(evidence(texts), mark)
        name = column.field or column_name(column.index)
        holds = _holds(field, placed, column.index)
        kinds[column.index] = Kind(name, holds, own, _most(field, holds, column.maximum))
    return kinds


def _most(field: Field | None, holds: Holds, printed: Decimal | None) -> Decimal | None:
    """The most a column's figures can be; totals, converted scores and rates end at a hundred."""
    own = field.maximum if field else None
    return printed or own or (HUNDRED if field and holds in ("score", "rate") else None)


def _holds(field: Field | None, placed: PlacedTable, column: int) -> Holds:
    if field is not None:
        return field.holds
    contents = placed.placement.contents[column]
    return (
        "text"
        if contents.numbers < 0.5
        else "count"
        if placed.placement.layout is None
        else "score"
    )


def _row(index: int, line: Line, kinds: dict[int, Kind], unit: UnitMatch) -> ScoredRow:
    one_row = _is_one_row(line, kinds)
    entries = [_entry(line, column, kind, one_row) for column, kind in kinds.items()]
    return ScoredRow(
        index,
        line.kind,
        line.row.page,
        line.section,
        line.serial,
        unit,
        tuple(e for e in entries if e is not None),
        _box(line),
    )


def _is_one_row(line: Line, kinds: dict[int, Kind]) -> bool:
    """Whether the cells are surely of one row: rows that ran together have two serial numbers, and two
    lines in most cells."""
    if line.kind != "unit" or (line.serial or "").isdigit():
        return True
    cells = [line.cells[c] for c, k in kinds.items() if k.holds in NUMERIC and c in line.cells]
    filled = [cell for cell in cells if cell.lines]
    return 2 * sum(len(cell.lines) == 1 for cell in filled) >= len(filled)


def _entry(line: Line, column: int, kind: Kind, one_row: bool) -> Entry | None:
    cell = line.cells.get(column)
    if cell is not None:
        return entry_of(cell, kind, one_row=one_row)
    if line.row.loose:
        return None
    over = next((c for c in line.cells.values() if c.column < column < c.column + c.span), None)
    if over is not None and kind.holds != "text" and not_applicable(over.text):
        return Entry(kind.field, over.text, "not-applicable", over.page, over.box, over.origin)
    return blank_entry(kind.field, line.row.page, line.name)


def _loose(index: int, line: Line, mark: Mark | None) -> LooseRow:
    kind = Kind(LOOSE_FIELD, "score", mark)
    figures = tuple(entry_of(c, kind) for c in line.row.cells if c.column < 0)
    return LooseRow(index, figures, line.row.gaps)


def _precise(rows: Sequence[ScoredRow], kinds: dict[int, Kind]) -> tuple[ScoredRow, ...]:
    """Integers with the precision of their column or, where that has no decimals, of their table."""
    numeric = {kind.field for kind in kinds.values() if kind.holds in NUMERIC}
    by_field = {
        name: most_decimals([e for row in rows for e in row.entries if e.field == name])
        for name in numeric
    }
    table = max(by_field.values(), default=0)
    return tuple(
        replace(
            row,
            entries=tuple(
                with_precision(e, by_field.get(e.field, 0) or table) for e in row.entries
            ),
        )
        for row in rows
    )


def _no_unit(line: Line) -> UnitMatch:
    return UnitMatch(tidy(line.name.text), None, None, "unmatched", 0.0)


def _box(line: Line) -> Box | None:
    """The box around the row's cells on its first page."""
    boxes = [c.box for c in line.row.cells if c.box is not None and _here(c, line)]
    if not boxes:
        return None
    return Box(
        min(b.x0 for b in boxes),
        min(b.top for b in boxes),
        max(b.x1 for b in boxes),
        max(b.bottom for b in boxes),
    )


def _here(cell: Cell, line: Line) -> bool:
    return cell.page == line.row.page
