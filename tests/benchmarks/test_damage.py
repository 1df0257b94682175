"""Damage: every fault changes the page, points are followed, the same seed gives the same scan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks.generator.damage import CLEAN, Damage, blank_page, draw_damage, scan_page

FAULTS = {
    "fade": 0.5, "shadow": 0.5, "specks": 0.5, "broken": 1.0, "thickness": 0.8, "stamp": True,
    "ink": True, "holes": True, "staple": True, "jpeg": 20, "noise": 0.5, "blur": 0.8,
    "border": 0.5, "streaks": 2, "paper": 0.8, "through": 0.8, "folds": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def page() -> Image.Image:
    image = Image.new("RGB", (600, 800), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle([100, 100, 500, 700], outline="black", width=2)
    draw.line([100, 400, 500, 400], "black", 1)
    draw.rectangle([290, 195, 309, 214], fill="black")
    return image


def test_clean_is_clean(page: Image.Image) -> None:
    scan, matrix = scan_page(page, replace(CLEAN, mode="colour"), seed=1)
    assert np.array_equal(np.asarray(scan), np.asarray(page))
    assert np.allclose(matrix, [[1, 0, 0], [0, 1, 0]])


def _with_fault(name: str) -> Damage:
    fault: dict[str, Any] = {name: FAULTS[name]}
    return replace(CLEAN, **fault)


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_shows(page: Image.Image, name: str) -> None:
    clean = np.asarray(scan_page(page, CLEAN, seed=1)[0])
    hurt = np.asarray(scan_page(page, _with_fault(name), seed=1)[0].convert("L"))
    assert (clean != hurt).any()
    assert (hurt > 128).mean() > 0.5


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [-2.5, 0.0, 1.3])
def test_the_matrix_follows_a_point(page: Image.Image, turn: int, skew: float) -> None:
    scan, matrix = scan_page(page, replace(CLEAN, turn=turn, skew=skew), seed=1)
    x, y = matrix @ [300 / 200 * 72, 205 / 200 * 72, 1] / 72 * 200
    near = np.asarray(scan)[round(y) - 3 : round(y) + 3, round(x) - 3 : round(x) + 3]
    assert near.max() < 60


def test_the_same_seed_gives_the_same_scan(page: Image.Image) -> None:
    damage = Damage(specks=0.5, stamp=True)
    first, second, other = (np.asarray(scan_page(page, damage, s)[0]) for s in (4, 4, 5))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)


def test_drawn_damage_covers_every_fault_and_resolution() -> None:
    rng = np.random.default_rng(1)
    drawn = [draw_damage(rng) for _ in range(300)]
    assert {d.dpi for d in drawn} == {150, 200, 300}
    assert {d.mode for d in drawn} == {"gray", "colour", "bilevel"}
    for name in (
        "fade",
        "shadow",
        "specks",
        "broken",
        "thickness",
        "stamp",
        "ink",
        "holes",
        "border",
        "streaks",
        "turn",
    ):
        assert any(getattr(d, name) for d in drawn)
    assert all(abs(d.skew) <= 3 for d in drawn)


def test_a_blank_page_is_nearly_white() -> None:
    paper = np.asarray(blank_page(595, 842, Damage(noise=0.3), seed=1).convert("L"))
    assert paper.mean() > 245
