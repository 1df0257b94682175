"""What processes cost, as the system tells it."""

from __future__ import annotations

import contextlib
import os
import resource
from pathlib import Path

CLOCK = os.sysconf("SC_CLK_TCK")
"""Ticks a second in which the kernel counts computing."""

PAGE = resource.getpagesize()
"""Bytes of a page of memory."""


def group(leader: int) -> list[int]:
    """The fork and what it started itself (tesseract)."""
    members = [leader]
    children = Path(f"/proc/{leader}/task/{leader}/children")
    with contextlib.suppress(OSError):
        members += [int(pid) for pid in children.read_text("ascii").split()]
    return members


def computed(pid: int) -> float:
    """Seconds of processor time of a process and of the children it has waited for; 0 when it has gone."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2]
        return sum(map(int, after_name.split()[11:15])) / CLOCK
    except (OSError, ValueError):
        return 0.0


def resident(pid: int) -> int:
    """Bytes of physical memory a process uses; 0 when it has gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * PAGE
