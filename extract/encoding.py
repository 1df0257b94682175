"""Text repair: genuine Unicode made uniform, the two legacy Vietnamese encodings decoded.

Legacy text (TCVN3 of the `.Vn*` fonts, VNI of the `VNI-*` fonts) reaches us as Latin-1 letters. It is
decoded only on evidence: what would be nonsense as it stands becomes Vietnamese syllables when
decoded. Text that holds a letter only Unicode has, or that reads well as it is, is left alone.

Tables: TCVN 5712:1993 (VN3) and VNI for Windows, as documented by the Unikey project (vnconv).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from .syllables import is_syllable

Legacy = Literal["tcvn3", "vni"]

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
) | {"μ": "à", "∙": "ã", "•": "ã"}

_VNI_MARKS = {
    "ù": "\u0301",
    "ø": "\u0300",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}
_VNI_LETTERS = dict(zip("ñôöæóòîÑÔÖÆÓÒÎ", "đơưỉĩịỵĐƠƯỈĨỊỴ", strict=True))
_VNI_MARK_PAIR = re.compile(
    f"([aeouyôöAEOUYÔÖ])([{''.join(_VNI_MARKS)}{''.join(_VNI_MARKS).upper()}])"
)
_UNICODE_ONLY = re.compile("[ăđĩũơưĂĐĨŨƠƯẠ-ỹ]")
_HYPHEN_FOR_U = re.compile(r"(?<=[^\W\d_])-(?=[^\W\dA-Z_]|[^\w\s]|\b|\s|$)|(?<!\S)-(?=[a-zà-þ])")
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z]+-[A-Z]+(?![^\W_])")
_WORD = re.compile(r"[^\s\d.,;:()/%\"“”!?]+")

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_LOOKALIKES = str.maketrans(
    {"ƣ": "ư", "Ƣ": "Ư", "ð": "đ", "Ð": "Đ", "ﬁ": "fi", "ﬂ": "fl"} | dict.fromkeys("‐‑‒", "-")
)

MIN_EVIDENCE = 3
"""Decoded syllables needed before text without a telling font name is called legacy: one or two
accented words may be a foreign name."""
MIN_SHARE = 0.8
"""Share of the accented words that must turn into syllables; the rest are abbreviations and typos."""


def clean(text: str) -> str:
    """Unicode text made uniform: NFC, `ƣ` to `ư`, plain spaces, nothing invisible.

    Line ends are kept; spaces are neither joined nor trimmed.
    """
    if text.isascii():
        return _INVISIBLE.sub("", text.replace("\t", " "))
    composed = unicodedata.normalize("NFC", text.translate(_LOOKALIKES))
    return _INVISIBLE.sub("", _SPACES.sub(" ", composed))


def repair(text: str, font: str = "") -> str:
    """`text` of one font (or of a whole document, with no font known) decoded and made uniform."""
    return clean(decode(text, detect(text, font), font))


def detect(text: str, font: str = "") -> Legacy | None:
    """The legacy encoding of `text`, or None for Unicode and wherever the evidence falls short.

    A font name that tells the encoding lowers the evidence needed to none against it.
    """
    composed = unicodedata.normalize("NFC", text)
    if _UNICODE_ONLY.search(composed.translate(_LOOKALIKES_FREE)):
        return None
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    told = _told_by(font)
    candidates: Iterable[Legacy] = (told,) if told else ("tcvn3", "vni")
    return max(
        (c for c in candidates if _reads_better(words, c, 1 if told else MIN_EVIDENCE)),
        key=lambda c: _syllables(words, c),
        default=None,
    )


def decode(text: str, legacy: Legacy | None, font: str = "") -> str:
    """`text` in NFC, decoded from `legacy`; with None the text as it is."""
    if legacy == "tcvn3":
        plain = _decode_tcvn3(text)
        return plain.upper() if _is_capital_font(font) else plain
    return _decode_vni(text) if legacy == "vni" else text


_LOOKALIKES_FREE = str.maketrans({"ƣ": "ư", "Ƣ": "Ư"})


def _told_by(font: str) -> Legacy | None:
    name = font.split("+")[-1].lower()
    if name.startswith((".vn", "vntime", "vnarial")):
        return "tcvn3"
    return "vni" if name.startswith("vni") else None


def _is_capital_font(font: str) -> bool:
    """`.VnTimeH` and its like show capitals for the codes of small letters."""
    return re.search(r"\.?[Vv]n\w*H(?=$|[-, ]|Bold|Italic)", font.split("+")[-1]) is not None


def _reads_better(words: list[str], legacy: Legacy, least: int) -> bool:
    good = _syllables(words, legacy)
    as_it_is = sum(map(is_syllable, words))
    return good >= least and good >= MIN_SHARE * len(words) and good > 2 * as_it_is


def _syllables(words: list[str], legacy: Legacy) -> int:
    return sum(all(map(is_syllable, _parts(decode(word, legacy)))) for word in words)


def _parts(word: str) -> list[str]:
    return [part for part in re.split(r"[-–+&'’]", word) if part] or [word]


@lru_cache(maxsize=4096)
def _decode_tcvn3(text: str) -> str:
    """WinAnsi shows code AD (`ư`) as a hyphen, hence the hyphens inside words."""
    letters = _HYPHEN_FOR_U.sub("\xad", _CAPITALS.sub(_abbreviated, text))
    words = re.split(r"(\s+)", "".join(_TCVN3.get(c, c) for c in letters))
    capitals = [_in_capitals(word) for word in words]
    return "".join(
        word.upper() if sure or (sure is None and True in capitals[max(0, i - 2) : i + 3]) else word
        for i, (word, sure) in enumerate(zip(words, capitals, strict=True))
    )


def _abbreviated(found: re.Match[str]) -> str:
    """Capitals about a hyphen, which is none of `ư` where they make no syllable: `BC-UBND`, but `H-NG`."""
    word = found[0].replace("-", "ư").lower()
    return found[0] if is_syllable(word) else found[0].replace("-", "\u2010")


def _in_capitals(word: str) -> bool | None:
    """TCVN3 has no accented capitals: a word typed in capitals keeps small accented letters.

    None for a word of one plain letter: its neighbours tell.
    """
    plain = [c for c in word if c.isascii() and c.isalpha()]
    if not plain or not all(c.isupper() for c in plain):
        return False
    return True if len(plain) >= 2 else None


@lru_cache(maxsize=4096)
def _decode_vni(text: str) -> str:
    marked = _VNI_MARK_PAIR.sub(
        lambda m: _VNI_LETTERS.get(m[1], m[1]) + _VNI_MARKS[m[2].lower()], text
    )
    letters = re.sub("[ñôöæóòîÑÔÖÆÓÒÎ]", lambda m: _VNI_LETTERS[m[0]], marked)
    return unicodedata.normalize("NFC", letters)
