"""The channel from print to reading: which printed texts a reading may stand for, how probably."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, pairwise, product
from pathlib import Path
from typing import Any

MAX_DECIMALS = 2
"""Decimals that a lost comma may have had in front of them: scores are printed with one or two."""
DIGITS = "0123456789"
MOST_WAYS = 8
"""Choices of digits for the signs of one reading; three signs that each are one of two make as many."""
DOUBLED = 0.75
"""Share of the digits read too many that are one digit read twice."""


@cache
def data() -> Mapping[str, Any]:
    """`confusions.toml`."""
    return tomllib.loads((Path(__file__).parent / "confusions.toml").read_text("utf-8"))


def chance(kind: str) -> float:
    """The chance per cell of a confusion where whole lines were read at once."""
    return float(data()["line"][kind])


def is_dash(text: str) -> bool:
    """Whether a reading may be a dash; a dash itself is one."""
    return text in data()["signs"]["dash"]


def with_digits(text: str) -> str:
    """The reading with the letters that stand for digits replaced."""
    return text.translate(str.maketrans({s: d[0] for s, d in data()["signs"]["digits"].items()}))


def read_as(text: str) -> Iterator[str]:
    """The reading with every choice of digits for its letters and signs, of parts and marks it has too many.

    Of readings without a digit only a letter by itself may be one: a sign by itself is a border, or a dash."""
    signs = data()["signs"]["digits"]
    if any(char.isdigit() for char in text) or (text.isalpha() and text in signs):
        whole = re.sub(r"[.,]*([.,])", r"\1", text.replace(" ", ""))
        ways = islice(product(*(signs.get(char, char) for char in whole)), MOST_WAYS)
        yield from ("".join(way) for way in ways)


def _signs(text: str) -> Iterator[tuple[str, float]]:
    ways = read_as(_without_dust(text))
    return ((printed, 0.5**n) for n, printed in enumerate(ways) if printed != text)


_DUST = re.compile(r"^(\D{1,2}) (?=\d)|(?<=\d) (\D{1,2})$|^[/\\]+(?=\d)|(?<=\d)[/\\]+$")


def _without_dust(text: str) -> str:
    """`\\ 279`, `/7,84`: signs before or behind a figure that stand for no digit, behind a space or strokes alone,
    are a pen's."""
    signs = data()["signs"]["digits"]

    def kept(found: re.Match[str]) -> str:
        dust = found[1] or found[2] or ""
        return found[0] if any(char in signs or char in "-%" for char in dust) else ""

    return _DUST.sub(kept, text)


@lru_cache(maxsize=65536)
def misreadings(reading: str) -> Mapping[str, float]:
    """Texts that may be printed where `reading` is wrong, with probabilities that sum to 1 - `other`."""
    text = with_digits(reading)
    shares = data()["shares"]
    found: dict[str, float] = defaultdict(float)
    ways = {kind: list(way(text)) for kind, way in _WAYS.items()} | {"sign": list(_signs(reading))}
    whole = shares["other"] + sum(shares[kind] for kind, texts in ways.items() if texts)
    for kind, texts in ways.items():
        weight = sum(w for _, w in texts)
        for printed, w in texts:
            found[printed] += shares[kind] / whole * w / weight
    found.pop(reading, None)
    return dict(found)


def other_share(reading: str) -> float:
    """The share of wrong readings that no confusion explains."""
    return max(0.0, 1.0 - sum(misreadings(reading).values()))


@lru_cache(maxsize=65536)
def wrong_digits(reading: str) -> Mapping[str, float]:
    """Texts from which one wrong digit leads to `reading`, with the chance of just this mistake."""
    shares = {kind: data()["shares"][kind] for kind in _DIGIT_WAYS}
    whole = sum(shares.values())
    found: dict[str, float] = defaultdict(float)
    for kind, way in _DIGIT_WAYS.items():
        for printed, _ in way(reading):
            found[printed] += shares[kind] / whole * _just_this(kind, printed, reading)
    return dict(found)


def _just_this(kind: str, printed: str, reading: str) -> float:
    """Among all the mistakes of a kind that can befall `printed`, the chance of the one to `reading`."""
    if kind == "substitution":
        changed = next(a for a, b in zip(printed, reading, strict=True) if a != b)
        return 1.0 / len(printed) / max(1, len(_alike(changed)))
    if kind == "digit-dropped":
        return 1.0 / len(printed)
    doubled = any(a == b for a, b in pairwise(reading))
    return DOUBLED / len(printed) if doubled else (1 - DOUBLED) / (10 * len(reading))


def _alike(digit: str) -> str:
    """The digits that one is taken for."""
    return "".join(
        pair.replace(digit, "", 1) for pair in data()["pairs"]["digits"] if digit in pair
    )


def with_comma(digits: str) -> Iterator[str]:
    """Every way to put a lost comma back, `,` being the mark."""
    for decimals in range(1, MAX_DECIMALS + 1):
        whole = digits[:-decimals]
        if whole and (whole == "0" or whole[0] != "0"):
            yield f"{whole},{digits[-decimals:]}"


def _substituted(text: str) -> Iterator[tuple[str, float]]:
    for i, char in enumerate(text):
        if char.isdigit():
            for digit in _alike(char):
                yield text[:i] + digit + text[i + 1 :], 1.0


def _comma_lost(text: str) -> Iterator[tuple[str, float]]:
    if text.isdigit():
        for printed in with_comma(text):
            yield printed, 1.0


def _comma_invented(text: str) -> Iterator[tuple[str, float]]:
    for mark in ",.":
        if text.count(mark) == 1 and text.replace(mark, "").isdigit():
            yield text.replace(mark, ""), 1.0


def _comma_moved(text: str) -> Iterator[tuple[str, float]]:
    for bare, _ in _comma_invented(text):
        for printed, weight in _comma_lost(bare):
            if printed.replace(",", ".") != text.replace(",", "."):
                yield printed, weight


def _border(text: str) -> Iterator[tuple[str, float]]:
    bare = text.replace(",", "").replace(".", "")
    if bare.isdigit() and len(bare) > 1:
        if text.startswith("1") and text[1].isdigit():
            yield text[1:], 1.0
            yield from _comma_lost(text[1:])
        if text.endswith("1") and text[-2].isdigit():
            yield text[:-1], 0.5


def _dropped(text: str) -> Iterator[tuple[str, float]]:
    """The reading has lost a digit: put each digit at each place."""
    if text.replace(",", "").replace(".", "").isdigit():
        for i in range(len(text) + 1):
            for digit in DIGITS:
                if i or digit != "0" or not text[0].isdigit():
                    yield text[:i] + digit + text[i:], 1.0


def _added(text: str) -> Iterator[tuple[str, float]]:
    """The reading has a digit too many: a doubled one, more likely than another."""
    for i, char in enumerate(text):
        rest = text[:i] + text[i + 1 :]
        if char.isdigit() and rest and rest[0].isdigit() and rest[-1].isdigit():
            yield rest, 30 * DOUBLED if text[i + 1 : i + 2] == char else 1.0


_DIGIT_WAYS = {
    "substitution": _substituted,
    "digit-dropped": _dropped,
    "digit-added": _added,
}
_WAYS = {
    "substitution": _substituted,
    "comma-lost": _comma_lost,
    "comma-invented": _comma_invented,
    "comma-moved": _comma_moved,
    "border": _border,
    "digit-dropped": _dropped,
    "digit-added": _added,
}
