"""Rows that are right in every figure, as the methodologies compute them.

Written from the decisions, not from the program's own arithmetic, so that the two can disagree.
"""

from __future__ import annotations

import decimal
from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.generator.content import Row, Style, Unit

D = Decimal
MAXIMA = {
    "openness_1": D(5), "openness_2": D(5), "openness_3": D(10), "progress": D(30),
    "online_1": D(10), "online_2": D(10), "digitisation_1": D(5), "digitisation_2": D(10),
    "satisfaction_1": D(5), "satisfaction_2": D(5), "satisfaction_3": D(5),
}  # fmt: skip
"""Decision 459: the eleven indicators and their maxima."""
CRITERIA = tuple(f"criterion_{n}" for n in range(1, 10))
"""Decision 1187: nine criteria of 0 to 2 points."""
LIMITS_100 = ((D(90), "excellent"), (D(80), "good"), (D(70), "fair"), (D(50), "average"))
LIMITS_18 = ((D(15), "excellent"), (D(12), "good"), (D(9), "fair"), (D(6), "average"))
MARGIN = D("0.2")
"""How far, in points of 100 (and of 18), a clean score stays from a rank's limit: over what a last
digit cut off at one decimal (0.1) and the interval of a total of one decimal (0.05 / 55 * 100) can
move it, so that rounding alone never decides."""
LABELS = (
    {"excellent": "Xuất sắc", "good": "Tốt", "fair": "Khá", "average": "Trung bình", "weak": "Yếu"},
    {"excellent": "Xuất Sắc", "good": "Tốt", "fair": "Khá", "average": "TB", "weak": "Yếu"},
    {"excellent": "XUẤT SẮC", "good": "TỐT", "fair": "KHÁ", "average": "TRUNG BÌNH", "weak": "YẾU"},
    {"excellent": "xuất sắc", "good": "tốt", "fair": "khá", "average": "trung bình", "weak": "yếu"},
)


def rank_of(score: Decimal, limits: tuple[tuple[Decimal, str], ...]) -> str:
    return next((rank for limit, rank in limits if score >= limit), "weak")


def near_limit(score: Decimal, limits: tuple[tuple[Decimal, str], ...]) -> bool:
    return any(abs(score - limit) < MARGIN for limit, _ in limits)


def style(rng: Random, methodology: str) -> Style:
    """A manner of printing, drawn from those seen and their mixtures."""
    scale = 10 if methodology == "dien-bien-459-2023" and rng.random() < 0.2 else 100
    fields = [*MAXIMA, *CRITERIA, "officer_average"]
    decimals = {name: rng.choice([1, 2, 2]) for name in fields}
    decimals |= dict.fromkeys(CRITERIA, 2) | {"officer_average": 2, "total": 2}
    decimals["converted"] = 2 if scale == 10 else rng.choice([1, 2, 2])
    trimming = rng.choice(["all", "parts", "some", "none"])
    trimmed = {
        "all": {*decimals},
        "parts": {*fields},
        "some": {name for name in fields if rng.random() < 0.5},
        "none": set[str](),
    }[trimming]
    rounding = rng.choice(
        [decimal.ROUND_HALF_UP] * 4 + [decimal.ROUND_HALF_EVEN, decimal.ROUND_DOWN]
    )
    cut = rounding == decimal.ROUND_DOWN
    return Style(
        mark="." if rng.random() < 0.2 else ",",
        decimals=decimals,
        trimmed=frozenset(trimmed),
        mixed=frozenset(name for name in MAXIMA if rng.random() < 0.1),
        parts_rounding=decimal.ROUND_HALF_UP if cut else rounding,
        rounding=rounding,
        sums_printed=rng.random() < 0.4,
        scale=scale,
        absent=_absent(rng),
        blank=rng.choice(["", "-", "-"]),
        denominator=rng.random() < 0.25,
        ranks=rng.choice((LABELS[0], LABELS[0], LABELS[0], *LABELS)),
    )


def _absent(rng: Random) -> frozenset[str]:
    """Columns that the report leaves out altogether."""
    if rng.random() < 0.2:
        return frozenset({"openness_1", "openness_2", "openness_3"})
    return frozenset()


def rounded(value: Decimal, digits: int, rounding: str) -> Decimal:
    return value.quantize(D(1).scaleb(-digits), rounding=rounding)


def show(value: Decimal, mark: str, trim: bool) -> str:
    """A figure as printed: `30`, `29,9`, `4,70`."""
    text = f"{value:f}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", mark)


def score_rows(
    rng: Random, units: list[Unit], look: Style, online: dict[str, Decimal], varied: bool
) -> list[Row]:
    """Rows under decision 459. `online` gives online_2 by unit code where a fees table derives it.

    `varied`: what applies differs from unit to unit, as with departments.
    """
    common = {"openness_2"} | ({"openness_1", "openness_3"} if rng.random() < 0.2 else set())
    common |= {*MAXIMA} - {"openness_1", "openness_2", "openness_3"}
    common -= look.absent
    quality = rng.uniform(0.2, 0.9)
    rows = []
    for unit in units:
        applicable = _applicable(rng, common, look) if varied else common
        while True:
            values = _components(rng, quality, applicable, online.get(unit.code))
            row = _scored(unit, values, look)
            if not near_limit(_on_hundred(row), LIMITS_100):
                break
        rows.append(row)
    return [print_scores(row, look, exact) for exact in [_unseen(rows, look)] for row in rows]


def _applicable(rng: Random, common: set[str], look: Style) -> set[str]:
    groups = ({"openness_1"}, {"online_1"}, {"online_2"}, {"digitisation_1"}, {"satisfaction_3"})
    changed = set(common)
    for group in groups:
        if rng.random() < 0.2:
            changed ^= group
    return changed - look.absent


def _components(
    rng: Random, quality: float, applicable: set[str], online: Decimal | None
) -> dict[str, Decimal | None]:
    own = min(1.0, max(0.0, rng.gauss(quality, 0.3)))
    values: dict[str, Decimal | None] = {}
    for name, maximum in MAXIMA.items():
        values[name] = _component(rng, own, maximum) if name in applicable else None
    if online is not None and "online_2" in applicable:
        values["online_2"] = online
    return values


def _component(rng: Random, quality: float, maximum: Decimal) -> Decimal:
    """Maximum times a share of cases, so that figures have the endless decimals of real ones."""
    if rng.random() < 0.25 + 0.5 * quality:
        return maximum
    cases = rng.randint(3, 400)
    floor = 0.85 if maximum == 30 else 0.0
    share = max(floor, min(1.0, rng.gauss(0.3 + 0.6 * quality, 0.25)))
    return maximum * D(round(share * cases)) / D(cases)


def _scored(unit: Unit, values: dict[str, Decimal | None], look: Style) -> Row:
    return Row("unit", "", unit.printed, unit, None, {}, values)


def applicable_maximum(row: Row) -> Decimal:
    return sum((MAXIMA[n] for n in MAXIMA if row.values[n] is not None), D(0))


def _sum(row: Row) -> Decimal:
    return sum((v for n in MAXIMA if (v := row.values[n]) is not None), D(0))


def _on_hundred(row: Row) -> Decimal:
    return 100 * _sum(row) / applicable_maximum(row)


def _unseen(rows: list[Row], look: Style) -> frozenset[str]:
    """Trimmed columns in which no print shows all decimals: there an integer must be exact."""
    unseen = set()
    for name in look.trimmed & {*MAXIMA}:
        digits = look.decimals[name]
        shown = [
            rounded(v, digits, look.parts_rounding)
            for r in rows
            if (v := r.values[name]) is not None
        ]
        if all(value == rounded(value, digits - 1, decimal.ROUND_DOWN) for value in shown):
            unseen.add(name)
    return frozenset(unseen)


def print_scores(row: Row, look: Style, exact: frozenset[str] = frozenset()) -> Row:
    """Print the parts, then total, converted score and rank as a spreadsheet would."""
    cells: dict[str, str] = {}
    values = dict(row.values)
    printed_sum = D(0)
    for name in MAXIMA:
        if name in look.absent:
            continue
        value = values[name]
        if value is None:
            cells[name] = look.blank
            continue
        shown = rounded(value, _digits(row, name, look), look.parts_rounding)
        if name in exact:
            values[name] = shown
        cells[name] = show(shown, look.mark, name in look.trimmed)
        printed_sum += shown
    total = printed_sum if look.sums_printed else sum((v for v in values.values() if v), D(0))
    return finish(replace(row, cells=cells, values=values), total, look)


def _digits(row: Row, name: str, look: Style) -> int:
    """Digits after the mark: in a mixed column they change with the unit, never to none."""
    if name not in look.mixed or name in look.trimmed:
        return look.decimals[name]
    return 1 + sum(map(ord, row.name)) % 2


def finish(row: Row, total: Decimal, look: Style) -> Row:
    """Total, converted score and rank of a row whose parts sum to `total`."""
    maximum = applicable_maximum(row)
    shown = rounded(total, look.decimals["total"], look.rounding)
    converted = look.scale * (shown if look.sums_printed else total) / maximum
    cells = dict(row.cells)
    cells["total"] = show(shown, look.mark, "total" in look.trimmed)
    if look.denominator:
        cells["total"] += f"/{maximum}"
    cells["converted"] = show(
        rounded(converted, look.decimals["converted"], look.rounding),
        look.mark,
        "converted" in look.trimmed,
    )
    cells["rank"] = look.ranks[rank_of(converted * 100 / look.scale, LIMITS_100)]
    values = {**row.values, "total": total, "converted": converted}
    return replace(row, cells=cells, values=values)


def criteria_rows(rng: Random, units: list[Unit], look: Style) -> list[Row]:
    """Rows under decision 1187."""
    usual = {name: rng.choice([D(2), D(2), D(2), D(2), D(1)]) for name in CRITERIA}
    rows = []
    for unit in units:
        while True:
            values = {name: _criterion(rng, usual[name]) for name in CRITERIA}
            if not near_limit(sum(values.values(), D(0)), LIMITS_18):
                break
        rows.append(Row("unit", "", unit.printed, unit, None, {}, {**values}))
    return [print_criteria(row, look, rng.choice(["", "", "Có hồ sơ trễ hạn"])) for row in rows]


def _criterion(rng: Random, usual: Decimal) -> Decimal:
    kind = rng.random()
    if kind < 0.7:
        return usual
    if kind < 0.85:
        return D(rng.randint(120, 199)) / 100
    return D(rng.choice([0, 0, 1, 2, 2]))


def print_criteria(row: Row, look: Style, note: str) -> Row:
    cells, values = {}, dict(row.values)
    parts = [value for name in CRITERIA if (value := values[name]) is not None]
    values["total"], values["officer_average"] = sum(parts, D(0)), sum(parts[:5], D(0))
    for name in (*CRITERIA, "total", "officer_average"):
        value = values[name]
        assert value is not None
        cells[name] = show(
            rounded(value, 2, decimal.ROUND_HALF_UP), look.mark, name in look.trimmed
        )
    cells["rank"] = look.ranks[rank_of(values["total"] or D(0), LIMITS_18)]
    return replace(row, cells={**cells, "note": note}, values=values)


def unscored(unit: Unit, note: str) -> Row:
    """A unit that stands in the table of decision 1187 without scores."""
    return Row("unit", "", unit.printed, unit, None, {"note": note}, {})
