"""How likely it is that a true figure came out as another one: the slips of people who copy figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Slip = Literal[
    "digits-swapped", "digit-changed", "comma-moved", "digit-dropped", "digit-added", "other"
]

SHARES: dict[Slip, float] = {
    "digit-changed": 0.4,
    "digits-swapped": 0.25,
    "comma-moved": 0.1,
    "digit-dropped": 0.08,
    "digit-added": 0.07,
    "other": 0.1,
}
"""Assumed shares of the kinds of slip (no count of them was to be had); only their order of size matters:
a swap is one of few, a changed digit one of many, so a swap that fits explains more."""


def likelihood(printed: Decimal, true: Decimal, precision: int) -> tuple[float, Slip]:
    """P(printed | true) over all kinds of slip, and the kind that gives most of it.

    `precision` counts the decimals both are written with.
    """
    chances = {kind: _chance(kind, printed, true, precision) for kind in SHARES}
    best = max(chances, key=lambda kind: chances[kind])
    return sum(chances.values()), best


def _chance(kind: Slip, printed: Decimal, true: Decimal, precision: int) -> float:
    """A kind's share, spread over the ways it can befall the true figure."""
    if kind == "comma-moved":
        moved = true != 0 and any(printed == true.scaleb(k) for k in (-2, -1, 1, 2))
        return SHARES[kind] / 4 if moved else 0.0
    now, was = digits(printed, precision), digits(true, precision)
    if kind == "digit-changed":
        return SHARES[kind] / (9 * len(was)) if _changed(now, was) else 0.0
    if kind == "digits-swapped":
        return SHARES[kind] / max(1, len(was) - 1) if _swapped(now, was) else 0.0
    if kind == "digit-dropped":
        return SHARES[kind] / len(was) if _dropped(now, was) else 0.0
    if kind == "digit-added":
        return SHARES[kind] / (10 * len(now)) if _dropped(was, now) else 0.0
    return SHARES[kind] / 10.0 ** max(len(was), len(now))


def digits(value: Decimal, precision: int) -> str:
    """The digits of a figure as printed with so many decimals, without its mark."""
    return str(int(abs(value).scaleb(precision).to_integral_value())).zfill(precision + 1)


def _changed(now: str, was: str) -> bool:
    width = max(len(now), len(was))
    pairs = zip(now.zfill(width), was.zfill(width), strict=True)
    return sum(a != b for a, b in pairs) == 1


def _swapped(now: str, was: str) -> bool:
    width = max(len(now), len(was))
    now, was = now.zfill(width), was.zfill(width)
    at = [i for i in range(width) if now[i] != was[i]]
    if len(at) != 2 or at[1] != at[0] + 1:
        return False
    i, j = at
    return now[i] == was[j] and now[j] == was[i]


def _dropped(short: str, long: str) -> bool:
    """Whether one digit left out of `long` leaves `short`."""
    bare, full = short.lstrip("0"), long.lstrip("0")
    return len(full) == len(bare) + 1 and any(
        full[:i] + full[i + 1 :] == bare for i in range(len(full))
    )
