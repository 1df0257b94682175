"""Counts what Tesseract makes of Vietnamese letters and writes `normalise/data/confusions.csv`.

    python -m benchmarks.confusions

Names rendered in known letters are aligned with what was read, letter by letter: first with plain edit
costs, then with the costs just counted. No hand labels. Also writes `syllables.csv`: how often each
syllable occurs in the names of communes of half the provinces, the picture of a name we do not know.
"""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.names_data import country, is_learned, learning_reads
from benchmarks.readings import MODELS, Read
from normalise.channel import plain
from normalise.names import parse
from normalise.register_file import DATA
from normalise.text import fold

Pair = tuple[str, str]
Costs = Callable[[str, str], float]
PASSES = 3
KEPT = 2
"""Confusions seen fewer times are left to smoothing."""


def _first_cost(true: str, read: str) -> float:
    if true == read:
        return 0.0
    if true and read and fold(true) == fold(read):
        return 0.3
    return 1.0


def align(true: str, read: str, cost: Costs) -> list[Pair]:
    """The cheapest sequence of letter pairs; `("", c)` is an insertion, `(c, "")` a loss."""
    best: list[list[tuple[float, Pair | None]]] = [[(0.0, None)]]
    for j, c in enumerate(read):
        best[0].append((best[0][j][0] + cost("", c), ("", c)))
    for i, t in enumerate(true):
        row: list[tuple[float, Pair | None]] = [(best[i][0][0] + cost(t, ""), (t, ""))]
        for j, c in enumerate(read):
            steps = (
                (best[i][j][0] + cost(t, c), (t, c)),
                (best[i][j + 1][0] + cost(t, ""), (t, "")),
                (row[j][0] + cost("", c), ("", c)),
            )
            row.append(min(steps, key=lambda s: s[0]))
        best.append(row)
    return _trace(best)


def _trace(best: list[list[tuple[float, Pair | None]]]) -> list[Pair]:
    i, j = len(best) - 1, len(best[0]) - 1
    pairs: list[Pair] = []
    while (step := best[i][j][1]) is not None:
        pairs.append(step)
        i, j = i - bool(step[0]), j - bool(step[1])
    return pairs[::-1]


def count(reads: Iterable[Read]) -> dict[str, Counter[Pair]]:
    """Letter pairs by model, after as many alignments as PASSES says."""
    by_model: dict[str, list[Pair]] = defaultdict(list)
    for r in reads:
        by_model[r.model].append((plain(r.truth), plain(r.text)))
    return {model: _count_model(by_model[model]) for model in MODELS}


def _count_model(texts: list[tuple[str, str]]) -> Counter[Pair]:
    cost: Costs = _first_cost
    pairs: Counter[Pair] = Counter()
    for _ in range(PASSES):
        pairs = Counter(p for true, read in texts for p in align(true, read, cost))
        cost = _counted_cost(pairs)
    return pairs


def _counted_cost(pairs: Counter[Pair]) -> Costs:
    totals: Counter[str] = Counter()
    for (true, _), n in pairs.items():
        totals[true] += n

    def cost(true: str, read: str) -> float:
        seen = pairs[(true, read)] + 0.2 * (_first_cost(true, read) < 1) + 0.01
        whole = totals[true] if true else sum(totals.values())
        return -math.log(min(1.0, seen / (whole + 1)))

    return cost


def write_confusions(path: Path, counted: dict[str, Counter[Pair]]) -> None:
    """Rows `model, true, read, count`; the total of each letter is the sum of its rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("model", "true", "read", "count"))
        for model, pairs in counted.items():
            for (true, read), n in sorted(pairs.items()):
                if n >= KEPT:
                    writer.writerow((model, true.replace(" ", "␣"), read.replace(" ", "␣"), n))


def write_syllables(path: Path, names: Iterable[str]) -> None:
    """Rows `syllable, count`, the most frequent first; numbers (`Phường 1`) are left out."""
    counts = Counter(
        word for name in names for word in plain(parse(name).core).split() if word.isalpha()
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("syllable", "count"))
        for word, n in sorted(counts.items(), key=lambda c: (-c[1], c[0])):
            writer.writerow((word, n))


if __name__ == "__main__":
    write_confusions(DATA / "confusions.csv", count(learning_reads()))
    write_syllables(DATA / "syllables.csv", (n for code, n in country() if is_learned(code)))
