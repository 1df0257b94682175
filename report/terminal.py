"""What a person sees while an audit runs and when it has ended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from report.catalogue import Language, catalogue
from report.finished import Audited, Counts, Outcome
from report.legible import legible

SEVERITIES = ("error", "warning", "info")
OPENED = {"discrepancies.xlsx": "workbook", "report.html": "page"}
"""What to open next, the first that was written."""


def message(key: str, lang: Language, **facts: str) -> str:
    """A sentence of the catalogue."""
    return catalogue(lang).say(key, facts.items())


@contextmanager
def progress(lang: Language, quiet: bool = False) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on standard error, on a terminal only: files done, of how many, what is being read, time left;
    then that the results are written."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, of, name: None
        return
    from rich.console import Console  # slow to load
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(message("terminal/reading", lang), total=None, file="")

        def watch(done: int, of: int, name: str) -> None:
            doing = message("terminal/writing" if done == of else "terminal/reading", lang)
            file = "" if done == of else legible(name)
            bar.update(task, description=doing, completed=done, total=of, file=file)

        yield watch


def summary(outcome: Outcome, out: Path, lang: Language) -> None:
    """A table of the documents with their findings, the totals and the files written."""
    from rich.console import Console  # slow to load
    from rich.table import Table
    from rich.text import Text

    console = Console(file=sys.stdout, soft_wrap=not sys.stdout.isatty())
    table = Table(box=None, pad_edge=False)
    table.add_column(message("column/document", lang), overflow="fold", ratio=2)
    table.add_column(message("column/state", lang), overflow="fold", ratio=3)
    for severity in SEVERITIES:
        table.add_column(message(f"severity.{severity}", lang), justify="right")
    for audited in outcome.documents:
        counts = [str(count or "") for count in audited.counts]
        table.add_row(Text(legible(audited.path)), Text(_state(audited, lang)), *counts)
    console.print(table)
    console.print(Text(_totals(outcome.counts, len(outcome.documents), lang)))
    for line in _written([written.name for written in outcome.written], out, lang):
        console.print(Text(legible(line)))
    names = {written.name for written in outcome.written}
    opened = next((name for name in OPENED if name in names), None)
    if opened is not None and any(outcome.counts):
        path = str(out / opened)
        console.print(Text(legible(message(f"terminal/next-{OPENED[opened]}", lang, path=path))))


def _written(names: Sequence[str], out: Path, lang: Language) -> Iterator[str]:
    """The outputs, one a line; the letters, which may be many, by their folder."""
    letters = [name for name in names if name.startswith("letters/")]
    for name in names:
        if name not in letters:
            yield message("terminal/written", lang, path=str(out / name))
    if letters:
        path, count = str(out / "letters"), str(len(letters))
        yield message("terminal/letters", lang, path=path, count=count)


def _state(audited: Audited, lang: Language) -> str:
    if audited.problem is None:
        return message(f"status.{audited.status}", lang)
    return catalogue(lang).say(f"problem/{audited.problem.code}", audited.problem.facts)


def _totals(counts: Counts, documents: int, lang: Language) -> str:
    facts = dict(zip(SEVERITIES, map(str, counts), strict=True))
    return message("terminal/totals", lang, documents=str(documents), **facts)
