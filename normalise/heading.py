"""What stands over one column: its words, maximum, indicator number, column number and formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from extract.document import Row, Table
from extract.syllables import is_syllable
from normalise.layout import generic_words
from normalise.text import fold, has_marks, squeeze, tidy

_ONLY_NUMBER = re.compile(r"^\(?\s*([0-9]{1,2}|[A-Za-z])\s*\)?$")
_BRACKETED = re.compile(r"^\(\s*\d{1,2}\s*\)$")
_FORMULA = re.compile(
    r"^(?P<rest>.*?)\(?\s*(?P<number>\d{1,2}|[A-Za-z])\s*\)?\s*=\s*"
    r"(?P<formula>[(\d][\d\s()+\-–−*/x×:.,%…]*)$"
)
_TRAILING_NUMBER = re.compile(r"^(?P<rest>.*[^\W\d_].*?)\s*\((?P<number>\d{1,2})\)$")
_DIGITS = r"\d(?:\s?\d){0,2}(?:[.,]0+)?"
_POINTS = r"d(?:\s*i\s*e\s*m)?(?!\w)"
_MAXIMUM = re.compile(
    rf"[(\[]?\s*(?:diem\s*)?toi\s*da\s*:?\s*(?P<said>{_DIGITS})\s*(?:{_POINTS})?\s*[)\]]?"
    rf"|[(\[]\s*(?P<bracket>{_DIGITS})\s*{_POINTS}\s*[)\]]?"
    rf"|(?<![\w/])(?P<bare>{_DIGITS})\s*{_POINTS}"
)
_INDICATOR = re.compile(r"(?:chiso|tieuchi|chitieu|^cs|^tc)(?:so)?(\d{1,2})(?!\d)")
_DAMAGED_INDICATOR = re.compile(r"^\W*ch\w{0,2}(?:\s+\S{1,2})?[\s|]+(?P<k>[1-9])(?!\d)")
_DAMAGED_MAXIMUM = re.compile(r"[(\s](?P<points>5|10|30)\s?[^\d\s(]{0,2}\s?[)\]|]?$")
_WORD = re.compile(r"[^\W\d_]{2,}")
LEGIBLE = 0.75
"""Share of Vietnamese syllables: headings of the digital reports have 1.0 but for abbreviations in
small letters (`DVTT` is left out), the damaged ones of the recognised report 0.6 and less."""
OWN_WORDS = 0.5
"""Columns of one group may repeat their words (`Số hồ sơ`), hardly ever half of a table's do."""
MARKED = 0.4
"""Share of words with marks in a table's headings: reports have 0.8, recognised without the language 0.2."""
_COUNTED = ("chiso", "tieuchi", "chitieu")


@dataclass(frozen=True, slots=True)
class Heads:
    """The headings over a column. `words` are squeezed: those above, and the column's own.

    `printed` are all words, those of `Chỉ số k` included.
    `legible` is False for words that are no Vietnamese, or in a table whose headings have lost their marks.
    `maximum` is in points; `number` and `formula` are the printed column number and the formula
    without it; `indicator` is the k of `Chỉ số k`.
    """

    column: int
    path: tuple[str, ...]
    above: str
    own: str
    maximum: Decimal | None = None
    indicator: int | None = None
    number: str | None = None
    formula: str | None = None
    legible: bool = True
    printed: str = ""

    @property
    def all(self) -> str:
        """All words, those of `Chỉ số k` left out."""
        return self.above + self.own


def number_row(row: Row) -> dict[int, str] | None:
    """Column numbers by column, when a body row is in truth the last header line: `(1) (2) (3)=(2)/(1)`."""
    filled = [cell for cell in row.cells if cell.text and cell.column >= 0]
    texts = {cell.column: cell.text for cell in filled}
    if len(filled) < 4 or not all(_is_number(text) for text in texts.values()):
        return None
    counted = [int(m[1]) for m in map(_leading_number, texts.values()) if m]
    marked = any("=" in t or _BRACKETED.match(t) for t in texts.values())
    rising = all(a < b for a, b in pairwise(counted))
    plain = counted == list(range(1, len(counted) + 1)) and len(counted) >= len(filled) - 2
    return texts if rising and (marked or plain) else None


def _is_number(text: str) -> bool:
    return bool(_ONLY_NUMBER.match(text) or _FORMULA.match(text))


def _leading_number(text: str) -> re.Match[str] | None:
    return re.match(r"\(?\s*(\d{1,2})", text)


def heads_of(table: Table, numbers: dict[int, str]) -> tuple[Heads, ...]:
    """The headings over every column of a table; `numbers` come from a `number_row` in its body."""
    paths = [
        tuple(tidy(text) for text in table.path(column) if text.strip())
        for column in range(table.columns)
    ]
    numbered = _are_numbers(paths)
    found = [
        _heads(column, path, numbers.get(column), numbered) for column, path in enumerate(paths)
    ]
    words = _WORD.findall(" ".join({text for path in paths for text in path}))
    marked = sum(map(has_marks, words)) >= MARKED * len(words)
    return tuple(
        h if h.legible and marked and _legible(" ".join(h.path)) else _spoilt(h) for h in found
    )


def _are_numbers(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether the numbers at the foot of the headings count the columns.

    They do when they only rise (maxima repeat) and stand in brackets or each under words of its own;
    `1 2 3` under one `Tiêu chí` are the criteria themselves.
    """
    feet = [(found, path) for path in paths if path and (found := _foot_number(path[-1]))]
    counted = [int(number) for number, _ in feet if number.isdigit()]
    if len(counted) < 2 or any(a >= b for a, b in pairwise(counted)):
        return False
    bracketed = any("(" in path[-1] for _, path in feet)
    return bracketed or len({path[:-1] for _, path in feet}) > OWN_WORDS * len(feet)


def _foot_number(text: str) -> str | None:
    lone = _ONLY_NUMBER.match(text)
    if lone:
        return lone[1]
    found = _FORMULA.match(text) or _TRAILING_NUMBER.match(text)
    return found["number"] if found else None


def _heads(column: int, path: tuple[str, ...], below: str | None, numbered: bool) -> Heads:
    printed = [*path, *([below] if below else [])]
    number, formula, pieces = _split_number(printed, numbered or below is not None)
    clear = [p for n, p in enumerate(pieces) if not _is_garbled(p, last=n == len(pieces) - 1)]
    legible, pieces = len(clear) == len(pieces), clear
    worded = [p for p in pieces if squeeze(_without_maximum(p))]
    own = worded[-1] if worded else ""
    heads = Heads(
        column,
        path,
        "".join(
            squeeze(_without_maximum(p)) for p in worded[:-1] if squeeze(p) not in generic_words()
        ),
        squeeze(_without_maximum(own)),
        number=number,
        formula=formula,
        legible=legible,
    )
    feet = pieces[len(worded) - 1 :] if worded else pieces
    indicator, own_words = _indicator(heads)
    return replace(
        heads,
        maximum=_maximum(feet),
        indicator=indicator,
        own=own_words,
        printed=heads.all,
    )


def _spoilt(heads: Heads) -> Heads:
    """The number and maximum of a heading whose letters recognition has spoilt: `Chi s6 3 (10a)`."""
    own = next((text for text in reversed(heads.path) if squeeze(text)), "")
    indicator = heads.indicator or _damaged(_DAMAGED_INDICATOR, own)
    points = _damaged(_DAMAGED_MAXIMUM, own)
    maximum = heads.maximum or (Decimal(points) if points else None)
    return replace(heads, maximum=maximum, indicator=indicator, legible=False)


def _damaged(pattern: re.Pattern[str], own: str) -> int | None:
    found = pattern.search(fold(own))
    return int(found[1]) if found else None


def _is_garbled(text: str, last: bool) -> bool:
    """Whether a heading is mostly no words; a lone number or maximum at the foot is none either."""
    if last and (_ONLY_NUMBER.match(text) or not squeeze(_without_maximum(text))):
        return False
    parts = [w for w in re.split(r"[\s,./()-]+", text) if w.isalpha()]
    words = [w for w in parts if len(w) > 1 or w.islower()]
    spelt = last or any(is_syllable(w) or len(w) > 2 for w in words)
    return not spelt or not words or 2 * sum(map(len, words)) < len(squeeze(_without_maximum(text)))


def _legible(text: str) -> bool:
    words = [w for w in _WORD.findall(text) if not (w.isupper() and w.isascii())]
    right = sum(map(is_syllable, words))
    return right >= LEGIBLE * len(words)


def _split_number(pieces: list[str], numbered: bool) -> tuple[str | None, str | None, list[str]]:
    if not pieces:
        return None, None, pieces
    last = tidy(pieces[-1])
    if found := _FORMULA.match(last):
        rest = [found["rest"]] if found["rest"].strip() else []
        return found["number"], tidy(found["formula"]), [*pieces[:-1], *rest]
    if numbered and (lone := _ONLY_NUMBER.match(last)):
        return lone[1], None, pieces[:-1]
    if numbered and (found := _TRAILING_NUMBER.match(last)):
        return found["number"], None, [*pieces[:-1], found["rest"]]
    return None, None, pieces


def _without_maximum(text: str) -> str:
    plain = fold(text)
    if _BRACKETED.match(plain):
        return ""
    trailing = _TRAILING_NUMBER.match(plain)
    return _MAXIMUM.sub(" ", trailing["rest"] if trailing else plain)


def _maximum(pieces: Sequence[str]) -> Decimal | None:
    for piece in reversed(pieces):
        plain = fold(piece)
        if found := _MAXIMUM.search(plain):
            return _points(found["said"] or found["bracket"] or found["bare"])
        if _BRACKETED.match(plain):
            return _points(plain.strip("() "))
        if trailing := _TRAILING_NUMBER.match(plain):
            return _points(trailing["number"])
    return None


def _points(printed: str) -> Decimal:
    digits = re.split(r"[.,]", re.sub(r"\s", "", printed))[0]
    return Decimal(digits)


def _indicator(heads: Heads) -> tuple[int | None, str]:
    """The k of `Chỉ số k` and what the column's own words are without it."""
    found = _INDICATOR.search(heads.own)
    if found:
        return int(found[1]), heads.own.replace(found[0], "")
    if heads.own.isdigit() and any(word in heads.above for word in _COUNTED):
        return int(heads.own), ""
    return None, heads.own
