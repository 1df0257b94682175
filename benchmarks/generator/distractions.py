"""Honest sentences about other matters (`distractions.toml`), put into a letter that is right."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.generator.content import Letter, Report
from benchmarks.generator.naming import name_of

_RANKS = ("Xuất sắc", "Tốt", "Khá", "trung bình")
_BEFORE = ("2.", "3.", "(Chi tiết", "Trên đây")
"""Paragraphs that a sentence can be put before without standing in the middle of a list."""


@cache
def sentences() -> tuple[str, ...]:
    with Path(__file__).with_name("distractions.toml").open("rb") as file:
        return tuple(tomllib.load(file)["sentences"])


def filled(rng: Random, sentence: str, report: Report) -> str:
    """The sentence with names of the report's units and any numbers."""
    unit, other = rng.sample(report.tables[0].units(), 2)
    mark = report.style.mark
    return sentence.format(
        a=f"{rng.randint(1, 12):02d}", b=rng.randint(20, 999), rank=rng.choice(_RANKS),
        p=f"{rng.uniform(5, 99):.1f}".replace(".", mark),
        d=f"{rng.uniform(40, 99):.2f}".replace(".", mark),
        unit=name_of(rng, unit, "full"), other=name_of(rng, other, "full"),
    )  # fmt: skip


def distracted(rng: Random, letter: Letter, said: Sequence[str]) -> Letter:
    """The letter with these sentences as paragraphs of their own."""
    paragraphs = list(letter.paragraphs)
    for sentence in said:
        places = [i for i, p in enumerate(paragraphs) if i > 1 and p.startswith(_BEFORE)]
        paragraphs.insert(rng.choice(places), sentence)
    return replace(letter, paragraphs=tuple(paragraphs))
