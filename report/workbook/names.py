"""The sheet of names: how every printed unit name was matched to the register."""

from __future__ import annotations

from decimal import Decimal

from audit.job import Examination
from report.workbook.layout import Book, Column, Number, Sheet

COLUMNS = (
    Column("column/document", 26, wrap=True),
    Column("column/page", 7, centred=True),
    Column("column/table", 16, wrap=True),
    Column("column/name-printed", 38, wrap=True),
    Column("column/name-register", 38, wrap=True),
    Column("column/code", 11),
    Column("column/match", 18, wrap=True),
    Column("column/certainty", 10),
    Column("column/rivals", 34, wrap=True),
)
FILL = {"misspelt": "warning", "unmatched": "warning", "ambiguous": "warning"}


class Names:
    def __init__(self, book: Book) -> None:
        self.words = book.words
        self.sheet = Sheet(book, "sheet/names", COLUMNS)
        self.sheet.header()

    def add(self, examination: Examination) -> None:
        submission = examination.submission
        for table in submission.tables:
            for row in table.units():
                unit = row.unit
                score = Number(Decimal(str(round(unit.score, 3))), 3)
                values = (
                    submission.path,
                    row.page,
                    self.words.texts[f"kind/{table.kind}"],
                    unit.printed,
                    unit.canonical,
                    unit.code,
                    self.words.name("match", unit.match),
                    score if unit.canonical else None,
                    "; ".join(unit.rivals),
                )
                fill = FILL.get(unit.match) if table.kind != "other" else None
                self.sheet.row(values, fills={6: fill} if fill else {})

    def finish(self) -> None:
        self.sheet.filter()
