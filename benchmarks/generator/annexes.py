"""Statistics tables (fees, digitisation) with figures that fit each other and the scores."""

from __future__ import annotations

import decimal
from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.generator.content import NAME, SERIAL, Head, Row, Style, Table, Unit
from benchmarks.generator.figures import rounded, show

D = Decimal
PERCENT = D(100)
FEES = (
    "unpaid_cases", "unpaid_fees", "direct_cases", "direct_fees", "online_procedures",
    "online_cases", "online_fees", "total_procedures", "total_cases", "total_fees", "online_rate",
)  # fmt: skip
DIGITISATION = (
    "received", "received_digitised", "received_rate", "received_pending",
    "resolved", "results_digitised", "results_rate", "results_pending",
)  # fmt: skip
MONEY = frozenset({"unpaid_fees", "direct_fees", "online_fees", "total_fees"})
RATES = {
    "online_rate": ("online_cases", "total_cases"),
    "received_rate": ("received_digitised", "received"),
    "results_rate": ("results_digitised", "resolved"),
}
"""Each rate with its numerator and denominator."""
NUMBERS = (
    ("(1)", "(2)", "(3)=(2)/(1)", "(5)", "(6)=(7)+(9)", "(7)", "(8)=(7)/(6)", "(9)"),
    ("(1)", "(2)", "(3)=(2)/(1)", "(4)=(1)-(2)", "(5)=(6)+(8)", "(6)", "(7)=(6)/(5)", "(8)"),
    ("1", "2", "3=2/1", "4=1-2", "5", "6", "7=6/5", "8=5-6"),
)
"""Column-number lines of the digitisation table: one seen, with its skipped (4), and two more."""


def fees_values(rng: Random, unit: Unit) -> dict[str, Decimal | None]:
    """Cases and fees of one unit; totals and the rate follow."""
    unpaid, direct = rng.choice([0, rng.randint(1, 20)]), rng.randint(1, 40)
    online = rng.choice([0, rng.randint(1, 60), rng.randint(1, 300)])
    procedures = 0 if not online else rng.randint(1, 9)
    fees = [D(rng.randint(n, 12 * n) * 1000) if n else D(0) for n in (unpaid, direct, online)]
    total = unpaid + direct + online
    figures = (
        D(unpaid), fees[0], D(direct), fees[1], D(procedures), D(online), fees[2],
        D(procedures + rng.randint(1, 4)), D(total), sum(fees, D(0)), PERCENT * online / total,
    )  # fmt: skip
    return dict(zip(FEES, figures, strict=True))


def digitisation_values(rng: Random, unit: Unit) -> dict[str, Decimal | None]:
    received = rng.randint(5, 600)
    digitised = received if rng.random() < 0.4 else rng.randint(0, received)
    resolved = max(3, received - rng.choice([0, rng.randint(0, received // 2)]))
    results = resolved if rng.random() < 0.2 else rng.randint(0, resolved)
    figures = (
        D(received), D(digitised), PERCENT * digitised / received, D(received - digitised),
        D(resolved), D(results), PERCENT * results / resolved, D(resolved - results),
    )  # fmt: skip
    return dict(zip(DIGITISATION, figures, strict=True))


def total_values(rows: list[Row], fields: tuple[str, ...]) -> dict[str, Decimal | None]:
    sums = {name: sum((row.values[name] or D(0) for row in rows), D(0)) for name in fields}
    for rate, (part, whole) in RATES.items():
        if rate in sums:
            sums[rate] = PERCENT * sums[part] / sums[whole]
    return {**sums}


def thousands(value: Decimal, mark: str) -> str:
    """A whole number with the thousands mark that goes with the decimal mark."""
    return f"{value:,.0f}".replace(",", "." if mark == "," else ",")


def print_annex(row: Row, look: Style, digits: int, grouped: bool, sign: str) -> Row:
    """Money grouped and a dash for none, as the accounting format has it; counts plain or grouped."""
    cells = {}
    for name, value in row.values.items():
        assert value is not None
        if name in RATES:
            shown = rounded(value, digits, decimal.ROUND_HALF_UP)
            cells[name] = show(shown, look.mark, digits == 2) + sign
        elif name in MONEY:
            cells[name] = thousands(value, look.mark) if value else "-"
        else:
            cells[name] = thousands(value, look.mark) if grouped else f"{value}"
    return replace(row, cells=cells)


def annex(rng: Random, kind: str, rows: list[Row], look: Style, heading: tuple[str, ...]) -> Table:
    """The table of `rows` (units with values), sorted by its last rate, with a totals row or not."""
    fields = FEES if kind == "fees" else DIGITISATION
    rate = "online_rate" if kind == "fees" else "results_rate"
    rows = sorted(rows, key=lambda row: row.values[rate] or D(0), reverse=True)
    rows = [replace(row, serial=str(n)) for n, row in enumerate(rows, 1)]
    digits, grouped, sign = rng.choice([1, 2]), rng.random() < 0.5, rng.choice(["", "", "%"])
    if rng.random() < 0.6:
        total = Row("total", "", rng.choice(["TỔNG SỐ", "Tổng cộng"]), None, None)
        rows.append(replace(total, values=total_values(rows, fields)))
    printed = tuple(print_annex(row, look, digits, grouped, sign) for row in rows)
    if kind == "fees":
        return Table("fees", heading, annex_heads(kind), printed)
    numbers = rng.choice(((), *NUMBERS))
    return Table("digitisation", heading, annex_heads(kind), printed, (), numbers)


def annex_heads(kind: str) -> tuple[Head, ...]:
    """The header tree of a statistics table."""
    return _fees_heads() if kind == "fees" else _digitisation_heads()


def _fees_heads() -> tuple[Head, ...]:
    leaf = iter(FEES)
    return (
        Head("STT", SERIAL),
        Head("Tên cơ quan/đơn vị", NAME),
        Head("Chưa thanh toán", None, (Head("Số hồ sơ", next(leaf)), Head("Phí, lệ phí", next(leaf)))),
        Head("Đã thanh toán", None, (
            Head("Trực tiếp", None, (Head("Số hồ sơ", next(leaf)), Head("Phí, lệ phí", next(leaf)))),
            Head("Trực tuyến", None, (
                Head("Số TTHC", next(leaf)), Head("Số hồ sơ", next(leaf)),
                Head("Phí, lệ phí", next(leaf)),
            )),
        )),
        Head("Tổng", None, (
            Head("Tổng số TTHC", next(leaf)), Head("Tổng số hồ sơ", next(leaf)),
            Head("Tổng phí, lệ phí", next(leaf)),
        )),
        Head("Tỷ lệ %", next(leaf)),
    )  # fmt: skip


def _digitisation_heads() -> tuple[Head, ...]:
    first = (
        "Số hồ sơ Tiếp nhận", "Số hồ sơ có số hóa thành phần HS",
        "Tỷ lệ số hồ sơ có số hóa đầy đủ thành phần HS", "Số hồ sơ chưa số hóa TPHS",
    )  # fmt: skip
    second = (
        "Số hồ sơ đã giải quyết", "Số hồ sơ có số hóa kết quả",
        "Tỷ lệ số hóa kết quả hồ sơ", "Số hồ sơ chưa số hóa kết quả TTHC",
    )  # fmt: skip
    names = iter(DIGITISATION)
    return (
        Head("STT", SERIAL),
        Head("Đơn vị (Cơ quan)", NAME),
        Head("Số hóa hồ sơ TTHC khi Tiếp nhận", None, tuple(Head(t, next(names)) for t in first)),
        Head("Số hóa kết quả giải quyết TTHC", None, tuple(Head(t, next(names)) for t in second)),
    )
