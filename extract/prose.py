"""Runs outside tables to paragraphs in reading order.

Blocks side by side (the letterhead's issuer and motto, the addressees and the signature) are read
one after the other, each with its own lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .document import Box, Line, Paragraph
from .fill import lines_of, printed_lines
from .glyphs import Run

GUTTER = 1.6
"""Gap, in font sizes, that parts two blocks: justified lines stretch spaces to about one."""
LEADING = 0.8
"""Extra leading, in font sizes, that parts two paragraphs; text set at 1.5 lines has about 0.6."""
BESIDE = 1.2
"""A line belongs to the block above it on its side when it follows within so many font sizes."""

_MARK = re.compile(r"([-–+•*]|\(?\d{1,2}[.)]|\d+(\.\d+)+\.?|[IVX]+\.|[a-zđ][.)]|\()\s*\S")
_END = re.compile(r"[.:;!?…]['\"”)]*$")
_HEADING = re.compile(r"(\d+(\.\d+)*|[IVX]+|[a-zđ])[.)]")
_TITLE = re.compile(r"(BÁO CÁO|PHỤ LỤC|Phụ lục|BIỂU|Biểu)( số)?[ \d.A-Z]*$")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one printed line without a gutter in it."""

    runs: tuple[Run, ...]
    box: Box

    @property
    def size(self) -> float:
        return self.runs[0].size

    @property
    def bold(self) -> bool:
        return all(run.bold for run in self.runs)

    @property
    def text(self) -> str:
        return " ".join(printed_lines(self.runs))


def paragraphs_of(runs: Iterable[Run], page: int) -> list[Paragraph]:
    """Paragraphs from the top of the page; `order` is given later."""
    return [
        Paragraph(tuple(Line(s.text, page, s.box) for s in group), 0, "text-layer")
        for block in _blocks([_segments(line) for line in lines_of(runs)])
        for group in _grouped(block)
    ]


def segment_of(runs: Sequence[Run]) -> Segment:
    """The segment of runs that stand on one line."""
    box = Box(
        min(r.box.x0 for r in runs),
        min(r.box.top for r in runs),
        max(r.box.x1 for r in runs),
        max(r.box.bottom for r in runs),
    )
    return Segment(tuple(runs), box)


def _segments(line: Sequence[Run]) -> list[Segment]:
    groups: list[list[Run]] = []
    for run in line:
        if groups and run.box.x0 - groups[-1][-1].box.x1 < GUTTER * run.size:
            groups[-1].append(run)
        else:
            groups.append([run])
    return [segment_of(group) for group in groups]


def _blocks(lines: Sequence[list[Segment]]) -> list[list[Segment]]:
    """Full-width lines are one block after the other; bands of parted lines go side by side."""
    blocks: list[list[Segment]] = []
    full: list[Segment] = []
    band: list[list[Segment]] = []
    for line in lines:
        if len(line) > 1 or (band and _is_beside(band, line[0])):
            blocks += [full] if full else []
            full = []
            band.append(line)
        else:
            blocks += _sides(band)
            band = []
            full.append(line[0])
    return [*blocks, *([full] if full else []), *_sides(band)]


def _is_beside(band: Sequence[Sequence[Segment]], segment: Segment) -> bool:
    left_end, right_start = _gutter(band)
    near = segment.box.top - max(s.box.bottom for s in band[-1]) < BESIDE * segment.size
    return near and (segment.box.x1 <= right_start or segment.box.x0 >= left_end)


def _gutter(band: Sequence[Sequence[Segment]]) -> tuple[float, float]:
    """(end of the left block, start of the right one): the widest corridor through all lines.

    Without one, an empty corridor at the left: everything stands on its right.
    """
    corridors: list[tuple[float, float]] = []
    reached = float("inf")
    for box in sorted((s.box for line in band for s in line), key=lambda b: b.x0):
        if box.x0 > reached:
            corridors.append((reached, box.x0))
        reached = box.x1 if reached == float("inf") else max(reached, box.x1)
    return max(corridors, key=lambda c: c[1] - c[0], default=(0.0, 0.0))


def _sides(band: Sequence[Sequence[Segment]]) -> list[list[Segment]]:
    if not band:
        return []
    left_end, right_start = _gutter(band)
    if left_end >= right_start or len(band) == 1:
        return [[_united(line) for line in band]]
    middle = (left_end + right_start) / 2
    left = [_united(own) for line in band if (own := [s for s in line if s.box.x0 <= middle])]
    right = [_united(own) for line in band if (own := [s for s in line if s.box.x0 > middle])]
    return [side for side in (left, right) if side]


def _united(line: Sequence[Segment]) -> Segment:
    """One segment of a line's: the room left for a number or a date parts nothing."""
    return segment_of([run for segment in line for run in segment.runs])


def _grouped(lines: Sequence[Segment]) -> list[list[Segment]]:
    groups: list[list[Segment]] = []
    right = max((s.box.x1 for s in lines), default=0.0)
    for line in lines:
        if groups and _goes_on(groups[-1], line, right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(group: Sequence[Segment], line: Segment, right: float) -> bool:
    """Whether `line` continues the paragraph of the lines in `group`; `right` is the margin."""
    last = group[-1]
    text, before = line.text, last.text
    if line.box.top - last.box.bottom > LEADING * line.size or _TITLE.match(before):
        return False
    if abs(line.size - last.size) > 0.15 * line.size:
        return False
    if line.bold != last.bold and (text.isupper() != before.isupper() or not line.bold):
        return False
    full = last.box.x1 > right - 2 * line.size
    if _MARK.match(text):
        return full and text.startswith(("-", "–")) and not _END.search(before)
    if len(group) == 1 and _HEADING.match(before) and not full and text[:1].isupper():
        return False
    return full or not (_END.search(before) or (before.startswith("(") and before.endswith(")")))
