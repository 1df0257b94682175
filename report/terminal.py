"""What a person sees while an audit runs and when it has ended."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from audit.run import SEVERITIES, Audit, Watch
from normalise.submission import Submission
from reconcile.finding import Finding
from report.catalogue import Language, catalogue


def message(key: str, lang: Language, **facts: str) -> str:
    """A sentence of the catalogue."""
    return catalogue(lang).say(key, facts.items())


@contextmanager
def progress(lang: Language, quiet: bool = False) -> Iterator[Watch]:
    """A bar on standard error while files are read, on a terminal only."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda done, of, name: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(message("terminal/reading", lang), total=None, file="")
        yield lambda done, of, name: bar.update(task, completed=done, total=of, file=name)


def summary(audit: Audit, written: Sequence[Path], lang: Language) -> None:
    """A table of the documents with their findings, the totals and the files written."""
    console = Console(file=sys.stdout, soft_wrap=not sys.stdout.isatty())
    by_document: dict[str, Counter[str]] = {}
    for finding in audit.findings:
        by_document.setdefault(finding.document, Counter())[finding.severity] += 1
    table = _table(lang)
    for examination in audit.examinations():
        submission = examination.submission
        counts = by_document.get(submission.path, Counter())
        table.add_row(
            Text(submission.path),
            Text(_state(submission, lang)),
            *[str(counts[severity] or "") for severity in SEVERITIES],
        )
    console.print(table)
    console.print(Text(_totals(audit.findings, len(audit.documents), lang)))
    for path in written:
        console.print(Text(message("terminal/written", lang, path=str(path))))


def _table(lang: Language) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(message("column/document", lang), overflow="fold")
    table.add_column(message("column/state", lang))
    for severity in SEVERITIES:
        table.add_column(message(f"severity.{severity}", lang), justify="right")
    return table


def _state(submission: Submission, lang: Language) -> str:
    if submission.problem is None:
        return message(f"status.{submission.status}", lang)
    return catalogue(lang).say(f"problem/{submission.problem.code}", submission.problem.facts)


def _totals(findings: Sequence[Finding], documents: int, lang: Language) -> str:
    counts = Counter(f.severity for f in findings)
    facts = {severity: str(counts[severity]) for severity in SEVERITIES}
    return message("terminal/totals", lang, documents=str(documents), **facts)
