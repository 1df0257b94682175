"""Blobs of a mask, also of one without pixels."""

from __future__ import annotations

import numpy as np

from extract.scan.blobs import Blobs


def test_a_mask_without_pixels_has_no_blobs() -> None:
    mask = np.zeros((0, 40), bool)
    blobs = Blobs.of(mask)
    assert blobs.kept(blobs.wide > 0).shape == mask.shape


def test_blobs_are_kept_by_their_sizes() -> None:
    mask = np.zeros((6, 12), bool)
    mask[1:3, 1:4] = mask[4, 6:11] = True
    blobs = Blobs.of(mask)
    assert sorted(blobs.wide[1:].tolist()) == [3, 5]
    assert blobs.kept(blobs.wide > 4).sum() == 5
