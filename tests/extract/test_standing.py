"""Turned headings become words below each other, in the order of reading, no number alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.document import Box
from extract.standing import standing, wrapped
from tests.extract.test_pieces import run


@pytest.mark.parametrize(
    ("turn", "lines", "words"),
    [
        (270, ["Chỉ số 1 (5 điểm)"], ["Chỉ", "số 1", "(5 điểm)"]),
        (270, ["Tiến độ giải", "quyết (30đ)"], ["Tiến", "độ", "giải", "quyết", "(30đ)"]),
        (90, ["giải quyết", "Tiến độ"], ["Tiến", "độ", "giải", "quyết"]),
    ],
)
def test_turned_headings_are_set_word_by_word(
    turn: int, lines: list[str], words: list[str]
) -> None:
    turned = [
        replace(run(text), turn=turn, box=Box(100 + 12 * n, 100, 110 + 12 * n, 190))
        for n, text in enumerate(lines)
    ]
    upright, *stood = standing([*turned, run("Xã Pú Nhi", 20, 300)])
    assert upright.text == "Xã Pú Nhi"
    assert [r.text for r in stood] == words
    assert {r.turn for r in stood} == {0}
    assert [r.box.top for r in stood] == sorted(r.box.top for r in stood)


def test_a_number_keeps_to_its_word() -> None:
    assert wrapped("Chỉ số 1 (10đ)") == ["Chỉ", "số 1", "(10đ)"]
    assert wrapped("1 Chỉ số") == ["1 Chỉ", "số"]


def test_headings_of_neighbouring_columns_stay_apart() -> None:
    turned = [
        replace(run(text), turn=270, box=Box(x, 100, x + 10, 190))
        for x, text in ((100, "Chỉ số 1"), (140, "Chỉ số 2"))
    ]
    assert [r.text for r in standing(turned)] == ["Chỉ", "số 1", "Chỉ", "số 2"]
