"""What is done to one file, start to end, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from audit.job import Examination, Job, failed
from extract.document import Document, Problem, Unreadable
from extract.read import read
from normalise.register import Register, load_register
from normalise.submit import submit
from reconcile.examine import examine
from reconcile.methodology import Methodology, load_methodologies
from reconcile.witness import restore


def examine_file(job: Job, watch: Callable[[int, str], None]) -> Examination:
    """Read, understand, repair and check one file; `watch` hears of every page begun."""
    try:
        document = read(Path(job.path), job.shown, watch, job.pages)
    except Unreadable as unreadable:
        return failed(job, unreadable.problem)
    if document.status == "failed":
        return failed(job, document.problem or Problem("corrupt"))
    return examine_document(job, document)


def examine_document(job: Job, document: Document) -> Examination:
    register = _register(job.register, job.aliases)
    methodologies = _methodologies()
    document = replace(document, sha256=job.sha256)
    submission = submit(document, register, job.methodology)
    if not submission.tables:
        return failed(job, document.problem or Problem("no-table"))
    submission = restore(submission, methodologies)
    return Examination(submission, examine(submission, methodologies, register))


def load_data() -> None:
    """Load what every document needs: the built-in register and methodologies."""
    _register(None, None)
    _methodologies()


@cache
def _register(path: str | None, aliases: str | None) -> Register:
    return load_register(Path(path) if path else None, Path(aliases) if aliases else None)


@cache
def _methodologies() -> Mapping[str, Methodology]:
    return load_methodologies()
