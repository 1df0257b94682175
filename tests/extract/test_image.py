"""Picture files: several pages, unknown resolution, broken files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from extract.document import Unreadable
from extract.image import read_image, resolution
from tests.extract.scan.drawn import BODY, needs_engine, table_page


def test_a_tiff_of_several_pages_is_one_document(tmp_path: Path) -> None:
    needs_engine()
    path = tmp_path / "scan.tif"
    pages = [table_page(), Image.new("RGB", (1654, 2339), "white")]
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(200, 200))
    document = read_image(path, "scan.tif")
    assert document.source == "image"
    assert [page.kind for page in document.pages] == ["scan", "blank"]
    assert [row.cells[2].text for row in document.tables[0].rows] == [row[2] for row in BODY]


def test_a_fax_with_fewer_dots_down_than_across_keeps_its_shape(tmp_path: Path) -> None:
    needs_engine()
    path = tmp_path / "fax.tif"
    page = table_page().convert("L")
    page.resize((page.width, page.height * 3 // 4)).save(path, dpi=(200, 150))
    document = read_image(path, "fax.tif")
    assert round(document.pages[0].height) == 842
    rows = document.tables[0].rows
    assert [len(row.cells) for row in rows] == [len(row) for row in BODY]
    pairs = [
        (c, t)
        for row, told in zip(rows, BODY, strict=True)
        for c, t in zip(row.cells, told, strict=True)
    ]
    assert [t for c, t in pairs if c.text != t and c.confidence >= 0.999] == []


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n broken", b"no picture at all"])
def test_a_broken_file_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as raised:
        read_image(path, "page.png")
    assert raised.value.problem.code == "corrupt"


@pytest.mark.parametrize(("told", "expected"), [((300, 300), 300), ((72, 72), 200), ((1, 1), 200)])
def test_resolution_is_the_files_or_that_of_a4(told: tuple[int, int], expected: int) -> None:
    image = Image.new("L", (1654, 2339))
    image.info["dpi"] = told
    assert resolution(image) == pytest.approx(expected, abs=0.5)
