"""An audit as data frames."""

from __future__ import annotations

import math

from audit.run import Audit
from report import frames


def test_scores_are_numbers_by_unit(audited: Audit) -> None:
    table = frames.scores(audited).set_index(["document", "unit"])
    row = table.loc[("clean.txt", "Xã Ngối Cáy")]
    assert (row["total"], row["rank"], row["period"]) == (82.0, "excellent", "2023-08")
    assert math.isnan(row["openness_1"])


def test_findings_are_worded(audited: Audit) -> None:
    table = frames.findings(audited, "en")
    assert list(table["id"]) == [f.id for f in audited.findings]
    assert table["message"].str.len().min() > 10
