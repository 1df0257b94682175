"""Forks that hang, crash, swell or lie end alone."""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from pathlib import Path

import pytest

from audit.fork import Ended, Watch, run_forks
from audit.limits import Limits

PATIENT = Limits(seconds=60.0, resident=700 << 20)
HASTY = Limits(seconds=1.0, resident=700 << 20)


def act(task: str, watch: Watch) -> bytes:
    """Runs in the fork: one way to go wrong for each word."""
    watch(1, "digital")
    if task == "hang":
        time.sleep(600)
    if task == "compute":
        while True:
            pass
    if task == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if task == "raise":
        raise RuntimeError("fault")
    if task == "swell":
        block = []
        while True:
            block.append(bytearray(50 << 20))
            time.sleep(0.02)
    if task.startswith("orphan ") and not Path(task.removeprefix("orphan ")).exists():
        Path(task.removeprefix("orphan ")).touch()
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(600)
    if task == "stop":
        os.kill(os.getpid(), signal.SIGSTOP)
    return task.encode()


def _run(tasks: list[str], spool: Path, limits: Limits = PATIENT) -> dict[str, Ended[str]]:
    return {e.task: e for e in run_forks(deque(tasks), act, 2, limits, spool)}


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("hang", "timeout"),
        ("compute", "timeout"),
        ("stop", "timeout"),
        ("swell", "too-large"),
        ("segfault", "crashed"),
        ("raise", "crashed"),
    ],
)
def test_a_bad_task_ends_alone(task: str, code: str, tmp_path: Path) -> None:
    limits = HASTY if code == "timeout" else PATIENT
    ended = _run([task, "good", "fine"], tmp_path, limits)
    assert (ended["good"].result, ended["fine"].result) == (b"good", b"fine")
    assert ended[task].result is None
    problem = ended[task].problem
    assert problem is not None and problem.code == code
    assert ended[task].pages == ((1, "digital"),)


def test_a_server_that_the_system_killed_is_replaced(tmp_path: Path) -> None:
    tasks = [f"orphan {tmp_path / name}" for name in "ab"] + ["good", "fine"]
    (spool := tmp_path / "spool").mkdir()
    ended = _run(list(tasks), spool)
    assert {task: e.result for task, e in ended.items()} == {t: t.encode() for t in tasks}


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    _run(["good", "segfault"], tmp_path)
    assert list(tmp_path.iterdir()) == []
