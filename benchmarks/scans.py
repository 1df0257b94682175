"""Measures the audit of scanned reports: `python -m benchmarks.scans [--reports 40] [--seed 1]`.

Generates reports, every second one with a planted error, damages their pages as scanners do, runs the
command on each and compares its `audit.json` with the truth. Half of the reports are scanned whole; of the
others only the pages with tables, as where an office puts scanned annexes behind a letter it has as a file.
Every fifth has a scanner's own poor text under the picture. Prints, by resolution: cells of score and statistics
tables, unit names, planted errors and false findings. `--engine` times `tesseract -l vie` on the same pages.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from io import BytesIO
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2

from benchmarks.accuracy import run
from benchmarks.alarms import ACROSS
from benchmarks.cells import by_kind
from benchmarks.generator.damage import Damage, draw_damage
from benchmarks.generator.make import KINDS, generate
from benchmarks.generator.scans import pages, scanned
from benchmarks.generator.truth import GeneratedReport
from benchmarks.scan_pages import LAYOUTS
from benchmarks.scan_tally import Tally, show

PLANTED = tuple(KINDS)
LAYERED = 5
"""One report in so many has a text layer."""
OTHER = 3
"""One report in so many is of a layout that the calibration of figures does without: its cells are found by these very
parts of the reader."""
OTHERS = (
    "turned-headings", "hair-lines", "horizontal-rules", "dotted-lines", "heading-box", "no-rules", "outer-box",
    "turned-horizontal", "broken-rows", "header-not-repeated",
)  # fmt: skip
"""Headings that run up the page, weak lines or none, rows and tables broken over pages."""
HARMS = frozenset(f.name for f in fields(Damage)) - {"dpi", "mode", "jpeg", "threshold", "blur"}
SIGNED = "TM. ỦY BAN NHÂN DÂN"
MOST = 8
"""Faults told per report."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A generated report as scanned, and how."""

    made: GeneratedReport
    damage: Damage
    whole: bool
    pdf: bytes


def samples(count: int, seed: int) -> Iterator[Sample]:
    """Clean reports and ones with an error in turn, all kinds of errors going round."""
    for number in range(seed * 1000, seed * 1000 + count):
        planted = PLANTED[number // 2 % len(PLANTED)] if number % 2 else None
        made = generate(number, _layout(number), planted)
        damage = draw_damage(np.random.default_rng((seed, number)))
        whole = number // 2 % 2 == 0
        pdf = scanned(made.pdf, damage, number, layer=number % LAYERED == 0)
        yield Sample(made, damage, whole, pdf if whole else _behind_letter(made.pdf, pdf))


def _layout(number: int) -> str:
    """The calibration's layouts going round, the others in every third report."""
    return (
        OTHERS[number // OTHER % len(OTHERS)]
        if number % OTHER == 0
        else LAYOUTS[number % len(LAYOUTS)]
    )


def _behind_letter(clean: bytes, scan: bytes) -> bytes:
    """The pages of the letter, whose last is signed, as they are, the others scanned."""
    with pdfplumber.open(BytesIO(clean)) as document:
        letter = 1 + next(
            i for i, page in enumerate(document.pages) if SIGNED in page.extract_text()
        )
    mixed = pypdfium2.PdfDocument.new()
    own, scans = pypdfium2.PdfDocument(clean), pypdfium2.PdfDocument(scan)
    mixed.import_pages(own, [*range(letter)])
    mixed.import_pages(scans, [*range(letter, len(scans))])
    buffer = BytesIO()
    mixed.save(buffer)
    return buffer.getvalue()


def measured(sample: Sample, folder: Path) -> Tally:
    """The sample audited by the command itself, against its truth. `folder` keeps file and audit."""
    inbox = folder / "inbox" / sample.made.name
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / f"{sample.made.name}.pdf").write_bytes(sample.pdf)
    audit, cost = run(inbox, folder / "out" / sample.made.name)
    truth, document = sample.made.truth, audit["documents"][0]
    found = Tally(reports=1, pages=document["pages"], worker=cost.worker)
    for kind, cells in by_kind(truth, document).items():
        found.cells["scores" if kind == "scores" else "statistics"].add(cells)
    found.judge(truth["errors"], [f for f in audit["findings"] if f["rule"] not in ACROSS])
    return found


def engine_seconds(sample: Sample) -> float:
    """Processor seconds of whole-page calls on the pages, on one core."""
    start = _children_seconds()
    with tempfile.TemporaryDirectory() as folder:
        for page in pages(sample.pdf, sample.damage.dpi):
            path = Path(folder) / "page.png"
            page.save(path)
            command = ["tesseract", str(path), "-", "-l", "vie"]
            environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
            subprocess.run(command, env=environment, capture_output=True, check=True)
    return _children_seconds() - start


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scans", description=__doc__)
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1, help="times 1000: seed of the first report")
    parser.add_argument("--keep", type=Path, help="folder to keep scans and audits in")
    parser.add_argument("--engine", action="store_true")
    given = parser.parse_args()
    tallies: dict[str, Tally] = defaultdict(Tally)
    engine = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for sample in samples(given.reports, given.seed):
            begun = time.monotonic()
            found = measured(sample, given.keep or Path(folder))
            engine += engine_seconds(sample) if given.engine else 0.0
            tallies[f"{sample.damage.dpi} dpi"].add(found)
            tallies["all"].add(found)
            print(_line(sample, found, time.monotonic() - begun), flush=True)
    show(dict(sorted(tallies.items())))
    memory = tallies["all"].worker / 1e6
    theirs = f"; tesseract {engine / tallies['all'].pages:.2f} s" if given.engine else ""
    print(f"corpus: {given.reports} generated reports, {tallies['all'].pages} pages, seeds from "
          f"{given.seed * 1000}; a worker took {memory:.0f} MB at most{theirs}")  # fmt: skip
    return 0


def _line(sample: Sample, found: Tally, seconds: float) -> str:
    """The report, its damage and what went wrong with it."""
    damage = sample.damage
    harms = ",".join(f"{k}={v:.2g}" for k, v in asdict(damage).items() if k in HARMS and v)
    counts = {kind: dict(cells.outcomes) for kind, cells in found.cells.items()}
    scope = "whole" if sample.whole else "annexes"
    head = (
        f"{sample.made.name} {scope} {damage.dpi} {damage.mode} {harms}: {counts} {seconds:.0f} s"
    )
    worst_first = sorted(found.told, key=lambda fault: " wrong: " not in fault)
    return "\n".join((head, *(f"  {fault}" for fault in worst_first[:MOST])))


if __name__ == "__main__":
    sys.exit(main())
