"""Re-computes a row from its printed components: total, applicable maximum, converted score, ranks."""

from __future__ import annotations

from decimal import Decimal

from normalise.submission import Rank
from reconcile.figures import Figures
from reconcile.finding import Recomputed
from reconcile.interval import Interval, plain
from reconcile.methodology import Band, Methodology


def quotient(total: Interval, figures: Figures, maximum: Decimal | None = None) -> Interval | None:
    """scale × total ÷ maximum (the applicable one by default); None where nothing is converted."""
    over = figures.maximum if maximum is None else maximum
    if figures.scale is None or over <= 0:
        return None
    return total * figures.scale / over


def ranks_in(scores: Interval, methodology: Methodology, scale: Decimal | None) -> tuple[Rank, ...]:
    """Every rank that a score in the interval may have, the highest first.

    Scores are on `scale` where ranks are those of the converted score; None: on the ranking's own.
    """
    on = scores * (methodology.rank_scale / scale) if scale else scores
    bands = methodology.bands
    lowest = len(bands) - 1
    return tuple(
        band.rank
        for i, band in enumerate(bands)
        if (i == 0 or _starts_under(on, bands[i - 1])) and (i == lowest or _reaches(on, band))
    )


def _reaches(scores: Interval, band: Band) -> bool:
    at_foot = scores.high == band.low and (band.low_included or not band.boundary_proven)
    return scores.high > band.low or at_foot


def _starts_under(scores: Interval, above: Band) -> bool:
    at_foot = scores.low == above.low and not (above.low_included and above.boundary_proven)
    return scores.low < above.low or at_foot


def ranked_score(figures: Figures, total: Interval, converted: Interval | None) -> Interval | None:
    """Of total and converted score the one that ranks follow from."""
    return total if figures.methodology.ranked == "total" else converted


def ranks_of(figures: Figures, scores: Interval) -> tuple[Rank, ...]:
    """The ranks of totals or converted scores of this row, whichever the methodology ranks."""
    scale = figures.scale if figures.methodology.ranked == "converted" else None
    return ranks_in(scores, figures.methodology, scale)


def recompute(figures: Figures) -> Recomputed:
    """What the printed components allow; None where not every one of them is known."""
    if not figures.complete:
        return Recomputed(figures.table, figures.row.index, None, None, None, None)
    total = figures.sum
    converted = quotient(total, figures)
    scores = ranked_score(figures, total, converted)
    ranks = ranks_of(figures, scores) if scores else ()
    return Recomputed(
        table=figures.table,
        row=figures.row.index,
        applicable_max=plain(figures.maximum),
        total=total.texts,
        converted=converted.texts if converted else None,
        rank=ranks[0] if len(ranks) == 1 else None,
        ranks=ranks,
    )
