"""Generates reports, each from a seed, a layout and an error to plant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

from benchmarks.generator.compose import S1187, Setting, compose, compose_figures, lettered
from benchmarks.generator.content import Report
from benchmarks.generator.layouts import Layout, named
from benchmarks.generator.plant import NUMBERS
from benchmarks.generator.plant_annexes import ANNEXES
from benchmarks.generator.plant_letters import LETTERS
from benchmarks.generator.plant_rows import ROWS
from benchmarks.generator.plant_subtle import SUBTLE
from benchmarks.generator.truth import GeneratedReport
from benchmarks.generator.typeset_office import export, spreadsheet, word_document
from benchmarks.generator.typeset_pdf import typeset
from benchmarks.generator.typeset_text import text_file

KINDS = NUMBERS | ROWS | SUBTLE | ANNEXES | LETTERS
"""Every kind of error that one report alone can have."""
TRIES = 2000
"""Reports composed before an error that finds no place is given up; the rarest needs some hundred."""


@dataclass(frozen=True, slots=True)
class Order:
    """One report to generate; the same order always gives the same report. `planted` is one of `KINDS`."""

    seed: int
    layout: str = "ruled"
    planted: str | None = None
    setting: Setting | None = None

    @property
    def look(self) -> Layout:
        return named(self.layout)

    @property
    def name(self) -> str:
        return f"{self.layout}-{self.planted or 'clean'}-{self.seed:04d}"


def generate(
    seed: int, layout: str = "ruled", planted: str | None = None, setting: Setting | None = None
) -> GeneratedReport:
    """One report; see `Order`."""
    return next(generate_all([Order(seed, layout, planted, setting)]))


def generate_all(orders: Iterable[Order]) -> Iterator[GeneratedReport]:
    """Many reports, those of office programs exported together at the end."""
    known: dict[str, tuple[Order, Report]] = {}
    drafts: list[Draft] = []
    for order in orders:
        rng = Random(f"{order.seed} {order.layout} {order.planted}")
        report = composed(rng, order)
        known[order.name] = order, report
        drafts.append(Draft(order.name, report, order.look, rng))
    for name, pdf in typeset_all(drafts):
        order, report = known[name]
        yield GeneratedReport(name, order.layout, order.seed, pdf, report, order.look.suffix)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report to be typeset; `name` is that of its file."""

    name: str
    report: Report
    layout: Layout
    rng: Random


def typeset_all(drafts: Iterable[Draft]) -> Iterator[tuple[str, bytes]]:
    """Names with the files' contents, not in the order given."""
    waiting: list[tuple[str, tuple[str, bytes]]] = []
    for d in drafts:
        if d.layout.engine == "drawn":
            yield d.name, typeset(d.report, d.layout, d.rng)
        elif d.layout.engine == "docx":
            yield d.name, word_document(d.report, d.layout)
        elif d.layout.engine == "text":
            yield d.name, text_file(d.report, d.layout)
        elif d.layout.engine == "word":
            waiting.append((d.name, (f"{d.name}.docx", word_document(d.report, d.layout))))
        else:
            waiting.append((d.name, (f"{d.name}.xlsx", spreadsheet(d.report, d.layout))))
    if waiting:
        files = export([document for _, document in waiting])
        yield from zip((name for name, _ in waiting), files, strict=True)


def composed(rng: Random, order: Order) -> Report:
    """A report with the order's error; raises ValueError when none can have it."""
    setting = order.setting or _setting(order.look)
    kind = order.planted
    if kind is None:
        return compose(rng, setting)
    if kind in ("rate", "row-formula", "column-total", "evidence"):
        setting = replace(setting, statistics=True, level="district")
    if kind == "officer-average":
        setting = replace(setting, methodology=S1187, statistics=None)
    for _ in range(TRIES):
        right = compose_figures(rng, setting)
        made = KINDS[kind](rng, right)
        if made is None:
            continue
        if made.letter is right.letter:
            return replace(made, letter=lettered(rng, right).letter)
        return made
    raise ValueError(f"no report of {setting} can have the error {kind!r}")


def _setting(look: Layout) -> Setting:
    if look.same_page:
        return Setting(level="district", statistics=True, trailing=look.trailing)
    return Setting(trailing=look.trailing)
