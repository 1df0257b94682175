"""At which resolution the pages of a PDF are drawn: their scans' own, where nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.pixels import scale_at

PAGE = (595.2, 842.4)
FINEST = 300.0


def scan(dpi: float) -> Image.Image:
    shape = round(PAGE[1] * dpi / 72), round(PAGE[0] * dpi / 72)
    return Image.fromarray(np.random.default_rng(1).integers(0, 255, shape, np.uint8))


def drawn(canvas: Canvas, dpi: float) -> None:
    canvas.drawImage(ImageReader(scan(dpi)), 0, 0, *PAGE)


def strips(canvas: Canvas, dpi: float) -> None:
    for n in range(4):
        part = scan(dpi).crop((0, 0, round(PAGE[0] * dpi / 72), round(PAGE[1] * dpi / 288)))
        canvas.drawImage(ImageReader(part), 0, n * PAGE[1] / 4, PAGE[0], PAGE[1] / 4)


def stamped(canvas: Canvas, dpi: float) -> None:
    drawn(canvas, dpi)
    canvas.drawString(50, 50, "Số 12")


def heard(canvas: Canvas, dpi: float) -> None:
    drawn(canvas, dpi)
    text = canvas.beginText(50, 50)
    text.setTextRenderMode(3)
    text.textOut("So 12")
    canvas.drawText(text)


def askew(canvas: Canvas, dpi: float) -> None:
    canvas.rotate(2)
    drawn(canvas, dpi)


def turned(canvas: Canvas, dpi: float) -> None:
    drawn(canvas, dpi)
    canvas.setPageRotation(90)


@pytest.mark.parametrize(
    ("draw", "dpi", "own"),
    [
        (drawn, 150.0, True),
        (drawn, 200.0, True),
        (drawn, 600.0, False),  # no finer than offices scan at
        (drawn, 100.0, False),  # too coarse to be read at its own size
        (strips, 200.0, True),
        (turned, 200.0, True),
        (heard, 200.0, True),
        (stamped, 200.0, False),  # a program's letters are as sharp as they are drawn
        (askew, 200.0, False),
    ],
)
def test_a_scan_is_drawn_pixel_for_pixel(
    draw: Callable[[Canvas, float], None], dpi: float, own: bool, tmp_path: Path
) -> None:
    canvas = Canvas(str(tmp_path / "scan.pdf"), pagesize=PAGE)
    draw(canvas, dpi)
    canvas.save()
    with pypdfium2.PdfDocument(tmp_path / "scan.pdf") as pdf:
        scale = scale_at(pdf[0], FINEST, 1.0)
        assert scale * 72 == pytest.approx(dpi if own else FINEST, abs=0.2)
        if draw is drawn and own:
            shown = np.asarray(pdf[0].render(scale=scale).to_pil().convert("L"))
            assert np.array_equal(shown, np.asarray(scan(dpi)))


def test_a_page_of_metres_is_measured_as_the_sheet_it_was(tmp_path: Path) -> None:
    """One pixel one point: drawn at a half of its size it is read at a half."""
    canvas = Canvas(str(tmp_path / "scan.pdf"), pagesize=(1240, 1754))
    canvas.drawImage(ImageReader(scan(150)), 0, 0, 1240, 1755)
    canvas.save()
    with pypdfium2.PdfDocument(tmp_path / "scan.pdf") as pdf:
        assert scale_at(pdf[0], FINEST, 842 / 1754) == pytest.approx(1.0, abs=1e-3)
