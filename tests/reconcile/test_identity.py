from __future__ import annotations

from dataclasses import replace

from normalise.submission import Issuer, Submission
from reconcile.finding import Finding
from reconcile.identity import identified

REPORT = Submission(
    "a/report.pdf",
    "abc",
    "ok",
    "digital",
    4,
    issuer=Issuer("UBND huyện Tuần Giáo", "Huyện Tuần Giáo", "099"),
    period="2023-07",
    number="1004/BC-UBND",
)
FINDING = Finding(
    "total-mismatch", "error", "a/report.pdf", "total-mismatch", page=3, table="t1", row=4,
    unit="Xã Nà Tòng", unit_code="03268", field="total", printed="3,4",
)  # fmt: skip


def _ids(*findings: Finding, report: Submission = REPORT) -> list[str]:
    return [f.id for f in identified(findings, report)]


def test_an_id_stays_through_new_scans_moved_rows_and_other_findings() -> None:
    moved = replace(
        FINDING, page=4, row=9, printed="3.4", document="b/scan.pdf", severity="warning"
    )
    rescanned = replace(REPORT, path="b/scan.pdf", sha256="def", source="scan")
    other = replace(FINDING, rule="rank-mismatch", field="rank")
    assert _ids(FINDING) == _ids(moved, report=rescanned) == _ids(other, FINDING)[1:]


def test_ids_tell_findings_apart() -> None:
    others = [
        replace(FINDING, rule="converted-mismatch"),
        replace(FINDING, field="converted"),
        replace(FINDING, unit_code="03271"),
        replace(FINDING, unit_code=None),
        FINDING,
        FINDING,
    ]
    ids = _ids(*others)
    assert len(set(ids)) == len(ids)


def test_ids_tell_reports_apart() -> None:
    ids = {
        _ids(FINDING, report=report)[0]
        for report in (
            REPORT,
            replace(REPORT, period="2023-08"),
            replace(REPORT, number="1005/BC-UBND"),
            replace(REPORT, number=None),
            replace(REPORT, number=None, period=None),
            replace(REPORT, number=None, period=None, path="b/report.pdf"),
        )
    }
    assert len(ids) == 6


def test_a_report_without_a_number_is_known_under_any_file_name() -> None:
    unnumbered = replace(REPORT, number=None)
    renamed = replace(unnumbered, path="b/report.pdf")
    assert _ids(FINDING, report=unnumbered) == _ids(FINDING, report=renamed)
