"""Folders of reports that belong together, with an error that shows only between reports, or none.

A folder holds one month: the report of every district and the province's, which agree on each
district's own figures; or two months of one district, the letter of the later speaking of the change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from benchmarks.generator import districts
from benchmarks.generator.compose import S459, Setting, compose, spoken
from benchmarks.generator.content import Planted, Report, Row, Style, Table
from benchmarks.generator.figures import MAXIMA, show, style
from benchmarks.generator.letter import plain_letter_of
from benchmarks.generator.plant import refigured
from benchmarks.generator.printed import NOTHING, maximum, parse, printed_sum, scored

D = Decimal
PERIOD, BEFORE = "2024-05", "2024-04"
SHARED = ("progress", "online_1", "digitisation_2", "satisfaction_2")
"""Components that a planted difference between two reports changes."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Reports by file name without its ending, and the errors between them."""

    reports: dict[str, Report]
    planted: tuple[Planted, ...] = ()


Maker = Callable[[Random], Folder | None]


def month(rng: Random) -> dict[str, Report]:
    """The reports of all districts and the province's, right and in agreement."""
    look = replace(style(rng, S459), denominator=False)
    senders = [r for r in districts.register() if r["level"] == "district"]
    reports = {f"huyen-{r['code']}": _district(rng, r["code"], look) for r in senders}
    province = compose(rng, Setting(S459, "province", False, PERIOD, style=look))
    own = {name.removeprefix("huyen-"): own_row(report) for name, report in reports.items()}
    rows = [
        _same_figures(row, own[row.unit.code]) if row.unit and row.unit.code in own else row
        for row in province.scores.rows
    ]
    table = replace(province.scores, rows=tuple(rows))
    return {**reports, "tinh": _written(province.with_table(in_order(table, look)))}


def _written(report: Report) -> Report:
    """The report with a letter on its table as it is now."""
    return replace(report, letter=plain_letter_of(report))


def _district(rng: Random, code: str, look: Style, period: str = PERIOD) -> Report:
    """A district's report with its own row above those of the communes."""
    setting = Setting(S459, "district", False, period, districts.of_code(code), style=look)
    while True:
        made = compose(rng, setting)
        if made.scores.rows[0].kind == "section":
            return made


def own_row(report: Report) -> Row:
    return report.scores.units()[0]


def _same_figures(row: Row, other: Row) -> Row:
    return replace(row, cells=dict(other.cells), values=dict(other.values))


def in_order(table: Table, look: Style) -> Table:
    """The rows of each section in order of their converted score, numbered anew."""
    made: list[Row] = []
    inside: list[Row] = []
    for row in (*table.rows, Row("section", "", "")):
        if row.kind == "unit":
            inside.append(row)
            continue
        inside.sort(key=lambda r: parse(r.cells["converted"], look.mark), reverse=True)
        made += [replace(r, serial=str(n)) for n, r in enumerate(inside, 1)]
        inside = []
        made.append(row)
    return replace(table, rows=tuple(made[:-1]))


def _otherwise(rng: Random, row: Row, look: Style) -> tuple[Row, str] | None:
    """The row with one component clearly different and everything after it following; which one."""
    name = rng.choice([n for n in SHARED if row.cells.get(n, "") not in NOTHING])
    value = parse(row.cells[name], look.mark)
    other = value - D(rng.randint(5, 20)) / 10
    if not 0 <= other <= MAXIMA[name]:
        return None
    changed = row.with_cell(name, show(other, look.mark, False))
    return refigured(changed, printed_sum(changed, look), look), name


def agreeing(rng: Random) -> Folder:
    return Folder(month(rng))


def disagreeing(rng: Random) -> Folder | None:
    """The province gives one district another figure than the district itself."""
    reports = month(rng)
    province = reports["tinh"]
    rows = [r for r in scored(province) if r.unit and f"huyen-{r.unit.code}" in reports]
    row = rng.choice(rows)
    found = _otherwise(rng, row, province.style)
    if found is None or row.unit is None:
        return None
    changed, name = found
    rows = [changed if old is row else old for old in province.scores.rows]
    table = in_order(replace(province.scores, rows=tuple(rows)), province.style)
    reports["tinh"] = _written(province.with_table(table))
    names = (row.unit.name, row.name, own_row(reports[f"huyen-{row.unit.code}"]).name)
    note = Planted(
        "cross-report", "cross-report-mismatch", "scores", row.unit.name, names,
        (name, "total", "converted"), changed.cells[name], row.cells[name], ("rank-mismatch",),
    )  # fmt: skip
    return Folder(reports, (note,))


def absent(rng: Random) -> Folder:
    """One district sent nothing."""
    reports = month(rng)
    name = rng.choice([name for name in reports if name != "tinh"])
    sender = reports.pop(name).issuer
    note = Planted(
        "missing-submission", "missing-submission", None, sender.name, (sender.name, sender.office)
    )
    return Folder(reports, (note,))


def sent_twice(rng: Random) -> Folder | None:
    """A district's second version, dated later, gives one commune another figure."""
    reports = month(rng)
    name = rng.choice([name for name in reports if name != "tinh"])
    first = reports[name]
    row = rng.choice(scored(first)[1:])
    found = _otherwise(rng, row, first.style)
    if found is None or row.unit is None:
        return None
    changed, field = found
    rows = [changed if old is row else old for old in first.scores.rows]
    table = in_order(replace(first.scores, rows=tuple(rows)), first.style)
    reports[f"{name}-lan-2"] = _later(_written(first.with_table(table)))
    note = Planted(
        "resubmission", "resubmission-conflict", "scores", row.unit.name,
        (row.unit.name, row.name), (field, "total", "converted"), changed.cells[field], row.cells[field],
    )  # fmt: skip
    return Folder(reports, (note,))


def _later(report: Report) -> Report:
    """The same report dated the 28th, in its annex too."""
    date = f"{report.date[:8]}28"
    table = report.scores
    title = tuple(line.replace(spoken(report.date), spoken(date)) for line in table.title)
    return replace(report.with_table(replace(table, title=title)), date=date)


def _two_months(rng: Random, wrong: bool) -> Folder | None:
    """Two months of a district; the later letter says how a commune's total changed."""
    look = replace(style(rng, S459), denominator=False)
    code = districts.issuer(rng, "district").code
    earlier, later = (_written(_district(rng, code, look, p)) for p in (BEFORE, PERIOD))
    row = rng.choice(scored(later)[1:])
    old = next(
        (r for r in scored(earlier) if r.unit and row.unit and r.unit.code == row.unit.code), None
    )
    if old is None or row.unit is None or maximum(old) != maximum(row):
        return None
    change = parse(row.cells["total"], look.mark) - parse(old.cells["total"], look.mark)
    if abs(change) < 1:
        return None
    said = change + (D(rng.randint(3, 9)) / 10 if wrong else 0)
    verb = "tăng" if said > 0 else "giảm"
    amount = show(abs(said), look.mark, False)
    text = (
        f"Tổng điểm của {row.unit.kind} {row.unit.short} {verb} {amount} điểm so với tháng trước."
    )
    letter = replace(
        later.letter, paragraphs=(*later.letter.paragraphs[:-1], text, later.letter.paragraphs[-1])
    )
    reports = {"thang-truoc": earlier, "thang-nay": replace(later, letter=letter)}
    note = Planted(
        "previous-period", "previous-period-mismatch", None, row.unit.name,
        (row.unit.name, row.name), (), amount, show(abs(change), look.mark, False),
    )  # fmt: skip
    return Folder(reports, (note,) if wrong else ())


FOLDERS: dict[str, Maker] = {
    "agreeing": agreeing,
    "cross-report": disagreeing,
    "missing-submission": absent,
    "resubmission": sent_twice,
    "change-right": lambda rng: _two_months(rng, wrong=False),
    "previous-period": lambda rng: _two_months(rng, wrong=True),
}
"""Each kind of folder with its maker, which returns None where chance left no room for the error."""


def folder(seed: int, kind: str) -> Folder:
    """The same arguments give the same folder."""
    rng = Random(f"{seed} {kind}")
    while True:
        made = FOLDERS[kind](rng)
        if made is not None:
            return made
