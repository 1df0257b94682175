"""The sheet of what could not be checked, and why: files, cells, names, numbers left over, claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from audit.job import Examination
from report.workbook.layout import Book, Column, Sheet

COLUMNS = (
    Column("column/document", 30, wrap=True),
    Column("column/page", 7, centred=True),
    Column("column/what", 40, wrap=True),
    Column("column/why", 80, wrap=True),
)

Gap = tuple[str, int | None, str, str]
"""Kind, page, what, why."""

KINDS = ("file", "column", "cell", "rule", "claim", "unclaimed")


class Unchecked:
    def __init__(self, book: Book) -> None:
        self.words = book.words
        self.sheet = Sheet(book, "sheet/unchecked", COLUMNS)
        self.sheet.header()
        self.counts: Counter[str] = Counter()

    def add(self, examination: Examination) -> None:
        for kind, page, what, why in self.gaps(examination):
            self.counts[kind] += 1
            self.sheet.row((examination.submission.path, page, what, why))

    def gaps(self, examination: Examination) -> Iterator[Gap]:
        """Everything of one document that no check could decide."""
        say, texts = self.words.say, self.words.texts
        submission = examination.submission
        if submission.problem is not None:
            problem = submission.problem
            yield "file", None, texts["what/file"], say(f"problem/{problem.code}", problem.facts)
        for table in submission.tables:
            for column in table.columns:
                if column.field is None and any(column.path):
                    yield "column", table.page, " / ".join(column.path), texts["why/column"]
        yield from self._cells(examination)
        for tally in examination.examined.tallies:
            if tally.undecided:
                rule = self.words.name("rule", tally.rule)
                facts = (("count", str(tally.undecided)), ("rule", rule))
                yield "rule", None, say("what/rule", facts), texts["why/undecided"]
        verdicts = {j.index: j.verdict for j in examination.examined.judged}
        for index, claim in enumerate(submission.claims):
            if verdicts.get(index, "undecided") == "undecided":
                yield "claim", claim.page, claim.text, texts["why/claim"]
        for text, page, _ in submission.unclaimed:
            yield "unclaimed", page, text, texts["why/unclaimed"]

    def _cells(self, examination: Examination) -> Iterator[Gap]:
        """Cells in doubt, a line for each column of a table; one by one they stand on the sheet of readings."""
        for table in examination.submission.tables:
            for column in table.columns:
                field = column.field
                entries = [e for row in table.rows if field and (e := row.entry(field))]
                doubtful = [e for e in entries if e.status in ("uncertain", "unreadable")]
                if doubtful and field:
                    heading = " / ".join(column.path) or self.words.name("field", field)
                    facts = (("count", str(len(doubtful))), ("column", heading))
                    what = self.words.say("what/cells", facts)
                    yield "cell", doubtful[0].page, what, self.words.texts["why/cells"]

    def finish(self) -> None:
        self.sheet.filter()
