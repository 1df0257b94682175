"""How the witnesses of a numeral vote, and what is known of each cell in the end."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.document import Reading
from extract.scan.marks import MARK, ROMAN, folded, in_style
from extract.scan.numerals import Guess
from extract.scan.spacing import widest_room
from extract.scan.strokes import Strip, Window, goes_on, widest_gap
from extract.scan.trust import trust_in

# A numeral as these tables print it. Anything else is a reading of last resort.
PLAUSIBLE = re.compile(r"-|\d{1,3}([.,]\d{3})+|\d+([.,]\d{1,3})?(/\d{2,3}([.,]\d+)?)?%?|[IVX]+")
# A numeral whose weakest character is below this is taken for a word first.
LEGIBLE = 0.02
# ... and below this may be a short word.
LIKELY = 0.3
# Below this the weakest character of a numeral is read again (by thresholds and by Tesseract).
SURE = 0.95
# How well each character fits the page at best.
CLEAR = 2
# How much a witness counts: strokes by their own probability, the others at most so much.
TESSERACT, AGAIN = 0.7, 0.6
# What is left of a vote for marks that have no room.
CROWDED = 0.05
# Who is right where the best reading is wrong: another that some look read outright, one that was only
# thought of, or none of them (the wrong figures of the generated scans that trust.csv was counted on).
OUTRIGHT, THOUGHT_OF, UNSEEN = 0.88, 0.1, 0.02
# Digits lower than this, in pixels, are those of 8 pt at 200 dpi and of all that is printed at 150: among
# decimals a figure bare of its mark may have lost it.
LOW = 16.0
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
class Said:
    """A text with the votes for it and its first witness; `outright`: some look read it before all others."""

    text: str
    votes: float
    witness: str
    outright: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What the strokes say of one cell. `guesses` is empty where it is no numeral; `mark` is the decimal
    mark that the cell's column holds to, `fit` how well the best guess looks like the page's other figures
    (`shapes.fits`), `spaced` whether its characters stand where they should. `seams` are the pixels at which
    its lines begin where several were laid on one; `aside`: paler ink over the cell was set aside."""

    window: Window
    strip: Strip | None
    guesses: tuple[Guess, ...]
    mark: str | None = None
    fit: int | None = None
    spaced: bool = False
    seams: tuple[int, ...] = ()
    aside: bool = False

    @property
    def numeral(self) -> bool:
        best = self.guesses[0] if self.guesses else None
        return best is not None and best.weakest > LEGIBLE and bool(PLAUSIBLE.fullmatch(best.text))

    @property
    def likely(self) -> bool:
        """Whether it is a figure before the engine is asked: it may be a short word else."""
        return self.numeral and self.guesses[0].weakest > LIKELY

    @property
    def best(self) -> str:
        """The text of the best guess; empty without any."""
        return self.guesses[0].text if self.guesses else ""

    @property
    def disturbed(self) -> bool:
        """Whether other ink meets that of the cell: a line, a stroke, a seal, or paler print."""
        return self.window.cut or self.aside or (self.strip is not None and goes_on(self.strip))

    @property
    def clear(self) -> bool:
        """Whether the strokes need no second witness: each character sure, and like the page's others."""
        best = self.guesses[0] if self.guesses else None
        return (
            best is not None
            and best.weakest > SURE
            and self.fit == CLEAR
            and not self.disturbed
            and bool(PLAUSIBLE.fullmatch(best.text))
            and not ROMAN.fullmatch(best.text)
        )


def ranked(guesses: Sequence[Guess]) -> tuple[Guess, ...]:
    """Plausible numerals first, unless the other is far likelier: a slash begins no figure."""
    return tuple(
        sorted(guesses, key=lambda g: -g.probability * (1 if PLAUSIBLE.fullmatch(g.text) else 0.02))
    )


def decide(look: Look, second: tuple[str, float] | None, again: Sequence[Guess] | None) -> CellText:
    """Counts the witnesses' votes; how they fell decides the trust.

    They vote on what is said: which of the two marks stands there the strokes and the column tell.
    """
    votes: dict[str, float] = defaultdict(float)
    witness: dict[str, str] = {}
    shown: dict[str, str] = {}
    for guess in look.guesses:
        shown.setdefault(folded(guess.text), guess.text)
        _vote(votes, witness, folded(guess.text), guess.probability, "ocr")
    if second and second[0]:
        weight = TESSERACT * max(second[1], 0.1) * _room_for(second[0], look)
        _vote(votes, witness, folded(second[0]), weight, "ocr")
    for guess in again or ():
        _vote(votes, witness, _as_here(guess.text, look), AGAIN * guess.probability, "ocr-retry")
    if not votes:
        return CellText(("",), 0.0, (), "mute")
    outright = {folded(second[0]) if second else "", *(_as_here(g.text, look) for g in again or ())}
    outright |= {folded(g.text) for g in look.guesses[:1]}
    order = sorted(votes, key=lambda t: -votes[t])
    said = [
        Said(shown.get(t) or in_style(t, look.mark), votes[t], witness[t], t in outright)
        for t in order
    ]
    text = weighed(said, pattern(said[0].text, look, second, again))
    return replace(text, lines=_lines(text.text, look))


def _lines(text: str, look: Look) -> tuple[str, ...]:
    """The text as its lines stand in the cell."""
    if not look.seams or not look.strip:
        return (text,)
    starts = [g.x0 * look.strip.height for g in look.guesses[0].glyphs]
    cuts = [sum(start < seam for start in starts) for seam in look.seams]
    return tuple(text[a:b] for a, b in pairwise([0, *cuts, len(text)]) if text[a:b])


def _room_for(text: str, look: Look) -> float:
    """Less than 1 where the digits' places leave no room for this text's marks, or too much."""
    return CROWDED if folded(text) != folded(look.best) and _but_for_marks(text, look) else 1.0


def _but_for_marks(text: str, look: Look) -> bool:
    """Whether a text says the same as the best guess but for marks, whose room tells which are there."""
    return look.spaced and MARK.sub("", text) == MARK.sub("", look.best)


def _as_here(text: str, look: Look) -> str:
    """A second look's text for comparison: where a Roman numeral stands its 1s are Is."""
    roman = bool(look.guesses) and bool(ROMAN.fullmatch(look.guesses[0].text))
    return text.replace("1", "I") if roman and set(text) <= set("1I") else folded(text)


def _vote(
    votes: dict[str, float], witness: dict[str, str], text: str, weight: float, who: str
) -> None:
    votes[text] += weight * (1.0 if PLAUSIBLE.fullmatch(text) else 0.02)
    witness.setdefault(text, who)


def pattern(
    text: str, look: Look, second: tuple[str, float] | None, again: Sequence[Guess] | None
) -> str:
    """How the witnesses stand to a text, as a key of the calibration."""
    said = folded(text)
    own = bool(look.guesses) and folded(look.guesses[0].text) == said
    steps = sum(look.guesses[0].weakest > s for s in (0.3, SURE)) if own else 0
    agrees = second is not None and (
        folded(second[0]) == said or (own and _but_for_marks(second[0], look))
    )
    engine_says = "none" if second is None else "same" if agrees else "other"
    repeat = "-" if again is None else str(sum(_as_here(g.text, look) == said for g in again))
    fit = "-" if look.fit is None or not own else str(look.fit)
    return f"{steps} {engine_says} {repeat} {fit} {_peculiar(text, look, own)}"


def _peculiar(text: str, look: Look, own: bool) -> str:
    if look.disturbed:
        return "cut"
    gap = widest_room(look.guesses[0]) if own else widest_gap(look.strip) if look.strip else 0.0
    if gap > PARTED:
        return "parted"
    if not PLAUSIBLE.fullmatch(text):
        return "odd"
    if ROMAN.fullmatch(text):
        return "roman"
    if look.strip is None or look.strip.height >= LOW:
        return "ok"
    if look.mark and text.isdecimal() and len(text) > 1 and not (own and look.spaced):
        return "bare"
    return "ok" if own and look.fit else "low"


def weighed(said: Sequence[Said], how: str) -> CellText:
    """Readings whose weights are probabilities: the first, best, has the trust, the others share the rest."""
    trust = trust_in(how)
    others = said[1:]
    shares = {True: OUTRIGHT, False: THOUGHT_OF}
    votes = {kind: sum(s.votes for s in others if s.outright is kind) for kind in shares}
    whole = UNSEEN + sum(share for kind, share in shares.items() if votes[kind])
    weights = [
        (1 - trust) * shares[s.outright] / whole * s.votes / votes[s.outright] for s in others
    ]
    readings = tuple(
        Reading(s.text, round(weight, 7), s.witness)
        for s, weight in zip(said, [trust, *weights], strict=True)
        if weight > 1e-7
    )
    return CellText((said[0].text,), trust, readings, how)
