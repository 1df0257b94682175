"""A small mutation run; `python -m benchmarks.mutations` is the whole one."""

from __future__ import annotations

import pytest

from benchmarks.mutations import Result, mutate


@pytest.fixture(scope="module")
def result() -> Result:
    return mutate(seed=11, changed=400, honest=800)


def test_changes_that_arithmetic_can_see_are_found(result: Result) -> None:
    whole = result.total()
    assert whole.found >= 0.99 * whole.visible


def test_they_are_found_under_the_right_rule_and_in_one_finding(result: Result) -> None:
    whole = result.total()
    assert whole.rule >= 0.97 * whole.visible
    assert whole.single >= 0.97 * whole.visible


def test_every_kind_of_change_was_tried(result: Result) -> None:
    assert len(result.scores) == 8


def test_honest_rows_are_not_accused(result: Result) -> None:
    assert [key for key in result.honest if key[0] == "error"] == []
    assert [key for key in result.honest if key[1] == "rank-mismatch"] == []
