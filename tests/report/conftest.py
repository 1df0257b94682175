"""One audited folder for the tests of everything that people read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from audit.run import Audit, Settings, audit
from report.pictures import Pictures, take

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples" / "inbox"
HOSTILE_NAME = "=HYPERLINK(1) <img src=x>.txt"


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """Two text reports, one of them hostile, two PDF samples and a broken file."""
    folder = tmp_path_factory.mktemp("audited")
    inbox = folder / "inbox"
    inbox.mkdir()
    shutil.copy(HERE / "inbox" / "clean.txt", inbox)
    shutil.copy(HERE / "inbox" / "hostile.txt", inbox / HOSTILE_NAME)
    for name in ("tuan-giao-2022.pdf", "muong-lay-2024-11.pdf"):
        shutil.copy(SAMPLES / name, inbox)
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing")
    return audit(Settings((inbox,), folder / "out", jobs=2, keep=folder / "kept"))


@pytest.fixture(scope="session")
def pictures(audited: Audit) -> Pictures:
    return take(audited)
