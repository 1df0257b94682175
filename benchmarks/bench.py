"""`make bench`: speed and memory beside other readers on the same pages, in one run on one machine.

Prints seconds a page and the share of score cells read right, for digital and scanned reports of the
samples; then throughput by jobs, a re-run of an unchanged folder, the start of the program, peak memory
and how both grow with the number of documents. Ratios are what counts: seconds depend on the machine. Readers
are compared by processor seconds, their children's included, which other work on the machine does not change;
whole runs by the clock, so that nothing else should run beside them.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pypdfium2

from audit.fork import ONE_THREAD
from benchmarks import names
from benchmarks.process import Cost, cost_of
from benchmarks.share import Tables, right_share
from extract.read import read
from normalise.register import load_register

ROOT = Path(__file__).resolve().parent.parent
INBOX = ROOT / "samples" / "inbox"
RUNS = 3
"""Runs of each measure; the median is printed."""

LONG = 60.0
"""Seconds from which one run is enough: the clock's grain is nothing beside it."""

SCANS = ("muong-ang-2024-08.pdf", "dien-bien-2024-09.pdf")
FOLDER = 200
GROWTH = (10, 100, 1000)

Reader = Callable[[Path], Tables]


@dataclass(frozen=True, slots=True)
class Measured:
    """A reader on a set of files: seconds a page, share of score cells right."""

    name: str
    seconds: float
    right: float | None


def ours(path: Path) -> Tables:
    document = read(path, path.name)
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def bare_pdfplumber(path: Path) -> Tables:
    with pdfplumber.open(path) as pdf:
        return [table for page in pdf.pages for table in page.extract_tables()]


def camelot_lattice(path: Path) -> Tables:
    from camelot.io import read_pdf

    try:
        tables = read_pdf(str(path), pages="all", flavor="lattice")
    except Exception:  # camelot raises where a page has nothing for it
        return []
    return [table.df.values.tolist() for table in tables]


def tesseract_pages(path: Path) -> Tables:
    """One whole-page call of the program for each page, rendered at 200 dpi; its words as one row."""
    rows: Tables = []
    with tempfile.TemporaryDirectory() as folder, pypdfium2.PdfDocument(path) as document:
        for number in range(len(document)):
            picture = Path(folder) / f"{number}.png"
            document[number].render(scale=200 / 72).to_pil().save(picture)
            command = ["tesseract", str(picture), "-", "-l", "vie"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            rows.append([list(line.split()) for line in done.stdout.splitlines()])
    return rows


def ocrmypdf_camelot(path: Path) -> Tables:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "ocr.pdf"
        command = ["ocrmypdf", "-q", "-l", "vie", "--jobs", "1", "--force-ocr", "--rotate-pages"]
        subprocess.run(
            [*command, "--deskew", str(path), str(out)], capture_output=True, check=False
        )
        return camelot_lattice(out) if out.exists() else []


def measure(name: str, reader: Reader, files: Sequence[Path]) -> Measured:
    """Median processor seconds a page over RUNS runs; the first one only warms up, unless it is LONG."""
    pages = sum(_pages(f) for f in files)
    times: list[float] = []
    results: dict[Path, Tables] = {}
    while len(times) <= RUNS and (not times or times[0] < LONG):
        start = processor_seconds()
        results = {f: reader(f) for f in files}
        times.append(processor_seconds() - start)
    return Measured(name, statistics.median(times[1:] or times) / pages, right_share(results))


def processor_seconds() -> float:
    """Seconds of computing of this process and of its children that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _pages(file: Path) -> int:
    with pypdfium2.PdfDocument(file) as document:
        return len(document)


def compare(title: str, readers: Iterable[tuple[str, Reader]], files: Sequence[Path]) -> None:
    """Print the readers beside each other, the first one as the measure."""
    print(f"\n{title} ({len(files)} files, {sum(_pages(f) for f in files)} pages)")
    first: Measured | None = None
    for name, reader in readers:
        m = measure(name, reader, files)
        first = first or m
        share = "" if m.right is None else f"{m.right:7.1%} of score cells right"
        print(f"  {m.name:32} {m.seconds:8.3f} s/page  {m.seconds / first.seconds:6.2f} ×  {share}")


def run_audit(paths: Sequence[Path], out: Path, home: Path, *options: str) -> Cost:
    command = [sys.executable, str(ROOT / "cli.py"), "audit", *map(str, paths)]
    command += ["--out", str(out), "-q", *options]
    return cost_of(command, os.environ | {"XDG_CACHE_HOME": str(home)})


def folder_of(count: int, folder: Path) -> Path:
    """A folder of `count` documents: the digital samples again and again, each with other bytes."""
    folder.mkdir(parents=True)
    files = digital()
    for number in range(count):
        source = files[number % len(files)]
        target = folder / f"{number:04}-{source.name}"
        target.write_bytes(source.read_bytes() + b"\n%%%d" % number)
    return folder


def digital() -> list[Path]:
    return [f for f in sorted(INBOX.glob("*.pdf")) if f.name not in SCANS]


def whole_runs(scratch: Path) -> None:
    inbox = folder_of(FOLDER, scratch / "folder")
    one = run_audit([inbox], scratch / "o1", scratch / "c1", "--jobs", "1")
    two = run_audit([inbox], scratch / "o2", scratch / "c2", "--jobs", "2")
    again = run_audit([inbox], scratch / "o2", scratch / "c2", "--jobs", "2")
    anew = run_audit([inbox], scratch / "o3", scratch / "c2", "--jobs", "2")
    print(f"\nA folder of {FOLDER} digital documents, all three outputs")
    for name, run in (("one job", one), ("two jobs", two)):
        print(f"  {name:9} {run.clock:7.1f} s   {FOLDER / run.clock:6.1f} documents/s", end="")
        print(f"   computing {run.all:.1f} s, {run.own:.1f} s of them in the program itself")
    print(f"  two jobs are {one.clock / two.clock:.2f} × one job by the clock,", end="")
    print(f" {two.two_jobs:.2f} × with two cores of their own")
    for name, run in (("unchanged", again), ("unchanged, outputs written anew", anew)):
        ratios = f"{two.clock / run.clock:.1f} × faster, {two.all / run.all:.1f} × less computing"
        print(f"  {name:32} {run.clock:7.1f} s   {ratios} than the first run")
    print(f"  peak memory {two.peak / 1e6:.0f} MB; of a worker {two.worker / 1e6:.0f} MB")


def growth(scratch: Path) -> None:
    print("\nGrowth with the number of documents (digital documents, two jobs, all outputs)")
    before = None
    for count in GROWTH:
        inbox = folder_of(count, scratch / f"grow{count}")
        run = run_audit([inbox], scratch / f"g{count}", scratch / f"gc{count}", "--jobs", "2")
        ratio = f"{run.peak / before:5.2f} × the peak before" if before else ""
        print(
            f"  {count:5} documents {run.clock:7.1f} s {run.all / count:7.3f} s computed each",
            end="",
        )
        print(f" {run.peak / 1e6:6.0f} MB {ratio}")
        before = run.peak


def start() -> None:
    """The start of the program beside an empty Python."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}

    def seconds(*command: str) -> float:
        times = []
        for _ in range(15):
            begin = time.perf_counter()
            subprocess.run(command, env=environment, capture_output=True, check=True)
            times.append(time.perf_counter() - begin)
        return statistics.median(times)

    empty = seconds(sys.executable, "-c", "pass")
    ours_help = seconds(sys.executable, str(ROOT / "cli.py"), "--help")
    print(f"\nStart: --help {ours_help * 1000:.0f} ms = {ours_help / empty:.1f} × python -c pass")


def on_one_thread() -> None:
    """Starts this program anew with every library on one thread, as the audit's workers and the tesseract
    called here are: idle threads that wait for each other count as computing."""
    if any(os.environ.get(name) != "1" for name in ONE_THREAD):
        command = [sys.executable, "-m", "benchmarks.bench"]
        os.execve(command[0], command, os.environ | dict.fromkeys(ONE_THREAD, "1"))


def main() -> None:
    on_one_thread()
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    compare(
        "Digital reports",
        [
            ("doisoat", ours),
            ("pdfplumber extract_tables", bare_pdfplumber),
            ("camelot lattice", camelot_lattice),
        ],
        digital(),
    )
    readers: list[tuple[str, Reader]] = [
        ("doisoat", ours),
        ("tesseract -l vie, whole page", tesseract_pages),
    ]
    if shutil.which("ocrmypdf"):
        readers.append(("OCRmyPDF, then camelot lattice", ocrmypdf_camelot))
    else:
        print("\nOCRmyPDF is not installed: its comparison is left out")
    compare("Scanned reports", readers, [INBOX / name for name in SCANS])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"  memory of one process after all of these: {peak / 1e6:.0f} MB")
    start()
    print(f"\n10,000 names against the register: {names.speed(load_register()):.2f} s computed")
    with tempfile.TemporaryDirectory() as folder:
        whole_runs(Path(folder))
        growth(Path(folder))


if __name__ == "__main__":
    main()
