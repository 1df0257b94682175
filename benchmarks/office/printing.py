"""HTML pages printed to PDF: by a browser, by the same through cairo, by an office program."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from benchmarks.office.dress import Dress

SECONDS = 60
"""Time allowed per document; a browser needs one second, an office program five to start."""


def print_all(pages: Sequence[tuple[Path, Dress]], profile: Path) -> None:
    """Prints each HTML file beside itself; `profile` is a folder for the programs' own files."""
    for path, dress in pages:
        if dress.producer in ("chromium", "cairo"):
            _browser(path, profile)
            if dress.producer == "cairo":
                _cairo(path.with_suffix(".pdf"))
    for producer in ("writer", "writer-web"):
        own = [path for path, dress in pages if dress.producer == producer]
        if own:
            _office(own, producer, profile)
    for path, dress in pages:
        if dress.sideways:
            turn_sideways(path.with_suffix(".pdf"))


def _browser(path: Path, profile: Path) -> None:
    command = [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--user-data-dir={profile / 'browser'}", f"--print-to-pdf={path.with_suffix('.pdf')}",
    ]  # fmt: skip
    subprocess.run([*command, path.as_uri()], check=True, capture_output=True, timeout=SECONDS)


def _cairo(pdf: Path) -> None:
    again = pdf.with_suffix(".cairo.pdf")
    subprocess.run(["pdftocairo", "-pdf", str(pdf), str(again)], check=True, timeout=SECONDS)
    again.replace(pdf)


def _office(paths: Sequence[Path], producer: str, profile: Path) -> None:
    ways = {
        "writer-web": ["--convert-to", "pdf:writer_web_pdf_Export"],
        "writer": ["--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export"],
    }
    command = [
        "soffice", "--headless", f"-env:UserInstallation={(profile / 'office').as_uri()}",
        *ways[producer], "--outdir", str(paths[0].parent), *map(str, paths),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS * (1 + len(paths)))


def turn_sideways(pdf: Path) -> None:
    """Sets the annexes' content on upright pages, turned by a quarter, without /Rotate."""
    old = pypdfium2.PdfDocument(pdf)
    new = pypdfium2.PdfDocument.new()
    for number in range(len(old)):
        width, height = old[number].get_size()
        if width <= height:
            new.import_pages(old, [number])
            continue
        form = old.page_as_xobject(number, new).as_pageobject()
        form.set_matrix(pypdfium2.PdfMatrix(0, 1, -1, 0, height, 0))
        page = new.new_page(height, width)
        page.insert_obj(form)
        page.gen_content()
    new.save(str(pdf) + ".new")
    Path(str(pdf) + ".new").replace(pdf)
