"""Whether arithmetic can see that a row is wrong, told by one who knows how the row was made.

Written apart from `reconcile`, from the domain's rules alone, so that the engine is not measured with its own
yardstick. It knows the table's rounding and decimals, which the engine has to find out.
"""

from __future__ import annotations

from decimal import Decimal

from benchmarks.honest import Cells, Style
from normalise.rank import rank_of
from reconcile.methodology import Methodology

Span = tuple[Decimal, Decimal]


def visible(methodology: Methodology, how: Style, cells: Cells) -> bool:
    """Whether no true values, rounded as the table rounds, give the row."""
    parts = [p for p in methodology.parts if _number(cells[p.field]) is not None]
    total = cells["total"].partition("/")
    low, high = _span(how, "total", total[0])
    spans = [_span(how, p.field, cells[p.field]) for p in parts]
    maximum = sum((p.maximum for p in parts), Decimal(0))
    if any(lo > p.maximum or hi < 0 for p, (lo, hi) in zip(parts, spans, strict=True)):
        return True
    if sum(s[0] for s in spans) > high or sum(s[1] for s in spans) < low:
        return True
    if total[1] and Decimal(total[2]) != maximum:
        return True
    return _average_wrong(methodology, how, cells) or _result_wrong(
        methodology, how, cells, maximum
    )


def _average_wrong(methodology: Methodology, how: Style, cells: Cells) -> bool:
    average = methodology.officer_average
    if average is None or _number(cells.get("officer_average", "")) is None:
        return False
    if any(_number(cells[f]) is None for f in average.parts):
        return False
    low, high = _span(how, "officer_average", cells["officer_average"])
    spans = [_span(how, f, cells[f]) for f in average.parts]
    return sum(s[0] for s in spans) > high or sum(s[1] for s in spans) < low


def _result_wrong(methodology: Methodology, how: Style, cells: Cells, maximum: Decimal) -> bool:
    total = cells["total"].partition("/")[0]
    scores = [_span(how, "total", total)]
    if methodology.scales:
        if not maximum:
            return False
        low, high = (end * how.scale / maximum for end in scores[0])
        printed = _span(how, "converted", cells["converted"])
        if low > printed[1] or high < printed[0]:
            return True
        scores = [(low, high), printed]
    return all(_rank_wrong(methodology, how, cells["rank"], span) for span in scores)


def _rank_wrong(methodology: Methodology, how: Style, label: str, span: Span) -> bool:
    """Whether no score in the span, both ends included, can have the rank."""
    factor = methodology.rank_scale / how.scale if methodology.scales else Decimal(1)
    band = next(b for b in methodology.bands if b.rank == rank_of(label))
    open_top = band == methodology.bands[0]
    return span[1] * factor < band.low or (span[0] * factor > band.high and not open_top)


def _span(how: Style, field: str, text: str) -> Span:
    """All true values that the table prints so."""
    value = _number(text)
    assert value is not None
    unit = Decimal(1).scaleb(-max(how.decimals[field], len(text.partition(",")[2])))
    return (
        (value, value + unit)
        if how.mode(field) == "cut-off"
        else (value - unit / 2, value + unit / 2)
    )


def _number(text: str) -> Decimal | None:
    plain = text.replace(",", ".")
    return Decimal(plain) if any(map(str.isdigit, plain)) else None
