"""The sheet of what could not be checked, and why: files, cells, names, numbers left over, claims."""

from __future__ import annotations

from collections.abc import Iterator

from audit.job import Examination
from report.workbook.layout import Book, Column, Sheet

COLUMNS = (
    Column("column/document", 30, wrap=True),
    Column("column/page", 7),
    Column("column/what", 40, wrap=True),
    Column("column/why", 80, wrap=True),
)

Gap = tuple[int | None, str, str]
"""Page, what, why."""


class Unchecked:
    def __init__(self, book: Book) -> None:
        self.words = book.words
        self.sheet = Sheet(book, "sheet/unchecked", COLUMNS)
        self.sheet.header()

    def add(self, examination: Examination) -> None:
        for page, what, why in self.gaps(examination):
            self.sheet.row((examination.submission.path, page, what, why))

    def gaps(self, examination: Examination) -> Iterator[Gap]:
        """Everything of one document that no check could decide."""
        say, texts = self.words.say, self.words.texts
        submission = examination.submission
        if submission.problem is not None:
            problem = submission.problem
            yield None, texts["what/file"], say(f"problem/{problem.code}", problem.facts)
        for table in submission.tables:
            for column in table.columns:
                if column.field is None and any(column.path):
                    yield table.page, " / ".join(column.path), texts["why/column"]
        for tally in examination.examined.tallies:
            if tally.undecided:
                facts = (("count", str(tally.undecided)), ("rule", tally.rule))
                yield None, say("what/rule", facts), texts["why/undecided"]
        verdicts = {j.index: j.verdict for j in examination.examined.judged}
        for index, claim in enumerate(submission.claims):
            if verdicts.get(index, "undecided") == "undecided":
                yield claim.page, claim.text, texts["why/claim"]
        for text, page, _ in submission.unclaimed:
            yield page, text, texts["why/unclaimed"]

    def finish(self) -> None:
        self.sheet.filter()
