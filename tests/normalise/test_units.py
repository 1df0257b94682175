import json
import unicodedata
from pathlib import Path

import pytest

from extract.document import Reading
from normalise.register import Register, load_register
from normalise.submission import UnitMatch
from normalise.units import PrintedName, Scope, match_table

TRUTH = Path(__file__).parents[3] / "shared" / "reports" / "truth"
REPORTS = {
    "tuan-giao-2023-07": "099",
    "tuan-giao-2022": "099",
    "dien-bien-phu-2023-12": "094",
    "muong-lay-2024-11": "095",
    "dien-bien-province-2023-07": "DB-VP",
}
# The truth files give the one-stop offices their district's name; the register calls them otherwise.
OTHERWISE = {
    "Bộ phận Tiếp nhận và trả kết quả huyện Tuần Giáo": "Bộ phận Tiếp nhận và trả kết quả huyện",
    "Bộ phận Tiếp nhận và Trả kết quả thị xã Mường Lay": "Thị xã Mường Lay",
}


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


def scope(register: Register, code: str, when: str) -> Scope:
    return Scope(register.find(code, when), when)


def one(
    register: Register,
    code: str,
    when: str,
    text: str,
    section: str | None = None,
    ocr: bool = False,
) -> UnitMatch:
    name = PrintedName(text, section, ocr)
    return match_table([name], scope(register, code, when), register)[0]


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("ocr", [False, True])
def test_every_name_of_the_reports_is_right(register: Register, report: str, ocr: bool) -> None:
    file = TRUTH / f"{report}.json"
    if not file.exists():
        pytest.skip("the reports are not beside the repository")
    truth = json.loads(file.read_text("utf-8"))
    names = [PrintedName(r["unit"], ocr=ocr) for r in truth["rows"]]
    found = match_table(names, scope(register, REPORTS[report], truth["period"]), register)
    expected = [OTHERWISE.get(r["name"], r["name"]) for r in truth["rows"]]
    assert [m.canonical for m in found] == expected


@pytest.mark.parametrize(
    ("issuer", "text", "canonical", "match"),
    [
        ("099", "Xã Tênh Phông", "Xã Tênh Phông", "exact"),
        ("099", "UBND xã Tênh Phông", "Xã Tênh Phông", "variant"),
        ("099", "ỦY BAN NHÂN DÂN XÃ TÊNH PHÔNG", "Xã Tênh Phông", "variant"),
        ("099", "Tênh Phông", "Xã Tênh Phông", "variant"),
        ("099", "UBND xã Toả Tình", "Xã Tỏa Tình", "variant"),
        ("099", unicodedata.normalize("NFD", "UBND xã Tỏa Tình"), "Xã Tỏa Tình", "variant"),
        ("099", "UBND xã Mƣờng Khong", "Xã Mường Khong", "variant"),
        ("096", "Xã Pá Mì", "Xã Pá Mỳ", "variant"),
        ("096", "Xã Huổi Lếch", "Xã Huổi Lếnh", "variant"),
        ("099", "UBND TT. Tuần Giáo", "Thị trấn Tuần Giáo", "variant"),
        ("099", "UBND TT Tuần Giáo", "Thị trấn Tuần Giáo", "variant"),
        ("097", "UBND thị trấn", "Thị trấn Mường Chà", "variant"),
        ("099", "UBND huyện Tuần Giáo", "Huyện Tuần Giáo", "variant"),
        ("099", "UBND huyện", "Huyện Tuần Giáo", "variant"),
        ("094", "P. Noong Bua", "Phường Noong Bua", "variant"),
        ("11", "UBND TX Mường Lay", "Thị xã Mường Lay", "variant"),
        ("11", "UBND TP. Điện Biên Phủ", "Thành phố Điện Biên Phủ", "variant"),
        ("099", "UBND xã Tênh Phông, huyện Tuần Giáo", "Xã Tênh Phông", "variant"),
        ("099", "Lao động - TBXH", "Phòng Lao động - Thương binh và Xã hội", "variant"),
        ("099", "Phòng LĐ-TB&XH", "Phòng Lao động - Thương binh và Xã hội", "variant"),
        ("099", "P. Tư pháp", "Phòng Tư pháp", "variant"),
        ("11", "Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn", "variant"),
        ("11", "Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch", "variant"),
        ("097", "VP HĐND&UBND", "Văn phòng HĐND và UBND huyện", "variant"),
        ("097", "Phòng Tài chính - KH", "Phòng Tài chính - Kế hoạch", "variant"),
        ("097", "Bộ phận TN&TKQ huyện", "Bộ phận Tiếp nhận và trả kết quả huyện", "variant"),
        ("095", "Bộ phận Tiếp nhận và Trả kết quả UBND thị xã", "Thị xã Mường Lay", "variant"),
        ("097", "P. TN&MT", "Phòng Tài nguyên và Môi trường", "variant"),
        ("097", "CN VPĐKĐĐ", "Chi nhánh Văn phòng Đăng ký đất đai", "variant"),
        ("097", "BCH QS", "Ban Chỉ huy Quân sự huyện", "variant"),
        ("097", "Chi cục Thuế", "Chi cục Thuế huyện", "variant"),
        ("097", "Ban QLDA", "Ban Quản lý dự án huyện", "variant"),
        ("097", "BP TN&TKQ", "Bộ phận Tiếp nhận và trả kết quả huyện", "variant"),
        ("097", "UBND xã Hừa Ngài, H. Mường Chà", "Xã Hừa Ngài", "variant"),
        ("097", "UBND xã Hừa Ngài (khu vực III)", "Xã Hừa Ngài", "variant"),
        ("094", "xã Nà Tấu - TP Điện Biên Phủ", "Xã Nà Tấu", "variant"),
        ("097", "1. UBND xã Hừa Ngài", "Xã Hừa Ngài", "variant"),
        ("097", "UBNDxã Hừa Ngài", "Xã Hừa Ngài", "variant"),
        ("097", "xã Pa Ham, huyện Mường Chà, tỉnh Điện Biên", "Xã Pa Ham", "variant"),
        ("094", "UBND P. Him Lam, TP. ĐBP", "Phường Him Lam", "variant"),
        ("094", "VP HĐND - UBND TP", "Văn phòng HĐND và UBND thành phố", "variant"),
        ("11", "UBND TP ĐBP", "Thành phố Điện Biên Phủ", "variant"),
        ("11", "Công an tỉnh", "Công an tỉnh", "exact"),
        ("099", "UBND xã Tênh Phong", "Xã Tênh Phông", "misspelt"),
        ("099", "UBND xã Tỏa Tinh", "Xã Tỏa Tình", "misspelt"),
        ("099", "UBND xã Mường Khnog", "Xã Mường Khong", "misspelt"),
        ("099", "UBND xã Quài Căng", "Xã Quài Cang", "misspelt"),
        ("095", "UBND xã Na Lay", "Phường Na Lay", "misspelt"),
        ("11", "UBND huyện Mường Lay", "Thị xã Mường Lay", "misspelt"),
        ("099", "UBND xã Thanh Minh", None, "unmatched"),
        ("099", "UBND xã Na Tông", None, "unmatched"),
        ("099", "UBND phường Bến Nghé", None, "unmatched"),
        ("099", "TỔNG SỐ", None, "unmatched"),
    ],
)
def test_typed_names(
    register: Register, issuer: str, text: str, canonical: str | None, match: str
) -> None:
    found = one(register, issuer, "2024-03", text)
    assert (found.canonical, found.match) == (canonical, match)


def test_a_wrong_kind_word_is_said_so(register: Register) -> None:
    found = one(register, "095", "2024-03", "UBND xã Na Lay")
    assert found.note == "kind"
    assert dict(found.note_facts) == {"printed_kind": "xã", "kind": "phường"}


def test_a_unit_of_another_district_is_said_so(register: Register) -> None:
    found = one(register, "099", "2024-03", "UBND xã Na Tông")
    assert found.note == "other-issuer"
    assert dict(found.note_facts) == {"other": "Xã Na Tông", "parent": "Huyện Điện Biên"}


def test_a_living_unit_is_named_before_an_ended_one_of_its_name(register: Register) -> None:
    found = one(register, "03127", "2025-12", "UBND phường Mường Thanh")
    assert (found.note, dict(found.note_facts)["parent"]) == ("other-issuer", "Tỉnh Điện Biên")


def test_a_unit_that_has_been_merged_is_said_so(register: Register) -> None:
    found = one(register, "11", "2025-12", "UBND xã Mường Báng")
    assert (found.match, found.note) == ("unmatched", "other-era")
    assert dict(found.note_facts) == {
        "other": "Xã Mường Báng",
        "day": "01/07/2025",
        "successor": "Xã Tủa Chùa",
    }


def test_the_report_s_day_chooses_the_unit(register: Register) -> None:
    assert one(register, "099", "2025-06", "UBND xã Pú Nhung").code == "03271"
    assert one(register, "11", "2025-07", "UBND xã Pú Nhung").code == "03260"


def test_the_section_tells_a_town_from_its_district(register: Register) -> None:
    in_section = one(register, "099", "2024", "Tuần Giáo", "UBND cấp xã")
    assert in_section.canonical == "Thị trấn Tuần Giáo"
    without = one(register, "099", "2024", "Tuần Giáo")
    assert without.match == "ambiguous"
    assert set(without.rivals) == {"Thị trấn Tuần Giáo", "Huyện Tuần Giáo"}


@pytest.mark.parametrize(
    ("issuer", "text", "canonical"),
    [
        ("11", "UBND thj xa Mudng Lay", "Thị xã Mường Lay"),
        ("11", "UBND huyén Tuin Gido", "Huyện Tuần Giáo"),
        ("11", "UBND huyén Dién Bién Dong", "Huyện Điện Biên Đông"),
        ("11", "UBND huyén Dién Bién", "Huyện Điện Biên"),
        ("11", "UBND thanh phé Pién Bién Pha", "Thành phố Điện Biên Phủ"),
        ("11", "SoYté", "Sở Y tế"),
        ("11", "S&Nbi vu", "Sở Nội vụ"),
        ("099", "UBND x4 Tenh Phong", "Xã Tênh Phông"),
        ("099", "LBND xã Nà Sáy", "Xã Nà Sáy"),
        ("099", "(BNDĐ xã Mùn Chung", "Xã Mùn Chung"),
        ("100", "Úy ban nhân dân xã Thanh Xương", "Xã Thanh Xương"),
        ("100", "UBNDxã Phu Luong . _", "Xã Phu Luông"),
        ("097", "TT Mường Chà", "Thị trấn Mường Chà"),
        ("097", "UBND TT.", "Thị trấn Mường Chà"),
        ("097", "P. TN&MT", "Phòng Tài nguyên và Môi trường"),
        ("097", "Phòng LĐ-TB&XH", "Phòng Lao động - Thương binh và Xã hội"),
        ("097", "Phdng LD-TB&XH", "Phòng Lao động - Thương binh và Xã hội"),
        ("094", "xã Nà Tấu - TP Điện Biên Phủ", "Xã Nà Tấu"),
        ("094", "Thanh tra", "Thanh tra thành phố"),
        ("11", "Sở CT", "Sở Công Thương"),
        ("11", "H. Tuần Giáo", "Huyện Tuần Giáo"),
    ],
)
def test_names_read_by_ocr(register: Register, issuer: str, text: str, canonical: str) -> None:
    found = one(register, issuer, "2023-07", text, ocr=True)
    assert found.canonical == canonical
    assert found.match in ("exact", "variant")


def test_the_next_best_reading_counts(register: Register) -> None:
    readings = (Reading("UBND xã ~~", 0.6, "ocr"), Reading("UBND xã Pú Xi", 0.3, "ocr-retry"))
    name = PrintedName("UBND xã ~~", ocr=True, readings=readings)
    found = match_table([name], scope(register, "099", "2023"), register)[0]
    assert found.canonical == "Xã Pú Xi"


def test_twins_are_not_told_apart_by_guessing(register: Register) -> None:
    found = one(register, "11", "2025-12", "UBND xa Muong Nh", ocr=True)
    assert found.match == "ambiguous"
    assert set(found.rivals) == {"Xã Mường Nhé", "Xã Mường Nhà"}


def test_the_other_rows_count_between_twins(register: Register) -> None:
    twin, clear = (
        PrintedName("UBND xa Muong Nh", ocr=True),
        PrintedName("UBND xã Mường Nhé", ocr=True),
    )
    in_2025 = scope(register, "11", "2025-12")
    assert match_table([twin], in_2025, register)[0].rivals[0] == "Xã Mường Nhé"
    assert match_table([twin, clear], in_2025, register)[0].rivals[0] == "Xã Mường Nhà"


def test_a_name_without_any_marks_is_no_misspelling(register: Register) -> None:
    found = one(register, "099", "2023-07", "UBND xa Muong Thin")
    assert (found.canonical, found.match, found.note) == ("Xã Mường Thín", "variant", "no-marks")


def test_a_table_that_another_program_read_is_not_accused(register: Register) -> None:
    texts = [
        "UBND huyén Tuin Gido",
        "UBND thj xa Mudng Lay",
        "UBND huyén Nam P6",
        "UBND huyén Taa Chua",
    ]
    found = match_table([PrintedName(t) for t in texts], scope(register, "11", "2023-07"), register)
    assert [m.code for m in found] == ["099", "095", "103", "098"]
    assert all(m.ocr and m.match == "variant" for m in found)


def test_a_unit_spelt_twice_is_given_twice(register: Register) -> None:
    names = [PrintedName("UBND xã Pú Xi"), PrintedName("UBND xã Pú Xi")]
    found = match_table(names, scope(register, "099", "2023"), register)
    assert [m.code for m in found] == ["03269", "03269"]


def test_the_names_tell_an_unknown_issuer(register: Register) -> None:
    texts = ["UBND xã Pú Xi", "UBND xã Ta Ma", "UBND xã Nà Sáy", "UBND xã Quài Tở"]
    found = match_table([PrintedName(t) for t in texts], Scope(None, "2023"), register)
    assert all(m.code for m in found)


def test_without_issuer_or_agreement_nothing_is_accepted(register: Register) -> None:
    found = match_table([PrintedName("UBND xã Thanh An")], Scope(None, "2023"), register)[0]
    assert (found.canonical, found.match) == (None, "ambiguous")
    assert found.rivals == ("Xã Thanh An",)


def test_an_office_s_own_alias_applies_and_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "aliases.csv"
    file.write_text(
        "code,official_name,alias,note\n03253,Thị trấn Tuần Giáo,Khối phố,\n", encoding="utf-8"
    )
    own = load_register(None, file)
    found = one(own, "099", "2023", "UBND Khối phố")
    assert (found.code, found.note) == ("03253", "office-alias")


def test_every_unit_is_itself_in_its_issuer_s_report(register: Register) -> None:
    for when in ("2023-07", "2025-12"):
        for head in register.on(when).units:
            if head.level not in ("province", "district"):
                continue
            units = [
                u
                for u in register.children(head)
                if u.exists(None) and u in register.on(when).units
            ]
            found = match_table([PrintedName(u.name) for u in units], Scope(head, when), register)
            assert [(m.code, m.match) for m in found] == [(u.code, "exact") for u in units]


def test_nothing_to_match(register: Register) -> None:
    assert match_table([], scope(register, "099", "2023"), register) == ()
    assert one(register, "099", "2023", "").match == "unmatched"


@pytest.mark.parametrize("ocr", [False, True])
def test_a_kind_word_alone_is_no_unit(register: Register, ocr: bool) -> None:
    """Mường Lay had one commune; `xã` may still be the end of a name broken over lines."""
    found = one(register, "095", "2024-11", "xã", ocr=ocr)
    assert (found.match, found.code) == ("ambiguous", None)


def test_the_only_one_of_its_kind_may_go_by_it(register: Register) -> None:
    assert one(register, "099", "2022", "UBND Thị Trấn").canonical == "Thị trấn Tuần Giáo"


def test_a_bare_name_is_of_the_level_of_its_like(register: Register) -> None:
    """Mường Nhé is the district's name and a commune's."""
    communes = ["Sín Thầu", "Chung Chải", "Nậm Kè", "Mường Nhé"]
    at = scope(register, "096", "2024-05")
    found = match_table([PrintedName(n) for n in communes], at, register)
    assert [m.canonical for m in found] == [f"Xã {n}" for n in communes]
    alone = match_table([PrintedName(n) for n in communes[2:]], at, register)
    assert alone[-1].match == "ambiguous"


@pytest.mark.parametrize(
    ("read", "unit"),
    [
        ("UBND xã Nà Sáy W4", "Xã Nà Sáy"),
        ("TN UBND xã Nà Sáy |ÑÒ \\_", "Xã Nà Sáy"),
        ("Iví * xã Nà Sáy", None),
        ("Công an xã Nà Sáy W4", None),
        ("UBND xã Nà W4", None),
    ],
)
def test_what_a_seal_leaves_beside_a_scanned_name_is_no_part_of_it(
    register: Register, read: str, unit: str | None
) -> None:
    assert one(register, "099", "2023", read, ocr=True).canonical == unit


@pytest.mark.parametrize(
    ("read", "units"),
    [
        (("UBND xã Nà Sáy W4 |ÑÒ", "UBND xã Nà Sáy"), [None, "Xã Nà Sáy"]),
        (("UBND xã Nà Sáy W4 |ÑÒ", "TN UBND xã Nà Sáy W4"), ["Xã Nà Sáy", None]),
    ],
)
def test_a_name_beside_dirt_is_no_unit_that_another_row_is(
    register: Register, read: tuple[str, str], units: list[str | None]
) -> None:
    names = [PrintedName(n, ocr=True) for n in read]
    found = match_table(names, scope(register, "099", "2023"), register)
    assert [match.canonical for match in found] == units
