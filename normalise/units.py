"""Which unit of the register a printed name means: a whole table at once, names in prose."""

from __future__ import annotations

from normalise.matching import match_table
from normalise.prose import match_names
from normalise.scope import Named, PrintedName, Scope

__all__ = ["Named", "PrintedName", "Scope", "match_names", "match_table"]
