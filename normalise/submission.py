"""What a document says, with its meaning: the record that `reconcile` checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extract.document import Box, Origin, Problem, Reading, Source, Status

CellStatus = Literal["as-read", "repaired", "uncertain", "blank", "not-applicable", "unreadable"]
TableKind = Literal["scores", "fees", "digitisation", "other"]
MatchKind = Literal["exact", "variant", "misspelt", "unmatched", "ambiguous"]
RowKind = Literal["unit", "total", "average"]
Rank = Literal["excellent", "good", "fair", "average", "weak"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell whose column has a meaning.

    `printed` is the text as it stands. `value` is None unless the status is `as-read` or `repaired`
    (or `uncertain` with a most probable value). `decimals` counts the digits printed after the mark;
    `precision` is what the interval uses: an integer takes the most decimals of its column or, failing
    that, its table (shared domain, rounding). For a rank field `rank` is set, for text fields neither.
    `rivals` are other possible readings, best first, for uncertain and repaired cells.
    `repaired_from` / `repaired_by` say what was read and which rule decided.
    """

    field: str
    printed: str
    status: CellStatus
    page: int
    box: Box | None
    origin: Origin
    value: Decimal | None = None
    decimals: int = 0
    precision: int = 0
    percent: bool = False
    denominator: Decimal | None = None
    rank: Rank | None = None
    confidence: float = 1.0
    readings: tuple[Reading, ...] = ()
    rivals: tuple[str, ...] = ()
    repaired_from: str | None = None
    repaired_by: str | None = None

    @property
    def known(self) -> bool:
        """Whether a check may rely on the value."""
        return self.value is not None and self.status in ("as-read", "repaired")

    @property
    def low(self) -> Decimal:
        """Lower end of what the printed number may stand for; call only when `value` is set."""
        assert self.value is not None
        return self.value - Decimal(5).scaleb(-self.precision - 1)

    @property
    def high(self) -> Decimal:
        assert self.value is not None
        return self.value + Decimal(5).scaleb(-self.precision - 1)


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: `field` is None when it could not be placed (then it is said so).

    `maximum` is the one printed in the heading, `number` its printed column number such as `3`, `formula`
    the printed formula without its number, such as `(2)/(1)`. `inferred` says that the heading was not
    read: the figures themselves, by place and sums, told the field (`reconcile.inferred_columns`).
    """

    index: int
    field: str | None
    path: tuple[str, ...]
    maximum: Decimal | None = None
    number: str | None = None
    formula: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """Which unit of the register a printed name means, and how surely.

    `score` is a calibrated probability. `rivals` are canonical names of near ties. `note` is a code such
    as `other-issuer`, `other-era`, `alias`, `letters` (read with letters that OCR hardly makes of the unit's),
    `marks` (surely read with other marks), with `note_facts` to word it. `ocr` says that the text is our reading.
    """

    printed: str
    canonical: str | None
    code: str | None
    match: MatchKind
    score: float
    rivals: tuple[str, ...] = ()
    note: str | None = None
    note_facts: tuple[tuple[str, str], ...] = ()
    ocr: bool = False

    @property
    def name(self) -> str:
        return self.canonical or self.printed


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """A row of a recognised table. `index` counts from 0 within the table; `serial` is the STT as printed."""

    index: int
    kind: RowKind
    page: int
    section: str | None
    serial: str | None
    unit: UnitMatch
    entries: tuple[Entry, ...]
    box: Box | None = None

    def entry(self, field: str) -> Entry | None:
        return next((e for e in self.entries if e.field == field), None)


@dataclass(frozen=True, slots=True)
class FieldTable:
    """A table with its columns named. `rows` are in printed order, totals rows among them.

    `decimal_mark` is `,` or `.`; `title` is the prose printed just above; `loose` says that some rows'
    figures are not yet assigned to columns (see `LooseRow`). `ruled`: lines of the page or cells of the file part
    its columns; else white space had to tell them.
    """

    id: str
    kind: TableKind
    page: int
    title: str
    columns: tuple[Column, ...]
    rows: tuple[ScoredRow, ...]
    sections: tuple[tuple[str, str], ...] = ()
    decimal_mark: str = ","
    loose: tuple[LooseRow, ...] = ()
    ruled: bool = True

    def units(self) -> Iterator[ScoredRow]:
        return (row for row in self.rows if row.kind == "unit")

    def column(self, field: str) -> Column | None:
        return next((c for c in self.columns if c.field == field), None)


@dataclass(frozen=True, slots=True)
class LooseRow:
    """The figures of row `index` in printed order, their columns unknown until arithmetic tells.

    `gaps[i]` counts the blank cells that white space suggests before figure i (the last one: after the end).
    """

    index: int
    figures: tuple[Entry, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Issuer:
    printed: str
    canonical: str | None
    code: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A period, document number or date where it is printed.

    `kind`: `period` (value `2023-07`, `2022`, `2023-Q1`), `number` (`1004/BC-UBND`), `date` (ISO).
    `place`: `title`, `opening`, `prose`, `closing`, `annex-title`, `annex-note`, `date-line`, `file`.
    `origin` is `ocr` when we, or another engine, may have misread it.
    """

    kind: Literal["period", "number", "date"]
    value: str
    place: str
    text: str
    page: int | None
    box: Box | None
    origin: Origin = "text-layer"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, or part of one, that a table can confirm or contradict.

    `kind` is the contract's open list (`count`, `list`, `figure`, `threshold`, `change`, ...). `detail` holds
    the parsed parts as text, by names that `normalise.claims` documents; `units` the units named in it.
    """

    text: str
    page: int
    box: Box | None
    kind: str
    detail: tuple[tuple[str, str], ...] = ()
    units: tuple[UnitMatch, ...] = ()
    origin: Origin = "text-layer"

    def get(self, name: str) -> str | None:
        return next((v for k, v in self.detail if k == name), None)


@dataclass(frozen=True, slots=True)
class Submission:
    """One report with its meaning. `unclaimed` are numbers in no cell and no sentence.

    `turned` gives the pages that do not stand upright, each with the clockwise turn that sets it so.
    """

    path: str
    sha256: str
    status: Status
    source: Source
    pages: int
    issuer: Issuer | None = None
    period: str | None = None
    number: str | None = None
    date: str | None = None
    legal_bases: tuple[str, ...] = ()
    methodology: str | None = None
    tables: tuple[FieldTable, ...] = ()
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    unclaimed: tuple[tuple[str, int, Box | None], ...] = ()
    problem: Problem | None = None
    turned: tuple[tuple[int, int], ...] = ()
