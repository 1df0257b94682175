"""Specks beside a text, and the grain under it, are no part of it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.scan import engine, lettering
from extract.scan.engine import TextLine, Word
from extract.scan.lettering import _parted_from_dust
from extract.scan.strokes import Atom, Window

USUAL = 20.0
LETTER = Atom(frozenset({1}), 10, 20, 10, 30)


@pytest.mark.parametrize(
    ("place", "dust"),
    [
        ((13, 4), False),  # the dot of an i
        ((14, 34), False),  # the dot under a letter
        ((23, 26), False),  # a full stop
        ((45, 28), True),
        ((13, 50), True),
    ],
)
def test_only_what_stands_apart_from_all_letters_is_dust(
    place: tuple[int, int], dust: bool
) -> None:
    x, top = place
    speck = Atom(frozenset({2}), x, x + 3, top, top + 3)
    kept, left_out = _parted_from_dust([LETTER, speck], USUAL)
    assert (kept, left_out) == (([LETTER], [speck]) if dust else ([LETTER, speck], []))


def test_nothing_but_specks_stays() -> None:
    speck = Atom(frozenset({2}), 0, 3, 0, 3)
    assert _parted_from_dust([speck], USUAL) == ([speck], [])


def test_where_nothing_is_read_the_papers_grain_is_taken_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A shaded heading: the engine takes its grain for the ink."""

    def seen(picture: NDArray[np.uint8], mode: str) -> list[TextLine]:
        grain = (picture > 150) & (picture < 255)
        return [] if grain.mean() > 0.2 else [TextLine((Word("Tỷ lệ", 0.9, 0, 0, 9, 9),))]

    monkeypatch.setattr(engine, "read_lines", seen)
    depth = np.full((30, 60), 40, np.uint8)
    depth[10:20, 10:20] = 255
    labels = (depth == 255).astype(np.int32)
    window = Window(0, 0, depth, labels, (Atom(frozenset({1}), 10, 20, 10, 20),), False)
    lines, _ = lettering.read_words(window, USUAL)
    assert [line.text for line in lines] == ["Tỷ lệ"]
