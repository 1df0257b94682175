"""The parts of a letter: letterhead, title, opening, prose, closing, and what its annexes say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz import fuzz

from extract.document import Document, Line, Origin, Table
from normalise.periods import find_bases
from normalise.text import fold, squeeze, tidy

Zone = Literal[
    "head",
    "title",
    "opening",
    "prose",
    "closing",
    "recipients",
    "annex-title",
    "annex-note",
]

_OPENING = (
    "thuc hien",
    "can cu",
    "tren co so",
    "kinh gui",
    "thi hanh",
    "de thuc hien",
    "ubnd",
    "theo",
)
_ANNEX = (
    "phu luc",
    "bieu",
    "ket qua danh gia",
    "ket qua cham diem",
    "ket qua thuc hien",
    "thong ke",
)
_ANNEX_AFTER = (*_ANNEX, "ket qua xep loai", "tong hop", "bang tong hop", "bang diem", "mau so")
"""Words that begin an annex once the letter has ended; before, they may head a table of its own."""
_ANNEX_LABEL = re.compile(r"^(phu luc|bieu( so| mau)? ?\w{1,4}\b|mau so ?\w{1,4}\b)")
_LISTED = re.compile(r"\s*[-+*•]")
_NOTE = re.compile(r"kem theo|^(?!so).*/\s?bc\s?-")
_SIGNATURE = re.compile(r"^(tm|kt|tl|q)\b|chu tich$|chanh van phong$|giam doc$")
_HEADED = re.compile(r"^(1|i|a|2)\s*[.)/]")
LONGEST_TITLE = 10
"""Lines; the longest title of the five reports has four."""
MISREAD = 15
"""Capitals of a line for each small letter that may be a misread digit."""
LONGEST_NOTE = 3
"""Lines that `(Kèm theo Báo cáo số ...)` may take; it takes one or two."""
LIKE = 75
"""Share (percent) of common letters at which an opening word read without its marks still counts:
`cen cir` for `can cu` has 77, no other first words of the reports reach 70."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring lines of one zone; `starts` are the offsets of the lines in `text`.

    `origin` is `ocr` when any of the lines was recognised.
    """

    zone: Zone
    lines: tuple[Line, ...]
    text: str
    starts: tuple[int, ...]
    origin: Origin = "text-layer"

    @property
    def folded(self) -> str:
        return fold(self.text)

    def line_at(self, offset: int) -> Line:
        """The line on which the character at `offset` of `text` stands."""
        found = [line for line, at in zip(self.lines, self.starts, strict=True) if at <= offset]
        return found[-1] if found else self.lines[0]


def passages(document: Document, scored: Sequence[Table]) -> tuple[Passage, ...]:
    """The document's prose by zones; `scored` are the tables with figures, whose cells are no prose."""
    lines = list(_lines(document, {t.order for t in scored}))
    zones = _zones([line for line, _ in lines])
    zoned = zip(zones, lines, strict=True)
    return tuple(
        _passage(zone, [line for _, line in group])
        for zone, group in groupby(zoned, key=lambda pair: pair[0])
    )


def title_above(document: Document, table: Table) -> str:
    """The heading printed just above a table: its lines in capitals, else the last line before it."""
    earlier = max((t.order for t in document.tables if t.order < table.order), default=-1)
    between = [
        line
        for p in sorted(document.paragraphs, key=lambda p: p.order)
        if earlier < p.order < table.order
        for line in p.lines
        if line.text.strip() and not line.text.strip().startswith("(")
    ]
    return " ".join(_capitals(between)) or (tidy(between[-1].text) if between else "")


def _capitals(between: Sequence[Line]) -> list[str]:
    """The last lines in capitals, letterhead and signature left out."""
    found: list[str] = []
    for line in reversed(between):
        if _begins_title(line.text):
            break
        if not _in_capitals(line.text) or _SIGNATURE.search(fold(line.text)):
            if found:
                break
            continue
        found.insert(0, tidy(line.text))
    begins = [i for i, text in enumerate(found) if _begins_annex(text)]
    return found[begins[0] :] if begins else found


def _lines(document: Document, tables: set[int]) -> Iterator[tuple[Line, Origin]]:
    """All lines outside scored tables, in reading order; a letterhead set as a table is prose too."""
    pieces = [(p.order, [(line, p.origin) for line in p.lines]) for p in document.paragraphs]
    for table in document.tables:
        if table.order not in tables:
            pieces.append((table.order, list(_table_lines(table))))
    for _, lines in sorted(pieces, key=lambda piece: piece[0]):
        yield from ((line, origin) for line, origin in lines if line.text.strip())


def _table_lines(table: Table) -> Iterator[tuple[Line, Origin]]:
    origin: Origin = "ocr" if table.reader == "scan" else "text-layer"
    yield from ((Line(h.text, h.page, h.box), origin) for h in table.header)
    for row in table.rows:
        for cell in row.cells:
            yield from ((Line(text, cell.page, cell.box), cell.origin) for text in cell.lines)


def _zones(lines: Sequence[Line]) -> Iterator[Zone]:
    """The zone of each line."""
    titled = any(_begins_title(line.text) for line in lines)
    lettered = any(_like(fold(line.text), "tren day la") for line in lines)
    zone: Zone = "head" if titled or lettered else "annex-title"
    length = 0
    noted = 0
    page = 1
    for line in lines:
        if zone == "head" and not titled and _cites(line.text):
            zone = "opening"
        if zone == "recipients" and line.page > page and not _LISTED.match(line.text):
            zone = "annex-title"
        zone, page = _next(zone, line.text, length), line.page
        length = length + 1 if zone == "title" else 0
        shown = zone
        if zone == "annex-title" and (noted or _NOTE.search(fold(line.text))):
            shown = "annex-note"
            noted = 0 if ")" in line.text else noted - 1 if noted else LONGEST_NOTE - 1
        yield shown
        if zone == "opening" and _ends_opening(line.text):
            zone = "prose"


def _next(zone: Zone, text: str, length: int) -> Zone:
    """The zone of a line, given the zone of the line before and how long a title already is."""
    plain = fold(text)
    if zone == "head":
        return "title" if _begins_title(text) else "head"
    if zone == "title":
        return "opening" if _begins_opening(text) or length > LONGEST_TITLE else "title"
    if zone == "opening" and _HEADED.match(plain):
        return "prose"
    if zone in ("opening", "prose") and _like(plain, "tren day la"):
        return "closing"
    if zone in ("opening", "prose", "closing") and _like(plain, "noi nhan"):
        return "recipients"
    if zone == "prose" and _begins_annex(text):
        return "annex-title"
    if zone in ("closing", "recipients") and _begins_annex(text, _ANNEX_AFTER):
        return "annex-title"
    return zone


def _begins_title(text: str) -> bool:
    letters = squeeze(text)
    return letters == "baocao" or (letters.startswith("baocao") and text.strip()[:7].isupper())


def _begins_opening(text: str) -> bool:
    plain = fold(text)
    return _cites(text) or bool(_HEADED.match(plain)) or any(_like(plain, w) for w in _OPENING)


def _cites(text: str) -> bool:
    return any(True for _ in find_bases(text))


def _ends_opening(text: str) -> bool:
    return bool(re.search(r"nh\w sau\s*[:.]?\s*$", fold(text)))


def _begins_annex(text: str, words: tuple[str, ...] = _ANNEX) -> bool:
    plain = fold(text).lstrip("*# ")
    capitals = _in_capitals(text) or bool(_ANNEX_LABEL.match(plain))
    return capitals and plain.startswith(words)


def _in_capitals(text: str) -> bool:
    """Whether a line is set in capitals; one letter in so many may be a digit misread (`THÁNG ó NĂM 2023`)."""
    cased = [c for c in text if c.isupper() or c.islower()]
    return bool(cased) and sum(c.islower() for c in cased) * MISREAD <= len(cased)


def _like(plain: str, start: str) -> bool:
    begun = plain.lstrip("-*+ _")[: len(start) + 1].strip()
    return begun.startswith(start) or fuzz.ratio(begun[: len(start)], start) > LIKE


def _passage(zone: Zone, found: Sequence[tuple[Line, Origin]]) -> Passage:
    lines = [line for line, _ in found]
    recognised = any(origin == "ocr" for _, origin in found)
    starts: list[int] = []
    text = ""
    for line in lines:
        text += " " if text else ""
        starts.append(len(text))
        text += tidy(line.text)
    origin = "ocr" if recognised else found[0][1]
    return Passage(zone, tuple(lines), text, tuple(starts), origin)
