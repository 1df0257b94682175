"""Frees the shadow of a black and white scan from its specks: what is darker than half was made black dot by dot."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.ink import Gray

# Letters are this many dots thick or more from this resolution on (dpi): below it rules are as thin as specks.
FINE = 250.0
# How far a dot's gray must be from the middle of those around it to stick out.
STICKS_OUT = 100
# Points of the squares looked at, and share of dots that stick out from which a square lies in such a shadow (at
# most 0.061 on 14 scans of 300 dpi without one, 0.22 to 0.36 in one).
SQUARE, CROWDED = 10.0, 0.09
# Share of such squares from which a shadow lies on the page: a seal has a few too, and hairlines would go.
SHADOW = 0.02


def without_specks(gray: Gray, dpi: float) -> Gray:
    """The picture, smoothed where specks crowd anywhere on it: they thin out over more of the page than is told."""
    if dpi < FINE:
        return gray
    calm = cv2.medianBlur(gray, 3)
    out = (cv2.absdiff(gray, calm) > STICKS_OUT).astype(np.float32)
    side = SQUARE * dpi / 72
    size = (max(1, round(gray.shape[1] / side)), max(1, round(gray.shape[0] / side)))
    crowded = cv2.resize(out, size, interpolation=cv2.INTER_AREA) > CROWDED
    return np.asarray(calm, np.uint8) if crowded.mean() > SHADOW else gray
