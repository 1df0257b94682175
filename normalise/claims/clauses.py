"""Where a clause with a subject of its own begins: no list of names reaches across.

`A, B đạt điểm tối đa; C đạt thấp nhất`, `…, còn C đạt thấp nhất`, `…, trong khi C chỉ đạt 1,3 điểm`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from normalise.claims.phrases import phrases

_WORDS = {sort: "|".join(words) for sort, words in phrases()["clauses"].items()}
_KIND = (
    r"(?:(?:ubnd|cac|hai|ba|\d{1,2}|don vi|co quan|xa|phuong|thi tran|huyen|thi xa|thanh pho)\s+)*"
)
_NAME = rf"{_KIND}@+(?:\s*\([^();@]{{1,30}}\))?"
_AND = r"(?:\s*,\s*(?:va\s+)?|\s*&\s*|\s+va\s+)"
_SUBJECT = rf"{_NAME}(?:{_AND}{_NAME})*"
_TURNED = re.compile(rf"(?:[;,]\s*|\s)(?:{_WORDS['turns']})[\s,]+{_SUBJECT}")
_OWN = re.compile(
    rf";\s*{_SUBJECT}\s+(?P<verb>(?P<led>(?:(?:{_WORDS['adverbs']})\s+)*)(?:{_WORDS['verbs']})\b)"
)
_FIGURE = re.compile(r"\s*:?\s*\(?\d")
_LIST = re.compile(rf"[^a-z@]*{_NAME}(?:\s*;\s*{_NAME})*\s*")
_SAID = re.compile(rf"\b(?:{_WORDS['said']})\b")


def borders(plain: str, start: int, capital: Callable[[int], bool]) -> tuple[int, ...]:
    """The places of the `;`, the comma or the blank before such clauses, in a sentence that begins at `start`.

    `plain` has its names blanked by `@`; `capital` says whether the word at a place has a capital.
    """
    turned = (m.start() for m in _TURNED.finditer(plain, start))
    return tuple(sorted({*turned, *_with_verbs(plain, start, capital)}))


def _with_verbs(plain: str, start: int, capital: Callable[[int], bool]) -> Iterator[int]:
    for match in _OWN.finditer(plain, start):
        before = plain[start : match.start()]
        only_figure = not match["led"] and _FIGURE.match(plain, match.end()) is not None
        if capital(match.start("verb")) or _one_subject(before):
            continue
        if only_figure and _figured(before):
            continue
        yield match.start()


def _figured(before: str) -> bool:
    """`A đạt 91 điểm; B đạt 90 điểm`: every name of the list has its figure."""
    return re.search(r"\d", before.rpartition("@")[2]) is not None


def _one_subject(before: str) -> bool:
    """`UBND xã A; UBND xã B; UBND xã C đạt thấp nhất`: nothing is said of the first names but what is said of all."""
    lead, colon, names = before.rpartition(":")
    return _LIST.fullmatch(names) is not None and not (colon and _SAID.search(lead))
