"""Whether a name read off a picture has other letters than the register, and such as OCR hardly makes of them.

Marks are left out: OCR takes one for another too often, and the same one each time (`Ẳng` for `Ăng`). So are kind words
and letters read twice (`xãã`, `ĐÐun`).
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from normalise.candidates import LIVING_KINDS, Candidates
from normalise.channel import ocr
from normalise.likelihood import readings_of
from normalise.names import parse
from normalise.scope import PrintedName
from normalise.text import fold

LEAST = 7.0
"""Natural logarithm: OCR makes so much of one name in eleven hundred. A lost `y` costs 7.5, a letter for another
10 to 12, a space lost or added 7 - but words are not compared where their number differs."""
MOST_LETTERS = 2
"""Letters that differ in a name that is misspelt; where more do, the reading is poor or more than the name was read."""
_TWICE = re.compile(r"(\w)\1+")


def misread_hardly(name: PrintedName, index: int, candidates: Candidates) -> bool:
    """Whether no reading of a name comes near to the letters of a unit's accepted spellings."""
    unit = candidates.units[index]
    if unit.level not in LIVING_KINDS:
        return False
    forms = sorted({_letters(f.text) for f in candidates.forms if f.unit == index})
    read = [text for text, _ in readings_of(name)]
    return all(unit.kind in parse(text).kinds and _is_other(_letters(text), forms) for text in read)


def _letters(text: str) -> str:
    """The name itself without its marks, letters that stand twice once."""
    return _TWICE.sub(r"\1", fold(parse(text).core))


def _is_other(read: str, forms: list[str]) -> bool:
    near = min(Levenshtein.distance(read, form) for form in forms)
    alike = [form for form in forms if Levenshtein.distance(read, form) == near]
    worded = any(len(form.split()) == len(read.split()) for form in alike)
    if not (0 < near <= MOST_LETTERS and worded and read.replace(" ", "").isalpha()):
        return False
    return bool(ocr("vie").costs(forms, [read] * len(forms)).min() >= LEAST)
