"""What an officer has written into an earlier workbook, taken over by finding id."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.formula import ArrayFormula

from reconcile.finding import Finding
from report.catalogue import LANGUAGES, catalogue
from report.legible import legible
from report.workbook.fingerprint import PROPERTY, RUN, Fingerprint
from report.workbook.layout import Number, Value

OWN = ("column/decision", "column/note")
REMARKS = ("xl/comments", "xl/threadedComments", "xl/persons")
"""Parts of the file format that hold comments; we write none."""

FAULTS = (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, EOFError, SyntaxError)
"""What openpyxl raises for files that are damaged or no workbooks (XML errors are SyntaxErrors)."""


@dataclass(frozen=True, slots=True)
class Noted:
    """An officer's decision on a finding, exactly as typed."""

    status: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OldRow:
    """A finding's row of the earlier workbook, in today's column order."""

    id: str
    document: str
    noted: Noted
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """Everything of the earlier workbook that must live on.

    `whole` says that all that anyone wrote into it is here; else the workbook itself must be kept. `run`
    tells which files and findings it was about.
    """

    rows: tuple[OldRow, ...] = ()
    whole: bool = True
    run: str | None = None


class Claimed:
    """The earlier rows, each given to at most one finding of this run.

    A finding takes the row of its id and document. Failing that one of its id whose own document has no
    such finding any more: the file was renamed, or its newer version has another name.
    """

    def __init__(self, carried: Carried, found: Iterable[Finding]) -> None:
        self._rows: dict[str, list[OldRow]] = {}
        for row in carried.rows:
            self._rows.setdefault(row.id, []).append(row)
        self._here = {(f.id, legible(f.document)) for f in found if f.id in self._rows}

    def take(self, finding: Finding) -> OldRow | None:
        rows = self._rows.get(finding.id, [])
        document = legible(finding.document)
        own = next((r for r in rows if r.document == document), None)
        row = own or next((r for r in rows if (r.id, r.document) not in self._here), None)
        if row is not None:
            rows.remove(row)
        return row

    def rest(self) -> Iterator[OldRow]:
        """The rows that no finding has taken."""
        for rows in self._rows.values():
            yield from rows


def carried_over(path: Path, headings: Sequence[str]) -> Carried:
    """Read the earlier workbook at `path`, in whichever language it was written.

    `headings` are the wording keys of today's columns in order; a column the earlier workbook lacks
    stays empty.
    """
    if not path.exists():
        return Carried()
    try:
        reading = _Reading(headings)
        rows = list(reading.rows(path))
    except FAULTS:
        return Carried(whole=False)
    return Carried(tuple(rows), reading.whole and not _remarked(path), reading.run)


def set_aside(path: Path) -> Path:
    """Copy a workbook that holds more than is carried over, so that nothing is lost; returns the new path."""
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return Path(shutil.copy2(path, path.with_name(f"{path.stem}-{fingerprint}{path.suffix}")))


def _remarked(path: Path) -> bool:
    """Whether someone put comments or text boxes into the workbook."""
    with ZipFile(path) as archive:
        names = archive.namelist()
        drawings = [n for n in names if n.startswith("xl/drawings/drawing")]
        return any(n.startswith(REMARKS) for n in names) or any(
            b":sp>" in archive.read(name) for name in drawings
        )


class _Reading:
    """One pass over an earlier workbook: the findings' rows, and whether all its texts are ours."""

    def __init__(self, headings: Sequence[str]) -> None:
        self.headings = headings
        self.fingerprint = Fingerprint()
        self.whole = False
        self.run: str | None = None

    def rows(self, path: Path) -> Iterator[OldRow]:
        # Formulas, not their values: a note may begin with `=`, and none of our own columns is computed.
        book: Any = load_workbook(path, read_only=True)
        try:
            names = {catalogue(language).texts["sheet/findings"] for language in LANGUAGES}
            if not names & set(book.sheetnames):
                raise ValueError("no sheet of findings")
            for name in book.sheetnames:
                table = book[name].iter_rows()
                if name in names:
                    yield from self._findings(name, table)
                else:
                    for row in table:
                        self._count(name, row)
            signed = {p.name: p.value for p in book.custom_doc_props.props}
            self.whole = signed.get(PROPERTY) == self.fingerprint.text
            self.run = signed.get(RUN)
        finally:
            book.close()

    def _findings(self, name: str, table: Iterator[Any]) -> Iterator[OldRow]:
        header = next(table, ())
        columns = _columns([cell.value for cell in header], self.headings)
        own = [columns[self.headings.index(key)] for key in OWN]
        self._count(name, header, own)
        document = self.headings.index("column/document")
        for row in table:
            self._count(name, row, own)
            values = tuple(_value(row, index) for index in columns)
            if values[0]:
                noted = Noted(*(_typed(row, index) for index in own))
                yield OldRow(str(values[0]), str(values[document] or ""), noted, values)

    def _count(self, name: str, row: Sequence[Any], own: Sequence[int | None] = ()) -> None:
        cells = ["" if index in own else _counted(cell) for index, cell in enumerate(row)]
        self.fingerprint.add(name, cells)


def _columns(header: Sequence[Any], headings: Sequence[str]) -> list[int | None]:
    """Where each of today's columns stood; ValueError when the sheet has no ids."""
    places: list[int | None] = []
    for key in headings:
        names = {catalogue(language).texts[key] for language in LANGUAGES}
        places.append(next((i for i, text in enumerate(header) if text in names), None))
    if places[0] is None:
        raise ValueError("no column of ids")
    return places


def _cell(row: Sequence[Any], index: int | None) -> Any:
    return None if index is None or index >= len(row) else row[index].value


def _value(row: Sequence[Any], index: int | None) -> Value:
    """A cell of ours: numbers stay numbers."""
    value = _cell(row, index)
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(repr(value))
        return Number(number, max(0, -int(number.normalize().as_tuple().exponent)))
    return None if value is None else str(value)


def _typed(row: Sequence[Any], index: int | None) -> str:
    """A cell of the officer's as the officer sees it."""
    value = _cell(row, index)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, ArrayFormula):
        return str(value.text)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _counted(cell: Any) -> str:
    """A cell as `layout.shown` counts it."""
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        return "="
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return str(float(cell.value))
    return str(cell.value)
