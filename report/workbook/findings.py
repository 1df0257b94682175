"""The sheet of findings: what is wrong, where, why, and room for what the officer decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from audit.job import Examination
from normalise.submission import Entry
from reconcile.finding import Finding
from report.catalogue import LANGUAGES, catalogue, when
from report.context import Context, effect
from report.legible import legible
from report.workbook.carry import Carried, Claimed, Noted, OldRow
from report.workbook.layout import Book, Column, Link, Number, Sheet, Value

COLUMNS = (
    Column("column/id", 9.5, wrap=True),
    Column("column/severity", 8),
    Column("column/decision", 11, wrap=True, own=True),
    Column("column/note", 15, wrap=True, own=True),
    Column("column/document", 14, wrap=True),
    Column("column/page", 6.5, centred=True),
    Column("column/unit", 15, wrap=True),
    Column("column/heading", 15, wrap=True),
    Column("column/printed", 10, wrap=True),
    Column("column/expected", 10, wrap=True),
    Column("column/difference", 9),
    Column("column/effect", 12, wrap=True),
    Column("column/explanation", 36, wrap=True),
    Column("column/likely", 14, wrap=True),
    Column("column/basis", 12, wrap=True),
    Column("column/picture", 34),
    Column("column/open", 11),
    Column("column/table", 15, wrap=True),
    Column("column/code", 10),
    Column("column/presence", 15, wrap=True),
)
PRINTED, FROZEN = 16, 1
"""On paper the columns up to the picture, legible on A4 landscape; in sight the id."""

KEYS = [column.heading for column in COLUMNS]
SEVERITY, STATUS, NOTE, PICTURE, PRESENCE = (
    KEYS.index(f"column/{name}") for name in ("severity", "decision", "note", "picture", "presence")
)

NEW = frozenset(catalogue(language).texts["presence/new"] for language in LANGUAGES)

DECIMAL = re.compile(r"-?\d+(\.\d+)?")


class Findings:
    """Writes the findings of one document after the other, then those that have gone.

    `again` says that the earlier workbook was about the same files and findings: what was new in it
    still is.
    """

    def __init__(self, book: Book, carried: Carried, found: Iterable[Finding], again: bool) -> None:
        self.again = again
        self.words = book.words
        self.sheet = Sheet(book, "sheet/findings", COLUMNS, PRINTED, FROZEN)
        self.sheet.header()
        self.carried = Claimed(carried, found)

    def add(
        self, examination: Examination, findings: Sequence[Finding], pictures: Mapping[str, bytes]
    ) -> None:
        context = Context(examination)
        for finding in findings:
            self._one(finding, context, pictures.get(finding.id))

    def add_unplaced(self, findings: Sequence[Finding]) -> None:
        """Findings about no document of this run, such as one that did not come."""
        for finding in findings:
            self._one(finding, Context(None), None)

    def _one(self, finding: Finding, context: Context, picture: bytes | None) -> None:
        values = self._values(finding, context)
        self.sheet.row(
            [values.get(key) for key in KEYS],
            fills={SEVERITY: finding.severity},
            pictures={PICTURE: picture} if picture else None,
        )

    def _values(self, finding: Finding, context: Context) -> dict[str, Value]:
        """The row by its columns' headings."""
        old = self.carried.take(finding)
        noted = old.noted if old else Noted()
        words = self.words
        return {
            "column/id": finding.id,
            "column/severity": words.name("severity", finding.severity),
            "column/decision": noted.status,
            "column/note": noted.note,
            "column/document": finding.document,
            "column/page": finding.page,
            "column/unit": finding.unit,
            "column/heading": context.heading(finding, words),
            "column/printed": self._printed(finding, context.entry(finding)),
            "column/expected": self._expected(finding),
            "column/difference": _number(finding.difference),
            "column/effect": effect(finding, context, words),
            "column/explanation": words.say(finding.message, finding.facts),
            "column/likely": self._likely(finding),
            "column/basis": finding.basis,
            "column/open": Link(f"external:report.html#{finding.id}", words.texts["link/open"]),
            "column/table": context.table(finding, words.texts),
            "column/code": finding.unit_code,
            "column/presence": words.texts[self._presence(old)],
        }

    def _presence(self, old: OldRow | None) -> str:
        if old is None or (self.again and old.values[PRESENCE] in NEW):
            return "presence/new"
        return "presence/known"

    def _printed(self, finding: Finding, entry: Entry | None) -> Value:
        """The printed figure as a number where it is one and nothing is lost by it."""
        plain = entry is not None and entry.denominator is None and not entry.percent
        if entry is not None and plain and entry.value is not None and entry.status == "as-read":
            return Number(entry.value, entry.decimals)
        return when(finding.printed, self.words.language) if finding.printed else None

    def _expected(self, finding: Finding) -> Value:
        if finding.expected is None:
            return None
        number = _number(finding.expected)
        return number if isinstance(number, Number) else self.words.value(finding.expected)

    def _likely(self, finding: Finding) -> str:
        slip = self.words.texts.get(f"likely/{finding.likely}", "")
        cause = self.words.name("cause", finding.cause) if finding.cause == "reading" else ""
        return " ".join(part for part in (slip, cause) if part)

    def finish(self, documents: frozenset[str]) -> None:
        """Keep what has gone, as resolved or as not part of this run, then close the sheet."""
        here = {legible(document) for document in documents}
        for old in self.carried.rest():
            key = "presence/resolved" if old.document in here else "presence/elsewhere"
            values = list(old.values)
            values[STATUS], values[NOTE] = old.noted.status, old.noted.note
            values[PRESENCE] = self.words.texts[key]
            self.sheet.row(values, fill="total")
        self._decisions()
        self.sheet.filter()

    def _decisions(self) -> None:
        choices = [self.words.texts[f"decision/{d}"] for d in ("confirmed", "ignored", "corrected")]
        last = max(self.sheet.next - 1, self.sheet.header_row + 1)
        self.sheet.sheet.data_validation(
            self.sheet.header_row + 1,
            STATUS,
            last,
            STATUS,
            {"validate": "list", "source": choices, "show_error": False},
        )


def _number(text: str | None) -> Value:
    """A decimal string as a number with its own decimals; other texts stay texts."""
    if text is None or not DECIMAL.fullmatch(text):
        return text
    value = Decimal(text)
    return Number(value, max(0, -int(value.as_tuple().exponent)))
