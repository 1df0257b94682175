"""The scanner's frame goes, whatever it looks like; the paper and every line on it stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from benchmarks.generator.damage import Damage, scan_page
from extract.scan.border import folds, without_border
from extract.scan.ink import Gray
from tests.extract.scan.drawn import DPI, UNIT, table_page

INSIDE = np.s_[round(36 * UNIT) : -round(36 * UNIT), round(36 * UNIT) : -round(36 * UNIT)]
"""What no frame of these tests reaches."""


def gray(image: Image.Image) -> Gray:
    return np.array(image.convert("L"))


def darkest_outside(page: Gray) -> int:
    outside = page.copy()
    outside[INSIDE] = 255
    return int(outside.min())


def cleaned(page: Gray) -> Gray:
    out = without_border(page, UNIT)
    assert np.array_equal(out[INSIDE], page[INSIDE])
    return out


@pytest.mark.parametrize("seed", range(3))
def test_a_ragged_frame_on_some_sides_becomes_paper(seed: int) -> None:
    damage = replace(Damage(dpi=DPI), border=1.0)
    page = gray(scan_page(table_page(), damage, seed)[0])
    assert darkest_outside(page) < 120
    assert darkest_outside(cleaned(page)) > 200


@pytest.mark.parametrize("angle", [-2.0, 1.1])
def test_a_sheet_askew_on_a_dark_ground_keeps_no_wedge(angle: float) -> None:
    turned = table_page().convert("L").rotate(angle, fillcolor=30)
    out = without_border(gray(turned), UNIT)
    # Four points of the wedges' ends may be left: there they are as thin as a table's line at the edge.
    assert (out < 60).sum() - (gray(table_page()) < 60).sum() < 0.05 * (gray(turned) < 60).sum()


def test_a_frame_of_three_points_on_one_side_goes_with_a_wide_one_beside_it() -> None:
    page = gray(table_page())
    page[: round(12 * UNIT)] = page[:, : round(3 * UNIT)] = 15
    assert darkest_outside(cleaned(page)) > 200


def test_the_paper_in_place_of_a_frame_is_as_bright_as_what_is_beside_it() -> None:
    page = (gray(table_page()) * np.linspace(0.6, 1, 1654)[None, :]).astype(np.uint8)
    page[:, : round(20 * UNIT)] = 15
    out = cleaned(page)
    assert abs(int(out[900, 10]) - int(out[900, round(30 * UNIT)])) < 15


def test_the_shadow_of_a_binding_is_no_frame() -> None:
    x = np.arange(1654) / 1654
    light = 0.9 - 0.65 * np.exp(-x / 0.06)
    page = (gray(table_page()) * light[None, :]).astype(np.uint8)
    assert page[0, 0] < 70
    assert without_border(page, UNIT) is page


def test_lines_near_the_edge_and_at_it_stay() -> None:
    page = gray(table_page())
    for at in (round(3 * UNIT), round(8 * UNIT)):
        page[at : at + 4] = page[:, at : at + 4] = 0
    assert without_border(page, UNIT) is page
    cut = page[round(120 * UNIT) : round(210 * UNIT), round(60 * UNIT) : round(510 * UNIT)]
    assert without_border(cut, UNIT) is cut


def test_a_line_that_runs_into_the_frame_ends_with_it() -> None:
    page = gray(table_page())
    page[1000:1003] = 0
    page[:, : round(15 * UNIT)] = 0
    out = without_border(page, UNIT)
    assert (out[1001, round(22 * UNIT) :] == 0).all()


def test_a_dark_page_is_no_frame() -> None:
    page = 255 - gray(table_page())
    assert without_border(page, UNIT) is page


def test_the_fold_of_a_binding_reaches_in_from_one_edge() -> None:
    page = np.full((400, 300), 240, np.uint8)
    page[:, :90] = np.linspace(90, 240, 90, dtype=np.uint8)
    page[100:140, 100:200] = 20
    left, right = folds(page)
    assert 25 < left < 40
    assert right == 0


def test_a_clean_page_has_no_fold() -> None:
    assert folds(gray(table_page())) == (0, 0)
