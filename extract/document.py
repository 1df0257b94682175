"""What a reader hands on: a document as it stands on the paper, before any meaning.

Boxes are in PDF points (1/72 inch), origin at the top left of the page as a viewer shows it (after
/Rotate; a scan that lies sideways keeps the coordinates of the sideways page). Every record is
frozen and can be written to JSON and back without loss.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Origin = Literal["text-layer", "ocr", "text-file", "docx"]
"""Where a text came from. Only `ocr` may be a misreading of ours."""

PageKind = Literal["digital", "scan", "ocr-layer", "blank"]
Source = Literal["digital", "scan", "ocr-layer", "text", "docx", "image", "mixed"]
Status = Literal["ok", "partial", "failed"]
Reader = Literal["lines", "words", "camelot", "text", "docx", "scan"]


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in points from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One possible text of a cell and how probable it is.

    `weight` is a calibrated probability in 0..1; the weights of one cell sum to at most 1, what is
    missing being the chance that no reading is right. `witness` names who read it so: `text-layer`,
    `camelot`, `ocr`, `ocr-retry`, `ocr-layer`.
    """

    text: str
    weight: float
    witness: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    `lines` are the printed lines in NFC, white space trimmed, none for a blank cell. `column` is the
    first of `span` columns it covers, -1 in a loose row. `confidence` is the probability that `text`
    is what the paper says (1.0 for a text layer). `readings`, best first, are given for OCR cells and
    for cells on which two readers differ; the first one's text is the cell's text.
    """

    lines: tuple[str, ...]
    page: int
    box: Box | None
    origin: Origin
    column: int
    span: int = 1
    confidence: float = 1.0
    readings: tuple[Reading, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """A body row. In a `loose` row the order of the cells is known, the columns of some (-1) are not.

    `gaps[i]` counts the blank cells that white space suggests before loose cell i, the last one those
    after the end; empty where white space tells nothing.
    """

    cells: tuple[Cell, ...]
    page: int
    loose: bool = False
    gaps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A header cell over columns `first`..`last` (inclusive) with the headings below it."""

    text: str
    first: int
    last: int
    page: int
    box: Box | None = None
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table over one or more pages; `columns` counts the grid's columns, empty ones included."""

    id: str
    order: int
    page: int
    reader: Reader
    columns: int
    header: tuple[Heading, ...]
    rows: tuple[Row, ...]
    box: Box | None = None
    doubts: tuple[str, ...] = ()

    def path(self, column: int) -> tuple[str, ...]:
        """The headings over a column, from the outermost to the innermost."""
        found: list[str] = []
        level = self.header
        while level:
            inside = [h for h in level if h.first <= column <= h.last]
            if not inside:
                break
            found.append(inside[0].text)
            level = inside[0].children
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of prose."""

    text: str
    page: int
    box: Box | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose in reading order; it may run over a page end. `order` is shared with the tables'."""

    lines: tuple[Line, ...]
    order: int
    origin: Origin

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def page(self) -> int:
        return self.lines[0].page


@dataclass(frozen=True, slots=True)
class Page:
    """A page as shown, in points. `turned` is the clockwise turn in degrees that sets it upright."""

    number: int
    width: float
    height: float
    kind: PageKind
    turned: int = 0
    skew: float = 0.0
    dpi: float | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file, or part of it, could not be read. Worded in `report`; `facts` fill the wording.

    `code` is one of the contract's (`encrypted`, `corrupt`, `timeout`, `too-large`, `unsupported`,
    `no-table`, `empty`, `crashed`, `ocr-missing`, ...).
    """

    code: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `unclaimed` holds every number that is in no cell and no paragraph."""

    path: str
    sha256: str
    status: Status
    source: Source
    pages: tuple[Page, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    unclaimed: tuple[Line, ...] = ()
    problem: Problem | None = None


Watch = Callable[[int, PageKind], None]
"""Hears of every page begun, by number and kind, so that a parent can tell where a reader hangs."""


def unwatched(number: int, kind: PageKind) -> None:
    """For readers that nobody watches."""


class Unreadable(Exception):
    """A reader gives up on a file; carries the problem to be told to the user."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code, facts)
        self.problem = Problem(code, tuple(sorted(facts.items())))


def problem_of(error: Exception) -> Problem:
    """What to tell of a reader's failure, those that it did not foresee included."""
    if isinstance(error, Unreadable):
        return error.problem
    if isinstance(error, MemoryError):
        return Problem("too-large")
    if isinstance(error, RecursionError):
        return Problem("corrupt")
    return Problem("crashed", (("signal", type(error).__name__),))
