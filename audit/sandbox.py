"""Examines files in forks and believes nothing of what comes back that it did not check."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from audit.fork import Ended, Watch, run_forks
from audit.job import Examination, Job, examine_file, failed
from audit.limits import Limits
from extract.document import Problem


def run_jobs(
    jobs: Iterable[Job], workers: int, limits: Limits, spool: Path
) -> Iterator[tuple[Job, Examination]]:
    """Examine every job, `workers` at a time, in the order they end."""
    tasks = deque(jobs)
    for ended in run_forks(tasks, examine, workers, limits, spool):
        examination = _checked(ended)
        retry = _without_the_last_page(ended) if examination.submission.problem else None
        if retry is not None:
            tasks.append(retry)
        else:
            yield replace(ended.task, pages=None), examination


def examine(job: Job, watch: Watch) -> bytes:
    """In the fork: a file's examination as JSON. A fault of ours must not cost the other files."""
    try:
        examination = examine_file(job, watch)
    except MemoryError:
        examination = failed(job, Problem("too-large"))
    except RecursionError:
        examination = failed(job, Problem("corrupt"))
    except Exception as error:
        examination = failed(job, Problem("crashed", (("signal", type(error).__name__),)))
    return msgspec.json.encode(examination)


def _checked(ended: Ended[Job]) -> Examination:
    """What came back, if it is a whole examination of this very job."""
    job = ended.task
    if ended.result is None:
        return failed(job, ended.problem or Problem("crashed", (("signal", "0"),)))
    try:
        examination = msgspec.json.decode(ended.result, type=Examination)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return failed(job, Problem("crashed", (("signal", "0"),)))
    submission = examination.submission
    if submission.path != job.shown:
        return failed(job, Problem("crashed", (("signal", "0"),)))
    if job.pages is not None and submission.status == "ok":
        cut = replace(submission, status="partial", problem=Problem("cut-short"))
        return replace(examination, submission=cut)
    return examination


def _without_the_last_page(ended: Ended[Job]) -> Job | None:
    """The job again, once, up to the page before the one that stopped the reader."""
    begun = [number for number, _ in ended.pages]
    if ended.problem is None or ended.task.pages is not None or not begun or max(begun) < 2:
        return None
    return replace(ended.task, pages=max(begun) - 1)
