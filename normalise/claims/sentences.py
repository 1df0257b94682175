"""The sentences of a letter's block, each with the names in it and the units that it does not speak of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from normalise.claims.names import Found, key
from normalise.claims.passage import Passage
from normalise.claims.prose import Block
from normalise.submission import UnitMatch

_LOST_STOP = re.compile(
    r"(?:(?<=[@)])|(?<=[–-] tot)|(?<=[–-] kha)|(?<=[–-] yeu)|(?<=[–-] xuat sac)|(?<=[–-] trung binh)) "
    r"(?=(?:cac|con|co|trong|theo|tren|ket qua|ty le|tong|ngoai ra|nhin chung|qua|viec|don vi|de nghi|yeu cau"
    r"|so voi|thang|ky|quy|nam|da|dang|tai|hien|bieu duong|toan|he thong|luy ke|binh quan)\b)"
    r"|(?<=@) (?=(?!ubnd|xa|phuong|thi|huyen|thanh|so|ban|phong|xuat|tot|kha|trung|yeu|va)[a-z]+ (?P<next>[a-z]))"
)
"""A capital word that opens sentences, right behind a name, a bracket or a row's rank: the line before had no stop."""


def _sentence_begins(block: Block, stop: re.Match[str]) -> bool:
    """Whether a capital word, and after a name one with a small word behind it, stands there."""
    small = stop["next"] is None or not block.prose.capital(stop.start("next"))
    return block.prose.capital(stop.end()) and small and not (block.damaged and stop["next"])


def passages(
    block: Block, names: tuple[Found, ...], item: Callable[[str], UnitMatch | None]
) -> Iterable[Passage]:
    """The sentences of a block. A full stop ends one only before a capital letter."""
    whole = _blanked(block.plain, names)
    whole = _with_commas(whole, block) if block.damaged else whole
    spared = _excepted(whole, names)
    names = tuple(f for f in names if f not in spared)
    start = 0
    lost = [m for m in _LOST_STOP.finditer(whole) if _sentence_begins(block, m)]
    stops = [*re.finditer(r"[.!?](?=\s)|\./\.|[.!?]$", block.plain), *lost]
    for match in sorted(stops, key=lambda m: m.end()):
        if match in lost:
            yield _passage(block, whole, (start, match.end()), names, item, spared)
            start = match.end()
            continue
        after = re.compile(r"\s+[(\"“]?").match(block.plain, match.end())
        if after and not block.prose.capital(after.end()) and block.plain[after.end() - 1] != "(":
            continue
        if re.search(r"\b(?:tp|tt|tx|[a-z])\.$", block.plain[start : match.end()]):
            continue
        if whole[match.start()] == ",":
            continue
        yield _passage(block, whole, (start, match.end()), names, item, spared)
        start = match.end()
    if block.plain[start:].strip():
        yield _passage(block, whole, (start, len(block.plain)), names, item, spared)


def _with_commas(whole: str, block: Block) -> str:
    """Damaged text, a full stop between two names the comma that it was: in a bracket that is closed behind them, where
    no sentence begins with the second, or where nothing but names follows up to the next stop."""

    def comma(stop: re.Match[str]) -> str:
        before = whole[: stop.start()]
        bracketed = before.rfind("(") > before.rfind(")") and stop.group(1)
        listed = bracketed or _ONLY_NAMES.match(whole, stop.end())
        return "," if listed or not block.prose.capital(stop.end() + 1) else stop.group()

    return re.sub(r"(?<=@)\.(?= @([^(]*\))?)", comma, whole)


_ONLY_NAMES = re.compile(
    r" @+(?:(?:,? va|,)(?: (?:ubnd|cac|xa|phuong|thi tran|huyen|thi xa|thanh pho))* @+)+ ?[;.)]"
)
"""A sentence of names without a verb is the rest of a list."""


def _passage(
    block: Block,
    whole: str,
    span: tuple[int, int],
    names: tuple[Found, ...],
    item: Callable[[str], UnitMatch | None],
    spared: Sequence[Found],
) -> Passage:
    here = tuple(key(f.unit) for f in spared if span[0] <= f.start < span[1])
    return Passage(block, whole, *span, names, item, here)


_EXCEPT = re.compile(r"\b(?:tru|ngoai)\b")
_NEXT_NAME = re.compile(
    r"(?:[\s,:(]|\b(?:va|cac|ubnd|xa|phuong|thi tran|huyen|thi xa|don vi|truong hop)\b)*"
)


def _excepted(whole: str, names: Sequence[Found]) -> list[Found]:
    """The units after `trừ`, `ngoài`: what the sentence says does not hold for them."""
    spared: list[Found] = []
    for match in _EXCEPT.finditer(whole):
        at = match.end()
        for name in (f for f in names if f.start >= match.end()):
            if not _NEXT_NAME.fullmatch(whole, at, name.start):
                break
            spared.append(name)
            at = name.end
    return spared


def _blanked(plain: str, names: tuple[Found, ...]) -> str:
    for name in names:
        plain = plain[: name.start] + "@" * (name.end - name.start) + plain[name.end :]
    return plain
