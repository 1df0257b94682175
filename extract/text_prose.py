"""Paragraphs out of the lines of a text file, which may or may not be wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document import Line, Origin, Paragraph
from .text_lines import SourceLine

_MARK = re.compile(r"\s*([-–+•*]\s|\d{1,2}(\.\d{1,2})*[.)]\s|[IVX]+\.\s|[a-zđ][.)]\s|\()")
_END = re.compile(r"[.:;!?…][\"”')\]]*\s*$")
WRAPPED = 130
"""A text whose lines are mostly shorter than this many characters is taken as wrapped by its page."""
SHORT = 0.62
"""Share of the usual line length below which a line ends its paragraph: the longest word at a line
end leaves 0.85 of it filled, a heading about half."""


def paragraphs_of(
    lines: Sequence[tuple[int, SourceLine]], origin: Origin
) -> list[tuple[int, Paragraph]]:
    """Paragraphs with the number of their first line; `order` is given later."""
    usual = _usual_length([line.text for _, line in lines if not line.blank])
    groups: list[list[tuple[int, SourceLine]]] = []
    for number, line in lines:
        if line.blank:
            continue
        if not groups or not _goes_on(groups[-1], number, line, usual):
            groups.append([])
        groups[-1].append((number, line))
    return [(group[0][0], _paragraph([line for _, line in group], origin)) for group in groups]


def _usual_length(texts: Sequence[str]) -> float:
    """The length of a full line, 0 for a text that is not wrapped."""
    lengths = sorted(len(text.strip()) for text in texts)
    full = lengths[int(0.8 * (len(lengths) - 1))] if lengths else 0
    return float(full) if full < WRAPPED else 0.0


def _goes_on(
    group: Sequence[tuple[int, SourceLine]], number: int, line: SourceLine, usual: float
) -> bool:
    """Whether a line belongs to the paragraph above it."""
    last_number, last = group[-1]
    text, above = line.text.strip(), last.text.strip()
    if number - last_number > 3 or _MARK.match(line.text) or _capitals(text) != _capitals(above):
        return False
    if text[0].islower() or (_MARK.match(group[0][1].text) and above.endswith((";", ","))):
        return not _END.search(above) or above.endswith(";")
    if line.text.startswith(" ") and last_number != number - 1:
        return False
    return not _END.search(above) and len(above) >= SHORT * usual > 0


def _capitals(text: str) -> bool:
    return text.isupper()


def _paragraph(lines: Sequence[SourceLine], origin: Origin) -> Paragraph:
    texts = [" ".join(line.text.replace("**", "").split()) for line in lines]
    printed = (Line(text, line.page, None) for text, line in zip(texts, lines, strict=True))
    return Paragraph(tuple(printed), 0, origin)
