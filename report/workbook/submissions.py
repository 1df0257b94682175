"""The sheet of submissions: units by month, what came, what is missing, what state it is in."""

from __future__ import annotations

from collections import Counter

from audit.job import Examination
from audit.run import Audit
from report.catalogue import when
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
        facts = [dict(f.facts) for f in audit.findings if f.rule == "missing-submission"]
        self.missing = {(f["unit"], f["period"]) for f in facts}
        headings = [when(p, self.words.language) for p in self.matrix.periods]
        periods = [Column(heading, 16, wrap=True) for heading in headings]
        # The block of other reports below needs four columns in any case.
        spare = [Column("", 16, wrap=True) for _ in range(3 - len(periods))]
        columns = [Column("column/unit", 34, wrap=True), *periods, *spare]
        self.sheet = Sheet(book, "sheet/submissions", columns, frozen=1)
        self.sheet.header()
        self.state: dict[str, str] = {}
        self.about: dict[str, tuple[str, str]] = {}

    def add(self, examination: Examination, severities: Counter[str]) -> None:
        submission = examination.submission
        if submission.status == "failed":
            state = "failed"
        elif severities["error"]:
            state = "error"
        else:
            state = "warning" if severities["warning"] else "clean"
        issuer = submission.issuer
        name = (
            (issuer.canonical or issuer.printed) if issuer else self.words.texts["summary/unknown"]
        )
        self.state[submission.path] = state
        self.about[submission.path] = name, submission.period or ""

    def finish(self) -> None:
        for unit, cells in zip(self.matrix.units, self.matrix.cells, strict=True):
            states = [
                self._state(unit, period, cell)
                for period, cell in zip(self.matrix.periods, cells, strict=True)
            ]
            values: list[Value] = [unit]
            values += [self.words.texts[f"sent/{state}"] if state else None for state in states]
            fills = {i + 1: FILL[s] for i, s in enumerate(states) if s in FILL}
            self.sheet.row(values, fills=fills)
        self.sheet.filter()
        self._others()

    def _state(self, unit: str, period: str, cell: str | None) -> str | None:
        """Nothing where none is owed; missing only where the audit says that it should be there."""
        if cell is None:
            return "missing" if (unit, period) in self.missing else "absent"
        return self.state[cell] if cell else None

    def _others(self) -> None:
        """Reports that have no place in the matrix, so that every document is on this sheet."""
        placed = {cell for cells in self.matrix.cells for cell in cells}
        others = [path for path in self.state if path not in placed]
        if not others:
            return
        texts = self.words.texts
        self.sheet.next += 1
        self.sheet.plain(texts["summary/others"], bold=True)
        heads = ("document", "issuer", "period", "state")
        self.sheet.row([texts[f"column/{head}"] for head in heads], fill="total", bold=True)
        for path in others:
            state = self.state[path]
            issuer, period = self.about[path]
            values = (path, issuer, when(period, self.words.language), texts[f"sent/{state}"])
            self.sheet.row(values, fills={3: FILL[state]})
