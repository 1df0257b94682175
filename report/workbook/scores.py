"""Every unit's figures as printed beside live formulas that compute them again.

One sheet a methodology. The formulas stand on the printed figures of the same row and on the maxima in the
second row, so that an officer sees the arithmetic and may try a correction.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from audit.job import Examination
from normalise.submission import Entry, FieldTable, ScoredRow
from reconcile.methodology import Methodology
from report.catalogue import Catalogue
from report.workbook.layout import Book, Column, Formula, Number, Sheet, Value, column_letters

LEAD = (
    Column("column/unit", 20, wrap=True),
    Column("column/section", 6, centred=True),
    Column("column/code", 8, wrap=True),
)
TOTAL = ("total-printed", "total-again", "tolerance", "total-verdict")
CONVERTED = (
    "maximum",
    "scale",
    "converted-printed",
    "converted-again",
    "converted-tolerance",
    "converted-verdict",
)
RANK = ("rank-printed", "rank-again", "rank-verdict")
TEXTS = ("total-verdict", "converted-verdict", *RANK)
PLACE = (Column("column/page", 6, centred=True), Column("column/document", 27))
SLACK = "0.000001"
"""Binary fractions of a spreadsheet are not exact; far below any printed digit."""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit's printed figures. `parts` has None where the table has no such column."""

    row: ScoredRow
    parts: tuple[Entry | None, ...]
    scale: Decimal | None

    @property
    def known(self) -> tuple[Entry, ...]:
        return tuple(e for e in self.parts if e is not None and e.value is not None)


class Scores:
    """The sheet of one methodology."""

    def __init__(self, book: Book, methodology: Methodology, name: str) -> None:
        self.words = book.words
        self.methodology = methodology
        self.fields = [p.field for p in methodology.parts]
        self.names = [*TOTAL, *(CONVERTED if methodology.scales else ()), *RANK]
        parts = [Column(f"field.{f}", 8, wrap=True) for f in self.fields]
        tail = [Column(f"column/{n}", 9.5, wrap=True, centred=n in TEXTS) for n in self.names]
        self.sheet = Sheet(book, name, [*LEAD, *parts, *tail, *PLACE], frozen=1)
        self.sheet.header()
        maxima: list[Value] = [self.words.texts["column/maxima"], None, None]
        maxima += [Number(p.maximum, 0) for p in methodology.parts]
        maxima += [None] * (len(self.names) + len(PLACE))
        self.maxima_row = self.sheet.row(maxima, fill="total", bold=True) + 1

    def add(self, examination: Examination) -> None:
        submission = examination.submission
        for table in submission.tables:
            if table.kind != "scores":
                continue
            scale = printed_scale(table, self.methodology)
            for row in table.units():
                line = Line(row, tuple(row.entry(f) for f in self.fields), scale)
                if line.known:
                    self._write(submission.path, line)

    def _write(self, document: str, line: Line) -> None:
        row = line.row
        at = Cells(self.sheet.next + 1, self.maxima_row, len(self.fields), self.names)
        values: list[Value] = [row.unit.name, row.section, row.unit.code]
        values += [figure(entry) for entry in line.parts]
        values += total_cells(line, at, self.words)
        if self.methodology.scales:
            values += converted_cells(line, at, self.methodology, self.words)
        values += rank_cells(line, at, self.methodology, self.words)
        values += [row.page, document]
        doubtful = {
            len(LEAD) + i: "changed"
            for i, e in enumerate(line.parts)
            if e is not None and e.status in ("repaired", "uncertain", "unreadable")
        }
        no = self.words.texts["agrees/no"]
        wrong = {
            i: "error" for i, v in enumerate(values) if isinstance(v, Formula) and v.value == no
        }
        self.sheet.row(values, fills=doubtful | wrong)


@dataclass(frozen=True, slots=True)
class Cells:
    """Addresses within one row of the sheet."""

    line: int
    maxima: int
    parts: int
    names: list[str]

    def __getitem__(self, name: str) -> str:
        return f"{column_letters(len(LEAD) + self.parts + self.names.index(name))}{self.line}"

    def over_parts(self, line: int, absolute: bool = False) -> str:
        first, last = column_letters(len(LEAD)), column_letters(len(LEAD) + self.parts - 1)
        if absolute:
            return f"${first}${line}:${last}${line}"
        return f"{first}{line}:{last}{line}"


def figure(entry: Entry | None) -> Value:
    """A printed figure as a number; what is no known number stays the text printed."""
    if entry is None:
        return None
    if entry.value is not None and entry.status in ("as-read", "repaired"):
        return Number(entry.value, entry.decimals)
    return entry.printed or None


def half_unit(entry: Entry) -> Decimal:
    """Half a unit of the last digit that the printed number stands for."""
    return Decimal(5).scaleb(-entry.precision - 1)


def total_cells(line: Line, at: Cells, words: Catalogue) -> list[Value]:
    """Printed total, the sum again, what rounding allows, verdict."""
    total = line.row.entry("total")
    again = sum((e.value for e in line.known if e.value is not None), Decimal(0))
    tolerance = sum((half_unit(e) for e in line.known), half_unit(total) if total else Decimal(0))
    return [
        figure(total),
        Formula(f"=SUM({at.over_parts(at.line)})", float(again)),
        Number(tolerance, 3),
        verdict(
            at,
            ("total-printed", "total-again", "tolerance"),
            (known(total), again, tolerance),
            words,
        ),
    ]


def converted_cells(line: Line, at: Cells, m: Methodology, words: Catalogue) -> list[Value]:
    """Applicable maximum, scale, printed converted score, the quotient again, verdict."""
    total, converted = line.row.entry("total"), line.row.entry("converted")
    used = maximum_of(line, m)
    top = known(total)
    if line.scale is None or not used or top is None or total is None:
        return [None, None, figure(converted), None, None, None]
    again = line.scale * top / used
    half = half_unit(converted) if converted else Decimal(0)
    tolerance = line.scale * half_unit(total) / used + half
    scores, maxima = at.over_parts(at.line), at.over_parts(at.maxima, absolute=True)
    return [
        Formula(f"=SUMPRODUCT(ISNUMBER({scores})*{maxima})", float(used)),
        Number(line.scale, 0),
        figure(converted),
        Formula(f"={at['scale']}*{at['total-printed']}/{at['maximum']}", float(again)),
        Formula(f"={at['scale']}*{half_unit(total)}/{at['maximum']}+{half}", float(tolerance)),
        verdict(
            at,
            ("converted-printed", "converted-again", "converted-tolerance"),
            (known(converted), again, tolerance),
            words,
        ),
    ]


def known(entry: Entry | None) -> Decimal | None:
    """A value that a check may rely on."""
    return entry.value if entry is not None and entry.known else None


def verdict(
    at: Cells,
    names: tuple[str, str, str],
    values: tuple[Decimal | None, Decimal, Decimal],
    words: Catalogue,
) -> Formula:
    """Whether a printed figure lies within the tolerance of the one computed again."""
    printed, again, tolerance = (at[name] for name in names)
    yes, no = words.texts["agrees/yes"], words.texts["agrees/no"]
    test = f"ABS({printed}-{again})<={tolerance}+{SLACK}"
    formula = f'=IF(ISNUMBER({printed}),IF({test},"{yes}","{no}"),"")'
    if values[0] is None:
        return Formula(formula, "")
    return Formula(formula, yes if abs(values[0] - values[1]) <= values[2] else no)


def rank_cells(line: Line, at: Cells, m: Methodology, words: Catalogue) -> list[Value]:
    """Printed rank, the rank of the score computed again, verdict.

    A rank that goes with the printed score or with the one computed again is not the row's fault; of a
    score on a limit either rank will do.
    """
    entry = line.row.entry("rank")
    name = "converted" if m.scales else "total"
    score = line.row.entry(name)
    value = known(score)
    printed = (
        words.name("rank", entry.rank)
        if entry and entry.rank
        else (entry.printed if entry else None)
    )
    scale = line.scale if m.scales else m.rank_scale
    again = again_of(line, m)
    if value is None or again is None or scale is None or score is None:
        return [printed, None, None]
    cell, half, mine = at[f"{name}-printed"], half_unit(score), at["rank-printed"]
    computed = at[f"{name}-again"]
    yes, no = words.texts["agrees/yes"], words.texts["agrees/no"]
    fitting = {rank_of(v, m, scale, words) for v in (value - half, value + half, again)}
    cells = [f"ROUND({cell}{sign}{half},6)" for sign in "-+"] + [f"ROUND({computed},6)"]
    test = ",".join(f"{mine}={rank_formula(c, m, scale, words)}" for c in cells)
    return [
        printed,
        Formula(
            f"={rank_formula(f'ROUND({computed},6)', m, scale, words)}",
            rank_of(again, m, scale, words),
        ),
        Formula(
            f'=IF({mine}="","",IF(OR({test}),"{yes}","{no}"))',
            "" if not printed else (yes if printed in fitting else no),
        ),
    ]


def again_of(line: Line, m: Methodology) -> Decimal | None:
    """The score that ranks follow from, computed again as the sheet does: of the printed total."""
    if not m.scales:
        return round(sum((e.value for e in line.known if e.value is not None), Decimal(0)), 6)
    total, used = line.row.entry("total"), maximum_of(line, m)
    top = known(total)
    return (
        None if top is None or not used or line.scale is None else round(line.scale * top / used, 6)
    )


def maximum_of(line: Line, m: Methodology) -> Decimal:
    """The sum of the maxima of the indicators that have a score."""
    parts = zip(m.parts, line.parts, strict=True)
    return sum((p.maximum for p, e in parts if e in line.known), Decimal(0))


def rank_of(value: Decimal, m: Methodology, scale: Decimal, words: Catalogue) -> str:
    """The label of a score's rank."""
    for band in m.bands[:-1]:
        if value >= band.low * scale / m.rank_scale:
            return words.name("rank", band.rank)
    return words.name("rank", m.bands[-1].rank)


def rank_formula(cell: str, m: Methodology, scale: Decimal, words: Catalogue) -> str:
    """The same as a nested IF over the thresholds."""
    text = f'"{words.name("rank", m.bands[-1].rank)}"'
    for band in reversed(m.bands[:-1]):
        limit = band.low * scale / m.rank_scale
        text = f'IF({cell}>={limit:f},"{words.name("rank", band.rank)}",{text})'
    return text


def printed_scale(table: FieldTable, m: Methodology) -> Decimal | None:
    """The scale of a table's converted scores: the smallest that holds them all."""
    values = [
        e.value for row in table.units() if (e := row.entry("converted")) and e.value is not None
    ]
    fitting = [s for s in sorted(m.scales) if values and max(values) <= s]
    return fitting[0] if fitting else (m.scales[0] if m.scales else None)
