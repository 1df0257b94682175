"""A small mutation run of statistics tables; `python -m benchmarks.sums` is the whole one."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.generator.annexes import RATES
from benchmarks.sums import FOLLOWS, KINDS, Change, Result, findings, honest, mutate
from reconcile.finding import Finding


@pytest.fixture(scope="module")
def result() -> Result:
    return mutate(seed=11, changes=900)


def test_a_wrong_figure_is_one_error_and_no_second(result: Result) -> None:
    whole = result.total()
    assert whole.single == whole.found


def test_all_are_found_but_rates_wrong_by_their_last_digit(result: Result) -> None:
    """Those are notes: such a rate may be cut off."""
    missed = [m for m in result.unexplained if not findings_of(m, "error")]
    whole = result.total()
    assert whole.found == whole.visible - len(missed)
    assert all(m.cell[1] in RATES and findings_of(m, "info") for m in missed)
    assert len(missed) <= 0.01 * whole.visible


def findings_of(made: Change, severity: str) -> list[Finding]:
    return [f for f in findings(made.sheet, made.figures) if f.severity == severity]


def test_the_error_stands_on_the_wrong_figure_or_on_one_that_explains_as_simply(
    result: Result,
) -> None:
    whole = result.total()
    assert whole.simple >= 0.985 * whole.visible
    typed = result.total(*(k for k in result.scores if k.endswith(", nothing computed")))
    assert typed.cell >= 0.95 * typed.visible


def test_every_kind_of_change_was_tried(result: Result) -> None:
    assert len(result.scores) == len(KINDS) * len(FOLLOWS)


def test_honest_tables_are_not_accused() -> None:
    random = Random(3)
    for _ in range(60):
        sheet = honest(random)
        assert findings(sheet, sheet.figures) == ()
