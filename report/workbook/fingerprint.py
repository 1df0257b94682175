"""Tells whether an officer has written anything into a workbook beside the columns made for it.

Every row we write adds to a sum that is kept in the workbook's own properties. The sum does not depend on the
order of the rows, which officers sort; a program that rewrites the file changes none of the texts and
numbers it is made of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

PROPERTY, RUN = "doisoat", "doisoat-run"
"""The workbook's own properties: the sum, and what the run was about."""

MODULUS = 1 << 64


class Fingerprint:
    """The sum over all rows of a workbook."""

    def __init__(self) -> None:
        self.sum = 0

    def add(self, sheet: str, cells: Sequence[str]) -> None:
        """Count a row's cells, as texts; rows without any text count nothing."""
        while cells and not cells[-1]:
            cells = cells[:-1]
        if cells:
            row = "\x1f".join((sheet, *cells)).encode("utf-8", "replace")
            self.sum += int.from_bytes(hashlib.sha256(row).digest()[:8], "big")
            self.sum %= MODULUS

    @property
    def text(self) -> str:
        return f"{self.sum:016x}"

    def sign(self, file: Any, run: str) -> None:
        """Write the sum into a workbook that is about to be closed, and what its run was about."""
        file.set_custom_property(PROPERTY, self.text, "text")
        file.set_custom_property(RUN, run, "text")
