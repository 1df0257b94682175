from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.honest import submission_of
from normalise.register import Register
from reconcile.examine import examine
from tests.reconcile.sheets import METHODOLOGIES, ROWS_459, examined, sheet

TRUTH = Path(__file__).parents[3] / "shared" / "reports" / "truth"
"""The five real reports' tables, keyed by hand; outside the repository."""

KNOWN = {
    "dien-bien-province-2023-07": {
        ("Sở Khoa học và Công nghệ", "converted-mismatch", "converted"),
        ("Sở Tài nguyên và Môi trường", "converted-mismatch", "converted"),
    },
}
"""Errors of the reports themselves: 50,02 of 55 is 90,95, printed 91,27; 68,53 of 90 is 76,14, printed 74,14."""


def test_findings_stand_in_the_order_of_the_table_and_have_ids() -> None:
    submission = sheet(
        ROWS_459, {5: {"total": "47,31"}, 2: {"converted": "9,1"}, 0: {"rank": "Yếu"}}
    )
    result = examine(submission, METHODOLOGIES, Register(()))
    errors = [f for f in result.findings if f.severity == "error"]
    assert [f.row for f in errors] == [0, 2, 5]
    assert len({f.id for f in result.findings}) == len(result.findings)
    assert len(result.recomputed) == len(ROWS_459)


def test_every_rule_that_had_a_subject_is_counted() -> None:
    tallies = {t.rule: t for t in examine(sheet(ROWS_459), METHODOLOGIES, Register(())).tallies}
    assert tallies["total-mismatch"].passed == len(ROWS_459)
    assert tallies["score-out-of-range"].passed == 9 * len(ROWS_459)
    assert {"converted-mismatch", "rank-mismatch", "order-broken", "rounding"} <= set(tallies)


@pytest.mark.skipif(not TRUTH.is_dir(), reason="the real reports' tables are not here")
@pytest.mark.parametrize("path", sorted(TRUTH.glob("*.json")), ids=lambda p: p.stem)
def test_real_rows_are_accused_of_nothing_but_their_own_errors(path: Path) -> None:
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    methodology = METHODOLOGIES[
        "dien-bien-1187-2019" if "criterion_1" in rows[0] else "dien-bien-459-2023"
    ]
    fields = [
        *(p.field for p in methodology.parts),
        "total",
        "converted",
        "officer_average",
        "rank",
    ]
    mark = "." if "." in rows[0]["total"] else ","
    cells = [{f: row[f].replace(mark, ",") for f in fields if f in row} for row in rows]
    findings, _ = examined(submission_of(methodology, cells))
    errors = {
        (rows[f.row or 0]["name"], f.rule, f.field) for f in findings if f.severity == "error"
    }
    assert errors == KNOWN.get(path.stem, set())
    assert not [f for f in findings if f.severity == "warning" and f.rule != "order-broken"]


def test_the_real_rows_are_all_there() -> None:
    if not TRUTH.is_dir():
        pytest.skip("the real reports' tables are not here")
    files = [json.loads(p.read_text(encoding="utf-8")) for p in TRUTH.glob("*.json")]
    assert sum(Decimal(len(f["rows"])) for f in files) == 92
