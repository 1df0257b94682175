"""Every file of the given paths once, in a fixed order, nothing from outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audit.inputs import NoSuchPath, inputs, is_regular


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
    outside = tmp_path / "outside.pdf"
    outside.write_text("x")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "real.pdf").write_text("x")
    (inbox / "inside.pdf").symlink_to(inbox / "real.pdf")
    (inbox / "leak.pdf").symlink_to(outside)
    (inbox / "loop").symlink_to(inbox)
    assert _shown([inbox]) == ["inside.pdf", "real.pdf"]


def test_a_pipe_is_listed_but_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    assert _shown([tmp_path]) == ["pipe.pdf"]
    assert not is_regular(pipe)


def test_names_that_are_no_utf8_stay_readable(tmp_path: Path) -> None:
    name = os.fsdecode(b"b\xe1o c\xe1o.pdf")
    (tmp_path / name).write_text("x")
    assert _shown([tmp_path]) == ["b\\xe1o c\\xe1o.pdf"]


def test_a_path_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPath):
        inputs([tmp_path / "nothing"])
