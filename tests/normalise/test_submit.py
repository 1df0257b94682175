"""Whole documents: methodology, marks and units together; the real reports where they are at hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from extract.read import read
from normalise.register import load_register
from normalise.submission import ScoredRow, Submission
from normalise.submit import submit
from tests.normalise.build import SCORES_459, UNIT_ROW, document, row, table

SHARED = Path(__file__).parents[3] / "shared" / "reports"
CELLS = ("", *UNIT_ROW)
CRITERIA = (("STT",), ("Đơn vị",), *((f"Tiêu chí {k}",) for k in range(1, 10)), ("Tổng điểm",))


def meaning(
    lines: Sequence[str], *, criteria: bool = False, methodology: str | None = None
) -> Submission:
    scores = table(SCORES_459, row("1", "UBND xã Chiềng Đông", *CELLS))
    nine = table(CRITERIA, row("1", "UBND xã Chiềng Đông", *["2"] * 9, "18"))
    read_document = document(lines, nine if criteria else scores)
    return submit(read_document, load_register(), methodology)


TITLE = ("HUYỆN TUẦN GIÁO", "BÁO CÁO", "Kết quả tháng 7 năm 2023")
OLD_TITLE = ("HUYỆN TUẦN GIÁO", "BÁO CÁO", "Kết quả năm 2021")


@pytest.mark.parametrize(
    ("lines", "criteria", "methodology"),
    [
        ((*TITLE, "Căn cứ Quyết định số 459/QĐ-UBND"), False, "dien-bien-459-2023"),
        ((*TITLE, "Căn cứ Quyết định số 1187/QĐ-UBND"), True, "dien-bien-1187-2019"),
        (
            (*TITLE, "Căn cứ Quyết định 459/QĐ-UBND thay thế Quyết định 1187/QĐ-UBND"),
            False,
            "dien-bien-459-2023",
        ),
        (TITLE, False, "dien-bien-459-2023"),
        (OLD_TITLE, True, "dien-bien-1187-2019"),
        (OLD_TITLE, False, None),
    ],
)
def test_the_methodology_is_chosen(
    lines: Sequence[str], criteria: bool, methodology: str | None
) -> None:
    assert meaning(lines, criteria=criteria).methodology == methodology


def test_the_methodology_can_be_overruled() -> None:
    assert meaning(TITLE, methodology="another").methodology == "another"


def test_units_are_matched_within_the_issuer() -> None:
    found = meaning(TITLE)
    assert found.issuer is not None
    assert found.issuer.canonical == "Huyện Tuần Giáo"
    (only,) = found.tables[0].rows
    assert only.unit.canonical == "Xã Chiềng Đông"
    assert found.tables[0].title == "Kết quả tháng 7 năm 2023"


REPORTS = sorted((SHARED / "digital").glob("*.pdf"))


@pytest.mark.skipif(not REPORTS, reason="the real reports are not at hand")
@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_every_cell_of_the_real_reports(path: Path) -> None:
    truth = json.loads((SHARED / "truth" / f"{path.stem}.json").read_text(encoding="utf-8"))
    found = submit(read(path, path.name), load_register(), None)
    assert found.period == truth["period"]
    scores = next(t for t in found.tables if t.kind == "scores")
    rows = [r for r in scores.units() if any(e.value is not None for e in r.entries)]
    wanted = {
        (r["unit"], field): text
        for r in truth["rows"]
        for field, text in r.items()
        if field not in ("name", "unit")
    }
    in_order = dict(zip((r["unit"] for r in truth["rows"]), rows, strict=True))
    got = {}
    for unit, field in wanted:
        entry = in_order[unit].entry(field)
        got[unit, field] = entry.printed.partition("/")[0].strip() if entry else None
    assert got == wanted
    names_are_right(rows, truth)


# The truth files give the one-stop offices their district's name; the register calls them otherwise.
OTHERWISE = {
    "Bộ phận Tiếp nhận và trả kết quả huyện Tuần Giáo": "Bộ phận Tiếp nhận và trả kết quả huyện",
    "Bộ phận Tiếp nhận và Trả kết quả thị xã Mường Lay": "Thị xã Mường Lay",
}
MISSPELT = ("UBND xã Tênh Phong", "UBND xã Tỏa Tinh")


def names_are_right(rows: list[ScoredRow], truth: dict[str, Any]) -> None:
    """Every unit is the right one, and how it is spelt is said as the contract has it. Rows of units without a
    score are not in the truth files."""
    expected = [OTHERWISE.get(r["name"], r["name"]) for r in truth["rows"]]
    units = [r.unit for r in rows if r.unit.code is None or r.unit.canonical in expected]
    assert [u.canonical for u in units] == expected
    for unit in units:
        spelt = "misspelt" if unit.printed in MISSPELT else "variant"
        assert unit.match == ("exact" if unit.printed == unit.canonical else spelt), unit


TEXTS = sorted((SHARED / "text").glob("*.txt"))


@pytest.mark.skipif(not TEXTS, reason="the real reports are not at hand")
@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_every_name_of_the_real_texts(path: Path) -> None:
    report = path.stem.removesuffix("-ocr")
    truth = json.loads((SHARED / "truth" / f"{report}.json").read_text(encoding="utf-8"))
    found = submit(read(path, path.name), load_register(), None)
    scores = [r for t in found.tables if t.kind == "scores" for r in t.units()]
    names_are_right(scores, truth)
