"""Fits the calibration of scan reading and writes extract/scan/trust.csv.

    python -m benchmarks.calibrate [--pages 160] [--seed 500] [--pdf FOLDER]

Reads generated scans, notes for every cell how the witnesses stood and whether the reading was right.
Pages here must not be those that `benchmarks.scans` measures (other seeds).
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.scans import Scan, area, clean_pages, holds, place, scans
from extract.scan.cells import read_cells
from extract.scan.marks import folded
from extract.scan.mesh import GridCell, grids_of
from extract.scan.picture import Picture, level, working_gray
from extract.scan.ruling import rules_of
from extract.scan.sides import right_side_up
from extract.scan.votes import CellText

OUT = Path(__file__).parents[1] / "extract" / "scan" / "trust.csv"


def patterns(scan: Scan) -> list[tuple[str, bool, str, str]]:
    """(pattern, right, truth, read) of each cell that the grid shows."""
    picture = right_side_up(level(*working_gray(scan.image, scan.damage.dpi)))
    grids = grids_of(picture.ink, rules_of(picture.ink, picture.unit), picture.unit)
    read = [pair for grid in grids for pair in read_cells(picture, grid.cells).items()]
    found = []
    for cell in scan.clean.cells:
        assert cell.box is not None
        hit = _at(picture, read, *place(scan.matrix, cell.box))
        if hit is not None:
            truth = cell.text.replace("–", "-")
            same = folded(hit.text) == folded(truth)
            found.append((hit.pattern, same, truth, hit.text))
    return found


def _at(
    picture: Picture, read: list[tuple[GridCell, CellText]], x: float, y: float
) -> CellText | None:
    boxed = [(picture.frame.box(c.x0, c.top, c.x1, c.bottom), text) for c, text in read]
    hits = [(area(box), text) for box, text in boxed if holds(box, x, y)]
    return min(hits, key=lambda hit: hit[0])[1] if hits else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=160)
    parser.add_argument("--seed", type=int, default=500)
    parser.add_argument("--pdf", type=Path)
    parser.add_argument("--more", action="store_true", help="add to the counts of another seed")
    given = parser.parse_args()
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    if given.more:
        with OUT.open(encoding="utf-8") as old:
            for row in csv.DictReader(old):
                counts[row["pattern"]] = Counter(
                    {True: int(row["right"]), False: int(row["wrong"])}
                )
    with tempfile.TemporaryDirectory() as folder:
        pages = clean_pages(Path(folder), given.pdf, given.pages // 3, given.seed)
        for number, scan in enumerate(scans(pages, given.pages, given.seed)):
            here = patterns(scan)
            for pattern, right, truth, read in here:
                counts[pattern][right] += 1
                if not right and counts[pattern][True] > 20 * counts[pattern][False]:
                    print(f"page {number}: {pattern}: {truth!r} read {read!r}", file=sys.stderr)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("pattern", "right", "wrong"))
        rows.writerows((p, c[True], c[False]) for p, c in sorted(counts.items()))


if __name__ == "__main__":
    main()
