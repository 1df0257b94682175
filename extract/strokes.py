"""Ruling lines of a digital page, however they are drawn.

Strokes, outlines of boxes, boxes so thin that they are lines, and rows of dashes all become level
or upright strokes, snapped and joined. Shading without an outline is no line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

THIN = 3.0
"""A box thinner than this, in points, is a line: the widest border of office programs."""
SNAP = 2.5
"""Lines nearer than this are one: double borders; the lowest row is three times higher."""
JOIN = 3.0
"""A gap in a line that is bridged; rows of dashes bridge more (see `_gap_allowed`)."""
SHORTEST = 5.0
"""What is shorter than the lowest letter rules nothing."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line: at `at` across, from `start` to `end` along, in points."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Strokes:
    """The ruling lines of a page."""

    level: tuple[Stroke, ...]
    upright: tuple[Stroke, ...]


def strokes_of(shapes: Iterable[dict[str, Any]]) -> Strokes:
    """The ruling lines among pdfplumber's lines, rects and curves."""
    level: list[Stroke] = []
    upright: list[Stroke] = []
    for shape in shapes:
        _sort_in(shape, level, upright)
    return Strokes(tuple(joined(level)), tuple(joined(upright)))


def _sort_in(shape: dict[str, Any], level: list[Stroke], upright: list[Stroke]) -> None:
    x0, x1, top, bottom = shape["x0"], shape["x1"], shape["top"], shape["bottom"]
    flat, narrow = bottom - top <= THIN, x1 - x0 <= THIN
    kind = shape["object_type"]
    if kind == "curve" and not (flat or narrow):
        return
    if flat:
        level.append(Stroke((top + bottom) / 2, x0, x1))
    if narrow:
        upright.append(Stroke((x0 + x1) / 2, top, bottom))
    if kind == "rect" and not flat and not narrow and shape.get("stroke"):
        level += [Stroke(top, x0, x1), Stroke(bottom, x0, x1)]
        upright += [Stroke(x0, top, bottom), Stroke(x1, top, bottom)]


def joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes of one direction snapped to common lines, pieces joined, crumbs left out."""
    found: list[Stroke] = []
    for group in _collinear(sorted(strokes, key=lambda s: s.at)):
        at = sum(s.at * (s.length + 0.01) for s in group) / sum(s.length + 0.01 for s in group)
        found += (Stroke(at, start, end) for start, end in _bridged(group))
    return [stroke for stroke in found if stroke.length >= SHORTEST]


def _collinear(ordered: Sequence[Stroke]) -> list[list[Stroke]]:
    groups: list[list[Stroke]] = []
    for stroke in ordered:
        if groups and stroke.at - groups[-1][0].at <= SNAP:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return groups


def _bridged(group: Sequence[Stroke]) -> list[tuple[float, float]]:
    allowed = _gap_allowed(group)
    spans: list[tuple[float, float]] = []
    for stroke in sorted(group, key=lambda s: s.start):
        if spans and stroke.start - spans[-1][1] <= allowed:
            spans[-1] = (spans[-1][0], max(spans[-1][1], stroke.end))
        else:
            spans.append((stroke.start, stroke.end))
    return spans


def _gap_allowed(group: Sequence[Stroke]) -> float:
    """Many short pieces in a row are dashes: a gap may be as long as two of them, 8 pt at most."""
    if len(group) < 5 or median(s.length for s in group) > 8:
        return JOIN
    ordered = sorted(group, key=lambda s: s.start)
    return min(8.0, max(JOIN, 1.2 * median(b.start - a.end for a, b in pairwise(ordered))))
