"""Maxima printed in headings, `(5đ)`, `(5 điểm)`, `tối đa 5`, `(5)`, or in a row of their own below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from extract.document import Row
from normalise.column_numbers import BRACKETED, TRAILING_NUMBER
from normalise.layout import layouts
from normalise.text import fold, tidy

_DIGITS = r"\d(?:\s?\d){0,2}(?:[.,]0+)?"
_POINTS = r"d(?:\s*i\s*e\s*m)?(?!\w)"


def _broken(*words: str) -> str:
    """A pattern of any of the words, as a narrow column may break them: `Ch ỉ số`."""
    return "(?:" + "|".join(r"\s*".join(word) for word in words) + ")"


_MOST = rf"(?:{_broken('diem')}\s*)?{_broken('toida')}\s*:?\s*"
_MAXIMUM = re.compile(
    rf"[(\[]?\s*{_MOST}(?P<said>{_DIGITS})\s*(?:{_POINTS})?\s*[)\]]?"
    rf"|[(\[]\s*(?P<bracket>{_DIGITS})\s*{_POINTS}\s*[)\]]?"
    rf"|(?<![\w/])(?P<bare>{_DIGITS})\s*(?!{_MOST}\d){_POINTS}"
)
"""In `Chỉ số 1 Điểm tối đa: 5` the 1 is none."""
_SCALE = re.compile(
    rf"[(\[]?\s*(?:(?:{_broken('tinh')}\s*)?{_broken('theo', 've', 'ra')})?\s*{_broken('thang')}"
    rf"\s*{_broken('diem')}?\s*{_DIGITS}\s*[)\]]?"
)
_UNIT = re.compile(
    rf"\(\s*(?:{_broken('nghin', 'ngan', 'trieu')}?\s*{_broken('dong')}|vnd|d|%|"
    rf"{_broken('hoso', 'hs', 'thutuc')})\s*\)"
)
_OUTLINE = re.compile(r"^(?:\d{1,2}|[ivx]{1,4}|[a-h])\s*[.)]\s+(?=[^\W\d])")
_BARE_PLACE = re.compile(r"\d{1,2}\s*\.\s*(?P<k>\d{1,2})")
_WITHIN_GROUP = re.compile(
    rf"(?P<what>{_broken('chiso', 'tieuchi', 'cs', 'tc')}\s*)\d{{1,2}}\s*\.\s*(?P<k>\d{{1,2}})"
)
_LABEL = re.compile(r"(?:muc |thang |so )?(?:diem )?(?:toi da|chuan|tran)|thang diem")
_LONE = re.compile(r"\d{1,3}(?:[.,]0+)?")
LEAST_MAXIMA = 3
"""So many columns have a maximum in the row below the headings; a lone figure there is something else."""
LEAST_UNNAMED = 6
"""So many figures that are all maxima, with no word beside them, are a row of maxima that does not say so: a unit
has a name, and totals are other figures."""
SUMS = {Decimal(n) for n in (15, 18, 20, 100)}
"""Maxima of the groups and of the total, beside those of the parts."""


def maxima_row(row: Row) -> dict[int, str] | None:
    """Maxima by column, when a body row gives them: `Điểm tối đa`, then 5, 5, 10."""
    texts = {cell.column: tidy(cell.text) for cell in row.cells if cell.text and cell.column >= 0}
    figures = {column: text for column, text in texts.items() if _LONE.fullmatch(text)}
    words = [text for column, text in texts.items() if column not in figures]
    labelled = any(_LABEL.fullmatch(fold(text)) for text in words)
    least = LEAST_MAXIMA if labelled else LEAST_UNNAMED
    told = labelled or (not words and _maxima().issuperset(map(_points, figures.values())))
    return figures if told and len(figures) >= least else None


@cache
def _maxima() -> frozenset[Decimal]:
    """All maxima that a heading may print."""
    parts = (field.maximum for layout in layouts() for field in layout.fields)
    return frozenset(SUMS.union(m for m in parts if m is not None))


def with_maxima(paths: Sequence[tuple[str, ...]], below: dict[int, str]) -> list[tuple[str, ...]]:
    """The headings with the maxima that a row `below` them gives, or their own last line, marked as such."""
    if not below and _feet_are_maxima(paths):
        below = {c: p[-1] for c, p in enumerate(paths) if p and _LONE.fullmatch(p[-1])}
        paths = [p[:-1] if c in below or _is_label(p) else p for c, p in enumerate(paths)]
    return [(*p, f"({below[c]}đ)") if c in below else p for c, p in enumerate(paths)]


def _is_label(path: tuple[str, ...]) -> bool:
    return bool(path and _LABEL.fullmatch(fold(path[-1])))


def _feet_are_maxima(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether the last heading line is `Điểm tối đa | 5 | 5 | 10`: so it says, or its figures stand under words
    of their own and repeat, as numbers of columns do not."""
    feet = [p for p in paths if len(p) > 1 and _LONE.fullmatch(p[-1])]
    if len(feet) < LEAST_MAXIMA:
        return False
    own = len({p[:-1] for p in feet}) == len(feet)
    return any(map(_is_label, paths)) or (own and len({p[-1] for p in feet}) < len(feet))


def without_maximum(text: str) -> str:
    """A heading's words, folded, without its maximum, its scale (`thang 100`), its unit of measure (`(%)`)
    and its place in an outline (`2. Tiến độ`; `Chỉ số 2.1`, or `2.1`, is the first of its group)."""
    plain = fold(text)
    if BRACKETED.match(plain):
        return ""
    trailing = TRAILING_NUMBER.match(plain)
    words = trailing["rest"] if trailing else plain
    if "tháng" not in tidy(text).casefold():
        words = _SCALE.sub(" ", words)
    for remark in (_MAXIMUM, _UNIT):
        words = remark.sub(" ", words)
    if bare := _BARE_PLACE.fullmatch(words.strip()):
        return f"chi so {bare['k']}"
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
