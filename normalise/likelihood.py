"""How probable each printed name is under each hypothesis: a unit we may expect, another, a stranger."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalise.candidates import Field, Form
from normalise.channel import Channel, Floats, Ints, bare, ocr, plain, typed
from normalise.names import trimmed, written_out
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
# One slip costs at most 11.9 (a wrong letter); a text that no unit explains so cheaply may be read by OCR.
ONE_SLIP = 13.0
# Forms compared letter by letter, chosen by plain edit distance over all.
NEAREST, NEAREST_OUTSIDE = 8, 3
# Forms further from the text than the nearest by this share of their letters are left out: three letters of
# ten, a factor of a million even where OCR is bad.
REACH = 0.3
OFFICE = "uy ban nhan dan "
KINDS = ("xa ", "phuong ", "thi tran ", "huyen ", "thi xa ", "thanh pho ")


Bools = npt.NDArray[np.bool_]


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
    ocr_texts = np.array([names[n].ocr for n in owner], dtype=bool)
    inside, outside, stranger, together = _hypotheses(texts, ocr_texts, weights[owner], field)
    none = np.logaddexp(_over(outside), stranger)
    mode = _mode_logs(ocr_texts, np.logaddexp(_over(inside), none) if together else None)
    looks_read = together and _looks_read(mode[:, ~ocr_texts])
    mode = mode + np.log([w for _, _, w in read])[None, :] if read else mode
    logs = np.concatenate([inside, none[:, :, None]], axis=2)
    return Judgement(
        _gathered(logs + mode[:, :, None], owner, len(names)),
        _gathered(outside + mode[:, :, None], owner, len(names)),
        looks_read,
    )


def _over(logs: Floats) -> Floats:
    """Summed over the last axis; -inf over none."""
    if not logs.shape[2]:
        return np.full(logs.shape[:2], -np.inf)
    return np.asarray(np.logaddexp.reduce(logs, axis=2))


def _hypotheses(
    texts: Sequence[str], ocr_texts: Bools, weights: Floats, field: Field
) -> tuple[Floats, Floats, Floats, bool]:
    """Log probabilities [mode, text, unit] inside and outside, [mode, text] of a stranger.

    Other modes than `typed` are tried for texts of OCR and for those that no single slip explains; the rest is
    left out (-inf). The last says that many texts are not explained: then all are judged in all modes.
    """
    count = len(field.inside.units)
    pairs = _pairs(texts, field)
    units = np.full((len(MODES), len(texts), count + len(field.outside.units)), -np.inf)
    stranger = np.full((len(MODES), len(texts)), -np.inf)
    _fill(units[0], pairs, MODES[0], np.ones(len(texts), dtype=bool))
    puzzling = ~ocr_texts & (units[0, :, :count].max(axis=1, initial=-np.inf) < -ONE_SLIP)
    together = int(puzzling.sum()) >= ENOUGH
    damaged = ocr_texts | puzzling | together
    for m, mode in enumerate(MODES):
        tried = damaged | (m == 0)
        if m and tried.any():
            _fill(units[m], pairs, mode, tried)
        for i in np.flatnonzero(tried):
            stranger[m, i] = math.log(STRANGER) + log_chance(texts[int(i)], _channel(mode))
    with np.errstate(divide="ignore"):
        units[:, :, :count] += np.log((1 - STRANGER - OUTSIDE) * weights)[None, :, :]
    units[:, :, count:] += math.log(OUTSIDE / max(1, len(field.outside.units)))
    return units[:, :, :count], units[:, :, count:], stranger, together


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """What to compare, in parallel: text numbers, the texts, the forms, and unit numbers, those of the
    units outside counted on after those inside."""

    rows: Ints
    texts: list[str]
    forms: list[Form]
    units: Ints


def _pairs(texts: Sequence[str], field: Field) -> _Pairs:
    """Each text with the forms that are nearest to it by plain edit distance."""
    rows: list[int] = []
    forms: list[Form] = []
    units: list[int] = []
    folded = [fold(t) for t in texts]
    first = 0
    for candidates, count in ((field.inside, NEAREST), (field.outside, NEAREST_OUTSIDE)):
        for row, form in _nearest(folded, candidates.forms, count):
            rows.append(row)
            forms.append(form)
            units.append(first + form.unit)
        first += len(candidates.units)
    return _Pairs(
        np.array(rows, dtype=np.intp),
        [texts[i] for i in rows],
        forms,
        np.array(units, dtype=np.intp),
    )


def _nearest(
    folded: Sequence[str], forms: Sequence[Form], count: int
) -> Iterator[tuple[int, Form]]:
    count = min(count, len(forms))
    if not folded or not count:
        return
    distances = process.cdist(
        folded,
        [f.folded for f in forms],
        scorer=Levenshtein.normalized_distance,
        dtype=np.float32,
    )
    for row, places in enumerate(np.argpartition(distances, count - 1, axis=1)[:, :count]):
        reach = distances[row, places].min() + REACH
        yield from ((row, forms[int(j)]) for j in places if distances[row, j] <= reach)


def _fill(found: Floats, pairs: _Pairs, mode: str, wanted: Bools) -> None:
    """Log probability [text, unit] by the unit's best form, for the wanted texts."""
    picked = np.flatnonzero(wanted[pairs.rows])
    trues = [pairs.forms[p].folded if mode == "bare" else pairs.forms[p].text for p in picked]
    costs = _channel(mode).costs(trues, [pairs.texts[p] for p in picked])
    np.maximum.at(found, (pairs.rows[picked], pairs.units[picked]), -costs)


def _mode_logs(ocr_texts: Bools, whole: Floats | None) -> Floats:
    """Log weights [mode, text] of how each text came about.

    `whole[mode, text]` is given when typed texts shall tell it together: a table is typed or read as a whole.
    """
    from scipy.special import softmax  # slow to load

    typed_modes = np.array([TYPED_MODES[m] for m in MODES])
    if whole is not None:
        sums = np.maximum(whole[:, ~ocr_texts], -1e3).sum(axis=1)
        typed_modes = 0.9 * softmax(np.log(typed_modes) + sums) + 0.1 * typed_modes
    ocr_modes = np.array([OCR_MODES[m] for m in MODES])
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.where(ocr_texts, ocr_modes[:, None], typed_modes[:, None])))


def _looks_read(mode: Floats) -> bool:
    """Whether the typed texts' common modes are those of OCR."""
    weights = np.exp(mode[:, 0])
    return bool(weights[MODES.index("vie")] + weights[MODES.index("eng")] > weights.sum() / 2)


def _gathered(logs: Floats, owner: npt.NDArray[np.intp], count: int) -> Floats:
    """[mode, text, x] summed over modes and over the readings of each name: [name, x]."""
    found = np.full((count, logs.shape[2]), -np.inf)
    if logs.size:
        np.logaddexp.at(found, owner, np.logaddexp.reduce(logs, axis=0))
    return found


def readings_of(name: PrintedName) -> tuple[tuple[str, float], ...]:
    """The texts a name may be, without `UBND`, with weights that sum to 1."""
    known = [(r.text, r.weight) for r in name.readings if r.text.strip() and r.weight > 0]
    whole = sum(w for _, w in known)
    if not known or not whole:
        known, whole = [(name.text, 1.0)], 1.0
    return tuple(
        (_without_office(plain(text)), weight / whole / len(texts))
        for read, weight in known
        for texts in [written_out(read) or (trimmed(read),)]
        for text in texts
    )


def _without_office(text: str) -> str:
    """A text without its leading `UBND`, which OCR may have read as `UBNĐ` or `'UBND`, before a kind as `(:BNĐ`."""
    first, _, rest = text.partition(" ")
    letters = "".join(filter(str.isalnum, fold(first)))
    if rest and Levenshtein.distance(letters, "ubnd") <= 1 + fold(rest).startswith(KINDS):
        return rest
    text = text.removeprefix("ubnd").strip()  # the space after it may be lost
    return text[len(OFFICE) :] if fold(text).startswith(OFFICE) else text
