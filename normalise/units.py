"""Which units of the register the names in a table mean; one name alone is a table of one."""

from __future__ import annotations

from normalise.matching import match_table
from normalise.scope import PrintedName, Scope

__all__ = ["PrintedName", "Scope", "match_table"]
