"""What a name is matched within, and what is matched: the records of name matching."""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import Reading
from normalise.register import Unit


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name as it stands in a table.

    `section` is the text of the heading it stands under (`UBND cấp xã`), `readings` what OCR may have seen.
    """

    text: str
    section: str | None = None
    ocr: bool = False
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose report it is and of when: `when` is a period (`2023-07`) or an ISO date."""

    issuer: Unit | None = None
    when: str | None = None
