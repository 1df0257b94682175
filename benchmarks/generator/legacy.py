"""Vietnamese text as older programs encode it in a text layer: TCVN3 (.VnTime) and VNI (VNI-Times).

The tables are those of the two standards (TCVN 5712:1993 VN3; VNI Windows), written out by base
letter so that they do not depend on the decoder they measure.
"""

from __future__ import annotations

import unicodedata

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Grave, hook, tilde, acute, dot below: the order of the tables below."""
TCVN3_MARKED = {
    "a": "µ¶·¸¹", "ă": "»¼½¾Æ", "â": "ÇÈÉÊË", "e": "ÌÎÏÐÑ", "ê": "ÒÓÔÕÖ", "i": "×ØÜÝÞ",
    "o": "ßáâãä", "ô": "åæçèé", "ơ": "êëìíî", "u": "ïñòóô", "ư": "õö÷øù", "y": "úûüýþ",
}  # fmt: skip
TCVN3_PLAIN = {"ă": "¨", "â": "©", "ê": "ª", "ô": "«", "ơ": "¬", "ư": "\u00ad", "đ": "®"}
VNI_TONES = {"\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0301": "ù", "\u0323": "ï"}
VNI_I = {"\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0301": "í", "\u0323": "ò"}
VNI_HATS = {"â": "âàåãáä", "ă": "êèúüéë"}
"""With no tone, then with each tone in the order of `TONES`; ê and ô take the signs of â."""


def _parts(letter: str) -> tuple[str, str]:
    """Base letter (with hat, breve or horn) and tone mark."""
    marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in TONES), "")
    return unicodedata.normalize("NFC", marks.replace(tone, "") if tone else marks), tone


def tcvn3(text: str) -> str:
    """In lower-case codes: capitals with marks exist only as a capital font (.VnTimeH)."""
    return "".join(_tcvn3(letter) for letter in unicodedata.normalize("NFC", text))


def _tcvn3(letter: str) -> str:
    base, tone = _parts(letter)
    low = base.lower()
    if tone:
        return TCVN3_MARKED[low][TONES.index(tone)]
    capitals = {"Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦", "Đ": "§"}
    return capitals.get(base) or TCVN3_PLAIN.get(low, letter)


def vni(text: str) -> str:
    return "".join(_vni(letter) for letter in unicodedata.normalize("NFC", text))


def _vni(letter: str) -> str:
    base, tone = _parts(letter)
    code = _vni_lower(base.lower(), tone)
    return code.upper() if letter.isupper() else code


def _vni_lower(base: str, tone: str) -> str:
    if base == "đ":
        return "ñ"
    if base == "i" and tone:
        return VNI_I[tone]
    if base == "y" and tone == "\u0323":
        return "î"
    if base in "âêôă" and base:
        plain = {"â": "a", "ê": "e", "ô": "o", "ă": "a"}[base]
        signs = VNI_HATS["ă" if base == "ă" else "â"]
        return plain + signs[TONES.index(tone) + 1 if tone else 0]
    horned = {"ơ": "ô", "ư": "ö"}
    return horned.get(base, base) + (VNI_TONES[tone] if tone else "")
