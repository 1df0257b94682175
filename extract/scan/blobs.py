"""The connected blobs of a mask, with their sizes, and those of them that are kept."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.ink import Mask


@dataclass(frozen=True, slots=True)
class Blobs:
    """The blobs of a mask. `labels` numbers their pixels from 1; all that is told of each begins with that of the
    pixels that belong to none."""

    labels: NDArray[np.int32]
    wide: NDArray[np.int32]
    high: NDArray[np.int32]
    area: NDArray[np.int32]

    @classmethod
    def of(cls, mask: Mask, connectivity: int = 8) -> Blobs:
        """Blobs whose pixels touch at their sides (4) or their corners too (8)."""
        if not mask.size:
            # OpenCV ends the process over one without pixels.
            none = np.zeros(1, np.int32)
            return cls(np.zeros(mask.shape, np.int32), none, none, none)
        found = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=connectivity)
        labels, stats = (np.asarray(part, np.int32) for part in found[1:3])
        wide, high, area = (
            stats[:, k] for k in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA)
        )
        return cls(labels, wide, high, area)

    @property
    def size(self) -> NDArray[np.int32]:
        """The longer side of each, in pixels."""
        return np.asarray(np.maximum(self.wide, self.high), np.int32)

    def share_in(self, other: Mask) -> NDArray[np.float64]:
        """How much of each lies in another mask."""
        inside = np.bincount(self.labels[other], minlength=len(self.area))
        return np.asarray(inside / np.maximum(self.area, 1), np.float64)

    def kept(self, which: Mask) -> Mask:
        """The pixels of the blobs told by `which`, one truth for each."""
        chosen = which.copy()
        chosen[0] = False
        return np.asarray(chosen[self.labels], bool)
