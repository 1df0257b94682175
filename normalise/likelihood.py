"""How probable each printed name is under each hypothesis: a unit we may expect, another, a stranger."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from scipy.special import softmax

from normalise.candidates import Candidates, Field, Form
from normalise.channel import Channel, Floats, bare, ocr, plain, typed
from normalise.scope import PrintedName
from normalise.strangers import log_chance
from normalise.text import fold

# Before the text is seen: what a row of a report is when it is none of the issuer's units. None of the
# 92 rows of the five reports is; 1 % and 0.5 % stay on the careful side.
STRANGER = 0.01
OUTSIDE = 0.005
# How a text came about when its origin does not say: almost always typed; now and then another
# program's OCR (the province's report is), or typed without marks.
TYPED_MODES = {"typed": 0.988, "bare": 0.01, "vie": 0.001, "eng": 0.001}
# Our own OCR reads with the Vietnamese model, a scanner's text layer mostly without; a true slip is as rare as
# in typed text.
OCR_MODES = {"typed": 0.02, "bare": 0.0, "vie": 0.6, "eng": 0.38}
MODES = tuple(TYPED_MODES)
# So many names that are not spelt right may tell together how all of them came about.
ENOUGH = 3
NEAREST = 8
"""Forms compared letter by letter, chosen by plain edit distance over all."""


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """`logs[name, unit]`, the last column for none of the units inside; `outside[name, unit]` likewise.

    `read`: the table's names as a whole look read by OCR, whatever their origin says.
    """

    logs: Floats
    outside: Floats
    read: bool

    def elsewhere(self, row: int) -> tuple[int, float]:
        """The most probable unit outside and the probability that it is one of them."""
        if not self.outside.shape[1]:
            return -1, 0.0
        whole = np.logaddexp.reduce(self.logs[row])
        inside = np.logaddexp.reduce(self.outside[row])
        return int(np.argmax(self.outside[row])), float(np.exp(inside - whole))


@lru_cache(maxsize=4)
def _channel(mode: str) -> Channel:
    return {"typed": typed, "bare": bare}.get(mode, lambda: ocr(mode))()


def judge(names: Sequence[PrintedName], weights: Floats, field: Field) -> Judgement:
    """Compare names with every hypothesis; `weights[name, unit]` sum to 1 over the units inside."""
    read = [(n, *r) for n, name in enumerate(names) for r in readings_of(name)]
    owner = np.array([n for n, _, _ in read], dtype=np.intp)
    texts = [text for _, text, _ in read]
    inside, outside, stranger = _hypotheses(texts, weights[owner], field)
    whole = np.logaddexp(np.logaddexp(_over(inside), _over(outside)), stranger)
    mode = _mode_logs([names[n].ocr for n in owner], whole)
    weight = np.log([w for _, _, w in read]) if read else np.zeros(0)
    mode = mode + weight[None, :]
    none = np.logaddexp(_over(outside), stranger)
    logs = np.concatenate([inside, none[:, :, None]], axis=2)
    return Judgement(
        _gathered(logs + mode[:, :, None], owner, len(names)),
        _gathered(outside + mode[:, :, None], owner, len(names)),
        _looks_read(names, mode),
    )


def _over(logs: Floats) -> Floats:
    """Summed over the last axis; -inf over none."""
    if not logs.shape[2]:
        return np.full(logs.shape[:2], -np.inf)
    return np.asarray(np.logaddexp.reduce(logs, axis=2))


def _hypotheses(
    texts: Sequence[str], weights: Floats, field: Field
) -> tuple[Floats, Floats, Floats]:
    """Log probabilities [mode, text, unit] inside and outside, [mode, text] of a stranger."""
    inside = _logs(texts, field.inside)
    with np.errstate(divide="ignore"):
        inside += np.log((1 - STRANGER - OUTSIDE) * weights)[None, :, :]
    outside = _logs(texts, field.outside)
    outside += math.log(OUTSIDE / max(1, len(field.outside.units)))
    stranger = [[math.log(STRANGER) + log_chance(t, _channel(m)) for t in texts] for m in MODES]
    return inside, outside, np.array(stranger).reshape(len(MODES), len(texts))


def _mode_logs(read: Sequence[bool], whole: Floats) -> Floats:
    """Log weights [mode, text] of how each text came about.

    Enough typed texts that are not spelt right tell together: a table is typed or read as a whole.
    """
    typed_modes = np.array([TYPED_MODES[m] for m in MODES])
    doubtful = [i for i, is_read in enumerate(read) if not is_read]
    if len(doubtful) >= ENOUGH:
        together = softmax(np.log(typed_modes) + whole[:, doubtful].sum(axis=1))
        typed_modes = 0.9 * together + 0.1 * typed_modes
    ocr_modes = np.array([OCR_MODES[m] for m in MODES])
    chosen = [ocr_modes if is_read else typed_modes for is_read in read]
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.array(chosen).reshape(len(read), len(MODES)).T))


def _looks_read(names: Sequence[PrintedName], mode: Floats) -> bool:
    typed_names = [i for i, name in enumerate(names) if not name.ocr]
    if not typed_names:
        return False
    weights = np.exp(mode[:, typed_names[0]])
    return bool(weights[MODES.index("vie")] + weights[MODES.index("eng")] > weights.sum() / 2)


def _gathered(logs: Floats, owner: npt.NDArray[np.intp], count: int) -> Floats:
    """[mode, text, x] summed over modes and over the readings of each name: [name, x]."""
    found = np.full((count, logs.shape[2]), -np.inf)
    if logs.size:
        np.logaddexp.at(found, owner, np.logaddexp.reduce(logs, axis=0))
    return found


def _logs(texts: Sequence[str], candidates: Candidates) -> Floats:
    """Log probability of each text from each unit by its best form, -inf where not compared."""
    found = np.full((len(MODES), len(texts), len(candidates.units)), -np.inf)
    rows, forms = _pairs(texts, candidates.forms)
    if not rows:
        return found
    units = np.array([f.unit for f in forms])
    for m, mode in enumerate(MODES):
        trues = [f.folded if mode == "bare" else f.text for f in forms]
        costs = _channel(mode).costs(trues, [texts[i] for i in rows])
        np.maximum.at(found[m], (np.array(rows), units), -costs)
    return found


def _pairs(texts: Sequence[str], forms: Sequence[Form]) -> tuple[list[int], list[Form]]:
    """The nearest forms of each text, as parallel lists of text number and form."""
    if not texts or not forms:
        return [], []
    folded = [fold(t) for t in texts]
    distances = process.cdist(
        folded, [f.folded for f in forms], scorer=Levenshtein.normalized_distance, dtype=np.float32
    )
    count = min(NEAREST, len(forms))
    nearest = np.argpartition(distances, count - 1, axis=1)[:, :count]
    rows = [i for i in range(len(texts)) for _ in range(count)]
    return rows, [forms[int(j)] for j in nearest.ravel()]


def readings_of(name: PrintedName) -> tuple[tuple[str, float], ...]:
    """The texts a name may be, without `UBND`, with weights that sum to 1."""
    known = [(r.text, r.weight) for r in name.readings if r.text.strip() and r.weight > 0]
    whole = sum(w for _, w in known)
    if not known or not whole:
        return ((_without_office(plain(name.text)), 1.0),)
    return tuple((_without_office(plain(t)), w / whole) for t, w in known)


def _without_office(text: str) -> str:
    """A text without its leading `UBND`, which OCR may have read as `UBNĐ` or `'UBND`."""
    first, _, rest = text.partition(" ")
    if rest and Levenshtein.distance(first, "ubnd") <= 1:
        return rest
    return text.removeprefix("ủy ban nhân dân ").removeprefix("uỷ ban nhân dân ")
