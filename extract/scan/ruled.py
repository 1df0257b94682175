"""The ruled tables of a page: its lines as they are, made straight, and drawn again where they are worn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.scan.bend import bend_of
from extract.scan.boxhead import with_body
from extract.scan.dashed import Dashes, dashes_of, redrawn, soiled
from extract.scan.faded import restored
from extract.scan.fit import checked
from extract.scan.mesh import Grid, grids_of
from extract.scan.picture import Picture, straightened
from extract.scan.rows import parted
from extract.scan.ruling import Rules, rules_of

# Share of a page's dashes that may lie about beside the walls of cells without a doubt (up to 0.04 on pages read
# well), and how many times more another reading of broken lines counts that is the better one.
LEFT, MORE = 0.1, 1.02
# Points that a dash may be off the wall that it belongs to.
WALL = 1.5


@dataclass(frozen=True, slots=True)
class Ruled:
    """A straight picture, its lines and the tables that they make, from top to bottom; the dashes of its ink as it
    was, and whether its lines are drawn again."""

    picture: Picture
    rules: Rules
    grids: tuple[Grid, ...]
    dashes: Dashes
    redrawn: bool = False

    @property
    def left(self) -> float:
        """The share of the page's dashes that are no walls of its cells."""
        unit = self.picture.unit
        lines = self.dashes.lines(unit)
        dashes = lines.across | lines.down
        walls = np.zeros(dashes.shape, np.uint8)
        for cell in (cell for grid in self.grids for cell in grid.cells):
            corners = (cell.x0, cell.top), (cell.x1, cell.bottom)
            cv2.rectangle(walls, *corners, 1, 2 * round(WALL * unit) + 1)
        return float(1 - (dashes & (walls > 0)).sum() / max(1, dashes.sum()))

    @property
    def doubted(self) -> int:
        """How many cells are in doubt."""
        return sum(len(grid.doubted) for grid in self.grids)

    @property
    def worth(self) -> float:
        """How many cells are not in doubt, the lines that they leave lying about counted against them."""
        cells = sum(len(grid.cells) for grid in self.grids)
        return (1 - self.left) * (cells - self.doubted)


def ruled_of(picture: Picture, rules: Rules) -> Ruled:
    """The page's ruled tables. Worn lines are read in every way there is, the first best one counts."""
    usual = _as_they_are(picture, rules)
    others = list(_of_worn(picture, usual))
    if not others:
        return usual
    best, worth = usual, usual.worth
    for other in others:
        if (more := other.worth) > MORE * worth:
            best, worth = other, more
    if not best.redrawn:
        return best
    ink, unit = best.picture.ink, best.picture.unit
    return replace(best, grids=tuple(soiled(grid, ink, unit) for grid in best.grids))


def _of_worn(picture: Picture, usual: Ruled) -> Iterator[Ruled]:
    """The tables of lines that are broken, or of which specks are left."""
    if usual.grids and not usual.doubted and usual.left < LEFT:
        return
    straight = usual.picture is picture
    dashes = usual.dashes if straight else dashes_of(picture.ink, picture.unit)
    if dashes.broken:
        yield from _of_dashes(picture, dashes)
    if not usual.grids and (lines := restored(usual.picture.ink, picture.unit)):
        found = grids_of(*lines, picture.unit)
        yield _ruled(usual.picture, lines[1], found, usual.dashes)


def _as_they_are(picture: Picture, rules: Rules) -> Ruled:
    """The tables of the lines on the page made straight."""
    if bend := bend_of(rules, picture.unit):
        picture = straightened(picture, bend)
        rules = rules_of(picture.ink, picture.unit)
    dashes = dashes_of(picture.ink, picture.unit)
    return _ruled(picture, rules, grids_of(picture.ink, rules, picture.unit), dashes)


def _of_dashes(picture: Picture, dashes: Dashes) -> Iterator[Ruled]:
    """The tables of lines in dashes once these are straight, and with them drawn whole."""
    bend = bend_of(dashes.ways, picture.unit, broken=True)
    plain = straightened(picture, bend) if bend else picture
    if bend:
        dashes = dashes_of(plain.ink, plain.unit)
    drawn = redrawn(plain.ink, dashes, plain.unit)
    if drawn:
        if bend:
            rules = rules_of(plain.ink, plain.unit)
            yield _ruled(plain, rules, grids_of(plain.ink, rules, plain.unit), dashes)
        found = grids_of(drawn.lined, drawn.rules, plain.unit)
        bare = replace(plain, ink=drawn.bare)
        yield replace(_ruled(bare, drawn.rules, found, dashes), redrawn=True)


def _ruled(picture: Picture, rules: Rules, found: list[Grid], dashes: Dashes) -> Ruled:
    """The grids with the rows that no line parts, and in doubt where they do not fit the page."""
    ends = [*(grid.ys[0] for grid in found[1:]), picture.gray.shape[0]]
    bodied = [with_body(g, end, picture, rules) for g, end in zip(found, ends, strict=False)]
    whole = [parted(grid, picture) for grid in bodied]
    grids = tuple(checked(g, picture.ink, rules, picture.unit) for g in whole)
    return Ruled(picture, rules, grids, dashes)
