"""Printed numbers: what a cell's text stands for, and which sign is the decimal mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from normalise.text import fold, tidy

Mark = Literal[",", "."]

NOT_APPLICABLE = frozenset({"-", "--", "---", "−", "–", "—", "_", "'", "’", "x", "/", "\\", "*"})
"""Signs that stand for `does not apply` in these reports (shared domain, numbers as printed)."""

NO_ACTIVITY = (
    "khong phat sinh", "chua phat sinh", "khong danh gia", "khong thuc hien", "khong co", "khong ps", "kps"
)  # fmt: skip
"""Words across score cells that say why there is none (report Tuần Giáo 2022), and what is short for the first."""

_DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "٫": ",", "‚": ","})
_SUFFIX = re.compile(r"\s*(?:vnđ|vnd|đồng|điểm|đ|%)\s*$", re.IGNORECASE)
_SPACE_AT_MARK = re.compile(r"(?<=\d)\s+(?=[.,/%])|(?<=[.,/])\s+(?=\d)")
_GROUPED = re.compile(r"^\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*$")
_DECIMAL = re.compile(r"^(\d*)([.,])(\d+)$")
_MIXED = re.compile(r"^(\d{1,3}(?:([.,\s])\d{3})+)(?!\2)([.,])(\d+)$")
_INTEGER = re.compile(r"^\d+$")
_TOKEN = re.compile(r"\d[\d.,]*\d|[.,]\d+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed. `other` is what it would be with the other decimal mark, when the text alone
    does not tell (`1.234`); `percent` says that `%` stands behind it."""

    value: Decimal
    decimals: int = 0
    percent: bool = False
    denominator: Decimal | None = None
    other: Decimal | None = None


def clean(text: str) -> str:
    """The text with its dashes and spaces in one form, a leading text mark of Excel (`'5`) gone."""
    plain = tidy(text).translate(_DASHES)
    if plain.startswith("'") and len(plain) > 1:
        plain = plain[1:].strip()
    return _SPACE_AT_MARK.sub("", plain)


def not_applicable(text: str) -> bool:
    """Whether a text says that the figure does not apply."""
    plain = tidy(text)
    folded = fold(plain)
    return plain.casefold() in NOT_APPLICABLE or any(folded.startswith(p) for p in NO_ACTIVITY)


def parse(text: str, mark: Mark, *, counts: bool = False) -> Figure | None:
    """The number a cell prints, None when it holds no number.

    `mark` is the decimal mark of the column. In a column of `counts` (cases, money) three digits behind a
    mark are thousands whatever the mark is and brackets mean a negative sum; elsewhere three digits are
    thousands when the mark is the other one, and brackets are no number.
    """
    plain = clean(text)
    head, slash, tail = plain.partition("/")
    if slash:
        part, whole = parse(head, mark), parse(tail, mark)
        if part is None or whole is None or "/" in tail:
            return None
        return Figure(part.value, part.decimals, part.percent, whole.value, part.other)
    percent = plain.endswith("%")
    bare = _SUFFIX.sub("", plain)
    negative = False
    if counts and bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, bare[1:-1].strip()
    elif bare.startswith("-"):
        negative, bare = True, bare[1:].strip()
    figure = _unsigned(bare, mark, counts)
    if figure is None:
        return None
    sign = -1 if negative else 1
    other = None if figure.other is None else sign * figure.other
    return Figure(sign * figure.value, figure.decimals, percent, None, other)


def _unsigned(text: str, mark: Mark, counts: bool) -> Figure | None:
    if _INTEGER.match(text):
        return Figure(Decimal(text))
    if mixed := _MIXED.match(text):
        whole = re.sub(r"\D", "", mixed[1])
        return Figure(Decimal(f"{whole}.{mixed[4]}"), len(mixed[4]))
    if grouped := _GROUPED.match(text):
        return _grouped(text, grouped[1], mark, counts)
    if decimal := _DECIMAL.match(text):
        return Figure(Decimal(f"{decimal[1] or '0'}.{decimal[3]}"), len(decimal[3]))
    return None


def _grouped(text: str, sign: str, mark: Mark, counts: bool) -> Figure | None:
    groups = re.split(r"[.,\s]", text)
    thousands = Decimal("".join(groups))
    if sign.isspace():
        return Figure(thousands) if counts else None
    if len(groups) > 2:
        return Figure(thousands)
    fraction = Decimal(f"{groups[0]}.{groups[1]}")
    if groups[0].startswith("0"):
        return Figure(fraction, 3)
    if counts or sign != mark:
        return Figure(thousands, other=None if counts else fraction)
    return Figure(fraction, 3, other=thousands)


def evidence(texts: Iterable[str]) -> tuple[int, int]:
    """How many printed numbers can only be read with a decimal comma, and how many with a point.

    `1.550.008` speaks for the comma, `78.13` for the point, `1.234` for neither.
    """
    votes = {",": 0, ".": 0}
    for text in texts:
        for token in _TOKEN.findall(clean(text)):
            vote = _vote(token)
            if vote is not None:
                votes[vote] += 1
    return votes[","], votes["."]


def _vote(token: str) -> Mark | None:
    other: dict[str, Mark] = {",": ".", ".": ","}
    if grouped := _GROUPED.match(token):
        return other[grouped[1]] if len(token) > 7 and not token.startswith("0") else None
    if mixed := _MIXED.match(token):
        return "," if mixed[3] == "," else "."
    if decimal := _DECIMAL.match(token):
        return "," if decimal[2] == "," else "."
    return None


def decimal_mark(votes: tuple[int, int], default: Mark | None = None) -> Mark | None:
    """The mark that most of the evidence speaks for; `default` when it is silent or split evenly."""
    commas, points = votes
    if commas == points:
        return default
    return "," if commas > points else "."
