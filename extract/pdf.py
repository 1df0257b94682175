"""PDF files: each page is read by its text layer, or as a picture where the text is not to be trusted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException
from PIL import Image

from .assemble import PageContent, assemble
from .digital import Memory, read_digital
from .document import (
    Document,
    Line,
    Page,
    PageKind,
    Source,
    Unreadable,
    Watch,
    unwatched,
)
from .glyphs import runs_of
from .layers import kind_of
from .prose import paragraphs_of

RENDER_DPI = 300
"""Pictures of pages are handed to the scan reader at no more than offices scan at."""
COARSEST = 100.0
"""Below this nothing is read; a page with only a logo as its picture is rendered finer."""
SMALL_PICTURE = 200.0
"""Points: a picture narrower than this is no page."""


def read_pdf(
    path: Path, shown: str, watch: Watch = unwatched, pages: int | None = None
) -> Document:
    """The document in a PDF file; `shown`, `watch` and `pages` as in `extract.read`.

    Raises Unreadable: `empty`, `unsupported` (no PDF), `encrypted`, `corrupt`.
    """
    data = path.read_bytes()
    _refuse_at_sight(data)
    pdf, parsed = _parsed(path)
    with pdf:
        contents = list(_pages(parsed[:pages], path, watch))
    whole = assemble(contents)
    return Document(
        path=shown,
        sha256=hashlib.sha256(data).hexdigest(),
        status="ok",
        source=_source([content.page for content in contents]),
        pages=tuple(content.page for content in contents),
        paragraphs=whole.paragraphs,
        tables=whole.tables,
        unclaimed=whole.unclaimed,
    )


def _refuse_at_sight(data: bytes) -> None:
    if not data.strip():
        raise Unreadable("empty")
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("unsupported", kind="pdf")


@contextmanager
def _failures_told() -> Iterator[None]:
    """pdfminer's many failures told as Unreadable; only parsing may stand inside."""
    try:
        yield
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Unreadable("encrypted") from error
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect | PDFEncryptionError):
            raise Unreadable("encrypted") from error
        raise Unreadable("corrupt", reason=type(error).__name__) from error
    except Exception as error:  # pdfminer fails on broken files in every way there is
        raise Unreadable("corrupt", reason=type(error).__name__) from error


def _parsed(path: Path) -> tuple[Any, list[Any]]:
    """The open file and its pages, in pdfplumber."""
    with _failures_told():
        pdf = pdfplumber.open(path)
        pages = list(pdf.pages)
    if not pages:
        raise Unreadable("corrupt", reason="no-pages")
    return pdf, pages


def _pages(pages: list[Any], path: Path, watch: Watch) -> Iterator[PageContent]:
    memory = Memory(path)
    for number, page in enumerate(pages, 1):
        watch(number, "digital")
        with _failures_told():
            kind = kind_of(page, path, number)
        if kind in ("scan", "ocr-layer"):
            watch(number, kind)
        if kind == "digital":
            yield read_digital(page, number, memory)
        elif kind == "blank":
            yield _Blank(page, number)
        else:
            yield _read_picture(page, path, number, kind)
        page.close()


class _Blank:
    """A page with nothing on it."""

    paragraphs = ()
    tables = ()
    unclaimed = ()

    def __init__(self, page: Any, number: int) -> None:
        self.page = Page(number, float(page.width), float(page.height), "blank")


def _read_picture(page: Any, path: Path, number: int, kind: PageKind) -> PageContent:
    from .scan.page import read_page  # loads the recognition engine

    layer = _layer(page, number) if kind == "ocr-layer" else ()
    picture = _picture(path, number)
    return read_page(picture, number, float(page.width), float(page.height), layer)


def _layer(page: Any, number: int) -> tuple[Line, ...]:
    paragraphs = paragraphs_of(runs_of(page.chars, {}), number)
    return tuple(line for paragraph in paragraphs for line in paragraph.lines)


def _picture(path: Path, number: int) -> Image.Image:
    """The page as a viewer shows it, at its picture's own resolution: nothing is blurred twice."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[number - 1]
        image: Image.Image = page.render(scale=_resolution(page) / 72).to_pil()
        return image


def _resolution(page: Any) -> float:
    """Dots per inch of the largest picture on a page, within what can be read and what it costs."""
    pictures = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    sizes = [(*picture.get_px_size(), picture.get_bounds()) for picture in pictures]
    found = [
        max(wide, high) / max(x1 - x0, y1 - y0) * 72
        for wide, high, (x0, y0, x1, y1) in sizes
        if min(x1 - x0, y1 - y0) > SMALL_PICTURE
    ]
    return min(max([*found, COARSEST]), RENDER_DPI) if found else RENDER_DPI


def _source(pages: list[Page]) -> Source:
    kinds = {page.kind for page in pages} - {"blank"}
    if len(kinds) > 1:
        return "mixed"
    if "scan" in kinds:
        return "scan"
    return "ocr-layer" if "ocr-layer" in kinds else "digital"
