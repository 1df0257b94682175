"""Generated files: the same order gives the same file, and the file shows what the truth says."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
import pytest

from benchmarks.generator.fonts import FONTS
from benchmarks.generator.layouts import layouts, named
from benchmarks.generator.legacy import tcvn3, vni
from benchmarks.generator.make import generate

pytestmark = pytest.mark.skipif(
    not list(FONTS.rglob("DejaVuSans.ttf")), reason="fonts-dejavu-core is not installed"
)
SHOWING = (
    "ruled",
    "no-rules",
    "turned-90",
    "turned-180",
    "turned-270",
    "turned-headings",
    "broken-rows",
    "split-words",
)


def words(pdf: bytes) -> set[str]:
    with pdfplumber.open(BytesIO(pdf)) as file:
        return {word["text"] for page in file.pages for word in page.extract_words()}


@pytest.mark.parametrize("layout", SHOWING)
def test_every_figure_is_on_the_pages(layout: str) -> None:
    made = generate(3, layout)
    figures = {
        row[name]
        for row in made.truth["rows"]
        for name in ("total", "progress", "converted")
        if row.get(name)
    }
    assert figures
    assert figures <= words(made.pdf)


@pytest.mark.parametrize("layout", [n for n, look in layouts().items() if look.engine == "drawn"])
def test_every_drawn_layout_gives_a_pdf(layout: str) -> None:
    assert generate(1, layout).pdf.startswith(b"%PDF")


def test_the_same_order_gives_the_same_file() -> None:
    assert generate(5, "shuffled", "rank").pdf == generate(5, "shuffled", "rank").pdf


def test_a_layout_of_no_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no layout 'rulled'; known: ruled"):
        named("rulled")


@pytest.mark.parametrize(
    ("text", "in_tcvn3", "in_vni"),
    [
        ("Điện Biên", "§iÖn Biªn", "Ñieän Bieân"),
        ("phường Noong Bua", "ph\u00adêng Noong Bua", "phöôøng Noong Bua"),
        ("Chỉ số 1 (5đ)", "ChØ sè 1 (5®)", "Chæ soá 1 (5ñ)"),
        ("Tổng", "Tæng", "Toång"),
        ("84,69/85", "84,69/85", "84,69/85"),
    ],
)
def test_legacy_encodings(text: str, in_tcvn3: str, in_vni: str) -> None:
    assert tcvn3(text) == in_tcvn3
    assert vni(text) == in_vni
