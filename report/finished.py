"""What an audit came to, kept so that an unchanged folder is not audited and written again.

It is kept before the outputs take their places: a run killed between two of them goes on with the rest,
and ends with the bytes of one that was never stopped.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.cache import edition
from audit.plan import Plan
from extract.document import Problem
from report.catalogue import Language

WRITING = ("report",)
"""The package that the outputs depend on besides the readers."""


Counts = tuple[int, int, int]
"""Findings by severity: errors, warnings, notes."""


@dataclass(frozen=True, slots=True)
class Audited:
    """A line of the summary: a document, how it came out and its findings by severity."""

    path: str
    status: str
    problem: Problem | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Written:
    """An output, by its path under the folder for output, and the SHA-256 of its bytes.

    None for a letter: it stands for as long as it is there, because it is completed by hand.
    """

    name: str
    sha256: str | None

    def stands(self, out: Path) -> bool:
        """Whether the output is there as it was written."""
        digest = digest_of(out / self.name)
        return digest is not None and self.sha256 in (None, digest)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished audit: the contract's exit status, the summary, the outputs."""

    status: int
    documents: tuple[Audited, ...]
    counts: Counts
    written: tuple[Written, ...]

    def standing(self, out: Path) -> frozenset[str]:
        """The outputs that need not be written again."""
        return frozenset(w.name for w in self.written if w.stands(out))

    def stands(self, out: Path) -> bool:
        """Whether nothing is left to be done."""
        return len(self.standing(out)) == len(self.written)


def place(plan: Plan, formats: Sequence[str], lang: Language, letters: bool) -> Path:
    """Where the outcome of a plan is kept: it depends on all that the outputs depend on."""
    files = [
        [(p.input.shown, os.fsencode(p.input.path.absolute()), str(p.place)) for p in group]
        for group in (plan.current, plan.previous)
    ]
    out = os.fsencode(plan.settings.out.absolute())
    limits = repr(plan.settings.limits)
    asked = [sorted(formats), lang, letters, out, limits]
    return plan.store.place([edition(WRITING), asked, files])


def digest_of(path: Path) -> str | None:
    """The SHA-256 of an output's bytes; None where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
