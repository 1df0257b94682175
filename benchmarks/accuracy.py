"""Accuracy on generated reports: `python -m benchmarks.accuracy [--layouts a,b] [--count N]`.

Generates reports, clean ones and ones with a planted error in turn, runs the command on them and
compares its `audit.json` with the truth, per layout and per kind of error.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.alarms import Alarms, assess
from benchmarks.cells import Cells, compare
from benchmarks.generator.folders import FOLDERS, folder
from benchmarks.generator.layouts import Layout, layouts, named
from benchmarks.generator.make import KINDS, Order, generate_all
from benchmarks.generator.truth import GeneratedReport
from benchmarks.generator.typeset_office import office
from benchmarks.generator.typeset_pdf import typeset
from benchmarks.process import Cost, cost_of

Result = tuple[Order, Cells, Alarms]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--layouts", default="", help="names separated by commas; all if empty")
    parser.add_argument("--count", type=int, default=6, help="reports per layout (default 6)")
    parser.add_argument("--seed", type=int, default=1000, help="seed of the first report")
    parser.add_argument(
        "--planted", default="", help="kinds of error, or `none`; all in turn if empty"
    )
    parser.add_argument("--folders", type=int, default=0, help="folders per kind (default none)")
    parser.add_argument("--keep", type=Path, help="folder to keep reports, truth and audit in")
    parser.add_argument("--show", type=int, default=5, help="faults shown per layout (default 5)")
    given = parser.parse_args()
    chosen = [named(name) for name in given.layouts.split(",") if name] or [*layouts().values()]
    orders = list(plan(_able(chosen), given.count, given.seed, given.planted))
    with tempfile.TemporaryDirectory() as folder:
        place = given.keep or Path(folder)
        if orders:
            show(measure(orders, place), given.show)
        if given.folders:
            show_folders(measure_folders(given.folders, given.seed, place), given.show)
    return 0


def _able(chosen: list[Layout]) -> list[Layout]:
    """The layouts that can be typeset here; says which cannot."""
    if office():
        return chosen
    left = [layout.name for layout in chosen if layout.exported]
    if left:
        print(f"LibreOffice is not installed: left out {', '.join(left)}")
    return [layout for layout in chosen if not layout.exported]


def plan(chosen: list[Layout], count: int, seed: int, planted: str) -> list[Order]:
    """Clean and planted reports in turn, the kinds of error going round over all layouts."""
    kinds = [] if planted == "none" else [k for k in planted.split(",") if k] or [*KINDS]
    orders, turn = [], 0
    for layout in chosen:
        for number in range(count):
            kind = None
            if kinds and (planted or number % 2):
                kind, turn = kinds[turn % len(kinds)], turn + 1
            orders.append(Order(seed + number, layout.name, kind))
    return orders


def measure(orders: list[Order], place: Path) -> list[Result]:
    """Generate into `place`, audit, compare."""
    inbox = place / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    made = {report.name: report for report in map(_kept(inbox), generate_all(orders))}
    print(f"{len(made)} reports generated in {time.monotonic() - begun:.0f} s")
    begun = time.monotonic()
    audit, _ = run(inbox, place / "out")
    print(f"audited in {time.monotonic() - begun:.0f} s")
    documents = {Path(d["path"]).stem: d for d in audit["documents"]}
    findings = defaultdict(list)
    for finding in audit["findings"]:
        findings[Path(finding["document"] or "").stem].append(finding)
    return [
        (o, compare(truth, documents.get(o.name)), assess(truth["errors"], findings[o.name]))
        for o in orders
        for truth in [made[o.name].truth]
    ]


def _kept(inbox: Path) -> Any:
    def keep(report: GeneratedReport) -> GeneratedReport:
        (inbox / f"{report.name}{report.suffix}").write_bytes(report.pdf)
        truth = inbox.parent / "truth"
        truth.mkdir(exist_ok=True)
        (truth / f"{report.name}.json").write_text(report.truth_json(), encoding="utf-8")
        return report

    return keep


def run(inbox: Path, out: Path) -> tuple[dict[str, Any], Cost]:
    """The audit of a folder by the command itself, and what it cost."""
    command = [sys.executable, "-m", "cli", "audit", str(inbox), "--out", str(out), "--no-cache"]
    cost = cost_of([*command, "--format", "json"])
    result: dict[str, Any] = json.loads((out / "audit.json").read_text(encoding="utf-8"))
    return result, cost


def measure_folders(count: int, seed: int, place: Path) -> list[tuple[str, Alarms]]:
    """Folders of reports that belong together, each audited by itself."""
    results = []
    look = named("ruled")
    for kind in FOLDERS:
        for number in range(seed, seed + count):
            made = folder(number, kind)
            inbox = place / f"{kind}-{number}"
            inbox.mkdir(parents=True, exist_ok=True)
            for name, report in made.reports.items():
                pdf = typeset(report, look, Random(f"{number} {name}"))
                (inbox / f"{name}.pdf").write_bytes(pdf)
            audit, _ = run(inbox, place / f"{kind}-{number}-out")
            findings = audit["findings"]
            errors = [asdict(planted) for planted in made.planted]
            results.append((f"{kind} {number}", assess(errors, findings, across=True)))
    return results


def show_folders(results: list[tuple[str, Alarms]], faults: int) -> None:
    """Errors between reports: found, and what else was raised."""
    alarms = Alarms()
    for name, result in results:
        alarms.add(result)
        for fault in result.faults[:faults]:
            print(f"  {name}: {fault}")
    print(
        f"{len(results)} folders; {alarms.clean} without error: {alarms.false_alarms} false alarms;"
    )
    print(f"with an error between reports: {alarms.accusations} other accusations")
    _show_planted(alarms)


def show(results: list[Result], faults: int) -> None:
    """The table per layout, the faults, the table per kind of error, the sums."""
    by_layout: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_layout[result[0].layout].append(result)
    print(f"{'layout':22} reports   cells   right  wrong doubtful missing | names wrong none"
          " | planted found rule cell | false  accused")  # fmt: skip
    for name, group in by_layout.items():
        print(_line(name, group))
    print(_line("all", results))
    cells = sum(sum(c.outcomes.values()) for _, c, _ in results)
    print(f"corpus: {len(results)} generated reports, {cells} cells, seeds {_seeds(results)}")
    for name, group in by_layout.items():
        told = [f"{o.name}: {fault}" for o, c, a in group for fault in (*c.faults, *a.faults)]
        for fault in told[:faults]:
            print(f"  {fault}")
        if len(told) > faults:
            print(f"  {name}: {len(told) - faults} more")
    _show_kinds(results)


def _seeds(results: list[Result]) -> str:
    seeds = [order.seed for order, _, _ in results]
    return f"{min(seeds)} to {max(seeds)}"


def _line(name: str, group: list[Result]) -> str:
    cells, alarms = Cells(), Alarms()
    for _, c, a in group:
        cells.add(c)
        alarms.add(a)
    got, total = cells.outcomes, sum(cells.outcomes.values())
    share = 100 * got["right"] / total if total else 0.0
    return (
        f"{name:22} {len(group):7} {total:7} {share:6.2f}% {got['wrong']:6} {got['doubtful']:8}"
        f" {got['missing']:7} | {cells.names['right']:5} {cells.names['wrong']:5}"
        f" {cells.names['unmatched'] + cells.names['missing']:4} | {alarms.planted.total():7}"
        f" {alarms.found.total():5} {alarms.rule.total():4} {alarms.cell.total():4}"
        f" | {alarms.false_alarms:5} in {alarms.clean} {alarms.accusations:4}"
    )


def _show_kinds(results: list[Result]) -> None:
    alarms = Alarms()
    for _, _, a in results:
        alarms.add(a)
    _show_planted(alarms)


def _show_planted(alarms: Alarms) -> None:
    print(f"{'planted error':22} planted found  rule  cell")
    for kind in sorted(alarms.planted):
        counts = (alarms.planted, alarms.found, alarms.rule, alarms.cell)
        print(f"{kind:22} " + " ".join(f"{count[kind]:6}" for count in counts))


if __name__ == "__main__":
    sys.exit(main())
