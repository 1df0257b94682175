"""Runs a command and says what it and everything that it started have cost."""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent

PR_SET_CHILD_SUBREAPER = 36
"""prctl(2): processes left behind by a child become children of this one."""


@dataclass(frozen=True, slots=True)
class Cost:
    """A whole run: seconds by the clock, seconds of computing of the program itself and of all that it
    started, most resident bytes of the program, and of the largest process that it left to us."""

    clock: float
    own: float
    all: float
    peak: int
    worker: int

    @property
    def two_jobs(self) -> float:
        """How much faster two cores of its own can make it: what the program itself computes is not shared."""
        return self.all / (self.own + (self.all - self.own) / 2)


def cost_of(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Runs a command in the project's folder to its end, and that of all processes that it leaves behind; its exit
    code is not judged.

    A small program of its own starts it: Linux counts what a process held as resident in what it starts, too.
    """
    starter = [sys.executable, "-m", "benchmarks.process", *command]
    told = subprocess.run(starter, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(told.stdout, type=Cost)


def _measured(command: Sequence[str]) -> Cost:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    clock, own = time.perf_counter() - start, _computed(process.pid)
    _, _, usage = os.wait4(process.pid, 0)
    computed, peak, worker = usage.ru_utime + usage.ru_stime, usage.ru_maxrss, 0
    process.returncode = 0  # it is reaped: nothing is left to wait for
    with contextlib.suppress(ChildProcessError):
        while True:
            _, _, left = os.wait4(-1, 0)
            computed += left.ru_utime + left.ru_stime
            worker = max(worker, left.ru_maxrss)
    return Cost(clock, own, computed, peak * 1024, worker * 1024)


def _computed(pid: int) -> float:
    """Seconds of computing of a process without its children's."""
    after_name = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2]
    return sum(map(int, after_name.split()[11:13])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(_measured(sys.argv[1:])))
