"""Which stretches of lines are walls, from what is seen along them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extract.scan.edges import Lines, Shares, Stretches, edges, existing, intact_share, ridges
from extract.scan.ink import Mask, ink_of
from extract.scan.ruling import rules_of
from tests.extract.scan.drawn import UNIT

XS, YS = (0, 100, 200, 300), (0, 20, 40, 60)
DRAWN = (0.0, 18.0, 0.0, 0.0, 0.0, 0.0)
"""Points of white, thin and thick, on paper and among letters: a stretch all drawn."""
STEM = (0.0, 0.0, 0.0, 4.0, 12.0, 0.0)
"""A stretch with a letter's stem, and a little white."""

BROKEN = (4.0, 5.0, 0.0, 0.0, 0.0, 0.0)
"""A stretch of a line that is left in pieces."""


def none(lines: int, stretches: int) -> tuple[Mask, Mask]:
    """No stretch amid letters, none on which pieces are left."""
    return np.zeros((lines, stretches), bool), np.zeros((lines, stretches), bool)


def down(amid: bool) -> Stretches:
    """Four upright lines beside three rows; the second has only a stem in the first row, that of the headings."""
    seen: Shares = np.tile(np.array(DRAWN), (4, 3, 1))
    seen[1, 0] = STEM
    whole = np.ones((4, 3))
    whole[1, 0] = 0.5
    letters = np.zeros((4, 3), bool)
    letters[1, 0] = amid
    return Stretches(whole, seen, letters, np.zeros((4, 3), bool))


@pytest.mark.parametrize("amid", [True, False])
def test_a_stem_amid_the_letters_of_a_merged_heading_is_no_wall(amid: bool) -> None:
    across = Stretches(np.ones((4, 3)), np.tile(np.array(DRAWN), (4, 3, 1)), *none(4, 3))
    _, upright = edges(across, down(amid), XS, YS)
    assert upright[1].tolist() == [not amid, True, True]


@pytest.mark.parametrize(("between", "drawn"), [(DRAWN, True), (BROKEN, False)])
def test_a_broken_line_is_doubted_for_a_stem_only_in_the_same_text(
    between: tuple[float, ...], drawn: bool
) -> None:
    seen = np.tile(np.array(DRAWN), (6, 3, 1))
    seen[1:4, 0] = STEM, between, BROKEN
    whole, amid = np.where(seen[:, :, 1] == DRAWN[1], 1.0, 0.5), np.zeros((6, 3), bool)
    amid[1, 0] = True
    across = Stretches(np.ones((4, 5)), np.tile(np.array(DRAWN), (4, 5, 1)), *none(4, 5))
    _, walls = edges(
        across, Stretches(whole, seen, amid, np.zeros(amid.shape, bool)), (*XS, 400, 500), YS
    )
    assert walls[3, 0] == drawn


@pytest.mark.parametrize(
    ("inked", "drawn"),
    [
        ((1.0, 1.0, 1.0, 1.0), True),  # cut by what only seems to be lines: base lines of figures
        ((1.0, 0.0, 1.0, 0.0), False),  # figures under each other
        ((0.0, 1.0, 0.0, 0.0), False),  # a letter's stem
    ],
)
def test_a_line_is_drawn_where_short_stretches_of_it_follow_each_other(
    inked: tuple[float, ...], drawn: bool
) -> None:
    short = (0.0, 4.0, 0.0, 0.0, 0.0, 0.0)
    white = (4.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    seen = np.array([[short if share else white for share in inked]])
    found = Stretches(np.array([inked]), seen, *none(1, 4))
    assert existing(found, (0, 14, 28, 42, 56), 0.99, 200 / 72).tolist() == [drawn]


def test_white_beside_the_pieces_of_a_broken_line_does_not_undo_it() -> None:
    """The line under the groups of a header stops at the headings that have none."""
    pieces, white = (2.0, 9.0, 0.0, 0.0, 0.0, 0.0), (24.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    seen = np.array([[white, pieces, pieces, pieces, white, white]])
    found = Stretches(np.array([[0, 0.8, 0.8, 0.8, 0, 0]]), seen, *none(1, 6))
    assert existing(found, (0, 60, 90, 120, 150, 210, 270), 0.8, 200 / 72).tolist() == [True]


def test_dots_that_are_joined_do_not_tell_how_much_is_left_of_the_lines() -> None:
    broken = Stretches(
        np.full((4, 3), 0.8), np.tile([4.0, 16.0, 0, 0, 0, 0], (4, 3, 1)), *none(4, 3)
    )
    whole = Stretches(np.ones((4, 3)), np.tile(np.array(DRAWN), (4, 3, 1)), *none(4, 3))
    assert intact_share(replace(whole, joined=True), broken) == intact_share(broken)
    assert intact_share(whole, broken) > intact_share(broken)
    assert intact_share(replace(whole, joined=True)) == intact_share(whole)


@pytest.mark.parametrize(
    ("left", "runs"), [((1, 1, 1, 1, 1, 0), True), ((1, 1, 1, 1, 0, 0), False)]
)
def test_a_line_of_which_pieces_are_left_nearly_everywhere_runs_through(
    left: tuple[int, ...], runs: bool
) -> None:
    seen = np.tile(np.array(BROKEN), (1, 6, 1))
    pieces = np.array([left], bool)
    found = Stretches(np.full((1, 6), 0.3), seen, np.zeros((1, 6), bool), pieces)
    assert found.through(range(0, 420, 60)).tolist() == [runs]


def test_a_stem_reaches_no_level_line() -> None:
    """In a row as low as its letters a stem is as high as all that is seen of a line there but for the crossings."""
    ys, xs = (20, 42, 80), (20, 220, 420)
    gray = np.full((100, 440), 255, np.uint8)
    for y in ys:
        gray[y - 1 : y + 2, 20:421] = 0
    for x in xs:
        gray[20:81, x - 1 : x + 2] = 0
    gray[22:41, 200:240] = 255
    gray[25:38, 219:222] = 0
    ink = ink_of(gray, UNIT)
    down = Lines(ink, rules_of(ink, UNIT), np.s_[0:100, 0:440], UNIT).down(xs, ys)
    line, stem, _ = down.odds(0.99)[:, 0]
    assert down.whole[1, 0] > 0.9
    assert stem < line - 2


def test_stretches_too_short_to_show_anything_part_no_line() -> None:
    short, nothing = (0.0, 4.0, 0.0, 0.0, 0.0, 0.0), (0.0,) * 6
    seen = np.array([[short, nothing, short, nothing, short]])
    whole = np.array([[1.0, 0.0, 1.0, 0.0, 1.0]])
    found = Stretches(whole, seen, *none(1, 5))
    assert existing(found, (0, 14, 18, 32, 36, 50), 0.99, UNIT).tolist() == [True]


def test_a_letters_bar_is_no_longer_on_grained_paper_and_a_pale_line_is_whole() -> None:
    grain = np.random.default_rng(1).integers(0, 4, (60, 300)).astype(np.uint8)
    bar, line = grain.copy(), grain.copy()
    bar[30, 140:160] = 200
    line[30] += 16
    assert ridges(bar, UNIT)[30].sum() <= 22
    assert ridges(line, UNIT)[30, 20:280].mean() > 0.95
