"""Specks that crowd in the shadow of a black and white scan go; single ones stay, they may be commas."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.ink import Gray
from extract.scan.specks import without_specks

STROKE = np.s_[100:140, 300:304]


def page(share: float) -> Gray:
    """White paper of which this share is black dots left of the middle, with one stroke of a letter on the right."""
    gray = np.full((600, 600), 255, np.uint8)
    dots = np.random.default_rng(5).random((600, 300)) < share
    gray[:, :300][dots] = 0
    gray[STROKE] = 0
    return gray


@pytest.mark.parametrize(
    ("share", "dpi", "smoothed"),
    [(0.15, 300, True), (0.01, 300, False), (0.15, 200, False)],
    ids=["crowded", "few", "dots as large as commas"],
)
def test_specks_go_where_they_crowd(share: float, dpi: float, smoothed: bool) -> None:
    gray = page(share)
    found = without_specks(gray, dpi)
    assert (found[:, :300] < 128).mean() == pytest.approx(0 if smoothed else share, abs=0.03)
    assert (found[STROKE] < 128).mean() > 0.95
