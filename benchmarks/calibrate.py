"""Counts how the witnesses of readings stood, and whether they were right: extract/scan/trust.csv.

    python -m benchmarks.calibrate [--pages 160] [--seed 500] [--pdf FOLDER] [--more FILE] [--out FILE]

Reads generated scans and notes for every cell the pattern of its witnesses and whether its value was
read; a point for a comma says the same. Pages here must not be those that `benchmarks.scans` measures
(other seeds). Counting is slow, so counts add up: `--more` starts from those of a file.

The file of the repository holds the numerals of scans of ten layouts at 150, 200 and 300 dpi, with every
kind of damage alone and in mixture, read as they are now; names keep the counts of earlier runs too.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.scan_pages import Scan, area, clean_pages, holds, place, scans
from extract.scan.cells import read_cells
from extract.scan.marks import folded
from extract.scan.mesh import GridCell, grids_of
from extract.scan.picture import Picture, level, working_gray
from extract.scan.sides import right_side_up
from extract.scan.votes import CellText

OUT = Path(__file__).parents[1] / "extract" / "scan" / "trust.csv"
HEADINGS = ("pattern", "right", "wrong")
Counts = dict[str, Counter[bool]]
"""How often readings of each pattern were right and wrong."""


def counted(scan: Scan) -> Iterator[tuple[str, bool]]:
    """The pattern of each cell that the grid shows, and whether its value was read."""
    picture, rules = right_side_up(level(*working_gray(scan.image, scan.damage.dpi)))
    grids = grids_of(picture.ink, rules, picture.unit)
    read = [pair for grid in grids for pair in read_cells(picture, grid.cells).items()]
    for cell in scan.clean.cells:
        assert cell.box is not None
        hit = _at(picture, read, *place(scan.matrix, cell.box))
        if hit is not None:
            yield hit.pattern, folded(hit.text) == folded(cell.text.replace("–", "-"))


def _at(
    picture: Picture, read: list[tuple[GridCell, CellText]], x: float, y: float
) -> CellText | None:
    boxed = [(picture.frame.box(c.x0, c.top, c.x1, c.bottom), text) for c, text in read]
    hits = [(area(box), text) for box, text in boxed if holds(box, x, y)]
    return min(hits, key=lambda hit: hit[0])[1] if hits else None


def load(path: Path) -> Counts:
    counts: Counts = defaultdict(Counter)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            counts[row["pattern"]] = Counter({True: int(row["right"]), False: int(row["wrong"])})
    return counts


def save(path: Path, counts: Counts) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(HEADINGS)
        rows.writerows((p, c[True], c[False]) for p, c in sorted(counts.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=160)
    parser.add_argument("--seed", type=int, default=500)
    parser.add_argument("--pdf", type=Path)
    parser.add_argument("--more", type=Path, help="add to the counts of this file")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    counts = load(given.more) if given.more else defaultdict(Counter)
    with tempfile.TemporaryDirectory() as folder:
        pages = clean_pages(Path(folder), given.pdf, given.pages // 3, given.seed)
        for scan in scans(pages, given.pages, given.seed):
            for pattern, right in counted(scan):
                counts[pattern][right] += 1
    save(given.out, counts)
    print(f"{sum(c.total() for c in counts.values())} readings, {len(counts)} patterns")


if __name__ == "__main__":
    main()
