"""Letters: addressed, in the decree's form, with errors of the report only, hostile texts as texts."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document

from audit.run import Audit
from report import letters


@pytest.fixture(scope="module")
def written(audited: Audit, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return letters.write(audited, tmp_path_factory.mktemp("letters"))


def _texts(path: Path) -> str:
    document = Document(str(path))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_one_letter_for_each_unit_with_errors(written: list[Path], audited: Audit) -> None:
    wrong = {f.document for f in audited.findings if f.severity == "error" and f.cause == "report"}
    issuers = {
        e.submission.issuer.code
        for e in audited.examinations()
        if e.submission.path in wrong and e.submission.issuer
    }
    assert {p.name.split("-")[0] for p in written} == issuers


def test_the_letter_asks_for_each_error_and_nothing_else(
    written: list[Path], audited: Audit
) -> None:
    letter = next(p for p in written if p.name.startswith("102-"))
    text = _texts(letter)
    assert "Ủy ban nhân dân huyện Mường Ảng" in text
    errors = [
        f for f in audited.findings if f.severity == "error" and f.document.startswith("=HYPERLINK")
    ]
    rows = Document(str(letter)).tables[1].rows[1:]
    assert len(rows) == len(errors) > 0
    assert "82,90" in text and "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text


def test_hostile_names_are_no_fields_or_links(written: list[Path]) -> None:
    for path in written:
        xml = Document(str(path)).element.xml
        assert "w:hyperlink" not in xml and "w:fldSimple" not in xml and "<script" not in xml


def test_libreoffice_opens_them(written: list[Path], tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(written[0])]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / f"{written[0].stem}.pdf").stat().st_size > 5000
