"""Tables whose lines are broken into dashes: pieces of lines that lie one behind another are one line.

A worn copy, a faded print or a careless threshold leaves a third or two of each line, in dashes longer than the
bars and stems of letters, with white between them longer than any break of a usual line. The runs of ink that
`extract.scan.ruling` looks for miss most of it. Where the pieces stand apart from letters and follow each other
over a table, the lines are drawn whole again, and what was left of them goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.blobs import Blobs
from extract.scan.faded import filled
from extract.scan.ink import Ink, Mask, grown
from extract.scan.mesh import Grid, GridCell
from extract.scan.ruling import DOTTED, Rules, path, thin
from extract.scan.spans import peaks, spans

# Shortest dash in points; the shortest that is none of a letter's bars and stems whatever stands beside it: in the
# usual heights of the page's letters, and in points at most. Heights in points of what may be a letter.
DASH, SURE, LONGEST = 5.0, 1.4, 12.0
LETTER = (4.0, 14.0)
# White in points from which what stands beside a dash is another thing, and the thickest line, double ones too:
# what is thicker with the white closed is letters.
BESIDE, THICKEST = 3.0, 4.4
# Specks smaller than this (points) are dust beside a line, and share of a dash that may have letters beside it.
SPECK, LETTERS = 1.5, 0.3
# Lines follow at this distance at least (points), the level and the upright ones.
LOWEST, NARROWEST = 6.0, 8.0
# Points that a dash may be off its straightened line, and a long one; share of a dash that is on it.
OFF, WIDER, MOST = 0.8, 2.0, 0.8
# Least dashes on a line, in points, and in a column's line as a share of the table's height.
LEAST, TALL = 26.0, 0.12
# Fewest lines either way, of a table of dashes.
FEWEST = 4
# Points of a stretch with dashes where the line is drawn, and so many times the ink of letters on both its sides: the
# stems of a text that goes through are no longer than its curves.
SHOWN, LONGER = 3.0, 2.0
# Share of the table's width along which the stretches of a line have dashes where it runs from side to side.
ALL = 0.3
# Points at either end of a stretch that are the crossing lines'; points beside a line where text that crosses it
# has ink on both sides.
CROSSING, AMID = 1.3, (1.3, 3.3)
# The table's outer lines are looked for again when what stood above and below is gone.
ROUNDS = 2
# Pieces of tables within so many points of each other are of one.
NEAR = 14.0
# Share of the chains that dashes cover where lines need no help.
WHOLE = 0.9


@dataclass(frozen=True, slots=True)
class Dashes:
    """The dashes of a page, level and upright, and the ways along which they follow each other; `every` also has
    those beside letters, and their bars and stems. `sure`: the length in pixels of a dash that is none of these."""

    level: Mask
    upright: Mask
    ways: Rules
    every: Rules
    sure: float

    @property
    def broken(self) -> bool:
        """Whether the page has lines both ways, with more white in them than usual ones have."""
        if min(_count(self.ways.across), _count(self.ways.down)) < FEWEST:
            return False
        inked = [_covered(self.ways.across, self.level), _covered(self.ways.down.T, self.upright.T)]
        length, covered = (sum(part[k] for part in inked) for k in (0, 1))
        return bool(covered < WHOLE * length)

    def lines(self, unit: float) -> Rules:
        """The dashes that follow each other over the length of some words, one of them longer than a letter."""
        shortest = DOTTED * unit
        down = _following(self.upright.T, self.ways.down.T, shortest, self.sure).T
        return Rules(_following(self.level, self.ways.across, shortest, self.sure), down)


def dashes_of(ink: Ink, unit: float) -> Dashes:
    """The pieces of lines on a page that are no parts of letters."""
    faint = _without_dust(ink.faint, unit)
    every = Rules(_long(faint, unit), _long(np.ascontiguousarray(faint.T), unit).T)
    sure = _sure(faint, unit)
    level = _apart(every.across, faint & ~every.down, unit, sure)
    upright = _apart(every.down.T, (faint & ~level).T, unit, sure).T
    down = path(np.ascontiguousarray(upright.T), unit).T
    ways = Rules(_lasting(path(level, unit), unit), _lasting(down.T, unit).T)
    return Dashes(level, upright, ways, every, sure)


def _sure(faint: Mask, unit: float) -> float:
    """The length in pixels of no bar or stem of the page's usual letters."""
    blobs = Blobs.of(faint)
    lowest, highest = (v * unit for v in LETTER)
    high = blobs.high[1:][
        (blobs.high[1:] > lowest) & (blobs.high[1:] < highest) & (blobs.wide[1:] < highest)
    ]
    return min(LONGEST * unit, SURE * float(np.median(high))) if high.size else LONGEST * unit


def _without_dust(faint: Mask, unit: float) -> Mask:
    blobs = Blobs.of(faint)
    return blobs.kept(blobs.size > SPECK * unit)


def _long(faint: Mask, unit: float) -> Mask:
    """Level thin ink without breaks that is as long as a dash."""
    along = np.ones((1, round(DASH * unit)), np.uint8)
    return np.asarray(
        cv2.morphologyEx(thin(faint.astype(np.uint8), unit), cv2.MORPH_OPEN, along) > 0
    )


def _apart(level: Mask, ink: Mask, unit: float, sure: float) -> Mask:
    """The level dashes that are long, or have no letters above or below."""
    closed = cv2.morphologyEx(
        ink.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((round(BESIDE * unit) | 1, 1), np.uint8)
    )
    high = np.ones((round(THICKEST * unit) + 1, 1), np.uint8)
    thick = np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, high) > 0)
    blobs = Blobs.of(level)
    return blobs.kept((blobs.wide > sure) | (blobs.share_in(thick) < LETTERS))


def _lasting(ways: Mask, unit: float) -> Mask:
    """The level ways longer than any piece of a letter."""
    blobs = Blobs.of(ways)
    return blobs.kept(blobs.wide > LEAST * unit)


def _count(ways: Mask) -> int:
    return int(cv2.connectedComponents(ways.astype(np.uint8))[0]) - 1


def _following(level: Mask, ways: Mask, shortest: float, sure: float) -> Mask:
    """The level dashes on ways that are lines for sure."""
    blobs, dashes = Blobs.of(ways), Blobs.of(level)
    long = dashes.kept(dashes.wide > sure)
    return np.asarray(level & blobs.kept((blobs.wide > shortest) & (blobs.share_in(long) > 0)))


def _covered(ways: Mask, level: Mask) -> tuple[int, int]:
    """How long level ways are, and how much of this dashes cover, in pixels."""
    blobs = Blobs.of(ways)
    inked = blobs.labels * level
    width = ways.shape[1]
    flat = np.unique(inked.astype(np.int64) * width + np.arange(width))
    return int(blobs.wide[1:].sum()), int((flat >= width).sum())


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A page without its dashes, with whole lines in their place, and these."""

    bare: Ink
    lined: Ink
    rules: Rules


def redrawn(ink: Ink, dashes: Dashes, unit: float) -> Redrawn | None:
    """The straightened page with the lines of its tables of dashes drawn whole; None where there are none."""
    tables = [t for place in _places(dashes.ways, unit) if (t := _table(ink, dashes, place, unit))]
    if not tables:
        return None
    across, down = np.zeros(ink.dark.shape, bool), np.zeros(ink.dark.shape, bool)
    for table in tables:
        across |= table.across
        down |= table.down
    lines, rules = across | down, Rules(across, down)
    gone = _remains(ink.faint, dashes, rules, unit)
    bare = Ink(np.where(gone, 0, ink.depth).astype(np.uint8), ink.dark & ~gone, ink.faint & ~gone)
    depth = np.where(lines, 255, bare.depth).astype(np.uint8)
    return Redrawn(bare, Ink(depth, bare.dark | lines, bare.faint | lines), rules)


def soiled(grid: Grid, bare: Ink, unit: float) -> Grid:
    """A grid of lines drawn again, its cells doubted where a piece of an upright line is left beside a text: it may
    be read as a part of that."""
    near, least = round(OFF * unit), SHOWN * unit
    doubted = {c for c in grid.cells for x in (c.x0, c.x1) if _left_at(bare, c, x, near) > least}
    return replace(grid, doubted=grid.doubted | doubted)


def _left_at(bare: Ink, cell: GridCell, x: int, near: int) -> int:
    """Along so many pixels of an upright side of a cell ink is left."""
    inside = bare.dark[
        cell.top + 2 * near : cell.bottom - 2 * near, max(0, x - near) : x + near + 1
    ]
    return int(inside.any(axis=1).sum())


def _remains(faint: Mask, dashes: Dashes, lines: Rules, unit: float) -> Mask:
    """The dashes on the lines with their edges, and what else lies on their way and is no longer than a letter."""
    drawn = lines.across | lines.down
    level = _on(dashes.every.across, lines.across, unit, dashes.sure)
    upright = _on(dashes.every.down.T, np.ascontiguousarray(lines.down.T), unit, dashes.sure).T
    old = grown(level | upright)
    left, around = Blobs.of(faint & ~old), _within(drawn, OFF * unit)
    small = left.kept((left.share_in(around) > MOST) & (left.size < dashes.sure))
    return np.asarray(old | small)


def _on(level: Mask, across: Mask, unit: float, sure: float) -> Mask:
    """The dashes that lie on level lines; long ones may be off them further than what may be a letter."""
    blobs = Blobs.of(level)
    near, far = (blobs.share_in(_within(across, off * unit)) > MOST for off in (OFF, WIDER))
    return blobs.kept(near | (far & (blobs.wide > sure)))


def _within(lines: Mask, off: float) -> Mask:
    size = 2 * round(off) + 1
    return np.asarray(cv2.dilate(lines.astype(np.uint8), np.ones((size, size), np.uint8)) > 0)


def _places(ways: Rules, unit: float) -> Iterator[tuple[slice, slice]]:
    """Where ways of both kinds stand together."""
    size = round(NEAR * unit) | 1
    grown = cv2.dilate((ways.across | ways.down).astype(np.uint8), np.ones((size, size), np.uint8))
    for x, y, wide, high, _ in cv2.connectedComponentsWithStats(grown)[2][1:].tolist():
        yield np.s_[y : y + high, x : x + wide]


def _table(ink: Ink, dashes: Dashes, place: tuple[slice, slice], unit: float) -> Rules | None:
    """The lines of a table of dashes, drawn on the page."""
    level, upright = dashes.level[place], np.ascontiguousarray(dashes.upright[place].T)
    every = Rules(dashes.every.across[place], np.ascontiguousarray(dashes.every.down[place].T))
    letters = ink.dark[place] & ~grown(level | upright.T)
    ys = _lines(level, LEAST * unit, LOWEST, unit, dashes.sure)
    for _ in range(ROUNDS):
        if len(ys) < FEWEST:
            return None
        least = max(LEAST * unit, TALL * (ys[-1] - ys[0]))
        xs = _lines(upright[:, ys[0] : ys[-1]], least, NARROWEST, unit, dashes.sure)
        if len(xs) < FEWEST:
            return None
        xs = _with_ends(xs, level[ys], unit)
        seen = _seen(every.across, letters, ys, xs, unit)
        ys = _framed(ys, _through(seen, xs))
    if len(ys) < FEWEST:
        return None
    across_seen = _seen(every.across, letters, ys, xs, unit)
    down_seen, clear = (_seen(d, letters.T, xs, ys, unit) for d in (every.down, upright))
    level_drawn, down_drawn = _walls(across_seen, down_seen, clear.shown, xs)
    across, down = np.zeros(ink.dark.shape, bool), np.zeros(ink.dark.shape, bool)
    across[place] = filled(level.shape, ys, xs, level_drawn)
    down[place] = filled(upright.shape, xs, ys, down_drawn).T
    return Rules(across, down)


def _lines(level: Mask, least: float, apart: float, unit: float, sure: float) -> list[int]:
    """The heights on which so many pixels of dashes follow each other, one of them longer than a letter."""
    inked = _banded(level, unit).sum(axis=1).astype(np.float64)
    blobs = Blobs.of(level)
    long = _banded(blobs.kept(blobs.wide > sure), unit).any(axis=1)
    counts = level.sum(axis=1, keepdims=True).astype(np.float64)
    middle = cv2.GaussianBlur(counts, (1, 0), 0, None, OFF * unit)
    return peaks(np.where(long & (inked >= least), middle.ravel(), 0.0), apart * unit)


def _banded(level: Mask, unit: float) -> Mask:
    """Dashes a little off their line's height are on it."""
    return np.asarray(
        cv2.dilate(level.astype(np.uint8), np.ones((2 * round(OFF * unit) + 1, 1), np.uint8)) > 0
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """For lines x stretches between two crossings: which have dashes, through which letters go, and which cells on
    both sides may be one, their text closer to the line than a row is high."""

    shown: Mask
    crossed: Mask
    amid: Mask


def _seen(level: Mask, letters: Mask, ys: list[int], xs: list[int], unit: float) -> _Seen:
    """What the stretches of level lines show."""
    banded, edge = _banded(level, unit), round(CROSSING * unit)
    parts = [slice(a + edge, max(a + edge + 1, b - edge)) for a, b in pairwise(xs)]
    dashes = _sums([banded[y] for y in ys], parts)
    over, amid = (
        _sums([_both(letters, y, round(AMID[0] * unit), round(far * unit)) for y in ys], parts)
        for far in (AMID[1], 2 * AMID[1])
    )
    crossed = over > CROSSING * unit
    shown = (dashes > SHOWN * unit) & (~crossed | (dashes > LONGER * over))
    return _Seen(shown, crossed & ~shown, amid > CROSSING * unit)


def _sums(lines: Sequence[Mask], parts: Sequence[slice]) -> NDArray[np.int64]:
    return np.array([[line[part].sum() for part in parts] for line in lines], np.int64)


def _both(letters: Mask, y: int, near: int, far: int) -> Mask:
    """Along a level line: where letters stand on both its sides."""
    above, below = letters[max(0, y - far) : max(0, y - near + 1)], letters[y + near : y + far + 1]
    return np.asarray(above.any(axis=0) & below.any(axis=0))


def _with_ends(xs: list[int], level: Mask, unit: float) -> list[int]:
    """The upright lines with the outer ones of which nothing is left: where the level dashes begin and end."""
    inked = level[level.any(axis=1)]
    first = int(np.median(inked.argmax(axis=1)))
    last = level.shape[1] - 1 - int(np.median(inked[:, ::-1].argmax(axis=1)))
    before = [first] if first < xs[0] - NARROWEST * unit else []
    return before + xs + ([last] if last > xs[-1] + NARROWEST * unit else [])


def _through(seen: _Seen, xs: list[int]) -> Mask:
    """The level lines that run from side to side."""
    shown = seen.shown
    lengths = np.diff(xs) / (xs[-1] - xs[0])
    return np.asarray(
        (shown @ lengths > ALL) & shown[:, :2].any(axis=1) & shown[:, -2:].any(axis=1)
    )


def _framed(ys: list[int], through: Mask) -> list[int]:
    """The lines from the first that runs through to the last; between two rows of the body no others."""
    sides = np.flatnonzero(through)
    if len(sides) < 2:
        return []
    return [y for n, y in enumerate(ys) if through[n] or sides[0] < n < sides[1]]


def _walls(across: _Seen, down: _Seen, clear: Mask, xs: list[int]) -> tuple[Mask, Mask]:
    """Which stretches of the level and of the upright lines are drawn. Below its headings a table is parted
    everywhere but where a text goes over several columns; in them where a line is `clear` of letters, and where
    cells of several rows stand beside."""
    parts = [_bridged(*line) for line in zip(across.shown, across.amid, strict=True)]
    level = np.asarray(np.stack(parts) | _through(across, xs)[:, None], bool)
    grouped = level[1:-1] & ~level[1:-1].all(axis=1, keepdims=True)
    inner = np.zeros(down.shown.T.shape, bool)
    inner[: len(grouped), 1:-1] = grouped[:, :-1] & grouped[:, 1:]
    hidden = inner & ~np.logical_or.accumulate(clear.T)
    upright = np.asarray(~hidden & ~down.crossed.T, bool)
    upright[:, [0, -1]] = True
    return level, upright.T


def _bridged(shown: Mask, amid: Mask) -> Mask:
    """A level line of headings with its breaks closed where no text goes over several rows; it parts at least two
    columns from the heading over them."""
    found = shown.copy()
    for a, b in spans(~shown):
        if a > 0 and b < len(shown):
            found[a:b] = ~amid[a:b]
    for a, b in spans(found):
        found[a:b] = b - a > 1
    return found
