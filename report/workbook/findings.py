"""The sheet of findings: what is wrong, where, why, and room for what the officer decides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from io import BytesIO

from audit.job import Examination
from normalise.submission import Entry
from reconcile.finding import Finding
from report.workbook.carry import Carried, Noted
from report.workbook.layout import Book, Column, Link, Number, Sheet, Value

STATUS = 2
NOTE = 3
PICTURE = 18
COLUMNS = (
    Column("column/id", 11),
    Column("column/severity", 10),
    Column("column/decision", 13, fill="input"),
    Column("column/note", 22, wrap=True, fill="input"),
    Column("column/presence", 14, wrap=True),
    Column("column/document", 24, wrap=True),
    Column("column/page", 7),
    Column("column/code", 10),
    Column("column/unit", 24, wrap=True),
    Column("column/table", 16, wrap=True),
    Column("column/heading", 24, wrap=True),
    Column("column/printed", 12, wrap=True),
    Column("column/expected", 14, wrap=True),
    Column("column/difference", 11),
    Column("column/effect", 20, wrap=True),
    Column("column/explanation", 60, wrap=True),
    Column("column/basis", 20, wrap=True),
    Column("column/likely", 22, wrap=True),
    Column("column/picture", 52),
    Column("column/open", 12),
)
PICTURE_HEIGHT = 58.0
"""Points kept free for a picture of the place."""

DECIMAL = re.compile(r"-?\d+(\.\d+)?")


class Findings:
    """Writes the findings of one document after the other, then those that have gone."""

    def __init__(self, book: Book, carried: Carried) -> None:
        self.words = book.words
        self.sheet = Sheet(book, "sheet/findings", COLUMNS)
        self.sheet.header()
        self.carried = carried
        self.seen: set[str] = set()

    def add(
        self, examination: Examination, findings: Sequence[Finding], pictures: Mapping[str, bytes]
    ) -> None:
        context = _Context(examination)
        for finding in findings:
            self._one(finding, context, pictures.get(finding.id))

    def add_unplaced(self, findings: Sequence[Finding]) -> None:
        """Findings about no document of this run, such as one that did not come."""
        for finding in findings:
            self._one(finding, _Context(None), None)

    def _one(self, finding: Finding, context: _Context, picture: bytes | None) -> None:
        noted = self.carried.noted.get(finding.id, Noted())
        presence = "presence/known" if finding.id in self.carried.rows else "presence/new"
        explanation = self.words.say(finding.message, finding.facts)
        entry = context.entry(finding)
        values: tuple[Value, ...] = (
            finding.id,
            self.words.name("severity", finding.severity),
            noted.status,
            noted.note,
            self.words.texts[presence],
            finding.document,
            finding.page,
            finding.unit_code,
            finding.unit,
            context.table(finding, self.words.texts),
            context.heading(finding) or self.words.name("field", finding.field or ""),
            _printed(finding, entry),
            self._expected(finding),
            _number(finding.difference),
            self._effect(finding, context),
            explanation,
            finding.basis,
            self._likely(finding),
            None,
            Link(f"external:report.html#{finding.id}", self.words.texts["link/open"]),
        )
        height = PICTURE_HEIGHT if picture else None
        row = self.sheet.row(values, fills={1: finding.severity}, height=height)
        if picture:
            self._picture(row, finding.id, picture)
        self.seen.add(finding.id)

    def _picture(self, row: int, name: str, picture: bytes) -> None:
        options = {
            "image_data": BytesIO(picture),
            "x_offset": 2,
            "y_offset": 2,
            "object_position": 1,
            "description": name,
            "x_scale": 0.5,
            "y_scale": 0.5,
        }
        self.sheet.sheet.insert_image(row, PICTURE, f"{name}.png", options)

    def _expected(self, finding: Finding) -> Value:
        if finding.expected is None:
            return None
        number = _number(finding.expected)
        return number if isinstance(number, Number) else self.words.value(finding.expected)

    def _effect(self, finding: Finding, context: _Context) -> str | None:
        change = context.rank_change(finding)
        if change is None:
            return None
        before, after = (self.words.name("rank", rank) for rank in change)
        return self.words.say("effect/rank", (("before", before), ("after", after)))

    def _likely(self, finding: Finding) -> str:
        slip = self.words.texts.get(f"likely/{finding.likely}", "") if finding.likely else ""
        cause = self.words.name("cause", finding.cause) if finding.cause == "reading" else ""
        return "; ".join(part for part in (slip, cause) if part)

    def finish(self, documents: frozenset[str]) -> None:
        """Keep what has gone, as resolved or as not part of this run, then close the sheet."""
        for old in self.carried.rows.values():
            if old.id in self.seen:
                continue
            present = old.document in documents
            key = "presence/resolved" if present else "presence/elsewhere"
            noted = self.carried.noted.get(old.id, Noted())
            texts: list[Value] = list(old.texts)
            texts[STATUS], texts[NOTE] = noted.status, noted.note
            texts[4] = self.words.texts[key]
            self.sheet.row(texts, fill="total")
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
            {"validate": "list", "source": choices, "error_type": "information"},
        )


class _Context:
    """What a finding's place is called in its document."""

    def __init__(self, examination: Examination | None) -> None:
        tables = examination.submission.tables if examination else ()
        recomputed = examination.examined.recomputed if examination else ()
        self.tables = {t.id: t for t in tables}
        self.recomputed = {(r.table, r.row): r for r in recomputed}

    def entry(self, finding: Finding) -> Entry | None:
        table = self.tables.get(finding.table or "")
        if table is None or finding.row is None or finding.field is None:
            return None
        row = next((r for r in table.rows if r.index == finding.row), None)
        return row.entry(finding.field) if row else None

    def table(self, finding: Finding, texts: Mapping[str, str]) -> str | None:
        table = self.tables.get(finding.table or "")
        return None if table is None else texts[f"kind/{table.kind}"]

    def heading(self, finding: Finding) -> str | None:
        table = self.tables.get(finding.table or "")
        column = table.column(finding.field) if table and finding.field else None
        return " / ".join(column.path) if column else None

    def rank_change(self, finding: Finding) -> tuple[str, str] | None:
        """The rank as printed and as re-computed, where they differ."""
        if finding.table is None or finding.row is None:
            return None
        recomputed = self.recomputed.get((finding.table, finding.row))
        table = self.tables.get(finding.table)
        row = next((r for r in table.rows if r.index == finding.row), None) if table else None
        printed = row.entry("rank") if row else None
        if recomputed is None or recomputed.rank is None or printed is None or not printed.rank:
            return None
        if printed.rank in (recomputed.ranks or (recomputed.rank,)):
            return None
        return printed.rank, recomputed.rank


def _number(text: str | None) -> Value:
    """A decimal string as a number with its own decimals; other texts stay texts."""
    if text is None or not DECIMAL.fullmatch(text):
        return text
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return Number(value, max(0, -int(value.as_tuple().exponent)))


def _printed(finding: Finding, entry: Entry | None) -> Value:
    """The printed figure as a number where it is one and nothing is lost by it."""
    plain = entry is not None and entry.denominator is None and not entry.percent
    if entry is not None and plain and entry.value is not None and entry.status == "as-read":
        return Number(entry.value, entry.decimals)
    return finding.printed
