"""Reports as plain text that somebody else has extracted: cells apart by tabs or by bars."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.generator.content import Report, Table
from benchmarks.generator.grid import header
from benchmarks.generator.layouts import Layout
from benchmarks.generator.typeset_office import letter_lines

SEPARATORS = {"tabs": "\t", "bars": " | "}


def text_file(report: Report, layout: Layout) -> bytes:
    """The report as UTF-8 text; a spanning heading stands over its first column."""
    lines = [line for line, _ in letter_lines(report)]
    for table in report.tables:
        lines += [*table.title, *_rows(table, SEPARATORS[layout.separator]), *table.notes]
    return "\n\n".join(lines[:8]).encode() + b"\n\n" + "\n".join(lines[8:]).encode() + b"\n"


def _rows(table: Table, separator: str) -> Iterator[str]:
    cells, depth = header(table)
    for level in range(depth):
        texts = {cell.first: cell.text for cell in cells if cell.top == level}
        yield separator.join(texts.get(n, "") for n in range(len(table.columns)))
    for row in table.rows:
        yield separator.join(table.text(row, column) for column in table.columns)
