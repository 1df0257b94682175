"""Letters asking a unit to review its report, in the form of Nghị định 30/2020/NĐ-CP (phụ lục I).

Only findings of severity `error` whose cause is the report: nothing in a letter rests on our reading. The
number, the date, the term and the signer are left open for the office; a letter that somebody has completed is
never overwritten.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from audit.run import Audit
from normalise.register import Register
from normalise.submission import Submission
from normalise.text import fold
from reconcile.finding import Finding
from report.catalogue import Catalogue, catalogue, when
from report.legible import legible

FONT, SIZE = "Times New Roman", 13
MARGINS = (Mm(20), Mm(20), Mm(30), Mm(20))
"""Top, bottom, left and right margins that the decree prescribes for A4."""

CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
WIDTHS = (Mm(9), Mm(30), Mm(29), Mm(20), Mm(20), Mm(52))
MADE = datetime(2000, 1, 1)
"""Written into every letter as its date: the same findings give the same bytes."""

HEADS = ("order", "document", "place", "printed", "expected", "why")


@dataclass(frozen=True, slots=True)
class Case:
    """A unit that reported, how a letter addresses it, and what it is asked to correct."""

    code: str
    unit: str
    period: str
    findings: tuple[tuple[Finding, str], ...]
    """Each with the name of the report it stands in."""


def write(audit: Audit, folder: Path) -> list[Path]:
    """Write one letter for each unit with errors into `folder`; returns their paths."""
    cases = list(_cases(audit))
    if not cases:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    province = next((u.name for u in audit.register.units if u.level == "province"), "")
    return [_letter(case, province, folder) for case in cases]


def _cases(audit: Audit) -> Iterator[Case]:
    by_unit: dict[tuple[str, str], list[tuple[Submission, list[Finding]]]] = {}
    for examination in audit.examinations():
        submission = examination.submission
        found = audit.findings.of(submission.path)
        wrong = [f for f in found if f.severity == "error" and f.cause == "report"]
        if wrong:
            by_unit.setdefault(_unit(submission), []).append((submission, wrong))
    for (code, unit), pairs in sorted(by_unit.items()):
        periods = sorted({s.period for s, _ in pairs if s.period})
        findings = tuple((f, _named(s)) for s, found in pairs for f in found)
        yield Case(code, _addressed(audit.register, code, unit), ";".join(periods), findings)


def _named(submission: Submission) -> str:
    """A report as offices call it: by number and date, without them by its file."""
    if submission.number is None:
        return submission.path
    words = catalogue("vi")
    date = words.say("letter/of-date", [("date", submission.date)]) if submission.date else ""
    return words.say("letter/report", [("number", submission.number), ("date", date)])


def _addressed(register: Register, code: str, unit: str) -> str:
    """Units of the territory are addressed through their people's committee."""
    found = next((u for u in register.of_code(code) if u.name == unit), None)
    if found is None or found.level not in ("province", "district", "commune"):
        return unit
    return f"Ủy ban nhân dân {unit[:1].lower()}{unit[1:]}"


def _unit(submission: Submission) -> tuple[str, str]:
    issuer = submission.issuer
    if issuer is None:
        return "", catalogue("vi").say("letter/unknown-unit", [("path", submission.path)])
    return issuer.code or "", issuer.canonical or issuer.printed


def _letter(case: Case, province: str, folder: Path) -> Path:
    words = catalogue("vi")
    document = Document()
    _page(document)
    _letterhead(document, province, words)
    _say(document, words.say("letter/to", (("unit", case.unit),)), align=CENTRE, before=12)
    facts = (("unit", case.unit), ("period", case.period), ("count", f"{len(case.findings):02}"))
    opening = "letter/opening" if case.period else "letter/opening-no-period"
    _say(document, words.say(opening, facts), before=12, indent=True)
    _table(document, case.findings, words)
    _say(document, words.say("letter/request", facts), before=8, indent=True)
    _say(document, words.texts["letter/closing"], indent=True)
    _signature(document, words)
    path = folder / f"{_slug(case)}.docx"
    _keep(document, path)
    return path


def _keep(document: Any, path: Path) -> None:
    """Save the letter; one that was completed by hand stays, under another name if its findings changed."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = "doisoat"
    properties.created = properties.modified = MADE
    written = _bytes(document)
    properties.identifier = _body(written)
    if path.exists():
        before = path.read_bytes()
        signed = _signed(before)
        if signed is None or signed != _body(before):
            if signed == properties.identifier:
                return
            fingerprint = hashlib.sha256(before).hexdigest()[:8]
            path.with_name(f"{path.stem}-{fingerprint}.docx").write_bytes(before)
    path.write_bytes(_bytes(document))


def _bytes(document: Any) -> bytes:
    out, still = BytesIO(), BytesIO()
    document.save(out)
    with ZipFile(out) as moving, ZipFile(still, "w") as archive:
        for name in moving.namelist():
            # A name alone would be given the time of day.
            archive.writestr(ZipInfo(name), moving.read(name), ZIP_DEFLATED)
    return still.getvalue()


def _body(letter: bytes) -> str | None:
    """A digest of what stands in a letter; None for what is no letter."""
    try:
        with ZipFile(BytesIO(letter)) as archive:
            return hashlib.sha256(archive.read("word/document.xml")).hexdigest()
    except (BadZipFile, KeyError):
        return None


def _signed(letter: bytes) -> str | None:
    """The digest of what stood in a letter when it was written; None for a letter that is not ours."""
    try:
        return Document(BytesIO(letter)).core_properties.identifier or None
    except Exception:  # python-docx fails on damaged files in every way there is
        return None


def _slug(case: Case) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", fold(case.unit)).strip("-")[:60]
    return "-".join(part for part in (case.code, name) if part) or "cong-van"


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = MARGINS
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    _number_pages(section)


def _number_pages(section: Any) -> None:
    """The page's number at the top, centred, on every page but the first (the decree, phụ lục I)."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _letterhead(document: Any, province: str, words: Catalogue) -> None:
    table = document.add_table(rows=1, cols=2)
    left, right = _halves(table)
    place = province.split(" ", 1)[-1]
    _lines(left, [(f"UBND {province.upper()}", False), (words.texts["letter/office"], True)])
    _rule(left, Mm(18))
    _lines(left, [(words.texts["letter/number"], False)], first=False)
    _lines(left, [(words.texts["letter/about"], False)], first=False, size=12)
    _lines(right, [(words.texts["letter/nation"], True)], size=12)
    _lines(right, [(words.texts["letter/motto"], True)], first=False)
    date = words.say("letter/date", (("place", place),))
    _rule(right, Mm(21))
    _lines(right, [(date, False)], first=False, italic=True)


def _rule(cell: Any, indent: Any) -> None:
    """The line below a heading of the letter, shorter than its cell by the indent on either side."""
    paragraph = cell.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = indent
    form.space_after, form.line_spacing = Pt(8), Pt(4)
    border, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{key}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)


def _halves(table: Any) -> tuple[Any, Any]:
    """The two cells of a borderless table as wide as the text between the margins."""
    table.autofit = False
    _widths(table, (Mm(60), Mm(100)))
    left, right = table.rows[0].cells
    return left, right


def _widths(table: Any, widths: Sequence[Any]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _lines(
    cell: Any,
    lines: Sequence[tuple[str, bool]],
    first: bool = True,
    size: int = SIZE,
    italic: bool = False,
) -> None:
    for index, (text, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if first and index == 0 else cell.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(legible(text))
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _say(
    document: Any, text: str, align: Any = JUSTIFY, before: int = 4, indent: bool = False
) -> None:
    paragraph = document.add_paragraph(legible(text))
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(4)
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(10)


def _table(document: Any, findings: Sequence[tuple[Finding, str]], words: Catalogue) -> None:
    table = document.add_table(rows=1, cols=len(HEADS))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _widths(table, WIDTHS)
    _fill(table.rows[0], [words.texts[f"letter/head-{head}"] for head in HEADS], bold=True)
    _repeat(table.rows[0])
    for number, (finding, report) in enumerate(findings, 1):
        place = (finding.unit, words.name("field", finding.field) if finding.field else None)
        page = words.say("letter/page", (("page", str(finding.page)),)) if finding.page else None
        _fill(
            table.add_row(),
            [
                str(number),
                ", ".join(part for part in (report, page) if part),
                "; ".join(part for part in place if part),
                when(finding.printed or "", "vi"),
                words.value(finding.expected) if finding.expected else "",
                words.say(finding.message, finding.facts),
            ],
        )


def _fill(row: Any, texts: Sequence[str], bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if bold:
            paragraph.alignment = CENTRE
        run = paragraph.add_run(legible(text))
        run.bold, run.font.size = bold, Pt(11)


def _repeat(row: Any) -> None:
    """The header row stands again on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _signature(document: Any, words: Catalogue) -> None:
    left, right = _halves(document.add_table(rows=1, cols=2))
    for index, key in enumerate(("letter/copies", "letter/copy-unit", "letter/copy-file")):
        paragraph = left.paragraphs[0] if index == 0 else left.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(words.texts[key])
        run.bold = run.italic = index == 0
        run.font.size = Pt(12 if index == 0 else 11)
    _lines(
        right,
        [
            (words.texts["letter/signer"], True),
            *[("", False)] * 4,
            (words.texts["letter/name"], True),
        ],
    )
