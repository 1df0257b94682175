"""Whole audits: exit status, bad files among good ones, resuming, the same bytes whatever the way."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from audit.run import Settings, audit
from tests.audit.conftest import ROOT, doisoat, environment
from tests.audit.hostile import KINDS, ODD_NAMES, write_places

OUTPUTS = ("audit.json", "discrepancies.xlsx", "report.html")
LIMITS = ("--seconds", "6", "--megabytes", "600")
SLOW = {
    "nested-flate.pdf",
    "forms-doubling.pdf",
    "huge-image.pdf",
    "wide-scan.pdf",
    "many-pages.pdf",
    "many-words.pdf",
    "many-lines.pdf",
    "huge-cmap.pdf",
    "run-length-bomb.pdf",
    "deep-array.pdf",
    "many-tabs.txt",
    "bars.md",
    "many.tiff",
    "comment-bomb.png",
}
"""Kinds that last until a limit or need recognition: two stand for them here, the slow proof runs them all."""

FEW = ("nested-flate.pdf", "many-words.pdf")


def _audit(folder: Path) -> Any:
    return json.loads((folder / "audit.json").read_text("utf-8"))


def _good(result: Any, names: set[str]) -> Any:
    documents = [d for d in result["documents"] if d["path"] in names]
    return documents, [f for f in result["findings"] if f["document"] in names]


def test_every_bad_file_is_told_and_costs_no_other(inbox: Path, tmp_path: Path) -> None:
    names = {f.name for f in inbox.iterdir()}
    doisoat("audit", inbox, "--out", tmp_path / "alone", home=tmp_path)
    expected: dict[str, Sequence[str]] = write_places(inbox)
    for name, make, codes in KINDS:
        if name not in SLOW or name in FEW:
            (inbox / name).write_bytes(make())
            expected[name] = codes
    mixed = tmp_path / "mixed"
    run = doisoat("audit", inbox, "--out", mixed, "--jobs", "2", *LIMITS, home=tmp_path)
    assert run.returncode == 3, run.stderr
    result = _audit(mixed)
    told = {d["path"]: d["error"] for d in result["documents"] if d["path"] not in names}
    assert set(told) == set(expected)
    unexpected = {n: told[n]["code"] for n in expected if told[n]["code"] not in expected[n]}
    assert unexpected == {}
    assert all(e["message"]["vi"] and e["message"]["en"] for e in told.values())
    assert _good(result, names) == _good(_audit(tmp_path / "alone"), names)


def test_names_that_mislead_are_shown_for_what_they_are(inbox: Path, tmp_path: Path) -> None:
    shutil.rmtree(inbox)
    inbox.mkdir()
    for name in ODD_NAMES:
        (inbox / os.fsdecode(name)).write_text("Kính gửi Ủy ban nhân dân.\n")
    with_findings = ROOT / "samples" / "inbox" / "muong-nhe-2024-04.pdf"
    shutil.copy(with_findings, inbox / os.fsdecode(b"\xff\n.pdf"))
    run = doisoat("audit", inbox, "--out", tmp_path / "out", home=tmp_path)
    paths = [d["path"] for d in _audit(tmp_path / "out")["documents"]]
    assert len(set(paths)) == len(ODD_NAMES) + 1
    assert all(path.isprintable() for path in paths)
    assert "\x1b" not in run.stdout and "\u202e" not in run.stdout


def test_order_jobs_and_cache_do_not_change_a_byte(inbox: Path, tmp_path: Path) -> None:
    files = sorted(inbox.iterdir())
    ways: dict[str, list[str | Path]] = {
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


def test_an_unchanged_folder_is_left_as_it_is(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = doisoat("audit", inbox, "--out", out, home=tmp_path)
    written = {f.name: f.stat().st_mtime_ns for f in out.iterdir()}
    again = doisoat("audit", inbox, "--out", out, home=tmp_path)
    assert (again.stdout, again.returncode) == (first.stdout, first.returncode)
    assert {f.name: f.stat().st_mtime_ns for f in out.iterdir()} == written


def test_an_output_that_was_removed_or_altered_is_written_again(
    inbox: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    doisoat("audit", inbox, "--out", out, home=tmp_path)
    before = {name: (out / name).read_bytes() for name in OUTPUTS}
    (out / "audit.json").unlink()
    (out / "report.html").write_bytes(before["report.html"][:-1])
    doisoat("audit", inbox, "--out", out, home=tmp_path)
    assert {name: (out / name).read_bytes() for name in OUTPUTS} == before


def test_another_file_is_noticed(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    doisoat("audit", inbox, "--out", out, home=tmp_path)
    (inbox / "more.txt").write_text("Kính gửi Ủy ban nhân dân.\n")
    doisoat("audit", inbox, "--out", out, home=tmp_path)
    assert "more.txt" in [d["path"] for d in _audit(out)["documents"]]


@pytest.mark.parametrize("seed", range(3))
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


def test_two_runs_at_once_do_not_harm_each_other(inbox: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "audit", str(inbox), "--out"]
    runs = [
        subprocess.Popen(
            [*command, str(tmp_path / out)],
            env=environment(tmp_path),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for out in ("one", "two", "one")
    ]
    told = [(run.communicate()[1], run.returncode) for run in runs]
    assert len(set(told)) == 1 and not told[0][0]
    for output in OUTPUTS:
        one, two = (tmp_path / run / output for run in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
    assert sorted(f.name for f in (tmp_path / "one").iterdir()) == sorted(OUTPUTS)


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


def test_a_file_that_changes_before_it_is_read_is_told_and_read_the_next_time(
    inbox: Path, tmp_path: Path
) -> None:
    settings = Settings((inbox,), tmp_path / "out", keep=tmp_path / "kept")
    last = inbox / "muong-nhe-2024-04.pdf"

    def change(done: int, of: int, name: str) -> None:
        if done == 1:
            last.write_bytes(last.read_bytes() + b"\n%")

    result = audit(settings, change)
    codes = {k.input.shown: k.problem.code if k.problem else "" for k in result.documents}
    assert codes.pop(last.name) == "changed" and set(codes.values()) == {""}
    assert all(k.status == "ok" for k in audit(settings).documents)


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


def test_nothing_in_the_working_folder_is_run(inbox: Path, tmp_path: Path) -> None:
    """A user may stand in the very folder that a stranger's files are in."""
    for name in ("numpy", "audit", "signal", "threading", "tempfile", "json", "pdfplumber"):
        (inbox / f"{name}.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w')\n")
    run = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "audit", ".", "--out", str(tmp_path / "out")],
        env=environment(tmp_path),
        cwd=inbox,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 3, run.stderr
    assert not (tmp_path / "run").exists()


CALLS = (
    "trace=connect,bind,sendto,sendmsg,sendmmsg,openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,"
    "mkdirat,link,linkat,symlink,symlinkat,truncate,mknod,mknodat,execve"
)
PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')


def test_nothing_is_written_elsewhere_run_or_sent(inbox: Path, tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    log = tmp_path / "trace"
    shutil.copy(ROOT / "samples" / "inbox" / "muong-ang-2024-08.pdf", inbox)
    command = [strace, "-f", "-y", "-qq", "-s", "4096", "-o", str(log), "-e", CALLS]
    command += [sys.executable, "-B", str(ROOT / "cli.py"), "audit", str(inbox)]
    traced = subprocess.run(
        [*command, "--out", str(tmp_path / "out"), "--letters"],
        env=environment(tmp_path),
        capture_output=True,
        check=False,
    )
    if b"ptrace" in traced.stderr.lower():
        pytest.skip("this machine does not let processes be traced")
    assert (tmp_path / "out" / "audit.json").exists(), traced.stderr
    assert list((tmp_path / "out" / "letters").iterdir())
    lines = log.read_text("utf-8", "replace").splitlines()
    assert len(lines) > 1000
    assert _sent(lines) == []
    assert _written_outside(lines, (tmp_path / "out", tmp_path / "cache")) == []
    assert _run(lines) <= {Path(sys.executable).name, "tesseract"}


def _sent(lines: Sequence[str]) -> list[str]:
    """Calls that reach for anything but a process of the same machine.

    A library that asks the system what addresses there are makes a socket and sends nothing.
    """
    reaching = re.compile(r"\b(connect|bind|sendto|sendmsg|sendmmsg)\(.*AF_INET")
    return [x for x in lines if reaching.search(x)]


def _written_outside(lines: Sequence[str], allowed: Sequence[Path]) -> list[str]:
    """Calls that make, change or remove something outside the folders allowed, tried or done."""
    changing = re.compile(
        r"\b(creat|rename|renameat2?|unlink|unlinkat|mkdirat?|linkat?|symlinkat?|truncate|mknodat?)\("
    )
    opened = re.compile(r"\bopen(at)?\(.*O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)")
    calls = [x for x in lines if changing.search(x) or opened.search(x)]
    return [x for x in calls if "ENOENT" not in x and "EEXIST" not in x and not _inside(x, allowed)]


def _inside(call: str, allowed: Sequence[Path]) -> bool:
    """Whether a call is about the folders allowed, this process's own memory or nothing at all."""
    harmless = ("/dev/null", "/dev/tty", "/proc/self/fd/")
    places = [*PATH.findall(call), *re.findall(r"<(/[^>]*)>", call)]
    return any(p.startswith((*map(str, allowed), *harmless)) for p in places)


def _run(lines: Sequence[str]) -> set[str]:
    """Names of the programs that were started."""
    started = [x for x in lines if "execve(" in x and x.endswith("= 0")]
    return {Path(PATH.findall(x)[0]).name for x in started}
