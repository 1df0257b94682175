"""Specks beside a text are no part of it."""

from __future__ import annotations

import pytest

from extract.scan.lettering import _parted_from_dust
from extract.scan.strokes import Atom

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
