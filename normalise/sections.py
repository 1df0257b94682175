"""Which levels of units stand under a section heading such as `CÁC CƠ QUAN` or `UBND cấp xã`."""

from __future__ import annotations

import re

from normalise.text import fold

COMMUNES = frozenset({"commune"})
DISTRICTS = frozenset({"district"})
OFFICES = frozenset(
    {"provincial_department", "province_division", "district_division", "commune_division"}
)

# Headings of the five reports: I CÁC CƠ QUAN / II UBND cấp xã; I CÁC CƠ QUAN CHUYÊN MÔN THUỘC UBND TỈNH /
# II UBND CÁC HUYỆN, THỊ XÃ, THÀNH PHỐ; I CẤP THỊ / II UBND CÁC XÃ PHƯỜNG.
_OFFICES = re.compile(r"co quan|phong ban|chuyen mon|so,? ban|nganh|cap (huyen|thi|thanh|tinh)")
_DISTRICTS = re.compile(r"\b(huyen|thi xa|thanh pho)\b")
_COMMUNES = re.compile(r"\b(xa|phuong|thi tran)\b")


def levels_of(section: str | None) -> frozenset[str]:
    """The levels a heading announces; empty when it says nothing about them.

    An office's heading may name the district it belongs to, so offices are looked for first.
    """
    words = fold(section or "")
    if _OFFICES.search(words):
        return OFFICES
    if _COMMUNES.search(words.replace("thi xa", " ")):
        return COMMUNES
    return DISTRICTS if _DISTRICTS.search(words) else frozenset()
