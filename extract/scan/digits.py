"""A small network that tells the characters of numerals apart, and knows what is none of them.

Two convolutions and two full layers over a `strokes.SHAPE` sample. `benchmarks/train_digits.py` made
the weights, from sheets in many fonts damaged as scans are.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

CLASSES = "0123456789,.-/%IVX?"
"""What a sample can be (sections are numbered in Roman numerals); `?` is anything else: a letter, half
a digit, two digits, dirt."""
JUNK = CLASSES.index("?")

Values = NDArray[np.float32]
Weights = dict[str, Values]


@cache
def weights() -> Weights:
    """The trained weights, from the data file beside this module."""
    with (files("extract.scan") / "digits.npz").open("rb") as file, np.load(file) as data:
        return {name: data[name].astype(np.float32) for name in data.files}


def probabilities(samples: NDArray[np.uint8]) -> Values:
    """(n, height, width) samples to (n, classes) probabilities."""
    parts = [samples[i : i + 512] for i in range(0, len(samples), 512)]
    if not parts:
        return np.zeros((0, len(CLASSES)), np.float32)
    return np.concatenate(
        [_softmax(scores(p.astype(np.float32) / np.float32(255), weights())) for p in parts]
    )


def scores(pictures: Values, w: Weights) -> Values:
    """Unscaled scores of each class."""
    first = np.maximum(patches(pictures[..., None], 5) @ w["a"] + w["a0"], 0)
    second = np.maximum(patches(first, 3) @ w["b"] + w["b0"], 0)
    full = np.maximum(second.reshape(len(second), -1) @ w["c"] + w["c0"], 0)
    return np.asarray(full @ w["d"] + w["d0"], np.float32)


def patches(maps: Values, side: int) -> Values:
    """Every second side x side patch of (n, height, width, depth) maps, flattened."""
    views = sliding_window_view(maps, (side, side), axis=(1, 2))[:, ::2, ::2]
    return views.reshape(*views.shape[:3], -1)


def _softmax(values: Values) -> Values:
    grown = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True), np.float32)
