"""Formulas printed in a table's header: `(3)=(2)/(1)`, `(6)=(7)+(9)`, `5=1-2`, `(8)=(7)/(6)*100%`.

A number in brackets is a column. A bare number is one too unless no column bears it (`100`). Percent
signs mean nothing here: whether a rate is printed as 0,98 or 98 is decided by the column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reconcile.interval import Interval

_TOKEN = re.compile(
    r"\s*(?:([(\[])\s*(\d{1,2}|[a-zA-Z])\s*[)\]]|(\d+(?:[.,]\d+)?)|([-+*/:x×÷−–()\[\]]))"
)
_SIGNS = {"x": "*", "×": "*", ":": "/", "÷": "/", "−": "-", "–": "-", "[": "(", "]": ")"}


@dataclass(frozen=True, slots=True)
class Node:
    """A column, a number, or an operation on two nodes."""

    sort: Literal["column", "number", "+", "-", "*", "/"]
    text: str = ""
    left: Node | None = None
    right: Node | None = None

    def columns(self) -> Iterator[str]:
        """The column numbers it speaks of, from left to right."""
        if self.sort == "column":
            yield self.text
        for part in (self.left, self.right):
            if part is not None:
                yield from part.columns()

    @property
    def ratio(self) -> bool:
        """Whether a division is in it, so that the result may be a percentage."""
        return self.sort == "/" or any(p.ratio for p in (self.left, self.right) if p)

    def value(self, columns: Mapping[str, Interval]) -> Interval | None:
        """The interval it allows; None for a division by what may be zero or a column that is missing."""
        if self.sort == "column":
            return columns.get(self.text)
        if self.sort == "number":
            number = Decimal(self.text)
            return Interval(number, number)
        assert self.left is not None and self.right is not None
        left, right = self.left.value(columns), self.right.value(columns)
        if left is None or right is None:
            return None
        return _OPERATIONS[self.sort](left, right)


def _times(left: Interval, right: Interval) -> Interval:
    ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Interval(min(ends), max(ends))


def _over(left: Interval, right: Interval) -> Interval | None:
    if right.low <= 0 <= right.high:
        return None
    ends = [a / b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Interval(min(ends), max(ends))


_OPERATIONS: dict[str, Callable[[Interval, Interval], Interval | None]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": _times,
    "/": _over,
}


def parse(text: str, numbers: frozenset[str]) -> Node | None:
    """The formula, without its left side; `numbers` are the column numbers that the table has.

    None when it cannot be read whole or speaks of a column that the table does not have.
    """
    tokens = _tokens(text.split("=")[-1].replace("%", " "), numbers)
    if not tokens:
        return None
    node, rest = _sum(tokens)
    if node is None or rest or not set(node.columns()) <= numbers or not any(node.columns()):
        return None
    return node


Token = tuple[str, str]


def _tokens(text: str, numbers: frozenset[str]) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            return []
        _, column, number, sign = match.groups()
        if column:
            found.append(("column", column))
        elif number:
            sort = "column" if number in numbers else "number"
            found.append((sort, number.replace(",", ".")))
        else:
            found.append(("sign", _SIGNS.get(sign, sign)))
        at = match.end()
    return found


def _sum(tokens: list[Token]) -> tuple[Node | None, list[Token]]:
    return _chain(tokens, "+-", _product)


def _product(tokens: list[Token]) -> tuple[Node | None, list[Token]]:
    return _chain(tokens, "*/", _atom)


def _chain(
    tokens: list[Token],
    signs: str,
    part: Callable[[list[Token]], tuple[Node | None, list[Token]]],
) -> tuple[Node | None, list[Token]]:
    node, rest = part(tokens)
    while node is not None and rest and rest[0][0] == "sign" and rest[0][1] in signs:
        sign = rest[0][1]
        right, rest = part(rest[1:])
        node = None if right is None else Node(sign, "", node, right)  # type: ignore[arg-type]
    return node, rest


def _atom(tokens: list[Token]) -> tuple[Node | None, list[Token]]:
    if not tokens:
        return None, []
    sort, text = tokens[0]
    if sort == "column":
        return Node("column", text), tokens[1:]
    if sort == "number":
        return Node("number", text), tokens[1:]
    if text == "(":
        node, rest = _sum(tokens[1:])
        closed = bool(rest) and rest[0] == ("sign", ")")
        return (node, rest[1:]) if closed else (None, rest)
    return None, tokens
