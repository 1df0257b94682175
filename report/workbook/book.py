"""Writes the workbook in one pass over the documents."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime
from pathlib import Path

import msgspec

from audit.run import Audit
from reconcile.methodology import load_methodologies
from report.catalogue import Language, catalogue
from report.pictures import Pictures
from report.workbook.carry import carried_over, set_aside
from report.workbook.claims import Claims
from report.workbook.findings import COLUMNS, Findings
from report.workbook.layout import Book
from report.workbook.names import Names
from report.workbook.readings import Readings
from report.workbook.scores import Scores
from report.workbook.submissions import Submissions
from report.workbook.summary import Summary
from report.workbook.unchecked import Unchecked

MADE = datetime(2000, 1, 1)
"""Written into every workbook as its date: the same input gives the same bytes."""


def write(audit: Audit, file: Path, earlier: Path, lang: Language, pictures: Pictures) -> None:
    """Write the workbook to `file`, taking over what an officer wrote into `earlier`."""
    carried = carried_over(earlier, [c.heading for c in COLUMNS])
    aside = None if carried.whole else set_aside(earlier)
    book = Book(str(file), catalogue(lang), str(file.parent))
    book.file.set_properties({"title": "doisoat", "created": MADE})
    methodologies = load_methodologies()
    used = sorted({k.methodology for k in audit.documents if k.methodology}, reverse=True)
    run = _run(audit)
    summary = Summary(book)
    findings = Findings(book, carried, audit.findings, again=carried.run == run)
    scores = {
        id: Scores(book, methodologies[id], _score_sheet(book, index, methodologies[id].number))
        for index, id in enumerate(used)
    }
    claims, submissions = Claims(book), Submissions(book, audit)
    names, readings, unchecked = Names(book), Readings(book), Unchecked(book)
    for examination in audit.examinations():
        path = examination.submission.path
        mine = audit.findings.of(path)
        summary.add(examination, mine)
        crops = pictures.album(path).crops
        findings.add(examination, mine, crops)
        if examination.submission.methodology in scores:
            scores[examination.submission.methodology].add(examination)
        claims.add(examination)
        submissions.add(examination, Counter(f.severity for f in mine))
        names.add(examination)
        readings.add(examination, crops)
        unchecked.add(examination)
    here = frozenset(k.input.shown for k in audit.documents)
    for _, rest in audit.findings.but_of(here):
        findings.add_unplaced(rest)
    findings.finish(here)
    for sheet in (claims, submissions, names, readings, unchecked):
        sheet.finish()
    summary.finish(audit, [methodologies[id] for id in used], unchecked.counts, aside)
    book.close(run)


def _run(audit: Audit) -> str:
    """What a run was about: a workbook of the same files and findings is the same workbook."""
    files = [(kept.input.shown, kept.digest.sha256) for kept in audit.documents]
    findings = [(finding.document, finding.id) for finding in audit.findings]
    return hashlib.sha256(msgspec.json.encode([files, findings])).hexdigest()


def _score_sheet(book: Book, index: int, number: str) -> str:
    name = book.words.texts["sheet/scores"]
    return name if index == 0 else f"{name} {number.split('/')[0]}"
