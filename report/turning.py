"""Pages that lie sideways, and the places on them, set upright for people to look at."""

from __future__ import annotations

from PIL import Image

from extract.document import Box

TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
"""Pillow turns against the clock."""


def upright_picture(picture: Image.Image, turned: int) -> Image.Image:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    return picture.transpose(TURNS[turned]) if turned else picture


def upright_size(width: float, height: float, turned: int) -> tuple[float, float]:
    """Width and height of a page turned so."""
    return (height, width) if turned in (90, 270) else (width, height)


def upright_box(box: Box, width: float, height: float, turned: int) -> Box:
    """Where a box of a page lies once the page, `width` by `height` as shown, is turned clockwise."""
    if turned == 90:
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    if turned == 180:
        return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    if turned == 270:
        return Box(box.top, width - box.x1, box.bottom, width - box.x0)
    return box
