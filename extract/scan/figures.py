"""Reads the figures of a table: by strokes, by how the page's other figures look, and by Tesseract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan import engine
from extract.scan.ink import Gray, Ink, darkest
from extract.scan.marks import MARK, folded, in_style
from extract.scan.mesh import GridCell
from extract.scan.numerals import Guess, read_numerals, read_touching
from extract.scan.picture import Picture
from extract.scan.shapes import Shapes
from extract.scan.spacing import min_fit, respaced, well_set
from extract.scan.stacked import Laid, laid_out
from extract.scan.strokes import LONGEST, Strip, Window, strip_of
from extract.scan.votes import PLAUSIBLE, SURE, CellText, Look, decide, ranked

# Digit height that Tesseract reads best (measured at 20, 26, 32 and 40 pixels on generated sheets).
BEST_DIGIT = 25.0
# Ink levels for the second look: thinner and thicker strokes.
LEVELS = (0.3, 0.62)
# Paler ink in a cell that a seal has left there, in squared digit heights: the edges of letters are less, a ring's
# stroke across the cell 0.4.
SEAL = 0.2
# A line of print with its commas is so high at most, in digit heights; a seal's strokes go on over so much of a cell.
LINE, WHOLE = 1.5, 0.9
# White around a picture given to Tesseract, in pixels.
MARGIN = 10

CutOut = Callable[[Ink, GridCell, float], Window]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table's figures are set: digits' height in pixels, and their pitch in heights."""

    usual: float
    pitch: float | None


def looks_of(windows: Sequence[Window], usual: float) -> list[Look]:
    """Strokes' readings of many cells at once."""
    strips = [strip_of(w, usual) for w in windows]
    read = iter(read_numerals([s for s in strips if s]))
    return [
        Look(w, s, ranked(next(read)) if s else ()) for w, s in zip(windows, strips, strict=True)
    ]


def with_lines_laid(looks: Sequence[Look], setting: Setting) -> list[Look]:
    """The looks; at figures broken over lines, with their lines on one."""
    found = {i: laid for i, k in enumerate(looks) if (laid := _laid_out(k, setting))}
    again = looks_of([laid.window for laid in found.values()], setting.usual)
    figures = {
        i: replace(look, seams=laid.seams)
        for (i, laid), look in zip(found.items(), again, strict=True)
        if look.numeral
    }
    return [figures.get(i, look) for i, look in enumerate(looks)]


def with_paler_ink_aside(
    picture: Picture,
    cells: Sequence[GridCell],
    looks: Sequence[Look],
    setting: Setting,
    cut_out: CutOut,
) -> list[Look]:
    """The looks; where a cell is a figure only without paler ink, a seal's, or has no other, the look without."""
    ink = darkest(picture.ink)
    windows = [cut_out(ink, cell, picture.unit) for cell in cells]
    darker = zip(looks, looks_of(windows, setting.usual), strict=True)
    return [_darker(look, dark, setting) for look, dark in darker]


def _darker(look: Look, dark: Look, setting: Setting) -> Look:
    guesses = _in_style(look, dark.guesses, setting)
    seen = replace(dark, guesses=guesses, mark=look.mark, aside=True)
    sealed = _is_sealed(look.window, dark.window, setting.usual)
    return seen if sealed and (seen.likely or not seen.window.blobs) else look


def _is_sealed(window: Window, darker: Window, usual: float) -> bool:
    """Whether strokes are gone from the darker one that a seal may have made: more than the rims of its letters, and
    not within a line of print, where the thinner strokes of a soft scan are the paler."""
    if window.labels.shape != darker.labels.shape:
        return False
    gone = ((window.labels > 0) & (darker.labels == 0)).astype(np.uint8)
    strokes = cv2.morphologyEx(gone, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)) > 0
    rows = np.flatnonzero(strokes.any(axis=1) | (darker.labels > 0).any(axis=1))
    high = np.ptp(rows) + 1 if len(rows) else 0
    one_line = high < min(LINE * usual, WHOLE * window.height)
    return bool(strokes.sum() > SEAL * usual**2) and not one_line


def _laid_out(look: Look, setting: Setting) -> Laid | None:
    if look.strip or len(look.window.blobs) > LONGEST:
        return None
    return laid_out(look.window, setting.usual, setting.pitch)


def set_at(look: Look, pitch: float | None) -> Look:
    """The look, its guesses weighed by where their characters stand."""
    return replace(look, guesses=ranked(respaced(look.guesses, pitch)))


def read_figures(
    picture: Picture, cells: Sequence[tuple[GridCell, Look]], setting: Setting, cut_out: CutOut
) -> dict[GridCell, CellText]:
    """Votes on each numeral; the doubtful ones are looked at again with thinner and thicker ink."""
    cells = _with_touching(cells, setting)
    shapes = Shapes([look.guesses[0] if look.guesses else None for _, look in cells])
    cells = _compared(cells, shapes, setting)
    second = _second(cells, shapes)
    unsure = [i for i, (_, look) in enumerate(cells) if _unsure(look, second[i])]
    again: dict[int, list[Guess]] = defaultdict(list)
    dark = darkest(picture.ink) if any(look.aside for _, look in cells) else picture.ink
    for level in LEVELS:
        inks = {aside: _at_level(ink, level) for aside, ink in ((False, picture.ink), (True, dark))}
        windows = [
            _like(cut_out(inks[k.aside], c, picture.unit), k, setting)
            for c, k in map(cells.__getitem__, unsure)
        ]
        fresh = [set_at(look, setting.pitch) for look in looks_of(windows, setting.usual)]
        looks = [(cells[i][0], look) for i, look in zip(unsure, fresh, strict=True)]
        for i, (_, look) in zip(unsure, _with_touching(looks, setting), strict=True):
            again[i] += look.guesses[:1]
    return {cell: decide(look, second[i], again.get(i)) for i, (cell, look) in enumerate(cells)}


def _at_level(ink: Ink, level: float) -> Ink:
    return Ink(ink.depth, ink.depth > level * 255, ink.faint)


def _like(window: Window, look: Look, setting: Setting) -> Window:
    """Another window of a cell, with its lines on one where the look has them so."""
    laid = laid_out(window, setting.usual, setting.pitch) if look.seams else None
    return laid.window if laid else window


def _with_touching(
    cells: Sequence[tuple[GridCell, Look]], setting: Setting
) -> list[tuple[GridCell, Look]]:
    """The looks at figures, digits that touch parted where they read no better."""
    strips = [look.strip for _, look in cells if look.strip]
    read = iter(read_touching(strips, [look.guesses for _, look in cells if look.strip]))
    return [
        (cell, replace(look, guesses=_in_style(look, next(read), setting)) if look.strip else look)
        for cell, look in cells
    ]


def _compared(
    cells: Sequence[tuple[GridCell, Look]], shapes: Shapes, setting: Setting
) -> list[tuple[GridCell, Look]]:
    """The looks, their best guesses compared with the page's other figures."""
    best = [look.guesses[0] if look.guesses else None for _, look in cells]
    return [
        (cell, replace(look, fit=min_fit(fit, g, setting.pitch), spaced=well_set(g, setting.pitch)))
        for (cell, look), g, fit in zip(cells, best, shapes.fits(), strict=True)
    ]


def _second(
    cells: Sequence[tuple[GridCell, Look]], shapes: Shapes
) -> list[tuple[str, float] | None]:
    """Tesseract's numerals. What is clear to the strokes needs none once Tesseract agreed on figures whose
    characters look the same: a font that the strokes do not know would mislead them all over the page."""
    said: list[tuple[str, float] | None] = [None] * len(cells)
    agreed: list[int] = []
    looks = [look for _, look in cells]
    for i in sorted(range(len(cells)), key=lambda i: -len(looks[i].best)):
        look = looks[i]
        if look.best == "-" or look.strip is None or (look.clear and shapes.known(i, agreed)):
            continue
        said[i] = engine.read_numeral(_strip_picture(look.strip))
        if look.clear and _same_digits(said[i], look):
            agreed.append(i)
    return said


def _same_digits(second: tuple[str, float] | None, look: Look) -> bool:
    """Whether Tesseract reads the same but for marks, which it often drops."""
    return second is not None and MARK.sub("", second[0]) == MARK.sub("", look.guesses[0].text)


def _in_style(look: Look, guesses: tuple[Guess, ...], setting: Setting) -> tuple[Guess, ...]:
    if guesses == look.guesses:
        return guesses
    styled = [replace(g, text=in_style(g.text, look.mark)) for g in guesses]
    return ranked(respaced(styled, setting.pitch))


def _strip_picture(strip: Strip) -> Gray:
    """The strip's ink in black on white, at Tesseract's best size, nothing else around."""
    if not strip.atoms:
        return np.full((40, 40), 255, np.uint8)
    x0, x1 = min(a.x0 for a in strip.atoms), max(a.x1 for a in strip.atoms)
    return for_engine(strip.window.depth[:, max(0, x0 - 2) : x1 + 2], BEST_DIGIT / strip.height)


def for_engine(depth: NDArray[np.uint8], scale: float) -> Gray:
    """Ink to black on white, scaled, with a white margin."""
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    sized = cv2.resize(255 - depth, None, fx=scale, fy=scale, interpolation=how)
    return np.asarray(
        cv2.copyMakeBorder(sized, *(MARGIN,) * 4, cv2.BORDER_CONSTANT, value=255), np.uint8
    )


def _unsure(look: Look, second: tuple[str, float] | None) -> bool:
    best = look.guesses[0] if look.guesses else None
    if look.clear and (second is None or _same_digits(second, look)):
        return False
    if best is None or best.weakest < SURE or look.disturbed or not PLAUSIBLE.fullmatch(best.text):
        return True
    if look.mark and best.text.isdecimal() and len(best.text) > 1 and not look.spaced:
        return True  # a comma may hide in the foot of a digit
    return second is not None and folded(second[0]) != folded(best.text)
