"""One file to be examined, and its whole result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.document import Problem, Source
from normalise.submission import Submission
from reconcile.finding import Examined

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

    `problem` is the code of what keeps the file from being opened at all. `pages` limits how many pages
    are read, after a page beyond it stopped the reader; `stopped` says which page and what happened.
    """

    path: str
    shown: str
    sha256: str
    methodology: str | None = None
    register: str | None = None
    aliases: str | None = None
    problem: str = ""
    pages: int | None = None
    stopped: tuple[tuple[str, str], ...] = ()


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
