"""PDF files: each page is read by its text layer, or as a picture where the text is not to be trusted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
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
    Box,
    Document,
    Line,
    Page,
    PageKind,
    Problem,
    Source,
    Unreadable,
    Watch,
    problem_of,
    unwatched,
)
from .encoding import clean
from .glyphs import Run, runs_of, spaced
from .layers import kind_of
from .limits import MOST_PAGES, limit_streams, refuse_pixels, refuse_slivers
from .oversize import scaled, shrunk
from .pixels import scale_at

RENDER_DPI = 300
"""Pictures of pages are handed to the scan reader at no more than offices scan at."""


limit_streams()


def read_pdf(
    path: Path, shown: str, watch: Watch = unwatched, pages: int | None = None
) -> Document:
    """The document in a PDF file; `shown`, `watch` and `pages` as in `extract.read`.

    A page that cannot be read makes the document `partial`; the others are kept.
    Raises Unreadable: `empty`, `unsupported` (no PDF), `encrypted`, `corrupt`; where no page could be
    read also `too-large`, `ocr-missing`.
    """
    data = path.read_bytes()
    _refuse_at_sight(data)
    pdf, parsed = _parsed(path)
    with pdf:
        contents = list(_pages(parsed[: min(pages or MOST_PAGES, MOST_PAGES)], path, watch))
    problem = _problem(contents, len(parsed))
    whole = assemble(contents)
    return Document(
        path=shown,
        sha256=hashlib.sha256(data).hexdigest(),
        status="partial" if problem else "ok",
        source=_source([content.page for content in contents]),
        pages=tuple(content.page for content in contents),
        paragraphs=whole.paragraphs,
        tables=whole.tables,
        unclaimed=whole.unclaimed,
        problem=problem,
    )


def _problem(contents: Sequence[PageContent], pages: int) -> Problem | None:
    """What kept pages from being read, if any was; raises it as Unreadable where none was read."""
    empty = [content for content in contents if isinstance(content, _Empty)]
    problem = next((content.problem for content in empty if content.problem), None)
    if problem and len(empty) == len(contents):
        raise Unreadable(problem.code, **dict(problem.facts))
    if problem is None and pages > MOST_PAGES:
        return Problem("too-large", (("pages", str(MOST_PAGES)),))
    return problem


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
        cause = error.args[0] if error.args else None
        if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
            raise Unreadable("encrypted") from error
        if isinstance(cause, Unreadable):
            raise cause from error
        raise Unreadable("corrupt", reason=type(error).__name__) from error
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # pdfminer fails on broken files in every way there is
        raise Unreadable("corrupt", reason=type(error).__name__) from error


def _parsed(path: Path) -> tuple[Any, list[Any]]:
    """The open file and its pages, in pdfplumber, one more than MOST_PAGES at most."""
    with _failures_told():
        wanted: Any = range(1, MOST_PAGES + 2)  # asked "in" for every page of the file
        pdf = pdfplumber.open(path, pages=wanted)
        pages = list(pdf.pages)
    if not pages:
        raise Unreadable("corrupt", reason="no-pages")
    return pdf, pages


def _pages(pages: Sequence[Any], path: Path, watch: Watch) -> Iterator[PageContent]:
    memory = Memory(path)
    for number, page in enumerate(pages, 1):
        watch(number, "digital")
        kind: PageKind = "digital"
        try:
            with _failures_told():
                kind = kind_of(page, path, number)
            if kind in ("scan", "ocr-layer"):
                watch(number, kind)
            yield _read(page, path, number, kind, memory)
        except Exception as error:  # one page's fault must not cost the others
            yield _Empty(page, number, kind, problem_of(error))
        page.close()


class _Empty:
    """A page of which nothing was read: with nothing on it, or with the problem that stopped the reader."""

    paragraphs = ()
    tables = ()
    unclaimed = ()

    def __init__(
        self, page: Any, number: int, kind: PageKind, problem: Problem | None = None
    ) -> None:
        self.page = Page(number, float(page.width), float(page.height), kind)
        self.problem = problem


def _read(page: Any, path: Path, number: int, kind: PageKind, memory: Memory) -> PageContent:
    if kind == "digital":
        return read_digital(page, number, memory)
    if kind == "blank":
        return _Empty(page, number, "blank")
    return _read_picture(page, path, number, kind)


def _read_picture(page: Any, path: Path, number: int, kind: PageKind) -> PageContent:
    from .scan.page import read_page  # loads the recognition engine

    width, height = float(page.width), float(page.height)
    factor = shrunk(width, height)
    refuse_slivers(width * factor, height * factor)
    layer = scaled(_layer(page, number), factor) if kind == "ocr-layer" else ()
    picture = _picture(path, number, factor)
    reading = scaled(read_page(picture, number, width * factor, height * factor, layer), 1 / factor)
    return replace(reading, page=replace(reading.page, width=width, height=height))


def _layer(page: Any, number: int) -> tuple[Line, ...]:
    """The words of the page's own text, each with its box: a line of them may run through many cells."""
    return tuple(word for run in runs_of(page.chars, {}) for word in _words(run, number))


def _words(run: Run, number: int) -> Iterator[Line]:
    for blank, group in groupby(spaced(run.glyphs, run.size), key=lambda g: g.text.isspace()):
        glyphs = list(group)
        if not blank:
            box = Box(glyphs[0].x0, run.box.top, glyphs[-1].x1, run.box.bottom)
            yield Line(clean("".join(g.text for g in glyphs)), number, box)


def _picture(path: Path, number: int, factor: float) -> Image.Image:
    """The page as a viewer shows it, `factor` times its size: at the scan's own resolution, or at RENDER_DPI.

    Raises Unreadable: `too-large`, `corrupt`.
    """
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            page = pdf[number - 1]
            scale = scale_at(page, RENDER_DPI, factor)
            width, height = page.get_size()
            refuse_pixels(width * scale, height * scale)
            image: Image.Image = page.render(scale=scale).to_pil()
            return image
    except pypdfium2.PdfiumError as error:
        raise Unreadable("corrupt", reason="page") from error


def _source(pages: list[Page]) -> Source:
    kinds = {page.kind for page in pages} - {"blank"}
    if len(kinds) > 1:
        return "mixed"
    if "scan" in kinds:
        return "scan"
    return "ocr-layer" if "ocr-layer" in kinds else "digital"
