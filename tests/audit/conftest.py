"""A small inbox of sound reports, and a way to audit it as a program of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "tests" / "report" / "inbox"
SAMPLES = ROOT / "samples" / "inbox"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two text reports and one digital PDF."""
    folder = tmp_path / "inbox"
    shutil.copytree(REPORTS, folder)
    shutil.copy(SAMPLES / "muong-nhe-2024-04.pdf", folder)
    return folder


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
    return kept | {"XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "config")}


def doisoat(*arguments: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
