"""Column numbers and the formulas printed with them: `(1)`, `(3)=(2)/(1)`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, product

from extract.document import Cell, Row
from normalise.text import tidy

ONLY_NUMBER = re.compile(r"^\(?\s*([0-9]{1,2}|[A-Za-z])\s*\)?$")
BRACKETED = re.compile(r"^\(\s*\d{1,2}\s*\)$")
_FORMULA = re.compile(
    r"^(?P<rest>.*?)\(?\s*(?P<number>\d{1,2}|[A-Za-z])\s*\)?\s*=\s*"
    r"(?P<formula>[(\d][\d\s()+\-–−*/x×:.,%…]*)$"
)
TRAILING_NUMBER = re.compile(r"^(?P<rest>.*[^\W\d_].*?)\s*\((?P<number>\d{1,2})\)$")
_IN_DIGITS = re.compile(r"[(1lI|](?P<number>\d{1,2})[)1lI|78]")
"""`(5)` read as `151` or `158`."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_EQUATED = re.compile(r"[\d)]\W*=|=\W*\d")
_BARE = re.compile(r"\d{1,2}")
LEAST_COUNTED, MOST_BEFORE, LETTERS = 6, 2, 2
"""Six columns counted from 1 on, behind at most a serial number's and a unit's in which no more than a letter or
two is read, are no figures."""
RECOGNISED, FIRST = 0.4, (0, 1, 2)
"""Share of a recognised row's cells that count by their place, from the first, second or third column on. Faint
numbers in brackets come out right in half of the cells; a row of figures has one such cell in ten."""
FOOT = 4
"""Letters of a column number in brackets."""
SURELY = 0.99
"""Recognised more surely than this, a figure is no column's number misread: numbers in brackets have 0.88 at most."""
CLEAR = 0.8
"""Recognised more surely than this, a formula is taken as read."""
OWN_WORDS = 0.5
"""Columns of one group may repeat their words (`Số hồ sơ`), hardly ever half of a table's do."""


def number_row(row: Row) -> dict[int, str] | None:
    """Column numbers by column, when a body row is in truth the last header line: `(1) (2) (3)=(2)/(1)`."""
    filled = [cell for cell in row.cells if cell.text and cell.column >= 0]
    texts = {cell.column: cell.text for cell in filled}
    if any(cell.origin == "ocr" for cell in filled) and (placed := _by_place(filled)):
        return placed
    if len(filled) < 4 or not all(_is_number(text) for text in texts.values()):
        return _counting(texts)
    counted = [int(m[1]) for m in map(_leading_number, texts.values()) if m]
    marked = any("=" in t or BRACKETED.match(t) for t in texts.values())
    rising = all(a < b for a, b in pairwise(counted))
    plain = counted == list(range(1, len(counted) + 1)) and len(counted) >= len(filled) - 2
    return texts if rising and (marked or plain) else _counting(texts)


def _counting(texts: dict[int, str]) -> dict[int, str] | None:
    """The cells that count their columns one by one, when all others are the few before them: `A B 1 2 3 4`,
    of which recognition may read the letters as anything."""
    run: dict[int, str] = {}
    for column in sorted(texts, reverse=True):
        text = texts[column]
        if not _BARE.fullmatch(text) or (run and run.get(column + 1) != str(int(text) + 1)):
            break
        run[column] = text
    before = [text for column, text in texts.items() if column not in run]
    few = len(before) <= MOST_BEFORE and all(len(text) <= LETTERS for text in before)
    return run if few and len(run) >= LEAST_COUNTED and run[min(run)] == "1" else None


def _by_place(filled: Sequence[Cell]) -> dict[int, str] | None:
    """Column numbers as recognition leaves them, by where they stand: a bracket is lost or taken for a digit, a
    ten is lost, a formula is spoilt; one number may be left out. Those of which nothing is sure are not told."""
    ways = product(FIRST, range(max(cell.column for cell in filled) + 1, 0, -1))
    numberings = (
        {c.column: c.column - first + 1 + (c.column >= gap) for c in filled} for first, gap in ways
    )
    numbers = max(numberings, key=lambda n: sum(_counts(c.text, n[c.column]) for c in filled))
    numbered = [c for c in filled if _counts(c.text, numbers[c.column])]
    rest = [c for c in filled if c not in numbered]
    if any(c.confidence >= SURELY or _WORD.search(c.text) for c in rest):
        return None
    formulas = sum("=" in c.text for c in numbered)
    if len(numbered) + formulas < max(LEAST_COUNTED, RECOGNISED * len(filled)):
        return None
    return {c.column: said for c in numbered if (said := _said(c, numbers[c.column]))}


def without_numbers(
    paths: Sequence[tuple[str, ...]],
) -> tuple[Sequence[tuple[str, ...]], dict[int, str]]:
    """Scanned headings without the column numbers at their feet, and those numbers that are sure."""
    feet = [
        Cell((_WORD.sub("?", path[-1]),), 1, None, "ocr", column, confidence=0.0)
        for column, path in enumerate(paths)
        if len(path) > 1 and (len(path[-1]) <= FOOT or not _WORD.search(path[-1]))
    ]
    numbers = _by_place(feet) if feet else None
    if numbers is None:
        return paths, {}
    ends = {cell.column for cell in feet}
    return [path[:-1] if c in ends else path for c, path in enumerate(paths)], numbers


def _counts(text: str, number: int) -> bool:
    """Whether a cell may show its column's number, the ten perhaps lost or brackets taken for digits, or a formula."""
    bracketed = _IN_DIGITS.fullmatch(text)
    digits = bracketed["number"] if bracketed else text.strip("() ")
    return number > 0 and (
        _EQUATED.search(text) is not None
        or digits == str(number)
        or digits == str(number)[1:] != ""
    )


def _said(cell: Cell, number: int) -> str | None:
    """The number, or the formula when it is read well."""
    if "=" not in cell.text:
        return f"({number})"
    return cell.text if _FORMULA.match(cell.text) and cell.confidence >= CLEAR else None


def _is_number(text: str) -> bool:
    return bool(ONLY_NUMBER.match(text) or _FORMULA.match(text))


def _leading_number(text: str) -> re.Match[str] | None:
    return re.match(r"\(?\s*(\d{1,2})", text)


def are_numbers(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether the numbers at the foot of the headings count the columns.

    They do when they only rise (maxima repeat) and stand in brackets or each under words of its own;
    `1 2 3` under one `Tiêu chí` are the criteria themselves. A heading over two columns counts once.
    """
    once = [path for before, path in pairwise([(), *paths]) if path != before]
    feet = [(found, path) for path in once if path and (found := _foot_number(path[-1]))]
    counted = [int(number) for number, _ in feet if number.isdigit()]
    if len(counted) < 2 or any(a >= b for a, b in pairwise(counted)):
        return False
    bracketed = any("(" in path[-1] for _, path in feet)
    return bracketed or len({path[:-1] for _, path in feet}) > OWN_WORDS * len(feet)


def _foot_number(text: str) -> str | None:
    lone = ONLY_NUMBER.match(text)
    if lone:
        return lone[1]
    found = _FORMULA.match(text) or TRAILING_NUMBER.match(text)
    return found["number"] if found else None


def split_number(pieces: list[str], numbered: bool) -> tuple[str | None, str | None, list[str]]:
    """The column number, formula and other pieces of a column's headings; a lone number is one only when
    the table's columns are `numbered`."""
    if not pieces:
        return None, None, pieces
    last = tidy(pieces[-1])
    if found := _FORMULA.match(last):
        rest = [found["rest"]] if found["rest"].strip() else []
        return found["number"], tidy(found["formula"]), [*pieces[:-1], *rest]
    if numbered and (lone := ONLY_NUMBER.match(last)):
        return lone[1], None, pieces[:-1]
    if numbered and (found := TRAILING_NUMBER.match(last)):
        return found["number"], None, [*pieces[:-1], found["rest"]]
    return None, None, pieces
