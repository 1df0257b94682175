"""How well claims are found and judged, on letters the program's rules were not written from.

    python -m benchmarks.claims [--documents 300] [--seed 1] [--held-out] [--distracted]

Tables are taken as printed, without reading a page: what is measured is the letter. Reported: claims found,
verdicts right, planted errors found and under the right rule, findings on clean reports; the held-out wordings
apart. `--distracted` puts sentences about other matters into right letters: none may be confirmed or contradicted.
"""

from __future__ import annotations

import argparse
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from rapidfuzz import fuzz

from benchmarks.generator import distractions, prose
from benchmarks.generator.compose import Setting, compose
from benchmarks.generator.content import Letter, Report, Row, Table
from benchmarks.generator.wordings import wordings
from extract.document import Cell, Document, Line, Paragraph
from normalise.claims import find_claims
from normalise.entry import Kind, entry_of, most_decimals, with_precision
from normalise.register import Register, load_register
from normalise.submission import (
    Claim,
    Column,
    Entry,
    FieldTable,
    ScoredRow,
    Submission,
    UnitMatch,
)
from normalise.units import Scope
from reconcile.examine import examine
from reconcile.finding import Examined
from reconcile.methodology import load_methodologies

HOLDS = {
    "rank": "rank",
    "note": "text",
    "online_rate": "rate",
    "received_rate": "rate",
    "results_rate": "rate",
}
ALIKE = 60.0
"""A truth and a found claim of one kind are the same when their words agree to 60 of 100; a claim's text may
begin or end a few words earlier."""


@dataclass
class Score:
    """What one set of wordings gave."""

    claims: int = 0
    found: int = 0
    right: int = 0
    planted: int = 0
    caught: int = 0
    right_rule: int = 0
    clean: int = 0
    alarms: int = 0
    missed: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        yield f"claims found      {self.found}/{self.claims} = {_share(self.found, self.claims)}"
        yield f"verdicts right    {self.right}/{self.found} = {_share(self.right, self.found)}"
        yield f"planted found     {self.caught}/{self.planted} = {_share(self.caught, self.planted)}"
        yield f"right rule        {self.right_rule}/{self.caught} = {_share(self.right_rule, self.caught)}"
        yield f"clean reports     {self.clean}, with an error or warning: {self.alarms}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "-"


def submission(report: Report, letter: Letter, register: Register, rng: Random) -> Submission:
    """The report as if it had been read without a fault."""
    tables = tuple(field_table(t, f"t{i}", report) for i, t in enumerate(report.tables, 1))
    issuer = register.find(report.issuer.code, report.period)
    document = Document("report.pdf", "0", "ok", "digital", (), paragraphs(letter, rng))
    claims = find_claims(document, tables, Scope(issuer, report.period), register)
    return Submission(
        "report.pdf", "0", "ok", "digital", 1, period=report.period, methodology=report.methodology,
        tables=tables, claims=claims,
    )  # fmt: skip


def paragraphs(letter: Letter, rng: Random) -> tuple[Paragraph, ...]:
    """The letter in lines as a page has them: as whole paragraphs, or a paragraph to each line."""
    width, apart = rng.choice([70, 84, 96, 110]), rng.random() < 0.3
    lines = [textwrap.wrap(p, width) for p in letter.paragraphs]
    groups = [[line] for p in lines for line in p] if apart else lines
    return tuple(
        Paragraph(tuple(Line(text, 1, None) for text in group), i, "text-layer")
        for i, group in enumerate(groups)
    )


def field_table(table: Table, name: str, report: Report) -> FieldTable:
    columns = [c for c in table.columns if c not in ("serial", "name", "empty")]
    printed = [r for r in table.rows if r.kind != "section"]
    rows = [_entries(r, columns, report.style.mark) for r in printed]
    most = {c: most_decimals([r[i] for r in rows]) for i, c in enumerate(columns)}
    widest = max(most.values(), default=0)
    return FieldTable(
        name,
        table.kind,
        1,
        " ".join(table.title),
        tuple(Column(i, c, (c,)) for i, c in enumerate(columns)),
        tuple(
            _row(i, r, [with_precision(e, most[e.field] or widest) for e in entries])
            for i, (r, entries) in enumerate(zip(printed, rows, strict=True))
        ),
        (),
        report.style.mark,
    )


def _entries(row: Row, columns: Sequence[str], mark: str) -> list[Entry]:
    made = []
    for i, column in enumerate(columns):
        text = row.cells.get(column, "")
        holds: Any = HOLDS.get(column) or (
            "money" if column.endswith("_fees") else "count" if _counts(column) else "score"
        )
        cell = Cell((text,) if text else (), 1, None, "text-layer", i)
        made.append(entry_of(cell, Kind(column, holds, mark)))  # type: ignore[arg-type]
    return made


def _counts(column: str) -> bool:
    first = column.split("_")[0]
    return column.endswith(("_cases", "_procedures", "_pending", "_digitised")) or first in (
        "received",
        "resolved",
    )


def _row(index: int, row: Row, entries: list[Entry]) -> ScoredRow:
    unit = row.unit
    match = (
        UnitMatch(row.name, unit.name, unit.code, "exact", 1.0)
        if unit
        else UnitMatch(row.name, None, None, "unmatched", 0.0)
    )
    kind: Any = "total" if row.kind == "total" else "unit"
    return ScoredRow(index, kind, 1, row.section, row.serial, match, tuple(entries))


def pair(truths: Sequence[prose.Claim], claims: Sequence[Claim]) -> list[int | None]:
    """For each truth the found claim that is it, each found claim once; those most alike first.

    Units named for files overdue may be said to lack points for progress: a list.
    """
    alike = sorted(
        (-fuzz.partial_ratio(text.lower(), c.text.lower()), _apart(text, c.text), t, i)
        for t, (text, kind, _) in enumerate(truths)
        for i, c in enumerate(claims)
        if c.kind == kind or (kind, c.kind) == ("late", "list")
    )
    paired: dict[int, int] = {}
    for score, _, truth, found in alike:
        if -score >= ALIKE and truth not in paired and found not in paired.values():
            paired[truth] = found
    return [paired.get(t) for t in range(len(truths))]


def _apart(truth: str, found: str) -> int:
    """How much longer one text is than the other: a short one is part of many."""
    return abs(len(truth) - len(found))


def weigh(score: Score, letter: Letter, made: Submission, examined: Examined) -> None:
    verdicts = {j.index: j.verdict for j in examined.judged}
    for (text, kind, verdict), index in zip(
        letter.claims, pair(letter.claims, made.claims), strict=True
    ):
        score.claims += 1
        if index is None:
            score.missed.append(f"not found  {kind}: {text}")
            continue
        score.found += 1
        score.right += verdicts[index] == verdict
        if verdicts[index] != verdict:
            score.missed.append(f"{verdicts[index]} for {verdict}  {kind}: {text}")


def measure(documents: int, seed: int, held_out: bool) -> Score:
    """One clean letter and one with an error to each report."""
    rng, score = Random(seed), Score()
    register, methodologies = load_register(), load_methodologies()
    chosen = [w for w in wordings() if bool(w.get("held_out")) == held_out]
    for number in range(documents):
        report = compose(rng, Setting(statistics=rng.random() < 0.7))
        facts, wording = prose.facts_of(report), chosen[number % len(chosen)]
        clean = prose.letter(rng, facts, wording)
        made = submission(report, clean, register, rng)
        examined = examine(made, methodologies, register)
        weigh(score, clean, made, examined)
        score.clean += 1
        raised = [f for f in examined.findings if f.severity != "info"]
        score.alarms += bool(raised)
        score.missed += [f"alarm {f.message} {wording['id']}: {dict(f.facts)}" for f in raised]
        wrong = prose.slipped(rng, facts, rng.choice(list(prose.SLIPS)), wording)
        if wrong is None:
            continue
        made = submission(report, wrong[0], register, rng)
        examined = examine(made, methodologies, register)
        weigh(score, wrong[0], made, examined)
        raised = [f for f in examined.findings if f.severity != "info"]
        score.planted += 1
        score.caught += bool(raised)
        score.right_rule += {f.rule for f in raised} == {wrong[1].rule}
        if {f.rule for f in raised} != {wrong[1].rule}:
            rules = ", ".join(f"{f.message} {f.printed} {f.expected}" for f in raised)
            score.missed.append(f"planted {wrong[1].kind} ({wording['id']}): {rules}")
    return score


DISTRACTIONS = 12
"""Sentences about other matters put into one letter."""


def measure_distracted(documents: int, seed: int) -> tuple[int, list[str]]:
    """Letters with an error or warning, and the sentences about other matters that got a verdict."""
    rng, alarmed, decided = Random(seed), 0, list[str]()
    register, methodologies = load_register(), load_methodologies()
    for number in range(documents):
        report = compose(rng, Setting(statistics=rng.random() < 0.7))
        wording = wordings()[number % len(wordings())]
        letter = prose.letter(rng, prose.facts_of(report), wording)
        chosen = rng.sample(distractions.sentences(), DISTRACTIONS)
        said = [distractions.filled(rng, sentence, report) for sentence in chosen]
        made = submission(report, distractions.distracted(rng, letter, said), register, rng)
        examined = examine(made, methodologies, register)
        alarmed += any(f.severity != "info" for f in examined.findings)
        claims = [made.claims[j.index] for j in examined.judged if j.verdict != "undecided"]
        decided += [s for s in said if any(c.text in s and _own(c, letter) for c in claims)]
    return alarmed, decided


def _own(claim: Claim, letter: Letter) -> bool:
    """Whether a claim stands in no paragraph of the letter without distractions."""
    return not any(claim.text in paragraph for paragraph in letter.paragraphs)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print so many of the misses")
    parser.add_argument("--held-out", action="store_true", help="also the held-out wordings")
    parser.add_argument("--distracted", action="store_true", help="sentences about other matters")
    options = parser.parse_args()
    if options.distracted:
        alarmed, decided = measure_distracted(options.documents, options.seed)
        print(f"letters with sentences about other matters  {options.documents}")
        print(f"  with an error or warning  {alarmed}")
        print(f"  of {DISTRACTIONS * options.documents} sentences with a verdict  {len(decided)}")
        print("\n".join(f"    {s}" for s in decided[: options.show]))
        return
    for held_out in (False, True) if options.held_out else (False,):
        score = measure(options.documents, options.seed, held_out)
        print("held-out wordings" if held_out else "wordings of development")
        print("\n".join("  " + line for line in score.lines()))
        for text, times in Counter(score.missed).most_common(options.show):
            print(f"    {times} x {text}")


if __name__ == "__main__":
    main()
