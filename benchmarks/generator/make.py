"""Generates one report from a seed, a layout and an error to plant."""

from __future__ import annotations

from random import Random

from benchmarks.generator.compose import Setting, compose
from benchmarks.generator.layouts import Layout, named
from benchmarks.generator.truth import GeneratedReport
from benchmarks.generator.typeset_pdf import typeset


def generate(
    seed: int, layout: str = "ruled", planted: str | None = None, setting: Setting | None = None
) -> GeneratedReport:
    """The same arguments give the same file. `planted` is a kind of `plant.KINDS`."""
    look = named(layout)
    rng = Random(f"{seed} {layout} {planted}")
    report = compose(rng, setting or _setting(look))
    return GeneratedReport(layout, seed, typeset(report, look, rng), report)


def _setting(look: Layout) -> Setting:
    statistics = True if look.same_page else None
    level = "district" if look.same_page else None
    return Setting(level=level, statistics=statistics, trailing=look.trailing)
