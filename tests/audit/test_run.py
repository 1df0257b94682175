"""Whole audits: exit status, bad files among good ones, resuming, the same bytes whatever the way."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.audit.conftest import ROOT, doisoat, environment
from tests.audit.hostile import KINDS

OUTPUTS = ("audit.json", "discrepancies.xlsx", "report.html")
LIMITS = ("--seconds", "8", "--megabytes", "700")
SLOW = {
    "nested-flate.pdf",
    "flate-bomb.pdf",
    "forms-doubling.pdf",
    "many-words.pdf",
    "huge-cmap.pdf",
}
SLOW |= {"many-lines.pdf", "many-pages.pdf"}
"""Kinds that last until a limit: two of them stand for the rest here; the slow proof runs them all."""

FEW = ("nested-flate.pdf", "forms-doubling.pdf")


def _audit(folder: Path) -> Any:
    return json.loads((folder / "audit.json").read_text("utf-8"))


def _good(result: Any, names: set[str]) -> Any:
    documents = [d for d in result["documents"] if d["path"] in names]
    return documents, [f for f in result["findings"] if f["document"] in names]


def test_every_bad_file_is_told_and_costs_no_other(inbox: Path, tmp_path: Path) -> None:
    names = {f.name for f in inbox.iterdir()}
    doisoat("audit", inbox, "--out", tmp_path / "alone", home=tmp_path)
    expected = {}
    for name, make, codes in KINDS:
        if name not in SLOW or name in FEW:
            (inbox / name).write_bytes(make())
            expected[name] = codes
    os.mkfifo(inbox / "pipe.pdf")
    expected["pipe.pdf"] = ["not-a-file"]
    (inbox / "link.pdf").symlink_to("/etc/hostname")
    run = doisoat(
        "audit", inbox, "--out", tmp_path / "mixed", "--jobs", "2", *LIMITS, home=tmp_path
    )
    assert run.returncode == 3, run.stderr
    mixed = _audit(tmp_path / "mixed")
    told = {d["path"]: d["error"] for d in mixed["documents"] if d["path"] not in names}
    assert set(told) == set(expected)
    unexpected = {n: told[n]["code"] for n in expected if told[n]["code"] not in expected[n]}
    assert unexpected == {}
    assert all(e["message"]["vi"] and e["message"]["en"] for e in told.values())
    assert _good(mixed, names) == _good(_audit(tmp_path / "alone"), names)


def test_order_jobs_and_cache_do_not_change_a_byte(inbox: Path, tmp_path: Path) -> None:
    files = sorted(inbox.iterdir())
    ways = {
        "one": [inbox, "--jobs", "1"],
        "two": [inbox, "--jobs", "2", "--no-cache"],
        "listed": [*reversed(files), "--jobs", "2"],
        "again": [inbox],
    }
    for way, arguments in ways.items():
        doisoat("audit", *arguments, "--out", tmp_path / way, home=tmp_path)
    for output in OUTPUTS:
        contents = {(tmp_path / way / output).read_bytes() for way in ways}
        assert len(contents) == 1, output


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_run_goes_on_where_it_was(inbox: Path, tmp_path: Path, seed: int) -> None:
    doisoat("audit", inbox, "--out", tmp_path / "whole", home=tmp_path / "undisturbed")
    arguments = ["audit", str(inbox), "--out", str(tmp_path / "killed")]
    run = subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        env=environment(tmp_path),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(random.Random(seed).uniform(0.2, 4.0))
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    doisoat(*arguments, home=tmp_path)
    for output in OUTPUTS:
        whole = (tmp_path / "whole" / output).read_bytes()
        assert (tmp_path / "killed" / output).read_bytes() == whole


def test_a_damaged_kept_result_is_made_again(inbox: Path, tmp_path: Path) -> None:
    doisoat("audit", inbox, "--out", tmp_path / "first", home=tmp_path)
    kept = sorted((tmp_path / "cache").rglob("*.json"))
    assert kept
    for index, file in enumerate(kept):
        file.write_bytes(b"" if index % 2 else file.read_bytes()[:100])
    doisoat("audit", inbox, "--out", tmp_path / "second", home=tmp_path)
    for output in OUTPUTS:
        first, second = (tmp_path / run / output for run in ("first", "second"))
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["clean.txt"], 0),
        (["hostile.txt"], 1),
        (["no-such-file.pdf"], 2),
        (["--format", "pdf", "clean.txt"], 2),
        (["--jobs", "0", "clean.txt"], 2),
        (["--methodology", "none", "clean.txt"], 2),
        (["--register", "no-such.csv", "clean.txt"], 2),
        (["broken.pdf", "hostile.txt"], 3),
    ],
)
def test_exit_status(inbox: Path, tmp_path: Path, arguments: list[str], status: int) -> None:
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.4")
    given = [str(inbox / a) if a.endswith((".txt", ".pdf")) else a for a in arguments]
    run = doisoat("audit", *given, "--out", tmp_path / "out", home=tmp_path)
    assert run.returncode == status, run.stdout + run.stderr
    if status == 2:
        assert run.stderr and not (tmp_path / "out" / "audit.json").exists()


def test_nothing_is_written_elsewhere_and_no_socket_is_opened(inbox: Path, tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    log = tmp_path / "trace"
    calls = "trace=socket,connect,openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat"
    command = [
        strace,
        "-f",
        "-qq",
        "-o",
        str(log),
        "-e",
        calls,
        sys.executable,
        str(ROOT / "cli.py"),
    ]
    command += ["audit", str(inbox), "--out", str(tmp_path / "out")]
    traced = subprocess.run(command, env=environment(tmp_path), capture_output=True, check=False)
    if b"ptrace" in traced.stderr.lower():
        pytest.skip("this machine does not let processes be traced")
    lines = log.read_text("utf-8", "replace").splitlines()
    assert len(lines) > 1000
    assert [x for x in lines if "socket(AF_INET" in x] == []
    allowed = (str(tmp_path), "/dev/null", "__pycache__")
    wrote = [x for x in lines if "O_WRONLY" in x or "O_RDWR" in x or "O_CREAT" in x]
    assert [x for x in wrote if "ENOENT" not in x and not any(a in x for a in allowed)] == []
