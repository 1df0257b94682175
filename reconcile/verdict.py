"""From what a cell may say to its status: certain, repaired or uncertain, with the rivals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from normalise.number import not_applicable
from normalise.rank import LABELS
from normalise.submission import CellStatus, Entry, Rank
from reconcile.candidates import Candidate
from reconcile.confusion import read_as
from reconcile.posterior import Answer

ACCEPT = 0.999
"""Posterior from which a doubtful figure is taken as certain: of 20 000 cells of which a tenth are
doubtful and nearly all of those far surer than this, less than one is expected to be wrong."""
PLACED = 0.998
"""The same for OCR text of whole lines, where every cell is doubtful and there is no picture to look
at again: of some 400 cells of a report less than one is expected to be wrong."""
KEEP = 0.995
"""Posterior from which a figure that was sure by itself stays so although its row does not fit. Below
it the reading is a serious rival of a slip of the paper's, and a person must look."""
SURE = 0.999
"""Confidence from which a reading is sure by itself (`normalise.entry.SURE`)."""
RIVAL = 0.0005
"""Probability from which another answer is worth telling: half of what makes a figure doubtful."""
MOST_RIVALS = 5
BY = "row-arithmetic"
_AROUND = re.compile(r"^\D+|\D+$")


def judged(entry: Entry, answers: Sequence[Answer], digits: int) -> Entry:
    """The entry with what the row's arithmetic says of it; `digits` is an integer's precision."""
    best = answers[0] if answers else Answer(None, 0.0)
    if best.candidate is None:
        return _doubtful(entry, answers)
    same = best.candidate.exact
    least = KEEP if same and entry.confidence >= SURE else ACCEPT
    shown = not sign_lost(entry) if same else _seen(entry, best.candidate)
    if best.probability < least or not shown:
        return _doubtful(_valued(entry, best, digits), answers)
    if same:
        return replace(_valued(entry, best, digits), confidence=best.probability, rivals=())
    repaired = replace(
        _valued(entry, best, digits),
        printed=best.candidate.text,
        confidence=best.probability,
        rivals=_rivals(answers, best.candidate.text),
        repaired_from=entry.printed,
        repaired_by=BY,
    )
    return replace(repaired, status="repaired" if repaired.value is not None else repaired.status)


def sign_lost(entry: Entry) -> bool:
    """Whether most looks at the cell saw a sign more than was read, though none which: `2o,00` for 2,00. Arithmetic
    knows what should stand there, not what does."""
    printed = entry.printed.replace(" ", "")
    own = sum(r.weight for r in entry.readings if r.text.replace(" ", "") == printed)
    more = sum(r.weight for r in entry.readings if _has_more(r.text, printed))
    return more > own


def _has_more(text: str, printed: str) -> bool:
    """Whether a look saw more signs than are printed. A percent sign looks like digits: `100%` like `1001%`."""
    seen, own = ("".join(filter(str.isalnum, t)) for t in (text, printed))
    of_percent = printed.endswith("%") and seen.startswith(own) and seen[len(own) :].isdigit()
    return len(seen) > len(own) and not of_percent


def _seen(entry: Entry, candidate: Candidate) -> bool:
    """Whether a look at the cell has read these digits; marks and borders apart, none else is a repair.

    Arithmetic alone cannot tell a digit that we misread from one that the paper has wrong.
    """
    if candidate.value is None:
        return any(not_applicable(r.text) or not r.text for r in entry.readings)
    wanted = _digits(candidate.text)
    texts = {entry.printed, *(r.text for r in entry.readings)}
    read = [_digits(way) for text in texts for way in (text, *read_as(text))]
    return any(wanted in (d, d.removeprefix("1"), d.removesuffix("1")) for d in read)


def _digits(text: str) -> str:
    """The digits without marks and without letters beside them; a letter among them is a sign that none replaces."""
    return _AROUND.sub("", "".join(filter(str.isalnum, text)))


def _valued(entry: Entry, answer: Answer, digits: int) -> Entry:
    candidate = answer.candidate
    assert candidate is not None
    if candidate.value is None:
        status: CellStatus = "not-applicable" if candidate.text.strip() else "blank"
        return replace(entry, status=status, value=None, decimals=0, precision=0, denominator=None)
    whole = entry.precision if entry.decimals == 0 and entry.precision else digits
    return replace(
        entry,
        status="as-read",
        value=candidate.value,
        decimals=candidate.decimals,
        precision=candidate.decimals or whole,
        denominator=candidate.denominator,
    )


def _doubtful(entry: Entry, answers: Sequence[Answer]) -> Entry:
    """Uncertain; a cell that no reading makes a number stays unreadable."""
    confidence = answers[0].probability if answers else 0.0
    if entry.status == "unreadable" and all(a.candidate is None for a in answers):
        return entry
    return replace(
        entry, status="uncertain", confidence=confidence, rivals=_rivals(answers, entry.printed)
    )


def _rivals(answers: Sequence[Answer], printed: str) -> tuple[str, ...]:
    """The answers other than what is shown, as they would be printed, best first."""
    likely = [a.candidate.text for a in answers if a.candidate and a.probability >= RIVAL]
    return tuple([text for text in likely if text != printed][:MOST_RIVALS])


def judged_rank(entry: Entry, ranks: Sequence[tuple[Rank | None, float]]) -> Entry:
    """The rank that score and label together make certain, else the likeliest, uncertain.

    A label is only read, never corrected against the score: a rank of another reading needs the
    label's own weight too.
    """
    best, probability = ranks[0] if ranks else (None, 0.0)
    if best is None:
        return entry
    others = tuple(LABELS[r] for r, p in ranks[1:] if r is not None and p >= RIVAL)
    sure = probability >= (KEEP if entry.rank == best and entry.confidence >= SURE else ACCEPT)
    if not sure:
        return replace(entry, status="uncertain", rank=best, confidence=probability, rivals=others)
    return replace(entry, status="as-read", rank=best, confidence=probability, rivals=())


def placed(field: str, answers: Sequence[Answer], near: Entry, digits: int) -> Entry:
    """The entry of a score column of a loose row; `near` gives page and origin.

    Where the figure is sure but not its column, no value is given: it might stand in a wrong one.
    """
    best = answers[0] if answers else Answer(None, 0.0)
    blank = Entry(field, "", "uncertain", near.page, near.box, near.origin)
    if best.candidate is None:
        return replace(blank, rivals=_rivals(answers, ""), confidence=best.probability)
    entry = _valued(blank, best, digits)
    entry = replace(entry, printed=best.candidate.text, confidence=best.probability)
    if best.probability < PLACED:
        value = entry.value if near.origin == "ocr" else None
        return replace(
            entry, status="uncertain", value=value, rivals=_rivals(answers, entry.printed)
        )
    if near.origin != "ocr" or best.candidate.text == best.source or entry.value is None:
        return entry
    return replace(entry, status="repaired", repaired_from=best.source, repaired_by=BY)
