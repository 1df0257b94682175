"""Accuracy on reports printed by other programs: `python -m benchmarks.office [--dresses a,b]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.accuracy import Result, run, show
from benchmarks.alarms import assess
from benchmarks.cells import compare
from benchmarks.generator.compose import Setting, compose
from benchmarks.generator.figures import style
from benchmarks.generator.make import Order
from benchmarks.generator.truth import GeneratedReport
from benchmarks.office.dress import Dress, dresses
from benchmarks.office.page import page_of
from benchmarks.office.printing import print_all


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.office", description=__doc__)
    parser.add_argument("--dresses", default="", help="names separated by commas; all if empty")
    parser.add_argument("--count", type=int, default=2, help="reports per dress (default 2)")
    parser.add_argument("--seed", type=int, default=100, help="seed of the first report")
    parser.add_argument("--keep", type=Path, help="folder to keep reports and audit in")
    parser.add_argument("--again", action="store_true", help="measure what --keep holds already")
    parser.add_argument("--show", type=int, default=5, help="faults shown per dress (default 5)")
    given = parser.parse_args()
    names = [name for name in given.dresses.split(",") if name] or [*dresses()]
    with tempfile.TemporaryDirectory() as folder:
        place = given.keep or Path(folder)
        orders = [(n, given.seed + i) for n in names for i in range(given.count)]
        show(measure(orders, place, given.again), given.show)
    return 0


def measure(orders: list[tuple[str, int]], place: Path, again: bool = False) -> list[Result]:
    """Make, print, audit and compare the reports of (dress, seed)."""
    inbox = place / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    made = {f"{name}-{seed}": _made(dresses()[name], seed) for name, seed in orders}
    if not again:
        pages = []
        for key, (report, html) in made.items():
            path = inbox / f"{key}.html"
            path.write_text(html, encoding="utf-8")
            pages.append((path, dresses()[report.layout]))
        print_all(pages, place)
        for path, _ in pages:
            path.unlink()
    audit, _ = run(inbox, place / "out")
    documents = {Path(d["path"]).stem: d for d in audit["documents"]}
    findings = defaultdict(list)
    for finding in audit["findings"]:
        findings[Path(finding["document"] or "").stem].append(finding)
    return [
        (Order(report.seed, report.layout), compare(report.truth, documents.get(key)),
         assess([], findings[key]))
        for key, (report, _) in made.items()
    ]  # fmt: skip


def _made(dress: Dress, seed: int) -> tuple[GeneratedReport, str]:
    rng = Random(f"{dress.name} {seed}")
    report = compose(rng, _setting(dress, rng))
    kept = GeneratedReport(f"{dress.name}-{seed}", dress.name, seed, b"", report)
    return kept, page_of(report, dress, rng)


def _setting(dress: Dress, rng: Random) -> Setting:
    setting = Setting(trailing=dress.trailing, statistics=dress.statistics)
    if dress.statistics:
        setting = replace(setting, methodology="dien-bien-459-2023", level="district")
    told = {k: getattr(dress, k) for k in ("scale", "mark", "denominator")}
    told = {k: v for k, v in told.items() if v is not None}
    if not told:
        return setting
    methodology = "dien-bien-459-2023"
    look = replace(style(rng, methodology), **told)
    if told.get("scale") == 10:
        look = replace(look, decimals={**look.decimals, "converted": 2})
    return replace(setting, methodology=methodology, style=look)


if __name__ == "__main__":
    sys.exit(main())
