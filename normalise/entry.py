"""Cells to entries: the value, precision and status of every figure and rank."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.document import Cell, Reading
from normalise.layout import Holds
from normalise.number import Figure, Mark, clean, not_applicable, parse
from normalise.rank import is_fragment, likely_ranks, rank_of
from normalise.submission import CellStatus, Entry

SURE = 0.999
"""Confidence from which a figure that we recognised ourselves needs no witness: one wrong cell in a
thousand is about one in four tables, the most that the arithmetic can be trusted to catch."""
SHOWING = 0.1
"""Share of a column's figures with decimals that must have as many for the column to have them."""
LARGEST_SCORE = Decimal(1000)
"""No score or rate reaches it, so a mark before three digits of a smaller one is a decimal mark."""
_INCREASE = re.compile(r"^\s*\+\s?(?=\d)")
"""The sign of what has grown, `+0,84`; a recognised one may be a digit."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a column holds and how its numbers are written; `mark` is None when nothing tells.

    `maximum` is the most that its figures can be, None where nothing is known of it.
    """

    field: str
    holds: Holds
    mark: Mark | None
    maximum: Decimal | None = None

    @property
    def counted(self) -> bool:
        return self.holds in ("count", "money")


def entry_of(cell: Cell, kind: Kind, *, one_row: bool = False) -> Entry:
    """What a cell says in a column of its kind.

    A figure that a narrow column has broken over lines is made whole where its parts are no figures or the whole
    is no more than the column's maximum; else it is `uncertain`, since two rows may have run together, unless the
    row is known to be `one_row`.
    A dash in a column of counts or money is zero, as accounting formats print it; in all others it is
    `not-applicable`. A rank label that is none of the five is `as-read` with `rank` None, half of
    one `uncertain`.
    """
    entry = Entry(
        kind.field,
        cell.text,
        "as-read",
        cell.page,
        cell.box,
        cell.origin,
        confidence=cell.confidence,
        readings=cell.readings,
    )
    if kind.holds == "text":
        return replace(entry, status="as-read" if cell.text else "blank")
    if not cell.text:
        return replace(entry, status=_status("blank", cell))
    if kind.holds == "rank":
        return _ranked(entry, cell)
    if kind.counted and clean(cell.text) == "-":
        return replace(entry, value=Decimal(0), status=_status("as-read", cell))
    if not_applicable(cell.text):
        return replace(entry, status=_status("not-applicable", cell))
    return _numbered(entry, cell, kind, one_row)


def blank_entry(field: str, page: int, near: Cell) -> Entry:
    """The entry of a column in which a row has no cell at all."""
    return Entry(field, "", "blank", page, None, near.origin)


def _status(status: CellStatus, cell: Cell) -> CellStatus:
    return status if _sure(cell) else "uncertain"


def _sure(cell: Cell) -> bool:
    """Text recognised by someone else's engine comes without readings: nothing says how sure it is."""
    return cell.confidence >= SURE and (cell.origin != "ocr" or bool(cell.readings))


def _ranked(entry: Entry, cell: Cell) -> Entry:
    if not_applicable(cell.text):
        return replace(entry, status=_status("not-applicable", cell))
    rank = rank_of(cell.text)
    if _sure(cell) and not is_fragment(cell.text):
        return replace(entry, rank=rank)
    likely = likely_ranks(cell.text, cell.origin)
    readings = tuple(reading for _, reading in likely)
    return replace(
        entry, status="uncertain", rank=likely[0][0] if likely else None, readings=readings
    )


def _numbered(entry: Entry, cell: Cell, kind: Kind, one_row: bool) -> Entry:
    text = _INCREASE.sub("", cell.text) if cell.origin != "ocr" else cell.text
    figure = parse(text, kind.mark or ",", counts=kind.counted)
    if figure is None:
        return _broken(entry, cell, kind, one_row)
    if _cut_short(figure):
        return _with(entry, figure, "uncertain", ())
    if figure.other is not None:
        figure, doubtful = _settled(figure, kind)
        if doubtful and figure.other is not None:
            return _with(entry, figure, "uncertain", (_plain(figure.other),))
    return _with(entry, figure, _status("as-read", cell), ())


def _cut_short(figure: Figure) -> bool:
    """Whether a denominator has lost digits (`79,24/8`): no score is tenfold what can be reached."""
    denominator = figure.denominator
    return denominator is not None and len(str(int(denominator))) < len(str(int(figure.value)))


def _settled(figure: Figure, kind: Kind) -> tuple[Figure, bool]:
    """Thousands or decimals? Scores are never thousands; otherwise the mark must be known."""
    if kind.holds in ("score", "rate") and figure.value >= LARGEST_SCORE:
        assert figure.other is not None
        turned = Figure(figure.other, 3, figure.percent, figure.denominator, figure.value)
        return turned, kind.mark is not None
    if kind.holds in ("score", "rate"):
        return figure, False
    return figure, kind.mark is None


def _broken(entry: Entry, cell: Cell, kind: Kind, one_row: bool) -> Entry:
    """No number as it stands: perhaps one broken by a line end, perhaps another reading is one."""
    joined = "".join(cell.lines)
    figure = parse(joined, kind.mark or ",", counts=kind.counted)
    if len(cell.lines) > 1 and figure is not None:
        surely = one_row or (kind.maximum is not None and figure.value <= kind.maximum)
        surely = surely or not all(parse(line, kind.mark or ",") for line in cell.lines)
        whole = replace(entry, printed=joined)
        return _with(whole, figure, _status("as-read" if surely else "uncertain", cell), ())
    hopeful = any(_readable(r, kind) for r in cell.readings)
    return replace(entry, status="uncertain" if hopeful else "unreadable")


def _readable(reading: Reading, kind: Kind) -> bool:
    return not_applicable(reading.text) or parse(reading.text, kind.mark or ",") is not None


def _with(entry: Entry, figure: Figure, status: CellStatus, rivals: tuple[str, ...]) -> Entry:
    return replace(
        entry,
        status=status,
        value=figure.value,
        decimals=figure.decimals,
        precision=figure.decimals,
        percent=figure.percent,
        denominator=figure.denominator,
        rivals=rivals,
    )


def _plain(value: Decimal) -> str:
    return format(value, "f")


def most_decimals(entries: Sequence[Entry]) -> int:
    """The most decimals printed, for the integers beside them; a misread comma must not count,
    so that of our own readings at least two, and a tenth of those with decimals, must agree."""
    counted = Counter(e.decimals for e in entries if e.value is not None)
    ocr = any(e.origin == "ocr" for e in entries)
    least = max(2, SHOWING * sum(times for d, times in counted.items() if d)) if ocr else 1
    return max((d for d, times in counted.items() if times >= least), default=0)


def with_precision(entry: Entry, decimals: int) -> Entry:
    """An integer takes the precision of its column or table: its trailing zeros are not printed."""
    if entry.value is None or entry.decimals > 0:
        return entry
    return replace(entry, precision=decimals)
