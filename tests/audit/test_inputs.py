"""Every file of the given paths once, in a fixed order, nothing from outside."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

import pytest

from audit.inputs import NoSuchPath, fingerprint, inputs


def _shown(paths: list[Path], without: Path | None = None) -> list[str]:
    return [file.shown for file in inputs(paths, without)]


def test_folders_are_searched_whole_and_sorted(tmp_path: Path) -> None:
    for name in ("b.pdf", "a/z.pdf", "a/b/c.txt", "Ả.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert _shown([tmp_path]) == ["a/b/c.txt", "a/z.pdf", "b.pdf", "Ả.pdf"]


def test_our_own_output_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_text("x")
    out = tmp_path / "doisoat-out"
    out.mkdir()
    (out / "audit.json").write_text("{}")
    assert _shown([tmp_path], out) == ["in.pdf"]


def test_a_file_given_twice_is_audited_once(tmp_path: Path) -> None:
    file = tmp_path / "in.pdf"
    file.write_text("x")
    assert _shown([tmp_path, file]) == ["in.pdf"]


def test_files_shown_alike_are_told_apart(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "in.pdf").write_text(folder)
    shown = _shown([tmp_path / "one", tmp_path / "two"])
    assert len(set(shown)) == 2
    assert all(s.endswith("in.pdf") for s in shown)


def test_links_are_followed_only_inside(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.pdf").write_text("x")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "real.pdf").write_text("x")
    (inbox / "inside.pdf").symlink_to(inbox / "real.pdf")
    (inbox / "leak.pdf").symlink_to(outside / "secret.pdf")
    (inbox / "leak").symlink_to(outside)
    (inbox / "loop").symlink_to(inbox)
    (inbox / "circle.pdf").symlink_to(inbox / "circle.pdf")
    told = {file.shown: file.problem for file in inputs([inbox])}
    assert told == {
        "circle.pdf": "",
        "inside.pdf": "",
        "leak": "link-outside",
        "leak.pdf": "link-outside",
        "real.pdf": "",
    }


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    if os.access(closed, os.R_OK):
        pytest.skip("this user may read everything")
    assert [(f.shown, f.problem) for f in inputs([tmp_path])] == [("closed", "unreadable-file")]


def test_what_is_no_file_is_listed_and_never_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    assert _shown([tmp_path]) == ["pipe.pdf"]
    assert fingerprint(pipe, 10) == ("", "not-a-file")
    assert fingerprint(Path("/dev/zero"), 10) == ("", "not-a-file")
    assert fingerprint(tmp_path / "none", 10) == ("", "unreadable-file")


def test_a_file_is_known_by_its_bytes_unless_it_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "in.pdf"
    file.write_bytes(b"12345")
    assert fingerprint(file, 5) == (hashlib.sha256(b"12345").hexdigest(), "")
    assert fingerprint(file, 4) == ("", "too-large")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"b\xe1o c\xe1o.pdf", "b\\xe1o c\\xe1o.pdf"),
        (b"two\nlines.pdf", "two\\u000alines.pdf"),
        ("\u202ecod.pdf".encode(), "\\u202ecod.pdf"),
        (b"\x1b[31mred.pdf", "\\u001b[31mred.pdf"),
        (unicodedata.normalize("NFD", "Điểm.pdf").encode(), "Điểm.pdf"),
        (b"-rf <b>.pdf", "-rf <b>.pdf"),
    ],
)
def test_names_mislead_nobody(tmp_path: Path, name: bytes, shown: str) -> None:
    (tmp_path / os.fsdecode(name)).write_text("x")
    assert _shown([tmp_path]) == [shown]


def test_names_that_would_look_alike_are_numbered(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        (tmp_path / unicodedata.normalize(form, "Điểm.pdf")).write_text(form)
    shown = _shown([tmp_path])
    assert len(set(shown)) == 2 and all("Điểm.pdf" in s for s in shown)


def test_a_path_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPath):
        inputs([tmp_path / "nothing"])
