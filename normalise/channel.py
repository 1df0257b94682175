"""How probable it is that a name was written or read so: a noisy channel, letter by letter.

Three channels: `typed` (a clerk's slips), `vie` and `eng` (Tesseract with and without Vietnamese). Costs are
natural logarithms of probabilities with the sign turned. The OCR costs are counted, not judged:
`data/confusions.csv`, made by `benchmarks/confusions.py`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from normalise.register_file import DATA, read_rows
from normalise.text import fold

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

_PUNCTUATION = re.compile(r"[\s,.;:_\-–—−‐‑]+")
_ENDS = " '\"`‘’“”()[]{}|*+"
_CHUNK = 4096
"""Pairs compared at once: bounds the memory of a batch to some ten megabytes."""

LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
)
SIGNS = " 0123456789&'()/|"
ALPHABET = LETTERS + SIGNS

# A clerk's slips per letter. No corpus of typed names is at hand: the 92 names of the five reports
# (some 900 letters) hold three wrong marks (Tênh Phong, Tỏa Tinh and its like) and no wrong letter.
MARK_SLIP = 3e-3
LETTER_SLIP = 2e-4
SPACE_SLIP = 1e-3
# Weight, in observations per letter, of what was not seen in the counts: half on letters of the
# same base, half on anything.
SMOOTHING = 2.0
# Spaces that OCR loses or adds: rare in single rendered lines, not in narrow table cells (`SoYté`).
SPACE_MISREAD = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    """Costs by letter index: `change[true, read]`, `lose[true]`, `add[read]`, and of two swapped."""

    name: str
    index: dict[str, int]
    change: Floats
    lose: Floats
    add: Floats
    swap: float

    def costs(self, trues: Sequence[str], reads: Sequence[str]) -> Floats:
        """The cost of reading `reads[i]` where `trues[i]` stands, for every i."""
        found = [
            self._batch(trues[i : i + _CHUNK], reads[i : i + _CHUNK])
            for i in range(0, len(trues), _CHUNK)
        ]
        return np.concatenate(found) if found else np.zeros(0)

    def _batch(self, trues: Sequence[str], reads: Sequence[str]) -> Floats:
        true, true_ends = _coded(trues, self.index)
        read, read_ends = _coded(reads, self.index)
        adds = np.zeros((len(reads), read.shape[1] + 1))
        np.cumsum(self.add[read], axis=1, out=adds[:, 1:])
        before, row = adds, adds
        result = np.where(true_ends == 0, adds[np.arange(len(reads)), read_ends], 0.0)
        for i in range(true.shape[1]):
            before, row = row, self._next(row, before, adds, true, read, i)
            done = np.flatnonzero(true_ends == i + 1)
            result[done] = row[done, read_ends[done]]
        return result

    def _next(
        self, row: Floats, before: Floats, adds: Floats, true: Ints, read: Ints, i: int
    ) -> Floats:
        """The costs after one more true letter; additions are a running minimum."""
        following = row + self.lose[true[:, i]][:, None]
        change = self.change[true[:, i][:, None], read]
        np.minimum(following[:, 1:], row[:, :-1] + change, out=following[:, 1:])
        if i and math.isfinite(self.swap):
            crossed = (read[:, 1:] == true[:, i - 1][:, None]) & (
                read[:, :-1] == true[:, i][:, None]
            )
            swapped = np.where(crossed, before[:, :-2] + self.swap, np.inf)
            np.minimum(following[:, 2:], swapped, out=following[:, 2:])
        return np.minimum.accumulate(following - adds, axis=1) + adds


def _coded(texts: Sequence[str], index: dict[str, int]) -> tuple[Ints, Ints]:
    """Letter numbers, a row for each text, padded; and the lengths."""
    other = len(index)
    ends = np.array([len(t) for t in texts], dtype=np.intp)
    codes = np.full((len(texts), max(1, int(ends.max(initial=0)))), other, dtype=np.intp)
    flat = [index.get(c, other) for text in texts for c in text]
    codes[np.arange(codes.shape[1]) < ends[:, None]] = flat
    return codes, ends


def plain(text: str) -> str:
    """Small letters in NFC, punctuation as one space, no signs at the ends: what channels compare."""
    return _PUNCTUATION.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip(_ENDS)


@lru_cache(maxsize=1)
def typed() -> Channel:
    """A clerk's slips: wrong or missing marks, then wrong, lost, doubled and swapped letters."""
    index = {c: i for i, c in enumerate(ALPHABET)}
    size = len(index) + 1
    change = np.full((size, size), -math.log(LETTER_SLIP / 25))
    bases = [fold(c) for c in ALPHABET]
    for i, true in enumerate(ALPHABET):
        alike = [j for j, base in enumerate(bases) if base == bases[i] and j != i]
        for j in alike:
            change[i, j] = -math.log(MARK_SLIP / len(alike))
        change[i, i] = 0.0
        if true == " ":
            change[i, :] = -math.log(LETTER_SLIP / 100)
            change[i, i] = 0.0
    lose = np.full(size, -math.log(LETTER_SLIP))
    add = np.full(size, -math.log(LETTER_SLIP / 25))
    lose[index[" "]] = add[index[" "]] = -math.log(SPACE_SLIP)
    return Channel("typed", index, change, lose, add, -math.log(LETTER_SLIP))


@lru_cache(maxsize=1)
def bare() -> Channel:
    """A clerk who types no marks at all: `typed` over folded names."""
    return replace(typed(), name="bare")


@lru_cache(maxsize=2)
def ocr(model: str) -> Channel:
    """What Tesseract makes of letters with one model, `vie` or `eng`."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for _, row in read_rows(DATA / "confusions.csv", ("model", "true", "read", "count")):
        if row["model"] == model:
            true, read = row["true"].replace("␣", " "), row["read"].replace("␣", " ")
            counts[true][read] = int(row["count"])
    alphabet = sorted({*ALPHABET, *counts, *(r for c in counts.values() for r in c)} - {""})
    return _counted(model, {c: i for i, c in enumerate(alphabet)}, counts)


def _counted(model: str, index: dict[str, int], counts: dict[str, dict[str, int]]) -> Channel:
    size = len(index) + 1
    bases = [fold(c) for c in index]
    change, lose = np.zeros((size, size)), np.zeros(size)
    written = sum(sum(c.values()) for t, c in counts.items() if t)
    for true, i in (*index.items(), ("", size - 1)):
        seen = counts.get(true, {}) if true else {}
        whole = sum(seen.values()) + SMOOTHING
        weights = np.full(size, SMOOTHING / 2 / size)
        alike = [j for j, base in enumerate(bases) if true and base == fold(true)]
        weights[alike] += SMOOTHING / 2 / max(1, len(alike))
        for read, n in seen.items():
            if read:
                weights[index[read]] += n
        change[i] = -np.log(weights / whole)
        lose[i] = -math.log((seen.get("", 0) + SMOOTHING / 10) / whole)
    add = np.full(size, float(SMOOTHING / size))
    for read, n in counts.get("", {}).items():
        add[index[read]] += n
    add = -np.log(add / (written + SMOOTHING))
    space = index[" "]
    lose[space] = min(lose[space], -math.log(SPACE_MISREAD))
    add[space] = min(add[space], -math.log(SPACE_MISREAD / 10))
    return Channel(model, index, change, lose, add, math.inf)
