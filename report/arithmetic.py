"""A row computed again in steps a person can follow: the sum, the quotient, the rank."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from audit.job import Examination
from normalise.submission import Entry, FieldTable, ScoredRow
from reconcile.finding import Recomputed
from reconcile.interval import Interval, plain
from reconcile.methodology import Methodology, load_methodologies
from report.catalogue import Catalogue

HUNDREDTH = Decimal("0.01")


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
    steps = _Steps(row, recomputed, methodology, words)
    return tuple(step for step in (steps.sum(), steps.quotient(), steps.rank()) if step)


class _Steps:
    """The sentences for one row."""

    def __init__(self, row: ScoredRow, again: Recomputed, m: Methodology, words: Catalogue) -> None:
        self.row, self.again, self.methodology, self.words = row, again, m, words

    def sum(self) -> str | None:
        if self.again.total is None:
            return None
        parts = [e for p in self.methodology.parts if (e := self.row.entry(p.field)) and e.known]
        allowed = Interval(*(Decimal(end) for end in self.again.total))
        return self._say(
            "step/sum",
            self.row.entry("total"),
            allowed,
            parts=" + ".join(e.printed for e in parts),
            sum=plain(sum((e.value for e in parts if e.value is not None), Decimal(0))),
        )

    def quotient(self) -> str | None:
        """The converted score of the printed total (shared domain: never of the rounded parts)."""
        total, maximum = self.row.entry("total"), Decimal(self.again.applicable_max or 0)
        scale = self._scale(maximum)
        if scale is None or total is None or not total.known or total.value is None:
            return None
        return self._say(
            "step/converted",
            self.row.entry("converted"),
            Interval(total.low, total.high) * scale / maximum,
            scale=plain(scale),
            total=total.printed.split("/")[0].strip(),
            maximum=plain(maximum),
            quotient=plain((scale * total.value / maximum).quantize(HUNDREDTH)),
        )

    def _scale(self, maximum: Decimal) -> Decimal | None:
        """The scale that the row was computed on again."""
        if self.again.converted is None or self.again.total is None or not maximum:
            return None
        high = Decimal(self.again.converted[1])
        of = Decimal(self.again.total[1])
        scales = self.methodology.scales
        return min(scales, key=lambda s: abs(s * of / maximum - high), default=None)

    def rank(self) -> str | None:
        if not self.again.ranks:
            return None
        entry = self.row.entry("rank")
        agrees = entry.rank in self.again.ranks if entry and entry.rank else None
        facts = {"ranks": ";".join(self.again.ranks), "printed": _printed(entry)}
        return self.words.say("step/rank", [*facts.items(), ("verdict", self._verdict(agrees))])

    def _say(self, key: str, entry: Entry | None, allowed: Interval, **facts: str) -> str:
        known = entry is not None and entry.known
        agrees = Interval(entry.low, entry.high).meets(allowed) if entry and known else None
        facts |= {
            "low": _outward(allowed.low, ROUND_FLOOR),
            "high": _outward(allowed.high, ROUND_CEILING),
            "printed": _printed(entry),
            "verdict": self._verdict(agrees),
        }
        return self.words.say(key, facts.items())

    def _verdict(self, agrees: bool | None) -> str:
        keys = {True: "agrees/yes", False: "agrees/no", None: "step/unknown"}
        return self.words.texts[keys[agrees]]


def _outward(value: Decimal, rounding: str) -> str:
    """An end of an interval with three decimals at most, never narrower than it is."""
    return plain(value.quantize(Decimal("0.001"), rounding))


def _printed(entry: Entry | None) -> str:
    return entry.printed if entry is not None and entry.printed else "—"
