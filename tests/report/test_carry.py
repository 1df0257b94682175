"""What an officer typed survives every next run, at the right finding or kept as resolved."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from audit.found import collect
from audit.run import Audit
from cli import main
from reconcile.finding import Finding
from reconcile.shelf import Shelf
from report.catalogue import Language
from report.pictures import Pictures
from report.workbook import book

CHOICES = ["", "đã xác nhận", "bỏ qua", "đã sửa", "hỏi lại huyện"]
SHEET = {"vi": "Sai lệch", "en": "Findings"}


def _write(
    audit: Audit, pictures: Pictures, path: Path, findings: list[Finding], lang: Language
) -> None:
    changed = replace(audit, findings=collect(findings, Shelf()))
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


@pytest.mark.parametrize("seed", range(4))
def test_nothing_typed_is_lost_or_moved(
    audited: Audit, pictures: Pictures, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    path = tmp_path / "discrepancies.xlsx"
    pool = list(audited.findings)
    typed: dict[str, tuple[str, str]] = {}
    seen: set[str] = set()
    for _ in range(4):
        findings = [f for f in pool if rng.random() < 0.7]
        lang: Language = rng.choice(["vi", "en"])
        _write(audited, pictures, path, findings, lang)
        seen |= {f.id for f in findings}
        kept = _read(path, lang)
        assert set(kept) == seen
        assert {id: kept[id] for id in typed} == typed
        assert all(kept[id] == ("", "") for id in seen - set(typed))
        _type(path, lang, rng, typed)


def test_the_same_run_again_writes_the_same_bytes(
    audited: Audit, pictures: Pictures, tmp_path: Path
) -> None:
    path = tmp_path / "discrepancies.xlsx"
    findings = list(audited.findings)
    written = []
    for found in (findings[:-1], findings, findings, findings[1:], findings[1:]):
        _write(audited, pictures, path, found, "vi")
        written.append(path.read_bytes())
    assert written[1] == written[2] and written[3] == written[4]
    assert len(set(written)) == 3


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


def _kept_aside(path: Path) -> list[Path]:
    return [f for f in path.parent.glob("*.xlsx") if f != path]


def _add_sheet(workbook: Workbook) -> None:
    workbook.create_sheet("Của tôi")["A1"] = "việc cần làm"


def _add_cell(workbook: Workbook) -> None:
    workbook["Sai lệch"]["Z2"] = "đã gọi điện"


def _change_cell(workbook: Workbook) -> None:
    workbook["Tóm tắt"]["A3"] = "ghi đè"


def _add_comment(workbook: Workbook) -> None:
    workbook["Sai lệch"]["A2"].comment = Comment("hỏi lại", "cán bộ")


@pytest.mark.parametrize("edit", [_add_sheet, _add_cell, _change_cell, _add_comment])
def test_what_cannot_be_carried_over_is_kept_whole(
    audited: Audit, pictures: Pictures, tmp_path: Path, edit: Callable[[Workbook], None]
) -> None:
    path = tmp_path / "discrepancies.xlsx"
    findings = list(audited.findings)
    _write(audited, pictures, path, findings, "vi")
    workbook = load_workbook(path)
    edit(workbook)
    workbook.save(path)
    before = path.read_bytes()
    _write(audited, pictures, path, findings, "vi")
    assert [f.read_bytes() for f in _kept_aside(path)] == [before]
    texts = {c for row in load_workbook(path)["Tóm tắt"].iter_rows(values_only=True) for c in row}
    assert any(_kept_aside(path)[0].name in str(text) for text in texts)


def test_status_and_note_alone_keep_nothing_aside(
    audited: Audit, pictures: Pictures, tmp_path: Path
) -> None:
    path = tmp_path / "discrepancies.xlsx"
    for _ in range(3):
        _write(audited, pictures, path, list(audited.findings), "vi")
        _type(path, "vi", random.Random(0), {})
    assert not _kept_aside(path)


def test_a_day_or_a_number_typed_as_a_note_stays_readable(
    audited: Audit, pictures: Pictures, tmp_path: Path
) -> None:
    path = tmp_path / "discrepancies.xlsx"
    _write(audited, pictures, path, list(audited.findings), "vi")
    workbook = load_workbook(path)
    sheet = workbook["Sai lệch"]
    sheet["D2"], sheet["D3"], sheet["D4"] = datetime(2026, 11, 20), 12.0, "=A1&B1"
    workbook.save(path)
    _write(audited, pictures, path, list(audited.findings), "vi")
    notes = [load_workbook(path)["Sai lệch"][f"D{line}"].value for line in (2, 3, 4)]
    assert notes == ["20/11/2026", "12", "=A1&B1"]


REPORT = (Path(__file__).parent / "inbox" / "hostile.txt").read_text("utf-8")


def _rerun(inbox: Path, out: Path) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Run the command; what the workbook then says by document, unit and explanation."""
    status = main(["audit", str(inbox), "--out", str(out), "--format", "xlsx", "-q"])
    assert status in (0, 1, 4)
    rows = load_workbook(out / "discrepancies.xlsx")["Sai lệch"].iter_rows(values_only=True)
    at = {name: i for i, name in enumerate(next(rows))}
    return {
        (str(r[at["Tài liệu"]]), str(r[at["Đơn vị"]]), str(r[at["Cột trong báo cáo"]])): (
            str(r[at["Ghi chú"]] or ""),
            str(r[at["Lần này"]]),
        )
        for r in rows
    }


def test_notes_through_runs_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file renamed and re-typed, a row moved, another report added, errors corrected and back again."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    inbox.mkdir()
    (inbox / "a.txt").write_text(REPORT, "utf-8")
    _rerun(inbox, out)
    path = out / "discrepancies.xlsx"
    workbook = load_workbook(path)
    for line, row in enumerate(workbook["Sai lệch"].iter_rows(min_row=2), 2):
        row[3].value = f"{row[6].value} {line}"
    workbook.save(path)
    typed = {key: note for key, (note, _) in _rerun(inbox, out).items()}
    assert all(note.startswith(unit) for (_, unit, _), note in typed.items())

    (inbox / "a.txt").unlink()
    moved = REPORT.splitlines()
    moved.append(moved.pop(-8))
    (inbox / "moved.txt").write_text("\n".join(moved), "utf-8")
    other = REPORT.replace("tháng 8 năm", "tháng 7 năm").replace("THÁNG 8", "THÁNG 7")
    (inbox / "other.txt").write_text(other.replace("Số: 12", "Số: 11"), "utf-8")
    found = _rerun(inbox, out)
    for (_, unit, column), note in typed.items():
        assert found["moved.txt", unit, column] == (note, "đã có lần trước")
    assert all(note == "" for (file, _, _), (note, _) in found.items() if file == "other.txt")

    (inbox / "moved.txt").write_text(REPORT.replace("82,90", "82,00"), "utf-8")
    corrected = _rerun(inbox, out)
    gone = {key for key, (_, state) in corrected.items() if state == "đã hết"}
    assert ("moved.txt", "Xã Ngối Cáy", "ĐIỂM ĐẠT ĐƯỢC") in gone
    assert {k: note for k, (note, _) in corrected.items() if k in found} == {
        k: note for k, (note, _) in found.items()
    }

    (inbox / "moved.txt").write_text(REPORT, "utf-8")
    back = _rerun(inbox, out)
    for (_, unit, column), note in typed.items():
        assert back["moved.txt", unit, column] == (note, "đã có lần trước")
    assert not _kept_aside(path)
