"""One cause, one finding, between reports too: a difference that an error of one of them explains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation

from reconcile.finding import Finding

_NEAR = Decimal("0.1")
"""A sum of eleven parts with two decimals is known to 0.055; the other report prints what it really is."""
FOLLOWS = "across/other-agrees"


def causes(
    between: Sequence[Finding], own: Callable[[str], Iterable[Finding]]
) -> tuple[list[Finding], set[tuple[str, str]]]:
    """The differences between reports that stand for themselves, and the errors that the others follow from,
    by document and id; `own` gives what was found in a document alone.

    A difference follows where one of the two reports has an error on the very figure that differs, and the other
    prints what should stand there.
    """
    apart: list[Finding] = []
    errors: set[tuple[str, str]] = set()
    for finding in between:
        candidates = (error for document in _sides(finding) for error in own(document))
        cause = next((error for error in candidates if _explains(error, finding)), None)
        if cause is None:
            apart.append(finding)
        else:
            errors.add((cause.document, cause.id))
    return apart, errors


def _sides(difference: Finding) -> dict[str, str | None]:
    """The two reports that differ, each with what the other prints; none where that is not one figure."""
    if difference.rule != "cross-report-mismatch" or difference.message.endswith("/many"):
        return {}
    facts = dict(difference.facts)
    return {
        difference.document: facts.get("other_printed"),
        facts.get("other", ""): facts.get("printed"),
    }


def _explains(error: Finding, difference: Finding) -> bool:
    same = error.severity == "error" and error.field == difference.field is not None
    if not same or not _one_unit(error, difference):
        return False
    return _near(error.expected, _sides(difference)[error.document])


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
