"""Trains the numeral reader's network and writes extract/scan/digits.npz.

    python -m benchmarks.train_digits [--sheets 160] [--epochs 12] [--seed 1]

Needs the fonts that `benchmarks.sheets` names; missing ones are passed over. Half an hour on one core.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.sheets import Sheet, Written, draw_sheet
from extract.scan.digits import CLASSES, JUNK, Values, Weights, patches
from extract.scan.mesh import GridCell, grids_of
from extract.scan.numerals import pieces_of
from extract.scan.picture import Picture, rough_ink, turn, working_gray
from extract.scan.ruling import rules_of
from extract.scan.strokes import SHAPE, Atom, Strip, digit_height, sample, strip_of, window_of

Numbers = NDArray[Any]
OUT = Path(__file__).parents[1] / "extract" / "scan" / "digits.npz"
# A piece is a character when both its sides are this near to the character's, in digit heights;
# a piece between NEAR and FAR is shown to nobody.
NEAR, FAR = 0.13, 0.24


def picture_of(sheet: Sheet) -> Picture:
    """The sheet upright: the direction is known here, not guessed."""
    gray, dpi = working_gray(sheet.image, sheet.damage.dpi)
    return turn(gray, dpi, -sheet.damage.turn % 360, rough_ink(gray, dpi))


def strips_of(sheet: Sheet) -> list[tuple[Written, Strip, Numbers]]:
    """Each written cell that the page's grid shows, as a strip, with its characters' ink in pixels."""
    picture = picture_of(sheet)
    found = []
    to_pixels = np.linalg.inv(np.vstack([picture.frame.matrix, [0, 0, 1]]))
    clean = np.vstack([sheet.matrix, [0, 0, 1]])
    whole = to_pixels @ clean
    for grid in grids_of(picture.ink, rules_of(picture.ink, picture.unit), picture.unit):
        windows = {c: window_of(picture.ink, c, picture.unit) for c in grid.cells}
        usual = digit_height(list(windows.values()), picture.unit)
        for written in sheet.cells:
            x, y, _ = whole @ [*written.middle, 1]
            cell = next((c for c in grid.cells if _inside(c, x, y)), None)
            strip = strip_of(windows[cell], usual) if cell else None
            if strip is not None:
                inks = np.array(
                    [[(whole @ [v, written.middle[1], 1])[0] for v in i] for i in written.inks]
                )
                found.append((written, strip, inks - strip.window.x))
    return found


def _inside(cell: GridCell, x: float, y: float) -> bool:
    return cell.rows == 1 == cell.columns and cell.x0 < x < cell.x1 and cell.top < y < cell.bottom


def label(written: Written, inks: Numbers, piece: Atom, height: float) -> int | None:
    """The class of a piece by where the characters are; None when it is a near miss."""
    off = np.abs(inks - [piece.x0, piece.x1]).max(axis=1) / height
    nearest = int(off.argmin())
    if off[nearest] < NEAR:
        return max(CLASSES.find(written.text[nearest]), -1) % len(CLASSES)
    return None if off[nearest] < FAR else JUNK


def examples(sheets: int, rng: np.random.Generator, jitter: float) -> tuple[Numbers, Numbers]:
    """Samples and their classes from so many sheets; `jitter` shakes base line and height."""
    pictures, classes = [], []
    for number in range(sheets):
        for written, strip, inks in strips_of(draw_sheet(rng)):
            shaken = _shaken(strip, rng, jitter)
            for piece in pieces_of(0, strip):
                kind = label(written, inks, piece.atom, strip.height)
                if kind is not None and (kind != JUNK or rng.random() < 0.5):
                    pictures.append(sample(shaken, piece.atom))
                    classes.append(kind)
        print(f"sheet {number + 1} of {sheets}: {len(classes)} samples", end="\r", file=sys.stderr)
    return np.stack(pictures), np.array(classes)


def _shaken(strip: Strip, rng: np.random.Generator, jitter: float) -> Strip:
    base = strip.base + rng.normal(0, 0.03 * jitter) * strip.height
    return replace(
        strip, base=float(base), height=float(strip.height * (1 + rng.normal(0, 0.04 * jitter)))
    )


def start(rng: np.random.Generator, maps: tuple[int, int] = (12, 28), full: int = 96) -> Weights:
    """Random weights of the right shapes."""
    rows, columns = (((s - 5) // 2 + 1 - 3) // 2 + 1 for s in SHAPE)
    shapes = {
        "a": (25, maps[0]),
        "b": (9 * maps[0], maps[1]),
        "c": (rows * columns * maps[1], full),
        "d": (full, len(CLASSES)),
    }
    w = {n: rng.normal(0, np.sqrt(2 / s[0]), s).astype(np.float32) for n, s in shapes.items()}
    return w | {f"{n}0": np.zeros(s[1], np.float32) for n, s in shapes.items()}


def gradients(pictures: Values, classes: Numbers, w: Weights) -> tuple[Weights, float]:
    """Cross entropy's gradients by hand, and the share of right answers."""
    pa = patches(pictures[..., None], 5)
    first = np.maximum(pa @ w["a"] + w["a0"], 0)
    pb = patches(first, 3)
    second = np.maximum(pb @ w["b"] + w["b0"], 0)
    flat = second.reshape(len(second), -1)
    full = np.maximum(flat @ w["c"] + w["c0"], 0)
    out = full @ w["d"] + w["d0"]
    p = np.exp(out - out.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    right = float((p.argmax(axis=1) == classes).mean())
    target = np.full_like(p, 0.01 / len(CLASSES))
    target[np.arange(len(p)), classes] += 0.99
    d_out = (p - target) / len(p)
    d_full = (d_out @ w["d"].T) * (full > 0)
    d_second = ((d_full @ w["c"].T).reshape(second.shape)) * (second > 0)
    d_first = _unpatch(d_second @ w["b"].T, first.shape) * (first > 0)
    g = {"d": full.T @ d_out, "d0": d_out.sum(0), "c": flat.T @ d_full, "c0": d_full.sum(0)}
    g |= {"b": _flat(pb).T @ _flat(d_second), "b0": _flat(d_second).sum(0)}
    g |= {"a": _flat(pa).T @ _flat(d_first), "a0": _flat(d_first).sum(0)}
    return g, right


def _flat(maps: Values) -> Values:
    return maps.reshape(-1, maps.shape[-1])


def _unpatch(d: Values, shape: tuple[int, ...]) -> Values:
    """Gradients of 3 x 3 patches (depth first) added back to the map they were cut from."""
    out = np.zeros(shape, np.float32)
    rows, columns = d.shape[1:3]
    parts = d.reshape(*d.shape[:3], shape[3], 3, 3)
    for i in range(3):
        for j in range(3):
            out[:, i : i + 2 * rows : 2, j : j + 2 * columns : 2] += parts[..., i, j]
    return out


def train(pictures: Numbers, classes: Numbers, epochs: int, rng: np.random.Generator) -> Weights:
    """Adam with a falling rate."""
    w = start(rng)
    m, v = ({n: np.zeros_like(x) for n, x in w.items()} for _ in range(2))
    step, batch = 0, 128
    steps = epochs * (len(classes) // batch)
    for epoch in range(epochs):
        order, hits = rng.permutation(len(classes)), 0.0
        for k in range(len(classes) // batch):
            pick = order[k * batch : (k + 1) * batch]
            g, right = gradients(
                pictures[pick].astype(np.float32) / np.float32(255), classes[pick], w
            )
            step, hits = step + 1, hits + right
            rate = 2e-3 * (0.5 + 0.5 * np.cos(np.pi * step / steps)) + 1e-5
            for n in w:
                m[n] = 0.9 * m[n] + 0.1 * g[n]
                v[n] = 0.999 * v[n] + 0.001 * g[n] ** 2
                w[n] -= rate * (m[n] / (1 - 0.9**step)) / (np.sqrt(v[n] / (1 - 0.999**step)) + 1e-8)
        print(f"epoch {epoch + 1}: {hits / (len(classes) // batch):.4f} right", file=sys.stderr)
    return w


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=160)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = np.random.default_rng(given.seed)
    weights = train(*examples(given.sheets, rng, jitter=1.0), given.epochs, rng)
    small: dict[str, Any] = {n: x.astype(np.float16) for n, x in weights.items()}
    np.savez_compressed(OUT, **small)


if __name__ == "__main__":
    main()
