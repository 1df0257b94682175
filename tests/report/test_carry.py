"""What an officer typed survives every next run, at the right finding or kept as resolved."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from audit.run import Audit
from reconcile.finding import Finding
from report.catalogue import Language
from report.pictures import Pictures
from report.workbook import book

CHOICES = ["", "đã xác nhận", "bỏ qua", "đã sửa", "hỏi lại huyện"]
SHEET = {"vi": "Sai lệch", "en": "Findings"}


def _write(
    audit: Audit, pictures: Pictures, path: Path, findings: list[Finding], lang: Language
) -> None:
    changed = replace(audit, findings=tuple(findings))
    unfinished = path.with_name("unfinished.xlsx")
    book.write(changed, unfinished, path, lang, pictures)
    unfinished.replace(path)


def _type(path: Path, lang: str, rng: random.Random, typed: dict[str, tuple[str, str]]) -> None:
    """Edit some rows as an officer would, remembering what was typed."""
    workbook = load_workbook(path)
    sheet = workbook[SHEET[lang]]
    for row in sheet.iter_rows(min_row=2):
        if rng.random() < 0.5:
            status, note = rng.choice(CHOICES), rng.choice(["", "=1+1", "gọi lại", "ghi chú 2"])
            row[2].value = status or None
            row[3].value = note or None
            row[3].data_type = "s" if note else "n"
            typed[str(row[0].value)] = (status, note)
    workbook.save(path)


def _read(path: Path, lang: str) -> dict[str, tuple[str, str]]:
    rows = load_workbook(path)[SHEET[lang]].iter_rows(min_row=2, values_only=True)
    return {str(r[0]): (str(r[2] or ""), str(r[3] or "")) for r in rows}


@pytest.mark.parametrize("seed", range(6))
def test_nothing_typed_is_lost_or_moved(
    audited: Audit, pictures: Pictures, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    path = tmp_path / "discrepancies.xlsx"
    pool = list(audited.findings)
    typed: dict[str, tuple[str, str]] = {}
    seen: set[str] = set()
    for _ in range(5):
        findings = [f for f in pool if rng.random() < 0.7]
        lang: Language = rng.choice(["vi", "en"])
        _write(audited, pictures, path, findings, lang)
        seen |= {f.id for f in findings}
        kept = _read(path, lang)
        assert set(kept) == seen
        assert {id: kept[id] for id in typed} == typed
        assert all(kept[id] == ("", "") for id in seen - set(typed))
        _type(path, lang, rng, typed)


def test_a_workbook_that_cannot_be_read_is_not_overwritten(
    audited: Audit, pictures: Pictures, tmp_path: Path
) -> None:
    from report.outputs import write_all

    out = replace(audited, settings=replace(audited.settings, out=tmp_path))
    (tmp_path / "discrepancies.xlsx").write_bytes(b"half a workbook")
    write_all(out, ["xlsx"], "vi")
    kept = [f for f in tmp_path.iterdir() if f.read_bytes() == b"half a workbook"]
    assert len(kept) == 1 and kept[0].name != "discrepancies.xlsx"
    assert load_workbook(tmp_path / "discrepancies.xlsx")
