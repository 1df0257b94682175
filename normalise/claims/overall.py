"""Figures of all units together: `Điểm bình quân của 14 đơn vị: 83,72 điểm`, how far the first is from the last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from normalise.claims.indicators import Columns
from normalise.claims.passage import Passage
from normalise.submission import Claim

_VALUE = r"(?::| la| dat| bang)+ (?P<value>\d{1,3}(?:[.,]\d{1,3})?) ?diem"
_MEAN = re.compile(
    r"\bdiem (?:so |quy doi )?(?P<word>binh quan|trung binh)(?: chung)?(?: (?:cua|toan|cac)\b[a-z0-9 ,]{2,60}?)?"
    + _VALUE
)
_FIRST = r"(?:dung dau|dan dau|cao nhat|dung thu nhat|cao diem nhat|nhieu diem nhat)"
_LAST = r"(?:dung cuoi|cuoi bang|xep cuoi|thap nhat|thap diem nhat|it diem nhat)"
_UNIT = r"(?:(?:don vi|xa|co quan|huyen)(?: (?:co diem|dat diem|dat|co))? )?"
_SPREAD = re.compile(
    rf"\b(?:khoang cach|chenh lech)(?: diem(?: so)?)? giua {_UNIT}{_FIRST} va {_UNIT}{_LAST}{_VALUE}"
)


def overall_claims(passage: Passage, columns: Columns) -> Iterator[Claim]:
    """The mean of the results, and the difference between the highest and the lowest."""
    for what, pattern in (("mean", _MEAN), ("spread", _SPREAD)):
        for match in pattern.finditer(passage.plain, passage.start):
            if columns.results and not passage.between(passage.start, match.start()):
                yield _without_its_word(passage, match).claim(
                    "figure", match.start(), match.end(), what=what, fields=";".join(columns.results),
                    printed=match["value"], value=match["value"].replace(",", "."),
                )  # fmt: skip


def _without_its_word(passage: Passage, match: re.Match[str]) -> Passage:
    """`bình quân` tells of several periods where it is no mean of units."""
    word = match.groupdict().get("word")
    if not word:
        return passage
    start, end = match.span("word")
    return replace(passage, whole=passage.whole[:start] + " " * len(word) + passage.whole[end:])
