"""Which stretches of a table's lines are drawn, and which only seem to be where letters cross them.

A stretch lies between two neighbouring crossings. Each pixel of it shows a run of ink across the line: as
thin as the line is elsewhere, thicker (a letter, or one that touches the line), or none at all. How likely
each of these is depends on whether the line is drawn there and whether letters are near.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.ink import Gray, Ink, Mask, grown
from extract.scan.ruling import Bits, Rules, thin, undotted
from extract.scan.spans import spans
from extract.scan.trace import THICK, THIN, WHITE, Kinds, runs_along

Shares = NDArray[np.float64]
Walls = tuple[Mask, Mask]

# Pale lines: points along them that are looked at together, points to what lies beside, and how much darker they are
# (of 255).
ALONG, SIDES, RIDGE = 8.0, 1.6, 12
# ... and each pixel of them: what is looked at together around a stem reaches beyond it, over paper with less grain.
OWN = 4
# Letters so far from the line (points) may have parts on it.
FAR = 5.0
# Points at either end of a stretch that belong to the crossing: the lines met there are ink across this one. White
# there counts: a line reaches those that it ends at, letters in a cell leave room above and below.
CROSSING = 1.3
# Chances of white, thin and thick where nothing is drawn, on paper and among letters; chance of thick
# on a drawn line (counted at 32 000 stretches of 60 generated scans).
PAPER, LETTERS = (0.95, 0.04, 0.01), (0.6, 0.3, 0.1)
TOUCHED = 0.01
# The best and worst lines: one that breaks more than this is not followed, and none is quite whole. Some
# parts of a page break so many times more than most.
BROKEN, WHOLE = 0.6, 0.99
WORSE = 1.5
# How much a point of a stretch counts: neighbouring pixels tell the same (fitted on the same stretches).
WEIGHT = 0.4
# What is known before looking, as log odds: most stretches of a line that runs through are drawn.
THROUGH, ELSEWHERE = 3.0, -3.0
# ... and nearly all, where nearly all of the others in the same row are.
FULL, NEARLY_ALL = 6.0, 0.8
# ... but one with letters close by on both sides (points from it, points of such a stretch) is likely a
# stem of theirs, and a text over several columns stands there: cells leave more room. (In the headings of
# three scans stems had odds of -3 to 1.2 by their ink, drawn lines 3 and more.)
STEM, BESIDE, AMID = -2.0, (0.7, 2.6), 1.0
# Points of a stretch in which no letter looks like a line.
LONG = 8.0
# A line is broken everywhere only so many times more than the others are; where less than half of the worst
# lines' ink (BROKEN) is left, nothing is drawn: headings without a lower level part the line under the others.
TIMES_BROKEN, GONE = 6.0, 0.7
# Inked share of a stretch that is drawn, and share of the table that a line runs through.
DRAWN, EXPECTED = 0.6, 0.5
# Inked share of a stretch that is left in pieces: a coarse fax leaves 0.15 to 0.3 of it; a cell over several rows is
# white there, or letters cross it.
PIECES = 0.12


@dataclass(frozen=True, slots=True)
class Stretches:
    """For lines x stretches: the inked share; points of white, thin, thick on paper and among letters;
    which lie amid the letters of one text, and on which pieces of a line are left, no letter beside them; whether
    the lines were dots that are joined."""

    whole: Shares
    seen: Shares
    amid: Mask
    pieces: Mask
    joined: bool = False

    def odds(self, intact: float) -> Shares:
        """Log odds that each is drawn, by its ink alone; `intact`: inked share of the table's lines."""
        drawn = np.array([1 - intact, intact * (1 - TOUCHED), TOUCHED])
        says = np.log([drawn / PAPER, drawn / LETTERS]).reshape(6)
        return np.asarray(WEIGHT * self.seen @ says)

    @property
    def crossed(self) -> Mask:
        """Where letters go through the line."""
        return np.asarray(self.seen[..., 2::3].sum(axis=-1) > AMID)

    def through(self, stops: Sequence[int]) -> Mask:
        """Lines drawn along most of the table, or left in pieces along nearly all of it."""
        length = np.diff(stops) / (stops[-1] - stops[0])
        drawn, left = (self.whole > DRAWN) @ length, self.pieces @ length
        return np.asarray((drawn > EXPECTED) | (left > NEARLY_ALL))


class Lines:
    """A table's ink: what is as thin as its lines, either way, its letters, and these with all upright lines."""

    def __init__(self, ink: Ink, rules: Rules, window: tuple[slice, slice], unit: float) -> None:
        faint = ink.faint[window].astype(np.uint8)
        self.dark, self.depth = ink.dark[window], ink.depth[window]
        self.standing = np.asarray(self.dark & ~grown(rules.across[window]))
        self.letters = np.asarray(self.standing & ~grown(rules.down[window]))
        down, across = rules.down[window], np.ascontiguousarray(rules.across[window].T)
        self.ink = faint
        level, upright = thin(faint, unit), thin(np.ascontiguousarray(faint.T), unit)
        self.level = undotted(level, across.T, down, unit)
        self.upright = undotted(upright, down.T, across, unit)
        self.joined = self.level is not level, self.upright is not upright
        self.unit = unit

    def closed(self, upright: Mask) -> Lines:
        """The same with the breaks in these upright lines closed, their pieces no longer letters."""
        lines = copy(self)
        around = cv2.dilate(upright.astype(np.uint8), np.ones((1, 3), np.uint8)) > 0
        lines.upright = np.ascontiguousarray(self.upright | upright.T)
        lines.letters = self.letters & ~(around & (self.upright.T > 0))
        lines.joined = self.joined[0], True
        return lines

    def sharpened(self) -> Lines:
        """The same with the pale stretches of lines among bold letters."""
        lines = copy(self)
        depth = self.bare_depth
        lines.level = self.level | ridges(depth, self.unit)
        lines.upright = self.upright | ridges(depth.T, self.unit)
        return lines

    def with_level(self, drawn: Mask) -> Lines:
        """The same with more horizontal lines."""
        lines = copy(self)
        lines.level = self.level | drawn
        return lines

    @property
    def bare_depth(self) -> Gray:
        """How dark each pixel is, 255 for all of a letter's."""
        return np.asarray(np.where(self.dark, 255, self.depth), np.uint8)

    def across(self, ys: Sequence[int], xs: Sequence[int]) -> Stretches:
        """The stretches of the horizontal lines."""
        found = _stretches(self.level, self.ink, self.letters, ys, xs, self.unit)
        return replace(found, joined=self.joined[0])

    def down(self, xs: Sequence[int], ys: Sequence[int]) -> Stretches:
        """The stretches of the vertical lines."""
        found = _stretches(self.upright, self.ink.T, self.letters.T, xs, ys, self.unit)
        return replace(found, joined=self.joined[1])


def ridges(depth: Gray, unit: float) -> Bits:
    """Horizontal lines paler than a rule is otherwise, among bold letters, which all ink is compared with: darker than
    what lies on both sides, and so along a little way."""
    size = round(ALONG * unit) | 1, 1
    along = np.asarray(cv2.blur(np.ascontiguousarray(depth), size), np.uint8)
    ridge = (_above_sides(along, unit) > RIDGE) & (_above_sides(depth, unit) > OWN) & (depth < 255)
    return np.asarray(ridge, np.uint8)


def _above_sides(depth: Gray, unit: float) -> NDArray[np.int16]:
    """How much darker each pixel is than those a little above and below."""
    off = round(SIDES * unit)
    beside = np.maximum(np.roll(depth, off, axis=0), np.roll(depth, -off, axis=0))
    return np.asarray(depth.astype(np.int16) - beside)


def _stretches(
    level: Bits, ink: Bits, letters: Mask, lines: Sequence[int], stops: Sequence[int], unit: float
) -> Stretches:
    """Looks at the horizontal `lines` between each two `stops`; pixels, `unit` of them a point."""
    reach = max(1, round(CROSSING * unit))
    whole = np.zeros((len(lines), len(stops) - 1))
    seen = np.zeros((*whole.shape, 6))
    amid, pieces = np.zeros(whole.shape, bool), np.zeros(whole.shape, bool)
    for index, line in enumerate(lines):
        kinds = runs_along(level, line, unit) + 3 * _letters_near(letters, line, unit)
        before, behind = _letters_beside(letters, line, unit)
        bare = _bare(ink, line, reach)
        for stretch in range(whole.shape[1]):
            part = slice(stops[stretch] + reach, stops[stretch + 1] - reach)
            inside = kinds[part]
            amid[index, stretch] = (before & behind)[part].sum() > AMID * unit
            short = _beside_crossings(kinds, bare, (stops[stretch], stops[stretch + 1]), reach)
            seen[index, stretch] = np.bincount(np.r_[inside, short], minlength=6) / unit
            inked = inside % 3 != WHITE
            whole[index, stretch] = inked.mean() if inside.size else 0.0
            alone = inked & ~(before | behind)[part]
            pieces[index, stretch] = alone.sum() > PIECES * inside.size
    return Stretches(whole, seen, amid, pieces)


def _bare(ink: Bits, line: int, reach: int) -> Mask:
    """Along a horizontal line: where there is no ink at all as far as the line may wander."""
    return np.asarray(~ink[max(0, line - reach) : line + reach + 1].any(axis=0))


def _beside_crossings(kinds: Kinds, bare: Mask, stops: tuple[int, int], reach: int) -> Kinds:
    """What a line shows on bare paper at both ends of a stretch."""
    start, end = stops
    first, last = slice(start, start + reach), slice(max(start + reach, end - reach), end)
    return np.concatenate([kinds[part][bare[part]] for part in (first, last)])


def _letters_near(letters: Mask, line: int, unit: float) -> Mask:
    """Along a horizontal line: where letters stand close above or below, or on it."""
    far = round(FAR * unit)
    return np.asarray(letters[max(0, line - far) : line + far + 1].any(axis=0))


def _letters_beside(letters: Mask, line: int, unit: float) -> tuple[Mask, Mask]:
    """Along a line: where letters stand close by before it, and behind."""
    near, far = (round(v * unit) for v in BESIDE)
    before = letters[max(0, line - far) : max(0, line - near) + 1].any(axis=0)
    behind = letters[line + near : line + far + 1].any(axis=0)
    return np.asarray(before), np.asarray(behind)


def intact_share(*found: Stretches) -> float:
    """How much of the lines is left: the inked share of the stretches that are drawn, where it is lowest. Lines
    that were dots do not tell."""
    telling = [f for f in found if not f.joined] or found
    drawn = np.concatenate([f.seen[f.whole > DRAWN] for f in telling])
    points = drawn.reshape(-1, 2, 3).sum(axis=(0, 1))
    inked = points[THIN] + points[THICK]
    return float(np.clip(1 - WORSE * (1 - inked / max(points.sum(), 1.0)), BROKEN, WHOLE))


def edges(across: Stretches, down: Stretches, xs: Sequence[int], ys: Sequence[int]) -> Walls:
    """Which stretches of the horizontal and of the vertical lines are drawn."""
    intact = intact_share(across, down)
    level, upright = across.odds(intact), down.odds(intact)
    rows, columns = across.through(xs), down.through(ys)
    full_rows = (level + THROUGH > 0).mean(axis=1) > NEARLY_ALL
    before_level = np.where(rows, np.where(full_rows, FULL, THROUGH), ELSEWHERE)[:, None]
    before_upright = np.where(columns[:, None], _through_tracks(upright, columns), ELSEWHERE)
    stems = down.amid & (upright + STEM <= 0) & _above_leaves(upright[columns])
    beside = _beside(stems, upright > FULL)
    before_upright = np.where(beside, np.minimum(before_upright, 0), before_upright)
    upright = np.where(stems, ELSEWHERE, upright)
    return np.asarray(level + before_level > 0), np.asarray(upright + before_upright > 0)


def _beside(stems: Mask, sure: Mask) -> Mask:
    """The lines that no sure one parts from a stem in the same row of the grid: of the same text, perhaps."""
    found = np.zeros_like(stems)
    for row in range(stems.shape[1]):
        text = np.cumsum(sure[:, row])
        found[:, row] = np.isin(text, text[stems[:, row]]) & ~sure[:, row]
    return found


def _above_leaves(upright: Shares) -> Mask:
    """The rows over the first that all lines part, where headings go over several columns."""
    return np.asarray(~np.logical_or.accumulate((upright > 0).all(axis=0)))


def _through_tracks(upright: Shares, columns: Mask) -> Shares:
    """For each row of the grid what is known of the lines that run down most of the table."""
    full = (upright[columns] + THROUGH > 0).mean(axis=0) > NEARLY_ALL
    return np.asarray(np.where(full, FULL, THROUGH))


def existing(found: Stretches, stops: Sequence[int], intact: float, unit: float) -> Mask:
    """Which lines are drawn anywhere, along something too long for a letter and as whole as others are:
    figures under each other are all apart. Lines that only seem to be there cut others into short stretches:
    those that follow each other are one, and those too short to show anything part none."""
    whole = 1 - found.whole <= min(TIMES_BROKEN * (1 - intact), GONE)
    shown = found.seen.any(axis=-1)
    odds = found.odds(intact)
    lengths = shown * np.diff(stops)
    return np.array(
        [
            any(long[a:b].sum() >= LONG * unit and line[a:b].sum() + ELSEWHERE > 0 for a, b in runs)
            for line, long, runs in zip(odds, lengths, map(spans, whole | ~shown), strict=True)
        ],
        bool,
    )
