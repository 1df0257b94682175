"""One page that cannot be read costs that page and no other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from extract.document import Box, Unreadable
from extract.image import read_image
from extract.limits import MOST_DECODED, MOST_PAGES
from extract.oversize import scaled, shrunk
from extract.pdf import read_pdf
from tests.audit import hostile

SAMPLES = Path(__file__).parents[2] / "samples" / "inbox"
DIGITAL = SAMPLES / "muong-nhe-2024-04.pdf"
SCAN = SAMPLES / "muong-ang-2024-08.pdf"


def joined(target: Path, parts: Iterable[tuple[Path, list[int] | None]]) -> Path:
    """A PDF of pages (counted from 0) of others."""
    whole = pypdfium2.PdfDocument.new()
    for source, pages in parts:
        with pypdfium2.PdfDocument(source) as document:
            whole.import_pages(document, pages)
    whole.save(target)
    return target


def test_digital_pages_are_kept_without_recognition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> str:
        raise Unreadable("ocr-missing")

    monkeypatch.setattr("extract.scan.page.data_folder", missing)
    alone = read_pdf(DIGITAL, "a.pdf")
    mixed = read_pdf(joined(tmp_path / "a.pdf", [(DIGITAL, None), (SCAN, [0])]), "a.pdf")
    assert (mixed.status, mixed.problem and mixed.problem.code) == ("partial", "ocr-missing")
    assert [t.rows for t in mixed.tables] == [t.rows for t in alone.tables]
    assert len(mixed.pages) == len(alone.pages) + 1
    with pytest.raises(Unreadable, match="ocr-missing"):
        read_pdf(SCAN, "b.pdf")


def test_a_page_whose_drawing_swells_is_left_out(tmp_path: Path) -> None:
    """The decoded stream is larger than any page's."""
    (tmp_path / "bomb.pdf").write_bytes(hostile.flate_bomb())
    with pytest.raises(Unreadable, match=str(MOST_DECODED)):
        read_pdf(tmp_path / "bomb.pdf", "bomb.pdf")
    whole = joined(tmp_path / "a.pdf", [(DIGITAL, None), (tmp_path / "bomb.pdf", None)])
    read = read_pdf(whole, "a.pdf")
    assert (read.status, read.problem and read.problem.code) == ("partial", "too-large")
    assert [t.rows for t in read.tables] == [t.rows for t in read_pdf(DIGITAL, "a.pdf").tables]


def test_pages_beyond_the_most_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_PAGES > 100
    monkeypatch.setattr("extract.pdf.MOST_PAGES", 3)
    read = read_pdf(joined(tmp_path / "a.pdf", [(DIGITAL, None), (DIGITAL, None)]), "a.pdf")
    assert (read.status, len(read.pages)) == ("partial", 3)
    assert read.problem and read.problem.code == "too-large"


def test_the_sound_pages_of_a_picture_file_are_kept(tmp_path: Path) -> None:
    page = Image.new("L", (800, 1100), 255)
    path = tmp_path / "a.tiff"
    page.save(path, save_all=True, append_images=[Image.new("1", (10_000, 8_000), 1)])
    read = read_image(path, "a.tiff")
    assert (read.status, len(read.pages)) == ("partial", 1)
    assert read.problem and read.problem.code == "too-large"


def test_a_scan_measured_in_pixels_is_read_as_a_sheet() -> None:
    assert shrunk(595, 842) == 1.0 == shrunk(842, 1191)
    assert 2480 * shrunk(2480, 3508) == pytest.approx(595, abs=1)
    boxes = (Box(1, 2, 3, 4), ("text", None))
    assert scaled(boxes, 2.0) == (Box(2, 4, 6, 8), ("text", None))
