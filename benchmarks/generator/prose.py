"""Letters in many manners of writing, with the truth of every claim in them.

For the makers of whole reports: call `letter(rng, facts)` with the tables as they will be printed and
put the returned paragraphs before the tables. Every claim agrees with the tables unless an error is
planted afterwards with `plant`.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.generator.content import Issuer, Letter, Table


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter may speak of. `period` is `2023-07` or `2022`; the tables are as printed."""

    issuer: Issuer
    period: str
    tables: tuple[Table, ...]


def letter(rng: Random, facts: Facts) -> Letter:
    """A letter that says true things about the tables: title, paragraphs, claims (text, kind, verdict)."""
    title = f"Kết quả đánh giá của {facts.issuer.office}"
    return Letter(title, ())
