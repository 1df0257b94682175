"""What is read out of a letter: one sentence and the claims in it, as data."""

from __future__ import annotations

import tomllib
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from extract.document import Document, Line, Origin, Paragraph
from normalise.claims import find_claims
from normalise.claims.prose import joined
from normalise.register import load_register
from normalise.submission import Claim, Column, FieldTable, ScoredRow, UnitMatch
from normalise.units import Scope

CASES = tomllib.loads(Path(__file__).with_name("claims.toml").read_text("utf-8"))["case"]
REGISTER = load_register()
UNITS = {
    "03226": "Xã Ta Ma",
    "x1": "Xã Mường Khong",
    "x2": "Xã Pú Xi",
    "x3": "Thị trấn Tuần Giáo",
    "x4": "Xã Tủa Chùa",
    "x5": "Sở Lao động - Thương binh và Xã hội",
    "x6": "Sở Y tế",
}
FIELDS = {
    "scores": ("progress", "online_1", "online_2", "digitisation_1", "digitisation_2", "total", "converted", "rank"),
    "fees": ("online_cases", "total_cases", "online_rate"),
    "digitisation": ("received", "received_digitised", "received_rate", "results_digitised", "results_rate"),
}  # fmt: skip


def _tables(kinds: list[str]) -> tuple[FieldTable, ...]:
    names = [*UNITS.values(), "Bộ phận Tiếp nhận và trả kết quả huyện"]
    codes = [*UNITS, "099-BPMC"]
    rows = tuple(
        ScoredRow(i, "unit", 1, None, None, UnitMatch(n, n, c, "exact", 1.0), ())
        for i, (n, c) in enumerate(zip(names, codes, strict=True))
    )
    return tuple(
        FieldTable(k, k, 1, "", tuple(Column(i, f, (f,)) for i, f in enumerate(FIELDS[k])), rows)  # type: ignore[arg-type]
        for k in kinds
    )


def claims(letter: str, kinds: list[str], origin: Origin = "text-layer") -> tuple[Claim, ...]:
    """The claims of a letter, of which each printed line makes a paragraph."""
    return claims_of([[line] for line in letter.strip().splitlines()], kinds, origin)


def claims_of(
    printed: list[list[str]], kinds: list[str], origin: Origin = "text-layer"
) -> tuple[Claim, ...]:
    """The claims of paragraphs of printed lines; every line stands on a page of its own."""
    page = count(1)
    lines = [tuple(Line(text, next(page), None) for text in texts) for texts in printed]
    paragraphs = tuple(Paragraph(group, i, origin) for i, group in enumerate(lines))
    document = Document("report.pdf", "", "ok", "digital", (), paragraphs)
    return find_claims(document, _tables(kinds), Scope(None, "2023-07"), REGISTER)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["letter"].strip()[:60])
def test_claims_are_read(case: dict[str, Any]) -> None:
    found = claims(case["letter"], case.get("tables", ["scores"]), case.get("origin", "text-layer"))
    assert [_seen(c, w) for c, w in zip(found, case["claims"], strict=True)] == case["claims"]


def _seen(claim: Claim, wanted: dict[str, Any]) -> dict[str, Any]:
    """As much of a claim as the case speaks of; empty: the claim has no such part."""
    seen: dict[str, Any] = {"kind": claim.kind, **dict(claim.detail), "text": claim.text}
    seen["units"] = [u.name for u in claim.units]
    return {k: seen.get(k, "") for k in wanted}


def test_lines_that_name_a_unit_each_are_a_list() -> None:
    letter = [
        ["* Loại Tốt - 02 đơn vị:"],
        ["UBND xã Ta Ma (88,4 điểm)", "UBND xã Pú Xi (87,5 điểm)"],
        ["* Loại Khá - 01 đơn vị:"],
        ["UBND xã Tủa Chùa (76,6 điểm)", "Đơn vị đạt điểm cao nhất là UBND xã Ta Ma (88,4 điểm)."],
    ]
    lists = [c for c in claims_of(letter, ["scores"]) if c.kind == "list"]
    named = [[u.name for u in c.units] for c in lists]
    assert named == [["Xã Ta Ma", "Xã Pú Xi"], ["Xã Tủa Chùa"]]


def test_dust_parts_no_list_of_a_scan() -> None:
    """A speck behind a line, and a page's dash between two."""
    letter = [
        ["* Loại Tốt (03 đơn vị):"],
        ["UBND xã Ta Ma - 88,4 _"],
        ["—"],
        ["UBND xã Pú Xi - 87,5", "UBND xã Tủa Chùa - 86,2"],
    ]
    lists = [c for c in claims_of(letter, ["scores"], "ocr") if c.kind == "list"]
    assert [[u.name for u in c.units] for c in lists] == [["Xã Ta Ma", "Xã Pú Xi", "Xã Tủa Chùa"]]


def test_a_claim_points_to_its_line() -> None:
    found = claims("Kết quả xếp loại như sau, trong đó có\n03 đơn vị xếp loại tốt.", ["scores"])
    assert [c.page for c in found] == [2]


def test_without_a_table_there_is_nothing_to_claim() -> None:
    assert claims("03 đơn vị xếp loại tốt.", []) == ()


ISSUER = REGISTER.find("099", "2023-07")


def named(letter: str, units: dict[str, str]) -> list[list[str]]:
    """The units of each claim of a letter of Tuần Giáo whose table lists `units`."""
    rows = tuple(
        ScoredRow(i, "unit", 1, None, None, UnitMatch(n, n, c, "exact", 1.0), ())
        for i, (c, n) in enumerate(units.items())
    )
    columns = tuple(Column(i, f, (f,)) for i, f in enumerate(FIELDS["scores"]))
    table = FieldTable("t1", "scores", 1, "", columns, rows)
    paragraph = Paragraph((Line(letter, 1, None),), 0, "text-layer")
    document = Document("report.pdf", "", "ok", "digital", (), (paragraph,))
    found = find_claims(document, (table,), Scope(ISSUER, "2023-07"), REGISTER)
    return [[u.name for u in c.units] for c in found]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("UBND xã Nà Tòng", "Xã Nà Tòng"),
        ("UBND xã Na Tòng", "Xã Nà Tòng"),
        ("UBND xã Nà Tògn", "Xã Nà Tòng"),
        ("UBND xã Na Tông", "xã Na Tông"),
        ("UBND xã Hoàng Long", "xã Hoàng Long"),
        ("Phòng TC-KH", "Phòng Tài chính - Kế hoạch"),
        ("Phòng Tài chính và KH", "Phòng Tài chính - Kế hoạch"),
        ("Phòng XYZ", "Phòng XYZ"),
    ],
)
def test_a_name_in_a_letter_means_what_it_would_in_a_table(name: str, meant: str) -> None:
    """A twin of another district and a stranger are neither taken for a unit of ours nor passed over."""
    units = {"03289": "Xã Nà Tòng", "03262": "Xã Ta Ma", "099-TCKH": "Phòng Tài chính - Kế hoạch"}
    letter = f"UBND xã Ta Ma đạt 95,0 điểm, {name} đạt 90,8 điểm."
    assert named(letter, units) == [["Xã Ta Ma"], [meant]]


PARAGRAPHS = [
    (
        ("* Xếp loại Tốt (02 đơn vị):", "UBND xã Nà Bủng - 88,82", "UBND xã Chà Tở - 84,30 - Tốt"),
        ("* Xếp loại Tốt (02 đơn vị):", "UBND xã Nà Bủng - 88,82", "UBND xã Chà Tở - 84,30 - Tốt"),
    ),
    (
        ("+ Loại Tốt - 02 đơn vị: UBND xã Thanh An; UBND", "xã Na Ư", "Các đơn vị dưới 50 điểm"),
        ("+ Loại Tốt - 02 đơn vị: UBND xã Thanh An; UBND xã Na Ư", "Các đơn vị dưới 50 điểm"),
    ),
    (
        ("Các đơn vị không có hồ sơ thanh toán trực tuyến gồm UBND xã Na Ư,", "- UBND xã Thanh An"),
        ("Các đơn vị không có hồ sơ thanh toán trực tuyến gồm UBND xã Na Ư, - UBND xã Thanh An",),
    ),
    (
        ("Gồm UBND xã Na Ư,", "- UBND xã Thanh An"),
        ("Gồm UBND xã Na Ư,", "- UBND xã Thanh An"),
    ),
]


@pytest.mark.parametrize(("lines", "found"), PARAGRAPHS)
def test_blocks_inside_a_paragraph(lines: tuple[str, ...], found: tuple[str, ...]) -> None:
    whole = Paragraph(tuple(Line(text, 1, None) for text in lines), 0, "text-layer")
    assert tuple(raw.text for raw in joined([whole])) == found
