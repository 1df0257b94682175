"""Sentences that state nothing about this report's tables: targets, requests, another period's results."""

from __future__ import annotations

import re

_WISH = re.compile(
    r"\b(?:phan dau|muc tieu|(?:phai|can) (?:dat|co|bao dam|dam bao)|du kien|(?<!chia )se|toi day)\b"
)
"""What is to be reached, not what was."""
_ASK = re.compile(r"\b(?:yeu cau|de nghi|giao|khen thuong|bieu duong|phe binh|nhac nho)\b")
"""What is asked of units: the units are meant as they are, or as they are to be."""
_THEN = re.compile(
    r"\b(?:thang|ky|nam|quy|lan)(?: [a-z]+){0,2}? truoc\b|\bcung ky\b|\bthang lien ke\b"
)
_NOW = re.compile(
    r"\b(?:thang|ky|nam|quy|lan) nay\b|\btrong (?:thang|ky|nam|quy)\b(?! truoc)|\bden nay\b"
)
_COMPARED = re.compile(r"\b(?:so|sanh|hon|bang) (?:voi |sanh voi )?(?:cung )?$")


def mood(plain: str, start: int, claim_start: int, claim_end: int) -> str | None:
    """`wish`, `ask` or `before` (another period), by the words of the sentence up to the claim's end."""
    words = plain[start:claim_end]
    if _WISH.search(words):
        return "wish"
    if _before(plain[start:claim_start]) or _before(plain[claim_start:claim_end]):
        return "before"
    return "ask" if _ASK.search(words) else None


def _before(words: str) -> bool:
    """Whether the period named last before the claim is an earlier one, and not just compared with."""
    then = [m.start() for m in _THEN.finditer(words) if not _COMPARED.search(words[: m.start()])]
    now = [m.start() for m in _NOW.finditer(words)]
    return bool(then) and then[-1] > max(now, default=-1)
