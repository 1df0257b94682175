"""Reads the cells of a grid: numerals by strokes and by Tesseract, names by Tesseract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Reading
from extract.scan import engine
from extract.scan.ink import Gray, Ink
from extract.scan.marks import folded, in_style, usual_marks, with_marks_weighed
from extract.scan.mesh import GridCell
from extract.scan.numerals import Guess, read_numerals, read_touching
from extract.scan.picture import Picture
from extract.scan.strokes import Strip, Window, digit_height, strip_of, window_of
from extract.scan.trust import TEXT, trust_in
from extract.scan.votes import PLAUSIBLE, CellText, Look, decide, ranked

# Digit height that Tesseract reads best (measured at 20, 26, 32 and 40 pixels on generated sheets).
BEST_DIGIT = 25.0
# Below this the weakest character of a numeral is read again (by thresholds and by Tesseract).
SURE = 0.95
# A numeral whose weakest character is below this may be a short word: the engine is asked.
LIKELY = 0.3
# Blobs all lower and narrower than this, in digit heights, make no character: a dash is wider, a lone 1 higher.
DUST = 0.25
# Ink levels for the second look: thinner and thicker strokes.
LEVELS = (0.3, 0.62)
# A cell of a numeric column is a word only when Tesseract is so sure of its letters.
LETTERS = 0.5
# White around a picture given to Tesseract, in pixels.
MARGIN = 10

CutOut = Callable[[Ink, GridCell, float], Window]


def read_cells(
    picture: Picture, cells: Sequence[GridCell], cut_out: CutOut = window_of
) -> dict[GridCell, CellText]:
    """Reads every cell of a grid; `cut_out` gives a cell's inside."""
    windows = [cut_out(picture.ink, cell, picture.unit) for cell in cells]
    usual = digit_height([w for w in windows if w.height < 30 * picture.unit], picture.unit)
    looks = _in_columns(cells, looks_of(windows, usual))
    numeric = _numeric_columns(cells, looks)
    found: dict[GridCell, CellText] = {}
    doubtful: list[tuple[GridCell, Look]] = []
    for cell, look in zip(cells, looks, strict=True):
        if not look.window.blobs:
            found[cell] = _blank(look.window, usual)
        elif all(max(b.width, b.height) < DUST * usual for b in look.window.blobs):
            found[cell] = _dusty()
        elif look.numeral and look.guesses[0].weakest > LIKELY:
            doubtful.append((cell, look))
        else:
            lines, rivals = _text(look.window, usual)
            perhaps = look.numeral or cell.column in numeric or _is_figure(lines)
            if look.strip and perhaps and not _is_word(lines):
                doubtful.append((cell, look))
            else:
                found[cell] = _as_text(lines, rivals)
    found |= _numerals(picture, doubtful, usual, cut_out)
    return found


def _in_columns(cells: Sequence[GridCell], looks: Sequence[Look]) -> list[Look]:
    """The looks, their guesses weighed by what their column holds to."""
    columns = [cell.column for cell in cells]
    weighed = [ranked(g) for g in with_marks_weighed(columns, [look.guesses for look in looks])]
    marks = usual_marks(columns, weighed)
    return [replace(k, guesses=g, mark=m) for k, g, m in zip(looks, weighed, marks, strict=True)]


def looks_of(windows: Sequence[Window], usual: float) -> list[Look]:
    """Strokes' readings of many cells at once."""
    strips = [strip_of(w, usual) for w in windows]
    read = iter(read_numerals([s for s in strips if s]))
    return [
        Look(w, s, ranked(next(read)) if s else ()) for w, s in zip(windows, strips, strict=True)
    ]


def _numeric_columns(cells: Sequence[GridCell], looks: Sequence[Look]) -> set[int]:
    """Columns in which most inked single cells are numerals."""
    counts: dict[int, list[bool]] = defaultdict(list)
    for cell, look in zip(cells, looks, strict=True):
        if cell.columns == 1 and cell.rows == 1 and look.window.blobs:
            counts[cell.column].append(look.numeral)
    return {column for column, hits in counts.items() if sum(hits) > 0.6 * len(hits)}


def _blank(window: Window, usual: float) -> CellText:
    """No ink. Faint marks that fell under the threshold lower the trust."""
    marks = int((window.depth > 0.3 * 255).sum())
    faint = marks > 0.02 * usual * usual
    pattern = "blank-faint" if faint else "blank"
    trust = trust_in(pattern)
    return CellText((), trust, (Reading("", trust, "ocr"),), pattern)


def _dusty() -> CellText:
    """Nothing but specks: dust on a blank cell, or a mark that says as little."""
    trust = trust_in("dusty")
    return CellText((), trust, (Reading("", trust, "ocr"),), "dusty")


def _numerals(
    picture: Picture, cells: Sequence[tuple[GridCell, Look]], usual: float, cut_out: CutOut
) -> dict[GridCell, CellText]:
    """Votes on each numeral; the doubtful ones are looked at again with thinner and thicker ink."""
    cells = _with_touching(cells)
    second = [_by_tesseract(look) for _, look in cells]
    unsure = [i for i, (_, look) in enumerate(cells) if _unsure(look, second[i])]
    again: dict[int, list[Guess]] = defaultdict(list)
    for level in LEVELS:
        depth = picture.ink.depth
        ink = Ink(depth, depth > level * 255, picture.ink.faint)
        windows = [cut_out(ink, cells[i][0], picture.unit) for i in unsure]
        looks = [(cells[i][0], k) for i, k in zip(unsure, looks_of(windows, usual), strict=True)]
        for i, (_, look) in zip(unsure, _with_touching(looks), strict=True):
            again[i] += look.guesses[:1]
    return {cell: decide(look, second[i], again.get(i)) for i, (cell, look) in enumerate(cells)}


def _with_touching(cells: Sequence[tuple[GridCell, Look]]) -> list[tuple[GridCell, Look]]:
    """The looks at figures, digits that touch parted where they read no better."""
    strips = [look.strip for _, look in cells if look.strip]
    read = iter(read_touching(strips, [look.guesses for _, look in cells if look.strip]))
    return [
        (cell, replace(look, guesses=_in_style(look, next(read))) if look.strip else look)
        for cell, look in cells
    ]


def _in_style(look: Look, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
    if guesses == look.guesses:
        return guesses
    return ranked([replace(g, text=in_style(g.text, look.mark)) for g in guesses])


def _by_tesseract(look: Look) -> tuple[str, float] | None:
    """Tesseract's numeral; not asked for a lone character that the strokes are sure of."""
    best = look.guesses[0] if look.guesses else None
    if look.strip is None or (best and len(best.text) == 1 and best.weakest > SURE):
        return None
    if best and best.text == "-":
        return None
    return engine.read_numeral(_strip_picture(look.strip))


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
    if best is None or best.weakest < SURE or look.window.cut or not PLAUSIBLE.fullmatch(best.text):
        return True
    if look.mark and best.text.isdecimal() and len(best.text) > 1:
        return True  # a comma may hide in the foot of a digit
    return second is not None and folded(second[0]) != folded(best.text)


def _text(window: Window, usual: float) -> tuple[Sequence[engine.TextLine], list[str]]:
    """A name or heading in Vietnamese, read again larger where the engine doubts; the other reading."""
    lines = _text_lines(window, BEST_DIGIT / usual)
    if _least(lines) >= TEXT:
        return lines, []
    larger = _text_lines(window, 1.4 * BEST_DIGIT / usual)
    if _least(larger) > _least(lines):
        lines, larger = larger, lines
    return lines, [" ".join(line.text for line in larger)]


def _least(lines: Sequence[engine.TextLine]) -> float:
    return min((line.confidence for line in lines), default=0.0)


def _is_figure(lines: Sequence[engine.TextLine]) -> bool:
    """Whether what the strokes do not read is a figure to the engine: its digits may touch."""
    text = "".join(line.text for line in lines)
    return bool(PLAUSIBLE.fullmatch(text)) and any(c.isdigit() for c in text)


def _is_word(lines: Sequence[engine.TextLine]) -> bool:
    """Whether a cell among figures is a word all the same, or a formula of the heading (3=2/1)."""
    text = "".join(line.text for line in lines)
    return "=" in text or (sum(c.isalpha() for c in text) >= 2 and _least(lines) > LETTERS)


def _text_lines(window: Window, scale: float) -> list[engine.TextLine]:
    x0, x1 = min(b.x0 for b in window.blobs), max(b.x1 for b in window.blobs)
    top, bottom = min(b.top for b in window.blobs), max(b.bottom for b in window.blobs)
    depth = window.depth[max(0, top - 2) : bottom + 2, max(0, x0 - 2) : x1 + 2]
    tall = (bottom - top) * scale > 2.0 * BEST_DIGIT
    return engine.read_lines(for_engine(depth, scale), "block" if tall else "line")


def _as_text(lines: Sequence[engine.TextLine], rivals: Sequence[str]) -> CellText:
    texts = tuple(line.text for line in lines)
    whole = " ".join(texts)
    engine_sure = _least(lines)
    agreed = "same" if rivals and rivals[0] == whole else "other" if rivals else "once"
    kind = "figure" if PLAUSIBLE.fullmatch(whole) else "text"
    pattern = f"{kind} {agreed} {sum(engine_sure > s for s in (0.5, 0.8, 0.9, 0.95))}"
    trust = trust_in(pattern)
    others = [r for r in rivals if r and r != whole]
    readings = [
        Reading(whole, trust, "ocr"),
        *(Reading(r, round((1 - trust) / 2, 6), "ocr-retry") for r in others),
    ]
    return CellText(texts, trust, tuple(readings), pattern)
