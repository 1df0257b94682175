"""Generates one report from a seed, a layout and an error to plant."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.generator.compose import S1187, Setting, compose
from benchmarks.generator.content import Report
from benchmarks.generator.layouts import Layout, named
from benchmarks.generator.plant import NUMBERS
from benchmarks.generator.plant_annexes import ANNEXES
from benchmarks.generator.plant_rows import ROWS
from benchmarks.generator.plant_subtle import SUBTLE
from benchmarks.generator.truth import GeneratedReport
from benchmarks.generator.typeset_pdf import typeset

KINDS = NUMBERS | ROWS | SUBTLE | ANNEXES
"""Every kind of error that one report alone can have."""
TRIES = 2000
"""Reports composed before an error that finds no place is given up; the rarest needs some hundred."""


def generate(
    seed: int, layout: str = "ruled", planted: str | None = None, setting: Setting | None = None
) -> GeneratedReport:
    """The same arguments give the same file. `planted` is one of `KINDS`."""
    look = named(layout)
    rng = Random(f"{seed} {layout} {planted}")
    wanted = setting or _setting(look)
    report = compose(rng, wanted) if planted is None else _planted(rng, planted, wanted)
    return GeneratedReport(layout, seed, typeset(report, look, rng), report)


def _setting(look: Layout) -> Setting:
    if look.same_page:
        return Setting(level="district", statistics=True, trailing=look.trailing)
    return Setting(trailing=look.trailing)


def _planted(rng: Random, kind: str, setting: Setting) -> Report:
    """A report with one error of this kind; raises ValueError when none can have it."""
    if kind in ("rate", "row-formula", "column-total", "evidence"):
        setting = replace(setting, statistics=True, level="district")
    if kind == "officer-average":
        setting = replace(setting, methodology=S1187)
    for _ in range(TRIES):
        made = KINDS[kind](rng, compose(rng, setting))
        if made is not None:
            return made
    raise ValueError(f"no report of {setting} can have the error {kind!r}")
