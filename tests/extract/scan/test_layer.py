"""A scanner's own text under the picture: told from text to be trusted, heard only where we doubt."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from benchmarks.generator.damage import Damage
from benchmarks.generator.make import generate
from benchmarks.generator.scans import scanned
from extract.document import Box, Cell, Line, Reading, Row, Table
from extract.layers import kind_of
from extract.pdf import _layer
from extract.scan.layer import heard, tokens_of

BOX = Box(100, 100, 140, 112)


@pytest.mark.parametrize(("layer", "kind"), [(True, "ocr-layer"), (False, "scan")])
def test_a_page_with_hidden_text_is_a_scan_with_a_layer(
    tmp_path: Path, layer: bool, kind: str
) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(generate(1).pdf, Damage(dpi=60), 1, layer))
    with pdfplumber.open(path) as pdf:
        assert kind_of(pdf.pages[0], path, 1) == kind
        words = _layer(pdf.pages[0], 1)
    assert all(" " not in word.text for word in words)
    assert bool(words) == layer


def cell_after(text: str, sure: float, said: str, x: float = 120) -> Cell:
    """The cell read so, once the layer's word at `x` is heard."""
    cell = Cell((text,), 1, BOX, "ocr", 2, confidence=sure, readings=(Reading(text, sure, "ocr"),))
    table = Table("t", 0, 1, "scan", 3, (), (Row((cell,), 1),))
    word = Line(said, 1, Box(x - 10, 101, x + 10, 111))
    return heard(table, tokens_of([word])).rows[0].cells[0]


@pytest.mark.parametrize(
    ("sure", "said", "x", "rival"),
    [
        (0.9, "2,31", 120, "2,31"),
        (0.9, "2,91", 120, None),
        (0.9, "231", 120, "2,31"),
        (0.9, "291", 120, None),
        (0.9, "2,31", 155, None),
        (0.9995, "2,31", 120, None),
    ],
)
def test_the_layer_is_a_rival_only_of_a_doubtful_reading_in_its_place(
    sure: float, said: str, x: float, rival: str | None
) -> None:
    cell = cell_after("2,91", sure, said, x)
    assert cell.text == cell.readings[0].text == "2,91"
    assert cell.confidence == sure
    assert [(r.text, r.witness) for r in cell.readings[1:]] == (
        [(rival, "ocr-layer")] if rival else []
    )


def test_a_layer_without_diacritics_contradicts_no_word() -> None:
    assert len(cell_after("Đạt tốt", 0.9, "Dat tot").readings) == 1
