"""How the lines of a table bend: paper that lies unevenly, or that the feeder pulled askew, bends and leans.

What is left of a skew shows here too: the lines of a table tell it better than the ink of a whole page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.ink import Mask
from extract.scan.ruling import Rules

Values = NDArray[np.float64]
Indexes = NDArray[np.int32] | NDArray[np.int64]

# Shortest lines looked at, in points: no word's base line or stem is so long (Vietnamese words have at most
# seven letters, 45 points in a title); fewest that run through the table, and places looked at on each.
LONG_ACROSS, LONG_DOWN = 70.0, 40.0
FEWEST, PLACES = 3, 24
# Share of a table's width, or height, that the fewest lines must run through.
THROUGH = 0.5
# Share of a table's height over which lines in pieces are as many as so many that run through, and the least that
# such lines leave their place (points): dashes are drawn again, and no trace follows them.
PIECES, LEAST_IN_PIECES = 3.0, 0.5
# Of the pixels along a line every so many are looked at: it moves less than one from the one to the next.
STEP = 8
# Points by which a line may leave its place before it is bent back: a trace follows 1.3 (trace.WANDER).
LEAST = 1.0
# A place off the fitted bend by more points than this is another line's or a letter's; with fewer than this
# share of the places on it the lines do not bend alike, and are left as they are.
OFF, ALIKE, ROUNDS = 1.5, 0.8, 3


@dataclass(frozen=True, slots=True)
class Curve:
    """By how much lines that ought to be straight leave their place, along themselves (`u`) and from one to
    the next (`v`), in pixels. Beyond the `u` and `v` at which lines were seen they go on as at the last."""

    factors: Values
    middle: float
    us: tuple[float, float]
    vs: tuple[float, float]
    size: float

    def off(self, u: Values, v: Values) -> Values:
        """How far from its place the line `v` is at `u`."""
        u, v = np.clip(u, *self.us), np.clip(v, *self.vs)
        terms = _terms((u - self.middle) / self.size, v / self.size)
        return np.asarray(sum(f * t for f, t in zip(self.factors, terms, strict=True)))

    @property
    def most(self) -> float:
        """The furthest that any line leaves its place."""
        u, v = np.meshgrid(np.linspace(*self.us, 9), np.linspace(*self.vs, 9))
        return float(np.ptp(self.off(u, v), axis=1).max())


@dataclass(frozen=True, slots=True)
class Bend:
    """Where the straightened picture's pixels come from; None: lines that way are straight."""

    across: Curve | None
    down: Curve | None

    def sources(self, x: Values, y: Values) -> tuple[Values, Values]:
        """The places, on the picture as it is, of places on the straightened one."""
        return (
            x + (self.down.off(y, x) if self.down else 0 * y),
            y + (self.across.off(x, y) if self.across else 0 * x),
        )


def bend_of(rules: Rules, unit: float, *, broken: bool = False) -> Bend | None:
    """How the page's lines bend, where it is more than their traces follow; `unit` is pixels per point. Of `broken`
    lines pieces of some length are enough."""
    across = _curve(rules.across, LONG_ACROSS, unit, broken)
    down = _curve(np.ascontiguousarray(rules.down.T), LONG_DOWN, unit, broken)
    return Bend(across, down) if across or down else None


def places_on(mask: Mask, shortest: float) -> list[tuple[Values, Values]]:
    """For each long horizontal run of a mask some places along it, and its height there."""
    thinned = np.ascontiguousarray(mask[:, ::STEP]).astype(np.uint8)
    labels, stats = cv2.connectedComponentsWithStats(thinned)[1:3]
    long = np.flatnonzero(stats[1:, cv2.CC_STAT_WIDTH] * STEP > shortest) + 1
    return [_places(np.asarray(labels, np.int32), n, stats[n]) for n in long.tolist()]


def _curve(mask: Mask, shortest: float, unit: float, broken: bool) -> Curve | None:
    lines = places_on(mask, shortest * unit)
    if not _run_through(lines, broken):
        return None
    u, v = (np.concatenate([line[k] for line in lines]) for k in (0, 1))
    line = np.repeat(np.arange(len(lines)), [len(places[0]) for places in lines])
    ends = [(float(w.min()), float(w.max())) for w in (u, v)]
    middle, size = sum(ends[0]) / 2, float(max(mask.shape))
    terms = np.stack(_terms((u - middle) / size, v / size), axis=1)
    factors, kept = np.zeros(terms.shape[1]), np.ones(len(u), bool)
    for _ in range(ROUNDS):
        slopes, heights = (_from_mean(w, line, kept) for w in (terms, v[:, None]))
        factors = np.linalg.lstsq(slopes[kept], heights[kept, 0], rcond=None)[0]
        kept = np.abs(heights[:, 0] - slopes @ factors) < OFF * unit
    curve = Curve(factors, middle, ends[0], ends[1], size)
    least = LEAST_IN_PIECES if broken else LEAST
    return curve if kept.mean() >= ALIKE and curve.most > least * unit else None


def _run_through(lines: Sequence[tuple[Values, Values]], broken: bool) -> bool:
    """Whether enough of the lines run through most of the table: a few pieces of broken ones tell no bend."""
    if not lines:
        return False
    widths = [u[-1] - u[0] for u, _ in lines]
    whole = max(u[-1] for u, _ in lines) - min(u[0] for u, _ in lines)
    if broken and sum(widths) > PIECES * whole:
        return True
    return bool(sum(width > THROUGH * whole for width in widths) >= FEWEST)


def _from_mean(values: Values, line: Indexes, kept: Mask) -> Values:
    """The values less the mean of those kept on the same line: where a line lies does not matter."""
    counts = np.bincount(line, kept, line[-1] + 1)
    sums = np.stack([np.bincount(line, kept * column, line[-1] + 1) for column in values.T], axis=1)
    return np.asarray(values - (sums / np.maximum(counts, 1)[:, None])[line])


def _terms(u: Values, v: Values) -> tuple[Values, ...]:
    """A cubic along the line, and a parabola that changes from line to line; nothing in its middle."""
    return u, u * u, u * u * u, u * v, u * u * v


def _places(labels: Indexes, number: int, stats: Indexes) -> tuple[Values, Values]:
    x, y, width, height = stats[:4].tolist()
    columns = np.linspace(x, x + width - 1, PLACES).astype(int)
    own = labels[y : y + height, columns] == number
    here = own.any(axis=0)
    heights = (own * np.arange(y, y + height)[:, None]).sum(axis=0)[here] / own.sum(axis=0)[here]
    return columns[here] * float(STEP), heights
