import unicodedata
from typing import Any

import pytest

from extract.encoding import clean, decode, detect, repair
from extract.syllables import is_syllable

SENTENCE = (
    "Kết quả đánh giá chất lượng phục vụ người dân, doanh nghiệp của huyện Tuần Giáo: "
    "xã Tênh Phông, Mường Mùn, Quài Tở, Rạng Đông, thị trấn; tỷ lệ số hóa hồ sơ 12,5"
)

_VNI_TONE = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_BOTH = {
    "\u0306": {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"},
    "\u0302": {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"},
}
_VNI_ALONE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}


def to_tcvn3(text: str) -> str:
    from extract.encoding import _TCVN3

    back = {letter: code for code, letter in _TCVN3.items() if code not in "μ∙•"}
    return "".join(back.get(c, c) for c in text)


def to_vni(text: str) -> str:
    return "".join(_vni_letter(c) for c in text)


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    if small in _VNI_ALONE:
        code = _VNI_ALONE[small]
    else:
        base, *marks = list(unicodedata.normalize("NFD", small))
        base = {"ơ": "ô", "ư": "ö"}.get(base, base)
        if "\u031b" in marks:
            base = {"o": "ô", "u": "ö"}[base]
        tone = "".join(m for m in marks if m in _VNI_TONE)
        shape = next((m for m in marks if m in _VNI_BOTH), None)
        code = base + (_VNI_BOTH[shape][tone] if shape else _VNI_TONE.get(tone, ""))
    return code.upper() if letter.isupper() else code


def test_tcvn3_is_recognised_and_decoded() -> None:
    # TCVN3 has no accented capitals; đ does.
    assert repair(to_tcvn3(SENTENCE)) == SENTENCE


def test_tcvn3_whose_u_horn_became_a_hyphen() -> None:
    assert repair(to_tcvn3(SENTENCE).replace("\xad", "-")) == SENTENCE


@pytest.mark.parametrize(("typed", "read"), [("Sè: 67/BC-UBND", "67/BC-UBND"), ("H-NG", "HƯNG")])
def test_tcvn3_hyphen_between_capitals(typed: str, read: str) -> None:
    assert clean(decode(typed, "tcvn3")).endswith(read)


def test_tcvn3_capital_font() -> None:
    assert decode(to_tcvn3("ủy ban nhân dân"), "tcvn3", "ABCDEF+.VnTimeH") == "ỦY BAN NHÂN DÂN"


def test_vni_is_recognised_and_decoded() -> None:
    assert repair(to_vni(SENTENCE)) == SENTENCE
    assert repair(to_vni(SENTENCE.upper())) == SENTENCE.upper()


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        unicodedata.normalize("NFD", SENTENCE),
        SENTENCE.replace("ư", "ƣ"),
        "Xã Nà Sáy, xã Pú Xi, xã Quài Cang",
        "café à la française, naïve, über",
        "12,5 30,0 77,17",
        "",
    ],
)
def test_genuine_unicode_is_left_alone(text: Any) -> None:
    assert detect(text) is None
    assert repair(text) == unicodedata.normalize("NFC", text.replace("ƣ", "ư"))


def test_a_telling_font_name_does_not_override_unicode() -> None:
    assert detect("Xã Tênh Phông, Mường Mùn", ".VnTime") is None


def test_a_telling_font_name_makes_one_word_enough() -> None:
    assert repair(to_tcvn3("xã"), "ABCDEF+.VnTime") == "xã"


def test_clean() -> None:
    assert clean("M\u01b0\u01a1\u0300ng\u00a0Lay\u00ad 12\u202f5\ufeff") == "Mường Lay 12 5"
    assert clean("M\u01a3ờng") == "Mường"
    assert clean("Ðiện Biên") == "Điện Biên"


def test_syllables() -> None:
    words = ("giếng", "quyết", "nghiệp", "Tủa", "Chùa", "ƯƠNG", "gì", "Noong", "hoà", "hòa", "quả")
    assert [w for w in words if not is_syllable(w)] == []
    assert [w for w in ("xaõ", "huyeän", "Gi¸o", "kw", "mụờng") if is_syllable(w)] == []
