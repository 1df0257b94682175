"""Figures that a narrow column has broken over lines, their lines laid side by side.

Once it stands on one line, such a figure is read like any other: by its strokes, beside the page's other
figures, and by Tesseract.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extract.scan.ink import Gray
from extract.scan.spacing import NEXT, TO_MARK
from extract.scan.strokes import Atom, Labels, Window

# A character's height in digit heights; what is lower is a mark, a dash or a speck.
LOW, HIGH = 0.72, 1.35
# A figure is broken over no more lines: `84,` `69/` `85` has three.
MOST = 4
# From digit to digit, in digit heights, where too few figures of the table tell (Times 0.75, Arial 0.77).
PITCH = 0.76
# White kept above and below a line, in pixels.
EDGE = 2


@dataclass(frozen=True, slots=True)
class Laid:
    """A cell's lines on one; `seams` are the pixels at which all lines but the first begin."""

    window: Window
    seams: tuple[int, ...]


def laid_out(window: Window, usual: float, pitch: float | None) -> Laid | None:
    """The lines of a cell beside each other; None where it has one only, or more than a figure has."""
    lines = _lines(window.blobs, usual)
    if not 1 < len(lines) <= MOST:
        return None
    steps = [_step(a, b, usual) for a, b in pairwise(lines)]
    return _joined(window, lines, [(pitch or PITCH) * usual * step for step in steps], usual)


def _lines(blobs: Sequence[Atom], usual: float) -> list[list[Atom]]:
    """The blobs by lines from the top, each from the left. What is no character goes with the line that it
    stands in or nearest to; none where a stroke crosses two lines."""
    tall = sorted((b for b in blobs if b.height > LOW * usual), key=lambda b: b.top)
    lines: list[list[Atom]] = []
    for blob in tall:
        if lines and blob.top < max(b.bottom for b in lines[-1]):
            lines[-1].append(blob)
        else:
            lines.append([blob])
    if any(_bottom(line) - _top(line) > HIGH * usual for line in lines):
        return []
    for blob in blobs:
        if lines and blob.height <= LOW * usual:
            _nearest(lines, blob).append(blob)
    return [sorted(line, key=lambda b: b.x0) for line in lines]


def _nearest(lines: Sequence[list[Atom]], blob: Atom) -> list[Atom]:
    return min(lines, key=lambda line: max(line[0].top - blob.bottom, blob.top - line[0].bottom))


def _top(line: Sequence[Atom]) -> int:
    return min(b.top for b in line)


def _bottom(line: Sequence[Atom]) -> int:
    return max(b.bottom for b in line)


def _step(line: Sequence[Atom], after: Sequence[Atom], usual: float) -> float:
    """From the last character of a line to the first of the next, in pitches, as if they stood on one."""
    marks = line[-1].height < LOW * usual or after[0].height < LOW * usual
    return TO_MARK if marks else NEXT


def _joined(
    window: Window, lines: Sequence[Sequence[Atom]], steps: Sequence[float], usual: float
) -> Laid:
    """The lines on one base line, each begun so far behind the last character of the one before."""
    bases = [_base(line, usual) for line in lines]
    above = max(base - _top(line) for base, line in zip(bases, lines, strict=True)) + EDGE
    below = max(_bottom(line) - base for base, line in zip(bases, lines, strict=True)) + EDGE
    shifts = [EDGE - lines[0][0].x0]
    for line, after, step in zip(lines, lines[1:], steps, strict=False):
        middle = (line[-1].x0 + line[-1].x1) / 2 + shifts[-1] + step
        nearest = line[-1].x1 + shifts[-1] + 1 - after[0].x0
        shifts.append(max(round(middle - (after[0].x0 + after[0].x1) / 2), nearest))
    width = max(b.x1 + s for line, s in zip(lines, shifts, strict=True) for b in line) + EDGE
    sheet = Sheet.blank(above + below, width)
    blobs = [
        blob
        for line, base, shift in zip(lines, bases, shifts, strict=True)
        for blob in sheet.take(window, line, shift, above - base)
    ]
    seams = tuple(s + line[0].x0 for s, line in zip(shifts[1:], lines[1:], strict=True))
    return Laid(
        Window(window.x, window.y, sheet.depth, sheet.labels, tuple(blobs), window.cut), seams
    )


def _base(line: Sequence[Atom], usual: float) -> int:
    return round(float(np.median([b.bottom for b in line if b.height > LOW * usual])))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper that the lines are laid out on."""

    depth: Gray
    labels: Labels

    @classmethod
    def blank(cls, height: int, width: int) -> Sheet:
        return cls(np.zeros((height, width), np.uint8), np.zeros((height, width), np.int32))

    def take(self, window: Window, line: Sequence[Atom], right: int, down: int) -> list[Atom]:
        """Copies a line's ink and what is pale around it, moved; the blobs at their new place."""
        top, bottom = max(0, _top(line) - EDGE), min(window.height, _bottom(line) + EDGE)
        left, end = max(0, line[0].x0 - EDGE), max(b.x1 for b in line) + EDGE
        part = window.labels[top:bottom, left:end]
        own = np.isin(part, [label for b in line for label in b.labels])
        place = np.s_[top + down : bottom + down, left + right : left + right + part.shape[1]]
        ink = np.where(own | (part == 0), window.depth[top:bottom, left:end], 0)
        np.maximum(self.depth[place], ink, out=self.depth[place])
        np.maximum(self.labels[place], np.where(own, part, 0), out=self.labels[place])
        return [_moved(b, right, down) for b in line]


def _moved(atom: Atom, right: int, down: int) -> Atom:
    return Atom(atom.labels, atom.x0 + right, atom.x1 + right, atom.top + down, atom.bottom + down)
