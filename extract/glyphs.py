"""Characters of a digital page to runs: pieces of one printed line, as the file writes them.

Runs follow the order of the file, not the place on the paper: a text clipped by its cell still lies
under the next cell's figures, and sorting by place would shuffle the two together.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from .document import Box
from .encoding import Legacy, clean, decode, detect
from .weave import Char, Piece, along, same_line, turn_of, woven

WORD_GAP = 0.18
"""Gap between glyphs, in font sizes, that separates words: a space is 0.25 or more, kerning under 0.1."""
RUN_GAP = 0.6
"""Gap that ends a run: wider than a stretched space of justified text, narrower than most gutters."""
SAME_PLACE = 0.12
"""A bold faked by printing twice moves the second print by less than this many font sizes."""
WRITTEN = 5
"""So many written spaces for each gap without one show that a gap is no space: tables hold one gap in
ten words at most."""
PADDING_SPACES = 3
"""So many spaces on end are padding, as spreadsheets write it, not a space between words."""


class Glyph(NamedTuple):
    """One character along its line of writing, in points."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs written one after the other on one line. `turn` is the clockwise turn of the writing;
    `whole` runs are all that their cell holds on that line, as their page writes spaces as such."""

    glyphs: tuple[Glyph, ...]
    box: Box
    size: float
    font: str
    turn: int = 0
    legacy: Legacy | None = None
    whole: bool = False

    @property
    def text(self) -> str:
        return clean(decode(self.raw, self.legacy, self.font))

    @property
    def raw(self) -> str:
        return "".join(g.text for g in spaced(self.glyphs, self.size))

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2

    @property
    def bold(self) -> bool:
        return "bold" in self.font.lower()

    def part(self, start: int, end: int) -> Run:
        """The run of glyphs `start`..`end` (exclusive), without outer spaces."""
        glyphs = _trimmed(self.glyphs[start:end])
        box = replace(self.box, x0=glyphs[0].x0, x1=glyphs[-1].x1) if not self.turn else self.box
        return replace(self, glyphs=glyphs, box=box)


def spaced(glyphs: Sequence[Glyph], size: float) -> Iterator[Glyph]:
    """The glyphs with a space wherever only a gap separates two words."""
    last: Glyph | None = None
    for glyph in glyphs:
        if last and glyph.x0 - last.x1 > WORD_GAP * size and " " not in (last.text, glyph.text):
            yield Glyph(" ", last.x1, glyph.x0)
        yield glyph
        last = glyph


def runs_of(chars: Iterable[Char], legacies: dict[str, Legacy]) -> list[Run]:
    """The runs of a page. `legacies` remembers, over pages, which fonts are in a legacy encoding."""
    kept = list(once(chars))
    _recognise(kept, legacies)
    written = [piece for piece in _pieces(kept, legacies) if _ink(piece)]
    whole = _writes_spaces(written)
    pieces = woven(written)
    if whole:
        pieces = [part for piece in pieces for part in _at_gaps(piece)]
    return [run for piece in pieces if (run := _run(piece, legacies, whole))]


def once(chars: Iterable[Char]) -> Iterator[Char]:
    """The characters without second prints at (nearly) the same place."""
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = defaultdict(list)
    for char in chars:
        x, y, near = char["x0"], char["top"], SAME_PLACE * char["size"]
        column, line = int(x // 4), int(y // 4)
        around = (
            place
            for dx in (column, column - 1, column + 1)
            for dy in (line, line - 1, line + 1)
            for place in seen.get((char["text"], dx, dy), ())
        )
        if char["text"].isspace() or not any(
            abs(x - a) < near and abs(y - b) < near for a, b in around
        ):
            seen[char["text"], column, line].append((x, y))
            yield char


def _recognise(chars: Sequence[Char], legacies: dict[str, Legacy]) -> None:
    """Legacy encodings are told font by font: one document may mix them with Unicode."""
    texts: dict[str, list[str]] = defaultdict(list)
    last: dict[str, Char] = {}
    for char in chars:
        font = char["fontname"]
        before = last.get(font, char)
        apart = abs(before["x1"] - char["x0"]) + abs(before["top"] - char["top"]) > char["size"]
        texts[font] += [" ", char["text"]] if apart else [char["text"]]
        last[font] = char
    for font, letters in texts.items():
        text = "".join(letters)
        if font not in legacies and not text.isascii() and (legacy := detect(text, font)):
            legacies[font] = legacy


def _pieces(chars: Iterable[Char], legacies: dict[str, Legacy]) -> Iterator[Piece]:
    piece: Piece = []
    for char in chars:
        turn = turn_of(char)
        if piece and not _continues(piece, char, turn, legacies):
            yield piece
            piece = []
        piece.append((char, turn))
    if piece:
        yield piece


def _continues(piece: Piece, char: Char, turn: int, legacies: dict[str, Legacy]) -> bool:
    last, last_turn = piece[-1]
    if unicodedata.combining(char["text"][0]):
        return True
    if turn != last_turn or not same_line(last, char, turn) or _padding(piece):
        return False
    if legacies.get(last["fontname"]) != legacies.get(char["fontname"]):
        return False
    gap: float = along(char, turn)[0] - along(last, turn)[1]
    size: float = char["size"]
    return -0.5 * size < gap < RUN_GAP * size


def _gap(a: tuple[Char, int], b: tuple[Char, int]) -> float:
    """Room between two characters in font sizes; none beside a written space."""
    if a[0]["text"].isspace() or b[0]["text"].isspace():
        return 0.0
    room: float = (along(*b)[0] - along(*a)[1]) / b[0]["size"]
    return room


def _writes_spaces(pieces: Sequence[Piece]) -> bool:
    """Whether the page's program writes the spaces between words instead of leaving room."""
    gaps = sum(_gap(a, b) > WORD_GAP for piece in pieces for a, b in pairwise(piece))
    spaces = sum(char["text"].isspace() for piece in pieces for char, _ in piece)
    return bool(spaces > WRITTEN * gaps)


def _at_gaps(piece: Piece) -> Iterator[Piece]:
    """The piece cut where room without a space parts two cells, if it writes its own spaces."""
    gaps = sum(_gap(a, b) > WORD_GAP for a, b in pairwise(piece))
    if gaps > sum(char["text"].isspace() for char, _ in piece):
        yield piece
        return
    start = 0
    for i, (a, b) in enumerate(pairwise(piece), 1):
        if _gap(a, b) > WORD_GAP:
            yield piece[start:i]
            start = i
    yield piece[start:]


def _padding(piece: Piece) -> bool:
    tail = piece[-PADDING_SPACES:]
    return len(tail) == PADDING_SPACES and all(char["text"].isspace() for char, _ in tail)


def _ink(piece: Piece) -> bool:
    return any(not char["text"].isspace() for char, _ in piece)


def _run(piece: Piece, legacies: dict[str, Legacy], whole: bool) -> Run | None:
    chars, turn = [char for char, _ in piece], piece[0][1]
    glyphs = _trimmed(tuple(Glyph(c["text"], *along(c, turn)[:2]) for c in chars))
    if not glyphs:
        return None
    inked = [char for char in chars if not char["text"].isspace()]
    font = inked[0]["fontname"]
    level = [char for char in inked if char["fontname"] == font] if not turn else inked
    box = Box(  # other fonts' letters reach higher and lower
        min(c["x0"] for c in inked),
        min(c["top"] for c in level),
        max(c["x1"] for c in inked),
        max(c["bottom"] for c in level),
    )
    whole = whole and not any(_gap(a, b) > WORD_GAP for a, b in pairwise(piece))
    return Run(glyphs, box, inked[0]["size"], font, turn, legacies.get(font), whole)


def _trimmed(glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    start, end = 0, len(glyphs)
    while start < end and not glyphs[start].text.strip():
        start += 1
    while end > start and not glyphs[end - 1].text.strip():
        end -= 1
    return glyphs[start:end]
