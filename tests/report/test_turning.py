"""A box turned with its page stays around the same ink."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from extract.document import Box
from report.turning import upright_box, upright_picture, upright_size


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_box_moves_with_the_picture(turned: int) -> None:
    page = Image.new("L", (80, 50), 255)
    box = Box(10, 5, 30, 12)
    ImageDraw.Draw(page).rectangle((10, 5, 29, 11), fill=0)
    upright = upright_picture(page, turned)
    assert upright.size == upright_size(80, 50, turned)
    moved = upright_box(box, 80, 50, turned)
    ink = upright.point(lambda value: 255 - value).getbbox()
    assert ink == (moved.x0, moved.top, moved.x1, moved.bottom)
