"""Plants errors in the letter: one claim that its tables contradict."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.generator import prose
from benchmarks.generator.content import Report
from benchmarks.generator.plant import PROSE, Planter
from benchmarks.generator.wordings import wordings


def _slip(kind: str) -> Planter:
    def planter(rng: Random, report: Report) -> Report | None:
        """The letter written anew in one of the wordings, with one claim of this kind made wrong."""
        wording = rng.choice([w for w in wordings() if not w.get("held_out")])
        made = prose.slipped(rng, prose.facts_of(report), kind, wording)
        if made is None:
            return None
        letter, note = made
        note = replace(note, kind=f"letter-{kind}", also=PROSE)
        return replace(report, letter=letter, planted=(*report.planted, note))

    return planter


LETTERS: dict[str, Planter] = {f"letter-{kind}": _slip(kind) for kind in prose.SLIPS}
