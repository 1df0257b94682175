"""How the witnesses of a numeral vote, and what is known of each cell in the end."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import Reading
from extract.scan.marks import ROMAN, mark_of
from extract.scan.numerals import Guess
from extract.scan.strokes import Strip, Window, widest_gap
from extract.scan.trust import trust_in

# A numeral as these tables print it. Anything else is a reading of last resort.
PLAUSIBLE = re.compile(r"-|\d{1,3}([.,]\d{3})+|\d+([.,]\d{1,3})?(/\d{2,3}([.,]\d+)?)?%?|[IVX]+")
# A numeral whose weakest character is below this is taken for a word first.
LEGIBLE = 0.02
# How much a witness counts: strokes by their own probability, the others at most so much.
TESSERACT, AGAIN = 0.7, 0.6
# White between two characters, in digit heights, that no figure has: two cells' figures read as one.
PARTED = 0.75


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell as read: printed lines, confidence, and all readings, best first.

    `pattern` says how the witnesses stood, the key of the calibration.
    """

    lines: tuple[str, ...]
    confidence: float
    readings: tuple[Reading, ...]
    pattern: str = ""

    @property
    def text(self) -> str:
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Look:
    """What the strokes say of one cell. `guesses` is empty where it is no numeral; `mark` is the decimal
    mark that the cell's column holds to."""

    window: Window
    strip: Strip | None
    guesses: tuple[Guess, ...]
    mark: str | None = None

    @property
    def numeral(self) -> bool:
        best = self.guesses[0] if self.guesses else None
        return best is not None and best.weakest > LEGIBLE and bool(PLAUSIBLE.fullmatch(best.text))


def ranked(guesses: Sequence[Guess]) -> tuple[Guess, ...]:
    """Plausible numerals first, unless the other is far likelier: a slash begins no figure."""
    return tuple(
        sorted(guesses, key=lambda g: -g.probability * (1 if PLAUSIBLE.fullmatch(g.text) else 0.02))
    )


def decide(look: Look, second: tuple[str, float] | None, again: Sequence[Guess] | None) -> CellText:
    """Counts the witnesses' votes; how they fell decides the trust."""
    votes: dict[str, float] = defaultdict(float)
    witness: dict[str, str] = {}
    for guess in look.guesses:
        _vote(votes, witness, guess.text, guess.probability, "ocr")
    if second and second[0]:
        _vote(votes, witness, second[0], TESSERACT * max(second[1], 0.1), "ocr")
    for guess in again or ():
        _vote(votes, witness, guess.text, AGAIN * guess.probability, "ocr-retry")
    if not votes:
        return CellText(("",), 0.0, (), "mute")
    order = sorted(votes, key=lambda t: -votes[t])
    return weighed(order, votes, witness, pattern(order[0], look, second, again))


def _vote(
    votes: dict[str, float], witness: dict[str, str], text: str, weight: float, who: str
) -> None:
    votes[text] += weight * (1.0 if PLAUSIBLE.fullmatch(text) else 0.02)
    witness.setdefault(text, who)


def pattern(
    text: str, look: Look, second: tuple[str, float] | None, again: Sequence[Guess] | None
) -> str:
    """How the witnesses stand to a text, as a key of the calibration."""
    strokes = look.guesses[0].weakest if look.guesses and look.guesses[0].text == text else 0.0
    steps = sum(strokes > s for s in (0.3, 0.8, 0.95, 0.98))
    engine_says = (
        "none"
        if second is None
        else "same"
        if second[0] == text
        else "other"
        if second[0]
        else "mute"
    )
    repeat = "-" if again is None else str(sum(g.text == text for g in again))
    return f"{steps} {engine_says} {repeat} {_peculiar(text, look)}"


def _peculiar(text: str, look: Look) -> str:
    if look.window.cut:
        return "cut"
    if look.strip and widest_gap(look.strip) > PARTED:
        return "parted"
    if not PLAUSIBLE.fullmatch(text):
        return "odd"
    if ROMAN.fullmatch(text):
        return "roman"
    return "mixed" if mark_of(text) and mark_of(text) != look.mark else "ok"


def weighed(
    order: Sequence[str], votes: dict[str, float], witness: dict[str, str], how: str
) -> CellText:
    """Readings whose weights are probabilities: the first has the trust, the others share the rest."""
    trust = trust_in(how)
    rest = sum(votes[t] for t in order[1:]) or 1.0
    weights = [trust, *(0.9 * (1 - trust) * votes[t] / rest for t in order[1:])]
    readings = tuple(
        Reading(t, round(w, 6), witness[t]) for t, w in zip(order, weights, strict=True) if w > 1e-6
    )
    return CellText((order[0],), trust, readings, how)
