"""The samples are what their maker makes: a generator that has changed would make others."""

from __future__ import annotations

from pathlib import Path

from samples.make import readme

PAGE = Path(__file__).parents[2] / "samples" / "README.md"


def test_the_page_of_the_samples_is_current() -> None:
    assert PAGE.read_text("utf-8") == readme(), "run `python -m samples.make`"
