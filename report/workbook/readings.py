"""The sheet of readings: cells that were repaired or stay in doubt, for a person to look at."""

from __future__ import annotations

from collections.abc import Mapping

from audit.job import Examination
from report.doubtful import doubtful
from report.pictures import cell_key
from report.workbook.layout import Book, Column, Sheet

COLUMNS = (
    Column("column/document", 26, wrap=True),
    Column("column/page", 7, centred=True),
    Column("column/unit", 30, wrap=True),
    Column("column/heading", 26, wrap=True),
    Column("column/cell-state", 16, wrap=True),
    Column("column/read", 14, wrap=True),
    Column("column/value-used", 12, wrap=True),
    Column("column/alternatives", 26, wrap=True),
    Column("column/decided-by", 26, wrap=True),
    Column("column/picture", 40),
)
PICTURE = 9


class Readings:
    def __init__(self, book: Book) -> None:
        self.words = book.words
        self.sheet = Sheet(book, "sheet/readings", COLUMNS)
        self.sheet.header()

    def add(self, examination: Examination, pictures: Mapping[str, bytes]) -> None:
        submission = examination.submission
        tables = {t.id: t for t in submission.tables}
        for place, entry in doubtful(examination):
            table, row, field = place
            unit = next(r.unit.name for r in tables[table].rows if r.index == row)
            column = tables[table].column(field)
            picture = pictures.get(cell_key(place))
            self.sheet.row(
                (
                    submission.path,
                    entry.page,
                    unit,
                    " / ".join(column.path) if column else self.words.name("field", field),
                    self.words.name("cell", entry.status),
                    entry.repaired_from if entry.repaired_from is not None else entry.printed,
                    entry.printed if entry.status == "repaired" else None,
                    "; ".join(entry.rivals),
                    self.words.name("repair", entry.repaired_by) if entry.repaired_by else None,
                    None,
                ),
                fills={4: "changed" if entry.status == "repaired" else "warning"},
                pictures={PICTURE: picture} if picture else None,
            )

    def finish(self) -> None:
        self.sheet.filter()
