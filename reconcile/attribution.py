"""One cause, one finding, between reports too: a difference that an error of one of them explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from reconcile.finding import Finding

_NEAR = Decimal("0.1")
"""A sum of eleven parts with two decimals is known to 0.055; the other report prints what it really is."""
FOLLOWS = "across/other-agrees"


def with_causes(own: Sequence[Finding], between: Sequence[Finding]) -> list[Finding]:
    """All findings, a difference between two reports attached to the error it follows from.

    It follows where one of the two has an error on the very figure that differs, and the other report prints what
    should stand there.
    """
    kept = list(own)
    apart: list[Finding] = []
    for finding in between:
        cause = next((i for i, f in enumerate(kept) if _explains(f, finding)), None)
        if cause is None:
            apart.append(finding)
        elif FOLLOWS not in kept[cause].consequences:
            said = (*kept[cause].consequences, FOLLOWS)
            kept[cause] = replace(kept[cause], consequences=said)
    return [*kept, *apart]


def _explains(error: Finding, difference: Finding) -> bool:
    facts = dict(difference.facts)
    if difference.rule != "cross-report-mismatch" or difference.message.endswith("/many"):
        return False
    sides = {
        difference.document: facts.get("other_printed"),
        facts.get("other"): facts.get("printed"),
    }
    same = error.severity == "error" and error.field == difference.field is not None
    if not same or error.document not in sides or not _one_unit(error, difference):
        return False
    return _near(error.expected, sides[error.document])


def _one_unit(one: Finding, other: Finding) -> bool:
    if one.unit_code and other.unit_code:
        return one.unit_code == other.unit_code
    return one.unit is not None and one.unit == other.unit


def _near(expected: str | None, printed: str | None) -> bool:
    """Whether the other report prints what the error says should stand there."""
    try:
        number = Decimal((printed or "").split("/")[0].replace(",", ".").strip())
        return abs(Decimal(expected or "") - number) <= _NEAR
    except InvalidOperation:
        return False
