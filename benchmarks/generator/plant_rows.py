"""Plants errors of names and of order: units unknown, misspelt, twice, missing; STT; order broken."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise
from random import Random

from benchmarks.generator.content import Planted, Report, Row
from benchmarks.generator.districts import aliases, register
from benchmarks.generator.letter import plain_letter_of
from benchmarks.generator.plant import PROSE, Planter, put
from benchmarks.generator.printed import parse, scored

STRANGERS = (
    "Vĩnh Lộc Thượng",
    "Bình Hưng Hòa",
    "Phú Quới Đông",
    "Cẩm Xuyên",
    "Tân Hiệp Tây",
    "Gò Dầu",
)
"""Names of no unit of Điện Biên and near to none."""
STRIPPED = {
    "ô": "o", "ơ": "o", "ă": "a", "â": "a", "ê": "e", "ư": "u", "ò": "o", "ó": "o", "ả": "a", "á": "a",
    "à": "a", "ạ": "a", "ẻ": "e", "é": "e", "ủ": "u", "ú": "u", "ù": "u", "ì": "i", "í": "i", "ổ": "ô",
    "ồ": "ô", "ố": "ô", "ờ": "ơ", "ở": "ơ", "ấ": "â", "ầ": "â", "ế": "ê", "ề": "ê", "ể": "ê", "ẳ": "ă",
    "ẵ": "ă", "ằ": "ă", "ừ": "ư", "ứ": "ư", "ọ": "o", "ộ": "ô",
}  # fmt: skip
"""A letter with the mark that a typist leaves off."""


def _communes(report: Report) -> list[Row]:
    kinds = ("xã", "phường", "thị trấn")
    return [row for row in scored(report) if row.unit and row.unit.kind in kinds]


def _note(kind: str, rule: str, row: Row, printed: str, *also: str) -> Planted:
    name = row.unit.name if row.unit else row.name
    units = (name, printed, row.name)
    return Planted(kind, rule, "scores", name, units, (), printed, row.name, (*also, *PROSE))


def unknown(rng: Random, report: Report) -> Report | None:
    rows = _communes(report)
    if not rows:
        return None
    row = rng.choice(rows)
    printed = f"UBND xã {rng.choice(STRANGERS)}"
    changed = replace(row, name=printed, unit=None)
    note = _note("unit-unknown", "unit-unknown", row, printed, "unit-missing")
    return put(report, report.scores, row, changed, note)


def misspelt(rng: Random, report: Report) -> Report | None:
    rows = _communes(report)
    row = rng.choice(rows) if rows else None
    if row is None or row.unit is None or row.unit.short not in row.name:
        return None
    wrong = _misspell(rng, row.unit.short)
    known = {entry["short_name"] for entry in register()} | {*aliases().values()}
    if wrong is None or _bare(wrong) in {_bare(name) for name in known - {row.unit.short}}:
        return None
    printed = row.name.replace(row.unit.short, wrong)
    changed = replace(row, name=printed)
    note = _note("unit-misspelt", "unit-misspelt", row, printed)
    return put(report, report.scores, row, changed, note)


def _misspell(rng: Random, name: str) -> str | None:
    places = [n for n, letter in enumerate(name) if letter in STRIPPED]
    if not places:
        return None
    at = rng.choice(places)
    return name[:at] + STRIPPED[name[at]] + name[at + 1 :]


def _bare(name: str) -> str:
    """Without marks and in lower case: what misspellings must not have in common with another unit."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def duplicate(rng: Random, report: Report) -> Report | None:
    rows = _communes(report)
    if len(rows) < 2:
        return None
    row, other = rng.sample(rows, 2)
    changed = replace(row, name=other.name, unit=other.unit)
    note = _note(
        "unit-duplicate", "unit-duplicate", other, other.name, "unit-missing", "evidence-mismatch"
    )
    return put(report, report.scores, row, changed, note)


def missing(rng: Random, report: Report) -> Report | None:
    """A unit left out of the table, though the (plain) letter says that all were scored."""
    report = replace(report, letter=plain_letter_of(report))
    rows = _communes(report)
    if len(rows) < 3:
        return None
    row, table = rng.choice(rows), report.scores
    below = False
    kept: list[Row] = []
    for old in table.rows:
        below = (below or old is row) and (old.kind == "unit" or old is row)
        if old is not row:
            kept.append(replace(old, serial=str(int(old.serial) - 1)) if below else old)
    made = report.with_table(replace(table, rows=tuple(kept)))
    note = _note("unit-missing", "unit-missing", row, row.name)
    return replace(made, planted=(*report.planted, note))


def out_of_order(rng: Random, report: Report) -> Report | None:
    """Two neighbours of clearly different scores in each other's place, STT still in sequence."""
    table, mark = report.scores, report.style.mark
    key = "converted" if "converted" in table.columns else "total"
    pairs = [
        (n, a, b)
        for n, (a, b) in enumerate(pairwise(table.rows))
        if a.cells.get(key) and b.cells.get(key) and a.section == b.section
    ]
    ordered = all(parse(a.cells[key], mark) >= parse(b.cells[key], mark) for _, a, b in pairs)
    clear = [p for p in pairs if parse(p[1].cells[key], mark) > parse(p[2].cells[key], mark)]
    if not ordered or len(pairs) < 4 or not clear:
        return None
    at, first, second = rng.choice(clear)
    rows = list(table.rows)
    rows[at] = replace(second, serial=first.serial)
    rows[at + 1] = replace(first, serial=second.serial)
    names = tuple(row.unit.name for row in (first, second) if row.unit)
    note = Planted("order", "order-broken", "scores", names[0], names, (), None, None, PROSE)
    made = report.with_table(replace(table, rows=tuple(rows)))
    return replace(made, planted=(*report.planted, note))


def _serials(kind: str, step: int) -> Planter:
    def planter(rng: Random, report: Report) -> Report | None:
        """From one row on every STT of its section is one too high (a skip) or one too low."""
        table = report.scores
        later = [
            (a, b)
            for a, b in pairwise(table.rows)
            if a.kind == b.kind == "unit" and a.section == b.section
        ]
        if not later:
            return None
        before, row = rng.choice(later)
        inside, rows = False, []
        for old in table.rows:
            inside = (inside or old is row) and old.kind == "unit"
            rows.append(replace(old, serial=str(int(old.serial) + step)) if inside else old)
        units = tuple(r.unit.name for r in (row, before) if r.unit)
        note = Planted(kind, "order-broken", "scores", units[0], units, (), None, row.serial)
        made = report.with_table(replace(table, rows=tuple(rows)))
        return replace(made, planted=(*report.planted, note))

    return planter


ROWS: dict[str, Planter] = {
    "unit-unknown": unknown,
    "unit-misspelt": misspelt,
    "unit-duplicate": duplicate,
    "unit-missing": missing,
    "order": out_of_order,
    "serial-skipped": _serials("serial-skipped", 1),
    "serial-repeated": _serials("serial-repeated", -1),
}
