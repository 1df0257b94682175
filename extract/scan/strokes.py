"""The ink of one cell cut into pieces that may be characters.

A piece is a connected blob, part of one (where two characters have run together), or several (where
one has broken). Which pieces really are characters is decided later, by how well they can be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.ink import FAINT, Gray, Ink, Mask, grown
from extract.scan.mesh import GridCell

Labels = NDArray[np.int32]

# Pixels per digit height in a sample, and a sample's size: from 1.3 heights above the base line to
# 0.5 below, 1.3 heights wide.
SCALE = 16
ABOVE, BELOW, WIDE = 1.3, 0.5, 1.3
SHAPE = (round((ABOVE + BELOW) * SCALE), round(WIDE * SCALE) // 2 * 2 + 1)
# Smallest area of a blob that may be a point, in squared digit heights: a 10 pt point is 0.02.
SPECK = 0.006
# A blob wider than this (in digit heights) may be two characters: a wide digit is 0.7.
JOINED = 0.8
# A numeral of twelve characters in pieces; what has more is text.
LONGEST = 16
# A comma begins this far below the base line at most, in digit heights; what begins lower is a line of
# its own (the next line's digits begin at 0.6).
LOWEST = 0.35
# Above or below the line what is higher than this, in digit heights, is another line or a broken piece of it:
# specks are lower.
BEYOND = 0.35
# Share of a row of pixels that a line fills at least, and of its fullest row's share what the rows within it do:
# letters without room beside the line fill 0.7 of a row.
LINE, AS_FULL = 0.5, 0.85
# Parts of one broken character lie over each other by this share of the narrower one.
STACKED = 0.5


# White between a figure and pale ink that may be more of it, in digit heights; pixels of its own rim; how much of a
# digit's height, and of its square, such ink has at least.
BESIDE, RIM, HALF, STROKE = 1.1, 2, 0.6, 0.12


@dataclass(frozen=True, slots=True)
class Atom:
    """A blob or a cut part of one: its labels and place inside the cell's window."""

    labels: frozenset[int]
    x0: int
    x1: int
    top: int
    bottom: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Window:
    """A cell's inside: gray ink, blobs. `x`, `y` place it on the page; `cut`: ink met the border."""

    x: int
    y: int
    depth: Gray
    labels: Labels
    blobs: tuple[Atom, ...]
    cut: bool

    @property
    def height(self) -> int:
        return int(self.depth.shape[0])


def window_of(ink: Ink, cell: GridCell, unit: float) -> Window:
    """The cell without its lines. What remains of them along the border goes as well."""
    return _window(ink, _inside(ink.faint, cell, unit), unit)


def open_window_of(ink: Ink, cell: GridCell, unit: float) -> Window:
    """The same of a box that no lines bound."""
    return _window(ink, (cell.x0, cell.top, cell.x1, cell.bottom), unit)


def _window(ink: Ink, place: tuple[int, int, int, int], unit: float) -> Window:
    left, top, right, bottom = place
    dark = ink.dark[top:bottom, left:right]
    depth = ink.depth[top:bottom, left:right]
    if dark.size == 0:
        return Window(left, top, depth, np.zeros(dark.shape, np.int32), (), False)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    height, width = dark.shape
    blobs, cut = [], False
    for label, (x, y, w, h, area) in enumerate(stats.tolist()):
        if label == 0:
            continue
        touches = x == 0 or y == 0 or x + w == width or y + h == height
        if touches and _is_remnant(w, h, unit):
            continue
        cut = cut or (touches and area > unit * unit)
        blobs.append(Atom(frozenset((label,)), x, x + w, y, y + h))
    return Window(left, top, depth, np.asarray(labels, np.int32), tuple(blobs), cut)


def _is_remnant(width: int, height: int, unit: float) -> bool:
    """A sliver of the border: thin along one side."""
    return min(width, height) <= max(1.0, 0.6 * unit) or max(width, height) < unit


def _inside(faint: Mask, cell: GridCell, unit: float) -> tuple[int, int, int, int]:
    """The cell's box drawn in past its lines' ink."""
    reach = round(3 * unit)
    box = faint[
        max(0, cell.top - reach) : cell.bottom + reach, max(0, cell.x0 - reach) : cell.x1 + reach
    ]
    down, across = box.mean(axis=1), box.mean(axis=0)
    oy, ox = max(0, cell.top - reach), max(0, cell.x0 - reach)
    top = cell.top + _line_depth(down[cell.top - oy :], unit)
    bottom = cell.bottom + 1 - _line_depth(down[: cell.bottom - oy + 1][::-1], unit)
    left = cell.x0 + _line_depth(across[cell.x0 - ox :], unit)
    right = cell.x1 + 1 - _line_depth(across[: cell.x1 - ox + 1][::-1], unit)
    return left, top, max(right, left), max(bottom, top)


def _line_depth(shares: NDArray[np.float64], unit: float) -> int:
    """How many pixel rows from the line's middle still belong to it: a line fills half the row. It fades out
    where it drifts from row to row; where the ink grows again, letters stand on its edge."""
    near = shares[: round(2.2 * unit)]
    most = near.max(initial=0)
    if most <= LINE:
        return max(1, round(0.4 * unit))
    last = int(np.flatnonzero(near > AS_FULL * most)[-1])
    edge = near[last : last + int((np.append(near[last:], 0) <= LINE).argmax())]
    return last + 2 if (np.diff(edge) > 0).any() else last + 1 + len(edge)


def digit_height(windows: list[Window], unit: float) -> float:
    """The commonest height of a blob in one-line cells, in pixels; 8 pt where there is none."""
    heights = [b.height for w in windows for b in w.blobs if 4 * unit < b.height < 14 * unit]
    if len(heights) < 3:
        return 8 * unit
    counts = np.bincount(heights).astype(np.float64)
    smooth = np.convolve(counts, [1, 2, 1], mode="same")
    peak = int(smooth.argmax())
    near = [h for h in heights if abs(h - peak) <= 1]
    return float(np.mean(near))


@dataclass(frozen=True, slots=True)
class Strip:
    """One printed line of a cell as atoms from left to right, its base line and digit height."""

    window: Window
    atoms: tuple[Atom, ...]
    base: float
    height: float


def strip_of(window: Window, usual: float) -> Strip | None:
    """The cell's ink as one line of characters; None when there is none or more than one line."""
    specks = SPECK * usual * usual
    blobs = [b for b in window.blobs if b.width * b.height >= specks]
    if not blobs:
        return None
    tall = [b for b in blobs if 0.72 * usual < b.height < 1.35 * usual]
    if tall and max(b.top for b in tall) >= min(b.bottom for b in tall):
        return None
    base = float(np.median([b.bottom for b in tall])) if tall else _floating_base(blobs, usual)
    height = float(np.median([b.height for b in tall])) if len(tall) > 1 else usual
    height = min(max(height, 0.85 * usual), 1.15 * usual)
    inside = [b for b in blobs if b.bottom > base - 1.6 * height and b.top < base + LOWEST * height]
    beyond = [b for b in blobs if b not in inside and b.height > BEYOND * height]
    if beyond:
        return None
    atoms = tuple(_atoms(window, inside, height))
    return Strip(window, atoms, base, height) if len(atoms) <= LONGEST else None


def goes_on(strip: Strip) -> bool:
    """Whether ink too pale to be read stands right beside a line, as high as its digits: more of the same figure where
    the toner ran out."""
    window, height = strip.window, strip.height
    top, base = max(0, round(strip.base - height)), round(strip.base)
    room = round(BESIDE * height)
    pale = (window.depth[top:base] > FAINT * 255) & (window.labels[top:base] == 0)
    ends = strip.atoms[0].x0, strip.atoms[-1].x1
    near = (
        pale[:, max(0, ends[0] - room) : max(0, ends[0] - RIM)],
        pale[:, ends[1] + RIM : ends[1] + room],
    )
    return any(bool(_digit_like(side, height)) for side in near)


def _digit_like(pale: Mask, height: float) -> bool:
    rows = pale.any(axis=1).sum() > HALF * height
    return bool(rows and pale.sum() > STROKE * height * height)


def _floating_base(blobs: list[Atom], usual: float) -> float:
    """The base line under a lone dash or point: a dash floats a third of a digit above it."""
    low = max(b.bottom for b in blobs)
    flat = all(b.width > 1.4 * b.height for b in blobs)
    return low + (0.27 * usual if flat else 0.0)


def _atoms(window: Window, blobs: list[Atom], height: float) -> list[Atom]:
    merged: list[Atom] = []
    for blob in sorted(blobs, key=lambda b: (b.x0, b.x1)):
        if merged and _stacked(merged[-1], blob):
            merged[-1] = union([merged[-1], blob])
        else:
            merged.append(blob)
    return [part for atom in merged for part in _cut(window, atom, height)]


def _stacked(a: Atom, b: Atom) -> bool:
    overlap = min(a.x1, b.x1) - max(a.x0, b.x0)
    return overlap > STACKED * min(a.width, b.width)


def union(atoms: list[Atom]) -> Atom:
    """Several atoms as one piece."""
    return Atom(
        frozenset().union(*(a.labels for a in atoms)),
        min(a.x0 for a in atoms),
        max(a.x1 for a in atoms),
        min(a.top for a in atoms),
        max(a.bottom for a in atoms),
    )


def _cut(window: Window, atom: Atom, height: float) -> list[Atom]:
    """A wide atom cut where it is thinnest; the reader may put the parts together again."""
    if atom.width <= JOINED * height or atom.height < 0.4 * height:
        return [atom]
    ink = _bearing(window.labels[:, atom.x0 : atom.x1], atom.labels)
    weight = np.convolve(ink.sum(axis=0), [0.25, 0.5, 0.25], mode="same")
    margin = max(2, round(0.2 * height))
    cuts: list[int] = []
    order = np.argsort(weight[margin:-margin], kind="stable") + margin
    for place in order.tolist():
        if weight[place] > 0.55 * height or len(cuts) >= max(2, round(atom.width / height * 2.2)):
            break
        if all(abs(place - c) >= 0.22 * height for c in cuts):
            cuts.append(place)
    edges = [0, *sorted(cuts), atom.width]
    return [_part(atom, ink, a, b) for a, b in pairwise(edges)]


def _part(atom: Atom, ink: Mask, start: int, end: int) -> Atom:
    rows = np.nonzero(ink[:, start:end].any(axis=1))[0]
    top, bottom = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (atom.top, atom.bottom)
    return Atom(atom.labels, atom.x0 + start, atom.x0 + end, top, bottom)


def _bearing(part: Labels, labels: frozenset[int]) -> Mask:
    """The pixels with one of these labels."""
    found = np.zeros(part.shape, bool)
    for label in labels:
        found |= part == label
    return found


def widest_gap(strip: Strip) -> float:
    """The widest white between two neighbouring atoms, in digit heights."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(strip.atoms)]
    return max(gaps, default=0) / strip.height


def sample(strip: Strip, piece: Atom) -> Gray:
    """The piece alone, at the sample's scale and place: centred, on the base line."""
    window = strip.window
    x0, x1 = max(0, piece.x0 - 1), min(window.depth.shape[1], piece.x1 + 1)
    part = window.labels[:, x0:x1]
    own = _bearing(part, piece.labels)
    own[:, : piece.x0 - x0] = False
    own[:, piece.x1 - x0 :] = False
    gray = np.where(grown(own) & (own | (part == 0)), window.depth[:, x0:x1], 0).astype(np.float32)
    step = strip.height / SCALE
    middle = (piece.x0 + piece.x1) / 2 - x0
    matrix = np.array(
        [
            [1 / step, 0, SHAPE[1] / 2 - middle / step],
            [0, 1 / step, ABOVE * SCALE - strip.base / step],
        ]
    )
    if step > 1.2:
        gray = np.asarray(cv2.GaussianBlur(gray, (0, 0), 0.45 * step), np.float32)
    placed = cv2.warpAffine(gray, matrix, (SHAPE[1], SHAPE[0]), flags=cv2.INTER_LINEAR)
    return np.asarray(placed.clip(0, 255), np.uint8)
