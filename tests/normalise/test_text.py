import unicodedata

import pytest

from normalise.text import fold, has_marks, squeeze, tidy


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đội  Tủa\u00a0Chùa", "doi tua chua"),
        ("ƯỚC", "uoc"),
        (unicodedata.normalize("NFD", "Tỏa Tình"), "toa tinh"),
        ("số\u00adhóa", "sohoa"),
    ],
)
def test_fold_takes_every_mark_off(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_squeeze_joins_what_a_narrow_column_broke() -> None:
    assert squeeze("TRU YỀN,\n(10đ)") == "truyen10d"


def test_marks_are_noticed() -> None:
    assert has_marks("Điểm")
    assert not has_marks("Diem 4,5")
    assert tidy("e\u0302\u0301") == "\u1ebf"
