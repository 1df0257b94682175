"""How many of a unit's indicators are at their maximum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalise.claims.passage import FIGURE, Passage
from normalise.submission import Claim

MAXIMA = re.compile(
    rf"{FIGURE}\s+(?:chi so|tieu chi|chi so thanh phan)(?: [a-z]+){{0,3}} (?:toi da|tuyet doi)"
    r"|toi da (?:(?:o|tai|voi|cho|doi voi) )?"
    rf"{FIGURE.replace('P<n>', 'P<m>').replace('P<of>', 'P<mof>')} (?:chi so|tieu chi)"
)


def maxima_claims(passage: Passage) -> Iterator[Claim]:
    """`UBND xã A … 7/8 chỉ số đạt điểm tối đa`."""
    for match in MAXIMA.finditer(passage.plain, passage.start):
        names = passage.between(passage.start, match.start()) or passage.between(
            match.end(), passage.end
        )
        if names:
            yield passage.claim(
                "maxima",
                match.start(),
                match.end(),
                [names[-1].unit],
                n=match["n"] or match["m"],
                of=match["of"] or match["mof"],
            )
