"""The sheet of submissions: units by month, what came, what is missing, what state it is in."""

from __future__ import annotations

from collections import Counter

from audit.run import Audit
from report.workbook.layout import Book, Column, Sheet, Value

FILL = {
    "missing": "error",
    "failed": "error",
    "error": "error",
    "warning": "warning",
    "clean": "good",
}


class Submissions:
    """Written at the end, when every document's state is known."""

    def __init__(self, book: Book, audit: Audit) -> None:
        self.words = book.words
        self.matrix = audit.matrix
        periods = [Column(period, 18) for period in self.matrix.periods]
        self.sheet = Sheet(book, "sheet/submissions", [Column("column/unit", 34), *periods])
        self.sheet.header()
        self.state: dict[str, str] = {}

    def add(self, path: str, status: str, severities: Counter[str]) -> None:
        if status == "failed":
            self.state[path] = "failed"
        elif severities["error"]:
            self.state[path] = "error"
        else:
            self.state[path] = "warning" if severities["warning"] else "clean"

    def finish(self) -> None:
        for unit, cells in zip(self.matrix.units, self.matrix.cells, strict=True):
            states = [self._state(cell) for cell in cells]
            values: list[Value] = [unit]
            values += [self.words.texts[f"sent/{state}"] if state else None for state in states]
            fills = {i + 1: FILL[state] for i, state in enumerate(states) if state}
            self.sheet.row(values, fills=fills)
        self.sheet.filter()

    def _state(self, cell: str | None) -> str | None:
        if cell is None:
            return "missing"
        return self.state.get(cell, "clean") if cell else None
