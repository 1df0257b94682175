"""Texts from documents and file names as they may be shown: nothing in them acts on the reader's screen."""

from __future__ import annotations

import re
from typing import Any

ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)
"""Control characters (also forbidden in XML, and commands to a terminal), marks that turn the direction
of writing (`exe.fdp` for `pdf.exe`) or cannot be seen, and what is no character at all."""

INSTEAD = "\N{REPLACEMENT CHARACTER}"


def legible(text: str) -> str:
    """The text with every acting character shown as one that only stands there."""
    return ACTING.sub(INSTEAD, text)


def legible_data(value: Any) -> Any:
    """The same for every text of JSON-like data."""
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, dict):
        return {legible(key): legible_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [legible_data(item) for item in value]
    return value
