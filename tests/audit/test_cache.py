"""Kept results: whole or none, void when anything they depend on changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audit.cache import Store
from audit.job import Examination, Job, failed
from extract.document import Problem

JOB = Job(path="/in/a.pdf", shown="a.pdf", sha256="0" * 64)
RESULT = failed(JOB, Problem("encrypted"))


def test_a_result_comes_back_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save(store.path(JOB), RESULT)
    assert store.load(store.path(JOB), Examination) == RESULT


@pytest.mark.parametrize(
    "other",
    [
        replace(JOB, sha256="1" * 64),
        replace(JOB, shown="b.pdf"),
        replace(JOB, methodology="dien-bien-1187-2019"),
    ],
)
def test_another_job_has_another_place(tmp_path: Path, other: Job) -> None:
    assert Store(tmp_path).path(JOB) != Store(tmp_path).path(other)


def test_where_the_file_lies_does_not_matter(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.path(JOB) == store.path(replace(JOB, path="/elsewhere/a.pdf"))


def test_a_changed_register_voids_results(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("one")
    job = replace(JOB, register=str(register))
    before = Store(tmp_path).path(job)
    register.write_text("two")
    assert Store(tmp_path).path(job) != before


@pytest.mark.parametrize("cut", [0, 10, 64, 65, 200, -1])
def test_a_damaged_result_counts_as_none(tmp_path: Path, cut: int) -> None:
    store = Store(tmp_path)
    place = store.path(JOB)
    store.save(place, RESULT)
    place.write_bytes(place.read_bytes()[:cut])
    assert store.load(place, Examination) is None


def test_a_flipped_bit_counts_as_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    place = store.path(JOB)
    store.save(place, RESULT)
    kept = bytearray(place.read_bytes())
    kept[100] ^= 1
    place.write_bytes(bytes(kept))
    assert store.load(place, Examination) is None


def test_size_and_clear(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    store.save(store.path(JOB), RESULT)
    count, size = store.size()
    assert count == 1 and size > 100
    store.clear()
    assert store.size() == (0, 0)
