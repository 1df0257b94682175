"""What one file may cost. The parent enforces them from outside, native code included."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_RESULT = 128 << 20
"""Bytes that a fork may write into one file. A result of a hundred pages has some 5 MB."""


SECONDS_PER_PAGE = 1.0
"""Seconds more for every other page begun: one takes a tenth to read, and what the letters of a long document
say is weighed against all its tables. A year of reports bound together is long, not malicious."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of computing for a document without scans, more for every scanned page begun; resident bytes,
    which a file's own bytes may not exceed either."""

    seconds: float = 60.0
    seconds_per_scan: float = 20.0
    resident: int = 1 << 30

    def allowed(self, scans: int, others: int) -> float:
        """Seconds a document may take once so many pages were begun that are pictures, and that are not."""
        return self.seconds + self.seconds_per_scan * scans + SECONDS_PER_PAGE * others
