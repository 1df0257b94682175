"""Stretches of a line of pixels, and the places that stand out on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def spans(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """From where to where the flags are set, run by run."""
    steps = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    return list(zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True))


def peaks(weights: NDArray[np.float64], apart: float, taken: Sequence[int] = ()) -> list[int]:
    """The heaviest places of any weight, none nearer than `apart` to a heavier one or to one taken."""
    found: list[int] = []
    for place in np.argsort(-weights, kind="stable")[: np.count_nonzero(weights)].tolist():
        if all(abs(place - other) >= apart for other in (*taken, *found)):
            found.append(place)
    return sorted(found)
