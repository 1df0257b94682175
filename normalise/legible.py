"""Headings that recognition has spoilt: which they are, and what of them can still be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from extract.syllables import is_syllable
from normalise.column_numbers import ONLY_NUMBER
from normalise.maxima import without_maximum
from normalise.text import fold, has_marks, squeeze

_DAMAGED_INDICATOR = re.compile(r"^\W*ch\w{0,2}(?:\s+\S{1,2})?[\s|]+(?P<k>[1-9])(?!\d)")
_DAMAGED_MAXIMUM = re.compile(r"[(\s](?P<points>5|10|30)\s?[^\d\s(]{0,2}\s?[)\]|]?$")
_POINTS = re.compile(
    r"\(\s?(?P<points>2(?!\s?4)|[5S§]|[1lI][0Oo]|15|20|30)\s?(?:4|điểm|[^\W\d_]|[^\w\s().,%/])\)"
)
_AT_MOST = re.compile(r"(?P<most>tối đa:?\s?)[sSšŠ§](?:(?P<mark>\s?[^\W\d_])(?=\))|$)")
"""`(tối đa Sđ)` and `Điểm tối đa: Š`: a 5 is read as a letter among words, no other digit is."""
_INDICATOR = re.compile(
    r"\W*(?:chi\s?so|tieu\s?chi|c\s?s|t\s?c)s{0,2}\s?(?P<k>[1-9il])"
    r"(?:\W*|\W*[ql]\s?|\W+)(?P<points>[1il][0o]|2(?=4|d)|[56s§]|(?<=\W)0|(?<=q)0|(?<=\W)[il](?=\s?d))"
    r"\W*(?:4|[ah]|d(?:\s?i\s?e\s?m)?)?\W*"
)
_PRINTED = re.compile(r"\(?\s?(?P<points>\d{1,3})\s?(?:điểm|đ)\s?\)?", re.IGNORECASE)
_SAYS_POINTS = re.compile(r"[()đ]")
_MEANT = {"2": 2, "0": 10, "5": 5, "s": 5, "§": 5, "6": 5}
"""Maxima of the decisions' numbered indicators by their last digit; a bracket makes a 5 look like a 6."""
_DIGITS = str.maketrans("S§lIOoi", "5511001")
_IN_GROUP = re.compile(
    r"(?P<what>(?:chỉ số|tiêu chí|cs|tc)\s?[1-9])(?P<point>\W?)(?P<k>[1-9])\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?P<what>chỉ số|tiêu chí|chỉ tiêu|cs|tc) ?(?P<k>[\dIil|§SšB?]{1,2})(?P<rest>(?:[\s(].*)?)",
    re.IGNORECASE,
)
LEAST_RUN, COUNTED_ON = 4, 0.6
"""Numbered columns that make a run, and the share of them that must count on from each other."""
_FLAT = re.compile(
    r"(?P<group>.*\w\s?[-–:]\s?)(?P<own>(?:chỉ số|tiêu chí|cs|tc)\s?\w{1,2}\b.*)", re.IGNORECASE
)
"""A group and its indicator in one heading: `Số hóa hồ sơ - Chỉ số 2 (10đ)`."""
_SEVERAL = re.compile(
    r"(?<!nhom )(?:chi so|tieu chi|\bcs|\btc) ?\w{1,2}(?: ?\([^()]*\)\s*|\s+)(?:chi so|tieu chi|cs|tc) ?\w{1,2}\b"
)
_ABBREVIATED = re.compile(r"(?:cs|tc)\s?\d{1,2}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ODD = re.compile(r"[^a-z\s,./()&%-]")
"""Digits and signs: one in five letters (`BP 1 CỬA`) is a heading still, nonsense has more than half."""
_VOWELS = frozenset("aeiouy")
_SPECKS = " \"'“”„‘’`´|¦_~*"
"""What dust and a cell's own edge are read as at a heading's ends."""
LEGIBLE = 0.75
"""Share of Vietnamese syllables: headings of the digital reports have 1.0 but for abbreviations in
small letters (`DVTT` is left out), the damaged ones of the recognised report 0.6 and less."""
MARKED = 0.4
"""Share of words with marks in a table's headings: reports have 0.8, recognised without the language 0.2."""


def are_marked(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a table's headings carry Vietnamese marks, as they do unless recognition lost them; abbreviations such
    as `TC` have none."""
    found = _WORD.findall(" ".join({text for path in paths for text in path}))
    words = [w for w in found if not w.isupper() or _VOWELS & {*fold(w)}]
    return sum(map(has_marks, words)) >= MARKED * len(words)


def is_garbled(text: str, last: bool) -> bool:
    """Whether a heading is mostly no words, or those of several; a lone number or maximum at the foot is none
    either."""
    if are_several(text):
        return True
    if last and (ONLY_NUMBER.match(text) or not squeeze(without_maximum(text))):
        return False
    plain = without_maximum(text)
    if _ABBREVIATED.fullmatch(plain.strip()):
        return False
    if 5 * len(_ODD.findall(plain)) < len(squeeze(plain)):
        return False
    words = [
        w for w in re.split(r"[\s,./()-]+", text) if w.isalpha() and (len(w) > 1 or w.islower())
    ]
    spelt = last or any(is_syllable(w) or len(w) > 2 for w in words)
    return not spelt or not words or 2 * sum(map(len, words)) < len(squeeze(plain))


def are_several(text: str) -> bool:
    """Whether the headings of several indicators were read as one, `Chỉ số 2 (10đ) Chỉ số I (5đ)`: which of them
    stands over which column the text does not tell."""
    return _SEVERAL.search(fold(text)) is not None


def is_legible(text: str) -> bool:
    """Whether nearly all words are Vietnamese syllables, abbreviations left out."""
    found = _WORD.findall(text)
    words = [w for w in found if not (w.isupper() and (w.isascii() or not _VOWELS & {*fold(w)}))]
    right = sum(map(is_syllable, words))
    return right >= LEGIBLE * len(words)


def mended(paths: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Scanned headings without specks at their ends and with what they surely hold: maxima in brackets, and where
    indicators are numbered within their group (`Chỉ số 3.2`) the point of those that lost it (`Chỉ số 31`)."""
    clear = [tuple(_with_maximum(text.strip(_SPECKS)) for text in path) for path in paths]
    clear = _counted_on(clear)
    marks = [found["point"] for path in clear for text in path if (found := _IN_GROUP.search(text))]
    if marks.count(".") <= marks.count(""):
        return clear
    return [tuple(_IN_GROUP.sub(r"\g<what>.\g<k>", text) for text in path) for path in clear]


def _counted_on(paths: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The headings with the numbers that neighbours count on to, in a run of `Tiêu chí 1`, `Tiêu chí 2`, … in which
    `Tiêu chí §` or a second `Tiêu chí 1` stands."""
    found = list(paths)
    for first, labels in _runs(paths):
        numbers = [int(label["k"]) if label["k"].isdigit() else None for label in labels]
        begins = Counter(n - i for i, n in enumerate(numbers) if n is not None)
        begin, counted = max(begins.items(), key=lambda item: item[1], default=(0, 0))
        if counted < COUNTED_ON * len(labels):
            continue
        for i, label in enumerate(labels):
            if numbers[i] != begin + i and _is_misread(i, numbers, begin):
                text = f"{label['what']} {begin + i}{label['rest']}"
                found[first + i] = (*paths[first + i][:-1], text)
    return found


def _runs(paths: Sequence[tuple[str, ...]]) -> list[tuple[int, list[re.Match[str]]]]:
    """Columns beside each other under the same headings, whose own are numbered alike: the first, and the labels."""
    runs: list[tuple[int, list[re.Match[str]]]] = []
    above: tuple[str, ...] | None = None
    for column, path in enumerate(paths):
        label = _LABEL.fullmatch(path[-1]) if path else None
        here = (*path[:-1], fold(label["what"])) if label else None
        if label and here == above:
            runs[-1][1].append(label)
        elif label:
            runs.append((column, [label]))
        above = here
    return [run for run in runs if len(run[1]) >= LEAST_RUN]


def _is_misread(place: int, numbers: Sequence[int | None], begin: int) -> bool:
    """Whether a label that is not what its neighbours count on to has no number, or that of another column."""
    number = numbers[place]
    others = [begin + i for i, n in enumerate(numbers) if i != place and n in (None, begin + i)]
    return number is None or number in others


def _with_maximum(text: str) -> str:
    """`(104)` and `(Sđ)` are `(10đ)` and `(5đ)`; `Tiêu chí 210 điểm)` and `CSI q0đ` are indicators with maxima, `CSI (I
    điểm)` is one whose maximum is lost."""
    if flat := _FLAT.fullmatch(text):
        return flat["group"] + _with_maximum(flat["own"])
    whole = _INDICATOR.fullmatch(fold(text)) if _SAYS_POINTS.search(text) else None
    if whole:
        points = _MEANT.get(whole["points"][-1].replace("o", "0"))
        number = f"Chỉ số {whole['k'].translate(_DIGITS)}"
        return f"{number} ({points}đ)" if points else number
    text = _AT_MOST.sub(lambda found: f"{found['most']}5{'đ' if found['mark'] else ''}", text)
    marked = _POINTS.sub(lambda found: f"({found['points'].translate(_DIGITS)}đ)", text)
    return _PRINTED.sub(
        lambda found: found[0] if _is_maximum(int(found["points"])) else " ", marked
    )


def _is_maximum(points: int) -> bool:
    """Whether a decision gives so many points: groups and totals have multiples of five, criteria two."""
    return points in (2, 18) or (points % 5 == 0 and 0 < points <= 100)


def damaged_indicator(text: str) -> int | None:
    """The 3 of `Chi s6 3 (10a)`."""
    found = _DAMAGED_INDICATOR.search(fold(text))
    return int(found["k"]) if found else None


def damaged_maximum(text: str) -> Decimal | None:
    """The 10 of `Chi s6 3 (10a)`; only the maxima of decision 459 are looked for."""
    found = _DAMAGED_MAXIMUM.search(fold(text))
    return Decimal(found["points"]) if found else None
