"""Generated pages with their cells, damaged as scans are: what the calibration reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from benchmarks.generator.damage import Damage, Matrix, draw_damage, scan_page
from benchmarks.generator.make import Order, generate_all
from extract.document import Box, Cell
from extract.pdf import read_pdf

LAYOUTS = (
    "ruled", "trailing-empty", "portrait-narrow", "header-shaded", "wrapped-headings", "double-lines",
    "sans", "narrow-sans", "zebra-ruled", "sections-whole",
)  # fmt: skip
"""Ruled tables in several typefaces, as scanned reports have them."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A digital page with its body cells: the truth of what its scan shows."""

    name: str
    page: int
    path: Path
    cells: tuple[Cell, ...]

    def picture(self, dpi: int) -> Image.Image:
        with pypdfium2.PdfDocument(self.path) as pdf:
            image: Image.Image = pdf[self.page - 1].render(scale=dpi / 72).to_pil()
            return image.convert("RGB")


@dataclass(frozen=True, slots=True)
class Scan:
    """A clean page, how it was damaged, and where its points went."""

    clean: Clean
    damage: Damage
    image: Image.Image
    matrix: Matrix


def clean_pages(folder: Path, extra: Path | None, count: int, seed: int) -> list[Clean]:
    """Pages with tables, from generated reports written to `folder` and from `extra`."""
    paths = sorted(extra.glob("*.pdf")) if extra else []
    found = [page for path in paths for page in _pages_of(path)]
    number = seed * 1000
    while len(found) < count:
        order = Order(number, LAYOUTS[number % len(LAYOUTS)])
        for made in generate_all([order]):
            path = folder / f"{made.name}.pdf"
            path.write_bytes(made.pdf)
            found += _pages_of(path)
        number += 1
    return found


def _pages_of(path: Path) -> list[Clean]:
    cells: dict[int, list[Cell]] = defaultdict(list)
    for table in read_pdf(path, path.name).tables:
        for row in table.rows:
            for cell in row.cells:
                cells[cell.page].append(cell)
    return [Clean(path.stem, page, path, tuple(found)) for page, found in sorted(cells.items())]


def scans(pages: Sequence[Clean], count: int, seed: int) -> Iterator[Scan]:
    """So many random scans of the pages."""
    for index in range(count):
        rng = np.random.default_rng((seed, index))
        clean = pages[index % len(pages)]
        damage = draw_damage(rng)
        image, matrix = scan_page(clean.picture(damage.dpi), damage, index)
        yield Scan(clean, damage, image, matrix)


def place(matrix: Matrix, box: Box) -> tuple[float, float]:
    """Where a clean box's middle lies on the scan, in points."""
    x, y = matrix @ np.array([(box.x0 + box.x1) / 2, (box.top + box.bottom) / 2, 1])
    return float(x), float(y)


def holds(box: Box, x: float, y: float) -> bool:
    return box.x0 < x < box.x1 and box.top < y < box.bottom


def area(box: Box | None) -> float:
    """On a skewed page boxes overlap a little: the smallest around a point is its cell."""
    return (box.x1 - box.x0) * (box.bottom - box.top) if box else 0.0
