"""Claims of a change against the period before: `giảm 1,55 điểm`, `giảm so với tháng trước`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalise.claims.indicators import Columns
from normalise.claims.passage import Passage
from normalise.submission import Claim

CHANGE = re.compile(
    r"\b(?P<way>tang|giam)(?: them)? (?P<value>\d{1,3}(?:[.,]\d+)?)"
    r"(?: va (?P<second>\d{1,3}(?:[.,]\d+)?))?\s*(?P<unit>diem|%)"
)
_MOVED = re.compile(
    r"\b(?P<way>tang|giam)(?: [a-z]+){0,3}? so (?:voi|sanh voi) (?:cung ky )?(?:thang|ky|quy|nam|lan) ?(?:truoc|\d+)?"
)


def change_claims(passage: Passage, columns: Columns) -> Iterator[Claim]:
    """Changes against the period before: `giảm 1,55 điểm`, `giảm so với tháng trước`."""
    for match in CHANGE.finditer(passage.plain, passage.start):
        yield from _change(passage, columns, match)
    amounts = [m.end() for m in CHANGE.finditer(passage.plain, passage.start)]
    for match in _MOVED.finditer(passage.plain, passage.start):
        names = passage.between(passage.start, match.start())
        if names and not any(passage.start < end <= match.start() for end in amounts):
            yield passage.claim(
                "change", names[0].start, match.end(), [f.unit for f in names], way=match["way"],
                against=_against(passage, match), fields=_change_fields(passage, columns, names[0].start, match),
            )  # fmt: skip


def _change(passage: Passage, columns: Columns, match: re.Match[str]) -> Iterator[Claim]:
    before = passage.between(passage.start, match.start())
    if not before:
        return
    printed_values = [v for v in (match["value"], match["second"]) if v]
    for index, printed in enumerate(printed_values):
        fields = _change_fields(passage, columns, passage.start, match, index)
        yield passage.claim(
            "change", before[-1].start, match.end(), [before[-1].unit], way=match["way"],
            printed=printed, value=printed.replace(",", "."), fields=fields,
            against=_against(passage, match), percent="1" if match["unit"] == "%" else None,
        )  # fmt: skip


def _against(passage: Passage, match: re.Match[str]) -> str | None:
    """`year` where the same period of the year before is meant; nothing where it is the period before."""
    words = passage.whole[match.start() : match.end() + 60]
    return "year" if re.search(r"cung ky|nam truoc", words) else None


_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")


def _change_fields(
    passage: Passage, columns: Columns, start: int, match: re.Match[str], index: int = 0
) -> str:
    words = passage.plain[passage.start : match.start()]
    if match.groupdict().get("unit") == "%":
        return ";".join(columns.named(passage, start, match.start(), "rates"))
    quoted = list(_QUOTED.finditer(passage.plain, passage.start, match.start()))
    if match.groupdict().get("second") and len(quoted) == 2:
        return ";".join(columns.named(passage, *quoted[index].span(), "scores"))
    if re.search(r"chi so|tieu chi|nhom|ty le", words):
        return ";".join(columns.named(passage, passage.start, match.start(), "scores"))
    return "converted;total" if "quy doi" not in words else "converted"
