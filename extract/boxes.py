"""Every box in a record moved at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from .document import Box

T = TypeVar("T")


def moved(value: T, place: Callable[[Box], Box]) -> T:
    """A record (or a tuple of them) with every box in it put elsewhere."""
    found: T = _moved(value, place)
    return found


def _moved(value: Any, place: Callable[[Box], Box]) -> Any:
    if isinstance(value, Box):
        return place(value)
    if isinstance(value, tuple):
        return tuple(_moved(item, place) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{f.name: _moved(getattr(value, f.name), place) for f in fields(value)}
        )
    return value
