"""Texts that would act on the reader's program or screen stay texts, wherever they stand."""

from __future__ import annotations

import argparse
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from audit.found import collect
from audit.run import Audit
from reconcile.shelf import Shelf
from report import audit_json, explain, letters
from report.legible import legible
from report.page import build
from report.pictures import Pictures
from report.workbook import book

TEXTS = [
    '=HYPERLINK("http://evil.example/","UBND xã")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    '@SUM(1+1)*cmd|" /C calc"!A0',
    "http://evil.example/",
    "mailto:evil@example.com",
    "external:evil.xlsx",
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "[red]bold[/red] [link=http://evil.example]x[/link]",
    "\x1b]8;;http://evil.example\x07x\x1b[31m\x00\x08\x0b",
    "UBND xã \u202efdp.exe\u2066",
    "{printed} ${css} %s &lt; ]]> \ufffe",
    "x" * 40_000,
]


@pytest.fixture(scope="module")
def hostile(audited: Audit) -> Audit:
    """The audit with a hostile text for every name, printed figure and document."""
    errors = [f for f in audited.findings if f.severity == "error"]
    findings = tuple(
        replace(
            errors[index % len(errors)],
            id=f"{index:016x}",
            unit=text,
            printed=text,
            expected=text,
            facts=tuple((name, text) for name, _ in errors[index % len(errors)].facts),
        )
        for index, text in enumerate(TEXTS)
    )
    absent = replace(findings[0], id="f" * 16, document=TEXTS[10])
    return replace(audited, findings=collect([*findings, absent], Shelf()))


def _parts(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def _sound(path: Path) -> None:
    for name, content in _parts(path):
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)
        if name.endswith(".rels"):
            assert b"evil" not in content, name


def test_in_the_workbook(hostile: Audit, pictures: Pictures, tmp_path: Path) -> None:
    path = tmp_path / "discrepancies.xlsx"
    book.write(hostile, path, tmp_path / "none.xlsx", "vi", pictures)
    _sound(path)
    sheet = load_workbook(path)["Sai lệch"]
    header = [cell.value for cell in sheet[1]]
    column = header.index("Đơn vị")
    units = [row[column] for row in sheet.iter_rows(min_row=2)]
    assert {cell.value for cell in units} >= {legible(text)[:32_767] for text in TEXTS}
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            assert cell.data_type != "f"
            assert cell.hyperlink is None or cell.hyperlink.target == "report.html"


def test_in_letters(hostile: Audit, tmp_path: Path) -> None:
    written = letters.write(hostile, tmp_path)
    assert written
    for path in written:
        _sound(path)
        body = dict(_parts(path))["word/document.xml"].decode()
        assert not re.search("w:hyperlink|w:instrText|w:fldSimple|<script|\u202e|\x1b", body)


def test_in_the_page(hostile: Audit, pictures: Pictures, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    build.write(hostile, path, "vi", pictures)
    text = path.read_text("utf-8")
    assert not re.search("<script>alert|<img|\u202e|\x1b|\x00", text)
    assert text.count("</script>") == text.count("<script")


def test_on_the_terminal(
    hostile: Audit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audit_json.write(hostile, tmp_path / "audit.json")
    for index in range(len(TEXTS)):
        asked = argparse.Namespace(id=f"{index:016x}", out=tmp_path, lang="vi")
        assert explain.run(asked) == 0
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", capsys.readouterr().out
    )
