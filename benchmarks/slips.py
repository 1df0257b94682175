"""Names as clerks type them: accepted variants, and single slips."""

from __future__ import annotations

import random
import unicodedata

from benchmarks.names_data import printed_form
from normalise.channel import LETTERS
from normalise.register import Unit
from normalise.text import fold

OLD_TONES = {"oá": "óa", "oà": "òa", "oả": "ỏa", "oạ": "ọa", "uý": "úy", "uỷ": "ủy", "uỳ": "ùy"}
SHORT_KINDS = {"thị trấn": "TT.", "phường": "P.", "thị xã": "TX.", "thành phố": "TP.", "xã": "X."}


def variant(unit: Unit, rng: random.Random) -> str:
    """An accepted spelling: tone placement, capitals, NFD, with or without `UBND`, short kind word."""
    text = printed_form(unit)
    choice = rng.randrange(7)
    if choice == 0:
        return unit.name
    if choice == 1:
        return text.upper()
    if choice == 2:
        return unicodedata.normalize("NFD", text)
    if choice == 3:
        return text.replace(" ", "  ").replace(" - ", " – ")
    if choice == 4 and unit.kind in SHORT_KINDS:
        return f"{SHORT_KINDS[unit.kind]} {unit.short_name}"
    if choice == 5:
        return _other_tones(text)
    return text


def _other_tones(text: str) -> str:
    for new, old in OLD_TONES.items():
        if new in text or old in text:
            return text.replace(old, new) if old in text else text.replace(new, old)
    return text


def slip(text: str, rng: random.Random) -> str:
    """One slip in the last words: a wrong mark, a wrong, lost, added or swapped letter."""
    text = unicodedata.normalize("NFC", text)
    start = text.rfind(" ", 0, text.rfind(" ")) + 1
    places = [i for i in range(start, len(text)) if text[i].isalpha()]
    place = rng.choice(places)
    kind = rng.choices(("mark", "letter", "lost", "added", "swapped"), (6, 1, 1, 1, 1))[0]
    if kind == "mark":
        marked = [i for i in places if len(_alike(text[i])) > 1] or places
        place = rng.choice(marked)
        others = [c for c in _alike(text[place]) if c != text[place].casefold()]
        return _put(text, place, rng.choice(others or ["x"]))
    if kind == "lost":
        return text[:place] + text[place + 1 :]
    letter = rng.choice("abcdefghiklmnopqrstuvxy")
    if kind == "added":
        return text[:place] + letter + text[place:]
    if kind == "letter":
        return _put(text, place, letter)
    return text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]


def _alike(char: str) -> list[str]:
    return [c for c in LETTERS if fold(c) == fold(char)]


def _put(text: str, place: int, char: str) -> str:
    new = char.upper() if text[place].isupper() else char
    return text[:place] + new + text[place + 1 :]
