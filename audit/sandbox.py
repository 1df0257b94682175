"""Runs each job in a process that can be killed, and believes nothing it did not check.

A fork server imports the heavy libraries once; every file gets a fresh fork of it, in a process group of
its own, so that a hang, a crash or a memory bomb in native code ends that file and nothing else. A fork
tells its progress and its result through files, never through a pipe that a dying process could block.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import msgspec

from audit.job import Examination, Job, examine_file, failed
from audit.limits import Limits
from extract.document import Problem

POLL = 0.05
"""Seconds between two looks at a fork's memory and clock: short against the limits, long for a CPU."""

PR_SET_PDEATHSIG = 1
"""prctl(2): the signal a process gets when its parent ends."""

ONE_THREAD = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Each engine on one thread: the files are what runs side by side."""


@dataclass(slots=True)
class _Run:
    """A fork at work. `result` and `progress` are files it writes."""

    job: Job
    process: ForkServerProcess
    result: Path
    progress: Path
    started: float

    def pages(self) -> list[tuple[int, str]]:
        """The pages begun so far, as (number, kind)."""
        try:
            lines = self.progress.read_text("ascii").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        pairs = [line.split(" ", 1) for line in lines]
        return [(int(p[0]), p[1]) for p in pairs if len(p) == 2 and p[0].isdigit()]

    def resident(self) -> int:
        """Bytes of memory in use by the fork and what it started."""
        return sum(_resident(pid) for pid in _group(self.process.pid or 0))

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.kill()
        self.process.join()

    def clean(self) -> None:
        self.result.unlink(missing_ok=True)
        self.progress.unlink(missing_ok=True)
        self.process.close()


def run_jobs(
    jobs: Iterable[Job], workers: int, limits: Limits, spool: Path
) -> Iterator[tuple[Job, Examination]]:
    """Examine every job, `workers` at a time, in the order they end. Files are written under `spool`."""
    context = _context()
    waiting = iter(jobs)
    running: list[_Run] = []
    serial = 0
    try:
        while True:
            while len(running) < workers and (job := next(waiting, None)) is not None:
                serial += 1
                running.append(_start(context, job, spool, serial))
            if not running:
                return
            wait([run.process.sentinel for run in running], POLL)
            for run in list(running):
                ended = _ended(run, limits)
                if ended is None:
                    continue
                running.remove(run)
                if isinstance(ended, Job):
                    serial += 1
                    running.append(_start(context, ended, spool, serial))
                else:
                    yield run.job, ended
    finally:
        for run in running:
            run.kill()
            run.clean()


def _context() -> ForkServerContext:
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["audit.warm"])
    return context


def _start(context: ForkServerContext, job: Job, spool: Path, serial: int) -> _Run:
    result = spool / f"{os.getpid()}-{serial}.result"
    progress = result.with_suffix(".progress")
    process = context.Process(target=_work, args=(job, str(result), str(progress)))
    process.start()
    return _Run(job, process, result, progress, time.monotonic())


def _ended(run: _Run, limits: Limits) -> Examination | Job | None:
    """The result of a fork that has ended or must end; the job to start again; None while it works."""
    if not run.process.is_alive():
        run.process.join()
        outcome = _collect(run)
    elif (problem := _over(run, limits)) is not None:
        run.kill()
        outcome = _given_up(run, problem)
    else:
        return None
    run.clean()
    return outcome


def _over(run: _Run, limits: Limits) -> Problem | None:
    scans = sum(kind != "digital" for _, kind in run.pages())
    allowed = limits.allowed(scans)
    if time.monotonic() - run.started > allowed:
        return Problem("timeout", (("seconds", f"{allowed:.0f}"),))
    if run.resident() > limits.resident:
        return Problem("too-large", (("megabytes", str(limits.resident >> 20)),))
    return None


def _collect(run: _Run) -> Examination | Job:
    try:
        examination = msgspec.json.decode(run.result.read_bytes(), type=Examination)
    except (OSError, msgspec.DecodeError):
        code = run.process.exitcode or 0
        return _given_up(run, Problem("crashed", (("signal", str(-code if code < 0 else code)),)))
    if run.job.pages is not None and examination.submission.status == "ok":
        cut = replace(examination.submission, status="partial", problem=Problem("cut-short"))
        return replace(examination, submission=cut)
    return examination


def _given_up(run: _Run, problem: Problem) -> Examination | Job:
    """What was read before the page that stopped the reader is read again without it, once."""
    begun = [number for number, _ in run.pages()]
    if run.job.pages is None and begun and max(begun) > 1:
        return replace(run.job, pages=max(begun) - 1)
    return failed(run.job, problem)


def _work(job: Job, result: str, progress: str) -> None:
    """In the fork: examine the file and write what was found, whole or not at all."""
    os.setsid()
    _die_with_parent()
    _silence()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def watch(page: int, kind: str) -> None:
        with Path(progress).open("a", encoding="ascii") as file:
            file.write(f"{page} {kind}\n")

    try:
        examination = examine_file(job, watch)
    except MemoryError:
        examination = failed(job, Problem("too-large"))
    except RecursionError:
        examination = failed(job, Problem("corrupt"))
    except Exception as error:  # a fault of ours must not cost the other files
        examination = failed(job, Problem("crashed", (("signal", type(error).__name__),)))
    Path(result).write_bytes(msgspec.json.encode(examination))


def _die_with_parent() -> None:
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _silence() -> None:
    """Libraries warn on standard error; what matters is in the result."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _group(leader: int) -> list[int]:
    """The processes of a group: the fork and, where it started any, its own (tesseract)."""
    members = [leader]
    children = Path(f"/proc/{leader}/task/{leader}/children")
    with contextlib.suppress(OSError):
        members += [int(pid) for pid in children.read_text("ascii").split()]
    return members


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * resource.getpagesize()
