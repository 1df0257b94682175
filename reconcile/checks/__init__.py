"""Every check of one submission, a module to each area.

Each module says what it looks at:

    def subjects(
        submission: Submission, methodology: Methodology | None, register: Register
    ) -> Iterable[Subject]

and registers its checks with `reconcile.check.check`. `examine` puts the subjects of all modules to all
checks. A module belongs to them by standing in this folder; one without `subjects` is not asked.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from typing import Protocol, cast

from normalise.register import Register
from normalise.submission import Submission
from reconcile.check import Subject
from reconcile.methodology import Methodology


class Area(Protocol):
    """A module of checks."""

    def subjects(
        self, submission: Submission, methodology: Methodology | None, register: Register
    ) -> Iterable[Subject]:
        """What its checks look at, in the order of the document."""
        ...


def _areas() -> tuple[Area, ...]:
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return tuple(cast(Area, module) for module in modules if hasattr(module, "subjects"))


AREAS = _areas()
