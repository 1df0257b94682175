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
        self.periods = self._periods()
        headings = [when(self.matrix.periods[i], self.words.language) for i in self.periods]
        # The block of other reports below needs four columns in any case.
        headings += [""] * (3 - len(headings))
        columns = [Column(heading, 17, wrap=True, centred=True) for heading in headings]
        columns.insert(0, Column("column/unit", 34, wrap=True))
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

    def _periods(self) -> list[int]:
        """The places of the months for which any unit sent its own report, or should have."""
        due = {period for _, period in self.missing}
        return [
            index
            for index, period in enumerate(self.matrix.periods)
            if period in due or any(cells[index] for cells in self.matrix.cells)
        ]

    def finish(self) -> None:
        for unit, cells in zip(self.matrix.units, self.matrix.cells, strict=True):
            states = [
                self._state(unit, self.matrix.periods[index], cells[index])
                for index in self.periods
            ]
            if not any(states):
                continue
            values: list[Value] = [unit]
            values += [self.words.texts[f"sent/{state}"] if state else None for state in states]
            fills = {i + 1: FILL[s] for i, s in enumerate(states) if s in FILL}
            self.sheet.row(values, fills=fills)
        self.sheet.filter()
        self.sheet.plain(self.words.texts["sent/legend"])
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
