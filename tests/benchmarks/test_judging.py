"""How an audit is compared with the truth: what counts as right, wrong, doubtful, missing."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.alarms import assess
from benchmarks.cells import compare, judge


def cell(printed: str, value: str | None, status: str = "as-read") -> dict[str, Any]:
    return {"printed": printed, "value": value, "status": status}


CASES = [
    ("4,74", "openness_2", cell("4,74", "4.74"), "right"),
    ("4,74", "openness_2", cell("4,74", "4.74", "repaired"), "right"),
    ("4,74", "openness_2", cell("474", "474"), "wrong"),
    ("4,74", "openness_2", cell("474", "4.74", "uncertain"), "doubtful"),
    ("4,74", "openness_2", None, "missing"),
    ("84,69/85", "total", cell("84,69/85", "84.69"), "right"),
    ("1.550.008", "direct_fees", cell("1.550.008", "1550008"), "right"),
    ("78.13%", "received_rate", cell("78.13%", "78.13"), "right"),
    ("-", "openness_1", cell("-", None, "not-applicable"), "right"),
    ("-", "direct_fees", cell("-", "0"), "right"),
    ("", "openness_1", None, "right"),
    ("", "openness_1", cell("5", "5"), "wrong"),
    ("Xuất sắc", "rank", cell("XUẤT SẮC", "excellent"), "right"),
    ("Tốt", "rank", cell("Khá", "fair"), "wrong"),
    ("4,7A", "openness_2", cell("4,7A", None, "unreadable"), "right"),
    ("4,7A", "openness_2", cell("4,7A", "4.7"), "wrong"),
]


@pytest.mark.parametrize(("text", "name", "read", "outcome"), CASES)
def test_one_cell(text: str, name: str, read: dict[str, Any] | None, outcome: str) -> None:
    assert judge(text, name, read) == outcome


def row(name: str, total: str) -> dict[str, Any]:
    unit = {"printed": name, "canonical": name, "code": "1", "match": "exact"}
    return {"unit": unit, "cells": {"total": cell(total, total.replace(",", "."))}}


def test_rows_are_compared_by_name_and_missing_ones_counted() -> None:
    truth = {"rows": [{"name": n, "unit": n, "total": "5,5"} for n in ("Xã A", "Xã B")]}
    document = {"tables": [{"kind": "scores", "rows": [row("Xã B", "5,5")]}]}
    found = compare(truth, document)
    assert found.outcomes == {"right": 1, "missing": 1}
    assert found.names == {"right": 1, "missing": 1}


def test_a_document_that_was_not_read_has_all_its_cells_missing() -> None:
    assert compare({"rows": [{"name": "", "unit": "Xã A", "total": "5"}]}, None).outcomes == {
        "missing": 1
    }


def finding(rule: str, unit: str, field: str | None, severity: str = "error") -> dict[str, Any]:
    blank = dict.fromkeys(("printed", "expected", "cause"))
    return {"rule": rule, "unit": unit, "field": field, "severity": severity, **blank}


ERROR = {
    "kind": "rank", "rule": "rank-mismatch", "unit": "Xã A", "units": ["Xã A"], "fields": ["rank"],
    "also": ["count-mismatch"], "right": "Tốt", "printed": "Khá", "table": "scores",
}  # fmt: skip


def test_an_error_found_under_its_rule_on_its_cell() -> None:
    result = assess([ERROR], [finding("rank-mismatch", "Xã A", "rank")])
    assert (result.found["rank"], result.rule["rank"], result.cell["rank"]) == (1, 1, 1)
    assert result.accusations == 0


def test_an_error_found_under_another_rule_and_a_stranger_accused() -> None:
    wrong = [finding("total-mismatch", "Xã A", "total"), finding("rank-mismatch", "Xã B", "rank")]
    result = assess([ERROR], wrong)
    assert (result.found["rank"], result.rule["rank"]) == (1, 0)
    assert result.accusations == 2


def test_what_follows_from_an_error_is_no_accusation() -> None:
    assert assess([ERROR], [finding("count-mismatch", "", None)]).accusations == 0


def test_false_alarms_of_a_clean_report_leave_out_notes_and_other_reports() -> None:
    told = [
        finding("rounding", "", "converted", "info"),
        finding("resubmission-conflict", "", None),
        finding("rank-mismatch", "Xã A", "rank", "warning"),
    ]
    assert assess([], told).false_alarms == 1
