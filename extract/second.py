"""The second reader: camelot's opinion on tables without ruling lines.

Camelot tells columns and rows from the alignment of texts, by other rules than ours. Where it cuts or
joins a figure otherwise, nobody can say who is right: both readings are kept, and the cell is doubtful.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from .document import Cell, Reading, Row, Table
from .encoding import clean

DISPUTED = 0.6
"""Confidence in our reading where camelot's differs: above an even chance, as ours knows the serial
numbers and the header, below the 0.9 from which a cell counts as read."""
SAME_ROW = 0.5
"""Share of a row's figures that camelot's row must hold to be the same one."""
MOSTLY = 0.7
"""Share of figures that makes a column one of figures; section titles and totals run through it."""

_FIGURE = re.compile(r"[\d.,]*\d%?(?:/[\d.,]*\d)?")


def second_rows(path: Path, page: int) -> list[list[str]]:
    """Camelot's rows of all tables it finds on a page without looking at lines; none if it fails."""
    from camelot.io import read_pdf  # takes a second to load

    logging.getLogger("camelot").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = read_pdf(str(path), pages=str(page), flavor="stream")
        except Exception:  # a second opinion is only that: its failures are not the document's
            return []
    return [[clean(str(cell)).strip() for cell in row] for t in found for row in t.df.to_numpy()]


def is_doubtful(table: Table) -> bool:
    """Whether a table shows signs of wrong columns or rows, so that a second reading (a second or two
    a page) is worth its time: two figures in a cell, a figure with letters among figures, figures
    beside a serial number without a name."""
    columns = range(table.columns)
    texts = [{cell.column: cell.text for cell in row.cells} for row in table.rows]
    mostly = {c for c in columns if _share(_FIGURE, [t.get(c, "") for t in texts]) > MOSTLY}
    return any(
        (cell.column in mostly and re.search(r"\d.*\s.*\d|\d.*[^\W\d_]|[^\W\d_].*\d", cell.text))
        or (cell.column == 1 and not cell.text and text.get(0) and any(map(text.get, mostly)))
        for row, text in zip(table.rows, texts, strict=True)
        for cell in row.cells
    )


def _share(pattern: re.Pattern[str], texts: Sequence[str]) -> float:
    """Share of the texts that are figures; blanks and dashes do not count."""
    printed = [text for text in texts if text.strip("-–− ")]
    return sum(pattern.fullmatch(t) is not None for t in printed) / max(len(printed), 1)


def settle(table: Table, rows: Sequence[Sequence[str]]) -> Table:
    """The table with both readings in each cell whose figure the second reader cuts otherwise."""
    return replace(table, rows=tuple(_settled(row, rows) for row in table.rows))


def _settled(row: Row, others: Sequence[Sequence[str]]) -> Row:
    own = {figure for cell in row.cells for figure in _FIGURE.findall(cell.text)}
    other = max(others, key=lambda o: len(own & set(_figures(o))), default=())
    if not own or len(own & set(_figures(other))) < SAME_ROW * len(own):
        return row
    return replace(row, cells=tuple(_checked(cell, other) for cell in row.cells))


def _figures(cells: Sequence[str]) -> Iterator[str]:
    for cell in cells:
        yield from _FIGURE.findall(cell)


def _checked(cell: Cell, other: Sequence[str]) -> Cell:
    """The cell, in doubt if its figure is part of a longer one, or two, in the other reading."""
    figures = _FIGURE.findall(cell.text)
    if not figures or re.search(r"[^\W\d_]", cell.text):
        return cell
    read = list(_figures(other))
    missing = [figure for figure in figures if figure not in read]
    rival = next((r for r in read for m in missing if r != m and (m in r or r in m)), None)
    if rival is None and len(figures) == 1:
        return cell
    if rival is None and cell.text in other:
        return replace(cell, confidence=DISPUTED, readings=(_reading(cell.text),))
    rivals = " ".join(r for r in read if any(r in m or m in r for m in missing or figures))
    readings = (_reading(cell.text), Reading(rivals, (1 - DISPUTED) / 2, "camelot"))
    return replace(cell, confidence=DISPUTED, readings=readings)


def _reading(text: str) -> Reading:
    return Reading(text, DISPUTED, "text-layer")
