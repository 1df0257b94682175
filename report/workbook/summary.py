"""The first sheet: what was audited, what came out, with which versions, from which files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from audit.cache import edition
from audit.job import Examination
from audit.run import SEVERITIES, Audit
from audit.version import VERSION
from reconcile.finding import Finding, Tally
from reconcile.methodology import Methodology
from report.workbook.layout import Book, Column, Sheet, Value

COLUMNS = (
    Column("", 44, wrap=True),
    Column("", 22, wrap=True),
    Column("", 14),
    Column("", 14),
    Column("", 14),
    Column("", 18, wrap=True),
    Column("", 68),
)


class Summary:
    """Made first so that it opens first; written last."""

    def __init__(self, book: Book) -> None:
        self.words = book.words
        self.sheet = Sheet(book, "sheet/summary", COLUMNS)
        self.documents: list[tuple[Value, ...]] = []
        self.tallies: dict[str, Tally] = {}
        self.rows = 0
        self.cells: Counter[str] = Counter()
        self.claims = 0
        self.states: Counter[str] = Counter()
        self.districts: dict[str, Counter[str]] = {}

    def add(self, examination: Examination, findings: Sequence[Finding]) -> None:
        submission = examination.submission
        severities = Counter(f.severity for f in findings)
        self.states[submission.status] += 1
        self.claims += len(submission.claims)
        for table in submission.tables:
            self.rows += sum(1 for _ in table.units())
            self.cells.update(e.status for row in table.rows for e in row.entries)
        for tally in examination.examined.tallies:
            old = self.tallies.get(tally.rule, Tally(tally.rule))
            self.tallies[tally.rule] = Tally(
                tally.rule,
                old.passed + tally.passed,
                old.failed + tally.failed,
                old.undecided + tally.undecided,
            )
        issuer = (
            submission.issuer.canonical or submission.issuer.printed if submission.issuer else ""
        )
        self.districts.setdefault(issuer, Counter()).update(severities)
        state = self.words.name("status", submission.status)
        counts: list[Value] = [severities[s] for s in SEVERITIES]
        period: Value = " ".join(part for part in (issuer, submission.period) if part)
        self.documents.append((submission.path, state, *counts, period, submission.sha256))

    def finish(self, audit: Audit, methodologies: Sequence[Methodology]) -> None:
        texts = self.words.texts
        self.sheet.plain(texts["summary/title"], bold=True, size=16)
        self.sheet.next += 1
        self._pairs(
            [
                ("summary/documents", len(audit.documents)),
                ("summary/not-read", self.states["failed"] + self.states["partial"]),
                ("summary/rows", self.rows),
                ("summary/cells", sum(self.cells.values())),
                ("summary/doubtful", self.cells["uncertain"] + self.cells["unreadable"]),
                ("summary/repaired", self.cells["repaired"]),
                ("summary/claims", self.claims),
            ]
        )
        counts = Counter(f.severity for f in audit.findings)
        self._block("summary/by-severity", ["column/severity", "column/count"])
        for severity in SEVERITIES:
            name = self.words.name("severity", severity)
            self._line([name, counts[severity]], {0: severity})
        self._rules(audit)
        self._block(
            "summary/by-district", ["column/issuer", "", *(f"severity.{s}" for s in SEVERITIES)]
        )
        for district, found in sorted(self.districts.items()):
            self._line(
                [district or texts["summary/unknown"], None, *(found[s] for s in SEVERITIES)]
            )
        heads = ["column/document", "column/state", *(f"severity.{s}" for s in SEVERITIES)]
        self._block("summary/inputs", [*heads, "column/issuer", "SHA-256"])
        for document in self.documents:
            self._line(list(document))
        self._versions(methodologies)

    def _rules(self, audit: Audit) -> None:
        found = Counter(f.rule for f in audit.findings)
        heads = [
            "column/rule",
            "column/count",
            "column/passed",
            "column/failed",
            "column/undecided",
        ]
        self._block("summary/by-rule", heads)
        for rule in sorted({*self.tallies, *found}):
            t = self.tallies.get(rule, Tally(rule))
            name = f"{self.words.name('rule', rule)} ({rule})"
            self._line([name, found[rule], t.passed, t.failed, t.undecided])

    def _versions(self, methodologies: Sequence[Methodology]) -> None:
        self._block("summary/versions", [])
        self.sheet.plain(f"doisoat {VERSION} ({edition()[:12]})")
        for m in methodologies:
            self.sheet.plain(f"{m.basis}: {m.title}")
            for sentence in m.unproven:
                self.sheet.plain(f"    – {sentence}")

    def _pairs(self, pairs: Sequence[tuple[str, int]]) -> None:
        for key, value in pairs:
            self._line([self.words.texts[key], value])

    def _block(self, title: str, heads: Sequence[str]) -> None:
        self.sheet.next += 1
        style = self.sheet.book.file.add_format(
            {"bold": True, "font_size": 12, "font_name": "Arial"}
        )
        self.sheet.sheet.write_string(self.sheet.next, 0, self.words.texts[title], style)
        self.sheet.next += 1
        if heads:
            self._line([self.words.texts.get(h, h) for h in heads], bold=True)

    def _line(
        self, values: Sequence[Value], fills: dict[int, str] | None = None, bold: bool = False
    ) -> None:
        self.sheet.row(values, fill="total" if bold else None, fills=fills, bold=bold)
