"""Kept results: whole or none, void when anything they depend on changes."""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.cache import Store, own_folder
from audit.job import Examination, Job, failed
from audit.limits import Limits
from audit.plan import Planned, Settings, plan
from extract.document import Problem
from normalise.register_file import DATA

JOB = Job(path="/in/a.pdf", shown="a.pdf", sha256="0" * 64)
RESULT = failed(JOB, Problem("encrypted"))


def _place(store: Store) -> Path:
    return store.place("a.pdf")


def test_a_result_comes_back_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save(_place(store), RESULT)
    assert store.load(_place(store), Examination) == RESULT


def _planned(folder: Path, content: str = "x", name: str = "a.txt", **more: object) -> Planned:
    (folder / "in").mkdir(parents=True, exist_ok=True)
    file = folder / "in" / name
    file.write_text(content)
    settings = Settings((file,), folder / "out", keep=folder.parent / "kept")
    return plan(replace(settings, **more)).current[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other", [{"content": "y"}, {"name": "b.txt"}, {"methodology": "dien-bien-1187-2019"}]
)
def test_another_job_has_another_place(tmp_path: Path, other: dict[str, str]) -> None:
    assert _planned(tmp_path / "one").place != _planned(tmp_path / "one", **other).place


def test_where_the_file_lies_does_not_matter(tmp_path: Path) -> None:
    assert _planned(tmp_path / "one").place == _planned(tmp_path / "two").place


def test_only_results_at_a_limit_depend_on_it(tmp_path: Path) -> None:
    one, other = _planned(tmp_path / "one"), _planned(tmp_path / "one", limits=Limits(seconds=1))
    assert one.place == other.place and one.limited != other.limited


def test_a_changed_list_of_spellings_voids_results(tmp_path: Path) -> None:
    aliases = tmp_path / "aliases.csv"
    header = (DATA / "aliases.csv").read_text("utf-8").splitlines()[0]
    aliases.write_text(header + "\n")
    before = _planned(tmp_path / "one", aliases=aliases).place
    aliases.write_text(header + "\n\n")
    assert _planned(tmp_path / "one", aliases=aliases).place != before


@pytest.mark.parametrize("cut", [0, 10, 64, 65, 200, -1])
def test_a_damaged_result_counts_as_none(tmp_path: Path, cut: int) -> None:
    store = Store(tmp_path)
    place = _place(store)
    store.save(place, RESULT)
    place.write_bytes(place.read_bytes()[:cut])
    assert store.load(place, Examination) is None


def test_a_flipped_bit_counts_as_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    place = _place(store)
    store.save(place, RESULT)
    kept = bytearray(place.read_bytes())
    kept[100] ^= 1
    place.write_bytes(bytes(kept))
    assert store.load(place, Examination) is None


def test_size_and_clear(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    store.save(_place(store), RESULT)
    count, size = store.size()
    assert count == 1 and size > 100
    store.clear()
    assert store.size() == (0, 0)


def _held(parent: str, ready: Any, end: Any) -> None:
    own_folder(Path(parent), "work-")
    ready.set()
    end.wait(60)


def test_the_folder_of_a_run_at_work_is_left_alone_and_that_of_a_dead_one_removed(
    tmp_path: Path,
) -> None:
    context = multiprocessing.get_context("fork")
    ready, end = context.Event(), context.Event()
    process = context.Process(target=_held, args=(str(tmp_path), ready, end))
    process.start()
    assert ready.wait(60)
    (folder,) = tmp_path.iterdir()
    os.utime(folder, (0, 0))
    own_folder(tmp_path, "work-")
    assert folder.exists()
    process.kill()
    process.join()
    own_folder(tmp_path, "work-")
    assert not folder.exists()
