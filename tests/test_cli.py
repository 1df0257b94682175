"""The command line as the contract has it, run as a program of its own."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.audit.conftest import REPORTS, ROOT, doisoat, environment

CLEAN = (REPORTS / "clean.txt").read_text("utf-8")
WRONG = CLEAN.replace("84,50", "85,40")
STRANGE = CLEAN.replace("UBND xã Mường Lạn", "UBND xã Vĩnh Thạnh Đông")
INBOXES: dict[str, tuple[dict[str, str], int]] = {
    "nothing differs": ({"a.txt": CLEAN}, 0),
    "an error": ({"a.txt": WRONG}, 1),
    "a file that cannot be read beside an error": ({"a.txt": WRONG, "b.pdf": "%PDF-1.4\n"}, 3),
    "a unit that a person must look at": ({"a.txt": STRANGE}, 4),
}
DOCUMENT = {
    "path", "sha256", "status", "error", "source", "pages", "issuer", "period", "number", "date",
    "legal_bases", "methodology", "tables", "claims", "unclaimed", "checks",
}  # fmt: skip
FINDING = {
    "id", "rule", "severity", "document", "page", "bbox", "table", "unit", "field", "printed",
    "expected", "difference", "cause", "message", "basis",
}  # fmt: skip


def _inbox(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def _json(out: Path) -> Any:
    return json.loads((out / "audit.json").read_text("utf-8"))


@pytest.mark.parametrize("case", INBOXES)
def test_exit_status_and_outputs(case: str, tmp_path: Path) -> None:
    files, status = INBOXES[case]
    inbox, out = _inbox(tmp_path / "in", files), tmp_path / "out"
    ended = doisoat("audit", inbox, "--out", out, "--format", "json", home=tmp_path)
    assert (ended.returncode, ended.stderr) == (status, "")
    assert all(name in ended.stdout for name in files)
    assert [f.name for f in out.iterdir()] == ["audit.json"]
    assert sorted(files) == [d["path"] for d in _json(out)["documents"]]


def test_the_json_has_what_the_contract_names(tmp_path: Path) -> None:
    inbox, out = _inbox(tmp_path / "in", {"a.txt": WRONG}), tmp_path / "out"
    doisoat("audit", inbox, "--out", out, "--format", "json", home=tmp_path)
    audit = _json(out)
    document, found = audit["documents"][0], audit["findings"][0]
    assert audit["schema_version"] == 1 and audit["tool"]["name"] == "doisoat"
    assert set(document) >= DOCUMENT and set(found) >= FINDING
    row = document["tables"][0]["rows"][0]
    assert row["unit"]["canonical"] == "Thị trấn Mường Ảng" and row["unit"]["match"] == "variant"
    assert row["cells"]["total"]["printed"] == "85,40"
    assert row["recomputed"]["applicable_max"] == "85"
    assert (found["rule"], found["field"], found["printed"]) == ("total-mismatch", "total", "85,40")
    assert found["message"]["vi"] != found["message"]["en"]


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    inbox = _inbox(tmp_path / "in", {"a.txt": CLEAN})
    ended = doisoat("audit", inbox, "--out", tmp_path / "out", "-q", home=tmp_path)
    assert (ended.stdout, ended.stderr) == ("", "")


def test_a_finding_is_explained(tmp_path: Path) -> None:
    inbox, out = _inbox(tmp_path / "in", {"a.txt": WRONG}), tmp_path / "out"
    doisoat("audit", inbox, "--out", out, "--format", "json", home=tmp_path)
    id = _json(out)["findings"][0]["id"]
    told = doisoat("explain", id[:6], "--out", out, home=tmp_path)
    assert told.returncode == 0 and "85,40" in told.stdout and "84,5" in told.stdout
    assert doisoat("explain", "zzz", "--out", out, home=tmp_path).returncode == 2


WRONG_USES: Iterable[tuple[str, ...]] = (
    (),
    ("audit",),
    ("audit", "missing-folder"),
    ("audit", ".", "--format", "doc"),
    ("audit", ".", "--jobs", "0"),
    ("audit", ".", "--methodology", "none"),
    ("audit", ".", "--register", "missing.csv"),
    ("rules", "no-such-rule"),
    ("no-such-command",),
)


@pytest.mark.parametrize("words", WRONG_USES, ids=" ".join)
def test_wrong_use_is_told(words: tuple[str, ...], tmp_path: Path) -> None:
    ended = doisoat(*words, home=tmp_path)
    assert ended.returncode == 2 and ended.stderr and not ended.stdout


@pytest.mark.parametrize("words", [("--help",), ("audit", "--help"), ("rules",), ("--version",)])
def test_what_is_asked_is_answered(words: tuple[str, ...], tmp_path: Path) -> None:
    ended = doisoat(*words, home=tmp_path)
    assert ended.returncode == 0 and ended.stdout and not ended.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_the_command(shell: str, tmp_path: Path) -> None:
    assert "doisoat" in doisoat("completion", shell, home=tmp_path).stdout


def test_a_terminal_shows_how_far_the_audit_is(tmp_path: Path) -> None:
    inbox = _inbox(tmp_path / "in", {"a.txt": CLEAN, "b.txt": WRONG})
    screen, terminal = pty.openpty()
    ended = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "audit", str(inbox), "--out", str(tmp_path / "out")],
        env=environment(tmp_path) | {"TERM": "xterm", "COLUMNS": "120"},
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        timeout=300,
        check=False,
    )
    os.close(terminal)
    shown = _all_of(screen)
    assert ended.returncode == 1
    assert "Đang đọc" in shown and "2/2" in shown and "Đang ghi kết quả" in shown


def _all_of(screen: int) -> str:
    read = b""
    while True:
        try:
            some = os.read(screen, 4096)
        except OSError:  # what a terminal gives once its last writer has gone
            some = b""
        if not some:
            return read.decode("utf-8", "replace")
        read += some
