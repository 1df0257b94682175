import pytest

from normalise.initials import abbreviates, has_initials
from normalise.names import Parsed, parse, spelling_key
from normalise.sections import COMMUNES, DISTRICTS, OFFICES, levels_of


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("UBND xã Tênh Phông", Parsed(True, ("xã",), False, "tênh phông")),
        ("Uỷ ban nhân dân thị xã Mường Lay", Parsed(True, ("thị xã",), False, "mường lay")),
        ("TT. Tuần Giáo", Parsed(False, ("thị trấn", "trung tâm"), True, "tuần giáo")),
        ("P.Tư pháp", Parsed(False, ("phường", "phòng"), True, "tư pháp")),
        ("UBND Thị Trấn", Parsed(True, ("thị trấn",), False, "")),
        ("Phòng khám", Parsed(False, ("phòng",), False, "khám")),
        ("Phongsa", Parsed(False, (), False, "phongsa")),
        ("Xãm", Parsed(False, (), False, "xãm")),
        ("", Parsed(False, (), False, "")),
    ],
)
def test_a_name_in_parts(text: str, parsed: Parsed) -> None:
    assert parse(text) == parsed


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Toả Tình", "Tỏa Tình"),
        ("Phòng Văn hoá", "phòng văn hóa"),
        ("Pá Mỳ", "Pá Mì"),
        ("Mƣờng", "Mường"),
        ("Kinh tế - Hạ tầng", "Kinh tế và Hạ tầng"),
        ("Giáo dục & đào tạo", "Giáo dục và Đào tạo"),
        ("UBND xã X", "Ủy ban nhân dân xã X"),
        ("Uỷ ban nhân dân", ""),
    ],
)
def test_accepted_spellings_have_one_key(one: str, two: str) -> None:
    assert spelling_key(one) == spelling_key(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Tênh Phong", "Tênh Phông"),
        ("Nà Tòng", "Na Tông"),
        ("Tỏa Tinh", "Tỏa Tình"),
        ("Xã Na Lay", "Phường Na Lay"),
        ("Tuy", "Tui"),
    ],
)
def test_other_spellings_do_not(one: str, two: str) -> None:
    assert spelling_key(one) != spelling_key(two)


@pytest.mark.parametrize(
    ("printed", "name", "fits"),
    [
        ("Lao động - TBXH", "Lao động - Thương binh và Xã hội", True),
        ("Sở LĐTB&XH", "Sở Lao động - Thương binh và Xã hội", True),
        ("VP HĐND&UBND", "Văn phòng HĐND và UBND", True),
        ("Sở KH&CN", "Sở Khoa học và Công nghệ", True),
        ("Sở KHĐT", "Sở Kế hoạch và Đầu tư", True),
        ("Sở KHĐT", "Sở Khoa học và Công nghệ", False),
        ("Tài chính - KH", "Tài chính", False),
        ("Tài chính", "Tài chính - Kế hoạch", False),
    ],
)
def test_abbreviations(printed: str, name: str, fits: bool) -> None:
    assert abbreviates(printed, name) is fits


def test_ubnd_and_capitals_are_no_abbreviation() -> None:
    assert not has_initials("UBND xã Pú Xi")
    assert not has_initials("PHÒNG TƯ PHÁP")
    assert has_initials("Phòng LĐ-TBXH")


@pytest.mark.parametrize(
    ("section", "levels"),
    [
        ("CÁC CƠ QUAN", OFFICES),
        ("UBND cấp xã", COMMUNES),
        ("CÁC CƠ QUAN CHUYÊN MÔN THUỘC UBND TỈNH", OFFICES),
        ("ỦY BAN NHÂN DÂN CÁC HUYỆN, THỊ XÃ, THÀNH PHỐ", DISTRICTS),
        ("CẤP THỊ", OFFICES),
        ("UBND CÁC XÃ PHƯỜNG", COMMUNES),
        ("UBND các xã, thị trấn", COMMUNES),
        ("II", frozenset()),
        (None, frozenset()),
    ],
)
def test_what_a_heading_announces(section: str | None, levels: frozenset[str]) -> None:
    assert levels_of(section) == levels
