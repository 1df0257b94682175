"""Which other letters in a scanned name recognition hardly makes of a unit's, and when its marks are told of."""

from __future__ import annotations

import pytest

from extract.document import Reading
from normalise.candidates import field_of
from normalise.misread import misread_hardly, other_marks
from normalise.register import day_of, load_register
from normalise.scope import PrintedName

REGISTER = load_register()
FIELD = field_of(REGISTER, REGISTER.find("099", "2023-07"), day_of("2023-07")).inside


def hardly(text: str, unit: str, *others: str) -> bool:
    index = next(i for i, u in enumerate(FIELD.units) if u.name == unit)
    readings = tuple(Reading(t, 1 / (1 + len(others)), "ocr") for t in (text, *others))
    return misread_hardly(PrintedName(text, None, True, readings), index, FIELD)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("UBND xã Nà Sá", "Xã Nà Sáy"),
        ("UBND xã Mùn Chang", "Xã Mùn Chung"),
        ("UBND xã Quài Nưah", "Xã Quài Nưa"),
    ],
)
def test_other_letters(text: str, unit: str) -> None:
    assert hardly(text, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("UBND xã Nà Sáy", "Xã Nà Sáy"),
        ("UBND xã Nà Sảy", "Xã Nà Sáy"),
        ("UBND xã Quài Tớ", "Xã Quài Tở"),
        ("UBND xã TaMa", "Xã Ta Ma"),
        ("UBND xãã Ta Maa", "Xã Ta Ma"),
        ("UBND xi Mùn Chang", "Xã Mùn Chung"),
        ("Văn phòng LIBND tỉnh", "Văn phòng HĐND và UBND huyện"),
        ("UBND xã Ta Ma |", "Xã Ta Ma"),
        ("UBND xã Pú Xl", "Xã Pú Xi"),
        ("UBND xã Chiềng Sinh huyện", "Xã Chiềng Sinh"),
    ],
)
def test_marks_spaces_strokes_and_more_words_are_ours(text: str, unit: str) -> None:
    assert not hardly(text, unit)


def test_a_reading_that_has_the_letters_speaks_for_them() -> None:
    assert not hardly("UBND xã Nà Sá", "Xã Nà Sáy", "UBND xã Nà Sáy")


@pytest.mark.parametrize(
    ("text", "unit", "weight", "told"),
    [
        ("UBND xã Mùn Chùng", "Xã Mùn Chung", 0.93, True),
        ("UBND xã Chiêng Sinh", "Xã Chiềng Sinh", 0.93, True),
        ("UBND xã Chiêng Sinh", "Xã Chiềng Sinh", 0.84, False),
        ("UBND xã Chiềng Sinh", "Xã Chiềng Sinh", 0.93, False),
        ("UBND xã Pú Xí", "Xã Pú Xi", 0.93, False),
        ("UBND xã Mùn Chang", "Xã Mùn Chung", 0.93, False),
        ("UBND xả Mùn Chung", "Xã Mùn Chung", 0.93, False),
    ],
)
def test_other_marks_surely_read(text: str, unit: str, weight: float, told: bool) -> None:
    index = next(i for i, u in enumerate(FIELD.units) if u.name == unit)
    name = PrintedName(text, None, True, (Reading(text, weight, "ocr"),))
    assert other_marks(name, index, FIELD) == told
