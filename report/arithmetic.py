"""A row computed again in steps a person can follow: the sum, the quotient, the rank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from audit.job import Examination
from normalise.submission import Entry, FieldTable, ScoredRow
from reconcile.finding import Recomputed
from reconcile.methodology import Methodology, load_methodologies
from report.catalogue import Catalogue


def row_steps(
    examination: Examination, table: FieldTable, row: ScoredRow, words: Catalogue
) -> tuple[str, ...]:
    """One sentence a step, each with the printed figures and what they allow; none for statistics."""
    methodology = load_methodologies().get(examination.submission.methodology or "")
    recomputed = next(
        (
            r
            for r in examination.examined.recomputed
            if (r.table, r.row) == (table.id, row.index) and r.total is not None
        ),
        None,
    )
    if methodology is None or recomputed is None or table.kind != "scores":
        return ()
    return tuple(_steps(row, recomputed, methodology, words))


def _steps(
    row: ScoredRow, recomputed: Recomputed, methodology: Methodology, words: Catalogue
) -> Iterator[str]:
    parts = [e for p in methodology.parts if (e := row.entry(p.field)) and e.value is not None]
    total, converted, rank = (row.entry(name) for name in ("total", "converted", "rank"))
    assert recomputed.total is not None
    yield words.say(
        "step/sum",
        _facts(
            parts=" + ".join(e.printed for e in parts),
            low=_outward(recomputed.total[0], ROUND_FLOOR),
            high=_outward(recomputed.total[1], ROUND_CEILING),
            printed=_printed(total),
        ).items(),
    )
    if recomputed.converted is not None and recomputed.applicable_max is not None:
        yield words.say(
            "step/converted",
            _facts(
                maximum=recomputed.applicable_max,
                low=_outward(recomputed.converted[0], ROUND_FLOOR),
                high=_outward(recomputed.converted[1], ROUND_CEILING),
                printed=_printed(converted),
            ).items(),
        )
    if recomputed.ranks:
        ranks = ";".join(recomputed.ranks)
        yield words.say("step/rank", _facts(ranks=ranks, printed=_printed(rank)).items())


def _outward(text: str, rounding: str) -> str:
    """An end of an interval with three decimals at most, never narrower than it is."""
    value = Decimal(text)
    short = value.quantize(Decimal("0.001"), rounding)
    return f"{value if value == short else short:f}"


def _facts(**facts: str) -> Mapping[str, str]:
    return facts


def _printed(entry: Entry | None) -> str:
    return entry.printed if entry is not None and entry.printed else "—"
