"""Whose report it is when its letterhead does not say: the names in it must agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from normalise.candidates import field_of
from normalise.register import Register, Unit
from normalise.spelling import known_as

# The share of names that one issuer's units must account for. The names of another province's commune
# coincide with ours in a few per cent of cases, never half of a table.
AGREE = 0.5
FEWEST = 3


def issuer_by_names(texts: Sequence[str], register: Register, day: date | None) -> Unit | None:
    """The one unit whose own units the names are; None when they agree on none, or on two."""
    heads = [u for u in register.units if u.level in ("province", "district") and u.exists(day)]
    counts = sorted(((_known(texts, h, register, day), h.code, h) for h in heads), reverse=True)
    if not counts or counts[0][0] < max(FEWEST, AGREE * len(texts)):
        return None
    tied = len(counts) > 1 and counts[1][0] == counts[0][0]
    return None if tied else counts[0][2]


def _known(texts: Sequence[str], head: Unit, register: Register, day: date | None) -> int:
    """How many of the texts name a unit that reports to `head` itself."""
    inside = field_of(register, head, day).inside
    direct = {i for i, u in enumerate(inside.units) if u.parent_code == head.code}
    return sum(any(i in direct for i, _ in known_as(text, inside)) for text in texts)
