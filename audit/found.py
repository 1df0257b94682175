"""The findings of an audit, at hand a document at a time: a thousand reports have tens of thousands."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec

from reconcile.attribution import FOLLOWS
from reconcile.finding import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Found:
    """Findings in order of document, then of severity and place. `packed` holds each document's."""

    packed: Mapping[str, bytes]

    def __iter__(self) -> Iterator[Finding]:
        for packed in self.packed.values():
            yield from unpack(packed)

    def of(self, document: str) -> tuple[Finding, ...]:
        """What was found in one document, by the path it is shown with."""
        return unpack(self.packed.get(document, b""))

    def but_of(self, documents: Collection[str]) -> Iterator[tuple[str, tuple[Finding, ...]]]:
        """The others by document, such as those about a report that did not come."""
        for document in self.packed:
            if document not in documents:
                yield document, self.of(document)


def collect(findings: Iterable[Finding]) -> Found:
    """The findings in order."""
    return joined((), lambda document: (), findings, ())


def joined(
    documents: Collection[str],
    own: Callable[[str], Iterable[Finding]],
    between: Iterable[Finding],
    causes: Collection[tuple[str, str]],
) -> Found:
    """What was found in each document alone and between them.

    `causes` are the documents and ids of errors that a difference between reports follows from.
    """
    grouped: dict[str, list[Finding]] = {}
    for finding in between:
        grouped.setdefault(finding.document, []).append(finding)
    packed: dict[str, bytes] = {}
    for document in sorted({*documents, *grouped}):
        mine = [
            replace(f, consequences=(*f.consequences, FOLLOWS)) if (document, f.id) in causes else f
            for f in own(document)
        ]
        if findings := mine + grouped.pop(document, []):
            packed[document] = pack(findings)
    return Found(packed)


def pack(findings: Iterable[Finding]) -> bytes:
    """The findings of one document in order, small."""
    return zlib.compress(msgspec.msgpack.encode(sorted(findings, key=_place)), 1)


def unpack(packed: bytes) -> tuple[Finding, ...]:
    """The findings of one document; none of nothing."""
    if not packed:
        return ()
    return msgspec.msgpack.decode(zlib.decompress(packed), type=tuple[Finding, ...])


def _place(f: Finding) -> tuple[int, int, str, int, str, str, str]:
    row = -1 if f.row is None else f.row
    severity = SEVERITIES.index(f.severity)
    return severity, f.page or 0, f.table or "", row, f.rule, f.field or "", f.id
