"""Tables of a scan without ruling lines: groups of letters become runs, the digital reader finds columns.

Runs are read one by one like cells, so that a figure keeps its readings and its confidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from extract.columns import FIGURES as FIGURES_APART
from extract.columns import Column, Word, columns_of, figure_lines, words_of
from extract.document import Box, Cell, Heading, Row, Table
from extract.extent import height
from extract.fill import lines_of
from extract.glyphs import Glyph, Run
from extract.headers import is_number, is_numeral
from extract.scan.blobs import Blobs
from extract.scan.border import folds
from extract.scan.cells import read_cells
from extract.scan.empty import empty_cells
from extract.scan.figures import looks_of
from extract.scan.fit import lies_askew
from extract.scan.ink import Mask, grown
from extract.scan.mesh import Grid, GridCell, Place
from extract.scan.picture import Picture
from extract.scan.reheading import with_headings_read
from extract.scan.ruling import Rules, dividers, drawn, pieces
from extract.scan.strokes import Window, digit_height, open_window_of
from extract.scan.table import in_doubt
from extract.scan.turned import Turned, level_runs, standing, turned_headings
from extract.scan.upright import Frame
from extract.scan.votes import CellText, Look
from extract.strokes import Stroke
from extract.unruled import unruled_tables

# A digit's height in font sizes (Times 0.66, Arial 0.72).
DIGIT = 0.68
# The smallest and the largest font size, in points, for which the white between two runs is measured.
SMALLEST, USUAL = 6.0, 12.0
# White that parts two runs, in font sizes: a space takes 0.25 to 0.33, two cells' texts 0.45 and more.
GAP = 0.4
# ... and points between the boxes of two parts of one text: a comma stands 1 behind a 7, cells leave 4.
TOUCH = 1.5
# Fewer numerals than this outside of ruled tables make no table.
LEAST = 9
# No figure is longer, in points: a title's lines are.
SHORT = 60.0
# Heights of marks at most and of digits at least, beside a digit: a low letter has 0.66 to 0.73 of a high one.
MARK, LEVEL = 0.5, 0.77
# Fewest rows of a table without lines, unless they hold as many figures as a table needs, and the share
# of its cells that are figures.
ROWS, FIGURES = 3, 0.4
# A space's width in those of letters.
SPACE = 0.5
# High letters are higher than this share of a digit; a title has so many of them, higher than digits by this factor.
LOW, TITLE, LARGER = 0.72, 3, 1.2
# A column on less than this share of the lines of figures, of which nothing is read for sure, is none.
FEW, SURE = 0.34, 0.9
# Largest speck in points, and how much wider than high a dash is at least (specks 1 to 1.4 on scans with dust; dashes
# are 2 to 3 points wide, 0.5 to 1 high).
SPECK, FLAT = 2.2, 1.45
# What the first row's serial number is read as.
ONES = ("I", "l", "|", "i", "Í", "!")
# What a stroke is read as, if not as a sign.
STROKES = ("1", *ONES)
# What a heading's line may consist of without a letter.
UNITS = ("%", "(%)")
# A cell made of parts of runs: nothing says that it was cut at the right place.
CUT = 0.3


@dataclass(frozen=True, slots=True)
class Loose:
    """A table without lines and its place on the upright picture, in pixels."""

    table: Table
    x0: int
    top: int
    x1: int
    bottom: int


@dataclass(frozen=True, slots=True)
class _Letters:
    """The pieces of text outside the ruled tables: their looks, base lines and font sizes, by place; the page's usual
    font size and pixels per point, and the height of its digits in pixels."""

    looks: Mapping[GridCell, Look]
    bases: Mapping[GridCell, float]
    sizes: Mapping[GridCell, float]
    size: float
    unit: float
    usual: float

    def run(self, box: GridCell, text: str) -> Run:
        return _run(box, self.bases[box], text, self.size, self.sizes[box], self.unit)

    @property
    def outline(self) -> list[Run]:
        """The pieces as figures and words, before they are read."""
        return [self.run(box, "0" if k.numeral else "x") for box, k in self.looks.items()]


def loose_tables(picture: Picture, grids: Sequence[Grid], rules: Rules, page: int) -> list[Loose]:
    """Tables outside the ruled ones."""
    rules = drawn(rules, picture.ink, picture.unit)
    dark = _letters(picture.ink.dark, grids, rules, picture.unit)
    return tables_of(picture, dark, rules, page)


def tables_of(picture: Picture, dark: Mask, rules: Rules, page: int) -> list[Loose]:
    """The tables that stand in the letters of a page, told by the `dark` pixels of these."""
    letters = _letters_outside(picture, _boxes(picture, dark))
    if letters is None or not figure_lines(letters.outline):
        return []
    dividers = _dividers(rules, picture.unit)
    turned = _turned(picture, letters, dividers)
    pieces = {box for heading in turned for box in heading.boxes}
    texts = read_cells(picture, [b for b in letters.looks if b not in pieces], open_window_of)
    homes = {letters.run(b, t.text): b for b, t in texts.items() if t.text}
    runs = _without_strays({run: texts[box] for run, box in homes.items()})
    runs |= {
        run: CellText((run.text,), SURE, ())
        for heading in turned
        for run in level_runs(heading, letters.size, picture.unit)
    }
    found = unruled_tables(list(runs), dividers, page)
    tables = [f.table for f, _ in found if _is_table(f.table)]
    again = [with_headings_read(t, homes, texts, picture, letters.usual) for t in tables]
    placed = [_placed(table, runs, picture) for table in again]
    askew = lies_askew(letters.bases)
    return [replace(p, table=in_doubt(p.table)) for p in placed] if askew else placed


def _letters_outside(picture: Picture, boxes: Sequence[GridCell]) -> _Letters | None:
    """The pieces of text, None where there are not enough figures for a table."""
    if sum(box.x1 - box.x0 < SHORT * picture.unit for box in boxes) < LEAST:
        return None
    windows = [open_window_of(picture.ink, box, picture.unit) for box in boxes]
    usual = digit_height(windows, picture.unit)
    looks = _looks(windows, usual, picture.unit)
    if sum(look.numeral for look in looks) < LEAST:
        return None
    points = DIGIT * picture.unit
    return _Letters(
        dict(zip(boxes, looks, strict=True)),
        {box: _base(look, usual) for box, look in zip(boxes, looks, strict=True)},
        {b: _height(w, usual) / points for b, w in zip(boxes, windows, strict=True)},
        usual / points,
        picture.unit,
        usual,
    )


def _turned(picture: Picture, letters: _Letters, dividers: Sequence[Stroke]) -> list[Turned]:
    """The headings that run up the page above the first line of figures."""
    boxes = list(letters.looks)
    chains = standing(boxes, dividers, picture.unit)
    top = _top_of_rows(letters.outline, boxes, chains) * picture.unit
    return turned_headings(picture, chains, top, letters.usual)


def _top_of_rows(
    outline: Sequence[Run], boxes: Sequence[GridCell], chains: Sequence[Sequence[GridCell]]
) -> float:
    """Where the first line of figures begins, in points, the letters of turned headings left out: side by side they
    look like a line of figures."""
    own = {box for chain in chains for box in chain}
    lines = figure_lines([r for r, b in zip(outline, boxes, strict=True) if b not in own])
    return min((word.run.box.top for word in lines[0]), default=0.0) if lines else 0.0


def _looks(windows: Sequence[Window], usual: float, unit: float) -> list[Look]:
    """The strokes' readings of what may be figures: words are most of a letter, and not worth reading so."""
    perhaps = [_may_be_figure(w, unit) for w in windows]
    read = iter(looks_of([w for w, yes in zip(windows, perhaps, strict=True) if yes], usual))
    return [
        next(read) if yes else Look(w, None, ()) for w, yes in zip(windows, perhaps, strict=True)
    ]


def _may_be_figure(window: Window, unit: float) -> bool:
    """Whether what stands here is short, and all as high as the highest but for marks and dashes: nearly
    every word has a low letter beside a high one."""
    highest = max((b.height for b in window.blobs), default=0)
    middling = (MARK * highest < b.height < LEVEL * highest for b in window.blobs)
    return window.depth.shape[1] < SHORT * unit and not any(middling)


def _is_table(table: Table) -> bool:
    """Justified prose stands its words apart; a table has rows, and figures in them."""
    texts = [cell.text for row in table.rows for cell in row.cells if cell.lines]
    figures = sum(map(is_number, texts))
    enough = len(table.rows) >= ROWS or figures >= LEAST
    return enough and figures > FIGURES * len(texts)


def _boxes(picture: Picture, letters: Mask) -> list[GridCell]:
    """Runs of letters: blobs nearer than a gap, with their accents."""
    unit, dark = picture.unit, letters.copy()
    left, right = folds(picture.gray)
    dark[:, :left] = dark[:, dark.shape[1] - right :] = False
    gap = round(GAP * _font_size(dark, unit) * unit) | 1
    joined = cv2.morphologyEx(dark.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    stats = cv2.connectedComponentsWithStats(joined, connectivity=8)[2][1:]
    boxes = [(x, y, x + w, y + h) for x, y, w, h, area in stats.tolist() if area > unit * unit]
    high = [b for b in boxes if 4 * unit < b[3] - b[1] < 22 * unit]
    lines = _touching(high, dark.shape, round(TOUCH * unit))
    runs = list(lines)
    for mark in (b for b in boxes if b[3] - b[1] <= 4 * unit):
        home = _home(mark, runs, 3 * unit)
        if home is not None:
            lines[home] = _around([lines[home], mark])
        elif not _is_speck(mark, unit):
            lines.append(mark)
    return [
        GridCell(0, i, 1, 1, max(0, b[0] - 2), max(0, b[1] - 2), b[2] + 2, b[3] + 2)
        for i, b in enumerate(lines)
    ]


def _font_size(dark: Mask, unit: float) -> float:
    """About the size of the letters in points, no more than usual: three of four are no higher than a digit."""
    heights = Blobs.of(dark).high[1:]
    letters = heights[(heights > SMALLEST * DIGIT * unit) & (heights < USUAL * unit)]
    return min(USUAL, float(np.percentile(letters, 75)) / unit / DIGIT) if letters.size else USUAL


def _touching(boxes: Sequence[Place], shape: tuple[int, ...], near: int) -> list[Place]:
    """The boxes, neighbours on a line no further apart than `near` pixels made one: of a 7 and the comma that
    follows it nothing is level and near. `shape` is the picture's."""
    bands = np.zeros(shape, np.uint8)
    for x0, top, x1, bottom in boxes:
        quarter = (bottom - top) // 4
        bands[top + quarter : bottom - quarter, x0 : x1 + near] = 1
    labels = cv2.connectedComponents(bands)[1]
    runs: dict[int, list[Place]] = defaultdict(list)
    for box in boxes:
        runs[int(labels[(box[1] + box[3]) // 2, box[0]])].append(box)
    return [_around(run) for run in runs.values()]


def _around(boxes: Sequence[Place]) -> Place:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _home(mark: Place, runs: Sequence[Place], near: float) -> int | None:
    """The run whose accent, or dot, a small blob is: the nearest, where lines are set close."""
    beside = [i for i, run in enumerate(runs) if mark[0] < run[2] and mark[2] > run[0]]
    off = {i: max(runs[i][1] - mark[3], mark[1] - runs[i][3]) for i in beside}
    home = min(off, key=lambda i: off[i], default=None)
    return home if home is not None and off[home] < near else None


def _is_speck(mark: Place, unit: float) -> bool:
    """Whether a small blob that stands alone is as wide as high: a dash is none, a cross is larger."""
    width, height = mark[2] - mark[0], mark[3] - mark[1]
    return max(width, height) < SPECK * unit and width < FLAT * height


def _letters(dark: Mask, grids: Sequence[Grid], rules: Rules, unit: float) -> Mask:
    """Ink outside of tables, without lines."""
    left = dark & ~grown(rules.across | rules.down)
    left &= ~pieces(rules.across, left, unit)
    for grid in grids:
        left[max(0, grid.ys[0] - 3) : grid.ys[-1] + 3, max(0, grid.xs[0] - 3) : grid.xs[-1] + 3] = (
            False
        )
    return np.asarray(left)


def _base(look: Look, usual: float) -> float:
    """A run's base line in pixels of the page: letters of a line differ in height, not in this."""
    if look.numeral and look.strip:
        return look.window.y + look.strip.base
    bottoms = [b.bottom for b in look.window.blobs if LOW * usual < b.height < 1.35 * usual]
    return look.window.y + (float(np.median(bottoms)) if bottoms else float(look.window.height))


def _height(window: Window, usual: float) -> float:
    """A digit's height beside a run's letters: the `usual` one, or that of a title's larger letters."""
    high = [b.height for b in window.blobs if b.height > LOW * usual]
    own = float(np.percentile(high, 75)) if len(high) >= TITLE else usual
    return own if own > LARGER * usual else usual


def _without_strays(runs: Mapping[Run, CellText]) -> dict[Run, CellText]:
    """The runs without what specks, a stamp or a worn line leave: it would make rows and columns of its own.

    Specks between two columns bridge to one others that stand alone once the first are gone. The cells of a column
    of which only headings are left are doubtful, not blank.
    """
    fewer = _without_some(runs)
    return fewer if len(fewer) == len(runs) else _without_strays(fewer)


def _without_some(runs: Mapping[Run, CellText]) -> dict[Run, CellText]:
    """The runs without those of them that stand alone as things are."""
    lines = [line for line in map(words_of, lines_of(runs)) if line]
    figures = figure_lines(runs)
    if not figures:
        return dict(runs)
    top, bottom = (height(figures[i]) for i in (0, -1))
    inside = [line for line in lines if top <= height(line) <= bottom]
    strays = {word for line in inside for word in _specks(line, inside=True)}
    strays.update(w for line in lines if height(line) < top for w in _specks(line, inside=False))
    kept = []
    strays.update(_bridges(figures, runs))
    for column in columns_of([[w for w in line if w not in strays] for line in figures]):
        own = _words_in(column, figures)
        if _is_few(own, figures) and not any(_is_sure(w, runs) and not _is_stroke(w) for w in own):
            strays.update(own)
        else:
            kept.append(column)
    for word in (w for line in inside for w in line):
        apart = all(word.x1 < column.x0 or column.x1 < word.x0 for column in kept)
        if apart and not _is_sure(word, runs):
            strays.add(word)
    sources = {word.source for word in strays}
    return {run: text for run, text in runs.items() if run not in sources}


def _bridges(figures: Sequence[Sequence[Word]], runs: Mapping[Run, CellText]) -> Iterator[Word]:
    """What a pen's strokes are read as between two columns: words hardly read, and strokes read as a 1, that stand in
    neither of the columns which those well read make."""
    well = [[w for w in line if runs[w.source].confidence >= SURE] for line in figures]
    columns = [c for c in columns_of(well) if not _is_few(_words_in(c, well), figures)]
    for whole in columns_of(figures):
        within = [c for c in columns if whole.x0 <= c.x0 and c.x1 <= whole.x1]
        for word in _words_in(whole, figures) if len(within) > 1 else ():
            poor = runs[word.source].confidence < SURE or _is_stroke(word)
            if poor and not any(c.x0 <= word.middle <= c.x1 for c in within):
                yield word


def _words_in(column: Column, lines: Sequence[Sequence[Word]]) -> list[Word]:
    return [w for line in lines for w in line if column.x0 <= w.middle <= column.x1]


def _is_few(words: Sequence[Word], lines: Sequence[Sequence[Word]]) -> bool:
    """Whether they stand on too few of the lines to make a column."""
    return len({w.y for w in words}) < FEW * len(lines)


def _is_stroke(word: Word) -> bool:
    return word.run.text in STROKES or not any(map(str.isalnum, word.run.text))


def _specks(line: Sequence[Word], inside: bool) -> list[Word]:
    """A line's words that say nothing: `inside` the body where nothing else stands on the line, for it may hold the
    dashes of a row, as may one above that begins with a number."""
    marks = [w for w in line if w.run.text not in UNITS and not _says(w)]
    first = min(line, key=lambda w: w.x0)
    row = len(marks) < len(line) if inside else is_numeral(first.run.text)
    return [] if row or (inside and len(marks) >= FIGURES_APART) else marks


def _says(word: Word) -> bool:
    """Whether a word, or another of its run, says anything: a dash before words is theirs."""
    return any(map(str.isalnum, word.source.text))


def _is_sure(word: Word, runs: Mapping[Run, CellText]) -> bool:
    """Whether a word was read for sure, and says anything."""
    return runs[word.source].confidence >= SURE and any(map(str.isalnum, word.run.text))


def _run(box: GridCell, base: float, text: str, size: float, own: float, unit: float) -> Run:
    """A run in points of the upright page; its characters share its width, spaces half as wide, and no wider than
    in one cell's text: titles are larger than the figures, of the font size `size`; its `own` tells how wide its
    spaces are."""
    x0, x1 = (box.x0 + 2) / unit, (box.x1 - 2) / unit
    spaces = text.count(" ")
    space = SPACE * (x1 - x0) / max(len(text) - (1 - SPACE) * spaces, 1.0)
    space = min(space, GAP * size)
    letter = (x1 - x0 - space * spaces) / max(len(text) - spaces, 1)
    widths = np.array([space if c == " " else letter for c in text] or [1.0])
    ends = x0 + (x1 - x0) * np.cumsum(widths) / widths.sum()
    starts = [x0, *ends[:-1].tolist()]
    glyphs = tuple(Glyph(c, a, b) for c, a, b in zip(text, starts, ends.tolist(), strict=False))
    line = base / unit
    return Run(glyphs, Box(x0, line - 0.8 * size, x1, line + 0.2 * size), own, "scan")


def _dividers(rules: Rules, unit: float) -> list[Stroke]:
    found = dividers(rules.across, unit)
    return [Stroke(y / unit, start / unit, end / unit) for y, start, end in found]


def _placed(table: Table, runs: dict[Run, CellText], picture: Picture) -> Loose:
    empty = empty_cells(table, picture)
    rows = tuple(
        Row(
            tuple(_cell(c, runs, picture, empty.get((r, c.column))) for c in row.cells),
            row.page,
            row.loose,
        )
        for r, row in enumerate(table.rows)
    )
    assert table.box is not None
    x0, top, x1, bottom = (round(v * picture.unit) for v in _sides(table.box))
    shown = replace(
        table,
        reader="scan",
        rows=rows,
        header=tuple(_heading(h, picture) for h in table.header),
        box=_shown(table.box, picture.frame, picture.unit),
    )
    return Loose(replace(shown, rows=_counted(shown.rows)), x0, top, x1, bottom)


def _counted(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows, those right before the one numbered 2 numbered 1: alone, a 1 is read as the I of a section, which
    the row numbered 1 follows."""
    return (
        tuple(
            _as_first(a) if _serial(a) in ONES and _serial(b) == "2" else a
            for a, b in pairwise(rows)
        )
        + rows[-1:]
    )


def _as_first(row: Row) -> Row:
    return replace(row, cells=(replace(row.cells[0], lines=("1",)), *row.cells[1:]))


def _serial(row: Row) -> str:
    return row.cells[0].text.strip(" .-") if row.cells else ""


def _cell(cell: Cell, runs: dict[Run, CellText], picture: Picture, empty: CellText | None) -> Cell:
    """The cell with what is known of the runs in it; `empty`: of its paper, where no ink stands."""
    if empty is not None:
        return replace(cell, origin="ocr", confidence=empty.confidence, readings=empty.readings)
    if cell.box is None or not cell.lines:
        return replace(cell, origin="ocr", confidence=CUT)
    inside = [text for run, text in runs.items() if _within(run, cell.box)]
    box = _shown(cell.box, picture.frame, picture.unit)
    whole = len(inside) == 1 and inside[0].text == cell.text
    if whole:
        return replace(
            cell,
            origin="ocr",
            box=box,
            confidence=inside[0].confidence,
            readings=inside[0].readings,
        )
    same = " ".join(t.text for t in inside) == cell.text
    sure = min((t.confidence for t in inside), default=CUT) if same else CUT
    return replace(cell, origin="ocr", box=box, confidence=sure)


def _within(run: Run, box: Box) -> bool:
    middle = (run.box.x0 + run.box.x1) / 2
    return box.x0 <= middle <= box.x1 and box.top <= run.middle <= box.bottom


def _heading(heading: Heading, picture: Picture) -> Heading:
    box = heading.box and _shown(heading.box, picture.frame, picture.unit)
    return replace(heading, box=box, children=tuple(_heading(c, picture) for c in heading.children))


def _shown(box: Box, frame: Frame, unit: float) -> Box:
    return frame.box(*(v * unit for v in _sides(box)))


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom
