"""Measures scan reading: cells right, doubtful and silently wrong, by resolution and by damage.

    python -m benchmarks.scans [--pages 60] [--seed 1] [--pdf FOLDER] [--engine]

Pages come from generated reports (and from a folder's digital PDFs), are damaged as scans are, and are read.
The truth of each cell is what the digital reader finds at the same place of the clean page. `--engine`
also times one whole-page `tesseract -l vie` call per page, on one core.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from benchmarks.generator.damage import Damage, Matrix, draw_damage, scan_page
from benchmarks.generator.make import Order, generate_all
from extract.document import Box, Cell
from extract.pdf import read_pdf
from extract.scan.marks import folded
from extract.scan.page import read_page

LAYOUTS = (
    "ruled", "trailing-empty", "portrait-narrow", "header-shaded", "wrapped-headings", "double-lines",
    "sans", "narrow-sans", "zebra-ruled", "sections-whole",
)  # fmt: skip
SURE = 0.999
"""The confidence from which the checks take a reading for what the paper says."""
FIGURE = re.compile(r"[-–−]|[\d.,/%]+")


@dataclass(frozen=True, slots=True)
class Clean:
    """A digital page with its body cells."""

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


@dataclass(frozen=True, slots=True)
class Outcome:
    """One cell: what the paper says and what was read; `kind` is figure, blank or text."""

    scan: Scan
    kind: str
    truth: str
    read: str | None
    confidence: float
    column: int

    @property
    def right(self) -> bool:
        """Whether the value was read: a point for a comma says the same."""
        return self.read is not None and folded(self.read) == folded(self.truth)


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


def outcomes(scan: Scan) -> list[Outcome]:
    """Reads the scan and finds for each clean cell the one read at its place."""
    unit = scan.damage.dpi / 72
    reading = read_page(scan.image, 1, scan.image.width / unit, scan.image.height / unit)
    read = [c for table in reading.tables for row in table.rows for c in row.cells]
    return [_outcome(scan, cell, read) for cell in scan.clean.cells if cell.box]


def _outcome(scan: Scan, cell: Cell, read: Iterable[Cell]) -> Outcome:
    assert cell.box is not None
    x, y = place(scan.matrix, cell.box)
    hits = [c for c in read if c.box and holds(c.box, x, y)]
    found = min(hits, key=lambda c: area(c.box), default=None)
    truth = cell.text.replace("–", "-")
    kind = "blank" if not truth else "figure" if FIGURE.fullmatch(truth) else "text"
    return Outcome(
        scan,
        kind,
        truth,
        found.text if found else None,
        found.confidence if found else 0.0,
        cell.column,
    )


def place(matrix: Matrix, box: Box) -> tuple[float, float]:
    """Where a clean box's middle lies on the scan, in points."""
    x, y = matrix @ np.array([(box.x0 + box.x1) / 2, (box.top + box.bottom) / 2, 1])
    return float(x), float(y)


def holds(box: Box, x: float, y: float) -> bool:
    return box.x0 < x < box.x1 and box.top < y < box.bottom


def area(box: Box | None) -> float:
    """On a skewed page boxes overlap a little: the smallest around a point is its cell."""
    return (box.x1 - box.x0) * (box.bottom - box.top) if box else 0.0


def faults(damage: Damage) -> list[str]:
    """The names of what is worse than usual."""
    usual = {"skew": 1.5, "turn": 0, "fade": 0, "shadow": 0, "specks": 0, "broken": 0, "noise": 0.5}
    found = [f"{name}" for name, least in usual.items() if abs(getattr(damage, name)) > least]
    found += [n.name for n in fields(damage) if getattr(damage, n.name) is True]
    found += ["thin"] if damage.thickness < 0 else ["thick"] if damage.thickness > 0 else []
    found += (
        ["jpeg"]
        if damage.jpeg is not None and damage.jpeg < 50 and damage.mode != "bilevel"
        else []
    )
    return found or ["usual"]


def tally(all_outcomes: Iterable[Outcome]) -> dict[tuple[str, str], Counter[str]]:
    """Counts by (group, kind): right, sure-right, doubtful-wrong, silent, missing."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for o in all_outcomes:
        damage = o.scan.damage
        groups = ["all", f"{damage.dpi} dpi", f"{damage.dpi} {damage.mode}", *faults(damage)]
        for group in groups:
            counts[group, o.kind]["cells"] += 1
            counts[group, o.kind][_verdict(o)] += 1
    return counts


def _verdict(o: Outcome) -> str:
    if o.read is None:
        return "missing"
    if o.right:
        return "sure" if o.confidence >= SURE else "right, doubted"
    return "SILENT" if o.confidence >= SURE else "wrong, doubted"


def show(counts: dict[tuple[str, str], Counter[str]]) -> None:
    names = ("sure", "right, doubted", "wrong, doubted", "missing", "SILENT")
    print(f"{'':16}{'kind':8}{'cells':>7}" + "".join(f"{n:>16}" for n in names) + f"{'right %':>9}")
    for (group, kind), count in sorted(counts.items()):
        right = 100 * (count["sure"] + count["right, doubted"]) / count["cells"]
        cells = "".join(f"{count[n]:16d}" for n in names)
        print(f"{group:16}{kind:8}{count['cells']:7d}{cells}{right:9.2f}")


def engine_seconds(image: Image.Image) -> float:
    """Processor seconds of one whole-page call on one core."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        image.save(path)
        start = _children_seconds()
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        subprocess.run(
            ["tesseract", path, "-", "-l", "vie"], env=environment, capture_output=True, check=True
        )
        return _children_seconds() - start


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pdf", type=Path)
    parser.add_argument("--engine", action="store_true")
    given = parser.parse_args()
    found: list[Outcome] = []
    ours, engines = 0.0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        pages = clean_pages(Path(folder), given.pdf, given.pages // 2, given.seed)
        for scan in scans(pages, given.pages, given.seed):
            start = time.process_time() + _children_seconds()
            here = outcomes(scan)
            ours += time.process_time() + _children_seconds() - start
            engines += engine_seconds(scan.image) if given.engine else 0.0
            found += here
            _tell(scan, here)
    show(tally(found))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    theirs = f", tesseract {engines / given.pages:.2f} s" if given.engine else ""
    print(f"{memory:.0f} MB at most; processor: {ours / given.pages:.2f} s a page{theirs}")


def _tell(scan: Scan, here: Sequence[Outcome]) -> None:
    """The page's worst on one line."""
    bad = [o for o in here if not o.right]
    worst = sorted(bad, key=lambda o: -o.confidence)[:4]
    texts = "; ".join(f"{o.truth!r} read {o.read!r} {o.confidence:.3f}" for o in worst)
    d = scan.damage
    print(
        f"{scan.clean.name} p{scan.clean.page} {d.dpi} {d.mode} {','.join(faults(d))}: {len(bad)}/{len(here)} {texts}",
        flush=True,
    )


if __name__ == "__main__":
    main()
