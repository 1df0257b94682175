"""Whether a name read off a picture has other letters than the register, and such as OCR hardly makes of them.

Marks are left out there: OCR takes one for another too often, and the same one each time (`Ẳng` for `Ăng`). So are kind
words and letters read twice (`xãã`, `ĐÐun`). Where a name with other marks was read as surely as any, a person may want
to look.
"""

from __future__ import annotations

import re
import unicodedata

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
SURELY = 0.9
"""Confidence of a reading: of 40 names in which OCR had taken one mark for another 9 had it, of names with a mark less
on paper nearly all (1,600 names of generated scans)."""
_DOTTED = re.compile("[iíìỉĩị]")
"""The mark over an i and its dot are one speck: `Sỉ Pa Phìn`, `Pú Nhĩ`."""
_TWICE = re.compile(r"(\w)\1+")


def misread_hardly(name: PrintedName, index: int, candidates: Candidates) -> bool:
    """Whether no reading of a name comes near to the letters of a unit's accepted spellings."""
    unit = candidates.units[index]
    if unit.level not in LIVING_KINDS:
        return False
    forms = sorted({_letters(f.text) for f in candidates.forms if f.unit == index})
    read = [text for text, _ in readings_of(name)]
    return all(unit.kind in parse(text).kinds and _is_other(_letters(text), forms) for text in read)


def other_marks(name: PrintedName, index: int, candidates: Candidates) -> bool:
    """Whether a unit's letters were surely read with other marks than in each of its accepted spellings."""
    unit = candidates.units[index]
    surely = any(r.text == name.text and r.weight >= SURELY for r in name.readings)
    if unit.level not in LIVING_KINDS or not surely:
        return False
    marked = _marked(name.text)
    forms = {_marked(f.text) for f in candidates.forms if f.unit == index}
    return marked not in forms and fold(marked) in {fold(form) for form in forms}


def _marked(text: str) -> str:
    """The name itself with its marks, but for those over an i."""
    return _DOTTED.sub("i", unicodedata.normalize("NFC", parse(text).core.lower()))


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
