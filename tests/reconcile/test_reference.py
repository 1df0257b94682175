"""Every rule has cases in both directions, they behave as they say, and the page is current."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalise.register import load_register
from reconcile.reference import FOLDER, Example, findings, names, rule
from report.catalogue import LANGUAGES, catalogue
from report.rules import page

REGISTER = load_register()
ROOT = Path(__file__).parents[2]
CONTRACT = """
total-mismatch total-improbable converted-mismatch rank-mismatch borderline-rank score-out-of-range
denominator-mismatch rounding officer-average-mismatch unreadable-number order-broken unit-unknown
unit-misspelt unit-duplicate unit-missing count-mismatch list-mismatch quoted-figure-mismatch
period-mismatch formula-mismatch column-total-mismatch evidence-mismatch cross-report-mismatch
previous-period-mismatch resubmission-conflict missing-submission
"""


def _cases() -> list[tuple[str, Example]]:
    return [(name, case) for name in names() for case in rule(name, REGISTER).examples]


def test_every_rule_of_the_contract_is_there() -> None:
    assert set(CONTRACT.split()) <= set(names())


def test_no_case_file_is_without_a_rule() -> None:
    assert {file.stem for file in FOLDER.glob("*.toml")} == set(names())


@pytest.mark.parametrize("name", names())
def test_every_rule_has_cases_in_both_directions(name: str) -> None:
    one = rule(name, REGISTER)
    assert {case.fires for case in one.examples} == {True, False}
    assert one.decided
    for language in LANGUAGES:
        assert catalogue(language).name("rule", name) != name


@pytest.mark.parametrize(
    ("name", "case"), _cases(), ids=lambda v: v if isinstance(v, str) else v.says
)
def test_a_case_fires_or_is_silent_as_it_says(name: str, case: Example) -> None:
    assert any(f.rule == name for f in findings(case, REGISTER)) == case.fires


@pytest.mark.parametrize(
    ("name", "case"), _cases(), ids=lambda v: v if isinstance(v, str) else v.says
)
def test_what_a_case_raises_can_be_said(name: str, case: Example) -> None:
    for finding in findings(case, REGISTER):
        for language in LANGUAGES:
            assert catalogue(language).say(finding.message, finding.facts)


@pytest.mark.parametrize(
    ("name", "case"), _cases(), ids=lambda v: v if isinstance(v, str) else v.says
)
def test_one_cause_is_one_error(name: str, case: Example) -> None:
    errors = [f for f in findings(case, REGISTER) if f.severity == "error"]
    assert len(errors) <= 1


def test_the_page_is_current() -> None:
    assert (ROOT / "RULES.md").read_text("utf-8") == page(REGISTER)


def test_there_is_no_rule_by_another_name() -> None:
    with pytest.raises(KeyError):
        rule("no-such-rule", REGISTER)
