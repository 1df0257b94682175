"""The example for analysts in the README runs as it is printed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_the_example_runs_as_printed(tmp_path: Path) -> None:
    text = (HERE.parents[1] / "README.md").read_text("utf-8")
    section = text.split("## For analysts")[1].split("\n## ")[0]
    code = "\n".join(line[4:] for line in re.findall(r"^ {4}.*|^$", section, re.MULTILINE))
    (tmp_path / "example.py").write_text(code.strip() + "\n", "utf-8")
    inbox = tmp_path / "samples" / "inbox"
    inbox.mkdir(parents=True)
    shutil.copy(HERE / "inbox" / "clean.txt", inbox)
    done = subprocess.run(
        [sys.executable, "example.py"], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "clean.txt" in done.stdout
