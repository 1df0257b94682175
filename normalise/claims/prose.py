"""Prose as one folded text per block, with the way back to the printed words.

A block is a heading, a bullet or a paragraph. Readers hand on lines that may have been broken
anywhere, even one line to a paragraph; here they become whole sentences again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from extract.document import Box, Line, Origin, Paragraph
from normalise.text import fold, tidy

_PIECE = re.compile(r"[^\W_]+|[\W_]+")
BULLET = re.compile(
    r"^\s*([-–—+•*▪·]|\(?[a-zđ]\)|\(\d{1,2}\)|\d{1,2}(?:\.\d{1,2})*[.)](?!\d)|[IVX]{1,4}\."
    r"|\((?=(?:Biểu|Chi tiết|Có|Kèm|Phụ)))(?=[\s(\w“\"])"
)
_ENDS = re.compile(r"[.!?;:]['\"”’)*]*\s*$|\./\.$")
_CLOSED = re.compile(r"[.!?]['\"”’)*]*\s*$")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without marks. Piece i of the plain text starts at `plain_at[i]`, printed at `at[i]`."""

    printed: str
    plain: str
    plain_at: tuple[int, ...]
    at: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The printed characters of plain characters `start` to `end` (excluded)."""
        return self._back(start, False), self._back(end, True)

    def _back(self, position: int, end: bool) -> int:
        index = bisect_right(self.plain_at, max(0, position - 1 if end else position)) - 1
        offset = position - self.plain_at[index]
        stop = self.at[index + 1] if index + 1 < len(self.at) else len(self.printed)
        return min(self.at[index] + offset, stop)

    def text(self, start: int, end: int) -> str:
        a, b = self.source(start, end)
        return self.printed[a:b].strip(" ,;:-–+•")

    def capital(self, start: int) -> bool:
        """Whether the word at a plain position begins with a capital letter."""
        a, _ = self.source(start, start + 1)
        return self.printed[a : a + 1].isupper()


def folded(printed: str, vocabulary: frozenset[str] | None = None) -> Folded:
    """Fold a text; with a vocabulary (OCR) damaged words become the known word they come from."""
    plain, plain_at, at = "", [], []
    for match in _PIECE.finditer(printed):
        word = match.group()
        small = fold(word) if word.strip() and word[0].isalnum() else word
        plain_at.append(len(plain))
        at.append(match.start())
        plain += mended(small, vocabulary) if vocabulary and small[:1].isalnum() else small
    return Folded(printed, plain, tuple(plain_at) or (0,), tuple(at) or (0,))


_DIGIT_LETTERS = str.maketrans("601&", "ool ")


def mended(word: str, vocabulary: frozenset[str]) -> str:
    """A word that OCR damaged by one letter, as the only known word one letter away."""
    if word in vocabulary or word.isdigit() or len(word) < 2:
        return word
    letters = word.translate(_DIGIT_LETTERS)
    for tried in (letters, letters.replace("ir", "u")):  # OCR sees `ir` in `ừ`: `tir`, `mirc`
        if tried in vocabulary:
            return tried
    if len(letters) < 3:
        return word
    near = [v for v in vocabulary if len(v) > 2 and Levenshtein.distance(letters, v) == 1]
    same = [v for v in near if v[0] == letters[0] and len(v) >= len(letters)]
    choice = same if len(same) == 1 else near
    return choice[0] if len(choice) == 1 else word


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, bullet or paragraph. `context` are the folded headings and leading words above it, `when` the
    report's period."""

    prose: Folded
    starts: tuple[int, ...]
    lines: tuple[Line, ...]
    origin: Origin
    context: tuple[str, ...]
    damaged: bool
    when: str | None = None

    @property
    def plain(self) -> str:
        return self.prose.plain

    def place(self, start: int) -> tuple[int, Box | None]:
        """Page and box of the line in which a plain position stands."""
        line = self.lines[bisect_right(self.starts, self.prose.source(start, start + 1)[0]) - 1]
        return line.page, line.box


@dataclass(frozen=True, slots=True)
class Raw:
    """Lines that make one block."""

    lines: tuple[Line, ...]
    origin: Origin

    @property
    def text(self) -> str:
        return " ".join(tidy(line.text) for line in self.lines)


def blocks(raws: Sequence[Raw], vocabulary: frozenset[str], when: str | None) -> Iterator[Block]:
    """The prose in reading order; the vocabulary mends words where all marks are lost.

    Prose that was read with its marks is left alone: there most words are right, and mending would change some.
    """
    headings: dict[int, str] = {}
    bare = _without_marks(" ".join(raw.text for raw in raws))
    for raw in raws:
        text, starts = "", []
        for line in raw.lines:
            starts.append(len(text))
            text += tidy(line.text) + " "
        prose = folded(text.rstrip(), vocabulary if bare else None)
        depth = _depth(prose.printed)
        headings = {d: h for d, h in headings.items() if d < depth}
        context = tuple(headings[d] for d in sorted(headings))
        headings[depth] = prose.plain[:200]
        yield Block(
            prose, tuple(starts), raw.lines, raw.origin, context, bare or raw.origin == "ocr", when
        )


def _without_marks(text: str) -> bool:
    """Vietnamese prose marks about every second word; OCR without the language keeps stray ones."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    odd = sum("đ" in w.lower() or "ư" in w.lower() or "ơ" in w.lower() for w in words)
    return len(words) > 40 and odd < len(words) * 0.05


def _depth(text: str) -> int:
    """How deep in the outline a block stands: `1.` 1, `1.1.` 2, a plain line 4, `-` 5, `+` 6."""
    bullet = BULLET.match(text)
    mark = bullet.group(1) if bullet else ""
    if mark[:1].isdigit():
        return mark.rstrip(".)").count(".") + 1
    if mark and mark[0] in "IVX":
        return 0
    return {"+": 6, "": 4, "(": 7}.get(mark, 5)


_PAGE_NUMBER = re.compile(r"[\s–-]*\d{1,2}[\s–-]*")

_SMALL = 2
"""Characters of a page number; no sentence is so short."""


def _is_page_number(text: str, paragraph: Paragraph) -> bool:
    """Whether a line is a page's number; a recognised one may be anything as short, `b3` for 2, and dust a dash."""
    alone = paragraph.origin == "ocr" and len(paragraph.lines) == 1
    return (alone and len(text) <= _SMALL) or _PAGE_NUMBER.fullmatch(text) is not None


_GOM = re.compile(r"\b[^\W\d_]ồm\b")
"""Recognition takes the g, whose tail the next line may touch, for an s or ø; no other such word leads a list."""
_SPECKS = " _|'`~"
"""What dust behind a line is read as."""
_LIKE_DIGIT = str.maketrans("Il|!OoSŠ", "11110055")
_NUMBER = r"(?:[\dIl|!OoSŠ]{2,3}|[\dIlSŠ])"
_LIKE_COUNT = re.compile(
    rf"(?<![\w.,/]){_NUMBER}(?:/{_NUMBER})?(?= (?:đơn vị|cơ quan|địa phương|xã|phường|thị trấn|huyện|sở)\b)"
)
"""`II đơn vị`: letters that recognition takes digits for, where only a number can stand."""


_WITHIN_NAME = re.compile(r"(?<=\bSở)[:.;](?=[A-ZĐ])|(?<=\b[Xx]ã)[:.;](?=[A-ZĐ])")
"""`Sở:Kế hoạch và Đầu tư`: dust in the space within a name."""


def _without_dust(line: Line, paragraph: Paragraph) -> Line:
    """A recognised line without specks, and with what surely stands where letters were read for it."""
    if paragraph.origin != "ocr":
        return line
    text = _WITHIN_NAME.sub(" ", _GOM.sub("gồm", line.text.rstrip(_SPECKS)))
    return replace(line, text=_LIKE_COUNT.sub(lambda n: n[0].translate(_LIKE_DIGIT), text))


def joined(paragraphs: Sequence[Paragraph]) -> Iterator[Raw]:
    """Lines put together again where a sentence runs on, apart where a new block begins."""
    lines: list[Line] = []
    origin: Origin = "text-layer"
    short = _short(paragraphs)
    whole = False
    for paragraph in sorted(paragraphs, key=lambda p: p.order):
        for printed in paragraph.lines:
            line = _without_dust(printed, paragraph)
            if not line.text.strip() or _is_page_number(line.text, paragraph):
                continue
            fresh = printed is paragraph.lines[0]
            apart = fresh and whole and lines and line.page == lines[-1].page
            if lines and _begins(line.text, lines[-1].text, fresh, 1000 if apart else short):
                yield Raw(tuple(lines), origin)
                lines = []
            lines.append(line)
            origin = paragraph.origin
        whole = len(paragraph.lines) > 1
    if lines:
        yield Raw(tuple(lines), origin)


_RUNS_ON = re.compile(
    r"(?:,|\b(?:ubnd|xa|phuong|huyen|thi tran|thi xa|thanh pho|va|la|gom|co|cac|cua|don vi|so|phong|\d+))\s*$"
)
_SHORT = 60
"""A line this short, in characters, that ends a paragraph without a full stop is a heading: full lines of the
reports have 70 and more."""
_PART_OF_LINE = 0.75
"""The same as a part of the letter's long lines, where those are longer: letters of one line differ in width, by a
tenth and more, and a word that did not fit has up to seven letters."""


def _short(paragraphs: Sequence[Paragraph]) -> int:
    """Characters below which a line was ended by its writer, not by the page's edge."""
    lengths = sorted(len(line.text.strip()) for p in paragraphs for line in p.lines)
    long = lengths[len(lengths) * 4 // 5] if lengths else 0
    return max(_SHORT, int(long * _PART_OF_LINE)) if long <= _LONGEST_LINE else _LONGEST_LINE


_LONGEST_LINE = 130
"""Characters; longer ones are paragraphs in one line."""
_RANK_LINE = re.compile(r"\W*(?:xep loai|loai|nhom|muc|xuat sac|tot|kha|trung binh|yeu)\b")
_OPENS = re.compile(
    r"(?:Các|Còn|Có|Trong|Trên đây|Kết quả|Tỷ lệ|Tổng|Ngoài ra|Nhìn chung|Qua|Việc|Đơn vị|Đề nghị"
    r"|So với|(?:Tháng|Kỳ|Quý|Năm) trước)\s"
)
"""Words that open a sentence: behind half a line they do so though no stop stands before them."""
_FIGURED = re.compile(r"^[A-ZĐ][^.;:]{3,70}?\s*[-–:(,]\s*\d[\d.,]*\s*(?:điểm|đ|%)?\)?[;.,]?$")
"""`UBND xã A - 91,25`: a line of a table written out."""
_WRITTEN_OUT = re.compile(
    r"^[A-ZĐ][^.;:,(]{3,60}? [-–] \d[\d.,]*(?: ?(?:điểm|đ|%))?(?: [-–] \D{2,12})?$"
)
"""The same where nothing but the dash can part name and figure: a paragraph may hold many such lines."""


def _begins(line: str, before: str, fresh: bool, short: int = _SHORT) -> bool:
    """Whether a line begins a block; `fresh`: the reader has begun a paragraph with it."""
    listed = before.rstrip().endswith(":") or _FIGURED.match(before.strip())
    ranked = _RANK_LINE.match(fold(line)) and not line.strip()[:1].islower()
    if fresh and listed and (_FIGURED.match(line.strip()) or ranked):
        return True
    if listed and _WRITTEN_OUT.match(line.strip()):
        return True
    bullet = BULLET.match(before)
    if BULLET.match(line) and not _hyphen_of_name(line, before):
        return not (_dash_inside(line, before, short) or _speck(before, fresh, short))
    if _CLOSED.search(before):
        return True
    if fresh and len(before.strip()) < short and _OPENS.match(line.strip()):
        return True
    if _RUNS_ON.search(fold(before)):
        return False
    if not fresh:
        return len(before.strip()) < short / 2 and _OPENS.match(line.strip()) is not None
    if bullet and bullet.group(1)[:1].isdigit():
        return line.strip()[:1].isupper() and len(before) < _SHORT
    if bullet and _short_item(before):
        return line.strip()[:1].isupper()
    return len(before.strip()) < short and not _ENDS.search(before) and _starts_afresh(line)


def _dash_inside(line: str, before: str, short: int) -> bool:
    """`phân loại: đạt tốt` / `- 02 đơn vị - gồm UBND xã A`: a dash amid a sentence that fills its line."""
    goes_on = (
        re.match(r"\s*[-–] (?:\d|gồm|bao gồm)", line) is not None and len(before.strip()) >= short
    )
    return goes_on and re.search(r"[.;:!?,)]\s*$", before) is None


def _speck(before: str, fresh: bool, short: int) -> bool:
    """Whether a dash within a paragraph, behind the comma of a full line, is none: points of a list end short."""
    return not fresh and before.rstrip().endswith(",") and len(before.strip()) >= short


def _short_item(line: str) -> bool:
    """`+ UBND xã A;`: a point of a list that is over; what follows without a mark is not of it."""
    return len(line.strip()) < _SHORT and line.rstrip().endswith(";") and line.count(";") == 1


def _starts_afresh(line: str) -> bool:
    first = line.strip().split(" ")[0]
    return first[:1].isupper() and first not in ("UBND", "TTHC", "TTHC,") and len(line.strip()) > 0


_HALF_NAME = re.compile(
    r"\b(?:lao dong|van hoa|tai chinh|kinh te|tai nguyen|nong nghiep|giao duc|y te)\s*$"
)


_KIND_WORD = re.compile(r"\W*(?:so|phong|ban|ubnd|xa|phuong|thi|huyen|thanh|trung tam|van phong)\b")
"""What a name of its own begins with."""


def _hyphen_of_name(line: str, before: str) -> bool:
    """`Sở Lao động` / `- Thương binh và Xã hội`: the dash belongs to a name, not to a list."""
    if line.lstrip()[:2] not in ("- ", "– ") or _KIND_WORD.match(fold(line)):
        return False
    return _HALF_NAME.search(fold(before)) is not None
