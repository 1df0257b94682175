"""Streaks over the whole sheet go, a table's lines and the letters under a streak stay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.generator.damage import CLEAN, scan_page
from extract.scan.ink import Gray
from extract.scan.streaks import without_streaks
from tests.extract.scan.drawn import DPI, UNIT, table_page


def page() -> Gray:
    return np.array(table_page().convert("L"))


@pytest.mark.parametrize("sideways", [False, True])
@pytest.mark.parametrize("seed", range(2))
def test_streaks_go_and_little_else_changes(seed: int, sideways: bool) -> None:
    damage = replace(CLEAN, dpi=DPI, streaks=3)
    clean, hurt = page(), np.asarray(scan_page(table_page(), damage, seed)[0])
    if sideways:
        clean, hurt = clean.T.copy(), hurt.T.copy()
    out = without_streaks(hurt, UNIT)
    left, before = ((abs(p.astype(int) - clean) > 60).sum() for p in (out, hurt))
    # Three lines of one pixel; of letters under them an edge changes here and there.
    assert before > 2000 and left < 0.1 * before


@pytest.mark.parametrize("grain", [0.0, 6.0])
def test_a_thin_streak_that_falls_apart_goes_and_the_table_s_lines_stay(grain: float) -> None:
    noise = np.abs(np.random.default_rng(1).normal(0, grain, page().shape))
    clean = np.clip(page() - noise, 0, 255).astype(np.uint8)
    hurt = clean.copy()
    # One in eight places at the ends of the sheet, most of them in its middle.
    place = np.arange(len(hurt))
    ink = np.where(abs(place - 1170) > 1000, place % 8 == 0, place % 10 < 7)
    hurt[ink, 700] = 0
    out = without_streaks(hurt, UNIT).astype(int)
    assert (abs(out - clean) > 60).sum() < 0.05 * ink.sum()


def test_a_streak_that_ends_at_the_scanner_s_frame_goes() -> None:
    hurt = page()
    hurt[:, 700] = 110
    hurt[: round(20 * UNIT)] = 20
    assert (without_streaks(hurt, UNIT)[round(20 * UNIT) :, 700] == 255).mean() > 0.9


def test_a_line_that_runs_along_under_a_streak_stays() -> None:
    sheet = np.full((2339, 1654), 250, np.uint8)
    for y in range(300, 2000):
        x = 800 + (y - 1150) // 100
        sheet[y, x : x + 2] = 40
    clean = sheet.copy()
    sheet[:, 799:801] = sheet[:, 799:801] * 0.5
    assert (abs(without_streaks(sheet, UNIT).astype(int) - clean) > 20).mean() == 0


def test_a_table_s_lines_are_no_streaks_however_long() -> None:
    sheet = np.full((2339, 1654), 255, np.uint8)
    # 12 mm of margin above and below, rows of 16 points.
    for x in range(200, 1500, 150):
        sheet[94:-94, x : x + 3] = 0
    assert without_streaks(sheet, UNIT) is sheet


def test_the_lines_of_a_table_that_fills_a_cut_out_page_are_no_streaks() -> None:
    whole = page()
    rows = slice(round(123 * UNIT), round(205 * UNIT))
    assert without_streaks(whole[rows], UNIT).tobytes() == whole[rows].tobytes()


def test_a_wide_dark_bar_is_no_streak() -> None:
    sheet = np.full((2339, 1654), 255, np.uint8)
    sheet[:, 800:812] = 60
    assert without_streaks(sheet, UNIT) is sheet


def test_a_streak_through_a_column_of_figures_goes() -> None:
    """Where letters stand on both sides of it, it is not seen."""
    sheet = np.full((2339, 1654), 255, np.uint8)
    for y in range(400, 2000, 116):
        sheet[y : y + 29, 780:800] = sheet[y : y + 29, 801:820] = 60
    sheet[:, 800] = 130
    assert (without_streaks(sheet, UNIT)[:300, 800] > 250).all()
