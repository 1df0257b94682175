"""The sheet of claims: every statement of the prose that a table can confirm or contradict."""

from __future__ import annotations

from audit.job import Examination
from report.workbook.layout import Book, Column, Sheet

COLUMNS = (
    Column("column/document", 26, wrap=True),
    Column("column/page", 7, centred=True),
    Column("column/claim-kind", 16, wrap=True),
    Column("column/claim", 80, wrap=True),
    Column("column/verdict", 16),
    Column("column/units", 40, wrap=True),
)
FILL = {"confirmed": "good", "contradicted": "error", "undecided": "warning"}


class Claims:
    def __init__(self, book: Book) -> None:
        self.words = book.words
        self.sheet = Sheet(book, "sheet/claims", COLUMNS)
        self.sheet.header()

    def add(self, examination: Examination) -> None:
        submission = examination.submission
        verdicts = {j.index: j.verdict for j in examination.examined.judged}
        for index, claim in enumerate(submission.claims):
            verdict = verdicts.get(index, "undecided")
            values = (
                submission.path,
                claim.page,
                self.words.name("claim", claim.kind),
                claim.text,
                self.words.name("verdict", verdict),
                ", ".join(unit.name for unit in claim.units),
            )
            self.sheet.row(values, fills={4: FILL[verdict]})

    def finish(self) -> None:
        self.sheet.filter()
