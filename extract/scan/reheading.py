"""Headings of tables without lines read again, each as a whole: in pieces of a word or two `2 (5` becomes `25`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from extract.document import Box, Heading, Table
from extract.glyphs import Run
from extract.scan.lettering import Lines, least, read_words
from extract.scan.mesh import GridCell, around
from extract.scan.picture import Picture
from extract.scan.strokes import open_window_of
from extract.scan.votes import CellText

# Share of the characters that both readings have in common: else one took in another heading's letters.
ALIKE = 0.8


def with_headings_read(
    table: Table,
    homes: Mapping[Run, GridCell],
    texts: Mapping[GridCell, CellText],
    picture: Picture,
    usual: float,
) -> Table:
    """The table with those headings read again of which some piece is doubtful. `homes` are the places of the runs,
    `usual` is a digit's height, in pixels of the upright page, the table's boxes are in its points."""

    def again(heading: Heading) -> Heading:
        children = tuple(map(again, heading.children))
        pieces = [b for run, b in homes.items() if heading.box and _within(run, heading.box)]
        if len(pieces) < 2:
            return replace(heading, children=children)
        lines = read_words(open_window_of(picture.ink, around(pieces), picture.unit), usual)[0]
        text = _better(heading.text, min(texts[b].confidence for b in pieces), lines)
        return replace(heading, text=text, children=children)

    return replace(table, header=tuple(map(again, table.header)))


def _within(run: Run, box: Box) -> bool:
    middle = (run.box.x0 + run.box.x1) / 2
    return box.x0 <= middle <= box.x1 and box.top <= run.middle <= box.bottom


def _better(text: str, trust: float, lines: Lines) -> str:
    """The text, or the lines where these were read with more trust in the weakest word, say about the same and have
    lost no digit: numbers and maxima tell columns apart."""
    whole = " ".join(line.text for line in lines)
    same = SequenceMatcher(None, "".join(text.split()), "".join(whole.split())).ratio()
    fewer = _digits(whole) < _digits(text)
    return whole if least(lines) > trust and same >= ALIKE and not fewer else text


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
