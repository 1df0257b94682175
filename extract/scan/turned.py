"""Headings that run up the page above a table without upright lines: found by their letters, which stand one above
another and alone, and read turned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.document import Box
from extract.glyphs import Glyph, Run
from extract.scan.lettering import Lines, read_turned
from extract.scan.mesh import GridCell, around
from extract.scan.picture import Picture
from extract.scan.strokes import open_window_of
from extract.standing import wrapped
from extract.strokes import Stroke

# White between two pieces of one heading, up the page and across it, in points: a space of 12 pt takes 4, the lines of
# a heading leave 5; cells' texts beside it keep further off.
GAP, BESIDE = 5.0, 3.0
# Widest and lowest heading, in points: three lines of 10 pt, a word of five letters; a level one of several lines is
# hardly higher than wide.
WIDEST, LOWEST, HIGHER = 36.0, 20.0, 1.6
# How far a piece may stand out beside those above it, in points.
WIDER = 4.0
# Lines of a heading follow each other by so many font sizes at most.
PITCH = 1.3


@dataclass(frozen=True, slots=True)
class Turned:
    """A heading that runs up the page, its pieces and its lines as read."""

    boxes: tuple[GridCell, ...]
    lines: Lines

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def standing(
    boxes: Sequence[GridCell], dividers: Sequence[Stroke], unit: float
) -> list[list[GridCell]]:
    """The boxes of letters that may be turned headings', by heading. `dividers` are level lines, in points."""
    found = _joined(_chains(boxes, dividers, unit), unit)
    return [c for c in found if _stands(c, unit) and _is_alone(c, boxes, unit)]


def turned_headings(
    picture: Picture, chains: Sequence[Sequence[GridCell]], top: float, usual: float
) -> list[Turned]:
    """The headings that run up the page above `top`, where a table's rows begin. That and `usual`, a digit's height,
    are in pixels."""
    above = [[box for box in chain if box.bottom < top] for chain in chains]
    found = []
    for chain in above:
        if chain and _stands(chain, picture.unit):
            window = open_window_of(picture.ink, around(chain), picture.unit)
            found += [Turned(tuple(chain), lines)] if (lines := read_turned(window, usual)) else []
    return found


def _chains(
    boxes: Sequence[GridCell], dividers: Sequence[Stroke], unit: float
) -> list[list[GridCell]]:
    """The boxes grouped by what stands right above another, narrow as turned headings are."""
    chains: list[list[GridCell]] = []
    for box in sorted(boxes, key=lambda b: b.top):
        if box.x1 - box.x0 > WIDEST * unit:
            continue
        above = next((c for c in chains if _follows(box, around(c), dividers, unit)), None)
        if above is None:
            chains.append([box])
        else:
            above.append(box)
    return chains


def _joined(chains: Sequence[list[GridCell]], unit: float) -> list[list[GridCell]]:
    """The lines of a heading that stand beside each other made one."""
    joined: list[list[GridCell]] = []
    for chain in sorted(chains, key=lambda c: around(c).x0):
        home = next((c for c in joined if _goes_on(around(c), around(chain), unit)), None)
        if home is None:
            joined.append(list(chain))
        else:
            home += chain
    return joined


def _goes_on(line: GridCell, other: GridCell, unit: float) -> bool:
    """Whether two chains stand level and close, and are together no wider than a heading."""
    level = min(line.bottom, other.bottom) > max(line.top, other.top)
    close = max(line.x0, other.x0) - min(line.x1, other.x1) < BESIDE * unit
    wide = max(line.x1, other.x1) - min(line.x0, other.x0)
    return level and close and wide <= WIDEST * unit


def _follows(box: GridCell, place: GridCell, dividers: Sequence[Stroke], unit: float) -> bool:
    """Whether a box stands right below others, with no line between, and reaches no further than a heading's letters
    do: a figure under a heading is wider."""
    shared = min(box.x1, place.x1) - max(box.x0, place.x0)
    over = 2 * shared > min(box.x1 - box.x0, place.x1 - place.x0)
    near = box.top - place.bottom <= GAP * unit
    wider = max(place.x0 - box.x0, box.x1 - place.x1) > WIDER * unit
    high = place.bottom - place.top > LOWEST * unit
    return over and near and not (high and wider) and not _parted(place, box, dividers, unit)


def _parted(above: GridCell, below: GridCell, dividers: Sequence[Stroke], unit: float) -> bool:
    top, bottom, x = above.bottom / unit, below.top / unit, (below.x0 + below.x1) / 2 / unit
    return any(top - 1 < s.at < bottom + 1 and s.start < x < s.end for s in dividers)


def _is_alone(chain: Sequence[GridCell], boxes: Sequence[GridCell], unit: float) -> bool:
    """Whether nothing stands beside the chain."""
    place, own = around(chain), set(chain)
    return not any(b not in own and _beside(b, place, BESIDE * unit) for b in boxes)


def _beside(box: GridCell, place: GridCell, near: float) -> bool:
    level = box.top < place.bottom and place.top < box.bottom
    return level and box.x0 < place.x1 + near and place.x0 < box.x1 + near


def _stands(chain: Sequence[GridCell], unit: float) -> bool:
    """Whether the boxes may be those of turned letters: high together, and narrow."""
    place = around(chain)
    width, height = place.x1 - place.x0, place.bottom - place.top
    return width <= WIDEST * unit and height >= max(LOWEST * unit, HIGHER * width)


def level_runs(turned: Turned, size: float, unit: float) -> Iterator[Run]:
    """The heading as the lines of a level one in its place, which the columns below tell apart as they do others; the
    outer ones reach to its ends. `size` is the font's, in points."""
    place = around(turned.boxes)
    x0, top, x1, bottom = (v / unit for v in (place.x0, place.top, place.x1, place.bottom))
    parts = wrapped(turned.text)
    pitch = min((bottom - top) / len(parts), PITCH * size)
    first = (top + bottom - pitch * (len(parts) - 1)) / 2
    for i, text in enumerate(parts):
        step = (x1 - x0) / len(text)
        glyphs = tuple(Glyph(c, x0 + k * step, x0 + (k + 1) * step) for k, c in enumerate(text))
        half = first - top if i in (0, len(parts) - 1) else size / 2
        y = first + i * pitch
        yield Run(glyphs, Box(x0, y - half, x1, y + half), size, "scan")
