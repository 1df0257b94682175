"""Maxima printed in headings: `(5đ)`, `(5 điểm)`, `tối đa 5`, `(5)`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from normalise.column_numbers import BRACKETED, TRAILING_NUMBER
from normalise.text import fold

_DIGITS = r"\d(?:\s?\d){0,2}(?:[.,]0+)?"
_POINTS = r"d(?:\s*i\s*e\s*m)?(?!\w)"
_MAXIMUM = re.compile(
    rf"[(\[]?\s*(?:diem\s*)?toi\s*da\s*:?\s*(?P<said>{_DIGITS})\s*(?:{_POINTS})?\s*[)\]]?"
    rf"|[(\[]\s*(?P<bracket>{_DIGITS})\s*{_POINTS}\s*[)\]]?"
    rf"|(?<![\w/])(?P<bare>{_DIGITS})\s*{_POINTS}"
)
_SCALE = re.compile(
    r"[(\[]?\s*(?:(?:tinh\s*)?(?:theo|ve|ra)\s*)?thang\s*(?:diem\s*)?\d{1,3}\s*[)\]]?"
)
_UNIT = re.compile(r"\(\s*(?:(?:nghin|ngan|trieu)?\s*dong|vnd|d|%|ho so|hs|thu tuc)\s*\)")
_OUTLINE = re.compile(r"^(?:\d{1,2}|[ivx]{1,4}|[a-h])\s*[.)]\s+(?=[^\W\d])")
_WITHIN_GROUP = re.compile(
    r"(?P<what>(?:chi\s*so|tieu\s*chi|cs|tc)\s*)\d{1,2}\s*\.\s*(?P<k>\d{1,2})"
)


def without_maximum(text: str) -> str:
    """A heading's words, folded, without its maximum, its scale (`thang 100`), its unit of measure (`(%)`)
    and its place in an outline (`2. Tiến độ`; `Chỉ số 2.1` is the first of its group)."""
    plain = fold(text)
    if BRACKETED.match(plain):
        return ""
    trailing = TRAILING_NUMBER.match(plain)
    words = trailing["rest"] if trailing else plain
    for remark in (_SCALE, _MAXIMUM, _UNIT):
        words = remark.sub(" ", words)
    return _WITHIN_GROUP.sub(r"\g<what>\g<k>", _OUTLINE.sub("", words.strip()))


def maximum_of(pieces: Sequence[str]) -> Decimal | None:
    """The maximum in points that the innermost of these headings prints."""
    for piece in reversed(pieces):
        plain = fold(piece)
        if found := _MAXIMUM.search(plain):
            return _points(found["said"] or found["bracket"] or found["bare"])
        if BRACKETED.match(plain):
            return _points(plain.strip("() "))
        if trailing := TRAILING_NUMBER.match(plain):
            return _points(trailing["number"])
    return None


def _points(printed: str) -> Decimal:
    digits = re.split(r"[.,]", re.sub(r"\s", "", printed))[0]
    return Decimal(digits)
