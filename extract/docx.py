"""DOCX files: paragraphs and tables as the file holds them; there are no pages and no places.

A DOCX is a ZIP of XML from a stranger: its size is looked at before it is unpacked, and entities are
never resolved.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document as open_docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from .assemble import Assembled
from .build import Piece, build_table
from .document import Document, Line, Page, Paragraph, Table, Unreadable
from .encoding import clean, decode, detect

LARGEST = 200_000_000
"""Bytes a file may unpack to; a report with a hundred photographs stays below."""
MOST_SWOLLEN = 200
"""Times its packed size that a part may unpack to: XML of a table packs to a twentieth at best."""
SMALL = 1_000_000
"""Parts up to this many bytes are harmless, however well they pack."""


def read_docx(path: Path, shown: str) -> Document:
    """The document in a DOCX file, all on page 1, without boxes.

    Raises Unreadable: `empty`, `encrypted`, `corrupt`, `too-large`, `unsupported`.
    """
    data = path.read_bytes()
    _refuse_at_sight(data)
    whole = _assembled(_opened(data))
    return Document(
        path=shown,
        sha256=hashlib.sha256(data).hexdigest(),
        status="ok",
        source="docx",
        pages=(Page(1, 0.0, 0.0, "digital"),),
        paragraphs=whole.paragraphs,
        tables=whole.tables,
    )


def _refuse_at_sight(data: bytes) -> None:
    if not data:
        raise Unreadable("empty")
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # an OLE file: Word wraps encrypted DOCX files so
        raise Unreadable("encrypted" if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0" in data else "unsupported")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _refuse_bombs(package)
            _refuse_entities(package)
    except zipfile.BadZipFile as error:
        raise Unreadable("corrupt", reason="zip") from error


def _refuse_bombs(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if sum(part.file_size for part in parts) > LARGEST:
        raise Unreadable("too-large", limit=str(LARGEST))
    for part in parts:
        if part.flag_bits & 1:
            raise Unreadable("encrypted")
        if part.file_size > max(SMALL, MOST_SWOLLEN * part.compress_size):
            raise Unreadable("too-large", limit=str(LARGEST))


def _refuse_entities(package: zipfile.ZipFile) -> None:
    """No office program writes a document type declaration; only one can define entities."""
    for name in package.namelist():
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(name):
            raise Unreadable("corrupt", reason="doctype")


def _opened(data: bytes) -> Any:
    try:
        document = open_docx(BytesIO(data))
        if document.element.body is None:  # a workbook or slides under the name have no such thing
            raise ValueError("no body")
        return document
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise Unreadable("corrupt", reason=type(error).__name__) from error
    except Exception as error:  # broken parts fail in every way lxml knows
        raise Unreadable("corrupt", reason=type(error).__name__) from error


def _assembled(document: Any) -> Assembled:
    paragraphs: list[Paragraph] = []
    tables: list[Table] = []
    legacy = _Legacy(document)
    for order, block in enumerate(_blocks(document.element.body, document)):
        if isinstance(block, DocxTable):
            tables.append(_table(block, order, f"t{len(tables) + 1}", legacy))
        elif lines := _lines(block, legacy):
            printed = tuple(Line(text, 1, None) for text in lines)
            paragraphs.append(Paragraph(printed, order, "docx"))
    return Assembled(tuple(paragraphs), tuple(tables), ())


class _Legacy:
    """Repairs runs; those whose font holds a legacy encoding, by the text of all its runs, are
    decoded."""

    def __init__(self, document: Any) -> None:
        texts: dict[str, list[str]] = {}
        for run in document.element.body.iter(qn("w:r")):
            texts.setdefault(_font(run), []).append(_text(run))
        self._of_font = {font: detect(" ".join(found), font) for font, found in texts.items()}

    def repaired(self, run: Any) -> str:
        font = _font(run)
        return clean(decode(_text(run), self._of_font[font], font))


def _font(run: Any) -> str:
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    return "" if fonts is None else str(fonts.get(qn("w:ascii")) or "")


def _text(run: Any) -> str:
    """The text of a run; deleted text is not in `w:t`, breaks become line ends."""
    signs = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
    return "".join(
        (part.text or "") if part.tag == qn("w:t") else signs.get(part.tag, "") for part in run
    )


def _blocks(body: Any, parent: Any) -> Iterator[DocxTable | DocxParagraph]:
    """Paragraphs and tables in order, those in content controls and text boxes included."""
    for child in body:
        if child.tag == qn("w:p"):
            yield DocxParagraph(child, parent)
            for box in child.iter(qn("w:txbxContent")):
                if not any(up.tag.endswith("}Fallback") for up in box.iterancestors()):
                    yield from _blocks(box, parent)
        elif child.tag == qn("w:tbl") and _is_layout(child):
            for cell in child.iterfind(f"{qn('w:tr')}/{qn('w:tc')}"):
                yield from _blocks(cell, parent)
        elif child.tag == qn("w:tbl"):
            yield DocxTable(child, parent)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _blocks(child, parent)


def _is_layout(table: Any) -> bool:
    """Whether a table only sets others in place: one inside it has more rows than it has itself."""
    rows = len(table.findall(qn("w:tr")))
    inner = (len(t.findall(qn("w:tr"))) for t in table.iter(qn("w:tbl")) if t is not table)
    return max(inner, default=0) > rows


def _lines(paragraph: DocxParagraph, legacy: _Legacy) -> list[str]:
    """The paragraph's lines, parted where the author broke them."""
    element = paragraph._p
    apart = (qn("w:txbxContent"), qn("w:moveFrom"), qn("w:del"))
    runs = [
        run
        for run in element.iter(qn("w:r"))
        if not any(up.tag in apart for up in _between(run, element)) and not _is_hidden(run)
    ]
    text = "".join(legacy.repaired(run) for run in runs)
    return [line for part in text.split("\n") if (line := " ".join(part.split()))]


def _is_hidden(run: Any) -> bool:
    """Whether a run is formatted as hidden: neither shown nor printed."""
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off")


def _between(element: Any, end: Any) -> Iterator[Any]:
    for up in element.iterancestors():
        if up is end:
            return
        yield up


def _table(table: DocxTable, order: int, name: str, legacy: _Legacy) -> Table:
    pieces, columns = _pieces(table, legacy)
    made = build_table(pieces, columns, 1, "docx", "docx")
    return Table(name, order, 1, "docx", columns, made.header, made.rows)


def _pieces(table: DocxTable, legacy: _Legacy) -> tuple[list[Piece], int]:
    """Cells with their extent: `gridSpan` widens a cell, `vMerge` lengthens the one above."""
    pieces: list[Piece] = []
    growing: dict[int, int] = {}
    for r, row in enumerate(table._tbl.tr_lst):
        column = row.grid_before
        for cell in row.tc_lst:
            span = cell.grid_span
            if cell.vMerge == "continue" and column in growing:
                above = pieces[growing[column]]
                pieces[growing[column]] = Piece(above.r0, r, above.c0, above.c1, above.lines)
            else:
                growing[column] = len(pieces)
                lines = tuple(_cell_lines(cell, table, legacy))
                pieces.append(Piece(r, r, column, column + span - 1, lines))
            column += span
    return pieces, 1 + max((p.c1 for p in pieces), default=-1)


def _cell_lines(cell: Any, table: DocxTable, legacy: _Legacy) -> Iterator[str]:
    """A cell's lines; a table inside a cell is read row by row."""
    for block in _blocks(cell, table):
        if isinstance(block, DocxTable):
            for row in block._tbl.tr_lst:
                for inner in row.tc_lst:
                    yield from _cell_lines(inner, block, legacy)
        else:
            yield from _lines(block, legacy)
