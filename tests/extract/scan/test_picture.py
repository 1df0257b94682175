"""A scan made ready to be read."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.picture import rough_ink


@pytest.mark.parametrize("dpi", [150, 200, 210])
def test_how_a_page_lies_is_seen_at_one_resolution_whatever_it_was_scanned_at(dpi: int) -> None:
    gray = np.full((3 * dpi, 2 * dpi), 255, np.uint8)
    gray[dpi : dpi + dpi // 4, dpi // 2 : dpi] = 0
    ink = rough_ink(gray, dpi)
    assert ink.shape == (300, 200)
    assert ink[105:120, 55:95].all()
    assert not ink[:90].any()
