"""Makes the reports of `samples/inbox` and `samples/README.md` from `samples.toml`.

    python -m samples.make

Needs the fonts of fonts-freefont-ttf and fonts-crosextra-carlito, and LibreOffice for the samples that
an office program exports. The PDF files are in the repository; run this only to change them.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.generator import districts, prose
from benchmarks.generator.annexes import annex_heads
from benchmarks.generator.compose import S459, S1187, Setting, annex_titles, compose
from benchmarks.generator.content import Letter, Planted, Report, Row, Table, Unit
from benchmarks.generator.damage import Damage
from benchmarks.generator.figures import LABELS, MAXIMA, style
from benchmarks.generator.headings import criteria_heads, score_heads
from benchmarks.generator.layouts import named
from benchmarks.generator.make import KINDS, TRIES, Draft, typeset_all
from benchmarks.generator.scans import scanned

HERE = Path(__file__).parent
TITLES = {
    "scores": "KẾT QUẢ CHẤM ĐIỂM, XẾP LOẠI",
    "fees": "THỐNG KÊ PHÍ, LỆ PHÍ TTHC",
    "digitisation": "KẾT QUẢ SỐ HÓA HỒ SƠ TTHC",
}
NUMBERS = ("(1)", "(2)", "(3)=(2)/(1)", "(5)", "(6)=(7)+(9)", "(7)", "(8)=(7)/(6)", "(9)")
"""The line of column numbers that the digitisation table of Tuần Giáo, July 2023, prints."""
COMMUNES = ("xã", "phường", "thị trấn")
Plan = dict[str, Any]


def main() -> None:
    plans = _plans()
    reports = {plan["file"]: _report(plan) for plan in plans}
    drafts = [
        Draft(Path(p["file"]).stem, reports[p["file"]], named(p["layout"]), Random(p["file"]))
        for p in plans
    ]
    files = dict(typeset_all(drafts))
    for plan in plans:
        pdf = files[Path(plan["file"]).stem]
        if "scan" in plan:
            pdf = scanned(pdf, Damage(**plan["scan"]), plan["seed"])
        (HERE / "inbox" / plan["file"]).write_bytes(pdf)
    (HERE / "README.md").write_text(readme(), encoding="utf-8")


def readme() -> str:
    """The page that says of each sample how it was made and what is planted in it."""
    plans = _plans()
    return "\n".join(_readme(plans, {plan["file"]: _report(plan) for plan in plans})) + "\n"


def _plans() -> list[Plan]:
    plans: list[Plan] = tomllib.loads((HERE / "samples.toml").read_text("utf-8"))["sample"]
    return plans


def report_of(file: str) -> Report:
    """The content of a sample, as it was set on paper."""
    return _report(next(plan for plan in _plans() if plan["file"] == file))


def _report(plan: Plan) -> Report:
    return _keyed(plan) if "tables" in plan else _composed(plan)


def _keyed(plan: Plan) -> Report:
    """A report with the figures of a real one, keyed from it, and a letter of our own."""
    stem = Path(plan["file"]).stem
    rng = Random(stem)
    tables = {kind: list(_rows(HERE / "tables" / f"{stem}-{kind}.csv")) for kind in plan["tables"]}
    methodology = S1187 if "-" not in plan["period"] else S459
    shown = tables["scores"][-1].cells
    look = replace(
        style(rng, methodology),
        absent=frozenset(name for name in MAXIMA if name not in shown),
        ranks=_ranks(tables["scores"]),
    )
    sender = districts.of_code(plan["issuer"])
    title = annex_titles(sender, plan["period"], plan["number"], plan["date"])
    trailing = named(plan["layout"]).trailing
    heads = {
        "scores": criteria_heads(rng) if methodology == S1187 else score_heads(rng, look, trailing)
    }
    made = tuple(
        Table(
            kind,
            title(TITLES[kind]),
            heads.get(kind) or annex_heads(kind),
            tuple(rows),
            numbers=NUMBERS if kind == "digitisation" else (),
        )
        for kind, rows in tables.items()
    )
    dated = plan["period"], plan["number"], plan["date"]
    report = Report(sender, *dated, methodology, look, made, Letter("", ()))
    return replace(report, letter=prose.letter(rng, prose.facts_of(report)))


def _rows(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            kind, section = row.pop("kind"), row.pop("section") or None
            serial, name = row.pop("serial"), row.pop("name")
            unit = _unit(name) if kind == "unit" else None
            yield Row(kind, serial, name, unit, section, dict(row))  # type: ignore[arg-type]


def _unit(printed: str) -> Unit:
    """The unit of this name, for the letter; a misspelt one stays as it is printed."""
    name = printed.removeprefix("UBND ")
    official = name[0].upper() + name[1:]
    known = (row for row in districts.register() if row["official_name"] == official)
    row = next(known, None)
    if row is None:
        kind = next((word for word in COMMUNES if name.lower().startswith(word)), "phòng/đơn vị")
        return Unit(printed, "", kind, name.removeprefix(f"{kind} "), printed)
    return Unit(official, row["code"], row["kind"], row["short_name"], printed)


def _ranks(rows: list[Row]) -> dict[str, str]:
    """The labels of the manner of writing ranks that these rows have."""
    shown = {row.cells["rank"] for row in rows if row.cells.get("rank")}
    return next(labels for labels in LABELS if shown <= {*labels.values()})


def _composed(plan: Plan) -> Report:
    """A generated report with the errors that the plan names, one after the other."""
    rng = Random(plan["seed"])
    level = plan.get("level", "district")
    setting = Setting(
        S459, level, plan.get("statistics", False), plan["period"], districts.of_code(plan["issuer"])
    )  # fmt: skip
    for _ in range(TRIES):
        made: Report | None = compose(rng, setting)
        for kind in plan.get("planted", ()):
            made = KINDS[kind](rng, made) if made else None
        if made:
            return made
    raise ValueError(f"{plan['file']}: no report can have all of its errors")


def _readme(plans: list[Plan], reports: dict[str, Report]) -> Iterator[str]:
    yield from (
        "# Sample reports",
        "",
        "Reports of offices in Điện Biên for `make demo`. Made by `python -m samples.make` from",
        "`samples.toml`; this page too. The letters are our own words, not those of any office.",
        "",
        "*True figures*: the tables' figures are those of a published report, keyed from it; its own slips",
        "are in it, and none was added. Score tables are official data of public bodies, in which Vietnamese",
        "law (Law on Intellectual Property, article 15) grants no copyright. *Generated*: composed by",
        "`benchmarks/generator`, right in every figure but for the errors named. All files: MIT, as the",
        "rest of the repository. Fonts inside: FreeFont (GPL with the font exception), Carlito (OFL).",
        "",
        "| file | figures | typeset by | what it shows | planted |",
        "| --- | --- | --- | --- | --- |",
    )
    for plan in plans:
        yield _line(plan, reports[plan["file"]])


def _line(plan: Plan, report: Report) -> str:
    engine = {"drawn": "ReportLab", "word": "DOCX, LibreOffice", "excel": "XLSX, LibreOffice"}
    by = f"{engine[named(plan['layout']).engine]}, layout `{plan['layout']}`"
    figures = "true figures" if "tables" in plan else f"generated, seed {plan['seed']}"
    planted = "; ".join(_said(planted, report) for planted in report.planted) or "nothing"
    by += ", then scanned by `damage.py`" if "scan" in plan else ""
    return f"| `{plan['file']}` | {figures} | {by} | {plan['notes']} | {planted} |"


def _said(planted: Planted, report: Report) -> str:
    if planted.table == "letter":
        wrong = (text for text, _, verdict in report.letter.claims if verdict == "contradicted")
        return f"`{planted.rule}`: " + ", ".join(f"“{text}”" for text in wrong)
    place = ", ".join(part for part in (planted.unit, *planted.fields) if part)
    change = f"{planted.right} → {planted.printed}" if planted.printed != planted.right else ""
    return f"`{planted.rule}`: " + ", ".join(part for part in (place, change) if part)


if __name__ == "__main__":
    main()
