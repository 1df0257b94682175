from __future__ import annotations

import pytest

from normalise.register import Register
from normalise.submission import Mention, Submission
from reconcile.check import run
from reconcile.checks import periods
from reconcile.finding import Finding


def _findings(*mentions: Mention, source: str = "digital") -> list[Finding]:
    submission = Submission("r.pdf", "", "ok", source, 1, mentions=mentions)  # type: ignore[arg-type]
    return list(run(periods.subjects(submission, None, Register(())), "r.pdf")[0])


def _period(value: str, place: str, text: str) -> Mention:
    return Mention("period", value, place, text, 1, None)


TITLE = _period("2023-07", "title", "tháng 7 năm 2023")
OPENING = _period("2023-07", "opening", "tháng 7 năm 2023")


def test_one_period_throughout_is_silent() -> None:
    assert _findings(TITLE, OPENING) == []


def test_another_month_over_an_annex_is_an_error_of_the_report() -> None:
    (finding,) = _findings(TITLE, OPENING, _period("2023-06", "annex-title", "tháng 6 năm 2023"))
    assert (finding.severity, finding.cause, finding.expected) == ("error", "report", "2023-07")


def test_a_mark_more_on_a_scan_is_no_other_number() -> None:
    numbers = [("405/BC-UBND", "date-line"), ("405/BC-UBNĐ", "annex-note")]
    mentions = [Mention("number", n, place, n, 1, None, "ocr") for n, place in numbers]
    assert _findings(*mentions) == []


@pytest.mark.parametrize("origin", ["ocr", "text-layer"])
def test_what_may_be_misread_is_for_a_person_to_look_at(origin: str) -> None:
    """Recognised by us, or by an engine without Vietnamese whose text has lost its marks."""
    plain = "tháng 7 năm 2023" if origin == "ocr" else "thang 7 nam 2023"
    mentions = [
        Mention("period", value, place, plain, 1, None, origin)  # type: ignore[arg-type]
        for value, place in [("2023-07", "title"), ("2023-07", "opening"), ("2023-01", "closing")]
    ]
    (finding,) = _findings(*mentions)
    assert (finding.severity, finding.cause) == ("warning", "reading")


def test_months_of_a_half_year_outvote_neither_its_title_nor_each_other() -> None:
    half = [_period("2024-H1", place, "6 tháng đầu năm 2024") for place in ("title", "closing")]
    annexes = [
        _period(f"2024-0{month}", "annex-title", f"tháng {month} năm 2024")
        for month in (1, 1, 1, 2, 2, 2)
    ]
    assert _findings(*half, *annexes) == []


def test_a_quarter_over_the_annex_of_a_month_is_for_a_person_to_look_at() -> None:
    (finding,) = _findings(TITLE, OPENING, _period("2023-Q3", "annex-title", "quý III năm 2023"))
    assert (finding.severity, finding.expected) == ("warning", "2023-07")
