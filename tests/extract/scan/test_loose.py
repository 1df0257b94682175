"""Runs of letters on a page without lines."""

from __future__ import annotations

import pytest

from extract.scan.loose import _touching

SEVEN, NEAR, SHAPE = (10, 10, 30, 40), 4, (200, 200)


@pytest.mark.parametrize(
    ("other", "one"),
    [
        ((33, 12, 60, 46), True),  # `,22` behind `27`
        ((40, 12, 60, 40), False),  # the next column's
        ((10, 46, 40, 76), False),  # the next line's
    ],
)
def test_parts_of_one_figure_are_one_run(other: tuple[int, int, int, int], one: bool) -> None:
    found = _touching([SEVEN, other], SHAPE, NEAR)
    assert found == ([(10, 10, 60, 46)] if one else [SEVEN, other])
