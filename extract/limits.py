"""What a file's pages and streams may measure, looked at before anything is drawn or decoded.

Time and memory are the parent process's to watch; these are known beforehand.
"""

from __future__ import annotations

import zlib
from types import SimpleNamespace

from pdfminer import pdftypes

from .document import Unreadable

MOST_PAGES = 1000
"""A year of a province's reports bound together has some hundreds."""

MOST_PIXELS = 75_000_000
"""More than an A3 page at 600 dpi is no scan of a letter."""

LEAST_SIDE = 36.0
"""Points, half an inch: no page is so narrow."""

LEAST_DOTS = 36
"""Half an inch at 72 dpi, at which nothing can be read any more."""

MOST_DECODED = 50_000_000
"""Bytes of one decoded stream. A page's drawing has some 100 kB, the largest font of an office 25 MB."""


def refuse_pixels(width: float, height: float) -> None:
    """Raises Unreadable: "too-large" for a picture of more than MOST_PIXELS, "corrupt" for one that is
    no page's, of less than LEAST_DOTS either way."""
    if width * height > MOST_PIXELS:
        raise Unreadable("too-large", pixels=f"{width * height:.0f}")
    if min(width, height) < LEAST_DOTS:
        raise Unreadable("corrupt", reason="page-size")


def refuse_slivers(width: float, height: float) -> None:
    """Raises Unreadable("corrupt") for a page of less than LEAST_SIDE points either way."""
    if min(width, height) < LEAST_SIDE:
        raise Unreadable("corrupt", reason="page-size")


def limit_streams() -> None:
    """Let pdfminer, which decodes whatever it is given, stop at MOST_DECODED bytes a stream."""
    pdftypes.zlib = SimpleNamespace(  # type: ignore[assignment, attr-defined]
        decompress=_decompress, decompressobj=zlib.decompressobj, error=zlib.error
    )


def _decompress(data: bytes) -> bytes:
    """`zlib.decompress` with an end; raises Unreadable("too-large") beyond it, zlib.error as ever."""
    unpacker = zlib.decompressobj()
    decoded = unpacker.decompress(data, MOST_DECODED)
    if unpacker.unconsumed_tail:
        raise Unreadable("too-large", bytes=str(MOST_DECODED))
    if not unpacker.eof:
        raise zlib.error("incomplete or truncated stream")
    return decoded
