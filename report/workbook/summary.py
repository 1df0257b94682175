"""The first sheet: what was audited, what came out, with which versions, from which files."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from audit.cache import edition
from audit.job import Examination
from audit.run import SEVERITIES, Audit
from audit.version import VERSION
from normalise.register import Register
from reconcile.check import add_tallies
from reconcile.finding import Finding, Tally
from reconcile.methodology import Methodology
from report.catalogue import when
from report.workbook.layout import Book, Column, Sheet, Value
from report.workbook.unchecked import KINDS

COLUMNS = (
    Column("", 46, wrap=True),
    Column("", 17, wrap=True, centred=True),
    Column("", 10, wrap=True, centred=True),
    Column("", 10, wrap=True, centred=True),
    Column("", 10, wrap=True, centred=True),
    Column("", 24, wrap=True),
    Column("", 36, wrap=True),
)
HEADS = tuple(f"severity.{severity}" for severity in SEVERITIES)
SHORT = 12
"""Digits of a digest that tell versions apart."""


class Summary:
    """Made first so that it opens first; written last."""

    def __init__(self, book: Book) -> None:
        self.words = book.words
        self.sheet = Sheet(book, "sheet/summary", COLUMNS)
        self.documents: list[tuple[Value, ...]] = []
        self.tallies: tuple[Tally, ...] = ()
        self.counts: Counter[str] = Counter()
        self.districts: dict[str, Counter[str]] = {}

    def add(self, examination: Examination, findings: Sequence[Finding]) -> None:
        submission = examination.submission
        severities = Counter(f.severity for f in findings)
        self.counts[submission.status] += 1
        self.counts["claims"] += len(submission.claims)
        for table in submission.tables:
            self.counts["rows"] += sum(1 for _ in table.units())
            self.counts.update(e.status for row in table.rows for e in row.entries)
            self.counts["cells"] += sum(len(row.entries) for row in table.rows)
        self.tallies = add_tallies([self.tallies, examination.examined.tallies])
        issuer = submission.issuer
        name = (
            (issuer.canonical or issuer.printed) if issuer else self.words.texts["summary/unknown"]
        )
        self.districts.setdefault(name, Counter()).update([*severities.elements(), "documents"])
        state = self.words.name("status", submission.status)
        counts: list[Value] = [severities[s] for s in SEVERITIES]
        period = when(submission.period or "", self.words.language)
        about = ", ".join(part for part in (name, period) if part)
        self.documents.append((submission.path, state, *counts, about, submission.sha256))

    def finish(
        self,
        audit: Audit,
        methodologies: Sequence[Methodology],
        unchecked: Mapping[str, int],
        aside: Path | None,
    ) -> None:
        """Write the sheet; `aside` is where an earlier workbook was kept."""
        texts = self.words.texts
        self.sheet.plain(texts["summary/title"], bold=True, size=16)
        self.sheet.plain(texts["summary/guide"])
        if aside is not None:
            self.sheet.plain(self.words.say("summary/aside", [("name", aside.name)]), bold=True)
        self.sheet.next += 1
        self._figures(audit)
        self._severities(audit)
        self._block("summary/inputs", ["column/document", "column/state", *HEADS, "column/issuer"])
        for document in self.documents:
            self._line(document)
        self._districts(audit)
        self._rules(audit)
        self._unchecked(unchecked)
        self._versions(audit.register, methodologies)

    def _figures(self, audit: Audit) -> None:
        counts = self.counts
        pairs: list[tuple[str, Value]] = [
            ("summary/documents", len(audit.documents)),
            ("summary/read", counts["ok"]),
            ("summary/not-read", counts["failed"] + counts["partial"]),
            ("summary/rows", counts["rows"]),
            ("summary/cells", counts["cells"]),
            ("summary/repaired", counts["repaired"]),
            ("summary/doubtful", counts["uncertain"] + counts["unreadable"]),
            ("summary/claims", counts["claims"]),
            ("summary/passed", sum(t.passed for t in self.tallies)),
            ("summary/failed", sum(t.failed for t in self.tallies)),
            ("summary/undecided", sum(t.undecided for t in self.tallies)),
        ]
        for key, value in pairs:
            self._line([self.words.texts[key], value])

    def _severities(self, audit: Audit) -> None:
        counts = Counter(f.severity for f in audit.findings)
        self._block("summary/by-severity", ["column/severity", "column/count"])
        for severity in SEVERITIES:
            name = self.words.name("severity", severity)
            self._line([name, counts[severity]], {0: severity})

    def _districts(self, audit: Audit) -> None:
        self._block("summary/by-district", ["column/issuer", "summary/documents", *HEADS])
        for finding in audit.findings:
            if not finding.document:
                name = finding.unit or self.words.texts["summary/unknown"]
                self.districts.setdefault(name, Counter())[finding.severity] += 1
        for name, found in sorted(self.districts.items()):
            self._line([name, found["documents"], *(found[s] for s in SEVERITIES)])

    def _rules(self, audit: Audit) -> None:
        found = Counter(f.rule for f in audit.findings)
        tallies = {t.rule: t for t in self.tallies}
        heads = ("rule", "count", "passed", "failed", "undecided")
        self._block("summary/by-rule", [f"column/{head}" for head in heads])
        for rule in sorted({*tallies, *found}, key=lambda r: self.words.name("rule", r)):
            t = tallies.get(rule, Tally(rule))
            name = f"{self.words.name('rule', rule)} ({rule})"
            self._line([name, found[rule], t.passed, t.failed, t.undecided])

    def _unchecked(self, counts: Mapping[str, int]) -> None:
        self._block("summary/unchecked", ["column/what", "column/count"])
        for kind in KINDS:
            if counts[kind]:
                self._line([self.words.texts[f"unchecked/{kind}"], counts[kind]])

    def _versions(self, register: Register, methodologies: Sequence[Methodology]) -> None:
        self._block("summary/versions", [])
        self.sheet.plain(f"doisoat {VERSION} ({edition()[:SHORT]})")
        facts = (
            ("units", str(len(register.units))),
            ("aliases", str(len(register.aliases))),
            ("digest", _digest(register)),
        )
        self.sheet.plain(self.words.say("summary/register", facts))
        for m in methodologies:
            self.sheet.plain(f"{m.basis}: {m.title}")
            for sentence in m.unproven:
                self.sheet.plain(f"    – {sentence}")

    def _block(self, title: str, heads: Sequence[str]) -> None:
        self.sheet.next += 1
        self.sheet.plain(self.words.texts[title], bold=True, size=12)
        if heads:
            texts = [self.words.texts[head] for head in heads]
            self._line(texts + ["SHA-256"] * (title == "summary/inputs"), bold=True)

    def _line(
        self, values: Sequence[Value], fills: dict[int, str] | None = None, bold: bool = False
    ) -> None:
        self.sheet.row(values, fill="total" if bold else None, fills=fills, bold=bold)


def _digest(register: Register) -> str:
    """Tells one edition of the register from another, an office's own lines included."""
    data = repr((register.units, register.aliases)).encode()
    return hashlib.sha256(data).hexdigest()[:SHORT]
