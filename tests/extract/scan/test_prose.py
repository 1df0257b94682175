"""Words of a scanned letter: digits that recognition took for letters."""

from __future__ import annotations

import pytest

from extract.scan.prose import with_digits


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("0ó", "06"),
        ("Ø7", "07"),
        ("1ó/12/2023", "16/12/2023"),
        ("(8Ó,5", "(86,5"),
        ("I1", "11"),
        ("l5/7/2023", "15/7/2023"),
        ("1O", "10"),
        ("II", "II"),
        ("I.1", "I.1"),
        ("Il", "Il"),
        ("có", "có"),
        ("ó", "ó"),
        ("số", "số"),
        ("Ø", "Ø"),
        ("2ó%", "26%"),
        ("QĐ1ó", "QĐ1ó"),
        ("3óm", "3óm"),
        ("6ó78/BC-UBND", "6ó78/BC-UBND"),
        ("677/BC-UBND", "677/BC-UBND"),
    ],
)
def test_letters_among_digits_are_digits(read: str, printed: str) -> None:
    assert with_digits(read) == printed
