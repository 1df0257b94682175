"""How often a printed name is given the right unit, and how often a wrong one.

    python -m benchmarks.names

Four sets, all as whole tables of one issuer: (a) every name rendered and read by Tesseract, with and
without Vietnamese; (b) typed variants and single slips; (c) names of the other half of the country's
provinces put among ours; (d) each unit in turn taken out of the register, its name left in the table.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from benchmarks.names_data import (
    country,
    is_learned,
    printed_form,
    stranger_reads,
    test_reads,
    worn_reads,
)
from benchmarks.readings import Read
from benchmarks.slips import slip, variant
from normalise.candidates import Field, field_of
from normalise.collisions import collisions
from normalise.matching import ACCEPT, match_within
from normalise.register import Register, Unit, day_of, load_register
from normalise.scope import PrintedName
from normalise.text import fold

ERAS = ("2023-07", "2025-12")
ROUNDS = 12
"""Tables of each issuer with other slips, and with other strangers."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One name: what it was, what was answered and how surely; `known` says it has a right answer."""

    group: str
    printed: str
    known: bool
    right: bool
    score: float
    answer: str

    @property
    def accepted(self) -> bool:
        return self.score >= ACCEPT


@dataclass(frozen=True, slots=True)
class Line:
    """A name for a table and the unit it is (None for a stranger)."""

    text: str
    unit: Unit | None
    ocr: bool = False


def issuers(register: Register) -> Iterator[tuple[Unit, str, list[Unit]]]:
    """Every issuer of either era with the units that its table lists."""
    for when in ERAS:
        day = day_of(when)
        for head in register.units:
            if head.level not in ("province", "district") or not head.exists(day):
                continue
            yield head, when, [u for u in register.children(head) if u.exists(day)]


def outcomes(group: str, lines: list[Line], field: Field, register: Register) -> Iterator[Outcome]:
    """Match a table; the best unit is asked for even where it would not be accepted."""
    names = [PrintedName(line.text, ocr=line.ocr) for line in lines]
    for line, match in zip(lines, match_within(names, field, register, 0.0), strict=True):
        unit = line.unit
        right = unit is not None and (match.code, match.canonical) == (unit.code, unit.name)
        yield Outcome(group, line.text, unit is not None, right, match.score, str(match.canonical))


def read_tables(register: Register) -> Iterator[Outcome]:
    """(a) every way of printing and reading, a table for each."""
    for kind, reads in (("read", test_reads()), ("worn", worn_reads())):
        by_way: dict[tuple[str, int, str], dict[str, str]] = defaultdict(dict)
        for r in reads:
            by_way[(r.font, r.dpi, r.model)][r.truth] = r.text
        for head, when, units in issuers(register):
            field = field_of(register, head, day_of(when))
            for (_, dpi, model), texts in by_way.items():
                lines = [Line(texts[printed_form(u)], u, ocr=True) for u in units]
                yield from outcomes(f"{kind} {model} {dpi}", lines, field, register)


def twin_tables(register: Register) -> Iterator[Outcome]:
    """Names that coincide or nearly so without marks, with no issuer to tell them apart."""
    reads: dict[str, list[Read]] = defaultdict(list)
    for r in test_reads():
        reads[r.truth].append(r)
    for when in ERAS:
        field = field_of(register, None, day_of(when))
        for pair in collisions(register.on(when).units):
            for unit in (pair.first, pair.second):
                bare = fold(printed_form(unit))
                texts = {bare, *(r.text for r in reads[printed_form(unit)])}
                for text in sorted(texts):
                    lines = [Line(text, unit, ocr=text != bare)]
                    yield from outcomes("twin", lines, field, register)


def typed_tables(register: Register) -> Iterator[Outcome]:
    """(b) one name in four with a slip, the others in accepted spellings."""
    rng = random.Random(7)
    for head, when, units in issuers(register):
        field = field_of(register, head, day_of(when))
        for _ in range(ROUNDS):
            lines, slipped = [], []
            for unit in units:
                text = variant(unit, rng)
                slipped.append(rng.random() < 0.25)
                lines.append(Line(slip(text, rng) if slipped[-1] else text, unit))
            for outcome, wrong in zip(outcomes("", lines, field, register), slipped, strict=True):
                yield replace(outcome, group="typed slip" if wrong else "typed variant")


def stranger_tables(register: Register) -> Iterator[Outcome]:
    """(c) three rows of each table are of another province, typed or read."""
    rng = random.Random(11)
    ours = {u.name.casefold() for u in register.units}
    typed = [n for code, n in country() if not is_learned(code) and n.casefold() not in ours]
    read = [r for r in stranger_reads() if r.truth.removeprefix("UBND ").casefold() not in ours]
    for head, when, units in issuers(register):
        field = field_of(register, head, day_of(when))
        for _ in range(ROUNDS * 4):
            kept = units[3:] if len(units) > 4 else units
            lines = [Line(printed_form(u), u) for u in kept]
            lines += [Line(f"UBND {rng.choice(typed)}", None) for _ in range(3)]
            yield from _strangers("stranger typed", lines, field, register)
            chosen = [rng.choice(read) for _ in range(3)]
            lines = [*lines[:-3], *(Line(r.text, None, ocr=True) for r in chosen)]
            yield from _strangers("stranger read", lines, field, register)


def _strangers(
    group: str, lines: list[Line], field: Field, register: Register
) -> Iterator[Outcome]:
    return (o for o in outcomes(group, lines, field, register) if not o.known)


def absent_tables(register: Register) -> Iterator[Outcome]:
    """(d) a unit is in the table and not in the register, typed and read."""
    reads: dict[str, list[Read]] = defaultdict(list)
    for r in test_reads():
        reads[r.truth].append(r)
    for head, when, units in issuers(register):
        for gone in units:
            if "division" in gone.level:  # their patterns would give the very same name
                continue
            same = [u for u in register.units if u.name == gone.name]
            rest = Register(tuple(u for u in register.units if u not in same), register.aliases)
            field = field_of(rest, head, day_of(when))
            others = [Line(printed_form(u), u) for u in units if u is not gone]
            texts = [Line(printed_form(gone), None)]
            texts += [Line(r.text, None, ocr=True) for r in reads[printed_form(gone)]]
            for text in texts:
                group = "absent read" if text.ocr else "absent typed"
                # Half of the others are missing too: a free place tempts.
                lines = [*others[::2], text]
                yield from _strangers(group, lines, field, rest)


def calibration_error(found: Iterable[Outcome], bins: int = 10) -> float:
    """Mean distance between stated probability and share right, over bins of probability."""
    groups: dict[int, list[Outcome]] = defaultdict(list)
    for o in found:
        groups[min(bins - 1, int(o.score * bins))].append(o)
    whole = sum(len(g) for g in groups.values())
    gaps = (abs(sum(o.right for o in g) - sum(o.score for o in g)) for g in groups.values())
    return sum(gaps) / max(1, whole)


def report(found: list[Outcome]) -> None:
    """A line for each group, then all names that have a unit, then calibration."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for o in found:
        groups[o.group].append(o)
    for group, members in sorted(groups.items()):
        _line(group, members)
    _line("all known, of an issuer", [o for o in found if o.known and o.group != "twin"])
    _line("all absent or strange", [o for o in found if not o.known])
    print(f"calibration error {calibration_error(found):.4f}")


def _line(group: str, members: list[Outcome]) -> None:
    accepted = [o for o in members if o.accepted]
    right = sum(o.right for o in accepted)
    if members and members[0].known:
        share = right / max(1, len(accepted))
        print(
            f"{group:24} {len(members):6} names, accepted {len(accepted) / len(members):7.2%},"
            f" of them right {share:8.3%}, wrong {len(accepted) - right}"
        )
    elif members:
        print(
            f"{group:24} {len(members):6} names, taken for another {len(accepted) / len(members):8.3%}"
        )


def speed(register: Register) -> float:
    """Processor seconds for 10,000 different typed names, one in ten with a slip, against the whole register; the
    libraries are loaded before."""
    rng = random.Random(3)
    units = [u for u in register.units if u.exists(day_of("2023-07"))]
    texts = [variant(rng.choice(units), rng) for _ in range(10000)]
    names = [PrintedName(slip(t, rng) if i % 10 == 0 else t) for i, t in enumerate(texts)]
    field = field_of(register, None, day_of("2023-07"))
    match_within([PrintedName(units[0].name)], field, register)
    start = time.process_time()
    for i in range(0, len(names), 50):
        match_within(names[i : i + 50], field, register)
    return time.process_time() - start


SETS: tuple[Callable[[Register], Iterator[Outcome]], ...] = (
    read_tables,
    twin_tables,
    typed_tables,
    stranger_tables,
    absent_tables,
)


if __name__ == "__main__":
    built_in = load_register()
    everything = [o for make in SETS for o in make(built_in)]
    report(everything)
    print(f"10,000 names: {speed(built_in):.2f} s")
