"""Write generated reports and their truth: `python -m benchmarks.generator --out DIR`."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.generator.layouts import layouts
from benchmarks.generator.make import KINDS, Order, generate_all


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generator", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for PDF and JSON files")
    parser.add_argument("--count", type=int, default=1, help="reports per layout")
    parser.add_argument("--seed", type=int, default=0, help="seed of the first report")
    parser.add_argument(
        "--layouts", default="", help="names separated by commas; all drawn ones if empty"
    )
    parser.add_argument(
        "--planted", choices=sorted(KINDS), help="plant one error of this kind in each"
    )
    given = parser.parse_args()
    names = [n for n in given.layouts.split(",") if n]
    names = names or [n for n, layout in layouts().items() if layout.engine == "drawn"]
    given.out.mkdir(parents=True, exist_ok=True)
    seeds = range(given.seed, given.seed + given.count)
    orders = [Order(seed, name, given.planted) for name in names for seed in seeds]
    for made in generate_all(orders):
        stem = given.out / made.name
        Path(f"{stem}{made.suffix}").write_bytes(made.pdf)
        Path(f"{stem}.json").write_text(made.truth_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
