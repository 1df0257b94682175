"""Builds the page document by document: data as JSON in script elements, pictures as base64 text.

Nothing from a document reaches the markup but as JSON with every `<` and `&` escaped; the script puts it
into the page as text only. The page's own policy forbids every request.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any, TextIO

from audit.job import Examination
from audit.run import SEVERITIES, Audit
from normalise.submission import Entry, FieldTable
from reconcile.finding import Finding
from report.arithmetic import row_steps
from report.audit_json import bbox, problem
from report.catalogue import LANGUAGES, Catalogue, Language, catalogue
from report.pictures import Album, Pictures

HERE = Path(__file__).parent
SHOWN_WORDS = (
    "page/",
    "severity.",
    "rule.",
    "column/",
    "field.",
    "status.",
    "cause.",
    "summary/title",
    "sheet/",
)

Json = dict[str, Any]


def write(audit: Audit, file: Path, lang: Language, pictures: Pictures) -> None:
    """Write the page to `file`."""
    with file.open("w", encoding="utf-8") as out:
        out.write(_head(lang))
        _script(
            out, "words", {language: _words(audit, catalogue(language)) for language in LANGUAGES}
        )
        for number, data, album in _documents(audit, pictures):
            for page in album.pages:
                text = base64.b64encode(page.webp).decode("ascii")
                out.write(f'<script type="text/plain" id="p{number}-{page.page}">{text}</script>\n')
            out.write(f'<script type="application/json" class="document">{_json(data)}</script>\n')
        out.write(f"<script>{(HERE / 'page.js').read_text('utf-8')}</script>\n</body>\n</html>\n")


def _head(lang: Language) -> str:
    css = (HERE / "page.css").read_text("utf-8")
    template = Template((HERE / "page.html").read_text("utf-8"))
    return template.substitute(lang=lang, css=css)


def _words(audit: Audit, words: Catalogue) -> Mapping[str, str]:
    counts = Counter(f.severity for f in audit.findings)
    facts = [("documents", str(len(audit.documents))), *((s, str(counts[s])) for s in SEVERITIES)]
    shown = {key: text for key, text in words.texts.items() if key.startswith(SHOWN_WORDS)}
    return shown | {"page/totals": words.say("terminal/totals", facts)}


def _script(out: TextIO, name: str, data: Any) -> None:
    out.write(f'<script type="application/json" id="{name}">{_json(data)}</script>\n')


def _json(data: Any) -> str:
    """JSON that cannot end its script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _documents(audit: Audit, pictures: Pictures) -> Iterator[tuple[int, Json, Album]]:
    grouped: dict[str, list[Finding]] = {}
    for finding in audit.findings:
        grouped.setdefault(finding.document, []).append(finding)
    number = 0
    for examination in audit.examinations():
        path = examination.submission.path
        album = pictures.album(path)
        yield number, _document(number, examination, grouped.pop(path, []), album), album
        number += 1
    for path, rest in grouped.items():
        yield number, _absent(number, path, rest), Album({}, ())
        number += 1


def _document(
    number: int, examination: Examination, findings: Sequence[Finding], album: Album
) -> Json:
    submission = examination.submission
    issuer = submission.issuer
    trouble = problem(submission.problem)
    return {
        "id": f"d{hashlib.sha256(submission.path.encode()).hexdigest()[:10]}",
        "path": submission.path,
        "state": submission.status,
        "problem": trouble["message"] if trouble else None,
        "issuer": (issuer.canonical or issuer.printed) if issuer else "",
        "period": submission.period,
        "checked": {language: _checked(examination, catalogue(language)) for language in LANGUAGES},
        "pages": {
            str(p.page): {"id": f"p{number}-{p.page}", "width": p.width, "height": p.height}
            for p in album.pages
        },
        "findings": [_finding(f, _Place(examination, f)) for f in findings],
    }


def _absent(number: int, path: str, findings: Sequence[Finding]) -> Json:
    """Findings about a document that did not come."""
    return {
        "id": f"d-absent-{number}",
        "path": path,
        "state": "failed",
        "problem": None,
        "issuer": "",
        "period": None,
        "checked": dict.fromkeys(LANGUAGES, ""),
        "pages": {},
        "findings": [_finding(f, _Place(None, f)) for f in findings],
    }


def _checked(examination: Examination, words: Catalogue) -> str:
    """What was checked in a document: rows, checks passed, claims."""
    submission, examined = examination.submission, examination.examined
    facts = (
        ("rows", str(sum(1 for t in submission.tables for _ in t.units()))),
        ("checks", str(sum(t.passed + t.failed for t in examined.tallies))),
        ("claims", str(sum(j.verdict == "confirmed" for j in examined.judged))),
        ("undecided", str(sum(t.undecided for t in examined.tallies))),
    )
    return words.say("page/checked", facts)


class _Place:
    """The table, row and cell a finding points to."""

    def __init__(self, examination: Examination | None, finding: Finding) -> None:
        self.examination = examination
        tables = examination.submission.tables if examination else ()
        self.table = next((t for t in tables if t.id == finding.table), None)
        rows = self.table.rows if self.table else ()
        self.row = next((r for r in rows if r.index == finding.row), None)
        self.entry = self.row.entry(finding.field or "") if self.row else None

    def heading(self, field: str | None) -> str:
        column = self.table.column(field) if self.table and field else None
        return " / ".join(column.path) if column else ""


def _finding(f: Finding, place: _Place) -> Json:
    languages = {language: catalogue(language) for language in LANGUAGES}
    return {
        "id": f.id,
        "rule": f.rule,
        "severity": f.severity,
        "cause": f.cause,
        "page": f.page,
        "boxes": [b for b in [bbox(f.box)] if b],
        "unit": f.unit,
        "field": f.field,
        "heading": place.heading(f.field),
        "printed": f.printed,
        "expected": {k: w.value(f.expected) for k, w in languages.items()} if f.expected else None,
        "difference": {k: w.value(f.difference) for k, w in languages.items()}
        if f.difference
        else None,
        "message": {k: w.say(f.message, f.facts) for k, w in languages.items()},
        "likely": {k: w.texts.get(f"likely/{f.likely}", "") for k, w in languages.items()}
        if f.likely
        else None,
        "alternatives": list(place.entry.rivals) if place.entry else [],
        "basis": f.basis,
        "row": _row(place),
    }


def _row(place: _Place) -> Json | None:
    """The row computed again, for rows of a table of scores; its printed cells for others."""
    if place.row is None or place.table is None or place.examination is None:
        return None
    return {
        "cells": [
            {"field": e.field, "heading": _innermost(place.table, e), "printed": e.printed}
            for e in place.row.entries
        ],
        "steps": {
            language: list(
                row_steps(place.examination, place.table, place.row, catalogue(language))
            )
            for language in LANGUAGES
        },
    }


def _innermost(table: FieldTable, entry: Entry) -> str:
    column = table.column(entry.field)
    return column.path[-1] if column and column.path else ""
