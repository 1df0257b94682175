"""Lines that run out of the foot of a cell too low for its text, into the row below.

Office programs cut such a line off at the ruling line; the file has it whole, printed over the next
row's figures. The order of writing tells which of the two belongs to the cell above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from .glyphs import Run
from .headers import is_number
from .stack import PITCH

SAME_LINE = 0.5
"""Font sizes under which two runs' middles are on one printed line (see `fill.SAME_LINE`)."""
BAND = 8.0
"""Points of the bands by which runs of about one height are looked up: half a font size at most."""
CENTRED = 0.5
"""Font sizes by which the middles of centred texts of one column may differ."""
RAISED = 0.55
"""Font sizes below the line before it where a sunk line is put: a line of its own, within its cell."""


def raised(runs: Sequence[Run]) -> list[Run]:
    """The runs in the order of the file, those sunk into the row below lifted up to their cell."""
    lines = _by_height(runs)
    found = list(runs[:1])
    for i in range(1, len(runs)):
        above, run = runs[i - 1], runs[i]
        lifted = found[-1] is not above
        sunk = _goes_on(above, run) and (lifted or _overprinted(i, runs, lines))
        found.append(_under(found[-1], run) if sunk else run)
    return found


def _by_height(runs: Sequence[Run]) -> dict[int, list[int]]:
    lines: dict[int, list[int]] = defaultdict(list)
    for i, run in enumerate(runs):
        lines[round(run.middle / BAND)].append(i)
    return lines


def _goes_on(above: Run, run: Run) -> bool:
    """Whether a run is the next line of a centred text; a figure may be another cell's."""
    if run.turn or above.turn or abs(above.size - run.size) > 0.1 or is_number(run.text):
        return False
    pitch = (run.middle - above.middle) / run.size
    return SAME_LINE < pitch <= PITCH and _centred(above, run)


def _centred(a: Run, b: Run) -> bool:
    return abs(a.box.x0 + a.box.x1 - b.box.x0 - b.box.x1) / 2 <= CENTRED * b.size


def _overprinted(at: int, runs: Sequence[Run], lines: dict[int, list[int]]) -> bool:
    """Whether a run written later, for another cell, stands on the same place."""
    run, height = runs[at], round(runs[at].middle / BAND)
    later = (j for h in (height - 1, height, height + 1) for j in lines.get(h, ()) if j > at + 1)
    return any(
        _centred(runs[j], run) and abs(runs[j].middle - run.middle) < SAME_LINE * run.size
        for j in later
    )


def _under(above: Run, run: Run) -> Run:
    up = run.middle - above.middle - RAISED * run.size
    return replace(run, box=replace(run.box, top=run.box.top - up, bottom=run.box.bottom - up))
