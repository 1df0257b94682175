"""The lines and shades of a table's part on one page, from the boxes of its cells."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.generator.drawing import Sheet

Edge = tuple[float, float, float, float]
HAIR = 0.15
"""Width in points of the thinnest lines that office programs draw."""
DOTS = (0.6, 1.2)
"""Lengths in points of the dots and gaps of a dotted line."""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell's place on the page; `row` counts body rows, -1 in the header."""

    x0: float
    y0: float
    x1: float
    y1: float
    row: int


def rule(sheet: Sheet, cells: list[DrawnCell]) -> None:
    """Draw the shades and lines that the layout asks for."""
    if not cells:
        return
    _shade(sheet, cells)
    kind = sheet.layout.rules
    if kind == "none":
        return
    outer = _outer(cells)
    if kind == "heading-box":
        heads = [c for c in cells if c.row < 0]
        bottom = (outer[0], outer[3], outer[2], outer[3])
        edges = [bottom, *(edge for c in heads for edge in _sides((c.x0, c.y0, c.x1, c.y1)))]
    elif kind == "box":
        under_head = max((c.y1 for c in cells if c.row < 0), default=outer[1])
        edges = [*_sides(outer), (outer[0], under_head, outer[2], under_head)]
    elif kind == "horizontal":
        edges = [
            edge for c in cells for edge in ((c.x0, c.y0, c.x1, c.y0), (c.x0, c.y1, c.x1, c.y1))
        ]
    else:
        edges = [edge for c in cells for edge in _sides((c.x0, c.y0, c.x1, c.y1))]
    for edge in dict.fromkeys(edges):
        _stroke(sheet, edge, kind)
    if kind == "double":
        for edge in _sides((outer[0] - 1.5, outer[1] - 1.5, outer[2] + 1.5, outer[3] + 1.5)):
            sheet.line(*edge)


def _shade(sheet: Sheet, cells: list[DrawnCell]) -> None:
    shading = sheet.layout.shading
    for c in cells:
        if (shading == "header" and c.row < 0) or (shading == "zebra" and c.row % 2 == 1):
            sheet.fill(c.x0, c.y0, c.x1, c.y1, 0.88)


def _outer(cells: list[DrawnCell]) -> Edge:
    return (
        min(c.x0 for c in cells), min(c.y0 for c in cells),
        max(c.x1 for c in cells), max(c.y1 for c in cells),
    )  # fmt: skip


def _sides(box: Edge) -> tuple[Edge, ...]:
    x0, y0, x1, y1 = box
    return (x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)


def _stroke(sheet: Sheet, edge: Edge, kind: str) -> None:
    x0, y0, x1, y1 = edge
    if kind == "rectangles":
        sheet.fill(x0 - 0.24, y0 - 0.24, x1 + 0.24, y1 + 0.24, 0.0)
    elif kind == "gapped":
        along_x, along_y = (1.0, 0.0) if y0 == y1 else (0.0, 1.0)
        sheet.line(x0 + along_x, y0 + along_y, x1 - along_x, y1 - along_y)
    elif kind == "hair":
        sheet.line(x0, y0, x1, y1, HAIR)
    elif kind == "dotted":
        sheet.line(x0, y0, x1, y1, dots=DOTS)
    else:
        sheet.line(x0, y0, x1, y1)
