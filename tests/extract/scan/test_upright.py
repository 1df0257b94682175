"""Which way a page lies is told by its text, not by headings turned in a table."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.ink import Mask
from extract.scan.upright import lies_sideways

UNIT = 1.0
WORD, PITCH = 20, 26
"""A word's length and the distance between two, in points; 8 are high."""


def page(headings: int, words: int) -> Mask:
    """A landscape page with the last row of a table: two lines of words, and headings of two words turned
    above their columns."""
    dark = np.zeros((595, 842), bool)
    for i in range(headings):
        for word in range(2):
            dark[60 + PITCH * word :, 60 + 30 * i :][:WORD, :8] = True
    for i in range(words):
        dark[140 + 20 * (i % 2) :, 60 + PITCH * (i // 2) :][:8, :WORD] = True
    return dark


@pytest.mark.parametrize("words", [24, 40, 60])
def test_turned_headings_over_a_row_or_two_do_not_turn_a_page(words: int) -> None:
    dark = page(20, words)
    assert not lies_sideways(dark, UNIT)
    assert lies_sideways(np.rot90(dark), UNIT)


def test_a_page_of_text_only_lies_as_its_words_do() -> None:
    dark = page(0, 30)
    assert not lies_sideways(dark, UNIT)
    assert lies_sideways(np.rot90(dark), UNIT)
