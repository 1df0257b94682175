"""What is done to one file, start to end, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from extract.document import Document, Problem, Source, Unreadable
from extract.read import read
from normalise.register import Register, load_register
from normalise.submission import Submission
from normalise.submit import submit
from reconcile.examine import examine
from reconcile.finding import Examined
from reconcile.methodology import Methodology, load_methodologies
from reconcile.witness import restore

SOURCES: Mapping[str, Source] = {
    ".pdf": "digital",
    ".docx": "docx",
    ".txt": "text",
    ".md": "text",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
}
"""What a file is taken for, by its ending, when it could not be opened."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file and the settings that its result depends on.

    `pages` limits how many pages are read, after a page beyond it stopped the reader.
    """

    path: str
    shown: str
    sha256: str
    methodology: str | None = None
    register: str | None = None
    aliases: str | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """A file's whole result: what it says and what checking it alone found."""

    submission: Submission
    examined: Examined


def failed(job: Job, problem: Problem) -> Examination:
    """The result of a file that could not be read."""
    source = SOURCES.get(Path(job.shown).suffix.lower(), "digital")
    submission = Submission(
        path=job.shown,
        sha256=job.sha256,
        status="failed",
        source=source,
        pages=0,
        problem=problem,
    )
    return Examination(submission, Examined())


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


@cache
def _register(path: str | None, aliases: str | None) -> Register:
    return load_register(Path(path) if path else None, Path(aliases) if aliases else None)


@cache
def _methodologies() -> Mapping[str, Methodology]:
    return load_methodologies()
