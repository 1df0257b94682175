"""Runs functions in processes that can be killed; the parent watches clock and memory from outside.

A fork server imports the heavy libraries once; every task gets a fresh fork of it, in a process group of
its own, so that a hang, a crash or a memory bomb in native code ends that task and nothing else. A fork
tells its progress and its result through files, never through a pipe that a dying process could block.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
import types
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Generic, TypeVar

from audit.cache import PROGRAM
from audit.limits import LARGEST_RESULT, Limits
from audit.usage import computed, group, resident
from extract.document import Problem

POLL = 0.05
"""Seconds between two looks at a fork's memory and clock: short against the limits, long for a CPU."""

PATIENCE = 4
"""A file's seconds are those that it computes: what else the machine does must not change a result. One that
waits for something else is stopped after so many times as long."""

STARTS = 100
"""So often, POLL seconds apart, a task is begun anew when the fork server is dying, such as one that the system
killed for memory: it is replaced when it is dead."""

ORPHANED = 255
"""The exit code that the library gives a fork whose server has died."""

PR_SET_PDEATHSIG = 1
"""prctl(2): the signal a process gets when its parent ends."""

ONE_THREAD = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Each engine on one thread: the files are what runs side by side."""

Watch = Callable[[int, str], None]
"""Hears of every page begun: its number and kind."""

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Ended(Generic[A]):
    """How a task ended: the bytes it gave or the problem that ended it, and the pages it began."""

    task: A
    result: bytes | None
    problem: Problem | None
    pages: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Fork(Generic[A]):
    """A fork at work. `result` and `progress` are files it writes."""

    task: A
    process: ForkServerProcess
    result: Path
    progress: Path
    started: float

    def pages(self) -> tuple[tuple[int, str], ...]:
        """The pages begun so far, as (number, kind)."""
        try:
            lines = self.progress.read_text("ascii").splitlines()
        except (OSError, UnicodeDecodeError):
            return ()
        pairs = [line.split(" ", 1) for line in lines]
        return tuple((int(p[0]), p[1]) for p in pairs if len(p) == 2 and p[0].isdigit())

    def over(self, limits: Limits) -> Problem | None:
        """The limit that the fork has broken, if any."""
        pages = self.pages()
        scans = sum(kind != "digital" for _, kind in pages)
        allowed = limits.allowed(scans, len(pages) - scans)
        processes = group(self.process.pid or 0)
        waited = time.monotonic() - self.started
        if waited > PATIENCE * allowed or sum(map(computed, processes)) > allowed:
            return Problem("timeout", (("seconds", f"{allowed:.0f}"),))
        if sum(map(resident, processes)) > limits.resident:
            return Problem("too-large")
        return None

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.kill()
        self.process.join()

    def ended(self, problem: Problem | None) -> Ended[A]:
        """Collect what the fork left behind."""
        result = None
        if problem is None:
            try:
                result = self.result.read_bytes()
            except OSError:
                code = self.process.exitcode or 0
                problem = Problem("crashed", (("signal", str(abs(code))),))
        return Ended(self.task, result, problem, self.pages())

    def clean(self) -> None:
        for suffix in (".result", ".unfinished", ".progress"):
            self.result.with_suffix(suffix).unlink(missing_ok=True)
        self.process.close()


def run_forks(
    tasks: deque[A],
    work: Callable[[A, Watch], bytes],
    workers: int,
    limits: Limits,
    spool: Path,
    begun: Callable[[A], None] = lambda task: None,
) -> Iterator[Ended[A]]:
    """Do `work` on every task, `workers` at a time, in the order they end; `begun` hears of each start.

    The caller may add to `tasks` meanwhile. Files are written under `spool` and removed again.
    """
    pool = _Pool(tasks, work, limits, spool, _context(spool))
    try:
        while tasks or pool.running:
            while tasks and len(pool.running) < workers:
                begun(tasks[0])
                pool.start()
            wait([fork.process.sentinel for fork in pool.running], POLL)
            yield from pool.ended()
    finally:
        for fork in pool.running:
            fork.kill()
            fork.clean()


@dataclass(slots=True)
class _Pool(Generic[A]):
    """The forks at work and the server they come from, replaced when it has died."""

    tasks: deque[A]
    work: Callable[[A, Watch], bytes]
    limits: Limits
    spool: Path
    context: ForkServerContext
    running: list[_Fork[A]] = field(default_factory=list)
    orphans: set[A] = field(default_factory=set)
    serial: int = 0

    def start(self) -> None:
        """Begin the next task."""
        task = self.tasks.popleft()
        for attempt in range(STARTS):
            self.serial += 1
            base = self.spool / str(self.serial)
            try:
                self.running.append(_start(self.context, task, self.work, base))
                return
            except (EOFError, ConnectionError):
                if attempt + 1 == STARTS:
                    raise
                time.sleep(POLL)
                self.context = _context(self.spool)

    def ended(self) -> Iterator[Ended[A]]:
        """The tasks that have ended. One whose server died is done again, once."""
        for fork in list(self.running):
            ended = _look(fork, self.limits)
            if ended is None:
                continue
            self.running.remove(fork)
            orphaned = fork.process.exitcode == ORPHANED and fork.task not in self.orphans
            fork.clean()
            if orphaned:
                self.orphans.add(fork.task)
                self.tasks.append(fork.task)
                self.context = _context(self.spool)
            else:
                yield ended


def _context(spool: Path) -> ForkServerContext:
    """The fork server's context, the server running."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["audit.warm"])
    with _surroundings(spool), _nameless_program():
        forkserver.ensure_running()
    return context


@contextlib.contextmanager
def _nameless_program() -> Iterator[None]:
    """Forks need nothing of the program that calls: they would run an analyst's whole script again."""
    program = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


@contextlib.contextmanager
def _surroundings(spool: Path) -> Iterator[None]:
    """What the fork server and its forks are to find in their environment.

    Without PYTHONSAFEPATH a server would import what lies in the folder that the user works in. A
    socket's name must be short, a folder's need not be: the server's is reached through a descriptor.
    """
    before, folder = dict(os.environ), tempfile.tempdir
    descriptor = os.open(spool, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    os.environ |= {"TMPDIR": str(spool), "PYTHONSAFEPATH": "1", "PYTHONPATH": str(PROGRAM)}
    tempfile.tempdir = f"/proc/self/fd/{descriptor}"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        tempfile.tempdir = folder


def _start(
    context: ForkServerContext, task: A, work: Callable[[A, Watch], bytes], base: Path
) -> _Fork[A]:
    result, progress = base.with_suffix(".result"), base.with_suffix(".progress")
    process = context.Process(target=_work, args=(work, task, result, progress))
    with _nameless_program():
        process.start()
    return _Fork(task, process, result, progress, time.monotonic())


def _look(fork: _Fork[A], limits: Limits) -> Ended[A] | None:
    if not fork.process.is_alive():
        fork.process.join()
        return fork.ended(None)
    problem = fork.over(limits)
    if problem is None:
        return None
    fork.kill()
    return fork.ended(problem)


def _work(work: Callable[[A, Watch], bytes], task: A, result: Path, progress: Path) -> None:
    """In the fork: do the work and leave its result, whole or not at all."""
    os.setsid()
    die_with(os.getppid())
    _silence()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_RESULT, LARGEST_RESULT))

    def watch(page: int, kind: str) -> None:
        with progress.open("a", encoding="ascii") as file:
            file.write(f"{page} {kind}\n")

    unfinished = result.with_suffix(".unfinished")
    unfinished.write_bytes(work(task, watch))
    unfinished.replace(result)


def die_with(parent: int) -> None:
    """Let this process end when its parent does, however that ends."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _silence() -> None:
    """Libraries warn on standard error; what matters is in the result."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
