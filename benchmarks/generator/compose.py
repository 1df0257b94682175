"""Composes a whole report: issuer, period, units, tables and letter, right in every figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from benchmarks.generator import districts, prose
from benchmarks.generator.annexes import annex, digitisation_values, fees_values
from benchmarks.generator.content import Issuer, Report, Row, Style, Table, Unit
from benchmarks.generator.figures import criteria_rows, score_rows, style, unscored
from benchmarks.generator.headings import criteria_heads, score_heads
from benchmarks.generator.letter import plain_letter, words

D = Decimal
S459, S1187 = "dien-bien-459-2023", "dien-bien-1187-2019"
Group = tuple[str, list[Unit]]


@dataclass(frozen=True, slots=True)
class Setting:
    """Which report to compose. None leaves a choice to chance."""

    methodology: str | None = None
    level: str | None = None
    statistics: bool | None = None
    period: str | None = None
    issuer: Issuer | None = None
    trailing: int = 0
    style: Style | None = None


def compose(rng: Random, setting: Setting = Setting()) -> Report:
    """A report that is right in every figure and every claim."""
    return lettered(rng, compose_figures(rng, setting))


def lettered(rng: Random, report: Report) -> Report:
    """The report with a letter in one of many wordings instead of the plain one."""
    return replace(report, letter=prose.letter(Random(rng.random()), prose.facts_of(report)))


def compose_figures(rng: Random, setting: Setting = Setting()) -> Report:
    """A report that is right in every figure, with the plain letter."""
    methodology = setting.methodology or rng.choice([S459, S459, S459, S459, S1187])
    level = setting.level or rng.choice(["district"] * 4 + ["province", "merged"])
    if methodology == S1187:
        level = "district"
    period = setting.period or _period(rng, methodology, level)
    sender = setting.issuer or districts.issuer(
        rng, "district" if level == "district" else "province"
    )
    look = setting.style or style(rng, methodology)
    groups = _groups(rng, sender, level, methodology, period)
    wanted = rng.random() < 0.4 if setting.statistics is None else setting.statistics
    annexed = methodology == S459 and level == "district" and wanted
    return _report(rng, sender, period, methodology, look, groups, annexed, setting.trailing)


def _period(rng: Random, methodology: str, level: str) -> str:
    month = rng.randint(1, 12)
    if methodology == S1187:
        return str(rng.randint(2020, 2022))
    if level == "merged":
        return rng.choice([f"2025-{rng.randint(8, 12):02d}", f"2026-{rng.randint(1, 6):02d}"])
    return rng.choice([f"2023-{rng.randint(4, 12):02d}", f"2024-{month:02d}"])


def _groups(rng: Random, sender: Issuer, level: str, methodology: str, period: str) -> list[Group]:
    """Sections with their units, named as this report names them."""
    if level == "merged":
        return [("", districts.printed(rng, districts.communes(sender, period)))]
    if level == "province":
        offices = districts.departments(sender, period)
        return [
            ("CÁC CƠ QUAN CHUYÊN MÔN THUỘC UBND TỈNH", offices),
            (
                "UBND CÁC HUYỆN, THỊ XÃ, THÀNH PHỐ",
                districts.printed(rng, districts.districts(sender, period)),
            ),
        ]
    own = [districts.one_stop(sender)]
    if methodology == S1187:
        own += districts.divisions(sender, period)
    named = districts.printed(rng, districts.communes(sender, period))
    if len(own) == 1 and rng.random() < 0.3:
        return [("", named)]
    return [("CÁC CƠ QUAN", own), (rng.choice(["UBND cấp xã", "UBND CÁC XÃ, THỊ TRẤN"]), named)]


def _report(
    rng: Random, sender: Issuer, period: str, methodology: str, look: Style,
    groups: list[Group], annexed: bool, trailing: int,
) -> Report:  # fmt: skip
    units = [unit for _, members in groups for unit in members]
    fees = {unit.code: fees_values(rng, unit) for unit in units} if annexed else {}
    online = {
        code: 10 * (values["online_cases"] or D(0)) / (values["total_cases"] or D(1))
        for code, values in fees.items()
    }
    number, date = f"{rng.randint(12, 980)}/BC-UBND", _date(rng, period)
    rows = _score_rows(rng, groups, methodology, look, online)
    title = annex_titles(sender, period, number, date)
    heads = criteria_heads(rng) if methodology == S1187 else score_heads(rng, look, trailing)
    notes = _notes(look, methodology) if rng.random() < 0.6 else ()
    tables = [Table("scores", title("KẾT QUẢ CHẤM ĐIỂM, XẾP LOẠI"), heads, tuple(rows), notes)]
    if annexed:
        filled = [Row("unit", "", u.printed, u, None, {}, fees[u.code]) for u in units]
        tables.append(annex(rng, "fees", filled, look, title("THỐNG KÊ PHÍ, LỆ PHÍ TTHC")))
        scanned = [
            replace(r, values=digitisation_values(rng, u))
            for r, u in zip(filled, units, strict=True)
        ]
        tables.append(annex(rng, "digitisation", scanned, look, title("KẾT QUẢ SỐ HÓA HỒ SƠ TTHC")))
    letter = plain_letter(sender, period, methodology, look, rows)
    return Report(sender, period, number, date, methodology, look, tuple(tables), letter)


def _date(rng: Random, period: str) -> str:
    year, _, month = period.partition("-")
    if not month:
        return f"{year}-12-{rng.randint(15, 28)}"
    following = (int(year) + 1, 1) if month == "12" else (int(year), int(month) + 1)
    return f"{following[0]}-{following[1]:02d}-{rng.randint(2, 20):02d}"


def spoken(date: str) -> str:
    """`2023-08-03` as `03 tháng 8 năm 2023`."""
    year, month, day = date.split("-")
    return f"{day} tháng {int(month)} năm {year}"


def annex_titles(
    sender: Issuer, period: str, number: str, date: str
) -> Callable[[str], tuple[str, ...]]:
    """Writes the lines over an annex, given what it is: its title, and which report it belongs to."""

    def lines(what: str) -> tuple[str, ...]:
        place = f"{sender.kind} {sender.short} {words(period)}".upper()
        attached = f"(Kèm theo Báo cáo số {number} ngày {spoken(date)} của {sender.office})"
        return f"{what} {place}", attached

    return lines


def _notes(look: Style, methodology: str) -> tuple[str, ...]:
    if methodology == S1187 or look.blank == "":
        return ("Ghi chú: ô để trống là nội dung không đánh giá trong kỳ.",)
    return ("Ghi chú: dấu (-) là chỉ số chưa phải thực hiện trong kỳ báo cáo.",)


def _score_rows(
    rng: Random, groups: list[Group], methodology: str, look: Style, online: dict[str, Decimal]
) -> list[Row]:
    """Sections with their rows, in order of the score but for a few reports in the register's."""
    ordered, running = rng.random() < 0.9, rng.random() < 0.2
    made: list[Row] = []
    units = [unit for _, members in groups for unit in members]
    silent = [u for u in units if u.kind == "phòng/đơn vị" and methodology == S1187][
        -rng.randint(1, 4) :
    ]
    silent = [u for u in silent if u.code != "099-BPMC" and "-" in u.code]
    scored = [unit for unit in units if unit not in silent]
    if methodology == S1187:
        rows = criteria_rows(rng, scored, look)
    else:
        varied = any(unit.code.startswith("DB-") for unit in units)
        rows = score_rows(rng, scored, look, online, varied)
    key = "total" if methodology == S1187 else "converted"
    for number, (heading, members) in enumerate(groups, 1):
        section = ["I", "II", "III"][number - 1] if heading else None
        inside = [row for row in rows if row.unit in members]
        if ordered:
            inside.sort(key=lambda row: row.values[key] or D(0), reverse=True)
        inside += [
            unscored(unit, rng.choice(["", "Không phát sinh TTHC"]))
            for unit in members
            if unit in silent
        ]
        if section:
            made.append(Row("section", section, heading, None, section))
        before = sum(row.kind == "unit" for row in made) if running else 0
        made += [
            replace(row, serial=str(n), section=section) for n, row in enumerate(inside, before + 1)
        ]
    return made
