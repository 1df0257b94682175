"""The findings of an audit, at hand a document at a time: a thousand reports have tens of thousands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from reconcile.attribution import FOLLOWS
from reconcile.finding import Finding, Severity
from reconcile.shelf import Shelf, Shelved

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Found:
    """Findings in order of document, then of severity and place. `shelved` holds each document's."""

    shelved: Mapping[str, Shelved]

    def __iter__(self) -> Iterator[Finding]:
        for document in self.shelved:
            yield from self.of(document)

    def of(self, document: str) -> tuple[Finding, ...]:
        """What was found in one document, by the path it is shown with."""
        shelved = self.shelved.get(document)
        return shelved.take(tuple[Finding, ...]) if shelved else ()

    def but_of(self, documents: Collection[str]) -> Iterator[tuple[str, tuple[Finding, ...]]]:
        """The others by document, such as those about a report that did not come."""
        for document in self.shelved:
            if document not in documents:
                yield document, self.of(document)


def collect(findings: Iterable[Finding], shelf: Shelf) -> Found:
    """The findings in order, on a shelf."""
    return joined(Found({}), findings, (), shelf)


def joined(
    own: Found, between: Iterable[Finding], causes: Collection[tuple[str, str]], shelf: Shelf
) -> Found:
    """What was found in each document alone and between them.

    `causes` are the documents and ids of errors that a difference between reports follows from.
    """
    grouped: dict[str, list[Finding]] = {}
    for finding in between:
        grouped.setdefault(finding.document, []).append(finding)
    touched = {*grouped, *(document for document, _ in causes)}
    shelved = dict(own.shelved)
    for document in touched:
        mine = [
            replace(f, consequences=(*f.consequences, FOLLOWS)) if (document, f.id) in causes else f
            for f in own.of(document)
        ]
        shelved[document] = in_order([*mine, *grouped.get(document, [])], shelf)
    return Found({document: shelved[document] for document in sorted(shelved)})


def in_order(findings: Iterable[Finding], shelf: Shelf) -> Shelved:
    """The findings of one document in order, on a shelf."""
    return shelf.put(sorted(findings, key=_place))


def _place(f: Finding) -> tuple[int, int, str, int, str, str, str]:
    row = -1 if f.row is None else f.row
    severity = SEVERITIES.index(f.severity)
    return severity, f.page or 0, f.table or "", row, f.rule, f.field or "", f.id
