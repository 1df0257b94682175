"""Builds the page document by document: data as JSON in script elements, pictures as base64 text.

Nothing from a document reaches the markup but as JSON with every `<` and `&` escaped; the script puts it
into the page as text only. The page's own policy forbids every request.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any, TextIO

from audit.job import Examination
from audit.run import SEVERITIES, Audit
from normalise.submission import Entry, FieldTable
from reconcile.finding import Finding
from report.arithmetic import row_steps
from report.audit_json import bbox, problem
from report.catalogue import LANGUAGES, Catalogue, Language, catalogue, when
from report.context import Context, effect
from report.doubtful import STATES
from report.explain import consequence
from report.legible import legible_data
from report.pictures import Album, PagePicture, Pictures

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
    text = json.dumps(legible_data(data), ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _documents(audit: Audit, pictures: Pictures) -> Iterator[tuple[int, Json, Album]]:
    number = 0
    for examination in audit.examinations():
        path = examination.submission.path
        album = pictures.album(path)
        yield number, _document(number, examination, audit.findings.of(path), album), album
        number += 1
    for path, rest in audit.findings.but_of({k.input.shown for k in audit.documents}):
        yield number, _absent(number, path, rest), Album({}, ())
        number += 1


def _document(
    number: int, examination: Examination, findings: Sequence[Finding], album: Album
) -> Json:
    submission = examination.submission
    issuer = submission.issuer
    trouble = problem(submission.problem)
    context = Context(examination)
    pages = {p.page: p for p in album.pages}
    return {
        "id": f"d{hashlib.sha256(submission.path.encode()).hexdigest()[:10]}",
        "path": submission.path,
        "state": submission.status,
        "problem": trouble["message"] if trouble else None,
        "issuer": (issuer.canonical or issuer.printed) if issuer else "",
        "period": submission.period,
        "number": submission.number,
        "checked": _each(lambda words: _checked(examination, words)),
        "checks": [[t.rule, t.passed, t.failed, t.undecided] for t in examination.examined.tallies],
        "pages": {
            str(p.page): {"id": f"p{number}-{p.page}", "width": p.width, "height": p.height}
            for p in album.pages
        },
        "findings": [_finding(f, context, pages.get(f.page or 0), examination) for f in findings],
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
        "number": None,
        "checked": dict.fromkeys(LANGUAGES, ""),
        "checks": [],
        "pages": {},
        "findings": [_finding(f, Context(None), None, None) for f in findings],
    }


def _each(say: Callable[[Catalogue], Any]) -> Json:
    """Something said in every language."""
    return {language: say(catalogue(language)) for language in LANGUAGES}


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


def _finding(
    f: Finding, context: Context, picture: PagePicture | None, examination: Examination | None
) -> Json:
    entry = context.entry(f)
    return {
        "id": f.id,
        "rule": f.rule,
        "severity": f.severity,
        "cause": f.cause,
        "page": f.page,
        "boxes": _boxes(f, context, picture),
        "unit": f.unit,
        "field": f.field,
        "heading": _each(lambda words: context.heading(f, words)),
        "printed": _each(lambda words: when(f.printed or "", words.language)),
        "expected": _each(lambda words: words.value(f.expected or "")),
        "difference": _each(lambda words: words.value(f.difference or "")),
        "effect": _each(lambda words: effect(f, context, words)),
        "message": _each(lambda words: words.say(f.message, f.facts)),
        "likely": _each(lambda words: words.texts.get(f"likely/{f.likely}", "")),
        "follows": _each(lambda words: [consequence(c, words) for c in f.consequences]),
        "alternatives": list(entry.rivals) if entry else [],
        "basis": f.basis,
        "row": _row(f, context, examination),
    }


def _boxes(f: Finding, context: Context, picture: PagePicture | None) -> list[Json]:
    """Frames on the page's picture: the place of the finding, then its row's other figures."""
    if picture is None or f.box is None:
        return []
    row = context.row(f)
    others = [e for e in row.entries if e.field != f.field] if row and f.field else []
    boxes = [e.box for e in others if e.box and e.page == f.page and e.printed]
    return [
        {"box": bbox(picture.place(box)), "fault": index == 0}
        for index, box in enumerate([f.box, *boxes])
    ]


def _row(f: Finding, context: Context, examination: Examination | None) -> Json | None:
    """The row computed again, for rows of a table of scores; its printed cells for others."""
    row, table = context.row(f), context.found(f)
    if row is None or table is None or examination is None:
        return None
    return {
        "cells": [
            {
                "field": e.field,
                "heading": _heading(table, e),
                "printed": e.printed,
                "doubtful": e.status in STATES,
            }
            for e in row.entries
        ],
        "steps": _each(lambda words: list(row_steps(examination, table, row, words))),
    }


def _heading(table: FieldTable, entry: Entry) -> str:
    """The innermost heading and the group it stands in."""
    column = table.column(entry.field)
    return " / ".join(column.path[-2:]) if column else ""
