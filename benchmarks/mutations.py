"""The mutation run: single changes to right rows, and right rows left alone; arithmetic only, no PDF.

    python -m benchmarks.mutations [--changes 10000] [--honest 10000] [--seed 1]

Prints, of the changes that arithmetic can see, how many were found, under the right rule and on the right
cell; and of honest rows, how many were accused.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from random import Random

from benchmarks.honest import ROUNDINGS, Cells, Style, honest_table, style, submission_of
from benchmarks.visible import visible
from normalise.rank import LABELS
from normalise.register import Register
from reconcile.check import run
from reconcile.checks import numbers, order, ranks, scores, tables
from reconcile.finding import Finding
from reconcile.methodology import Methodology, load_methodologies

ROWS = (1, 2, 3, 5, 8, 10, 12, 14, 19, 20, 27)
"""Rows to a table; the five reports have 4 to 29."""

AREAS = (scores, ranks, tables, order, numbers)
NOBODY = Register(())


@dataclass(frozen=True, slots=True)
class Change:
    """A changed row: the cell, what is done to it, and the rules under which it may be reported."""

    kind: str
    cell: str
    rules: frozenset[str]
    cells: Cells


@dataclass
class Score:
    """Counts of one kind of change."""

    made: int = 0
    visible: int = 0
    found: int = 0
    rule: int = 0
    cell: int = 0
    near: int = 0
    single: int = 0


@dataclass
class Result:
    """Counts of a run. `honest` counts findings on honest rows by severity and message."""

    scores: dict[str, Score] = field(default_factory=dict)
    rows: int = 0
    honest: Counter[tuple[str, str]] = field(default_factory=Counter)

    def total(self) -> Score:
        whole = Score()
        for score in self.scores.values():
            for name in vars(whole):
                setattr(whole, name, getattr(whole, name) + getattr(score, name))
        return whole


# Changes.

RULES = {
    "total": {"total-mismatch"},
    "converted": {"converted-mismatch"},
    "officer_average": {"officer-average-mismatch"},
    "rank": {"rank-mismatch"},
}
PART_RULES = frozenset({"total-mismatch", "score-out-of-range", "officer-average-mismatch"})


def changes(random: Random, methodology: Methodology, how: Style, cells: Cells) -> Change | None:
    """One random change to a row; None where the kind drawn does not apply to it."""
    kind = random.choice(list(KINDS))
    return KINDS[kind](random, methodology, how, dict(cells), kind)


def _in_number(
    random: Random, m: Methodology, how: Style, cells: Cells, kind: str
) -> Change | None:
    """A digit changed, two swapped, or the comma moved, in any figure of the row."""
    fields = [f for f, text in cells.items() if f != "rank" and any(map(str.isdigit, text))]
    name = random.choice(fields)
    figure, slash, rest = cells[name].partition("/")
    changed = TEXTS[kind](random, figure)
    if changed is None or _value(changed) == _value(figure):
        return None
    cells[name] = changed + slash + rest
    return Change(kind, name, frozenset(RULES.get(name, PART_RULES)), cells)


def _digit(random: Random, text: str) -> str | None:
    at = random.choice([i for i, c in enumerate(text) if c.isdigit()])
    new = random.choice([d for d in "0123456789" if d != text[at]])
    return text[:at] + new + text[at + 1 :]


def _swap(random: Random, text: str) -> str | None:
    places = [i for i, c in enumerate(text) if c.isdigit()]
    pairs = [(i, j) for i, j in pairwise(places) if text[i] != text[j]]
    if not pairs:
        return None
    i, j = random.choice(pairs)
    letters = list(text)
    letters[i], letters[j] = letters[j], letters[i]
    return "".join(letters)


def _comma(random: Random, text: str) -> str | None:
    digits = text.replace(",", "")
    if "," not in text or len(digits) < 3:
        return None
    places = [i for i in range(1, len(digits) + 1) if i != text.index(",")]
    at = random.choice(places)
    return digits[:at] + ("," + digits[at:] if digits[at:] else "")


def _dropped(random: Random, m: Methodology, how: Style, cells: Cells, kind: str) -> Change | None:
    """A component left blank that total and maximum count."""
    name = random.choice([p.field for p in m.parts])
    if not _value(cells[name]):
        return None
    cells[name] = how.absent
    return Change(kind, name, frozenset({"total-mismatch"}), cells)


def _zero(random: Random, m: Methodology, how: Style, cells: Cells, kind: str) -> Change | None:
    """0 printed for an indicator that does not apply."""
    absent = [p.field for p in m.parts if cells[p.field] == how.absent]
    if not absent:
        return None
    name = random.choice(absent)
    cells[name] = how.text(name, Decimal(0))
    rules = {"converted-mismatch", "denominator-mismatch"}
    return Change(kind, name, frozenset(rules), cells)


def _denominator(
    random: Random, m: Methodology, how: Style, cells: Cells, kind: str
) -> Change | None:
    """The converted score computed with another denominator, which is printed where denominators are."""
    if not m.scales:
        return None
    right = sum(p.maximum for p in m.parts if cells[p.field] != how.absent)
    figure = cells["total"].partition("/")[0]
    wrong = random.choice([d for d in map(Decimal, range(55, 101, 5)) if d != right])
    if how.denominators and random.random() < 0.5:
        cells["total"] = f"{figure}/{wrong}"
        return Change("denominator printed", "total", frozenset({"denominator-mismatch"}), cells)
    total = _value(figure)
    if not total:
        return None
    cells["converted"] = how.text("converted", total * how.scale / wrong)
    return Change(kind, "converted", frozenset({"converted-mismatch"}), cells)


def _rank(random: Random, m: Methodology, how: Style, cells: Cells, kind: str) -> Change | None:
    cells["rank"] = random.choice([label for label in LABELS.values() if label != cells["rank"]])
    return Change(kind, "rank", frozenset({"rank-mismatch"}), cells)


TEXTS: Mapping[str, Callable[[Random, str], str | None]] = {
    "digit changed": _digit,
    "digits swapped": _swap,
    "comma moved": _comma,
}
KINDS: Mapping[str, Callable[[Random, Methodology, Style, Cells, str], Change | None]] = {
    **dict.fromkeys(TEXTS, _in_number),
    "part dropped": _dropped,
    "zero for not applicable": _zero,
    "wrong denominator": _denominator,
    "wrong rank": _rank,
}


def _value(text: str) -> Decimal:
    plain = text.replace(",", ".")
    return Decimal(plain) if any(map(str.isdigit, plain)) else Decimal(0)


# The run.


def mutate(seed: int, changed: int, honest: int) -> Result:
    """At least so many visible changes and so many honest rows."""
    random, result = Random(seed), Result()
    for methodology, how, rows in _tables(random):
        if result.rows < honest:
            result.rows += len(rows)
            found = findings(methodology, rows)
            result.honest.update((f.severity, f.message) for f in found)
        if result.total().visible >= changed:
            if result.rows >= honest:
                return result
            continue
        for _ in range(3):
            _try_one(random, result, methodology, how, rows)
    return result


def _try_one(random: Random, result: Result, m: Methodology, how: Style, rows: list[Cells]) -> None:
    at = random.randrange(len(rows))
    change = changes(random, m, how, rows[at])
    if change is None:
        return
    found = findings(m, [*rows[:at], change.cells, *rows[at + 1 :]])
    errors = [f for f in found if f.severity == "error" and f.row == at]
    score = result.scores.setdefault(change.kind, Score())
    score.made += 1
    if not visible(m, how, change.cells):
        return
    score.visible += 1
    score.found += bool(errors)
    score.single += len(errors) == 1
    score.rule += bool(errors) and all(f.rule in change.rules for f in errors)
    score.cell += [f.field for f in errors] == [change.cell]
    score.near += bool(errors) and errors[0].field in (change.cell, "total")


def _tables(random: Random) -> Iterator[tuple[Methodology, Style, list[Cells]]]:
    methodologies = load_methodologies()
    weights = [3 if m.scales else 1 for m in methodologies.values()]
    while True:
        for rounding in ROUNDINGS:
            (methodology,) = random.choices(list(methodologies.values()), weights)
            how = style(random, methodology, rounding)
            yield methodology, how, honest_table(random, methodology, how, random.choice(ROWS))


def findings(methodology: Methodology, rows: list[Cells]) -> tuple[Finding, ...]:
    """What the checks of score tables say of a table."""
    submission = submission_of(methodology, rows)
    subjects = (s for area in AREAS for s in area.subjects(submission, methodology, NOBODY))
    return run(subjects, submission.path)[0]


def report(result: Result) -> str:
    """The figures of a run as text."""
    head = f"{'change':26}{'made':>7}{'visible':>9}{'found':>9}{'rule':>9}{'cell':>9}{'or total':>9}{'single':>9}"
    lines = [head]
    for kind, s in [*sorted(result.scores.items()), ("all", result.total())]:
        shares = (s.found, s.rule, s.cell, s.near, s.single)
        parts = "".join(f"{100 * share / max(1, s.visible):8.2f}%" for share in shares)
        lines.append(f"{kind:26}{s.made:7}{s.visible:9}{parts}")
    lines.append(f"honest rows: {result.rows}")
    lines += [
        f"  {severity:8}{message:34}{n}" for (severity, message), n in sorted(result.honest.items())
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=10000)
    parser.add_argument("--honest", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(report(mutate(options.seed, options.changes, options.honest)))


if __name__ == "__main__":
    main()
