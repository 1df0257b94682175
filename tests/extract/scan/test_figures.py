"""Where the characters of a figure stand, how they look beside the page's others, and columns of initials."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan import cells
from extract.scan.engine import TextLine, Word
from extract.scan.ink import Ink
from extract.scan.mesh import GridCell
from extract.scan.numerals import Glyph, Guess
from extract.scan.shapes import Shapes
from extract.scan.spacing import min_fit, pitch_of, respaced, well_set
from extract.scan.strokes import SHAPE, Window, open_window_of, strip_of
from extract.scan.votes import Look, pattern

PITCH = 0.75
BLANK = np.zeros(SHAPE, np.uint8)
NOTHING = Window(0, 0, BLANK, np.zeros(SHAPE, np.int32), (), False)


def guess(text: str, middles: list[float], probability: float, kinds: str | None = None) -> Guess:
    """A guess whose characters stand at these middles, in digit heights, and look like `kinds`."""
    glyphs = tuple(
        Glyph(shape(kind), middle - 0.2, middle + 0.2)
        for kind, middle in zip(kinds or text, middles, strict=True)
    )
    return Guess(text, probability, 0.96, probability, (), glyphs)


def shape(kind: str, noise: int = 0) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A made-up sign, the same for each kind."""
    coarse = np.random.default_rng(ord(kind)).integers(0, 2, (6, 4)) * 200
    grown = np.kron(coarse, np.ones((5, 6)))[: SHAPE[0], : SHAPE[1]]
    grain = np.random.default_rng(noise).integers(0, 8, grown.shape)
    out = np.zeros(SHAPE, np.uint8)
    out[: grown.shape[0], : grown.shape[1]] = grown + grain
    return out


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (guess("26", [0.4, 1.53], 0.7), guess("2,6", [0.4, 0.96, 1.53], 0.1)),  # lost in the foot
        (guess("2,6", [0.4, 0.77, 1.15], 0.7), guess("26", [0.4, 1.15], 0.1)),  # a speck between
        (guess("5.", [0.4, 2.0], 0.9), guess("5", [0.4], 0.02)),  # a speck beside
        (guess("II", [0.4, 1.15], 0.6), guess("11", [0.4, 1.15], 0.1)),
    ],
)
def test_room_tells_marks(wrong: Guess, right: Guess) -> None:
    found = respaced([wrong, right], PITCH)
    assert max(found, key=lambda g: g.probability).text == right.text
    assert (well_set(wrong, PITCH), min_fit(2, wrong, PITCH)) == (False, 0)
    assert min_fit(2, right, PITCH) == 2


def test_the_pitch_is_that_of_most_digits_marked_or_not() -> None:
    marked = guess("2,6", [0.4, 0.96, 0.4 + 1.5 * PITCH], 0.9)
    bare = guess("26", [0.4, 0.4 + PITCH], 0.9)
    odd = guess("26", [0.4, 2.0], 0.9)
    assert pitch_of([marked, bare, bare, marked, bare, odd]) == pytest.approx(PITCH)
    assert pitch_of([marked, bare]) is None


def test_a_character_is_held_against_the_pages_others() -> None:
    others = [guess(c, [0.4], 0.9) for c in "3338883388"]
    shapes = Shapes([*others, guess("3", [0.4], 0.9, "8"), guess("9", [0.4], 0.9), None])
    found = shapes.fits()
    assert found[:10] == [2] * 10
    assert found[10:] == [0, None, None]


def test_what_the_engine_confirmed_vouches_for_what_looks_the_same_only() -> None:
    shapes = Shapes([guess("33", [0.4, 1.1], 0.9), guess("3", [0.4], 0.9), guess("8", [0.4], 0.9)])
    assert shapes.known(1, [0])
    assert not shapes.known(2, [0])
    assert not shapes.known(1, [])


@pytest.mark.parametrize(("said", "lettered"), [("T", {12}), ("1", set())])
def test_initials_are_no_figures(
    said: str, lettered: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = TextLine((Word(said, 0.93, 0, 0, 9, 9),))
    monkeypatch.setattr(cells, "read_level", lambda window, usual: [line])
    column = [GridCell(row, 12, 1, 1, 0, 0, 9, 9) for row in range(4)]
    poor = Look(NOTHING, None, (Guess("1", 0.9, 0.9),))
    assert cells._lettered_columns(column, [poor] * 4, 20.0) == lettered


def test_good_figures_are_not_shown_to_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "read_level", lambda window, usual: pytest.fail("asked"))
    column = [GridCell(row, 12, 1, 1, 0, 0, 9, 9) for row in range(4)]
    good = Look(NOTHING, None, (Guess("1", 0.99, 0.99),))
    assert cells._lettered_columns(column, [good] * 4, 20.0) == set()


@pytest.mark.parametrize(("below", "one_line"), [(10, False), (4, True)])
def test_a_broken_second_line_is_no_dirt(below: int, one_line: bool) -> None:
    """A serial number wrapped in a narrow column: 2 over 2, the lower one in pieces."""
    dark = np.zeros((60, 30), bool)
    dark[8:25, 10:20] = True
    dark[38 : 38 + below, 10:20] = True
    depth = np.where(dark, 255, 0).astype(np.uint8)
    window = open_window_of(Ink(depth, dark, dark), GridCell(0, 0, 1, 1, 0, 0, 30, 60), 2.8)
    assert (strip_of(window, 17.0) is not None) is one_line


@pytest.mark.parametrize(("spaced", "says"), [(True, "same"), (False, "other")])
def test_room_tells_a_mark_that_the_engine_dropped(spaced: bool, says: str) -> None:
    look = Look(NOTHING, None, (guess("2,6", [0.4, 0.96, 1.53], 0.9),), ",", 2, spaced)
    assert pattern("2,6", look, ("26", 0.9), None).split()[1] == says
