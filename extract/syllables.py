"""Is a word a Vietnamese syllable? The evidence for decoding a legacy encoding.

Onsets and rimes of written Vietnamese (Đoàn Thiện Thuật, *Ngữ âm tiếng Việt*, 1977), with the
spellings of highland names that the reports contain (`Pú`, `Púng`, `Pồ`).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ONSETS = ("ngh gh gi kh ng nh ph qu th tr ch b c d đ g h k l m n p r s t v x").split()  # noqa: SIM905
_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt
    â âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ôông
    ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi
    uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt uyu uơ ư ưa ưc ưi ưm ưn ưng ươc
    ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
    uyp uât uan uang uai uat uay ue uen uet ueo uac uach uanh uăn uăng uăc uăt uă uam uau
    """.split()  # noqa: SIM905
)
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_TONE_ON_FIRST = frozenset("ai ao au ay âu ây eo êu ia iu oi ôi ơi ui ưi ua ưa ưu".split())  # noqa: SIM905


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether `word` is one Vietnamese syllable, any case, at most one tone, rightly placed."""
    letters, tones = _without_tone(word.lower())
    if len(tones) > 1:
        return False
    return any(
        letters.startswith(onset) and _is_rime(letters[len(onset) :], tones, len(onset))
        for onset in (*_ONSETS, "", "g")
    )


def _is_rime(rime: str, tones: tuple[int, ...], start: int) -> bool:
    if rime in _TONE_ON_FIRST and tones and tones[0] > start:
        return False
    return rime in _RIMES


def _without_tone(word: str) -> tuple[str, tuple[int, ...]]:
    """The word without tone marks, and the places of the letters that bore one."""
    letters, tones = "", []
    for mark in unicodedata.normalize("NFD", word):
        if mark in _TONES:
            tones.append(len(unicodedata.normalize("NFC", letters)) - 1)
        else:
            letters += mark
    return unicodedata.normalize("NFC", letters), tuple(tones)
