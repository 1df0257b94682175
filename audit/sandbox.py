"""Examines files in forks and believes nothing of what comes back that it did not check."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from audit.fork import Ended, Watch, run_forks
from audit.job import Examination, Job, failed
from audit.limits import LARGEST_RESULT, Limits
from extract.document import Problem, problem_of


def run_jobs(
    jobs: Iterable[Job],
    workers: int,
    limits: Limits,
    spool: Path,
    begun: Callable[[Job], None] = lambda job: None,
) -> Iterator[tuple[Job, Examination]]:
    """Examine every job, `workers` at a time, in the order they end; `begun` hears of each one's start."""
    tasks = deque(jobs)
    for ended in run_forks(tasks, examine, workers, limits, spool, begun):
        examination = _checked(ended)
        retry = _without_the_last_page(ended) if examination.submission.problem else None
        if retry is not None:
            tasks.appendleft(retry)
        else:
            yield replace(ended.task, pages=None, stopped=()), examination


def examine(job: Job, watch: Watch) -> bytes:
    """In the fork: a file's examination as JSON. A fault of ours must not cost the other files."""
    from audit.work import examine_file  # loads the readers: only in forks, once, by `audit.warm`

    try:
        examination = examine_file(job, watch)
    except Exception as error:
        examination = failed(job, problem_of(error))
    result = msgspec.json.encode(examination)
    if len(result) > LARGEST_RESULT:
        return msgspec.json.encode(failed(job, Problem("too-large")))
    return result


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
        cut = replace(submission, status="partial", problem=Problem("cut-short", job.stopped))
        return replace(examination, submission=cut)
    return examination


def _without_the_last_page(ended: Ended[Job]) -> Job | None:
    """The job again, once, up to the page before the one that stopped the reader, so that what was read
    before it is kept."""
    begun = [number for number, _ in ended.pages]
    if ended.problem is None or ended.task.pages is not None or not begun or max(begun) < 2:
        return None
    stopped = (("page", str(max(begun))), ("reason", ended.problem.code))
    return replace(ended.task, pages=max(begun) - 1, stopped=stopped)
