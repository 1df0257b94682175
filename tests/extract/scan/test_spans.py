"""Stretches of set pixels, and the places that stand out."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.spans import peaks, spans


@pytest.mark.parametrize(
    ("flags", "found"), [("..##.#", [(2, 4), (5, 6)]), ("###", [(0, 3)]), ("...", []), ("", [])]
)
def test_stretches_of_set_flags(flags: str, found: list[tuple[int, int]]) -> None:
    assert spans(np.array([c == "#" for c in flags], bool)) == found


def test_the_heaviest_places_keep_apart() -> None:
    weights = np.array([0.0, 3.0, 4.0, 0.0, 0.0, 2.0, 1.0, 5.0])
    assert peaks(weights, 2) == [2, 5, 7]
    assert peaks(weights, 2, taken=[6]) == [2]
