"""Reads the cells of a grid: numerals by strokes and by Tesseract, names by Tesseract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.document import Reading
from extract.scan.figures import (
    CutOut,
    Setting,
    looks_of,
    read_figures,
    set_at,
    with_lines_laid,
    with_paler_ink_aside,
)
from extract.scan.lettering import DUST, Lines, least, read_level, read_words
from extract.scan.marks import NUMBERING, usual_marks, with_marks_weighed
from extract.scan.mesh import GridCell
from extract.scan.picture import Picture
from extract.scan.spacing import pitch_of
from extract.scan.strokes import Window, digit_height, window_of
from extract.scan.trust import TEXT, trust_in
from extract.scan.votes import PLAUSIBLE, SURE, CellText, Look, ranked

# A cell of a numeric column is a word only when Tesseract is so sure of its letters.
LETTERS = 0.5
# Letters of a grade's initials; share of poor figures from which a column may have them (of digits even at
# 150 dpi fewer are poor); cells of it shown to the engine.
INITIALS, POOR, ASKED = 2, 0.3, 3


def read_cells(
    picture: Picture, cells: Sequence[GridCell], cut_out: CutOut = window_of
) -> dict[GridCell, CellText]:
    """Reads every cell of a grid; `cut_out` gives a cell's inside."""
    windows = [cut_out(picture.ink, cell, picture.unit) for cell in cells]
    usual = digit_height([w for w in windows if w.height < 30 * picture.unit], picture.unit)
    looks = looks_of(windows, usual)
    pitch = pitch_of([k.guesses[0] for k in looks if k.guesses])
    setting = Setting(usual, pitch)
    looks = _in_columns(cells, [set_at(k, pitch) for k in with_lines_laid(looks, setting)])
    numeric = _numeric_columns(cells, looks)
    lettered = _lettered_columns(cells, looks, usual)
    found: dict[GridCell, CellText] = {}
    figures: list[tuple[GridCell, Look]] = []
    strange: list[Strange] = []
    for cell, look in zip(cells, looks, strict=True):
        if not look.window.blobs:
            found[cell] = _blank(look.window, usual)
        elif all(max(b.width, b.height) < DUST * usual for b in look.window.blobs):
            found[cell] = _dusty()
        elif look.likely and cell.column not in lettered:
            figures.append((cell, look))
        else:
            lines, rivals = read_words(look.window, usual)
            perhaps = look.numeral or cell.column in numeric or _is_figure(lines)
            word = _is_word(lines) or (cell.column in lettered and _has_letter(lines))
            figure = look.strip is not None and perhaps and not word
            if figure or least(lines) < TEXT:
                strange.append(Strange(cell, look, _as_text(lines, rivals), figure))
            else:
                found[cell] = _as_text(lines, rivals)
    for odd in _without_seals(picture, strange, setting, cut_out):
        if odd.figure:
            figures.append((odd.cell, odd.look))
        else:
            found[odd.cell] = odd.text
    found |= read_figures(picture, figures, setting, cut_out)
    return found


@dataclass(frozen=True, slots=True)
class Strange:
    """A cell that is neither a likely figure nor a well read text: what it is as either, and which it is."""

    cell: GridCell
    look: Look
    text: CellText
    figure: bool


def _without_seals(
    picture: Picture, strange: Sequence[Strange], setting: Setting, cut_out: CutOut
) -> list[Strange]:
    """Strange cells looked at again without a seal's paler ink: what is a likely figure then is one."""
    if not strange:
        return []
    looks = [s.look for s in strange]
    darker = with_paler_ink_aside(picture, [s.cell for s in strange], looks, setting, cut_out)
    return [
        replace(s, look=look, figure=s.figure or look.aside)
        if look.window.blobs
        else replace(s, text=_under_seal(), figure=False)
        for s, look in zip(strange, darker, strict=True)
    ]


def _under_seal() -> CellText:
    """Paler ink only, as a seal's is in gray: a blank cell, perhaps."""
    trust = trust_in("seal")
    return CellText((), trust, (Reading("", trust, "ocr"),), "seal")


def _in_columns(cells: Sequence[GridCell], looks: Sequence[Look]) -> list[Look]:
    """The looks, their guesses weighed by what their column holds to."""
    columns = [cell.column for cell in cells]
    weighed = [ranked(g) for g in with_marks_weighed(columns, [look.guesses for look in looks])]
    marks = usual_marks(columns, weighed)
    return [replace(k, guesses=g, mark=m) for k, g, m in zip(looks, weighed, marks, strict=True)]


def _numeric_columns(cells: Sequence[GridCell], looks: Sequence[Look]) -> set[int]:
    """Columns in which most inked single cells are numerals."""
    counts: dict[int, list[bool]] = defaultdict(list)
    for cell, look in zip(cells, looks, strict=True):
        if cell.columns == 1 and cell.rows == 1 and look.window.blobs:
            counts[cell.column].append(look.numeral)
    return {column for column, hits in counts.items() if sum(hits) > 0.6 * len(hits)}


def _lettered_columns(cells: Sequence[GridCell], looks: Sequence[Look], usual: float) -> set[int]:
    """Columns of initials (XS, T, K), which to the strokes are poor figures of one digit or two, where the
    engine reads letters in most of the poorest."""
    figures: dict[int, list[Look]] = defaultdict(list)
    for cell, look in zip(cells, looks, strict=True):
        if cell.column > NUMBERING and look.likely:
            figures[cell.column].append(look)
    return {
        column
        for column, here in figures.items()
        if max(len(k.best) for k in here) <= INITIALS
        and sum(k.guesses[0].weakest < SURE for k in here) > POOR * len(here)
        and _mostly_letters(sorted(here, key=lambda k: k.guesses[0].weakest)[:ASKED], usual)
    }


def _mostly_letters(looks: Sequence[Look], usual: float) -> bool:
    read = [read_level(look.window, usual) for look in looks]
    return sum(_has_letter(lines) and least(lines) > LETTERS for lines in read) > len(read) / 2


def _has_letter(lines: Lines) -> bool:
    return any(c.isalpha() for line in lines for c in line.text)


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


def _is_figure(lines: Lines) -> bool:
    """Whether what the strokes do not read is a figure to the engine: its digits may touch."""
    text = "".join(line.text for line in lines)
    return bool(PLAUSIBLE.fullmatch(text)) and any(c.isdigit() for c in text)


def _is_word(lines: Lines) -> bool:
    """Whether a cell among figures is a word all the same, or a formula of the heading (3=2/1)."""
    text = "".join(line.text for line in lines)
    return "=" in text or (sum(c.isalpha() for c in text) >= 2 and least(lines) > LETTERS)


def _as_text(lines: Lines, rivals: Sequence[str]) -> CellText:
    texts = tuple(line.text for line in lines)
    whole = " ".join(texts)
    engine_sure = least(lines)
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
