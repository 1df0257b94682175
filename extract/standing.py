"""Turned headings of tables without upright lines, set like headings that are wrapped word by word.

What stands on its side over a narrow column is read like `Chỉ` / `số` / `2` / `(10đ)`, each word below the one before:
where the writing begins and ends says where the column is, and how far down its heading goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .document import Box
from .glyphs import Glyph, Run

_PARTS = re.compile(r"\([^)]*\)|\d+\s\S+|[^\s(]+(?:\s\d+(?!\S))?|\S+")
NARROW = 0.25
"""Width of a letter in font sizes, at most: words of a turned heading fit into its column."""
BESIDE = 0.8
"""White in font sizes between two lines of one turned heading, at most."""


def standing(runs: Sequence[Run]) -> list[Run]:
    """The runs, turned ones made words below each other."""
    turned = [run for run in runs if run.turn in (90, 270)]
    headings = (word for group in _groups(turned) for word in _words(group))
    return [*(run for run in runs if run.turn not in (90, 270)), *headings]


def wrapped(text: str) -> list[str]:
    """A heading word by word; no number stands alone, as a line of such is one of figures."""
    return _PARTS.findall(text)


def _groups(turned: Sequence[Run]) -> list[list[Run]]:
    """The lines of each turned text, in the order of reading."""
    groups: list[list[Run]] = []
    for run in sorted(turned, key=lambda r: r.box.x0 if r.turn == 270 else -r.box.x1):
        home = next((g for g in reversed(groups) if _goes_on(g[-1], run)), None)
        if home:
            home.append(run)
        else:
            groups.append([run])
    return groups


def _goes_on(line: Run, run: Run) -> bool:
    gap = max(line.box.x0, run.box.x0) - min(line.box.x1, run.box.x1)
    level = min(line.box.bottom, run.box.bottom) - max(line.box.top, run.box.top)
    shorter = min(r.box.bottom - r.box.top for r in (line, run))
    return line.turn == run.turn and gap < BESIDE * run.size and level > shorter / 2


def _words(group: Sequence[Run]) -> Iterator[Run]:
    words = wrapped(" ".join(run.text for run in group))
    boxes = [run.box for run in group]
    middle = (min(b.x0 for b in boxes) + max(b.x1 for b in boxes)) / 2
    top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
    first = group[0]
    for place, word in enumerate(words):
        y = top + (place + 0.5) * (bottom - top) / len(words)
        wide, high = NARROW * first.size * len(word), first.size / 2
        glyph = Glyph(word, middle - wide, middle + wide)
        box = Box(glyph.x0, y - high, glyph.x1, y + high)
        yield replace(first, glyphs=(glyph,), box=box, turn=0, legacy=None)
