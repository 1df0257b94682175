"""The workbook opened again: sheets, types, formulas, texts that must stay texts, same bytes."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from audit.run import Audit
from report.catalogue import catalogue
from report.pictures import Pictures
from report.workbook import book
from tests.report.conftest import HOSTILE_NAME

SHEETS = [
    "Tóm tắt",
    "Sai lệch",
    "Điểm tính lại",
    "Nhận định",
    "Tình hình nộp",
    "Ghép tên",
    "Đọc lại",
    "Không kiểm được",
]
WORDS = catalogue("vi")


@pytest.fixture(scope="module")
def file(audited: Audit, pictures: Pictures, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "discrepancies.xlsx"
    book.write(audited, path, path, "vi", pictures)
    return path


def _table(path: Path, sheet: str) -> list[dict[str, Any]]:
    rows = list(load_workbook(path)[sheet].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_sheets_stand_in_order(file: Path) -> None:
    names = load_workbook(file).sheetnames
    assert [n for n in names if not re.match(r"Điểm tính lại \d", n)] == SHEETS


def test_every_finding_has_its_row(file: Path, audited: Audit) -> None:
    rows = _table(file, "Sai lệch")
    assert [r["Mã"] for r in rows] == [f.id for f in audited.findings]
    assert all(r["Giải thích"] and r["Tài liệu"] and r["Mức độ"] for r in rows)


def test_figures_are_numbers(file: Path) -> None:
    row = next(r for r in _table(file, "Sai lệch") if r["Đơn vị"] == "Xã Ngối Cáy")
    assert (row["Số trong báo cáo"], row["Số tính lại"]) == (82.9, 82)


def test_nothing_from_a_document_is_a_formula_or_a_link(file: Path) -> None:
    workbook = load_workbook(file)
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert "HYPERLINK" not in str(cell.value) and "cmd" not in str(cell.value)
                if cell.hyperlink is not None:
                    assert cell.hyperlink.target == "report.html"


def test_hostile_texts_are_there_as_texts(file: Path) -> None:
    workbook = load_workbook(file)
    cells = [c for row in workbook["Ghép tên"].iter_rows() for c in row]
    hostile = [c for c in cells if str(c.value).startswith(("=HYPERLINK", "+cmd", "<script>"))]
    assert {c.value for c in hostile} >= {HOSTILE_NAME, "<script>alert(1)</script>"}
    assert all(c.data_type in "s" or c.data_type == "inlineStr" for c in hostile)


def test_formulas_agree_with_the_printed_scores(file: Path) -> None:
    rows = _table(file, "Điểm tính lại")[1:]
    assert rows and all(str(r["Điểm đạt được (tính lại)"]).startswith("=SUM(") for r in rows)


def test_files_and_their_fingerprints_stand_in_the_summary(file: Path, audited: Audit) -> None:
    texts = {c for row in load_workbook(file)["Tóm tắt"].iter_rows(values_only=True) for c in row}
    assert {e.submission.sha256 for e in audited.examinations()} <= texts
    assert {k.input.shown for k in audited.documents} <= texts


def test_a_file_not_read_is_among_what_was_not_checked(file: Path) -> None:
    rows = _table(file, "Không kiểm được")
    assert any(r["Tài liệu"] == "broken.pdf" and r["Lý do"] for r in rows)


def test_same_input_same_bytes(
    audited: Audit, pictures: Pictures, file: Path, tmp_path: Path
) -> None:
    again = tmp_path / "discrepancies.xlsx"
    book.write(audited, again, again, "vi", pictures)
    assert again.read_bytes() == file.read_bytes()


def test_english(audited: Audit, pictures: Pictures, tmp_path: Path) -> None:
    path = tmp_path / "discrepancies.xlsx"
    book.write(audited, path, path, "en", pictures)
    assert load_workbook(path).sheetnames[:2] == ["Summary", "Findings"]


def test_libreoffice_computes_the_same_verdicts(file: Path, tmp_path: Path) -> None:
    """Every formula, computed again by a real spreadsheet, gives the value we wrote beside it."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    ours = load_workbook(file, data_only=True)["Điểm tính lại"]
    theirs = load_workbook(tmp_path / file.name, data_only=True)["Điểm tính lại"]
    formulas = load_workbook(file)["Điểm tính lại"]
    compared = 0
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type != "f":
                continue
            mine, other = (s.cell(cell.row, cell.column).value for s in (ours, theirs))
            if isinstance(mine, str) or mine is None:
                assert (mine or "") == (other or ""), cell.coordinate
            else:
                assert abs(mine - other) < 1e-9, cell.coordinate
            compared += 1
    assert compared > 100


def test_the_file_is_a_sound_archive(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
