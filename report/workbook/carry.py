"""What an officer has written into an earlier workbook, taken over by finding id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from report.catalogue import LANGUAGES, catalogue


@dataclass(frozen=True, slots=True)
class Noted:
    """An officer's decision on a finding, exactly as typed."""

    status: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OldRow:
    """A finding's row of the earlier workbook, as texts in today's column order."""

    id: str
    document: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """Everything of the earlier workbook that must live on. `unreadable` says it could not be opened."""

    noted: Mapping[str, Noted] = field(default_factory=dict)
    rows: Mapping[str, OldRow] = field(default_factory=dict)
    unreadable: bool = False


def carried_over(path: Path, headings: Sequence[str]) -> Carried:
    """Read the earlier workbook at `path`, in whichever language it was written.

    `headings` are the wording keys of today's columns in order; a column the earlier workbook lacks
    stays empty.
    """
    if not path.exists():
        return Carried()
    try:
        rows = list(_rows(path, headings))
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError):
        return Carried(unreadable=True)
    noted = {r.id: Noted(r.texts[2], r.texts[3]) for r in rows if r.texts[2] or r.texts[3]}
    return Carried(noted, {r.id: r for r in rows})


def set_aside(path: Path) -> Path:
    """Rename a workbook that cannot be read, so that nothing in it is lost; returns the new path."""
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return path.rename(path.with_name(f"{path.stem}-{fingerprint}{path.suffix}"))


def _rows(path: Path, headings: Sequence[str]) -> Iterator[OldRow]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        names = {catalogue(language).texts["sheet/findings"] for language in LANGUAGES}
        sheet = next((book[name] for name in book.sheetnames if name in names), None)
        if sheet is None:
            raise ValueError("no sheet of findings")
        table = sheet.iter_rows(values_only=True)
        columns = _columns(next(table, ()), headings)
        for values in table:
            texts = tuple(_text(values, index) for index in columns)
            if texts[0]:
                yield OldRow(texts[0], texts[headings.index("column/document")], texts)
    finally:
        book.close()


def _columns(header: Sequence[Any], headings: Sequence[str]) -> list[int | None]:
    """Where each of today's columns stood; ValueError when the sheet has no ids."""
    places: list[int | None] = []
    for key in headings:
        names = {catalogue(language).texts[key] for language in LANGUAGES}
        places.append(next((i for i, text in enumerate(header) if text in names), None))
    if places[0] is None:
        raise ValueError("no column of ids")
    return places


def _text(values: Sequence[Any], index: int | None) -> str:
    if index is None or index >= len(values) or values[index] is None:
        return ""
    return str(values[index])
