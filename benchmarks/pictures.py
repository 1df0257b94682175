"""The README's pictures, made from what `make demo` wrote: the page in a browser, the sheet of findings on paper.

python -m benchmarks.pictures [RESULT] (default `doisoat-out`); writes `docs/page.png` and `docs/workbook.png`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parents[1] / "docs"
SHOWN = ("dien-bien-province-2023-07.pdf", "converted-mismatch")
"""A finding in the true figures of a published report."""

SHEET, PRINTED = "Sailệch", "91,27"
"""The footer and a figure of the printed page that shows it, white space aside."""

SCREEN = {"width": 1366, "height": 768}
DPI = 110
COLOURS = 128


def main(result: Path) -> None:
    DOCS.mkdir(exist_ok=True)
    _page(result / "report.html", _finding(result / "audit.json"))
    _sheet(result / "discrepancies.xlsx")


def _finding(file: Path) -> str:
    findings = json.loads(file.read_text("utf-8"))["findings"]
    return str(next(f["id"] for f in findings if (f["document"], f["rule"]) == SHOWN))


def _page(file: Path, finding: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": SCREEN["width"], "height": SCREEN["height"]})
        page.goto(f"{file.resolve().as_uri()}#{finding}")
        page.wait_for_function("document.querySelector('figure img')?.complete")
        page.wait_for_timeout(300)
        page.screenshot(path=DOCS / "page.png")
        browser.close()
    _shrink(Image.open(DOCS / "page.png")).save(DOCS / "page.png", optimize=True)


def _sheet(file: Path) -> None:
    """The printed page of the sheet of findings that shows the finding."""
    with TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(file)]
        subprocess.run(command, check=True, capture_output=True)
        with pypdfium2.PdfDocument(Path(folder) / f"{file.stem}.pdf") as document:
            texts = [_text(p) for p in document]
            number = next(
                i for i, text in enumerate(texts) if text.startswith(SHEET) and PRINTED in text
            )
            picture = document[number].render(scale=DPI / 72).to_pil()
    _shrink(picture).save(DOCS / "workbook.png", optimize=True)


def _text(page: pypdfium2.PdfPage) -> str:
    """A page's text in one spelling, without white space."""
    text = page.get_textpage().get_text_bounded()
    return "".join(unicodedata.normalize("NFC", text).split())


def _shrink(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "doisoat-out"))
