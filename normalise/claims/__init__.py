"""Claims: what a report's letter says that its tables can confirm or contradict."""

from __future__ import annotations

from extract.document import Document
from normalise.register import Register
from normalise.submission import Claim, FieldTable
from normalise.units import Scope


def find_claims(
    document: Document, tables: tuple[FieldTable, ...], scope: Scope, register: Register
) -> tuple[Claim, ...]:
    """Every checkable statement of the letter, in reading order."""
    return ()
