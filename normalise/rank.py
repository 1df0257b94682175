"""Rank labels: the five ranks, their accepted forms, and what a damaged label may have been."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import cast, get_args

from rapidfuzz import fuzz

from extract.document import Reading
from normalise.submission import Rank
from normalise.text import squeeze

LEAST_LIKENESS = 0.5
"""Below this share of common letters a damaged label is not taken for a rank. `Xuit sdc` for `xuatsac` has
0.71, `Tét` for `tot` 0.67; unrelated words of the same tables (`Ghi chú`, `Phòng`) stay under 0.45."""


LEAST_FRAGMENT = 3
"""Letters; fewer are initials."""

LABELS: dict[Rank, str] = {
    "excellent": "Xuất sắc",
    "good": "Tốt",
    "fair": "Khá",
    "average": "Trung bình",
    "weak": "Yếu",
}
"""The official form of each rank, from the reports."""


@cache
def _forms() -> dict[str, Rank]:
    with (Path(__file__).parent / "ranks.toml").open("rb") as file:
        data = tomllib.load(file)
    forms: dict[str, Rank] = {}
    for name, labels in data["labels"].items():
        if name not in get_args(Rank):
            raise ValueError(f"ranks.toml: unknown rank {name!r}")
        for label in labels:
            if forms.setdefault(squeeze(label), cast(Rank, name)) != name:
                raise ValueError(f"ranks.toml: {label!r} stands for two ranks")
    before = [squeeze(word) for word in data["before"]["words"]]
    return forms | {word + form: rank for word in before for form, rank in forms.items()}


def rank_of(label: str) -> Rank | None:
    """The rank that a label names; None for every label that is not an accepted form of one."""
    return _forms().get(squeeze(label))


def is_fragment(label: str) -> bool:
    """Whether a label is the beginning or the end of a rank's, such as a page end leaves: `Xuất`, `bình`."""
    text = squeeze(label)
    if len(text) < LEAST_FRAGMENT or rank_of(label) is not None:
        return False
    return any(
        whole.startswith(text) or whole.endswith(text) for whole in map(squeeze, LABELS.values())
    )


def likely_ranks(label: str, witness: str) -> tuple[tuple[Rank, Reading], ...]:
    """The ranks that a damaged label may have been, best first, with weights that add up to at most 1.

    An accepted form has likeness 1; the initials are too short to be recognised in damage. The fourth
    power sets `Xuit sdc` (0.71 like `xuatsac`) well before its runner-up without making it certain.
    """
    text = squeeze(label)
    sure = rank_of(label)
    likeness = {rank: fuzz.ratio(text, squeeze(form)) / 100 for rank, form in LABELS.items()}
    if sure is not None:
        likeness[sure] = 1.0
    close = {rank: share for rank, share in likeness.items() if share >= LEAST_LIKENESS}
    whole = sum(share**4 for share in close.values())
    ordered = sorted(close, key=lambda rank: -close[rank])
    return tuple(
        (rank, Reading(LABELS[rank], close[rank] ** 5 / whole, witness)) for rank in ordered
    )
