"""Digits that touch, parted where the outline of both is low.

Two noughts meet at half their height: the column of ink there is as dark as their sides, but nothing
stands above or below it. `strokes` cuts wide blobs where ink is thin, which is in the middle of each; and
at 150 dpi a nought that lost its thin top and foot leaves its right side joined to its neighbour's left.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np

from extract.scan.ink import Mask
from extract.scan.strokes import Atom, Strip

# An outline this low against the highest beside it, in digit heights, parts two digits.
LOW = 0.7
# Narrower blobs, in digit heights, are one side of a digit or a mark.
BROAD = 0.4
# Cuts are no nearer to each other than this, in digit heights: half a slim digit 1.
APART = 0.15
# Atoms of a strip that may stand in a numeral, once cut.
MOST = 40


def parted(strip: Strip) -> Strip:
    """The strip with its wide blobs cut at the low places of their outline too."""
    atoms: list[Atom] = []
    for _, group in groupby(strip.atoms, key=lambda atom: atom.labels):
        run = list(group)
        wide = run[-1].x1 - run[0].x0 > BROAD * strip.height
        atoms += _finer(strip, run) if wide else run
    return replace(strip, atoms=tuple(atoms)) if len(atoms) <= MOST else strip


def _finer(strip: Strip, run: list[Atom]) -> list[Atom]:
    """A blob's atoms cut again; the cuts that it has stay."""
    x0, x1 = run[0].x0, run[-1].x1
    ink = np.isin(strip.window.labels[:, x0:x1], list(run[0].labels))
    edges = [0, *(atom.x1 - x0 for atom in run)]
    near = APART * strip.height
    for place in _low(ink, LOW * strip.height):
        if all(abs(place - edge) >= near for edge in edges):
            edges.append(place)
    return [_part(run[0], ink, x0, a, b) for a, b in pairwise(sorted(edges))]


def _low(ink: Mask, most: float) -> list[int]:
    """Columns in which the outline is lowest among its neighbours, the lowest first."""
    filled = ink.any(axis=0)
    height = np.where(filled, ink.shape[0] - ink[::-1].argmax(axis=0) - ink.argmax(axis=0), 0)
    found = [
        i
        for i in range(1, len(height) - 1)
        if height[i] <= min(height[i - 1], height[i + 1]) and height[i] < most
    ]
    return sorted(found, key=lambda i: int(height[i]))


def _part(atom: Atom, ink: Mask, x0: int, start: int, end: int) -> Atom:
    rows = np.nonzero(ink[:, start:end].any(axis=1))[0]
    top, bottom = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (atom.top, atom.bottom)
    return Atom(atom.labels, x0 + start, x0 + end, top, bottom)
