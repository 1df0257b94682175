"""Which of two versions of one report is the newer, as far as the papers themselves tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from normalise.text import fold
from reconcile.digest import Digest

_EDITION = re.compile(r"(?<![a-z])(?:lan|ban|v|ver|version)\.? ?(?:thu )?(\d{1,2})(?!\d)")
_REPLACING = re.compile(r"\b(?:thay the|dinh chinh|chinh sua|sua doi|sua lai)\b")


def later(one: Digest, other: Digest) -> int:
    """Above 0 where `one` is the newer, below 0 where `other` is, 0 where nothing tells.

    By date, else by number, else by the file's name (`lần 2`, `v2`, `thay thế`); a mark counts where both have it.
    """
    for mine, its in zip(_marks(one), _marks(other), strict=True):
        if mine and its and mine != its:
            return 1 if mine > its else -1
    return 0


def _marks(report: Digest) -> Iterator[str]:
    """Date, number and edition; empty where unknown."""
    yield report.date or ""
    digits = (report.number or "").split("/")[0]
    yield digits.zfill(9) if digits.isdigit() else ""
    yield f"{_edition(report.path):02d}"


def _edition(path: str) -> int:
    name = re.sub(r"[\W_]+", " ", fold(PurePath(path).stem))
    numbered = _EDITION.findall(name)
    return int(numbered[-1]) if numbered else 2 if _REPLACING.search(name) else 1
