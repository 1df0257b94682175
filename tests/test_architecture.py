"""Data moves one way: a package imports only from those before it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDER = ("extract", "normalise", "reconcile", "audit", "report")
VAGUE = re.compile(r"util|helper|common|manager|misc")


def _modules() -> list[Path]:
    return [file for package in ORDER for file in sorted((ROOT / package).rglob("*.py"))]


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@pytest.mark.parametrize("file", _modules(), ids=lambda f: str(f.relative_to(ROOT)))
def test_a_package_imports_only_from_its_left(file: Path) -> None:
    own = ORDER.index(file.relative_to(ROOT).parts[0])
    later = {*ORDER[own + 1 :], "cli", "benchmarks", "tests"}
    assert not {name.split(".")[0] for name in _imported(file)} & later


def test_nothing_is_named_vaguely() -> None:
    assert not [f.name for f in _modules() if VAGUE.search(f.stem)]


def test_every_package_has_modules() -> None:
    """Guards the test above against looking in the wrong place."""
    assert {f.relative_to(ROOT).parts[0] for f in _modules()} == set(ORDER)
