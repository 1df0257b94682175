"""Whether a name read off a picture has other letters than the register, and such as OCR hardly makes of them.

Marks are left out: OCR takes one for another too often, and the same one each time (`Ẳng` for `Ăng`).
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from normalise.candidates import Candidates
from normalise.channel import ocr
from normalise.likelihood import readings_of
from normalise.scope import PrintedName
from normalise.text import fold

LEAST = 7.0
"""Natural logarithm: OCR makes so much of one name in eleven hundred. A lost `y` costs 7.5, a letter for another
10 to 12, a space lost or added 7 - but words are not compared where their number differs."""
MOST_LETTERS = 2
"""Letters that differ in a name that is misspelt; where more do, the reading is poor or more than the name was read."""


def misread_hardly(name: PrintedName, index: int, candidates: Candidates) -> bool:
    """Whether no reading of a name comes near to the letters of a unit's accepted spellings."""
    forms = [f.folded for f in candidates.forms if f.unit == index]
    return all(_is_other(fold(text), forms) for text, _ in readings_of(name))


def _is_other(read: str, forms: list[str]) -> bool:
    near = min(Levenshtein.distance(read, form) for form in forms)
    worded = any(
        len(form.split()) == len(read.split()) and Levenshtein.distance(read, form) == near
        for form in forms
    )
    if not (0 < near <= MOST_LETTERS and worded and read.replace(" ", "").isalpha()):
        return False
    return bool(ocr("vie").costs(forms, [read] * len(forms)).min() >= LEAST)
