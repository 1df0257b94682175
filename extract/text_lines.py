"""The lines of a text file, with their pages: what the table finders of text files work on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from .document import Unreadable
from .encoding import clean, decode, detect

MAX_BYTES = 20_000_000
"""The longest real report has 14 kB of text; a file a thousand times that is something else."""
MAX_LINE = 20_000
"""Characters in a line. A paragraph of a report has some 1 500, a header row some 700."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line as it stands, made uniform (NFC), tabs and leading white space kept."""

    text: str
    page: int

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def load_lines(path: Path) -> tuple[bytes, tuple[SourceLine, ...]]:
    """The file's bytes and lines; raises `Unreadable` for what is no text of a sane size."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Unreadable("too-large", bytes=str(size), limit=str(MAX_BYTES))
    data = path.read_bytes()
    return data, _paged(_decoded(data))


def _decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it; anything else is not guessed at."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise Unreadable("unsupported", reason="not-utf-8", byte=str(wrong.start)) from wrong
    if "\0" in text:
        raise Unreadable("unsupported", reason="not-text")
    if not text.strip():
        raise Unreadable("empty")
    return text


def _paged(text: str) -> tuple[SourceLine, ...]:
    legacy = detect(text[:MAX_LINE])
    raw = text.replace("\r\n", "\n").replace("\r", "\n")
    marked = "\f" in raw
    lines: list[SourceLine] = []
    page = 1
    for number, sheet in enumerate(raw.split("\f"), start=1):
        for piece in sheet.split("\n"):
            if len(piece) > MAX_LINE:
                raise Unreadable("too-large", characters=str(len(piece)), limit=str(MAX_LINE))
            whole = "\t".join(clean(decode(cell, legacy)) for cell in piece.split("\t"))
            page = number if marked else page + _opens_page(lines, whole)
            lines.append(SourceLine(whole, page))
    return tuple(lines)


def _opens_page(before: list[SourceLine], line: str) -> bool:
    """Extractors that drop the form feed leave a space at the start of the next page's first line.

    An indented paragraph also begins with a space, but after an empty line.
    """
    if not before or before[-1].blank or len(before) < 2:
        return False
    return re.match(r" {1,2}(\d{1,3} )?[^\W\d]", line) is not None and not before[
        -1
    ].text.startswith(" ")
