from __future__ import annotations

from normalise.register import Register
from normalise.scope import Named, Scope


def match_names(
    text: str, scope: Scope, register: Register, ocr: bool = False
) -> tuple[Named, ...]:
    """The unit names in a sentence, in order, lists with a shared `UBND xã` included."""
    return ()
