"""The unit that issues a report, from its letterhead, title or opening sentence."""

from __future__ import annotations

from normalise.candidates import field_of
from normalise.matching import match_within
from normalise.register import Register, day_of
from normalise.scope import PrintedName
from normalise.submission import UnitMatch


def match_issuer(
    text: str, register: Register, when: str | None = None, ocr: bool = False
) -> UnitMatch:
    """The issuer named by a letterhead (`ỦY BAN NHÂN DÂN HUYỆN TUẦN GIÁO`) or by `UBND huyện Tuần Giáo`."""
    field = field_of(register, None, day_of(when))
    return match_within([PrintedName(text, ocr=ocr)], field, register)[0]
