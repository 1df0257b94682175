"""Serial numbers of a scan that look like those of sections."""

from __future__ import annotations

import pytest

from extract.document import Cell, Origin, Row
from normalise.serials import counted


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("I 2 3", "1 2 3"),
        ("9 10 II 12", "9 10 11 12"),
        ("10 ||", "10 11"),
        ("I 1 2 II 1", "I 1 2 II 1"),
        ("1 10 II 1 2", "1 10 II 1 2"),
        ("I II III", "I II III"),
    ],
)
@pytest.mark.parametrize("origin", ["ocr", "text-layer"])
def test_strokes_between_numbers_are_ones_on_a_scan(read: str, meant: str, origin: Origin) -> None:
    rows = [Row((Cell((text,), 1, None, origin, 0),), 1) for text in read.split()]
    made = [row.cells[0].text for row in counted(rows, 0)]
    assert made == (meant if origin == "ocr" else read).split()


@pytest.mark.parametrize(("read", "meant"), [("li", "II"), ("lll", "III"), ("11", "11")])
def test_strokes_before_a_heading_alone_are_a_section_s(read: str, meant: str) -> None:
    shown = [("19", "Sở A", "5"), (read, "UBND CÁC HUYỆN", ""), ("1", "UBND huyện B", "5")]
    rows = [
        Row(tuple(Cell((t,) if t else (), 1, None, "ocr", c) for c, t in enumerate(texts)), 1)
        for texts in shown
    ]
    assert counted(rows, 0)[1].cells[0].text == meant
