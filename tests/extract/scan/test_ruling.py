"""Which long thin runs of ink are lines where no grid stands, and what is left beside them."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.ink import ink_of
from extract.scan.ruling import dividers, drawn, pieces, positions, rules_of

UNIT = 200 / 72


@pytest.mark.parametrize(
    ("on", "off", "length", "line"),
    [
        (100.0, 0.0, 100, True),  # whole
        (12.0, 3.0, 200, True),  # broken
        (1.0, 1.0, 200, True),  # of dots
        (1.5, 2.2, 200, False),  # the curves of a row of letters
        (1.0, 1.2, 40, False),  # those of one figure
    ],
)
def test_rows_of_curves_are_no_lines(on: float, off: float, length: int, line: bool) -> None:
    gray = np.full((200, 700), 255, np.uint8)
    start = 0.0
    while start < length:
        a, b = (round((10 + x) * UNIT) for x in (start, min(start + on, length)))
        gray[100:103, a:b] = 0
        start += on + off
    ink = ink_of(gray, UNIT)
    rules = rules_of(ink, UNIT)
    assert rules.across.any()
    assert drawn(rules, ink, UNIT).across.any() == line


@pytest.mark.parametrize(
    ("thick", "length", "line"), [(3.4, 100, True), (3.4, 50, False), (6.0, 100, False)]
)
def test_a_double_line_without_its_white_is_a_line(thick: float, length: int, line: bool) -> None:
    """As thick as the bars of large letters, which are no such length; a fill is thicker."""
    gray = np.full((200, 400), 255, np.uint8)
    gray[100 : 100 + round(thick * UNIT), 30 : 30 + round(length * UNIT)] = 0
    high = rules_of(ink_of(gray, UNIT), UNIT).across.sum(axis=0).max()
    assert (high > thick * UNIT / 2) == line


def test_stems_above_each_other_are_no_line() -> None:
    gray = np.full((400, 200), 255, np.uint8)
    gray[50 : 50 + round(16 * UNIT), 60:63] = 0
    gray[50 : 50 + round(60 * UNIT), 140:143] = 0
    ink = ink_of(gray, UNIT)
    found = drawn(rules_of(ink, UNIT), ink, UNIT).down
    assert not found[:, 50:70].any()
    assert found[:, 130:150].any()


def test_pieces_of_a_worn_line_are_no_dashes() -> None:
    shape = (200, 1400)
    across, left = np.zeros(shape, bool), np.zeros(shape, bool)
    across[100:103, 100:400] = across[101:104, 460:900] = True
    piece, end, dash = ((slice(101, 103), slice(x, x + 15)) for x in (420, 930, 440))
    left[piece] = left[end] = True
    left[110:112, dash[1]] = True
    found = pieces(across, left, UNIT)
    assert found[piece].all()
    assert found[end].all()
    assert not found[110:112].any()
    ((y, x0, x1),) = dividers(across, UNIT)
    assert y == pytest.approx(102, abs=1)
    assert (x0, x1) == (100, 900)


def test_bars_of_letters_do_not_move_the_line_beside_them() -> None:
    """A heading's words, the bars of which make runs above and below a line over part of the table, 7 points
    from the next."""
    rules = np.zeros((200, 1400), bool)
    rules[60:63, 50:1350] = rules[81:84, 50:650] = rules[102:105, 50:1350] = True
    for x, y in ((700, 88), (850, 88), (700, 76), (850, 77), (1000, 89)):
        rules[y, x : x + 120] = True
    assert positions(rules, UNIT, 26.0) == [61, 82, 103]
