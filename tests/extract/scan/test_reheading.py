"""A heading read as a whole, against its pieces."""

from __future__ import annotations

import pytest

from extract.scan.engine import TextLine, Word
from extract.scan.reheading import _better


@pytest.mark.parametrize(
    ("pieces", "whole", "sure", "found"),
    [
        ("Chỉ số 25 điểm)", "Chỉ số 2 (5 điểm)", 0.9, "Chỉ số 2 (5 điểm)"),
        ("Chỉ số 25 điểm)", "Chỉ số 2 (5 điểm)", 0.3, "Chỉ số 25 điểm)"),  # less sure
        ("Chỉ số 1(5 điểm)", "Chỉ số 1( điểm)", 0.9, "Chỉ số 1(5 điểm)"),  # a digit lost
        ("Tiến độ", "Tiến độ Nhóm số hóa", 0.9, "Tiến độ"),  # another heading's words
    ],
)
def test_the_whole_is_taken_where_it_is_surer_and_the_same(
    pieces: str, whole: str, sure: float, found: str
) -> None:
    assert _better(pieces, 0.4, [TextLine((Word(whole, sure, 0, 0, 9, 9),))]) == found
