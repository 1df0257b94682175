"""Which columns a phrase of the letter means, among those the report has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalise.claims.passage import Passage
from normalise.claims.phrases import phrases
from normalise.submission import FieldTable

MOST = 30
"""Points: the highest maximum of an indicator (decision 459); more than that only a result can have."""
OF_INDICATORS = (
    r"(?:chi so|tieu chi|nhom(?! (?:dan dau|cuoi|dung|don vi|xep loai|loai|xuat sac|tot|kha|trung binh|yeu|ubnd"
    r"|xa|phuong|huyen|co quan|(?:cac|so)(?! (?:chi so|tieu chi|hoa)))\b))"
)
"""Words that make a figure near them an indicator's; a group of units is none of indicators."""
_NUMBERED = re.compile(r"\bchi so (?:thanh phan )?(?:so )?(\d)\b(?!\s*/)")


class Columns:
    """The fields that the tables of one report have."""

    def __init__(self, tables: Sequence[FieldTable]) -> None:
        self.fields = {c.field for t in tables for c in t.columns if c.field}
        self.results = tuple(f for f in ("converted", "total") if f in self.fields)
        rows = [r.entry(self.results[0]) for t in tables for r in t.units()] if self.results else []
        printed = [e.value for e in rows if e is not None and e.value is not None]
        self.of_hundred = max(printed, default=0) > MOST

    def named(self, passage: Passage, start: int, end: int, sort: str) -> tuple[str, ...]:
        """The fields meant by the words from `start` to `end`, else by the sentence, else by what leads it.

        `sort`: `rates` (a percentage), `counts` (something or nothing at all) or `scores`. Best first.
        """
        own = passage.whole[start:end]
        before = passage.whole[: passage.end]
        leads = (own, passage.plain[passage.start :], before, *reversed(passage.block.context))
        numbered = _NUMBERED.findall(own) or _NUMBERED.findall(passage.plain[start:])
        if numbered:
            for text in leads:
                found = self._grouped(text, numbered[-1])
                if found is not None:
                    return found
        for text in leads:
            found = self.spoken_of(text, sort)
            if found:
                return found
        return ()

    def _grouped(self, text: str, number: str) -> tuple[str, ...] | None:
        """The field of the group named last, none where the tables lack it; None when no group is named."""
        last: tuple[int, str] = (-1, "")
        for group, words in phrases()["groups"].items():
            for match in re.finditer(words, text):
                last = max(last, (match.start(), f"{group}_{number}"))
        if not last[1]:
            return None
        return (last[1],) if last[1] in self.fields else ()

    def spoken_of(self, text: str, sort: str) -> tuple[str, ...]:
        """The fields of the indicator that a piece of text names, none where it names none."""
        for entry in phrases()["indicators"]:
            if not re.search(entry["words"], text):
                continue
            first = {"rates": "statistics", "counts": "counts"}.get(sort, "scores")
            for fields in (entry[first], entry["scores"]):
                found = tuple(f for f in fields if f in self.fields)
                if found:
                    return found
        return ()
