"""What printed figures of a table may stand for, by the domain's rule of intervals."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.generator.content import Report, Row, Style, Table
from benchmarks.generator.figures import CRITERIA, MAXIMA

D = Decimal
NOTHING = ("", "-")


def parse(text: str, mark: str) -> Decimal:
    """The value of a printed score, its denominator left out."""
    return D(text.partition("/")[0].replace(mark, "."))


def decimals(text: str, mark: str) -> int:
    return len(text.partition("/")[0].partition(mark)[2])


def parts(row: Row) -> list[str]:
    """The components that this row prints."""
    names = (*MAXIMA, *CRITERIA)
    return [name for name in names if row.cells.get(name, "") not in NOTHING]


def half(table: Table, row: Row, name: str, look: Style) -> Decimal:
    """Half a unit of the last place; an integer takes the decimals of its column, else its table."""
    own = decimals(row.cells[name], look.mark)
    return D(5).scaleb(-1 - (own or _column(table, name, look) or _widest(table, look)))


def _column(table: Table, name: str, look: Style) -> int:
    texts = [row.cells.get(name, "") for row in table.units()]
    return max((decimals(text, look.mark) for text in texts), default=0)


def _widest(table: Table, look: Style) -> int:
    names = (*MAXIMA, *CRITERIA, "total")
    return max(_column(table, name, look) for name in names)


def printed_sum(row: Row, look: Style) -> Decimal:
    return sum((parse(row.cells[name], look.mark) for name in parts(row)), D(0))


def sum_slack(table: Table, row: Row, look: Style) -> Decimal:
    """How far total and sum of the printed parts can honestly be apart."""
    return sum((half(table, row, name, look) for name in [*parts(row), "total"]), D(0))


def maximum(row: Row) -> Decimal:
    return sum((MAXIMA.get(name, D(2)) for name in parts(row)), D(0))


def converted_gap(table: Table, row: Row, look: Style) -> Decimal:
    """How far the printed converted score lies outside what the printed total allows; <= 0 inside."""
    factor = look.scale / maximum(row)
    due = factor * parse(row.cells["total"], look.mark)
    slack = half(table, row, "converted", look) + factor * half(table, row, "total", look)
    return abs(due - parse(row.cells["converted"], look.mark)) - slack


def sum_gap(table: Table, row: Row, look: Style) -> Decimal:
    """How far the printed total lies outside what the printed parts allow; <= 0 inside."""
    apart = abs(printed_sum(row, look) - parse(row.cells["total"], look.mark))
    return apart - sum_slack(table, row, look)


def scored(report: Report) -> list[Row]:
    """The rows of the score table that have scores."""
    return [row for row in report.scores.units() if row.cells.get("total")]
