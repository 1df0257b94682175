"""What is kept of a file that reaches a limit, and which files are read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.job import Examination, Job, failed
from audit.limits import Limits
from audit.run import Settings, audit
from extract.document import Problem
from tests.audit import hostile
from tests.audit.conftest import SAMPLES, doisoat
from tests.extract.test_partial import joined

SOUND = SAMPLES / "muong-nhe-2024-04.pdf"


def _document(folder: Path, name: str) -> Any:
    documents = json.loads((folder / "audit.json").read_text("utf-8"))["documents"]
    return next(d for d in documents if d["path"] == name)


def test_pages_before_one_that_hangs_are_kept(tmp_path: Path) -> None:
    (tmp_path / "hangs.pdf").write_bytes(hostile.forms_doubling())
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    joined(inbox / "a.pdf", [(SOUND, None), (tmp_path / "hangs.pdf", None)])
    joined(inbox / "b.pdf", [(SOUND, None)])
    arguments = ("audit", inbox, "--out", tmp_path / "out", "--format", "json", "--seconds", "6")
    assert doisoat(*arguments, home=tmp_path).returncode == 3
    cut, whole = (_document(tmp_path / "out", name) for name in ("a.pdf", "b.pdf"))
    assert (cut["status"], cut["error"]["code"]) == ("partial", "cut-short")
    assert (cut["pages"], cut["tables"]) == (whole["pages"], whole["tables"])
    assert (whole["status"], whole["error"]) == ("ok", None)


class Forks:
    """Stands for the forks: every job ends with the same problem; counts how often."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.read = 0

    def __call__(
        self, jobs: Iterable[Job], *_: object, **__: object
    ) -> Iterator[tuple[Job, Examination]]:
        for job in jobs:
            self.read += 1
            yield job, failed(job, self.problem)


@pytest.mark.parametrize(
    ("problem", "the_same_again", "with_other_limits"),
    [
        (Problem("corrupt"), False, False),
        (Problem("too-large"), False, True),
        (Problem("crashed", (("signal", "9"),)), False, True),
        (Problem("cut-short", (("reason", "too-large"),)), False, True),
        (Problem("cut-short", (("reason", "timeout"),)), True, True),
        (Problem("timeout", (("seconds", "60"),)), True, True),
        (Problem("ocr-missing"), True, True),
    ],
)
def test_a_file_is_read_again_where_that_may_help(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    problem: Problem,
    the_same_again: bool,
    with_other_limits: bool,
) -> None:
    (tmp_path / "a.pdf").write_text("x")
    forks = Forks(problem)
    monkeypatch.setattr("audit.run.run_jobs", forks)
    settings = Settings((tmp_path / "a.pdf",), tmp_path / "out", keep=tmp_path / "kept")
    audit(settings)
    audit(settings)
    assert forks.read == 1 + the_same_again
    forks.read = 0
    audit(replace(settings, limits=Limits(seconds=7)))
    assert forks.read == with_other_limits


def test_a_long_document_may_take_longer() -> None:
    assert Limits(60.0, 20.0).allowed(scans=2, others=200) == 60 + 2 * 20 + 200
